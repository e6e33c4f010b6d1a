"""Articles on paper without a window."""

from __future__ import annotations

import logging

from kbviewer.app.gui.application import make_application
from kbviewer.app.gui.message_handler import qt_messages_to
from kbviewer.app.logging_setup import LOGGER_NAME
from kbviewer.app.print_request import PrintRequest
from kbviewer.model.errors import ArticleNotFoundError
from kbviewer.model.library import LibraryEntry
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import Printout

_UNSEEN = "offscreen"


def write_pdf(request: PrintRequest) -> int:
    """Write the PDF file and return how many pages it has.

    Raises:
        PrintError: the file cannot be written.
    """
    libraries, texts = request.libraries, request.translator

    def resolve(reference: str) -> LibraryEntry | None:
        try:
            return libraries.resolve(reference)
        except ArticleNotFoundError:
            return None

    with qt_messages_to(logging.getLogger(LOGGER_NAME)):
        # Qt's letters need an application for as long as the pages are painted.
        app = make_application(_UNSEEN)
        builder = PaperBuilder(
            texts,
            libraries.media,
            resolve,
            lambda reference: libraries.absent_title(reference, texts.language),
        )
        printout = Printout(
            builder,
            texts,
            request.article,
            request.languages,
            request.marks,
            chosen=lambda key: request.chosen.get(key, (None, None)),
        )
        printout.save_pdf(request.path)
        count = printout.page_count
        app.processEvents()
    return count
