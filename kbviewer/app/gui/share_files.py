"""Single files on shares: they are read beside the window, never in its thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.app.gui.loose_files import WithLooseFiles
from kbviewer.content.folder_index import OnProgress
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.app.gui.library_desk import LibraryDesk
    from kbviewer.app.loose_article import LooseArticle


class ShareFiles:
    """Brings articles in single files on shares, with a strip that says so and can cancel.

    Args:
        desk: does one thing at a time beside the window.
        articles: get what was read.
    """

    def __init__(self, desk: LibraryDesk, articles: WithLooseFiles) -> None:
        self._desk = desk
        self._articles = articles

    def has(self, reference: str) -> bool:
        """Return whether an article lies in a single file on a share."""
        return self._articles.is_remote(reference)

    def bring(self, reference: str, then: Callable[[], object]) -> None:
        """Read an article as it is on its share now, and do something then; what goes wrong is told."""
        path = Path(reference)
        work = message(N_("Reading “{name}” from its share …"), name=path.name)

        def take(loose: LooseArticle) -> None:
            self._articles.take(reference, loose)
            then()

        self._desk.begin(work, partial(read_from_share, path), take)


def read_from_share(path: Path, on_progress: OnProgress) -> LooseArticle:
    """Return the article in a file on a share, in a thread that may wait.

    Raises:
        ShareError: the share does not answer.
        ContentError: the file is broken.
        ReadingStoppedError: `on_progress` wanted it.
    """
    from kbviewer.app.loose_article import read_loose
    from kbviewer.content.shares.probe import ask

    return ask(path, lambda: read_loose(path), on_progress)
