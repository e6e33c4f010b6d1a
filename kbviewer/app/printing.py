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
from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix, walk
from kbviewer.model.cases import StepMark, StepOutcome

PAPER_MODULE = "kbviewer.app.gui.paper"


def print_article(session: Session, reference: str, path: Path) -> Outcome:
    """Write an article to a PDF file, with the reader's ticks and choices.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: the article is broken.
        KbError: the libraries that Qt needs are missing.
        PrintError: the file cannot be written.
        UsageError: a library is no folder.
    """
    libraries = open_libraries(session.libraries, session.data.content, session.profile)
    found = find_article(libraries, reference, session.translator.language)
    marks, chosen = _recorded(session.profile, found.article)
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


def _recorded(
    profile: Profile, article: Article
) -> tuple[Mapping[str, StepMark], Mapping[str, tuple[int | None, int | None]]]:
    """Return the steps that the reader has ticked and what he chose per matrix; nothing on a first start."""
    if not profile.state.is_file():
        return {}, {}
    from kbviewer.state.user_state import UserState

    with UserState.open(profile.state, read_only=True) as state:
        matrices = [block.key for block in walk(article.blocks) if isinstance(block, ScopeMatrix)]
        choices = {key: state.choices.get(article.id, key) for key in matrices}
        chosen = {key: (choice.row, choice.column) for key, choice in choices.items()}
        return {step: StepMark(StepOutcome.DONE) for step in state.ticks.done(article.id)}, chosen
