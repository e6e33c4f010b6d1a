"""`python3 dev.py package`: everything that is handed out, into dist/."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from resources.packaging.bundle import build_bundle, pack_bundle, size_mb
from resources.packaging.environment import ensure_environment
from resources.packaging.places import BUNDLE, DIST, PackagingError

_T = TypeVar("_T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.parse_args(arguments)
    DIST.mkdir(exist_ok=True)
    try:
        _timed("environment and wheel", ensure_environment)
        _timed("bundle", build_bundle)
        print(f"   {size_mb(BUNDLE):.1f} MB")
        archive = _timed("archive", pack_bundle)
        print(f"   {archive.stat().st_size / 1e6:.1f} MB")
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _timed(name: str, step: Callable[[], _T]) -> _T:
    started = time.monotonic()
    print(f"== {name}", flush=True)
    done = step()
    print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
