"""The page under the top bar: home, an article, cases or a status, each made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kbviewer.ui.shell.page_factory import PageFactory
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.article.beside import Beside
    from kbviewer.ui.article.guided_page import GuidedPage
    from kbviewer.ui.article.page import ArticlePage
    from kbviewer.ui.case.list_page import CaseListPage
    from kbviewer.ui.home.page import HomePage
    from kbviewer.ui.shell.find_bar import FindBar
    from kbviewer.ui.shell.status_page import StatusPage


class PageArea(QWidget):
    """Stacks the pages and puts strips, such as the find bar, below them.

    Signals:
        article_page_made(page), guided_page_made(page), home_page_made(page), case_page_made(page):
            connect it now.
    """

    article_page_made = Signal(object)
    guided_page_made = Signal(object)
    home_page_made = Signal(object)
    case_page_made = Signal(object)

    def __init__(self, theme: Theme, factory: PageFactory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._factory = factory
        self.article_page: ArticlePage | None = None
        self.beside: Beside | None = None
        self.guided_page: GuidedPage | None = None
        self.home_page: HomePage | None = None
        self.case_page: CaseListPage | None = None
        self.status_page: StatusPage | None = None
        self.find_bar: FindBar | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stack = QStackedLayout()
        self._column.addLayout(self._stack, 1)
        theme.changed.connect(self.update)

    @property
    def current(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    @property
    def reading_surface(self) -> QWidget | None:
        """What is read on the page, without buttons below it; short notes lie over its bottom."""
        return self.guided_page.body if self.shows_guided and self.guided_page is not None else self.current

    @property
    def shows_article(self) -> bool:
        """Whether an article is on the page."""
        return self.article_page is not None and self.current is self.article_page

    @property
    def shows_guided(self) -> bool:
        """Whether an article is shown one step at a time."""
        return self.guided_page is not None and self.current is self.guided_page

    @property
    def shows_cases(self) -> bool:
        """Whether the list of cases is on the page."""
        return self.case_page is not None and self.current is self.case_page

    @property
    def shows_home(self) -> bool:
        """Whether home is on the page."""
        return self.home_page is not None and self.current is self.home_page

    @property
    def searched(self) -> ArticlePage | Beside | None:
        """What finds words in the article: the page, or both columns of it."""
        return self.beside if self.beside is not None and self.beside.is_on else self.article_page

    @property
    def focused_column(self) -> ArticlePage | None:
        """The article page, or the second column while that has the focus."""
        return self.beside.focused if self.beside is not None else self.article_page

    def to_article(self) -> ArticlePage:
        """Bring the article page to the front and return it."""
        if self.article_page is None:
            self.article_page = self._factory.make_article_page()
            self._stack.addWidget(self.article_page)
            self.article_page_made.emit(self.article_page)
        self._stack.setCurrentWidget(self.article_page)
        return self.article_page

    def guided(self) -> GuidedPage:
        """Return the guided view, made now when it was not before, but do not show it."""
        if self.guided_page is None:
            self.guided_page = self._factory.make_guided_page()
            self._stack.addWidget(self.guided_page)
            self.guided_page_made.emit(self.guided_page)
        return self.guided_page

    def to_guided(self) -> GuidedPage:
        """Bring the guided view to the front and return it."""
        self._stack.setCurrentWidget(self.guided())
        return self.guided()

    def to_home(self) -> HomePage:
        """Bring home to the front and return it."""
        if self.home_page is None:
            self.home_page = self._factory.make_home_page()
            self._stack.addWidget(self.home_page)
            self.home_page_made.emit(self.home_page)
        self._stack.setCurrentWidget(self.home_page)
        return self.home_page

    def to_cases(self) -> CaseListPage:
        """Bring the list of cases to the front and return it."""
        if self.case_page is None:
            self.case_page = self._factory.make_case_page()
            self._stack.addWidget(self.case_page)
            self.case_page_made.emit(self.case_page)
        self._stack.setCurrentWidget(self.case_page)
        return self.case_page

    def to_status(self) -> StatusPage:
        """Bring the status page to the front and return it."""
        if self.status_page is None:
            self.status_page = self._factory.make_status_page()
            self._stack.addWidget(self.status_page)
        self._stack.setCurrentWidget(self.status_page)
        return self.status_page

    def to_page(self, page: QWidget) -> None:
        """Bring a page to the front that somebody else has made and fills."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def to_find_bar(self) -> FindBar:
        """Return the find bar, which lies below the page; the caller shows it."""
        if self.find_bar is None:
            self.find_bar = self._factory.make_find_bar()
            self.find_bar.hide()
            self._column.addWidget(self.find_bar)
        return self.find_bar

    def retranslate(self) -> None:
        """Have pages take their texts from the language that is on; an article comes with its variant."""
        for part in (self.home_page, self.case_page, self.status_page, self.find_bar):
            if part is not None:
                part.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page before its first widget has painted, so that nothing flashes."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.tokens.page))
