"""All keys on one sheet, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import N_
from kbviewer.ui.article.step_keys import AT_A_STEP, IN_GUIDED_VIEW, needs_results
from kbviewer.ui.article.step_words import StepWords
from kbviewer.ui.shell.actions import ACTIONS, ActionId, Menu, without_mnemonic
from kbviewer.ui.theme.dialog import Dialog

PAGE_KEYS: Final = (
    ("Tab", N_("To the next box, link or button of the article")),
    ("Space", N_("Press the button, tick the step")),
    ("Left", N_("Move in the scope matrix")),
    ("Esc", N_("Back to where you were reading")),
)
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText


class ShortcutsDialog(Dialog):
    """Lists every action that has a key."""

    def __init__(
        self,
        translator: Translator,
        parent: QWidget | None = None,
        offers: Callable[[ActionId], bool] = lambda _action: True,
    ) -> None:
        super().__init__(translator.gettext("Keyboard shortcuts"), translator, parent, width_px=560)
        _ = translator.gettext
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for menu in Menu:
            specs = [
                spec
                for spec in ACTIONS
                if spec.menu is menu and spec.shortcuts and spec.listed and offers(spec.id)
            ]
            if specs:
                self._caption(grid, without_mnemonic(_(menu.value)))
            if menu is Menu.TABS:
                digits = f"{QKeySequence('Ctrl+1').toString(_NATIVE)} – 8"
                self._line(grid, _("Go to tab 1 to 8"), digits)
            for spec in specs:
                keys = ", ".join(QKeySequence(text).toString(_NATIVE) for text in spec.shortcuts[:1])
                self._line(grid, without_mnemonic(_(spec.text)), keys)
        self._caption(grid, _("In the article"))
        for key, text in PAGE_KEYS:
            name = _("Arrow keys") if key == "Left" else QKeySequence(key).toString(_NATIVE)
            self._line(grid, _(text), name)
        words = StepWords(translator)
        for title, listed in ((N_("At a step"), AT_A_STEP), (N_("Step by step"), IN_GUIDED_VIEW)):
            self._caption(grid, _(title))
            for line in listed:
                if needs_results(line) and not offers(ActionId.NOTE):
                    continue
                names = ", ".join(QKeySequence(key).toString(_NATIVE) for key in line.keys)
                self._line(grid, _(line.text) if line.text else words.outcome(line.outcome), names)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(min(440, (parent.height() if parent is not None else 600) - 220))
        area.setAccessibleName(translator.gettext("Keyboard shortcuts"))
        self.body.addWidget(area)
        self.add_close_button()
        # Page down reads on; Enter closes all the same.
        area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caption(self, grid: QGridLayout, text: str) -> None:
        label = QLabel(text)
        font = QFont(label.font())
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        label.setContentsMargins(0, 10 if grid.rowCount() > 1 else 0, 0, 2)
        grid.addWidget(label, grid.rowCount(), 0, 1, 2)

    def _line(self, grid: QGridLayout, text: str, keys: str) -> None:
        row = grid.rowCount()
        name = QLabel(text)
        name.setWordWrap(True)
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(keys), row, 1, Qt.AlignmentFlag.AlignRight)
