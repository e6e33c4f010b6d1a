"""`python3 dev.py package`: builds what is handed out, into dist/, and checks it."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from resources.packaging.bundle import build_bundle, pack_bundle, size_mb
from resources.packaging.debian import build_package, write_parts_list
from resources.packaging.environment import ensure_environment
from resources.packaging.places import BUNDLE, DIST, PARTS_LIST, PackagingError
from resources.packaging.pristine import TOOLS, try_package
from resources.packaging.validation import check_package, missing_tools, needed_tools

_T = TypeVar("_T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--bundle", action="store_true", help="only wheel, bundle and list of parts")
    parser.add_argument("--twice", action="store_true", help="build all of it twice and compare the bytes")
    parser.add_argument(
        "--test", action="store_true", help="then try the package in a Debian of its own; needs root"
    )
    options = parser.parse_args(arguments)
    is_package_made = sys.platform.startswith("linux") and not options.bundle
    DIST.mkdir(exist_ok=True)
    try:
        if is_package_made:
            _demand(needed_tools() | (TOOLS if options.test else {}))
        _timed("environment and wheel", ensure_environment)
        made = _build(is_package_made)
        if options.twice:
            _compare(made, _build(is_package_made))
        if is_package_made:
            for line in _timed("checks", check_package):
                print(f"   {line}")
        if options.test:
            _timed("trial", try_package)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build(is_package_made: bool) -> dict[Path, str]:
    """Build bundle, list of parts, and on Linux archive and package; return their checksums."""
    _timed("bundle", build_bundle)
    write_parts_list(BUNDLE, PARTS_LIST)
    made = [PARTS_LIST]
    if is_package_made:
        made += [_timed("archive", pack_bundle), _timed("package", build_package)]
    print(f"   {BUNDLE.relative_to(DIST.parent)}: {size_mb(BUNDLE):.1f} MB")
    for path in made:
        print(f"   {path.relative_to(DIST.parent)}: {path.stat().st_size / 1e6:.1f} MB")
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}


def _compare(first: dict[Path, str], second: dict[Path, str]) -> None:
    differing = [path.name for path in first if first[path] != second[path]]
    if differing:
        raise PackagingError(f"Two builds differ: {', '.join(differing)}")
    print("   both builds gave the same bytes")


def _demand(tools: dict[str, str]) -> None:
    if missing := missing_tools(tools):
        raise PackagingError(f"Programs are missing: apt-get install {' '.join(missing)}")


def _timed(name: str, step: Callable[[], _T]) -> _T:
    started = time.monotonic()
    done = step()
    print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
