"""The seam between command line and paper: an article as a PDF file, without a window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kbviewer.app.commands import Outcome, Session
from kbviewer.app.found_article import find_article
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile
from kbviewer.app.print_request import PrintRequest
from kbviewer.app.window import load_gui
from kbviewer.content.collection import LibraryCollection
from kbviewer.model.article import Article
from kbviewer.model.cases import StepMark
from kbviewer.model.errors import ArticleNotFoundError, ContentError

PAPER_MODULE = "kbviewer.app.gui.paper"


def print_article(session: Session, reference: str, path: Path) -> Outcome:
    """Write an article to a PDF file, with what became of the steps.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: the article is broken.
        KbError: the libraries that Qt needs are missing.
        PrintError: the file cannot be written.
        UsageError: a library is no folder.
    """
    libraries = open_libraries(session.libraries, session.data.content, session.profile.cache)
    found = find_article(libraries, reference, session.translator.language)
    request = PrintRequest(
        article=found.article,
        languages=tuple(found.entry.variants),
        marks=_marks(session.profile, found.article, libraries),
        libraries=libraries,
        translator=session.translator,
        path=path.absolute(),
    )
    pages = int(load_gui(PAPER_MODULE).write_pdf(request))
    text = session.translator.ngettext("{count} page in {name}", "{count} pages in {name}", pages)
    return Outcome("", text.format(count=pages, name=path))


def _marks(profile: Profile, article: Article, libraries: LibraryCollection) -> Mapping[str, StepMark]:
    """Return what became of the steps: in the case at work, else what is ticked; none on a first start."""
    if not profile.state.is_file():
        return {}
    from kbviewer.state.user_state import UserState
    from kbviewer.ui.case.step_marks import StepMarks

    def variant_of(article_id: str, language: str) -> Article | None:
        try:
            return libraries.article(article_id, language)
        except (ArticleNotFoundError, ContentError):
            return None

    marks = StepMarks(variant_of)
    with UserState.open(profile.state, read_only=True) as state:
        case_id = state.settings.values.case_at_work
        if case_id:
            return marks.of_results(article, state.cases.results(case_id, article.id))
        return marks.of_ticks(article, state.ticks.done(article.id))
