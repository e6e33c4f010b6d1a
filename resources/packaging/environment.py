"""The virtual environment that packages are built in: the locked tools and libraries, and our own wheel.

It is not `.venv`: what stands in it is what is shipped. numpy is built from its source, without BLAS.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

from resources.packaging.places import DIST, ROOT, SOURCES, WORK, PackagingError

LOCK: Final = SOURCES / "requirements.lock"
VENV: Final = WORK / "venv"
_STAMP: Final = VENV / "kbviewer-lock.stamp"
_WHEELS: Final = WORK / "wheels"

# Matrices are multiplied nowhere. Two sets of instructions instead of five: those of every 64-bit processor,
# and AVX2.
_NUMPY_SETTINGS: Final = (
    "-Csetup-args=-Dblas=none",
    "-Csetup-args=-Dlapack=none",
    "-Csetup-args=-Dallow-noblas=true",
    "-Csetup-args=-Dcpu-dispatch=X86_V3",
    "-Cinstall-args=--strip",
)


def python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def builds_numpy() -> bool:
    """Return whether numpy is built here; elsewhere the wheel of the index is taken."""
    return sys.platform.startswith("linux")


def ensure_environment() -> None:
    """Let the environment hold what the lock file says, and the checkout's own wheel as it is now.

    Raises:
        PackagingError: something could not be built or installed.
    """
    wanted = hashlib.sha256(
        LOCK.read_bytes() + sys.version.encode() + repr(_NUMPY_SETTINGS).encode()
    ).hexdigest()
    if not (_STAMP.is_file() and _STAMP.read_text("ascii") == wanted):
        print("Making the environment for packages (once; building numpy takes minutes) …", flush=True)
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
        numpy, others = split_lock(LOCK.read_text("utf-8"))
        if not builds_numpy():
            numpy, others = "", others + numpy
        _install_locked(others)
        if numpy:
            _pip("install", "--no-deps", "--no-index", str(_numpy_wheel(numpy)))
        _STAMP.write_text(wanted, "ascii")
    _pip("install", "--no-deps", "--no-index", "--force-reinstall", str(build_wheel()))


def split_lock(lock: str) -> tuple[str, str]:
    """Return the requirements for numpy, and all others."""
    requirements = re.findall(r"^\S.*(?:\n\s.*)*\n?", lock, re.MULTILINE)
    numpy = [text for text in requirements if re.match(r"numpy[=\s]", text)]
    return "".join(numpy), "".join(text for text in requirements if text not in numpy)


def build_wheel() -> Path:
    """Build the wheel of the checkout into dist/ and return it."""
    for old in DIST.glob("kbviewer-*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if built.returncode:
        raise PackagingError(f"The wheel could not be built:\n{built.stderr.strip()}")
    (wheel,) = DIST.glob("kbviewer-*.whl")
    return wheel


def _install_locked(requirements: str) -> None:
    _pip("install", "--require-hashes", "--no-deps", "-r", str(_written("requirements.txt", requirements)))


def _numpy_wheel(requirement: str) -> Path:
    """Return numpy without BLAS, built when there is none of this version and these settings yet."""
    settings = hashlib.sha256((requirement + repr(_NUMPY_SETTINGS) + sys.version).encode()).hexdigest()[:12]
    folder = _WHEELS / settings
    if not list(folder.glob("numpy-*.whl")):
        if shutil.which("gcc") is None or shutil.which("g++") is None:
            raise PackagingError(
                "numpy is built from its source and there is no compiler: apt-get install build-essential"
            )
        shutil.rmtree(folder, ignore_errors=True)
        # Of the tools, the environment's own: the build looks for them by name.
        path = os.pathsep.join([str(python().parent), os.environ.get("PATH", "")])
        named = _written("numpy.txt", requirement)
        build = ["wheel", "--no-build-isolation", "--no-deps", "--no-binary", "numpy", "--require-hashes"]
        _pip(
            *build,
            "-r",
            str(named),
            "-w",
            str(folder),
            *_NUMPY_SETTINGS,
            PATH=path,
            SOURCE_DATE_EPOCH="315532800",
        )
    (wheel,) = folder.glob("numpy-*.whl")
    return wheel


def _written(name: str, text: str) -> Path:
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / name
    path.write_text(text, "utf-8")
    return path


def _pip(command: str, *arguments: str, **environment: str) -> None:
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "--no-input", command, "--quiet"]
    finished = subprocess.run(
        [*pip, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise PackagingError(f"pip {command} failed; it said:\n{finished.stderr.strip()[-4000:]}")
