"""The view of the page's document: paints cards, scrolls, follows links; serves only the pack's pictures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from kbviewer.model.inline import LinkKind
from kbviewer.model.policy import Right
from kbviewer.ui.article.caret import Caret
from kbviewer.ui.article.geometry import Geometry
from kbviewer.ui.article.measures import Measures
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.painting import PagePainter
from kbviewer.ui.theme.rights import allows
from kbviewer.ui.theme.theme import Theme

LoadPicture = Callable[[int, QUrl], object]
Walk = Callable[[bool], bool]


class ArticleView(QTextBrowser):
    """Shows one document. What it means is the page's business.

    Signals:
        scrolled: the view shows another part; widgets have moved with the text.
        first_painted: an article stands on the screen.
        link_pressed(number): a link was clicked or confirmed.
        tabbed_in(forward): the focus came by Tab or Shift+Tab.
        menu_requested(position in the document, global point).
    """

    scrolled = Signal()
    first_painted = Signal()
    link_pressed = Signal(int)
    tabbed_in = Signal(bool)
    menu_requested = Signal(int, QPoint)

    def __init__(
        self, theme: Theme, load: LoadPicture, mime: Callable[[QTextCursor], QMimeData], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._load = load
        self._mime = mime
        self._walk: Walk | None = None
        self._geometry: Geometry | None = None
        self._painter: PagePainter | None = None
        # Not asked of Qt: naming the parent of Qt's first document takes 25 ms of the start.
        self._shown: QTextDocument | None = None
        self._is_painted = False
        self.focused_link = -1
        self.flash: tuple[int, int] | None = None
        self._page = PageMap()
        self._make_viewport()
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.anchorClicked.connect(self._clicked)
        self.caret = Caret(self)

    def set_walk(self, walk: Walk) -> None:
        """Let `walk(forward)` move the focus inside the page; it returns False at the ends."""
        self._walk = walk

    def give_up(self) -> None:
        """Stop laying out the document that another takes the place of."""
        self.setExtraSelections([])
        self.focused_link = -1
        self.flash = None
        self.document().setLayoutEnabled(False)

    def open(self, document: QTextDocument, page: PageMap, geometry: Geometry, painter: PagePainter) -> None:
        """Show a document; the one before is given up."""
        old, self._shown = self._shown, document
        self._page, self._geometry, self._painter = page, geometry, painter
        if old is not document:
            document.setLayoutEnabled(True)
            self.setDocument(document)
            if old is not None:
                old.deleteLater()

    def adapt(self, rect: QRect, measures: Measures, bar_px: int) -> None:
        """Stand in `rect` with the document in its middle."""
        spare = max(0, rect.width() - bar_px - measures.document_width)
        left = spare // 2
        if self.lineWrapColumnOrWidth() != measures.document_width:
            self.setLineWrapColumnOrWidth(measures.document_width)
        self.setViewportMargins(left, 0, spare - left, 0)
        self.setGeometry(rect)

    @property
    def offset(self) -> QPoint:
        """What part of the document is at the viewport's corner."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def blocks_in_view(self, margin_px: int = 0) -> tuple[int, int]:
        """Return the numbers of the first and last text block in view, give or take a margin."""
        if self._geometry is None:
            return 0, 0
        top = self.verticalScrollBar().value()
        first = self._geometry.block_at(top - margin_px)
        last = self._geometry.block_at(top + self.viewport().height() + margin_px)
        return first, last

    def scroll_to(self, y: float) -> None:
        """Bring document position `y` to the top of the view."""
        bar = self.verticalScrollBar()
        if y > 0:
            self.fit_range()
        bar.setValue(round(y))

    def fit_range(self) -> None:
        """Lay the whole document out and let the scroll bar know: left alone, its range lags behind."""
        height = self.document().size().height()
        self.verticalScrollBar().setMaximum(max(0, int(height) - self.viewport().height()))

    def reveal(self, top: float, bottom: float, margin_px: int = 48) -> None:
        """Scroll as little as shows the part from `top` to `bottom`."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        if top - margin_px < bar.value():
            self.scroll_to(top - margin_px)
        elif bottom + margin_px > bar.value() + height:
            self.scroll_to(min(top - margin_px, bottom + margin_px - height))

    def select(self, cursor: QTextCursor) -> None:
        """Take a selection over without moving the view."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    def focus_link(self, number: int) -> None:
        """Put the focus on a link or tip."""
        self.focused_link = number
        spot = self._page.links[number]
        cursor = self.textCursor()
        cursor.setPosition(spot.start)
        self.select(cursor)
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._geometry is not None:
            for rect in self._geometry.text_rects(spot.start, spot.end):
                self.reveal(rect.top(), rect.bottom())
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cards and marks, then the text, then the focus ring."""
        if self._painter is not None:
            offset = self.offset
            painter = QPainter(self.viewport())
            painter.translate(-offset)
            area = event.rect().translated(offset)
            if self._geometry is not None:
                first = self._geometry.block_at(area.top() - 40)
                last = self._geometry.block_at(area.bottom() + 40)
                self._painter.paint(painter, first, last, self.flash)
            painter.end()
        super().paintEvent(event)
        if self._painter is not None and self.focused_link >= 0 and self.hasFocus():
            spot = self._page.links[self.focused_link]
            painter = QPainter(self.viewport())
            painter.translate(-self.offset)
            self._painter.focus_ring(painter, spot.start, spot.end)
            painter.end()
        if self._painter is not None and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell that the view shows another part."""
        super().scrollContentsBy(dx, dy)
        self.scrolled.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk through links and widgets in reading order, then leave."""
        if self._walk is not None and self._walk(forward):
            return True
        # The widgets stand behind the view in the window's order; leave from the view itself.
        self.focused_link = -1
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return QWidget.focusNextPrevChild(self, forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first or last stop when the focus comes by Tab."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.tabbed_in.emit(True)
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self.tabbed_in.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm links with Enter, scroll with plain arrows, select with Shift; all else as a text does."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (link := self._link_at_focus()) >= 0:
            self.link_pressed.emit(link)
            return
        if key == Qt.Key.Key_Escape:
            event.ignore()
            return
        if self.caret.prepare(key, modifiers):
            self.focused_link = -1
            super().keyPressEvent(event)
            self.caret.settle(key)
            return
        if modifiers == Qt.KeyboardModifier.NoModifier and self._scroll(key):
            return
        super().keyPressEvent(event)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the article, or nothing: never a file, never an address."""
        return self._load(kind, QUrl(name))

    def opens_at(self, point: QPoint) -> bool:
        """Return whether there is a link to an article or a section at a point of the viewport."""
        number = QUrl(self.anchorAt(point)).path()
        link = self._page.links[int(number)].link if number.isdecimal() else None
        return link is not None and link.kind in (LinkKind.ARTICLE, LinkKind.SECTION)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return clean text and HTML; nothing where nothing may be copied, dragging out included."""
        if not allows(self, Right.COPY):
            return QMimeData()
        return self._mime(self.textCursor())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask the page for its menu."""
        point = self.viewport().mapFromGlobal(event.globalPos())
        self.menu_requested.emit(self.cursorForPosition(point).position(), event.globalPos())

    def show_theme(self) -> None:
        """Take the theme's colours."""
        palette = self.palette()
        tokens = self._theme.tokens
        palette.setColor(QPalette.ColorRole.Base, QColor(tokens.page))
        palette.setColor(QPalette.ColorRole.Text, QColor(tokens.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(tokens.accent))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(tokens.on_accent))
        self.setPalette(palette)

    def _link_at_focus(self) -> int:
        """Return the link that has the focus, or on which the text cursor stands; -1 for none."""
        if self.focused_link >= 0 or not self.caret.is_on:
            return self.focused_link
        position = self.textCursor().position()
        spots = enumerate(self._page.links)
        return next((number for number, spot in spots if spot.start <= position <= spot.end), -1)

    def _scroll(self, key: Qt.Key) -> bool:
        """Scroll with a plain key; a screen reader's user moves the caret instead."""
        if QAccessible.isActive():
            return False
        bar = self.verticalScrollBar()
        page = self.viewport().height() - 48
        steps = {
            Qt.Key.Key_Up: -3 * bar.singleStep(),
            Qt.Key.Key_Down: 3 * bar.singleStep(),
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Space: page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if key not in steps:
            return False
        bar.setValue(bar.value() + steps[key])
        return True

    def _clicked(self, address: QUrl) -> None:
        number = address.path()
        if number.isdecimal():
            self.link_pressed.emit(int(number))

    def _make_viewport(self) -> None:
        """Take a viewport that is made here, and like Qt's own: asking for Qt's costs 17 ms of the start.

        Qt says of its own only that it is a widget; what kind, PySide looks up among all classes.
        """
        viewport = QWidget()
        viewport.setObjectName("qt_scrollarea_viewport")
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setForegroundRole(QPalette.ColorRole.Text)
        viewport.setAutoFillBackground(True)
        viewport.setMouseTracking(True)
        viewport.setAcceptDrops(True)
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        viewport.setCursor(Qt.CursorShape.ArrowCursor)
        self.setViewport(viewport)
        # The first document would otherwise be measured for the viewport that is gone.
        self.document().documentLayout().setPaintDevice(viewport)
