"""A question in one language finds what is written in the other, after what is written in its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from kbviewer.model.article import Article
from kbviewer.model.hits import Hit, Query
from kbviewer.search.alignment import Aligner
from kbviewer.search.documents import make_variant
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.thesaurus import Concept
from kbviewer.search.translations import Translations
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, heading

NOUNS = (
    ("lösenord", "password"),
    ("skrivare", "printer"),
    ("konto", "account"),
    ("möte", "meeting"),
    ("nyckel", "key"),
    ("fönster", "window"),
)
VERBS = (("Byt", "Change"), ("Öppna", "Open"), ("Hitta", "Find"), ("Lägg till", "Add"))

ONLY_SV = article("only-sv", "Ett", "Text om annat.", heading("Sedan", "then"), "En gammal skrivare brinner.")
ONLY_EN = article("only-en", "One", "Text.", heading("Then", "then"), "An old printer burns.", language="en")


def pairs() -> Iterator[Article]:
    """Articles that say the same in both languages: every verb with every noun."""
    for number, ((swedish, english), (gör, do)) in enumerate(product(NOUNS, VERBS)):
        name = f"pair{number}"
        yield article(name, f"{gör} {swedish}", heading("Steg", "s"), f"{gör} {swedish} nu.", language="sv")
        yield article(name, f"{do} {english}", heading("Step", "s"), f"{do} {english} now.", language="en")


def split_by_language(root: Path, *articles: Article) -> list[MemoryLibrary]:
    return [
        MemoryLibrary(root / language, [each for each in articles if each.language == language])
        for language in ("sv", "en")
    ]


@pytest.fixture
def together(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(*pairs(), ONLY_SV, ONLY_EN)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[LibrarySearch]:
    """Two libraries that hold the languages of the same articles."""
    libraries = split_by_language(tmp_path, *pairs(), ONLY_SV, ONLY_EN)
    with closing(LibrarySearch(libraries, tmp_path / "cache")) as search:
        yield search


def hits(engine: OpenIndex | LibrarySearch, query: str, **options: object) -> dict[str, Hit]:
    answer = engine.search(Query(query, limit=100, **options))  # type: ignore[arg-type]
    assert answer.corrected is None
    assert not answer.is_related
    return {hit.article: hit for hit in answer.hits}


@pytest.fixture(params=["together", "apart"])
def search(request: pytest.FixtureRequest) -> OpenIndex | LibrarySearch:
    engine: OpenIndex | LibrarySearch = request.getfixturevalue(request.param)
    return engine


@pytest.mark.parametrize(("query", "expected"), [("printer ", "only-sv"), ("skrivare ", "only-en")])
def test_the_other_languages_word_is_learned_from_bilingual_articles(
    search: OpenIndex | LibrarySearch, query: str, expected: str
) -> None:
    found = hits(search, query)
    assert {"only-sv", "only-en"} <= set(found)
    assert found[expected].missing == ()


@pytest.mark.parametrize("query", ["printers ", "printer"])
def test_inflected_words_are_translated_too(search: OpenIndex | LibrarySearch, query: str) -> None:
    assert "only-sv" in hits(search, query)


@pytest.mark.parametrize(
    ("query", "first", "second"), [("printer ", "only-en", "only-sv"), ("skrivare ", "only-sv", "only-en")]
)
def test_the_questions_own_language_comes_first(
    search: OpenIndex | LibrarySearch, query: str, first: str, second: str
) -> None:
    found = list(hits(search, query))
    assert found.index(first) < found.index(second)


def test_an_article_in_both_languages_is_one_hit(search: OpenIndex | LibrarySearch) -> None:
    answer = search.search(Query("printer ", limit=100))
    names = [hit.article for hit in answer.hits]
    assert len(names) == len(set(names)) == len(VERBS) + 2


def test_what_was_translated_is_marked_and_opens_its_section(search: OpenIndex | LibrarySearch) -> None:
    hit = hits(search, "printer ", reader_language="en")["only-sv"]
    assert (hit.language, hit.found_in, hit.anchor) == ("sv", "", "then")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["skrivare"]


def test_a_match_in_the_other_language_opens_the_readers_at_its_counterpart(
    search: OpenIndex | LibrarySearch,
) -> None:
    found = hits(search, "change now ", reader_language="sv")
    hit = found["pair0"]
    assert (hit.language, hit.found_in, hit.anchor, hit.title) == ("sv", "en", "s", "Byt lösenord")
    assert "now" in hit.snippet
    assert [Path(source).name for _, source in hit.sources] == ["sv.md", "en.md"]
    own = hits(search, "change now ", reader_language="en")["pair0"]
    assert (own.language, own.found_in) == ("en", "")


def test_sections_with_other_ids_have_their_counterpart_at_the_same_place(engine_over: MakeEngine) -> None:
    swedish = (heading("Först", "forst"), "Nej.", heading("Sen", "sen"), "Ja.")
    english = (heading("First", "first"), "No.", heading("Later", "later"), "Burns.")
    engine = engine_over(
        article("a", "Ett", "Text.", *swedish), article("a", "One", "Text.", *english, language="en")
    )
    hit = hits(engine, "burns ", reader_language="sv")["a"]
    assert (hit.language, hit.found_in, hit.anchor) == ("sv", "en", "sen")


@pytest.mark.parametrize(("language", "query"), [("sv", "printer "), ("en", "skrivare ")])
def test_limited_to_a_language_the_translation_is_found(
    search: OpenIndex | LibrarySearch, language: str, query: str
) -> None:
    found = hits(search, query, language=language)
    assert len(found) == len(VERBS) + 1
    assert {(hit.language, hit.found_in) for hit in found.values()} == {(language, "")}


def test_a_quoted_word_is_not_translated(search: OpenIndex | LibrarySearch) -> None:
    assert "only-sv" not in hits(search, '"printer"')


def test_an_excluded_word_does_not_exclude_its_translation(search: OpenIndex | LibrarySearch) -> None:
    assert "only-en" in hits(search, "old -skrivare ")


def test_what_was_learned_across_libraries_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning it anew would cost a second at every start."""
    libraries = split_by_language(tmp_path, *pairs(), ONLY_SV)
    LibrarySearch(libraries, tmp_path / "cache").close()
    monkeypatch.setattr(Aligner, "pair", None)
    with closing(LibrarySearch(libraries, tmp_path / "cache")) as search:
        assert "only-sv" in hits(search, "printer ")


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff", b'{"pairs": 1, "tables": []}'])
def test_damaged_translations_are_learned_anew(tmp_path: Path, damage: bytes) -> None:
    libraries = split_by_language(tmp_path, *pairs(), ONLY_SV)
    LibrarySearch(libraries, tmp_path / "cache").close()
    (kept,) = (tmp_path / "cache").glob("search/pair-*/*")
    kept.write_bytes(damage)
    with closing(LibrarySearch(libraries, tmp_path / "cache")) as search:
        assert "only-sv" in hits(search, "printer ")


