"""What can be chosen about paper, as a column of fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.paper_choices import PAPERS, PaperChoices
from kbviewer.ui.theme.choice_field import ChoiceField
from kbviewer.ui.theme.theme import Theme


class PaperPanel(QScrollArea):
    """Shows the choices and tells the new ones.

    Signals:
        chosen(choices): the reader chose something else.
    """

    chosen = Signal(object)

    def __init__(
        self, languages: Sequence[str], theme: Theme, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(4)
        _ = translator.gettext
        names = {"A4": _("A4 (210 × 297 mm)"), "Letter": _("Letter (216 × 279 mm)")}
        self.paper = self._field(_("Paper"), [(names[name], name) for name in PAPERS])
        self.orientation = self._field(_("Orientation"), [(_("Portrait"), False), (_("Landscape"), True)])
        self.language = self._field(
            _("Language"), [(_sentence(translator.language_name(tag)), tag) for tag in languages]
        )
        self.boxes = self._field(
            _("Boxes and matrix"), [(_("As recorded"), False), (_("Empty, for a pen"), True)]
        )
        self.notes = self._field(_("Your notes"), [(_("Left out"), False), (_("After the article"), True)])
        self._column.addStretch(1)
        self.setWidget(inside)

    @property
    def choices(self) -> PaperChoices:
        """What is chosen now."""
        return PaperChoices(
            self.paper.currentData(),
            self.orientation.currentData(),
            self.boxes.currentData(),
            self.language.currentData(),
            self.notes.currentData(),
        )

    def show_choices(self, choices: PaperChoices) -> None:
        """Show `choices` as chosen, without telling."""
        values = (choices.paper, choices.landscape, choices.empty, choices.language, choices.notes)
        for field, value in zip(self._fields(), values, strict=True):
            field.blockSignals(True)
            field.setCurrentIndex(max(0, field.findData(value)))
            field.blockSignals(False)

    def _fields(self) -> tuple[ChoiceField, ...]:
        return (self.paper, self.orientation, self.boxes, self.language, self.notes)

    def _field(self, name: str, choices: Sequence[tuple[str, object]]) -> ChoiceField:
        label = QLabel(name)
        field = ChoiceField(self._theme)
        field.setAccessibleName(name)
        for text, value in choices:
            field.addItem(text, value)
        field.setEnabled(len(choices) > 1)
        field.currentIndexChanged.connect(lambda _index: self.chosen.emit(self.choices))
        label.setBuddy(field)
        self._column.addWidget(label)
        self._column.addWidget(field)
        self._column.addSpacing(10)
        return field


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
