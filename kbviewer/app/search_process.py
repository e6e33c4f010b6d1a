"""The process that searches, started by whoever asks (`app/own_process.py` knows how).

It answers in JSON lines on its output stream; what the lines mean stands in `kbviewer.search.service`.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kbviewer.app.logging_setup import LEVELS, LOGGER_NAME, logging_to
from kbviewer.app.own_process import SEARCH_MODULE, module_command
from kbviewer.app.paths import Profile, data_folders, find_profile

BROKEN = 70


def search_command(libraries: Sequence[Path], profile: Profile) -> list[str]:
    """Return the command that starts the search over folders and packs; without any it finds nothing."""
    named = [part for library in libraries for part in ("--library", str(library))] or ["--nothing"]
    level = logging.getLogger(LOGGER_NAME).level
    names = [name for name, value in LEVELS.items() if value == level]
    settings = ["--profile", str(profile.root), *(["--log-level", names[0]] if names else [])]
    return [*module_command(SEARCH_MODULE), *settings, *named]


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer questions until their end."""
    parser = argparse.ArgumentParser(prog="kbviewer.app.search_process")
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--library", type=Path, action="append", default=[])
    parser.add_argument("--nothing", action="store_true")
    parser.add_argument("--log-level", choices=list(LEVELS), default="info")
    options = parser.parse_args(arguments)
    profile = find_profile(options.profile)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    data = data_folders()

    from kbviewer.app.libraries import open_libraries
    from kbviewer.app.shares import Shares
    from kbviewer.search.library_search import LibrarySearch
    from kbviewer.search.service import serve
    from kbviewer.search.thesaurus import read_terms

    def open_search(on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> LibrarySearch:
        named, shares = options.library, Shares(profile)
        libraries = open_libraries(named, data.content, profile, shares=shares).libraries
        sources = () if options.nothing else libraries
        return LibrarySearch(sources, profile.cache, on_progress, cancelled, read_terms(data.terms))

    with logging_to(profile.log, name="search", level=options.log_level) as logger:
        try:
            return serve(open_search, sys.stdin, sys.stdout)
        except Exception as error:
            # Whoever asked sees that the process has ended; why stands here.
            logger.critical("uncaught", exc_info=error)
            return BROKEN


if __name__ == "__main__":
    sys.exit(main())
