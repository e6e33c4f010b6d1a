"""The language that is on: interface, Qt's own strings and the locale of every window follow it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from kbviewer.i18n.translator import Translator


class LanguageSwitcher(QObject):
    """Changes the language of everything.

    The reader may choose a language that only articles have; the interface then stays in the one it speaks.

    Signals:
        changed(language): everything that shows text must show it anew.
    """

    changed = Signal(str)

    def __init__(
        self,
        translator: Translator,
        language: str,
        languages: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._translator = translator
        self._languages = languages
        self._current = language if language in self.languages else translator.language

    @property
    def current(self) -> str:
        """BCP 47 tag of the language that the reader reads."""
        return self._current

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages on offer, of program and articles, in the order of everywhere."""
        return self._translator.in_order((*self._languages(), *self._translator.languages()))

    def switch_to_next(self) -> None:
        """Go to the next language, after the last one to the first."""
        languages = self.languages
        if languages:
            at = languages.index(self._current) if self._current in languages else -1
            self.switch_to(languages[(at + 1) % len(languages)])

    def switch_to(self, language: str) -> None:
        """Read `language` from now on."""
        if language == self._current or language not in self.languages:
            return
        self._current = language
        if language in self._translator.languages():
            self._translator.set_language(language)
        self.apply_locale()
        app = QCoreApplication.instance()
        if app is not None:
            QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit(language)

    def apply_locale(self) -> None:
        """Give every window the language's locale, also for screen readers."""
        locale = QLocale(self._current)
        QLocale.setDefault(locale)
        for widget in QApplication.topLevelWidgets():
            widget.setLocale(locale)
