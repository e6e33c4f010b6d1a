"""What the history page lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from kbviewer.i18n.translator import Translator
from kbviewer.model.library import LibraryEntry, Variant
from kbviewer.model.progress import Recent
from kbviewer.ui.history.listing import by_day, matching, read_items

I18N = Path(__file__).parents[3] / "i18n"
TODAY = date(2026, 3, 2)


def variant(language: str, title: str) -> Variant:
    return Variant(language, title, f"Om {title}", f"{language}.md")


ENTRIES = {
    "kb1": LibraryEntry("kb1", {"sv": variant("sv", "Logga in"), "en": variant("en", "Signing in")}),
    "kb2": LibraryEntry("kb2", {"sv": variant("sv", "Återställ lösenord")}),
    "broken": LibraryEntry("broken", {}),
}
RECENTS = [
    Recent("kb2", "sv", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
    Recent("gone", "sv", datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
    Recent("broken", "sv", datetime(2026, 3, 1, 23, 0, tzinfo=UTC)),
    Recent("kb1", "en", datetime(2026, 3, 1, 22, 5, tzinfo=UTC)),
]


def test_titles_are_in_the_readers_language_where_there_is_one() -> None:
    """Whatever language the article was read in; what cannot be opened is left out."""
    titles = [item.title for item in read_items(RECENTS, ENTRIES.get, "en")]
    assert titles == ["Återställ lösenord", "Signing in"]


def test_days_have_names_while_they_are_near() -> None:
    """Today, yesterday, then dates that keep their order in every language."""
    items = read_items(RECENTS, ENTRIES.get, "sv")
    older = read_items([Recent("kb1", "sv", datetime(2005, 8, 5, 7, 0, tzinfo=UTC))], ENTRIES.get, "sv")
    days = by_day([*items, *older], TODAY, Translator(I18N, "sv"))
    assert [day.title for day in days] == ["I dag", "I går", "5 augusti 2005"]
    assert [item.clock for day in days for item in day.items] == ["09:30", "22:05", "07:00"]


def test_all_words_must_be_there_in_any_order_and_case() -> None:
    """As the reader remembers them, not as they are written."""
    items = read_items(RECENTS, ENTRIES.get, "sv")
    assert [item.article for item in matching(items, "LÖSEN återst")] == ["kb2"]
    assert [item.article for item in matching(items, "kb1")] == ["kb1"]
    assert matching(items, "lösenord logga") == []
    assert matching(items, "  ") == items
