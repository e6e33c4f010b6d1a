"""Words in exactly this order: every article that has them is found, and none that has not."""

from __future__ import annotations

import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kbviewer.model.blocks import Code, Faq
from kbviewer.model.hits import Query
from kbviewer.model.inline import Run
from kbviewer.search import phrases
from kbviewer.search.analysis import normalise
from kbviewer.search.phrases import PhraseFinder
from kbviewer.search.query_text import words_of
from kbviewer.search.word_pairs import PairCollector, WordPairs
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import OpenIndex, article, heading, index_articles, text

MANY = 90


def collected(*texts: list[str]) -> WordPairs:
    collector = PairCollector()
    for words in texts:
        collector.add(words)
    return collector.finish()


def having(pairs: WordPairs, words: list[str], count: int) -> list[int]:
    numbers = np.arange(count, dtype=np.int32)
    found: list[int] = numbers[pairs.may_have(words, numbers)].tolist()
    return found


def ask(engine: OpenIndex, query: str, limit: int = 100) -> list[str]:
    return [hit.article for hit in engine.search(Query(query, limit=limit)).hits]


_TEXTS = st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=12), min_size=1, max_size=6)


@given(_TEXTS, st.data())
def test_no_text_that_has_the_words_is_missed(texts: list[list[str]], data: st.DataObject) -> None:
    pairs = collected(*texts)
    number = data.draw(st.integers(0, len(texts) - 1))
    assume(len(texts[number]) > 1)
    first = data.draw(st.integers(0, len(texts[number]) - 2))
    last = data.draw(st.integers(first + 2, len(texts[number])))
    assert number in having(pairs, texts[number][first:last], len(texts))


@given(_TEXTS, _TEXTS)
def test_pairs_survive_being_kept_and_joined(
    tmp_path: Path, texts: list[list[str]], others: list[list[str]]
) -> None:
    collected(*texts).save(tmp_path)
    loaded = WordPairs.load(tmp_path).joined(collected(*others))
    both = [*texts, *others]
    for words in both:
        if len(words) > 1:
            assert having(loaded, words, len(both)) == having(collected(*both), words, len(both))


def test_few_texts_are_taken_for_one_that_has_the_words() -> None:
    chance = np.random.default_rng(3)
    size, count = 400, 40
    texts = [[f"ord{number}" for number in chance.integers(0, 200, size)] for _ in range(count)]
    pairs = collected(*texts)
    known = [set(pairwise(words)) for words in texts]
    wrong = tries = 0
    for _ in range(300):
        pair = (f"ord{chance.integers(0, 200)}", f"ord{chance.integers(0, 200)}")
        taken = having(pairs, list(pair), count)
        lacking = [at for at in range(count) if pair not in known[at]]
        tries += len(lacking)
        wrong += len(set(lacking) & set(taken))
    assert wrong / tries < 0.04


def test_a_text_without_pairs_has_no_phrase() -> None:
    assert having(collected([], ["ensam"], ["två", "ord"]), ["två", "ord"], 3) == [2]


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    faq = Faq(key="faq", question=(Run("Vad kostar ett samtal?"),), blocks=(text("Det kostar inget alls."),))
    return engine_over(
        article("title", "Vanliga problem med inloggning", "Text."),
        article("heading", "Ett", "Text.", heading("Byt ditt lösenord", "change"), "Gör så här."),
        article("body", "Två", "Visas när servern svarar långsamt eller inte alls."),
        article("marks", "Tre", "Meddelandet lyder: Kontot – är, tyvärr; (låst)!"),
        article("lines", "Fyra", "Slutet av ett stycke", "början av nästa."),
        article("code", "Fem", Code(text="net use\nnet stop spooler")),
        article("faq", "Sex", "Text.", faq),
        article(
            "apart", "Inloggning med vanliga problem", "Servern är långsam och svarar. Byt till lösenord."
        ),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"vanliga problem med inloggning"', "title"),
        ('"problem med inloggning"', "title"),
        ('"ditt lösenord"', "heading"),
        ('"BYT DITT LÖSENORD"', "heading"),
        ('"servern svarar"', "body"),
        ('"kontot är tyvärr låst"', "marks"),
        ('"kontot, är... tyvärr!"', "marks"),
        ('"ett stycke början"', "lines"),
        ('"net stop spooler"', "code"),
        ('"ett samtal"', "faq"),
        ('"inget alls"', "faq"),
        ("”servern svarar”", "body"),
    ],
)
def test_a_phrase_finds_the_only_article_that_has_it(engine: OpenIndex, query: str, expected: str) -> None:
    assert ask(engine, query) == [expected]


