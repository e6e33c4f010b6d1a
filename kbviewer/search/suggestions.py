"""What the query may become: the word being typed, completed from the library's words and titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from kbviewer.model.hits import Hit
from kbviewer.search.alternatives import Expansion, Kind
from kbviewer.search.analysis import fold_diacritics
from kbviewer.search.candidates import Field, mask_of
from kbviewer.search.interpretation import Understood
from kbviewer.search.languages import STOP_WORDS
from kbviewer.search.query_text import ParsedQuery, Term, words_of
from kbviewer.search.shard import Shard

_MOST = 6
_FROM_TITLES = 2
_SHORTEST = 2
# What is longer has been pasted, or is the name of a file.
_LONGEST = 60
_LONGEST_WORD = 24
_LOOKED_AT = 12
_WORDS_ADDED = 2


def suggest(
    parsed: ParsedQuery,
    understood: Understood,
    shards: Sequence[Shard],
    fields: Sequence[Field],
    hits: Sequence[Hit],
) -> tuple[str, ...]:
    """Return whole queries, best first; each of them finds something."""
    if not understood.terms or not understood.terms[-1].is_open:
        return ()
    last = understood.terms[-1]
    if len(last.text) < _SHORTEST or not parsed.text.endswith(last.text) or len(parsed.text) > _LONGEST:
        return ()
    if last.tokens[0] in STOP_WORDS:
        return ()
    # What was corrected in front of the last word stays corrected.
    text = understood.corrected or parsed.text
    head = (text if text.endswith(last.text) else parsed.text)[: -len(last.text)]
    words = [head + word for word in _words(understood, shards, fields)]
    titles = [head + rest for rest in _titles(last.text, hits)]
    best = [*words[: _MOST - _FROM_TITLES], *titles[:_FROM_TITLES], *words[_MOST - _FROM_TITLES :]]
    typed = parsed.text.casefold()
    return tuple(dict.fromkeys(text for text in best if text.casefold() != typed))[:_MOST]


def _words(understood: Understood, shards: Sequence[Shard], fields: Sequence[Field]) -> list[str]:
    """Return what the last word may become, by how many variants have it with the words before."""
    counts: dict[str, int] = {}
    for at, shard in enumerate(shards):
        expansion = understood.expansions[at][-1]
        if expansion is None:
            continue
        allowed = fields[at].chosen
        for scores in understood.scores[at][:-1]:
            allowed = allowed & mask_of(scores.documents, shard.catalogue.count)
        words = shard.vocabulary.table.words
        begun = dict.fromkeys(_begun(understood.terms[-1], expansion, words))
        for number in islice(begun, _LOOKED_AT):
            documents = shard.reader.postings(words[number]).documents
            found = int(np.count_nonzero(allowed[documents]))
            if found:
                counts[words[number]] = counts.get(words[number], 0) + found
    return _one_form_each(sorted(counts, key=lambda word: (-counts[word], word)), shards)


def _begun(term: Term, expansion: Expansion, words: Sequence[str]) -> Iterator[int]:
    """Yield the words that begin as the term does, with or without its diacritics."""
    typed = fold_diacritics(term.tokens[0])
    for number in (*expansion.of_kind(Kind.PREFIX), *expansion.of_kind(Kind.FOLDED)):
        word = words[number]
        if _is_readable(word) and len(word) > len(typed) and fold_diacritics(word).startswith(typed):
            yield number


def _one_form_each(found: Sequence[str], shards: Sequence[Shard]) -> list[str]:
    """Return the most frequent form of each word: what it is inflected to makes no other query."""
    stems = shards[0].vocabulary.stems if shards else {}
    kept: dict[tuple[str, ...], str] = {}
    for word in found:
        kept.setdefault(tuple(stem(word) for stem in stems.values()), word)
    return list(kept.values())


def _is_readable(word: str) -> bool:
    """Return whether a word is one, and not a path or a piece of code."""
    return word.replace("-", "").isalpha() and word.count("-") <= 1 and len(word) <= _LONGEST_WORD


def _titles(begun: str, hits: Sequence[Hit]) -> Iterator[str]:
    """Yield what titles make of the last word: the word with those that follow it."""
    begun = begun.casefold()
    for hit in hits:
        words = words_of(hit.title)
        for at, word in enumerate(words):
            if word.startswith(begun):
                following = words[at : at + 1 + _WORDS_ADDED]
                if len(following) > 1:
                    yield " ".join(following)
                break
