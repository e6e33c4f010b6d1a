"""Which parts take their texts anew when the language changes, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.language import LanguageSwitcher
from kbviewer.ui.shell.top_bar import TopBar


class Speaking(Protocol):
    """A part that shows text."""

    def retranslate(self) -> object:
        """Take all texts from the language that is on."""


class Retranslating(QObject):
    """Tells the parts of a change, and keeps the language switch itself up to date."""

    def __init__(
        self, language: LanguageSwitcher, translator: Translator, bar: TopBar, parts: Sequence[Speaking]
    ) -> None:
        super().__init__(bar)
        self._language = language
        self._translator = translator
        self._bar = bar
        for part in (bar, *parts):
            language.changed.connect(part.retranslate)
        language.changed.connect(self.show_languages)
        language.changed.connect(self.name_languages)
        bar.languages.language_chosen.connect(language.switch_to)

    def show_languages(self) -> None:
        """Offer the languages of program and articles."""
        self._bar.set_languages(self._language.languages, self._language.current)

    def name_languages(self) -> None:
        """Name the languages for tool tips and screen readers. Loads Babel: not before the first paint."""
        name = self._translator.language_name
        self._bar.languages.set_names(
            self._translator.gettext("Language"), lambda tag: name(tag).capitalize()
        )
