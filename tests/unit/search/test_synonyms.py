"""The glossary's other words find the article, after those that say it themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.app.paths import data_folders
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.search.documents import Variant, make_variant
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.stemming import make_stem
from kbviewer.search.thesaurus import Thesaurus, read_terms
from tests.unit.search.conftest import CONTENT
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, heading

CONCEPTS: tuple[Mapping[str, Sequence[str]], ...] = (
    {"sv": ("tvåstegsverifiering", "tvåfaktorsautentisering", "2fa")},
    {"sv": ("lösenord", "password", "kodord")},
    {"sv": ("Lync Web App", "webbapp", "mötesklient i webbläsaren")},
)

Ask = Callable[..., SearchAnswer]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    library = MemoryLibrary(
        tmp_path / "library",
        [
            article(
                "two-step",
                "Verifiering",
                "Ingress.",
                heading("Skydd", "safe"),
                "Slå på tvåstegsverifieringen.",
            ),
            article("says-it", "Konto", "Ett kodord krävs."),
            article("means-it", "Lösenord", "Byt lösenordet. Lösenordet byts."),
            article("app", "Möten", "Anslut med Lync Web App i stället."),
            article("parts", "Webb", "Lync och en annan app."),
        ],
        glossary=CONCEPTS,
    )
    search = LibrarySearch([library], tmp_path / "cache")
    yield lambda text: search.search(Query(text))
    search.close()


def articles(answer: SearchAnswer) -> list[str]:
    return [hit.article for hit in answer.hits]


@pytest.mark.parametrize(
    "query", ["2fa", "tvåfaktorsautentisering ", "tvåfaktorsautentiseringen ", "tvåfakt"]
)
def test_a_synonym_leads_to_the_section_that_means_it(ask: Ask, query: str) -> None:
    answer = ask(query)
    assert articles(answer) == ["two-step"]
    assert answer.hits[0].anchor == "safe"
    assert answer.corrected is None


def test_what_a_text_says_comes_before_what_it_means(ask: Ask) -> None:
    assert articles(ask("kodord ")) == ["says-it", "means-it"]


def test_words_of_another_language_are_synonyms_like_any(ask: Ask) -> None:
    assert set(articles(ask("passwords "))) == {"means-it", "says-it"}


def test_a_phrase_of_the_glossary_is_meant_as_a_whole(ask: Ask) -> None:
    assert articles(ask("webbapp ")) == ["app"]
    assert articles(ask("mötesklient webbläsaren "))[0] == "app"


def test_a_misspelled_synonym_is_corrected(ask: Ask) -> None:
    answer = ask("kododr ")
    assert answer.corrected == "kodord"
    assert set(articles(answer)) == {"says-it", "means-it"}


def test_a_quoted_word_is_not_answered_by_a_synonym(ask: Ask) -> None:
    assert articles(ask('"kodord"')) == ["says-it"]


def test_an_excluded_word_excludes_nothing_that_only_means_it(ask: Ask) -> None:
    assert articles(ask("lösenordet -kodord ")) == ["means-it"]


def test_every_synonym_of_the_shipped_glossary_finds_an_article_that_has_the_term(
    shipped: OpenIndex,
) -> None:
    """Row 58 of the elements: abbreviations and renamed products are found by their other names."""
    library = FolderLibrary(CONTENT)
    variants = [make_variant(article) for article in library.all_articles()]
    lost = []
    for concept in library.concepts():
        for language, (term, *others) in concept.items():
            saying = {variant.article for variant in variants if _says(variant, term, language)}
            for other in others:
                hits = shipped.search(Query(other, language=language)).hits
                if saying and saying.isdisjoint(hit.article for hit in hits):
                    lost.append((language, other))
    assert not lost


def _says(variant: Variant, term: str, language: str) -> bool:
    text = "\n".join((variant.title, *(f"{each.heading}\n{each.text}" for each in variant.sections)))
    said = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
    return variant.language == language and said is not None


@given(st.text(alphabet="lösenordkd 2fa-./Lync Web App", max_size=80))
def test_no_term_breaks_the_thesaurus(text: str) -> None:
    stems = {language: make_stem(language) for language in LANGUAGES}
    thesaurus = Thesaurus([*CONCEPTS, {"sv": (text,), "en": (text, "x")}], stems)
    for word in text.split():
        for meaning in thesaurus.meanings("sv", (stems["sv"](word),)):
            assert 0 < meaning.worth <= 1


def test_the_terms_that_come_with_the_program_are_well_formed() -> None:
    concepts = read_terms(data_folders().terms)
    assert len(concepts) > 1500
    heads = [concept["sv"][0] for concept in concepts]
    assert len(heads) == len(set(heads))
    texts = [text for concept in concepts for side in concept.values() for text in side]
    assert all(text.strip() == text != "" for text in texts)


@pytest.mark.parametrize(
    ("query", "expected"), [("2fa", "account-security-info"), ("driftstopp", "online-meetings")]
)
def test_a_library_folder_brings_its_glossary(tmp_path: Path, query: str, expected: str) -> None:
    search = LibrarySearch([FolderLibrary(CONTENT)], tmp_path)
    hits = search.search(Query(query)).hits
    search.close()
    assert expected in [hit.article for hit in hits]
