"""The row above the articles that narrows them down: a button per respect, and one that clears them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.home.filtering import ALL, Picked, Picking, Respect, every_name, respect_name, value_name
from kbviewer.ui.home.sorting import swedish_key
from kbviewer.ui.theme.choice_pill import Choice, ChoicePill
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme

_GAP_PX = 6
_FIELD_PX = 240
_LONGEST = 200


class TitleField(QLineEdit):
    """A field for a word or two."""

    def sizeHint(self) -> QSize:
        """Return room for them."""
        return QSize(_FIELD_PX, super().sizeHint().height())


class FilterBar(FlowRow):
    """Keeps what is picked while the window is open, and offers what there is to pick.

    Signals:
        picked_changed(): something else is picked.
    """

    picked_changed = Signal()

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=_GAP_PX)
        self._translator = translator
        self._picking: Picking | None = None
        self.picked: Picked = ALL
        self.pills = {respect: ChoicePill(theme, self) for respect in Respect}
        self.clear_button = QPushButton(self)
        self.clear_button.setProperty("flat", True)
        self.clear_button.setStyleSheet("QPushButton { padding: 3px 6px; }")
        self.clear_button.clicked.connect(self.clear)
        self.count = QLabel(self)
        # As high as the buttons beside it.
        self.count.setStyleSheet("QLabel { padding: 5px 6px; }")
        self.field = TitleField(self)
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda text: self._pick(self.picked.say(text)))
        for respect, pill in self.pills.items():
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            pill.chosen.connect(partial(self._choose, respect))
            pill.opening.connect(partial(self._complete, respect))
        self.set_items([self.field, *self.pills.values(), self.clear_button, self.count])

    def show_choices(self, picking: Picking) -> None:
        """Offer what a home page has to pick from."""
        self._picking = picking
        for respect in Respect:
            self._fill(respect)
        _ = self._translator.gettext
        self.field.setPlaceholderText(_("Part of a title or heading"))
        self.field.setAccessibleName(_("Part of a title or heading"))
        self.clear_button.setText(_("Clear filters"))
        self.clear_button.setVisible(self.picked.is_on)
        self.count.setVisible(self.picked.is_on)
        self.arrange()

    def show_count(self, left: int) -> None:
        """Say how many articles are left."""
        text = self._translator.ngettext("{count} article", "{count} articles", left)
        self.count.setText(text.format(count=left))
        self.arrange()

    def stops(self) -> Sequence[QWidget]:
        """Return what Tab passes, in order."""
        return (self.field, *self.pills.values(), self.clear_button)

    def clear(self) -> None:
        """Show everything again."""
        if self.picked.is_on:
            if self.clear_button.hasFocus():
                # It is about to go.
                self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            # First, so that the field has nothing more to tell.
            self.picked = ALL
            self.field.clear()
            self.picked_changed.emit()

    def _choose(self, respect: Respect, value: str | None) -> None:
        self._pick(self.picked.choose(respect, value))

    def _pick(self, picked: Picked) -> None:
        if picked != self.picked:
            self.picked = picked
            self.picked_changed.emit()

    def _complete(self, respect: Respect) -> None:
        """Find out, now that somebody looks, what takes a look at files."""
        if self._picking is not None and respect is Respect.STANDING:
            self._picking.look_closer()
            self._fill(respect)

    def _fill(self, respect: Respect) -> None:
        if self._picking is None:
            return
        names, value = self._translator, self.picked.value(respect)
        counts = dict(self._picking.counts(respect, self.picked))
        if value is not None:
            counts.setdefault(value, 0)
        choices = [Choice(key, value_name(respect, key, names), count) for key, count in counts.items()]
        choices.sort(key=lambda choice: (choice.value == "", swedish_key(choice.name)))
        self.pills[respect].show_choices(
            respect_name(respect, names),
            every_name(respect, names),
            choices,
            value,
            "" if value is None else value_name(respect, value, names),
        )
