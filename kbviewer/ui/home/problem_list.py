"""Files that could not be read: where, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.library import Problem
from kbviewer.ui.home.cards import PADDING_PX, Card, text_font
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.text_lines import line_height, paint_lines, wrap_lines
from kbviewer.ui.theme.theme import Theme

_FIRST = 10
_MOST = 500
_ICON_PX = 20
_MOST_LINES = 4


class ProblemCard(Card):
    """One problem: the place in bold, the reason, the remedy."""

    def __init__(self, problem: Problem, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(theme, translator, parent)
        self._where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        self._what = problem.what.render(translator.gettext)
        self._remedy = problem.remedy.render(translator.gettext)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(problem.render(translator.gettext))

    def hasHeightForWidth(self) -> bool:
        """Say that long reasons take more lines in narrow windows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all lines need."""
        inner = width - 2 * PADDING_PX - _ICON_PX - 12
        lines = sum(len(part) for part in self._lines(inner))
        return round(lines * line_height(text_font(self.theme)) + 2 * (PADDING_PX - 4))

    def sizeHint(self) -> QSize:
        """Return a size that only counts until the width is known."""
        return QSize(200, self.heightForWidth(600))

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the warning sign and the lines beside it."""
        tokens, font = self.theme.tokens, text_font(self.theme)
        top = rect.top() + PADDING_PX - 4
        paint_icon(painter, QRectF(rect.left(), top, _ICON_PX, _ICON_PX), "warning", tokens.warning)
        place = rect.adjusted(_ICON_PX + 12, PADDING_PX - 4, 0, 0)
        bold = text_font(self.theme)
        bold.setWeight(bold.Weight.DemiBold)
        where, what, remedy = self._lines(place.width())
        used = paint_lines(painter, place, where, bold, tokens.text)
        used += paint_lines(painter, place.adjusted(0, used, 0, 0), what, font, tokens.text)
        paint_lines(painter, place.adjusted(0, used, 0, 0), remedy, font, tokens.muted)

    def _lines(self, width: float) -> tuple[list[str], list[str], list[str]]:
        font = text_font(self.theme)
        bold = text_font(self.theme)
        bold.setWeight(bold.Weight.DemiBold)
        return (
            wrap_lines(self._where, bold, width, 2),
            wrap_lines(self._what, font, width, _MOST_LINES),
            wrap_lines(self._remedy, font, width, _MOST_LINES),
        )


class ProblemList(QWidget):
    """A heading and a card per problem; a long list opens in two steps.

    Signals:
        problem_chosen(problem): a card was opened.
    """

    problem_chosen = Signal(object)

    def __init__(self, theme: Theme, translator: Translator, before: QWidget, parent: QWidget) -> None:
        """Make an empty list; the widget `before` it hands the focus on to its cards."""
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._before = before
        self._problems: Sequence[Problem] = ()
        self._cards: list[ProblemCard] = []
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        self._more = QPushButton(self)
        self._more.clicked.connect(lambda: self._show(_MOST))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.heading)
        self._layout.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show other problems; none hides the list."""
        self._problems = problems
        self.setVisible(bool(problems))
        self._show(_FIRST)

    def focus_first(self) -> None:
        """Put the focus on the first problem."""
        if self._cards:
            self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, most: int) -> None:
        _ = self._translator.gettext
        for card in self._cards:
            card.deleteLater()
        self._cards = [
            ProblemCard(problem, self._theme, self._translator, self) for problem in self._problems[:most]
        ]
        for number, (card, problem) in enumerate(zip(self._cards, self._problems, strict=False)):
            card.clicked.connect(lambda _on=False, problem=problem: self.problem_chosen.emit(problem))
            self._layout.insertWidget(1 + number, card)
            QWidget.setTabOrder(self._cards[number - 1] if number else self._before, card)
        QWidget.setTabOrder(self._cards[-1] if self._cards else self._before, self._more)
        self.heading.setText(_("Articles that could not be read"))
        self._more.setText(_("Show all {count}").format(count=len(self._problems)))
        self._more.setVisible(len(self._problems) > most and most < _MOST)