@pytest.mark.parametrize("query", ['"servern svarar" inloggning ', 'inloggning "servern svarar" '])
def test_a_phrase_must_be_there_whatever_stands_beside_it(engine: OpenIndex, query: str) -> None:
    assert ask(engine, query) == ["body"]


def test_two_phrases_must_both_be_there(engine: OpenIndex) -> None:
    assert ask(engine, '"servern svarar" "inte alls"') == ["body"]
    assert ask(engine, '"kontot är" "inte alls"') != ["body"]


@pytest.mark.parametrize("words", ["blem med", "servern svara", "ervern svarar", "svarar servern"])
def test_a_phrase_is_of_whole_words_in_order(engine: OpenIndex, words: str) -> None:
    """The engine falls back to the words, hence the finder is asked."""
    assert not PhraseFinder(engine.shard).find(tuple(words.split())).documents.tolist()


def test_what_has_the_phrase_is_marked_word_by_word(engine: OpenIndex) -> None:
    (hit,) = engine.search(Query('"servern svarar"')).hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["servern", "svarar"]


def test_an_excluded_phrase_leaves_out_only_what_has_it(
    engine: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder gives up reading after a while, which must not depend on how busy the machine is."""
    monkeypatch.setattr(phrases, "_MOST_SECONDS", 60.0)
    assert set(ask(engine, "servern ")) == {"body", "apart"}
    assert ask(engine, 'servern -"servern svarar"') == ["apart"]
    assert set(ask(engine, 'servern -"svarar servern"')) == {"body", "apart"}
    assert set(ask(engine, 'inloggning -"problem med inloggning"')) == {"apart"}


@pytest.fixture
def common(engine_over: MakeEngine) -> OpenIndex:
    """Nearly a hundred articles with both words, of which a third has them one after the other."""
    texts = ["kontot är låst", "låst är kontot", "kontot som inte är låst"]
    return engine_over(*(article(f"a{at}", f"Titel {at}", texts[at % 3]) for at in range(MANY)))


@pytest.mark.parametrize("limit", [1, 5, 100])
def test_a_phrase_of_common_words_finds_only_what_has_it(common: OpenIndex, limit: int) -> None:
    found = ask(common, '"kontot är"', limit)
    assert len(found) == min(limit, MANY // 3)
    assert all(int(name[1:]) % 3 == 0 for name in found)


@pytest.mark.parametrize("limit", [1, 5, 100])
def test_a_filter_that_lets_all_pass_costs_time_and_nothing_else(
    common: OpenIndex, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """Where a phrase may stand is only likely; what is shown has been read."""
    monkeypatch.setattr(WordPairs, "may_have", lambda self, words, documents: documents >= 0)
    found = ask(common, '"kontot är"', limit)
    assert len(found) == min(limit, MANY // 3)
    assert all(int(name[1:]) % 3 == 0 for name in found)


def test_an_excluded_phrase_of_common_words_leaves_out_all_that_have_it(
    common: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrases, "_MOST_SECONDS", 60.0)
    found = ask(common, 'låst -"kontot är"')
    assert sorted(found) == sorted(f"a{at}" for at in range(MANY) if at % 3)


@settings(max_examples=40)
@given(st.text(alphabet=" \n.,-–_'/:()å abBßÅé0'1é\u00ad“5", min_size=3, max_size=60), st.data())
def test_every_run_of_words_of_a_text_finds_it(said: str, data: st.DataObject) -> None:
    """The words of a query and those of the index are found in different ways; they must agree."""
    words = words_of(normalise(said))
    assume(len(words) > 1)
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    with tempfile.TemporaryDirectory() as folder:
        index_articles([article("a", "Titel", said), article("b", "Titel", "annat")], Path(folder))
        with closing(OpenIndex(Path(folder))) as engine:
            assert PhraseFinder(engine.shard).find(words[first:last]).documents.tolist() == [0]
