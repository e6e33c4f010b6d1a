"""Two languages of one article side by side: two pages with rows in common, led by the left one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.model.article import Article
from kbviewer.ui.article.beside_absent import with_absent
from kbviewer.ui.article.beside_choice import RightLanguage
from kbviewer.ui.article.beside_couple import BesideCouple
from kbviewer.ui.article.beside_finder import BesideFinder
from kbviewer.ui.article.beside_frame import BesideFrame
from kbviewer.ui.article.beside_texts import ColumnTexts, Speaking
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.find import FindOptions, Found
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.theme.theme import Theme

MakePage = Callable[[ColumnTexts], ArticlePage]


class BesideNeeds(NamedTuple):
    """What the second column takes from other rooms.

    Attributes:
        make_page: returns an empty page that is led by another.
        speaking: returns the program's words in the nearest language.
        variant: returns an article's text in exactly that language, None when there is none.
        languages: returns the languages of the library.
    """

    make_page: MakePage
    speaking: Speaking
    variant: Callable[[str, str], Article | None]
    languages: Callable[[], Sequence[str]]


class Beside(QObject):
    """Leads a second page beside the reader's. Off until `start`.

    The reader's page asks it, whenever it is built, how its article is shaped and where it stands; the second
    page is built right after it, and both are laid out in rows before either is painted.

    Signals:
        close_pressed(): the reader wants one column again.
    """

    close_pressed = Signal()

    def __init__(self, theme: Theme, texts: Texts, page: ArticlePage, needs: BesideNeeds) -> None:
        super().__init__(page)
        self._texts = texts
        self._page = page
        self._needs = needs
        self._language = RightLanguage()
        self._words = ColumnTexts(needs.speaking, texts.language)
        self.companion = needs.make_page(self._words)
        self.companion.setParent(page)
        self.companion.shape = self._shape_companion
        self.companion.opens_elsewhere = lambda: page.opens_elsewhere()
        self.frame = BesideFrame(theme, texts, page, self.companion)
        self._couple = BesideCouple(page, self.companion, lambda: self.is_aligned, self)
        self._finder = BesideFinder(page, self.companion, self._couple.alignment)
        self._read: Article | None = None
        self._other: Article | None = None
        self._is_on = False
        self._connect()
        self._order_tabs()

    @property
    def is_on(self) -> bool:
        """Whether two languages are wanted."""
        return self._is_on

    @property
    def is_aligned(self) -> bool:
        """Whether two texts stand side by side."""
        return self._is_on and self.frame.is_split and self._other is not None

    @property
    def focused(self) -> ArticlePage:
        """The page of the column that has the focus."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.companion.isAncestorOf(focus)
        return self.companion if inside and self.is_aligned else self._page

    def start(self) -> None:
        """Show both languages; the place stays."""
        if not self._is_on:
            self._is_on = True
            self._read = None
            self._page.share, self._page.shape = self._share, self._shape
            self._page.refit()

    def stop(self) -> None:
        """Show the reader's language alone; the place stays."""
        if self._is_on:
            focus = QApplication.focusWidget()
            if focus is not None and any(
                part is focus or part.isAncestorOf(focus) for part in (self.companion, self.frame.head)
            ):
                self._page.setFocus(Qt.FocusReason.OtherFocusReason)
            self._is_on = False
            self._page.share = self._page.shape = None
            self.frame.hide()
            self._show_bar()
            self._page.refit()

    def cross(self) -> None:
        """Go to the same control in the other column, else to its text."""
        source = self.focused
        other = self._page if source is self.companion else self.companion
        key = source.layer.key_of(QApplication.focusWidget())
        if not key or not other.focus_widget(key):
            other.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def find(self, text: str, options: FindOptions | None = None) -> Found:
        """Mark all matches in both columns; the first from here on is current."""
        if self.is_aligned:
            return self._finder.find(text, options)
        self.companion.clear_find()
        return self._page.find(text, options)

    def find_next(self) -> Found:
        """Go to the next match, in this row or below."""
        return self._finder.step(forward=True) if self.is_aligned else self._page.find_next()

    def find_previous(self) -> Found:
        """Go to the match before."""
        return self._finder.step(forward=False) if self.is_aligned else self._page.find_previous()

    def selected_text(self) -> str:
        """Return what is selected in the column that has the focus, when it is part of one paragraph."""
        return self.focused.selected_text()

    def clear_find(self) -> None:
        """Mark nothing."""
        self._page.clear_find()
        self.companion.clear_find()

    def _shape(self, article: Article) -> Article:
        """Look for the other language of what the page is about to show, and return its own column."""
        if article is not self._read:
            self._read = article
            self._find_counterpart(article)
        room = self._page.rect()
        self.frame.divide(room)
        self._describe()
        self._page.stage.resize(self.frame.place(room))
        if not self.is_aligned or self._other is None:
            return article
        return with_absent(article, self._other, leads=True)

    def _find_counterpart(self, article: Article) -> None:
        variants, known = self._page.opened.languages, self._needs.languages()
        language = self._language.beside(article.language, variants, known)
        self._other = self._needs.variant(article.id, language) if language else None

    def _describe(self) -> None:
        article = self._read
        if article is not None:
            variants, known = self._page.opened.languages, self._needs.languages()
            offered = self._language.offered(article.language, variants, known)
            self.frame.describe(article, self._other, self._language.current, offered, variants)

    def _share(self, room: QRect) -> QRect:
        """Return what part of its room the page has for its article."""
        if self.frame.divide(room):
            self._describe()
            # The columns may be as wide as the page was; then nothing else would build it anew.
            QTimer.singleShot(0, self, self._follow_split)
        return self.frame.place(room)

    def _follow_split(self) -> None:
        if self._is_on and self.companion.isVisibleTo(self._page) is not self.is_aligned:
            self._page.refit()

    def _built(self) -> None:
        """Build the right column beside the left one, and put the rows at one height."""
        if not self._is_on or self._couple.is_busy:
            return
        indent = self._page.view.viewport().x() + self._page.stage.measures.gutter
        self.frame.show_parts(has_text=self._other is not None, indent=indent)
        self._show_bar()
        if self.is_aligned and self._other is not None:
            with self._couple.busy():
                self._build_companion(self._other)
                self._couple.begin()
            self._name_columns()

    def _build_companion(self, other: Article) -> None:
        companion = self.companion
        self._words.speak(other.language)
        companion.stage.resize(companion.rect())
        shown = companion.opened.article
        if shown is None or shown.id != other.id:
            companion.show_article(other, self._page.opened.languages)
        elif shown is not other or not self._looks_alike():
            companion.switch_article(other)
        else:
            companion.refresh_steps()

    def _shape_companion(self, article: Article) -> Article:
        return with_absent(article, self._read, leads=False) if self._read is not None else article

    def _looks_alike(self) -> bool:
        mine, theirs = self._page.stage, self.companion.stage
        return mine.measures == theirs.measures and mine.styles.tokens is theirs.styles.tokens

    def _name_columns(self) -> None:
        gettext, name = self._texts.gettext, self._texts.language_name
        for page in (self._page, self.companion):
            article = page.opened.article
            if article is not None:
                title = gettext("Article, {language}").format(language=name(article.language))
                page.view.setAccessibleName(title)

    def _show_bar(self) -> None:
        """Have one scroll bar: the right column's while there are two."""
        policy = Qt.ScrollBarPolicy
        self._page.view.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if self.is_aligned else policy.ScrollBarAsNeeded
        )

    def _choose(self, language: str) -> None:
        self._language.choose(language)
        self._read = None
        self._page.retranslate()

    def _connect(self) -> None:
        page, companion = self._page, self.companion
        page.built.connect(self._built)
        page.notes_due.connect(companion.keep_notes)
        for name in (
            "link_activated",
            "tab_wanted",
            "jumped",
            "copied",
            "announced",
            "help_requested",
            "feedback_requested",
        ):
            getattr(companion, name).connect(getattr(page, name))
        self.frame.head.language_chosen.connect(self._choose)
        self.frame.head.close_pressed.connect(self.close_pressed)

    def _order_tabs(self) -> None:
        """Have Tab come to the head, then to the left column, then to the right one."""
        chooser, close = self.frame.head.stops
        reached = Qt.FocusPolicy.TabFocus
        before: QWidget | None = self._page.previousInFocusChain()
        while before is not None and before is not self._page:
            if before.focusPolicy() & reached and not self._page.isAncestorOf(before):
                QWidget.setTabOrder(before, chooser)
                break
            before = before.previousInFocusChain()
        QWidget.setTabOrder(chooser, close)
        QWidget.setTabOrder(self._page.view, self.companion.view)
