"""The seam between command line and paper: an article as a PDF file, without a window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from kbviewer.app.commands import Outcome, Session
from kbviewer.app.found_article import find_article
from kbviewer.app.paths import Profile
from kbviewer.app.print_request import PrintRequest
from kbviewer.app.window import load_gui
from kbviewer.content.collection import LibraryCollection
from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk
from kbviewer.model.cases import StepMark
from kbviewer.model.errors import ArticleNotFoundError, ContentError

Recorded: TypeAlias = tuple[Mapping[str, StepMark], Mapping[str, tuple[int | None, int | None]]]

PAPER_MODULE = "kbviewer.app.gui.paper"


def print_article(session: Session, reference: str, path: Path) -> Outcome:
    """Write an article to a PDF file, with what became of the steps and what was chosen.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: the article is broken.
        KbError: the libraries that Qt needs are missing.
        PrintError: the file cannot be written.
        UsageError: a library is no folder.
    """
    libraries = session.open_libraries()
    found = find_article(libraries, reference, session.translator.language)
    marks, chosen = _recorded(session.profile, found.article, libraries)
    request = PrintRequest(
        article=found.article,
        languages=tuple(found.entry.variants),
        marks=marks,
        chosen=chosen,
        libraries=libraries,
        translator=session.translator,
        path=path.absolute(),
    )
    pages = int(load_gui(PAPER_MODULE).write_pdf(request))
    text = session.translator.ngettext("{count} page in {name}", "{count} pages in {name}", pages)
    return Outcome("", text.format(count=pages, name=path))


def _recorded(profile: Profile, article: Article, libraries: LibraryCollection) -> Recorded:
    """Return what became of the steps and what was chosen per matrix; nothing on a first start.

    As in the window: in the case at work, else the ticks and choices outside of cases.
    """
    if not profile.state.is_file():
        return {}, {}
    from kbviewer.state.user_state import UserState
    from kbviewer.ui.case.step_marks import StepMarks

    def variant_of(article_id: str, language: str) -> Article | None:
        try:
            return libraries.article(article_id, language)
        except (ArticleNotFoundError, ContentError):
            return None

    marks = StepMarks(variant_of)
    matrices = [block.key for block in walk(article.blocks) if isinstance(block, ScopeMatrix)]
    with UserState.open(profile.state, read_only=True) as state:
        case_id = state.settings.values.case_at_work
        if case_id:
            results = state.cases.results(case_id, article.id)
            chosen = {key: state.cases.answer(case_id, article.id, key) for key in matrices}
            return marks.of_results(article, results), chosen
        choices = {key: state.choices.get(article.id, key) for key in matrices}
        done = state.ticks.done(article.id)
        return marks.of_ticks(article, done), {key: (row, column) for key, (row, column) in choices.items()}
