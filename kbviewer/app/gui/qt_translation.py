"""Qt's own strings in the reader's language: one translator for the whole life of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import N_

OWN_TEXTS: Final = {
    "Select All": N_("Select all"),
    "OK": N_("OK"),
    "Ok": N_("OK"),
    "&OK": N_("OK"),
    "&Undo": N_("&Undo"),
    "&Copy": N_("&Copy"),
    "Cancel": N_("Cancel"),
    "Close": N_("Close"),
}
"""Qt's words that our catalogue says better or in the same words as the rest of the window."""


class QtTranslator(QTranslator):
    """Asks our catalogue first and Qt's own one then, in the language that is on when Qt asks."""

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator
        self._catalogues: dict[str, QTranslator | None] = {}

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the translation, None when there is none: Qt then shows its English text."""
        own = OWN_TEXTS.get(sourceText)
        if own is not None:
            return self._translator.gettext(own)
        catalogue = self._catalogue(self._translator.language)
        if catalogue is None:
            return None
        return catalogue.translate(context, sourceText, disambiguation, n) or None

    def isEmpty(self) -> bool:
        """Say that there are translations, or Qt would not ask."""
        return False

    def _catalogue(self, language: str) -> QTranslator | None:
        if language not in self._catalogues:
            loaded: QTranslator | None = None
            if language != "en":
                loaded = QTranslator(self)
                folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
                if not loaded.load(f"qtbase_{language.replace('-', '_')}", folder):
                    loaded = None
            self._catalogues[language] = loaded
        return self._catalogues[language]
