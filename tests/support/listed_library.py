"""A small library for tests of the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kbviewer.model.article import Article, ArticleState
from kbviewer.model.library import LibraryEntry, Problem, Variant
from kbviewer.model.messages import message

CURRENT = ArticleState.CURRENT
TOPICS = {
    "meetings": {"sv": "Onlinemöten", "en": "Online meetings"},
    "account": {"sv": "Åtkomst och konto", "en": "Access and account"},
}


def make_entry(
    entry_id: str,
    titles: Mapping[str, str],
    *,
    topic: str = "",
    state: ArticleState = CURRENT,
    products: tuple[str, ...] | None = None,
    problems: tuple[Problem, ...] = (),
) -> LibraryEntry:
    """Returns an entry with one variant per language."""
    variants = {
        language: Variant(language, title, f"About {title}.", f"{entry_id}/{language}.md", state, products)
        for language, title in titles.items()
    }
    return LibraryEntry(entry_id, variants, topic=topic, problems=problems)


def make_problem(path: str = "broken/sv.md", line: int = 4) -> Problem:
    """Returns what a library says of a file that it cannot read."""
    what = message("the front matter is not valid YAML")
    return Problem(path, line, "bad-front-matter", what, message("Put the value in quotes."), blocking=True)


class ListedLibrary:
    """Entries that stand in memory; articles cannot be opened."""

    def __init__(self, entries: Sequence[LibraryEntry]) -> None:
        self._entries = entries

    def entries(self) -> Sequence[LibraryEntry]:
        return self._entries

    def languages(self) -> Sequence[str]:
        return ("sv", "en")

    def resolve(self, reference: str) -> LibraryEntry:
        raise NotImplementedError

    def article(self, entry_id: str, language: str) -> Article:
        raise NotImplementedError

    def topic_title(self, topic: str, language: str) -> str:
        return TOPICS.get(topic, {}).get(language, topic)

    def absent_title(self, reference: str, language: str) -> str:
        return ""

    def media(self, entry_id: str, path: str) -> bytes | None:
        return None