def test_libraries_without_an_article_in_common_teach_nothing(tmp_path: Path) -> None:
    libraries = [MemoryLibrary(tmp_path / each.language, [each]) for each in (ONLY_SV, ONLY_EN)]
    with closing(LibrarySearch(libraries, tmp_path / "cache")) as search:
        assert set(hits(search, "printer ")) == {"only-en"}


def test_a_pair_of_texts_teaches_only_what_it_has_said_more_than_once() -> None:
    aligner = Aligner()
    aligner.pair(make_variant(article("a", "Skrivare")), make_variant(article("a", "Printer", language="en")))
    assert not aligner.learn().of("sv", "skriv")


def test_both_directions_are_learned_and_kept(tmp_path: Path) -> None:
    aligner = Aligner()
    for each in pairs():
        aligner.add(make_variant(each))
    aligner.learn().save(tmp_path)
    learned = Translations.load(tmp_path)
    assert learned.pairs
    assert [stem for stem, _ in learned.of("en", "printer")] == ["skriv"]
    assert [stem for stem, _ in learned.of("sv", "skriv")] == ["printer"]
    assert not learned.of("sv", "printer")
    assert all(0 < sure <= 1 for _, sure in learned.of("en", "password"))


TERMS: tuple[Concept, ...] = (
    {"sv": ("delad postlåda", "gemensam brevlåda"), "en": ("shared mailbox",)},
    {"sv": ("mapp",), "en": ("folder", "directory")},
    {"sv": ("tvåstegsverifiering",), "en": ("two-step verification", "2FA")},
)


@pytest.fixture
def with_terms(tmp_path: Path) -> Iterator[LibrarySearch]:
    articles = [
        article("m1", "Ett", "Text.", heading("Mera", "more"), "Öppna den delade postlådan."),
        article("m2", "Två", "En gemensam brevlåda."),
        article("m3", "Tre", "En delad kalender."),
        article("f1", "Fyra", "Flytta mappen."),
        article("f2", "Five", "The directory service.", language="en"),
        article("v1", "Sex", "Slå på tvåstegsverifiering."),
    ]
    library = MemoryLibrary(tmp_path / "library", articles)
    with closing(LibrarySearch([library], tmp_path / "cache", terms=TERMS)) as search:
        yield search


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shared mailbox ", {"m1", "m2"}),
        ("shared mailboxes ", {"m1", "m2"}),
        ("open shared mailbox ", {"m1", "m2"}),
        ("delad postlåda ", {"m1", "m2", "m3"}),
        ("folders ", {"f1", "f2"}),
        ("directory ", {"f1", "f2"}),
        ("directories ", {"f1", "f2"}),
        ("mapp ", {"f1", "f2"}),
        ("two-step verification ", {"v1"}),
        ("2fa ", {"v1"}),
    ],
)
def test_the_term_list_translates_words_and_phrases(
    with_terms: LibrarySearch, query: str, expected: set[str]
) -> None:
    assert set(hits(with_terms, query)) == expected


@pytest.mark.parametrize(
    ("query", "first"), [("mapp ", "f1"), ("mappar ", "f1"), ("directory ", "f2"), ("delad postlåda ", "m1")]
)
def test_what_says_it_in_the_questions_words_comes_first(
    with_terms: LibrarySearch, query: str, first: str
) -> None:
    assert next(iter(hits(with_terms, query))) == first


def test_a_translated_phrase_is_marked_word_by_word(with_terms: LibrarySearch) -> None:
    hit = hits(with_terms, "shared mailbox ")["m1"]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["delade", "postlådan"]
    assert (hit.anchor, hit.missing) == ("more", ())


def test_half_of_a_phrase_is_not_that_phrase(with_terms: LibrarySearch) -> None:
    assert "m1" not in [hit.article for hit in with_terms.search(Query("shared ")).hits]


def test_a_listed_translation_is_limited_to_a_language_too(with_terms: LibrarySearch) -> None:
    assert set(hits(with_terms, "directory ", language="sv")) == {"f1"}
    assert set(hits(with_terms, "mapp ", language="en")) == {"f2"}
