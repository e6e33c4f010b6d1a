"""`python3 dev.py package`: builds what is handed out, into dist/, and checks it."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from resources.packaging.boot import boot_package
from resources.packaging.bundle import build_bundle, digests, pack_bundle, size_mb
from resources.packaging.debian import lay_out, pack, write_parts_list
from resources.packaging.environment import ensure_environment
from resources.packaging.machine_disk import TOOLS as MACHINE_TOOLS
from resources.packaging.places import BUNDLE, DIST, PARTS_LIST, ROOT, PackagingError
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
    parser.add_argument(
        "--boot", action="store_true", help="then boot a computer and follow ADMIN.md on it; needs root"
    )
    options = parser.parse_args(arguments)
    is_package_made = sys.platform.startswith("linux") and not options.bundle
    DIST.mkdir(exist_ok=True)
    try:
        if is_package_made:
            trial_tools = (TOOLS if options.test else {}) | (MACHINE_TOOLS if options.boot else {})
            _demand(needed_tools() | trial_tools)
        _timed("environment and wheel", ensure_environment)
        built = _build(is_package_made)
        if options.twice:
            _compare(built, _build(is_package_made))
        if is_package_made:
            _finish()
        if options.test:
            _timed("trial", try_package)
        if options.boot:
            _timed("booted machine", boot_package)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build(is_package_made: bool) -> dict[str, str]:
    """Build everything but the archives; return a line for each file that goes into them."""
    bundle = _timed("bundle", build_bundle)
    write_parts_list(BUNDLE, PARTS_LIST)
    print(f"   {bundle.relative_to(ROOT)}: {size_mb(bundle):.1f} MB")
    folders = [bundle, *([_timed("layout of the package", lay_out)] if is_package_made else [])]
    lines = {f"{folder.name}/{name}": told for folder in folders for name, told in digests(folder)}
    return lines | {PARTS_LIST.name: hashlib.sha256(PARTS_LIST.read_bytes()).hexdigest()}


def _finish() -> None:
    for name, step in (("archive", pack_bundle), ("package", pack)):
        made = _timed(name, step)
        print(f"   {made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")
    for line in _timed("checks", check_package):
        print(f"   {line}")


def _compare(first: dict[str, str], second: dict[str, str]) -> None:
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        raise PackagingError(f"Two builds differ: {', '.join(differing[:20])}")
    print(f"   both builds gave the same bytes, {len(first)} files and folders")


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
