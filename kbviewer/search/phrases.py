"""Finds words in exactly this order, by reading the sections that have all of them."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.search.catalogue import IndexedVariant
from kbviewer.search.postings import PostingReader
from kbviewer.search.query_text import words_of
from kbviewer.search.ranking import WordMatches
from kbviewer.search.schema import BODY, NAMES, TITLE

_MAX_READ = 400


class PhraseFinder:
    """Looks into the best candidates; how many is limited, so that common words cannot stall a query."""

    def __init__(
        self, reader: PostingReader, variants: Sequence[IndexedVariant], variant_of: Sequence[int]
    ) -> None:
        self._reader = reader
        self._variants = variants
        self._variant_of = variant_of

    def find(self, words: Sequence[str]) -> WordMatches:
        """Return where `words` follow one another, ending and case aside as they are written."""
        if len(words) == 1:
            body, titles, names = (
                dict(self._reader.postings(name, words[0])) for name in (BODY, TITLE, NAMES)
            )
            return WordMatches(body, titles, names)
        sections = {
            number: 1.0 for number in self._with_all(words, BODY) if self._is_in_section(words, number)
        }
        in_titles = {
            number: 1.0
            for number in self._with_all(words, TITLE)
            if _contains(words_of(self._variants[self._variant_of[number]].title), words)
        }
        return WordMatches(sections, in_titles, {})

    def variants_with(self, found: WordMatches) -> set[int]:
        """Return the variants in which something was found."""
        places = (found.in_sections, found.in_titles, found.in_names)
        return {self._variant_of[number] for place in places for number in place}

    def _with_all(self, words: Sequence[str], field: str) -> list[int]:
        """Return the sections with all of `words`, those in which they are most frequent first."""
        postings = sorted((self._reader.postings(field, word) for word in set(words)), key=len)
        found = dict(postings[0])
        for others in postings[1:]:
            strengths = dict(others)
            found = {number: found[number] + strengths[number] for number in found if number in strengths}
        return sorted(found, key=lambda number: (-found[number], number))[:_MAX_READ]

    def _is_in_section(self, words: Sequence[str], number: int) -> bool:
        section = self._reader.section(number)
        return _contains(words_of(section.text), words) or _contains(words_of(section.heading), words)


def _contains(text: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether `words` follow one another in `text`."""
    first, length = words[0], len(words)
    wanted = tuple(words)
    return any(word == first and tuple(text[at : at + length]) == wanted for at, word in enumerate(text))
