"""The first page: what was begun, what was read, and everything there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.home.age_line import AgeLine
from kbviewer.ui.home.card_grid import CardGrid, CardGroup
from kbviewer.ui.home.cards import (
    ArticleCard,
    CaseCard,
    ProgressCard,
    card_height,
    compact_height,
    progress_height,
)
from kbviewer.ui.home.empty_library import EmptyLibrary
from kbviewer.ui.home.filter_bar import FilterBar
from kbviewer.ui.home.filtering import Picking
from kbviewer.ui.home.problem_list import ProblemList
from kbviewer.ui.home.sorted_articles import ArticleItem
from kbviewer.ui.home.view_model import CaseItem, HomeView, ProgressItem, TopicGroup
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import icon
from kbviewer.ui.theme.section_switch import SectionSwitch
from kbviewer.ui.theme.theme import Theme

_WIDEST_PX = 1200
_WIDEST_ON_WALL_PX = 1604
_WALL_FROM_PX = 1900
_GREETING_SHARE = 1.85
_SECTION_SHARE = 1.36
_GROUP_SHARE = 1.07
_SECTION_GAP_PX = 28
_ROOMY_FROM_PX = 480
_GROUP_EDGE_PX = 16
_BY_TOPIC, _BY_PRODUCT, _BY_LIBRARY, _BY_CONTENTS = range(4)


class HomePage(QScrollArea):
    """Shows a HomeView; knows no library.

    Signals:
        article_chosen(article_id): a card was opened.
        problem_chosen(problem): a broken file was opened.
        case_chosen(case_id): the reader wants to go on with a case.
        library_wanted: the reader has no articles and wants to open a folder.
        closed_libraries_wanted: he has, but in libraries that are not open.
    """

    article_chosen = Signal(str)
    problem_chosen = Signal(object)
    case_chosen = Signal(int)
    library_wanted = Signal()
    closed_libraries_wanted = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._view: HomeView | None = None
        self.setObjectName("home-page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The cards are the stops; the page itself has nothing to do with the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = QWidget()
        self._sheet.setObjectName("home-sheet")
        self._greeting, self._counters = QLabel(), QLabel()
        self.age = AgeLine(theme, translator, self._sheet)
        self._to_problems = QPushButton(self._sheet)
        # With the sheet as parent: only widgets of one window have an order of the focus.
        self._own, self._library = CardGrid(self._sheet), CardGrid(self._sheet)
        self._gap = QWidget()
        self._gap.setFixedHeight(_SECTION_GAP_PX)
        self._articles, self._switch = QLabel(), SectionSwitch(theme, self._sheet)
        self.filters, self._nothing = FilterBar(theme, translator, self._sheet), QLabel()
        self._picking = Picking(HomeView("", ""))
        self._chooser = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._problems = ProblemList(theme, translator, self._library, self._sheet)
        self._empty = EmptyLibrary(theme)
        self._build()
        theme.changed.connect(self._restyle)
        theme.zoom_changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_home(self, view: HomeView) -> None:
        """Show `view`; the place on the page and the chosen section stay."""
        self._view = view
        self._greeting.setText(view.greeting)
        self._counters.setText(view.counters)
        self._counters.setVisible(not view.is_empty)
        self._show_problems(view)
        self._show_own(view)
        self._picking = Picking(view)
        self.filters.show_choices(self._picking)
        self._show_library()
        for part in (self._articles, self._switch, self._library):
            part.setVisible(not view.is_empty)
        self.filters.setVisible(not view.is_empty)
        self._empty.setVisible(view.is_empty)
        self._say_empty()
        self._reveal()

    def place(self) -> str:
        """Return how far the view is from the end, which holds while cards come in above; "" at the top."""
        bar = self.verticalScrollBar()
        return str(bar.maximum() - bar.value()) if bar.value() else ""

    def return_to(self, place: str) -> None:
        """Go to what `place` returned."""
        bar = self.verticalScrollBar()
        if not place.isdecimal():
            bar.setValue(0)
            return
        # The scroll bar learns of a new height with the next turn of the events otherwise.
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        bar.setValue(max(0, bar.maximum() - int(place)))

    def go_to_topic(self, title: str) -> None:
        """Bring a topic's heading to the top, with the focus on its first article."""
        titles = [group.title for group in self._view.topics] if self._view else []
        if title not in titles or self._switch.section != _BY_TOPIC:
            return
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        top = self._library.focus_group(titles.index(title))
        if top is not None:
            self.verticalScrollBar().setValue(self._library.y() + top - _GROUP_EDGE_PX)

    def retranslate(self) -> None:
        """Show the page's own texts in the current language; the library's come with the next view.

        While another page is in front everything waits for that view.
        """
        _ = self._translator.gettext
        self.setAccessibleName(_("Home"))
        self._articles.setText(_("Articles"))
        self._nothing.setText(_("No article is like that."))
        self._library.setAccessibleName(_("Articles"))
        sections = [_("By topic"), _("By product"), _("By library"), _("Contents")]
        self._switch.set_texts(_("Show articles by"), sections)
        self._say_empty()
        self.age.retranslate()
        for before, after in pairwise((*self._stops(), self._library)):
            QWidget.setTabOrder(before, after)
        if self._view is None:
            self._greeting.setText(_("Reading the articles …"))
        elif self.isVisible():
            self.show_home(self._view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: show all articles again."""
        if event.key() == Qt.Key.Key_Escape and self.filters.picked.is_on:
            self.filters.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and of readable width."""
        # Before the page is laid out, or it would be laid out twice.
        self._set_margins()
        super().resizeEvent(event)
        self._reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make cards when a grid moves on the page."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._reveal()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        column = QVBoxLayout(self._sheet)
        column.setSpacing(0)
        column.addWidget(self._greeting)
        column.addSpacing(2)
        column.addWidget(self._counters)
        column.addWidget(self.age)
        column.addSpacing(8)
        column.addWidget(self._to_problems, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._empty)
        column.addSpacing(20)
        column.addWidget(self._own)
        column.addWidget(self._gap)
        self._chooser.addWidget(self._articles, 1)
        self._chooser.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._chooser.setSpacing(8)
        column.addLayout(self._chooser)
        column.addSpacing(8)
        column.addWidget(self.filters)
        column.addSpacing(16)
        column.addWidget(self._nothing)
        column.addWidget(self._library)
        column.addSpacing(28)
        column.addWidget(self._problems)
        column.addStretch(1)
        for grid in (self._own, self._library):
            grid.reveal_wanted.connect(partial(self._scroll_to, grid))
            grid.installEventFilter(self)
        for label in (self._greeting, self._counters, self._articles, self._nothing):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._to_problems.clicked.connect(self._go_to_problems)
        self._empty.library_wanted.connect(self._leave_empty)
        self.filters.picked_changed.connect(self._narrow)
        self._switch.section_changed.connect(lambda _number: self._show_library())
        self._problems.problem_chosen.connect(self.problem_chosen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._reveal())
        self.setWidget(self._sheet)

    def _say_empty(self) -> None:
        _ = self._translator.gettext
        folders = self._empty_folders()
        if folders:
            self._empty.set_texts(
                self._translator.ngettext(
                    "There is no article to read in the folder “{folders}”.",
                    "There is no article to read in the folders {folders}.",
                    len(folders),
                ).format(folders=folders[0] if len(folders) == 1 else ", ".join(folders)),
                _("An article is a file whose name ends in .md. Save one there and press F5."),
                _("Open library folder…"),
            )
        elif self._view is not None and self._view.has_closed_libraries:
            self._empty.set_texts(
                _("No library with articles is open."),
                _("Your libraries are switched off, or cannot be opened. Your notes and cases are kept."),
                _("Libraries…"),
            )
        else:
            self._empty.set_texts(
                _("There are no articles here yet."),
                _("Open a folder that holds articles, one folder per article with a file per language."),
                _("Open library folder…"),
            )

    def _leave_empty(self) -> None:
        view = self._view
        is_closed = view is not None and view.has_closed_libraries and not self._empty_folders()
        (self.closed_libraries_wanted if is_closed else self.library_wanted).emit()

    def _empty_folders(self) -> Sequence[str]:
        return self._view.empty_folders() if self._view is not None else ()

    def _show_own(self, view: HomeView) -> None:
        _ = self._translator.gettext
        groups = []
        if view.cases:
            make_case = partial(self._make_case, view.cases)
            groups.append(
                CardGroup(_("Open cases"), len(view.cases), progress_height(self._theme), make_case)
            )
        if view.in_progress:
            make = partial(self._make_progress, view.in_progress)
            height = progress_height(self._theme)
            groups.append(CardGroup(_("Procedures in progress"), len(view.in_progress), height, make))
        if view.recents:
            make_recent = partial(self._make_article, view.recents, with_products=False, compact=True)
            height = compact_height(self._theme)
            groups.append(CardGroup(_("Recently read"), len(view.recents), height, make_recent))
        for part in (self._own, self._gap):
            part.setVisible(bool(groups))
        self._own.setAccessibleName(", ".join(group.title for group in groups))
        self._own.show_groups(groups, heading=self._heading(_SECTION_SHARE), scale=self._theme.zoom)

    def _show_library(self) -> None:
        if self._view is None:
            return
        view = self._view
        self._switch.set_offered(_BY_LIBRARY, offered=bool(view.libraries))
        self._switch.set_offered(_BY_CONTENTS, offered=bool(view.contents))
        section = self._switch.section
        sections = {_BY_PRODUCT: view.products, _BY_LIBRARY: view.libraries, _BY_CONTENTS: view.contents}
        shown = self._picking.groups(sections.get(section, view.topics), self.filters.picked)
        self.filters.show_count(len({item.id for group in shown for item in group.items}))
        groups = [self._group(group, with_products=section != _BY_PRODUCT) for group in shown]
        self._nothing.setVisible(not shown and not view.is_empty)
        self._library.show_groups(groups, heading=self._heading(_GROUP_SHARE), scale=self._theme.zoom)
        self._reveal()

    def _stops(self) -> Sequence[QWidget]:
        """Return what Tab passes before the articles."""
        return (
            self.age.look_button,
            self._to_problems,
            self._own,
            *self._switch.buttons,
            *self.filters.stops(),
        )

    def _narrow(self) -> None:
        """Show what is picked now, and have it spoken how much that is."""
        self.filters.show_choices(self._picking)
        self._show_library()
        announce(self.filters, self.filters.count.text() or self._counters.text())

    def _group(self, group: TopicGroup, *, with_products: bool) -> CardGroup:
        more = self._translator.gettext("Show all {count}").format(count=len(group.items))
        make = partial(self._make_article, group.items, with_products=with_products)
        return CardGroup(group.title, len(group.items), card_height(self._theme), make, more)

    def _make_article(
        self,
        items: Sequence[ArticleItem],
        number: int,
        parent: QWidget,
        *,
        with_products: bool,
        compact: bool = False,
    ) -> ArticleCard:
        card = ArticleCard(self._theme, self._translator, parent)
        card.show_item(items[number], with_products=with_products, compact=compact)
        card.clicked.connect(partial(self._choose, items[number].id))
        return card

    def _make_progress(self, items: Sequence[ProgressItem], number: int, parent: QWidget) -> ProgressCard:
        card = ProgressCard(self._theme, self._translator, parent)
        card.show_item(items[number])
        card.clicked.connect(partial(self._choose, items[number].id))
        return card

    def _make_case(self, items: Sequence[CaseItem], number: int, parent: QWidget) -> CaseCard:
        card = CaseCard(self._theme, self._translator, parent)
        card.show_item(items[number])
        card.clicked.connect(lambda _checked=False: self.case_chosen.emit(items[number].id))
        return card

    def _choose(self, article: str, _checked: bool = False) -> None:
        self.article_chosen.emit(article)

    def _show_problems(self, view: HomeView) -> None:
        count = len(view.problems)
        template = self._translator.ngettext(
            "{count} problem in the library’s files", "{count} problems in the library’s files", count
        )
        self._to_problems.setText(template.format(count=count))
        self._to_problems.setVisible(bool(count) and not view.is_empty)
        self._problems.show_problems(view.problems)

    def _go_to_problems(self) -> None:
        self._problems.focus_first()
        self.verticalScrollBar().setValue(self._problems.y())

    def _scroll_to(self, grid: CardGrid, rect: QRect) -> None:
        place = QRect(grid.mapTo(self._sheet, rect.topLeft()), rect.size())
        self.ensureVisible(place.center().x(), place.bottom(), 0, 24)
        self.ensureVisible(place.center().x(), place.top(), 0, 56)

    def _reveal(self) -> None:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for grid in (self._own, self._library):
            if not grid.isHidden():
                y = grid.mapTo(self._sheet, QPoint(0, 0)).y()
                grid.reveal(top - y, bottom - y)

    def _set_margins(self) -> None:
        width = self.viewport().width()
        roomy = width >= _ROOMY_FROM_PX
        widest = _WIDEST_PX if width < _WALL_FROM_PX else _WIDEST_ON_WALL_PX
        widest = round(widest * max(1.0, self._theme.zoom))
        side = max(32 if roomy else 16, (width - widest) // 2)
        column = self._sheet.layout()
        if column is not None:
            column.setContentsMargins(side, 28 if roomy else 20, side, 40)
        beside = QBoxLayout.Direction.LeftToRight
        self._chooser.setDirection(beside if roomy else QBoxLayout.Direction.TopToBottom)

    def _heading(self, share: float) -> QFont:
        font = self._theme.body_font()
        font.setPointSizeF(font.pointSizeF() * share)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _restyle(self) -> None:
        tokens, body = self._theme.tokens, self._theme.body_font()
        self._sheet.setStyleSheet(f"#home-sheet {{ background: {tokens.window}; }}")
        self._greeting.setFont(self._heading(_GREETING_SHARE))
        self._articles.setFont(self._heading(_SECTION_SHARE))
        self._problems.heading.setFont(self._heading(_SECTION_SHARE))
        self._counters.setFont(body)
        self._nothing.setFont(body)
        self._counters.setStyleSheet(f"QLabel {{ color: {tokens.muted}; }}")
        self._to_problems.setStyleSheet(
            f"QPushButton {{ color: {tokens.warning}; background: {tokens.warning_soft};"
            f" border-color: {tokens.warning_bar}; }}"
            f"QPushButton:focus {{ border-color: {tokens.accent}; }}"
        )
        self._to_problems.setIcon(icon("warning", tokens.warning, 16))
        self._set_margins()
        if self._view:
            self.show_home(self._view)
