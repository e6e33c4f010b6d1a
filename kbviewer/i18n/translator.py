"""The program's text in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from gettext import NullTranslations
from pathlib import Path

from kbviewer.i18n.catalogues import SOURCE_LANGUAGE, available_languages, load_catalogue
from kbviewer.i18n.formats import format_local_time
from kbviewer.i18n.kept_formats import KeptFormats


class Translator:
    """Looks text up when it is shown, so that switching the language takes effect at once.

    Attributes:
        language: BCP 47 tag of the language that is spoken, one of `languages()`.
    """

    def __init__(self, directory: Path, language: str, cache_dir: Path | None = None) -> None:
        """Load one language.

        Args:
            directory: holds one folder per language.
            language: the nearest language that there is, is spoken.
            cache_dir: where compiled catalogues, dates and names of languages are kept between starts.
        """
        self._directory = directory
        self._cache_dir = cache_dir
        self._languages = available_languages(directory)
        self._formats = KeptFormats(cache_dir / "formats.json" if cache_dir is not None else None)
        self._others: dict[str, NullTranslations] = {}
        self.language = ""
        self.set_language(language)

    def set_language(self, tag: str) -> None:
        """Speak `tag`, its parent ("sv" for "sv-FI"), or English when there is neither."""
        self.language = nearest_language(tag, self._languages) or SOURCE_LANGUAGE
        self._catalogue = load_catalogue(self._directory, self.language, self._cache_dir)

    def speaking(self, tag: str) -> Translator:
        """Return another translator that speaks `tag`, with the same formats."""
        other = Translator(self._directory, tag, self._cache_dir)
        other._formats = self._formats
        return other

    def languages(self) -> list[str]:
        """Return the languages that the program speaks."""
        return list(self._languages)

    def in_order(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Return languages as they are offered everywhere: those of the program first, then the others.

        Which library names which first does not matter: what is pressed every day stays where it was.
        """
        wanted = set(languages)
        spoken = [language for language in self._languages if language in wanted]
        return (*spoken, *sorted(wanted.difference(spoken)))

    def gettext(self, text: str) -> str:
        """Return the translation of `text`, `text` itself when there is none."""
        return self._catalogue.gettext(text) if text else ""

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form that goes with `count`."""
        return self._catalogue.ngettext(singular, plural, count)

    def pgettext(self, context: str, text: str) -> str:
        """Return the translation of `text` where it means `context`."""
        return self._catalogue.pgettext(context, text)

    def npgettext(self, context: str, singular: str, plural: str, count: int) -> str:
        """Return the form that goes with `count` where the text means `context`."""
        return self._catalogue.npgettext(context, singular, plural, count)

    def in_other_languages(self, text: str) -> tuple[str, ...]:
        """Return `text` in the languages that the program speaks as well, for who knows it by that name."""
        others = [language for language in self._languages if language != self.language]
        for language in others:
            if language not in self._others:
                self._others[language] = load_catalogue(self._directory, language, self._cache_dir)
        return tuple(self._others[language].gettext(text) for language in others) if text else ()

    def long_date(self, day: date) -> str:
        """Return a date to read: "5 augusti 2005"."""
        return self._formats.long_date(day, self.language)

    def local_time(self, moment: datetime) -> str:
        """Return day and minute to read, in the zone of the computer: "5 augusti 2005 11:01"."""
        return format_local_time(moment, self.language)

    def language_name(self, tag: str) -> str:
        """Return what the language `tag` is called: "engelska"."""
        return self._formats.language_name(tag, self.language)

    def own_language_name(self, tag: str) -> str:
        """Return what the language `tag` calls itself: "svenska", "English"."""
        return self._formats.language_name(tag, tag)


def nearest_language(tag: str, available: list[str]) -> str:
    """Return the language in `available` that is `tag` or its nearest parent, "" when there is none."""
    known = {language.casefold(): language for language in available}
    wanted = tag.replace("_", "-").casefold()
    while wanted:
        if wanted in known:
            return known[wanted]
        wanted = wanted.rpartition("-")[0]
    return ""
