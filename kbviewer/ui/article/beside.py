"""Two languages of one article side by side: two pages with rows in common, led by the left one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.model.article import Article
from kbviewer.ui.article.beside_absent import with_absent
from kbviewer.ui.article.beside_age import outdated, outdated_sentence
from kbviewer.ui.article.beside_choice import RightLanguage
from kbviewer.ui.article.beside_find import RowMatches
from kbviewer.ui.article.beside_head import BesideHead, ColumnEdge
from kbviewer.ui.article.beside_lack import LackingColumn
from kbviewer.ui.article.beside_layout import Alignment
from kbviewer.ui.article.beside_texts import ColumnTexts, Speaking
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.find import Found
from kbviewer.ui.article.page import ArticlePage
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import BESIDE_FROM_PX

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

    Signals:
        close_pressed(): the reader wants one column again.
    """

    close_pressed = Signal()

    def __init__(self, theme: Theme, texts: Texts, page: ArticlePage, needs: BesideNeeds) -> None:
        super().__init__(page)
        self._theme = theme
        self._texts = texts
        self._page = page
        self._needs = needs
        self._language = RightLanguage()
        self._words = ColumnTexts(needs.speaking, texts.language)
        self.companion = needs.make_page(self._words)
        self.companion.setParent(page)
        self._head = BesideHead(theme, texts, page)
        self._lack = LackingColumn(theme, texts, page)
        self._edge = ColumnEdge(theme, page)
        self._alignment = Alignment(page.stage, self.companion.stage)
        self._matches = RowMatches()
        self._read: Article | None = None
        self._other: Article | None = None
        self._is_on = False
        self._is_busy = False
        self._is_split = False
        self._has_moved = False
        self._hide_all()
        self._connect()

    @property
    def is_on(self) -> bool:
        """Whether two languages are wanted."""
        return self._is_on

    @property
    def is_aligned(self) -> bool:
        """Whether two texts stand side by side."""
        return self._is_on and self._is_split and self._other is not None

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
            self._is_on = False
            if self.focused_inside():
                self._page.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.share = self._page.shape = None
            self._hide_all()
            self._page.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self._page.refit()

    def cross(self) -> None:
        """Go to the same control in the other column, else to its text."""
        focus = QApplication.focusWidget()
        source = self.focused
        other = self._page if source is self.companion else self.companion
        key = source.layer.key_of(focus)
        if not key or not other.focus_widget(key):
            other.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focused_inside(self) -> bool:
        """Return whether the focus is in what goes when one column is left."""
        focus = QApplication.focusWidget()
        return focus is not None and any(
            part is focus or part.isAncestorOf(focus) for part in (self.companion, self._head)
        )

    def find(self, text: str) -> Found:
        """Mark all matches in both columns; the first from here on is current."""
        if not self.is_aligned:
            self.companion.clear_find()
            return self._page.find(text)
        starts = tuple(
            [(start.position, start.row) for start in self._alignment.row_starts(side)] for side in (0, 1)
        )
        top = self._page.view.blocks_in_view()[0]
        row = max((at.row for at in self._alignment.row_starts(0) if at.block <= top), default=0)
        matches = self._page.finder.seek(text), self.companion.finder.seek(text)
        self._matches.start(matches, (starts[0], starts[1]), row)
        return self._show_match()

    def find_next(self) -> Found:
        """Go to the next match, in this row or below."""
        return self._step(forward=True)

    def find_previous(self) -> Found:
        """Go to the match before."""
        return self._step(forward=False)

    def clear_find(self) -> None:
        """Mark nothing."""
        self._page.clear_find()
        self.companion.clear_find()

    def _step(self, *, forward: bool) -> Found:
        if not self.is_aligned:
            return self._page.find_next() if forward else self._page.find_previous()
        self._matches.step(forward=forward)
        return self._show_match()

    def _show_match(self) -> Found:
        match = self._matches.current
        pages = self._page, self.companion
        for side, page in enumerate(pages):
            if match is None or match.side != side:
                page.finder.show(-1)
        if match is not None:
            pages[match.side].finder.show(match.number)
        return self._matches.found

    def _shape(self, article: Article) -> Article:
        """Look for the other language of what the page is about to show, and return its own column."""
        if article is not self._read:
            self._read = article
            self._find_counterpart(article)
        self._describe(article)
        self._page.stage.resize(self._share(self._page.rect()))
        return with_absent(article, self._other, leads=True) if self.is_aligned and self._other else article

    def _find_counterpart(self, article: Article) -> None:
        variants, known = self._page.opened.languages, self._needs.languages()
        language = self._language.beside(article.language, variants, known)
        self._other = self._needs.variant(article.id, language) if language else None

    def _describe(self, article: Article) -> None:
        """Say what the columns are."""
        variants, known = self._page.opened.languages, self._needs.languages()
        offered = self._language.offered(article.language, variants, known)
        self._head.show_languages(article.language, self._language.current, offered)
        if self._other is None:
            self._lack.show_lack(self._language.current, variants)
        self._note(article)

    def _note(self, article: Article) -> None:
        found = outdated(article, self._other) if self._other is not None else None
        if not self._is_split:
            self._head.show_note(self._texts.gettext("Side by side needs a wider window or smaller text."))
        elif found is not None:
            title = self._texts.gettext("Original changed")
            self._head.show_note(f"{title}: {outdated_sentence(found, self._texts)}", warning=True)
        else:
            self._head.show_note("")

    def _share(self, room: QRect) -> QRect:
        """Put head and right column into the page's room, and return what is left of it for the page."""
        split = room.width() >= BESIDE_FROM_PX * max(1.0, self._theme.zoom)
        if split is not self._is_split:
            self._is_split = split
            self._head.set_split(split)
            if self._read is not None:
                self._describe(self._read)
                # The columns may be as wide as the page was; then nothing else would build it anew.
                QTimer.singleShot(0, self, self._follow_split)
        height = self._head.height_for(room.width())
        self._head.setGeometry(0, 0, room.width(), height)
        self._head.show()
        body = room.adjusted(0, height, 0, 0)
        if not split:
            return body
        width = (body.width() - 1) // 2
        right = QRect(body.width() - width, body.top(), width, body.height())
        for part in (self._lack, self.companion):
            part.setGeometry(right)
        self._edge.setGeometry(width, body.top(), body.width() - 2 * width, body.height())
        return QRect(0, body.top(), width, body.height())

    def _follow_split(self) -> None:
        if self._is_on and self.companion.isVisibleTo(self._page) is not self.is_aligned:
            self._page.refit()

    def _built(self) -> None:
        """Build the right column beside the left one, and put the rows at one height."""
        if not self._is_on or self._is_busy:
            return
        aligned = self.is_aligned
        self.companion.setVisible(aligned)
        self._lack.setVisible(self._is_split and self._other is None)
        self._edge.setVisible(self._is_split)
        self._head.set_indent(self._page.view.viewport().x() + self._page.stage.measures.gutter)
        policy = Qt.ScrollBarPolicy
        self._page.view.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if aligned else policy.ScrollBarAsNeeded
        )
        if aligned:
            with self._busy():
                self._build_companion()
                self.companion.follow_folds(self._page)
                self._alignment.apply()
            self._name_columns()

    def _build_companion(self) -> None:
        companion, other = self.companion, self._other
        if other is None:
            return
        self._words.speak(other.language)
        companion.stage.resize(companion.rect())
        shown = companion.opened.article
        if shown is None or shown.id != other.id:
            companion.shape = self._shape_companion
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

    def _placed(self) -> None:
        """Follow the left column to where it was put."""
        if self.is_aligned and not self._is_busy:
            with self._busy():
                self._meet(self._page, self.companion)

    def _scrolled(self, source: ArticlePage, other: ArticlePage) -> None:
        if self.is_aligned and not self._is_busy and not source.stage.is_moving:
            with self._busy():
                self._meet(source, other)

    def _meet(self, source: ArticlePage, other: ArticlePage) -> None:
        """Scroll the other column to where this one is."""
        value = source.view.verticalScrollBar().value()
        bar = other.view.verticalScrollBar()
        if bar.maximum() < value:
            other.view.fit_range()
        bar.setValue(value)
        other.stage.settle()

    def _reflowed(self, source: ArticlePage, other: ArticlePage) -> None:
        """Fold the other column alike, and put the rows at one height again."""
        if not self.is_aligned:
            return
        if self._is_busy:
            self._has_moved = True
            return
        with self._busy():
            self._align_again(source, other)

    def _align_again(self, source: ArticlePage, other: ArticlePage) -> None:
        place = source.stage.place()
        other.follow_folds(source)
        self._alignment.apply()
        source.stage.return_to(place)
        source.stage.settle()
        self._meet(source, other)

    def _used(self, source: ArticlePage, other: ArticlePage) -> None:
        """Show in the other column what was ticked or chosen in this one."""
        if self.is_aligned and not self._is_busy:
            with self._busy():
                self._has_moved = False
                other.refresh_steps()
                if other is self._page:
                    # What stands beside the page listens to the reader's column only.
                    other.progress_changed.emit(other.progress())
                if self._has_moved:
                    self._align_again(source, other)

    def _choose(self, language: str) -> None:
        self._language.choose(language)
        self._read = None
        self._page.retranslate()

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Do something with both columns; what they tell meanwhile is known."""
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False

    def _hide_all(self) -> None:
        for part in (self.companion, self._head, self._lack, self._edge):
            part.hide()

    def _connect(self) -> None:
        page, companion = self._page, self.companion
        page.built.connect(self._built)
        page.placed.connect(self._placed)
        for source, other in ((page, companion), (companion, page)):
            source.view.scrolled.connect(lambda a=source, b=other: self._scrolled(a, b))
            source.reflowed.connect(lambda a=source, b=other: self._reflowed(a, b))
            source.progress_changed.connect(lambda _progress, a=source, b=other: self._used(a, b))
            source.chosen.connect(lambda a=source, b=other: self._used(a, b))
        for name in (
            "link_activated",
            "jumped",
            "copied",
            "announced",
            "help_requested",
            "feedback_requested",
        ):
            getattr(companion, name).connect(getattr(page, name))
        self._head.language_chosen.connect(self._choose)
        self._head.close_pressed.connect(self.close_pressed)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Have Tab come to the head, then to the left column, then to the right one."""
        chooser, close = self._head.stops
        reached = Qt.FocusPolicy.TabFocus
        before: QWidget | None = self._page.previousInFocusChain()
        while before is not None and before is not self._page:
            if before.focusPolicy() & reached and not self._page.isAncestorOf(before):
                QWidget.setTabOrder(before, chooser)
                break
            before = before.previousInFocusChain()
        QWidget.setTabOrder(chooser, close)
        QWidget.setTabOrder(self._page.view, self.companion.view)
