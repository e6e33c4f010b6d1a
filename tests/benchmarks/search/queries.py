"""What readers might ask a corpus: typed words, error codes and quoted phrases; the same in every run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

from kbviewer.model.article import Article
from tests.benchmarks.search.corpus import Corpus, plain

FULL_QUERIES = 52
CODES_OF_A_KIND = 2
PHRASES = 40

_SHORTEST = 2
# What Markdown left in a description, and signs that nobody types around a word.
_ADDRESS = re.compile(r"\]\([^)]*\)")
_TYPED = re.compile(r"""[^\W_][^\s"“”„«»()\[\]<>*!]*""")
_EDGES = ".,:;?…'–—-"
_CODES = (
    re.compile(r"\b0x[0-9A-Fa-f]{4,}\b"),
    re.compile(r"\bSQLSTATE\[\w+\]"),
    re.compile(r"\b[A-Z]{2,}-\d{3,}\b"),
    re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b"),
    re.compile(r"\b\d+\.\d+\.\d+-p\d\b"),
)
# Single blanks only, so that every tokenizer sees the same words next to each other.
_PHRASE = re.compile(r"(?<![\w-])[^\W\d_]+(?: [^\W\d_]+)+(?![\w-])")


def typed_queries(corpus: Corpus) -> list[str]:
    """Return queries of one to four words from titles and, one in four, descriptions, and error codes."""
    random = Random("typed")
    queries: dict[str, None] = {}
    for article in _sampled(corpus, FULL_QUERIES, random):
        text = article.description if len(queries) % 4 == 3 and article.description else article.title
        words = [word.strip(_EDGES) for word in _TYPED.findall(_ADDRESS.sub("", text))]
        length = random.randint(1, 4)
        # Nobody asks for a single "the".
        asked = _run(words, length, random) if length > 1 else [max(words, key=len, default="")]
        if any(asked):
            queries.setdefault(" ".join(asked))
    return [*queries, *_error_codes(corpus)]


def keystrokes(query: str) -> Iterator[str]:
    """Yield what stands in the search field after each key, from the second character on."""
    for length in range(_SHORTEST, len(query) + 1):
        # A blank at the end asks for nothing new.
        if not query[length - 1].isspace():
            yield query[:length]


def all_keystrokes(queries: Iterable[str]) -> list[str]:
    """Return what is asked while `queries` are typed, one after the other."""
    return [typed for query in queries for typed in keystrokes(query)]


def phrase_queries(corpus: Corpus) -> list[str]:
    """Return quoted phrases of two to four words that stand in some article's text."""
    random = Random("phrases")
    phrases: dict[str, None] = {}
    for article in _sampled(corpus, PHRASES, random):
        found = _PHRASE.findall(plain(article).text)
        if found:
            words = random.choice(found).split()
            phrases.setdefault(f'"{" ".join(_run(words, random.randint(2, 4), random))}"')
    return list(phrases)


def _run(words: list[str], length: int, random: Random) -> list[str]:
    """Return `length` words that follow each other, or all."""
    start = random.randrange(max(1, len(words) - length + 1))
    return words[start : start + length]


def _sampled(corpus: Corpus, count: int, random: Random) -> Iterator[Article]:
    """Yield articles from all over the corpus, equally many in each language that has enough of them."""
    languages = {article.language for article in corpus.originals}
    share = -(-count // len(languages))
    taken: Counter[str] = Counter()
    numbers = random.sample(range(len(corpus)), min(len(corpus), 4 * count))
    chosen: list[int] = []
    for number in numbers:
        language = corpus.originals[number % len(corpus.originals)].language
        if taken[language] < share and len(chosen) < count:
            taken[language] += 1
            chosen.append(number)
    # Neighbours share a copy, whose words are then made once.
    yield from map(corpus.article, sorted(chosen))


def _error_codes(corpus: Corpus) -> list[str]:
    random = Random("codes")
    texts = [plain(article).text for article in corpus.originals]
    codes: list[str] = []
    for pattern in _CODES:
        found = sorted({code for text in texts for code in pattern.findall(text)})
        codes += random.sample(found, min(CODES_OF_A_KIND, len(found)))
    return codes
