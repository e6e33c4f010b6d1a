"""A translator for tests of widgets that needs no catalogue."""

from __future__ import annotations

from pathlib import Path

from kbviewer.i18n.translator import Translator


class MarkingTranslator(Translator):
    """Speaks English, or marks what it is asked for, so that a text that nobody asked for stands out."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(Path("no-catalogues"), "en")
        self.language = language

    def set_language(self, tag: str) -> None:
        super().set_language("en")
        self.language = tag

    def gettext(self, text: str) -> str:
        return text if self.language == "en" else f"sv:{text}"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)
