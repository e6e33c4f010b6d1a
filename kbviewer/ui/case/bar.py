"""The strip under the top bar while a case is at work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, CaseTally
from kbviewer.ui.case.elided_button import ElidedButton
from kbviewer.ui.case.wording import case_name, joined, result_counts
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.icons import icon, paint_icon
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import TOUCH_TARGET_PX

_WORDS_FROM_PX = 700
_BUTTONS_FROM_PX = 420
_SIDE_PX = 32
_ICON_PX = 18
_ARROW_PX = 14


class _StripButton(QToolButton):
    """An icon with its word, or alone where there is no room for words."""

    def __init__(self, theme: Theme, icon_name: str, *, opens: bool = False) -> None:
        """Make it; one that `opens` a menu has an arrow."""
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._opens = opens
        self.setProperty("flat", True)
        if opens:
            self.setStyleSheet(f"QToolButton {{ padding-right: {_ARROW_PX + 6}px; }}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        theme.changed.connect(self.restyle)
        self.restyle()

    def name(self, text: str) -> None:
        """Set what it says; screen readers hear it also where only the icon is shown."""
        self.setText(text)
        name = text.removesuffix("…").rstrip()
        self.setToolTip(name)
        self.setAccessibleName(name)

    def show_words(self, shown: bool) -> None:
        """Show the word beside the icon, or not."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return a target for pointer or finger, as wide as its words."""
        side = TOUCH_TARGET_PX if self._theme.touch else _SIDE_PX
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return QSize(side + (_ARROW_PX if self._opens else 0), side)
        return QSize(max(side, super().sizeHint().width()), side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: it never shrinks."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and an arrow when it opens a menu."""
        super().paintEvent(event)
        if self._opens:
            top = (self.height() - _ARROW_PX) / 2
            place = QRectF(self.width() - _ARROW_PX - 6, top, _ARROW_PX, _ARROW_PX)
            painter = QPainter(self)
            paint_icon(painter, place, "chevron-down", self._theme.tokens.text)
            painter.end()

    def restyle(self) -> None:
        """Draw the icon in the theme's colour."""
        self.setIcon(icon(self._icon_name, self._theme.tokens.text, _ICON_PX))
        self.updateGeometry()


class CaseBar(QWidget):
    """Names the case at work and offers what is done with it. Shows; keeps nothing.

    Signals:
        list_wanted(case_id): show the case among the others.
        note_wanted(), report_wanted(), pause_wanted(): the reader asks for these.
        close_wanted(outcome): the case has ended so.
    """

    list_wanted = Signal(int)
    note_wanted = Signal()
    report_wanted = Signal()
    pause_wanted = Signal()
    close_wanted = Signal(object)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._tally: CaseTally | None = None
        # Says which case is at work and how it stands; leads to the list.
        self._case = ElidedButton()
        self._case.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._case.setStyleSheet("QPushButton { text-align: left; padding: 2px 6px; font-weight: 600; }")
        self._note = _StripButton(theme, "comment")
        self._report = _StripButton(theme, "report")
        self._close = _StripButton(theme, "check", opens=True)
        self._pause = _StripButton(theme, "pause")
        self._more = _StripButton(theme, "more")
        self._fill_menus()
        self._compose()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order."""
        return (self._case, self._note, self._report, self._close, self._pause, self._more)

    def show_tally(self, tally: CaseTally) -> None:
        """Show how a case stands."""
        self._tally = tally
        self._show()

    def announce_case(self) -> None:
        """Have the case spoken, as when it comes to work."""
        announce(self, self._case.accessibleName())

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.setAccessibleName(_("Case at work"))
        self._note.name(_("Note…"))
        self._report.name(_("Report…"))
        self._close.name(_("Close case"))
        self._pause.name(_("Pause"))
        self._more.name(_("More"))
        texts = {"note": _("Note…"), "report": _("Report…"), "pause": _("Pause")}
        for action, name in self._named:
            action.setText(texts[name])
        for action, outcome in self._ends:
            is_solved = outcome is CaseOutcome.SOLVED
            action.setText(_("Close as solved") if is_solved else _("Close as escalated"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold words, then buttons."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip, its edge and its sign."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.accent_soft))
        painter.fillRect(0, 0, 4, self.height(), QColor(tokens.accent))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, QRectF(14, self.height() / 2 - 10, 20, 20), "case", tokens.accent)

    def _fill_menus(self) -> None:
        ends, more = QMenu(self._close), QMenu(self._more)
        self._named = [
            (_add(more, self.note_wanted.emit), "note"),
            (_add(more, self.report_wanted.emit), "report"),
        ]
        more.addSeparator()
        self._ends = [
            (_add(menu, partial(self.close_wanted.emit, outcome)), outcome)
            for menu in (ends, more)
            for outcome in (CaseOutcome.SOLVED, CaseOutcome.ESCALATED)
        ]
        more.addSeparator()
        self._named.append((_add(more, self.pause_wanted.emit), "pause"))
        for button, menu in ((self._close, ends), (self._more, more)):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _compose(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 2, 8, 3)
        row.setSpacing(4)
        row.addWidget(self._case, 1)
        for button in self.stops[1:]:
            row.addWidget(button)
        for before, after in pairwise(self.stops):
            QWidget.setTabOrder(before, after)
        self._case.clicked.connect(self._to_list)
        self._note.clicked.connect(self.note_wanted)
        self._report.clicked.connect(self.report_wanted)
        self._pause.clicked.connect(self.pause_wanted)

    def _to_list(self) -> None:
        if self._tally is not None:
            self.list_wanted.emit(self._tally.id)

    def _show(self) -> None:
        tally = self._tally
        if tally is not None:
            name = case_name(tally.id, tally.reference, self._translator)
            self._case.say(joined([name, result_counts(tally.results, self._translator)]))

    def _fold(self) -> None:
        words = self.width() >= _WORDS_FROM_PX
        buttons = self.width() >= _BUTTONS_FROM_PX
        for button in (self._note, self._report, self._close, self._pause):
            button.show_words(words)
            button.setVisible(buttons)
        self._more.show_words(False)
        self._more.setVisible(not buttons)

    def _restyle(self) -> None:
        self._case.setMinimumHeight(TOUCH_TARGET_PX if self._theme.touch else _SIDE_PX)
        self._fold()
        self.update()


def _add(menu: QMenu, handler: Callable[[], object]) -> QAction:
    action = menu.addAction("")
    action.triggered.connect(lambda _checked=False: handler())
    return action
