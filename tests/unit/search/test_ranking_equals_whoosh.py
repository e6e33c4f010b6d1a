"""Our loop over posting lists gives what Whoosh's own searcher gives over the same files.

Whoosh is asked with a weighting that is the posting's weight, our impact, times a given rarity.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.index import open_dir
from whoosh.query.compound import Or
from whoosh.query.terms import Term
from whoosh.scoring import WeightingModel, WeightScorer

from kbviewer.search.alternatives import Alternative, Expansion, Kind, alternatives
from kbviewer.search.candidates import Candidates, combine
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import verify
from kbviewer.search.schema import WORDS, make_schema
from kbviewer.search.scoring import WordScores
from kbviewer.search.shard import Shard
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, heading

VOCABULARY = [f"ord{number}" for number in range(30)]
# Lists of more than a hundred postings and of a few are added up in different ways.
SIZE = 160
CLOSE = 1e-5


def make_article(number: int, chance: random.Random) -> Any:
    words = [chance.choices(VOCABULARY, weights=range(1, 31), k=chance.randint(1, 40)) for _ in range(3)]
    return article(
        f"a{number}",
        " ".join(words[0][:3]),
        " ".join(words[1]),
        heading(words[2][0], "h"),
        " ".join(words[2]),
    )


@pytest.fixture(scope="module", params=[0, 4], ids=["one segment", "many segments"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index, after as many updates as the parameter says; each adds, changes and removes articles."""
    directory = tmp_path_factory.mktemp("whoosh")
    chance = random.Random(1)
    library = MemoryLibrary(directory, [make_article(number, chance) for number in range(SIZE)])
    build(Job(library, "0"), directory)
    for step in range(request.param):
        library.articles[step] = make_article(step, chance)
        library.articles.append(make_article(SIZE + step, chance))
        del library.articles[20 + step]
        library.reads.clear()
        build(Job(library, str(step + 1)), directory)
        assert len(library.reads) == 2
    return directory


@pytest.fixture
def shard(index: Path) -> Iterator[Shard]:
    with closing(OpenIndex(index)) as engine:
        yield engine.shard


class ImpactTimesRarity(WeightingModel):
    """The posting's weight times what is given for its word."""

    def __init__(self, rarities: Mapping[str, float]) -> None:
        self._rarities = rarities

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        rarity = self._rarities[text.decode("utf-8") if isinstance(text, bytes) else text]

        class Scorer(WeightScorer):
            def score(self, matcher: Any) -> float:
                return float(matcher.weight()) * rarity

        return Scorer(rarity)


def asked_of_whoosh(index: Path, rarities: Mapping[str, float]) -> list[tuple[int, float]]:
    """Return documents and scores, best first."""
    _, folder = verify(index)
    opened = open_dir(str(folder), schema=make_schema(), readonly=True)
    try:
        with opened.searcher(weighting=ImpactTimesRarity(rarities)) as searcher:
            query = Or([Term(WORDS, word) for word in rarities])
            hits = searcher.search(query, limit=None)
            return [(hit.docnum, float(hit.score or 0)) for hit in hits]
    finally:
        opened.close()


def scores_of(shard: Shard, words: Sequence[str]) -> list[WordScores]:
    table = shard.vocabulary.table
    return [
        shard.scorer.score(Expansion(alternatives(Kind.EXACT, [table.number(word)]), table.words))
        for word in words
    ]


def combined(shard: Shard, rarities: Mapping[str, float]) -> Candidates:
    nothing = np.zeros(shard.catalogue.count, dtype=np.bool_)
    return combine(scores_of(shard, list(rarities)), list(rarities.values()), nothing)


def ranked(found: Candidates, shard: Shard) -> list[tuple[int, float]]:
    allowed = np.ones(shard.catalogue.count, dtype=np.bool_)
    numbers = found.best(shard.catalogue.count, allowed).tolist()
    return [(number, float(found.scores[number])) for number in numbers]


@pytest.mark.parametrize("word", VOCABULARY[::3])
def test_a_word_is_worth_its_impact(index: Path, shard: Shard, word: str) -> None:
    (scores,) = scores_of(shard, [word])
    assert dict(zip(scores.documents.tolist(), scores.values.tolist(), strict=True)) == pytest.approx(
        dict(asked_of_whoosh(index, {word: 1.0})), rel=CLOSE
    )
    assert scores.direct == len(scores.documents)


