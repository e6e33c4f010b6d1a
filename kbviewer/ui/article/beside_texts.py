"""The words of a column that speaks another language than the reader's. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kbviewer.ui.article.contracts import Texts

Speaking = Callable[[str], Texts]


class ColumnTexts:
    """Texts in the column's language, in the nearest one that the program speaks when it does not speak that.

    Attributes:
        language: BCP 47 tag of the column.
    """

    def __init__(self, speaking: Speaking, language: str) -> None:
        self._speaking = speaking
        self._texts = speaking(language)
        self.language = language

    def speak(self, language: str) -> None:
        """Speak another language from now on."""
        if language != self.language:
            self._texts = self._speaking(language)
            self.language = language

    def gettext(self, text: str, /) -> str:
        """Return `text` in the column's language."""
        return self._texts.gettext(text)

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """Return the form for `number`."""
        return self._texts.ngettext(singular, plural, number)

    def pgettext(self, context: str, text: str, /) -> str:
        """Return `text` as used in `context`."""
        return self._texts.pgettext(context, text)

    def long_date(self, day: date, /) -> str:
        """Return a date to read."""
        return self._texts.long_date(day)

    def language_name(self, tag: str, /) -> str:
        """Return what the language `tag` is called."""
        return self._texts.language_name(tag)
