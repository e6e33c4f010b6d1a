"""An index is brought up to date by reading what has changed; its answers are those of a new one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.model.article import Article
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.search.index import Job, build
from kbviewer.search.index_files import read_pointer
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, heading, index_articles

SIZE = 10
WORDS = (
    "lösenord lösenordet skrivare skrivaren konto kontot outlook servrar byter byta far får e-post 0x80070005"
).split()
QUERIES = [
    *(f"{word} " for word in WORDS),
    *("lösen", "skriv", "lösenrod ", "skrivra ", "losenord ", "epost", "kontots "),
    *("byta lösenord ", "outlook -konto ", "skrivare outlook e-post ", '"byta lösenord"', '"far konto"'),
    *("id:a3", "lang:sv konto", "product:outlook lösenord ", "state:current"),
]


@pytest.fixture
def library(tmp_path: Path) -> MemoryLibrary:
    """A library of ten articles, nobody of which has a word of another beside "gemensam"."""
    articles = [article(f"a{number}", f"Titel {number}", f"Gemensam ord{number}.") for number in range(SIZE)]
    return MemoryLibrary(tmp_path / "library", articles)


@pytest.fixture
def index(library: MemoryLibrary, tmp_path: Path) -> Path:
    build(Job(library, "1"), tmp_path / "index")
    library.reads.clear()
    return tmp_path / "index"


def update(library: MemoryLibrary, index: Path) -> list[str]:
    """Bring the index up to date and return what was read for it."""
    library.reads.clear()
    assert build(Job(library, "next"), index)
    return list(library.reads)


@contextmanager
def opened(index: Path) -> Iterator[OpenIndex]:
    with closing(OpenIndex(index)) as engine:
        yield engine


def ask(index: Path, query: str) -> SearchAnswer:
    with opened(index) as engine:
        return engine.search(Query(query, limit=100))


def found(index: Path, query: str) -> set[str]:
    return {hit.article for hit in ask(index, query).hits}


def test_nothing_is_read_when_nothing_has_changed(library: MemoryLibrary, index: Path) -> None:
    assert update(library, index) == []
    assert read_pointer(index).signature == "next"
    assert found(index, "gemensam ") == {each.id for each in library.articles}


def test_only_a_changed_article_is_read(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Titel 3", "Gemensam nyhet.")
    assert update(library, index) == ["a3/sv.md"]
    assert found(index, "nyhet ") == {"a3"}
    assert not found(index, "ord3 ")
    assert found(index, "gemensam ") == {each.id for each in library.articles}


def test_only_an_added_article_is_read(library: MemoryLibrary, index: Path) -> None:
    library.articles.append(article("new", "Titel", "Gemensam nyhet."))
    assert update(library, index) == ["new/sv.md"]
    assert found(index, "nyhet ") == {"new"}
    assert len(found(index, "gemensam ")) == SIZE + 1


def test_nothing_is_read_for_an_article_that_is_gone(library: MemoryLibrary, index: Path) -> None:
    del library.articles[3]
    assert update(library, index) == []
    assert not found(index, "ord3 ")
    assert not found(index, "id:a3")
    assert len(found(index, "gemensam ")) == SIZE - 1
    assert ask(index, "gemensam ").total == SIZE - 1


def test_one_language_of_an_article_may_come_and_go(library: MemoryLibrary, index: Path) -> None:
    english = article("a3", "Title", "Something in common.", language="en")
    library.articles.append(english)
    assert update(library, index) == ["a3/en.md"]
    (hit,) = ask(index, "common ").hits
    assert (hit.article, hit.language, hit.found_in) == ("a3", "sv", "en")
    library.articles.remove(english)
    assert update(library, index) == []
    assert not found(index, "common ")
    assert found(index, "ord3 ") == {"a3"}


def test_what_an_article_is_for_changes_with_it(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Titel 3", "Gemensam.", products=["Outlook"], aliases=["KB12345"])
    update(library, index)
    assert found(index, "product:outlook") == {"a3"}
    assert found(index, "KB12345") == {"a3"}


def test_words_that_are_gone_are_neither_suggested_nor_offered(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Titel 3", "Gemensam trollslända.")
    update(library, index)
    assert "trollslända" in ask(index, "trolls").suggestions
    assert ask(index, "trollslädna ").corrected == "trollslända"
    library.articles[3] = article("a3", "Titel 3", "Gemensam.")
    update(library, index)
    assert not ask(index, "trolls").suggestions
    for query in ("trollslädna ", "trollslädn", "trollslända "):
        answer = ask(index, query)
        assert (answer.hits, answer.corrected) == ((), None)


def test_a_word_that_comes_back_is_found_again(library: MemoryLibrary, index: Path) -> None:
    for body in ("Ingenting.", "Gemensam ord3."):
        library.articles[3] = article("a3", "Titel 3", body)
        update(library, index)
    assert found(index, "ord3 ") == {"a3"}
    assert "ord3" not in ask(index, "ord3 ").left_out


def test_more_than_a_fifth_is_built_anew(library: MemoryLibrary, index: Path) -> None:
    library.articles[:2] = [article(f"a{number}", "Ny", "Gemensam.") for number in range(2)]
    assert len(update(library, index)) == 2
    library.articles[:3] = [article(f"a{number}", "Nyare", "Gemensam.") for number in range(3)]
    assert len(update(library, index)) == SIZE
    del library.articles[:3]
    assert len(update(library, index)) == SIZE - 3


def test_many_updates_in_a_row_end_in_a_new_index(library: MemoryLibrary, index: Path) -> None:
    """Each update adds a segment that every query reads; a new index gets rid of them and of what is gone."""
    reads = []
    for number in range(20):
        library.articles[3] = article("a3", "Titel 3", f"Gemensam nummer{number}.")
        reads.append(len(update(library, index)))
        assert found(index, f"nummer{number} ") == {"a3"}
        assert not found(index, f"nummer{number - 1} ")
    assert set(reads) == {1, SIZE}
    assert reads.count(1) > reads.count(SIZE)


def test_a_damaged_index_is_not_added_to(library: MemoryLibrary, index: Path) -> None:
    file = next(index.glob("generation-*/*.pst"))
    file.write_bytes(file.read_bytes()[:-1])
    library.articles[3] = article("a3", "Titel 3", "Gemensam nyhet.")
    assert len(update(library, index)) == SIZE
    assert found(index, "nyhet ") == {"a3"}
    assert len(found(index, "gemensam ")) == SIZE


def test_a_cancelled_update_leaves_the_index_as_it_was(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Titel 3", "Gemensam nyhet.")
    assert not build(Job(library, "2", cancelled=lambda: bool(library.reads)), index)
    assert found(index, "ord3 ") == {"a3"}
    assert not found(index, "nyhet ")
    assert len(list(index.glob("generation-*"))) == 1


def test_phrases_of_old_and_new_articles_are_found(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Titel 3", "Röd stuga, blå himmel.")
    update(library, index)
    library.articles.append(article("new", "Titel", "Blå stuga, röd himmel."))
    update(library, index)
    assert found(index, '"röd stuga"') == found(index, '"blå himmel"') == {"a3"}
    assert found(index, '"blå stuga"') == found(index, '"röd himmel"') == {"new"}


def test_titles_of_old_and_new_articles_count(library: MemoryLibrary, index: Path) -> None:
    library.articles[3] = article("a3", "Om trollsländor", "Text.")
    update(library, index)
    library.articles.append(article("new", "Nytt", "Trollsländor, trollsländor. Titel och titel."))
    update(library, index)
    assert [hit.article for hit in ask(index, "trollsländor ").hits] == ["a3", "new"]
    assert ask(index, "titel ").hits[-1].article == "new"


@pytest.mark.parametrize("updates", [0, 2], ids=["one segment", "several segments"])
def test_an_index_that_is_open_answers_after_it_was_replaced(
    library: MemoryLibrary, index: Path, updates: int
) -> None:
    """Its files are gone by then, so all that is ever read of them has to be open."""
    for number in range(updates):
        library.articles.append(article(f"new{number}", "Titel", f"Gemensam nummer{number}."))
        update(library, index)
    with opened(index) as engine:
        library.articles[3] = article("a3", "Titel 3", "Gemensam nyhet.")
        update(library, index)
        for word, expected in [("ord3", "a3"), *((f"nummer{at}", f"new{at}") for at in range(updates))]:
            (hit,) = engine.search(Query(f"{word} ")).hits
            assert (hit.article, hit.snippet) == (expected, f"Gemensam {word}.")
        assert not engine.search(Query("nyhet ")).hits


def _article(number: int, words: list[str]) -> Article:
    half = len(words) // 2
    products = ["Outlook"] if number % 3 == 0 else []
    return article(f"a{number}", " ".join(["Om", *words[:half]]), " ".join(words[half:]), products=products)


_WORDS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
_EDITS = st.lists(
    st.tuples(st.sampled_from(["change", "add", "remove"]), st.integers(0, 8), _WORDS), max_size=5
)


@settings(max_examples=12)
@given(st.lists(_WORDS, min_size=SIZE, max_size=SIZE), _EDITS)
def test_answers_are_those_of_a_new_index(
    texts: list[list[str]], edits: list[tuple[str, int, list[str]]]
) -> None:
    """Scores may differ a little, since the average length of a text is not counted anew; hence texts of one
    section, of which the same is shown whatever their score."""
    with tempfile.TemporaryDirectory() as folder:
        library = MemoryLibrary(Path(folder), [_article(at, words) for at, words in enumerate(texts)])
        updated, fresh = Path(folder, "updated"), Path(folder, "fresh")
        build(Job(library, "1"), updated)
        for step, (kind, at, words) in enumerate(edits):
            at %= len(library.articles)
            if kind == "add":
                library.articles.append(_article(SIZE + step, words))
            elif kind == "change":
                library.articles[at] = _article(int(library.articles[at].id[1:]), words)
            elif len(library.articles) > SIZE // 2:
                del library.articles[at]
            build(Job(library, str(step)), updated)
        index_articles(library.articles, fresh)
        with opened(updated) as one, opened(fresh) as other:
            for query in QUERIES:
                assert _said(one, query) == _said(other, query), query


def _said(engine: OpenIndex, query: str) -> tuple[object, ...]:
    answer = engine.search(Query(query, limit=100))
    hits = sorted((hit.article, hit.snippet, hit.marks, hit.missing) for hit in answer.hits)
    return hits, answer.corrected, answer.is_related, answer.left_out


_ANY = st.text(alphabet=st.characters(categories=None), max_size=20)
_VARIANTS = st.tuples(_ANY, _ANY, _ANY, _ANY, st.sampled_from(["sv", "en", "fi"]))


@settings(max_examples=25)
@given(st.lists(_VARIANTS, min_size=5, max_size=5), st.integers(0, 4), _VARIANTS)
def test_words_and_titles_are_those_of_a_new_index(
    rows: list[tuple[str, ...]], changed: int, new: tuple[str, ...]
) -> None:
    """What is gone is analysed once more, which must give the same words as the first time."""

    def variant(number: int, row: tuple[str, ...]) -> Article:
        title, text, section, keyword, language = row
        blocks = (text, heading(section, "h"), text)
        return article(f"a{number}", title, *blocks, keywords=[keyword], language=language)

    with tempfile.TemporaryDirectory() as folder:
        library = MemoryLibrary(Path(folder), [variant(number, row) for number, row in enumerate(rows)])
        build(Job(library, "1"), Path(folder, "updated"))
        library.articles[changed] = variant(9, new)
        assert len(update(library, Path(folder, "updated"))) == 1
        index_articles(library.articles, Path(folder, "fresh"))
        assert _counts(Path(folder, "updated")) == _counts(Path(folder, "fresh"))


def _counts(index: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return how often each word occurs, and by article the words of its title."""
    with opened(index) as engine:
        catalogue, titles = engine.shard.catalogue, engine.shard.titles
        table = engine.shard.vocabulary.table
        counts = zip(table.words, table.frequencies.tolist(), strict=True)
        by_article = {}
        for number in np.flatnonzero(catalogue.articles >= 0):
            words, _ = titles.of_variants(np.array([number]))
            by_article[catalogue.variant(int(number)).article] = [table.words[word] for word in words]
        return {word: count for word, count in counts if count}, by_article
