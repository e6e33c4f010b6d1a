"""What is read beside the window, each as a job for a thread that tells how far it is and can be stopped."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from itertools import chain, islice
from typing import TYPE_CHECKING

from kbviewer.content.collection import LibraryCollection
from kbviewer.content.folder_index import OnProgress
from kbviewer.content.folder_scan import article_paths

if TYPE_CHECKING:
    from kbviewer.ui.home.sorted_articles import SortedByLanguage

_LARGE = 400
_log = logging.getLogger(__name__)

Spoken = Callable[[], tuple[str, str]]
"""The languages that articles and program are shown in."""


def prepare(libraries: LibraryCollection, spoken: Spoken, on_progress: OnProgress) -> SortedByLanguage:
    """Read what the first page needs."""
    began = time.monotonic()
    libraries.prepare(on_progress)
    libraries.contents(spoken()[0])
    _log.info("articles were listed in %d ms", (time.monotonic() - began) * 1000)
    return _sorted(libraries, spoken)


def look(libraries: LibraryCollection, spoken: Spoken, on_progress: OnProgress) -> SortedByLanguage:
    """Read what is new, and look again at what was read before."""
    libraries.prepare(on_progress)
    libraries.refresh(on_progress)
    return _sorted(libraries, spoken)


def is_large(libraries: LibraryCollection) -> bool:
    """Return whether listing libraries may take longer than a reader wants to wait."""
    folders = [path for library in libraries.libraries for path in library.paths]
    paths = chain.from_iterable(map(article_paths, folders))
    return sum(1 for _ in islice(paths, _LARGE)) == _LARGE


def _sorted(libraries: LibraryCollection, spoken: Spoken) -> SortedByLanguage:
    """Return the articles as home shows them: sorting thousands is nothing for the window's thread."""
    from kbviewer.ui.home.sorted_articles import SortedByLanguage

    articles = SortedByLanguage()
    articles.of(libraries.entries(), *spoken())
    return articles
