"""A library of any size for the search benchmark, grown from the articles of a real folder.

Real articles, because made-up text has neither the word frequencies nor the lengths that decide what a query
costs. Copies alone would keep the vocabulary small and every word list long, so each copy says part of its
rarer words in words of its own: the rarer a word, the more probably. A real library grows in the same way:
common words recur everywhere, and new articles bring new rare ones. What stays unreal is that copies of one
article rank close together.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article
from kbviewer.search.documents import make_variant

KEPT_WORDS = 2_000
"""The most frequent words, which every copy keeps."""

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_VOWELS = frozenset("aeiouyåäö")
_SHORTEST_HALF = 2
_ATTEMPTS = 8

# Where the model keeps what a reader sees; everything else is keys, addresses, languages and kinds.
_TEXT_FIELDS = frozenset(
    "alt caption category columns description headers keywords label question rows text tip title "
    "titles".split()
)

Words = Mapping[str, str]


class Plain(NamedTuple):
    """A variant as an engine without a notion of articles takes it."""

    key: str
    language: str
    title: str
    text: str


def plain(article: Article) -> Plain:
    """Return the same words as our own index gets; the only place here that knows how it gets them."""
    variant = make_variant(article)
    parts = [variant.description, variant.names]
    for section in variant.sections:
        parts += [section.heading, section.text]
    return Plain(variant.source, variant.language, variant.title, "\n".join(part for part in parts if part))


class Corpus:
    """`count` articles, made while they are asked for; each pass yields equal ones.

    Attributes:
        originals: the real articles; copy 0 is these as they are.
    """

    def __init__(self, originals: Sequence[Article], count: int) -> None:
        self.originals = originals
        self._count = count
        self._coin = Coinage(originals)
        # The pass over the corpus and the sampling of queries stay within a few copies at a time.
        self._words: Callable[[int], Words] = lru_cache(maxsize=2)(self._coin.words)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Article]:
        return map(self.article, range(self._count))

    def article(self, number: int) -> Article:
        """Return article `number`, from 0."""
        copy, place = divmod(number, len(self.originals))
        original = self.originals[place]
        return make_copy(original, copy, self._words(copy)) if copy else original


def make_corpus(folder: Path, count: int, cache: Path) -> Corpus:
    """Read the library in `folder` once and return `count` articles grown from it.

    Raises:
        ValueError: the folder has no readable article.
    """
    originals = tuple(FolderLibrary(folder, cache).all_articles())
    if not originals:
        raise ValueError(f"{folder} has no readable article; name the folder of a library")
    return Corpus(originals, count)


def make_copy(article: Article, copy: int, words: Words) -> Article:
    """Return `article` under ids of its own; the variants of an article stay a pair in each copy."""

    def change(text: str) -> str:
        return _WORD.sub(replace_word, text)

    def replace_word(match: re.Match[str]) -> str:
        word = match.group()
        new = words.get(word.casefold())
        if new is None:
            return word
        if word[0].isupper():
            return new.upper() if len(word) > 1 and word.isupper() else new.capitalize()
        return new

    changed: Article = _rebuild(article, "", change)
    new_id = _numbered(article.id, copy)
    part = changed.part and dataclasses.replace(changed.part, guide=_numbered(changed.part.guide, copy))
    return dataclasses.replace(
        changed,
        id=new_id,
        # Often a row of random digits, which no two articles share.
        uid=new_id if article.uid == article.id else _numbered(change(article.uid), copy),
        aliases=tuple(_numbered(alias, copy) for alias in article.aliases),
        source=f"{_numbered(article.source.removesuffix('.md'), copy)}.md",
        part=part,
    )


def _numbered(name: str, copy: int) -> str:
    return name and f"{name}-c{copy}"


def _rebuild(value: Any, name: str, change: Callable[[str], str]) -> Any:
    """Return what stands in field `name` with `change` done to every text that a reader sees."""
    if isinstance(value, tuple):
        return tuple([_rebuild(item, name, change) for item in value])
    if isinstance(value, str):
        return change(value) if name in _TEXT_FIELDS else value
    names = getattr(value, "__dataclass_fields__", None)
    if names is None:
        return value
    return type(value)(**{each: _rebuild(getattr(value, each), each, change) for each in names})


class Coinage:
    """Makes up words in the shape of those that a library has."""

    def __init__(self, articles: Sequence[Article]) -> None:
        counts: dict[str, Counter[str]] = {}
        for article in articles:
            _, language, title, text = plain(article)
            counts.setdefault(language, Counter()).update(words_of(f"{title}\n{text}"))
        total = sum(counts.values(), Counter[str]())
        self._known = frozenset(total)
        kept = {word for word, _ in total.most_common(KEPT_WORDS)}
        self._rare = {word: count for word, count in total.items() if word not in kept}
        self._language = {
            word: max(counts, key=lambda language: counts[language][word]) for word in self._rare
        }
        self._tails: dict[str, list[str]] = {}
        for word, language in self._language.items():
            if word.isalpha() and len(word) >= 2 * _SHORTEST_HALF:
                self._tails.setdefault(language, []).append(word[_border(word) :])

    def words(self, copy: int) -> Words:
        """Return by rare word what copy number `copy` says instead.

        A word that the originals have n times is replaced in one copy of √n: with 1/n nearly all new words
        would stand in one article only, with a fixed share the vocabulary of ten thousand articles would
        stay far below that of a real library.
        """
        random = Random(f"copy {copy}")
        made: dict[str, str] = {}
        taken = set(self._known)
        for word, count in self._rare.items():
            if random.random() ** 2 * count >= 1:
                continue
            for _ in range(_ATTEMPTS):
                new = self._coin(word, random)
                if new not in taken:
                    taken.add(new)
                    made[word] = new
                    break
        return made

    def _coin(self, word: str, random: Random) -> str:
        if not word.isalpha():
            return _DIGIT.sub(lambda _: random.choice("0123456789"), word)
        tails = self._tails.get(self._language[word])
        if not tails or len(word) < 2 * _SHORTEST_HALF:
            return word
        return word[: _border(word)] + random.choice(tails)


def words_of(text: str) -> list[str]:
    """Return the words of a text as the vocabulary counts them."""
    return _WORD.findall(text.casefold())


def _border(word: str) -> int:
    """Return the end of the syllable nearest to the middle of a word."""
    places = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
    ends = [place for place in places if word[place - 1] in _VOWELS and word[place] not in _VOWELS]
    return min(ends or places, key=lambda place: abs(2 * place - len(word)))
