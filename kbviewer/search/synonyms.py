"""What else a text could have said: words of the same meaning, from the library's glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from kbviewer.search.analysis import Analyzer, normalise, tokens

# Terms that a text is found by without saying them; their matches weigh less than what it says.
SYNONYM_MARK = "="

# By language: groups of words or phrases with one meaning.
Groups = Callable[[str], Sequence[Sequence[str]]]

_Key = tuple[str, ...]


def no_groups(language: str) -> Sequence[Sequence[str]]:  # noqa: ARG001 - one of the ways to be Groups
    """Return the synonyms of a library without a glossary."""
    return ()


class Synonyms:
    """Finds the groups that a text mentions, in any inflection."""

    def __init__(self, groups: Groups, analyzer: Analyzer) -> None:
        self._groups = groups
        self._analyzer = analyzer
        self._by_language: dict[str, dict[str, list[tuple[_Key, tuple[str, ...]]]]] = {}

    def unsaid(self, text: str, language: str) -> list[str]:
        """Return the other members of every group that a normalised text mentions, each once."""
        known = self._by_language.get(language)
        if known is None:
            known = self._by_language[language] = self._read(language)
        if not known:
            return []
        found: set[str] = set()
        # In parts as well, because "ACP-konferens" mentions ACP.
        for words in (self._key(text, language), self._key(text, language, in_parts=True)):
            for at, word in enumerate(words):
                for key, others in known.get(word, ()):
                    if words[at : at + len(key)] == key:
                        found.update(others)
        return sorted(found)

    def _read(self, language: str) -> dict[str, list[tuple[_Key, tuple[str, ...]]]]:
        """Return by first word: a member of a group, and what the others say."""
        primary = language.casefold().partition("-")[0]
        found: defaultdict[str, list[tuple[_Key, tuple[str, ...]]]] = defaultdict(list)
        for group in self._groups(language) or self._groups(primary):
            for member in group:
                key = self._key(normalise(member), language)
                others = tuple(normalise(other) for other in group if other != member)
                if key and others:
                    found[key[0]].append((key, others))
        return dict(found)

    def _key(self, text: str, language: str, *, in_parts: bool = False) -> _Key:
        return tuple(
            self._analyzer.stem(token.text, language) or token.text
            for token in tokens(text)
            if token.is_part == in_parts
        )
