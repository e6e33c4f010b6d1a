"""Makes the pages. Each is imported when it is first needed, because the window starts with one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kbviewer.i18n.translator import Translator
from kbviewer.state.choices import AnswerStore
from kbviewer.ui.article.contracts import Choices, Steps
from kbviewer.ui.shell.drafting import Drafting, StepDrafts
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.beside import Beside
    from kbviewer.ui.article.beside_texts import ColumnTexts
    from kbviewer.ui.article.contracts import Marks
    from kbviewer.ui.article.guided_page import GuidedPage
    from kbviewer.ui.article.page import ArticlePage
    from kbviewer.ui.case.list_page import CaseListPage
    from kbviewer.ui.home.page import HomePage
    from kbviewer.ui.shell.find_bar import FindBar
    from kbviewer.ui.shell.status_page import StatusPage


class PageFactory:
    """Knows what each page needs."""

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        library: OpenLibrary,
        steps: Steps,
        choices: Choices,
        answers: AnswerStore,
        marks: Marks,
        drafting: Drafting,
        case_id: Callable[[], int],
    ) -> None:
        self._theme = theme
        self._translator = translator
        self._library = library
        self._steps = steps
        self._choices = choices
        self._answers = answers
        self._marks = marks
        self._drafting = drafting
        self._case_id = case_id

    def make_article_page(self) -> ArticlePage:
        """Return an empty article page."""
        from kbviewer.ui.article.page import ArticlePage

        return ArticlePage(
            self._theme,
            self._translator,
            self._steps,
            self._choices,
            self._answers,
            self._library.media,
            self._library.find,
            lambda reference: self._library.absent_title(reference, self._translator.language),
            self._marks,
            self._drafts("step"),
        )

    def make_beside(self, page: ArticlePage) -> Beside:
        """Return what shows two languages beside each other in `page`."""
        from kbviewer.ui.article.beside import Beside, BesideNeeds

        def languages() -> Sequence[str]:
            return self._translator.in_order(self._library.languages())

        needs = BesideNeeds(self._make_led_page, self._speaking, self._library.variant, languages)
        return Beside(self._theme, self._translator, page, needs)

    def _make_led_page(self, texts: ColumnTexts) -> ArticlePage:
        """Return an empty article page in another language, which follows another page."""
        from kbviewer.ui.article.page import ArticlePage

        return ArticlePage(
            self._theme,
            texts,
            self._steps,
            self._choices,
            self._answers,
            self._library.media,
            self._library.find,
            lambda reference: self._library.absent_title(reference, texts.language),
            is_led=True,
        )

    def _speaking(self, language: str) -> Translator:
        """Return the words of a column: in the reader's language when the program does not speak its own."""
        known = language.partition("-")[0] in self._translator.languages()
        return self._translator.speaking(language) if known else self._translator

    def make_guided_page(self) -> GuidedPage:
        """Return an empty guided view."""
        from kbviewer.ui.article.guided_page import GuidedPage

        return GuidedPage(
            self._theme,
            self._translator,
            self._steps,
            self._library.media,
            self._library.find,
            lambda reference: self._library.absent_title(reference, self._translator.language),
            self._drafts("guided"),
        )

    def _drafts(self, kind: str) -> StepDrafts:
        return StepDrafts(self._drafting, kind, self._case_id)

    def make_home_page(self) -> HomePage:
        """Return an empty home page."""
        from kbviewer.ui.home.page import HomePage

        return HomePage(self._theme, self._translator)

    def make_case_page(self) -> CaseListPage:
        """Return an empty list of cases."""
        from kbviewer.ui.case.list_page import CaseListPage

        return CaseListPage(self._theme, self._translator)

    def make_status_page(self) -> StatusPage:
        """Return an empty status page."""
        from kbviewer.ui.shell.status_page import StatusPage

        return StatusPage(self._theme, self._translator)

    def make_find_bar(self) -> FindBar:
        """Return the find bar, hidden."""
        from kbviewer.ui.shell.find_bar import FindBar

        return FindBar(self._theme, self._translator)
