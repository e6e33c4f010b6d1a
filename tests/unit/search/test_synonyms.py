"""The glossary's other words find the article, after those that say it themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.glossary import Glossary
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.search.analysis import Analyzer, normalise
from kbviewer.search.documents import Variant, make_variant
from kbviewer.search.engine import SearchEngine
from kbviewer.search.index import build
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.synonyms import Synonyms
from tests.unit.search.conftest import CONTENT
from tests.unit.search.small_library import MemoryLibrary, article, heading

GROUPS: dict[str, Sequence[Sequence[str]]] = {
    "sv": (
        ("tvåstegsverifiering", "tvåfaktorsautentisering", "2fa"),
        ("lösenord", "password", "kodord"),
        ("Lync Web App", "webbapp", "mötesklient i webbläsaren"),
    )
}

Ask = Callable[..., SearchAnswer]


@dataclass
class GlossaryLibrary(MemoryLibrary):
    """A library that has a glossary."""

    groups: dict[str, Sequence[Sequence[str]]] = field(default_factory=lambda: GROUPS)

    def synonyms(self, language: str) -> Sequence[Sequence[str]]:
        return self.groups.get(language, ())


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    library = GlossaryLibrary(
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


def test_every_synonym_of_the_shipped_glossary_finds_an_article_that_has_the_term(tmp_path: Path) -> None:
    """Row 58 of the elements: abbreviations and renamed products are found by their other names."""
    glossary = Glossary.load(CONTENT / "glossary.toml")
    variants = [make_variant(article) for article in FolderLibrary(CONTENT).all_articles()]
    build(FolderLibrary(CONTENT).all_articles(), tmp_path, signature="1", synonyms=glossary.synonyms)
    engine = SearchEngine.open(tmp_path)
    lost = []
    for language in ("sv", "en"):
        for term, *others in glossary.synonyms(language):
            saying = {variant.article for variant in variants if _says(variant, term, language)}
            for other in others:
                hits = engine.search(Query(other, language=language)).hits
                if saying and saying.isdisjoint(hit.article for hit in hits):
                    lost.append((language, other))
    engine.close()
    assert not lost


def _says(variant: Variant, term: str, language: str) -> bool:
    text = "\n".join((variant.title, *(f"{each.heading}\n{each.text}" for each in variant.sections)))
    said = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
    return variant.language == language and said is not None


@given(st.text(alphabet="lösenordkd 2fa-./Lync Web App", max_size=80))
def test_no_text_breaks_the_synonyms(text: str) -> None:
    synonyms = Synonyms(lambda language: GROUPS.get(language, ()), Analyzer())
    for language in ("sv", "sv-SE", "en"):
        found = synonyms.unsaid(normalise(text), language)
        assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("query", "expected"), [("2fa", "account-security-info"), ("driftstopp", "online-meetings")]
)
def test_a_library_folder_brings_its_glossary(tmp_path: Path, query: str, expected: str) -> None:
    search = LibrarySearch([FolderLibrary(CONTENT)], tmp_path)
    hits = search.search(Query(query)).hits
    search.close()
    assert expected in [hit.article for hit in hits]