def choose(seed: int, most: int) -> dict[str, float]:
    """Return words and what share each has of a query."""
    chance = random.Random(seed)
    weights = {word: chance.uniform(0.1, 5.0) for word in chance.sample(VOCABULARY, chance.randint(2, most))}
    return {word: weight / sum(weights.values()) for word, weight in weights.items()}


@pytest.mark.parametrize("seed", range(12))
def test_any_of_several_words_ranks_alike(index: Path, shard: Shard, seed: int) -> None:
    """What an article loses that has only some of the words is ours alone: so the score is Whoosh's times
    what depends on nothing but the share of the query that the article has."""
    shares = choose(seed, most=7)
    found = combined(shard, shares)
    ours, theirs = dict(ranked(found, shard)), asked_of_whoosh(index, shares)
    assert set(ours) == {number for number, _ in theirs}
    by_coverage: dict[float, list[tuple[float, float]]] = {}
    for number, score in theirs:
        by_coverage.setdefault(round(float(found.coverage[number]), 4), []).append((ours[number], score))
    losses = []
    for _, pairs in sorted(by_coverage.items()):
        ratios = [own / score for own, score in pairs]
        assert ratios == pytest.approx([ratios[0]] * len(ratios), rel=CLOSE)
        # Scores that differ in the last bits only may change places.
        assert all(one >= other - CLOSE for (one, _), (other, _) in pairwise(pairs))
        losses.append(ratios[0])
    assert losses == sorted(losses)
    assert losses[-1] <= 1 + CLOSE


@pytest.mark.parametrize("seed", range(6))
def test_coverage_is_the_share_of_the_query_that_is_there(index: Path, shard: Shard, seed: int) -> None:
    shares = choose(seed, most=5)
    expected: dict[int, float] = {}
    for word, share in shares.items():
        for number, _ in asked_of_whoosh(index, {word: 1.0}):
            expected[number] = expected.get(number, 0.0) + share
    coverage = combined(shard, shares).coverage
    assert {at: float(coverage[at]) for at in np.flatnonzero(coverage)} == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("seed", range(8))
def test_the_best_of_several_alternatives_counts(index: Path, shard: Shard, seed: int) -> None:
    chance = random.Random(seed)
    weights = {word: chance.uniform(0.1, 1.0) for word in chance.sample(VOCABULARY, 5)}
    best: dict[int, tuple[float, str]] = {}
    for word, weight in weights.items():
        for number, impact in asked_of_whoosh(index, {word: 1.0}):
            best[number] = max(best.get(number, (0.0, "")), (impact * weight, word))
    table = shard.vocabulary.table
    found = [
        Alternative(chance.choice(list(Kind)), ((table.number(word),),), weight)
        for word, weight in weights.items()
    ]
    scores = shard.scorer.score(Expansion(found, table.words))
    assert {number: scores.value(number) for number in scores.documents.tolist()} == pytest.approx(
        {number: value for number, (value, _) in best.items()}, rel=CLOSE
    )
    for number, (value, _) in best.items():
        (word,) = scores.best_words(number)
        assert weights[word] * dict(asked_of_whoosh(index, {word: 1.0}))[number] == pytest.approx(value)


@pytest.mark.parametrize("seed", range(6))
def test_articles_with_all_the_words_score_alike(index: Path, shard: Shard, seed: int) -> None:
    chance = random.Random(seed)
    rarities = {word: chance.uniform(0.1, 5.0) for word in chance.sample(VOCABULARY[10:], 2)}
    whole = sum(rarities.values())
    theirs = dict(asked_of_whoosh(index, {word: rarity / whole for word, rarity in rarities.items()}))
    found = combined(shard, rarities)
    complete = np.flatnonzero(found.coverage > 1 - CLOSE).tolist()
    assert complete
    for number in complete:
        assert float(found.scores[number]) == pytest.approx(theirs[number], rel=CLOSE)
    assert all(theirs[number] >= float(score) - CLOSE for number, score in ranked(found, shard))


def test_a_document_that_was_deleted_scores_nothing(index: Path, shard: Shard) -> None:
    found = combined(shard, dict.fromkeys(VOCABULARY, 1.0))
    assert set(np.flatnonzero(found.scores)) == set(np.flatnonzero(shard.catalogue.articles >= 0))
