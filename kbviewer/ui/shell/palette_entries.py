"""The entries of the command palette: the table of actions and the headings of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtGui import QKeySequence

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import OutlineEntry
from kbviewer.model.inline import plain_text
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ACTIONS, ActionId, ActionSpec, without_mnemonic
from kbviewer.ui.shell.palette_matching import Entry

SECTION_MARK: Final = "#"
"""Begins the key of an entry that leads to a section; names of actions have none."""


def offered(is_enabled: Callable[[ActionId], bool]) -> list[ActionSpec]:
    """Return the actions that make sense now."""
    return [spec for spec in ACTIONS if spec.id is not ActionId.PALETTE and is_enabled(spec.id)]


def action_entries(actions: ActionSet, translator: Translator) -> list[Entry]:
    """Return an entry for each action that can be run now."""
    _ = translator.gettext
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Entry(
            key=spec.id.value,
            text=without_mnemonic(_(spec.text)),
            place=without_mnemonic(_(spec.menu.value)),
            keys=actions[spec.id].shortcut().toString(native),
            other_texts=_other_texts(spec, translator),
            is_on=actions[spec.id].isChecked(),
        )
        for spec in offered(lambda action: actions.offers(action) and actions[action].isEnabled())
    ]


def _other_texts(spec: ActionSpec, translator: Translator) -> tuple[str, ...]:
    """Return what an action and its menu are called in other languages."""
    texts = (spec.text, spec.menu.value)
    return tuple(without_mnemonic(other) for text in texts for other in translator.in_other_languages(text))


def section_entries(outline: Iterable[OutlineEntry], translator: Translator) -> list[Entry]:
    """Return an entry for each heading and question of an article."""
    _ = translator.gettext
    return [
        Entry(
            key=SECTION_MARK + entry.anchor,
            text=_("Go to {heading}").format(heading=plain_text(entry.runs)),
            place=_("Contents"),
            is_section=True,
        )
        for entry in outline
    ]
