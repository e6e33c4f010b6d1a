"""A note on a case: what was said, seen or agreed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.theme.writing_dialog import WritingDialog


class CaseNoteDialog(WritingDialog):
    """Takes one note."""

    def __init__(self, case: str, translator: Translator, parent: QWidget | None = None) -> None:
        """Ask for a note on the case that is called `case`."""
        super().__init__(translator.gettext("Note"), translator, parent)
        _ = translator.gettext
        self.add_text(case)
        self.add_field(_("Note"), _("What the user said, what you saw, what you agreed on"))
        self.add_answers()
