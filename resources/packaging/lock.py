"""Resolves the lock files for all platforms, with hashes and without the name of any registry.

`requirements.lock` is for running and testing; the packaging tools have one of their own, with the same
versions of everything that both hold.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAIN_LOCK = ROOT / "requirements.lock"
PACKAGING_LOCK = ROOT / "resources" / "packaging" / "requirements.lock"

_OPTIONS = (
    "--universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "
    "--no-config --quiet"
).split()


def main() -> int:
    """Resolve both."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        print(
            f"The lock files are made with uv: run `{sys.executable} -m pip install uv` first.",
            file=sys.stderr,
        )
        return 1
    resolve = [uv, "pip", "compile", *_OPTIONS, "pyproject.toml"]
    first = [*resolve, "--extra", "test", "-o", str(MAIN_LOCK)]
    second = [*resolve, "--extra", "package", "-c", str(MAIN_LOCK), "-o", str(PACKAGING_LOCK)]
    return subprocess.call(first, cwd=ROOT) or subprocess.call(second, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
