"""Faults that were found by trying; each is kept from coming back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.model.article import ArticleState
from kbviewer.model.errors import SearchError
from kbviewer.model.hits import FacetKind, Query, SearchAnswer
from kbviewer.search.evaluation import read_judged
from kbviewer.search.languages import LANGUAGES
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.stemming import make_stem
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article, heading, index_articles

STEMS = {language: make_stem(language) for language in LANGUAGES}
FILLERS = [article(f"f{n}", f"Fyllnad {n}", f"Annat innehåll nummer {n}.") for n in range(8)]


def found(answer: SearchAnswer) -> list[str]:
    return [hit.article for hit in answer.hits]


def updated(tmp_path: Path, before: list, added: list) -> OpenIndex:
    directory = tmp_path / "index"
    index_articles([*FILLERS, *before], directory)
    index_articles([*FILLERS, *before, *added], directory, signature="2")
    return OpenIndex(directory)


@pytest.mark.parametrize(
    "forms",
    [
        "resultat resultatet resultaten",
        "certifikat certifikatet certifikaten",
        "format formatet",
        "plats platsen platser platserna",
        "webbplats webbplatsen webbplatser",
        "licens licensen licenser licenserna",
        "referens referensen referenser",
        "konferens konferensen",
        "resurs resursen resurser",
        "instans instansen instanser",
        "annons annonsen annonser",
    ],
)
def test_nouns_that_end_like_an_inflection_keep_their_end(forms: str) -> None:
    assert len({STEMS["sv"](form) for form in forms.split()}) == 1


def test_supines_and_genitives_lose_theirs() -> None:
    assert STEMS["sv"]("sparat") == STEMS["sv"]("spara")
    assert STEMS["sv"]("filens") == STEMS["sv"]("fil")


def test_a_word_that_comes_in_another_language_is_inflected_in_that_one_too(tmp_path: Path) -> None:
    index = updated(tmp_path, [article("a", "Ett", "party")], [article("b", "One", "party", language="en")])
    answer = index.search(Query("parties "))
    index.close()
    assert set(found(answer)) == {"a", "b"}
    assert not answer.is_related


def test_an_old_compound_is_found_by_a_part_that_comes_later(tmp_path: Path) -> None:
    index = updated(
        tmp_path, [article("a", "Ett", "nätverksproblem nätverk")], [article("b", "Två", "problem")]
    )
    answer = index.search(Query("problem "))
    index.close()
    assert found(answer) == ["b", "a"]


def test_suggestions_pass_the_filters(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Ett", "lösenordet"), article("b", "Two", "lösning", language="en"))
    assert engine.search(Query("lang:en lös")).suggestions == ("lang:en lösning",)
    assert engine.search(Query("lös", language="en")).suggestions == ("lösning",)


def test_an_article_whose_languages_lie_in_two_libraries_is_counted_once(tmp_path: Path) -> None:
    libraries = [
        MemoryLibrary(tmp_path / name, [article("a", "Outlook", "Outlook.", language=name)])
        for name in ("sv", "en")
    ]
    search = LibrarySearch(libraries, tmp_path / "cache")
    answer = search.search(Query("outlook "))
    search.close()
    assert (len(answer.hits), answer.total) == (1, 1)
    counts = {(facet.kind, facet.value): facet.count for facet in answer.facets}
    assert counts[FacetKind.STATE, "current"] == 1
    assert counts[FacetKind.LANGUAGE, "sv"] == counts[FacetKind.LANGUAGE, "en"] == 1


@pytest.mark.parametrize("limit", [5, 10, 100])
def test_the_total_does_not_depend_on_how_many_are_shown(engine_over: MakeEngine, limit: int) -> None:
    konto = [article(f"k{n}", f"Titel {n}", "konto", products=["X"]) for n in range(15)]
    engine = engine_over(*konto, article("both", "Titel", "konto skrivare"))
    answer = engine.search(Query("konto skrivare ", products=("X",), limit=limit))
    assert answer.total == 15


@pytest.mark.parametrize("form", ["KB307294 ", "Q307294 ", "307294 "])
def test_an_id_in_a_text_is_marked_in_whatever_form_it_is_asked_for(
    engine_over: MakeEngine, form: str
) -> None:
    engine = engine_over(article("a", "T", "Text.", heading("Mera", "more"), "KB307294 gäller."))
    (hit,) = engine.search(Query(form)).hits
    assert hit.anchor == "more"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["KB307294"]


def test_a_letter_that_is_two_without_its_case_is_found_where_it_stands(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "T", "Text.", heading("Mera", "more"), "Eine Straße weiter."))
    (hit,) = engine.search(Query("strasse ")).hits
    assert hit.anchor == "more"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Straße"]


def test_a_correction_leaves_other_words_alone(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "T", "skrivaren skrivare"))
    assert engine.search(Query("skrivaren krivare ")).corrected == "skrivaren skrivare"


@pytest.mark.parametrize("query", ["user's ", "outlook's ", "outlook/qqq "])
def test_a_known_part_of_an_unknown_literal_is_better_than_nothing(
    engine_over: MakeEngine, query: str
) -> None:
    engine = engine_over(article("a", "T", "The user and outlook.", language="en"))
    assert found(engine.search(Query(query))) == ["a"]


def test_regions_of_a_language_are_counted_as_their_filter_takes_them(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "T", "outlook", language="en"), article("b", "T", "outlook", language="en-US")
    )
    (facet,) = [f for f in engine.search(Query("outlook ")).facets if f.kind is FacetKind.LANGUAGE]
    answer = engine.search(Query("outlook ", language=facet.value))
    assert (facet.value, facet.count, answer.total) == ("en", 2, 2)


@pytest.mark.parametrize("text", ["0İ0 andra", f"{'a' * 90} andra"])
def test_a_phrase_of_odd_words_is_found(engine_over: MakeEngine, text: str) -> None:
    engine = engine_over(article("a", "T", text), article("b", "T", f"andra {text.split()[0]}"))
    assert found(engine.search(Query(f'"{text}"'))) == ["a"]


def test_translations_of_pairs_that_are_gone_are_swept(tmp_path: Path) -> None:
    one = MemoryLibrary(tmp_path / "sv", [article("a", "Lösenord", "Text.")])
    other = MemoryLibrary(tmp_path / "en", [article("a", "Password", "Text.", language="en")])
    search = LibrarySearch([one, other], tmp_path / "cache")
    for version in "2345":
        one.version = version
        search.refresh()
    search.close()
    assert len(list((tmp_path / "cache").rglob("pair-*"))) == 1


def test_an_inflected_compound_is_taken_apart(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "T", "Det är problem med vårt nätverk."))
    answer = engine.search(Query("nätverksproblemet "))
    assert found(answer) == ["a"]
    assert not answer.is_related


def test_nothing_but_a_language_asks_for_nothing(engine_over: MakeEngine) -> None:
    assert not engine_over(article("a", "T", "Text.")).search(Query(" ", language="sv")).hits


@pytest.mark.parametrize(
    "text", ["{}", "[]", '[{"query": "a", "lang": "sv", "kind": "x", "relevant": "abc"}]', "[1]", "["]
)
def test_a_file_without_judged_queries_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "judged.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SearchError):
        read_judged(path)


def test_a_phrase_opens_where_it_stands(engine_over: MakeEngine) -> None:
    scattered = "Page after page the source was looked for, not found and not said."
    engine = engine_over(
        article(
            "a", "T", scattered, heading("More", "more"), "It says: The page was not found.", language="en"
        )
    )
    (hit,) = engine.search(Query('"page was not found"', reader_language="en")).hits
    assert hit.anchor == "more"


def test_a_phrase_that_nobody_has_only_comes_close(engine_over: MakeEngine) -> None:
    answer = engine_over(article("a", "T", "Brevlådan är delad.")).search(Query('"delad brevlådan"'))
    assert found(answer) == ["a"]
    assert answer.is_related
    assert answer.left_out == ()


@pytest.mark.parametrize("code", ["0x80070643", "80070643", "0X80070643", "11b", "0x0000011b"])
def test_a_code_is_found_with_and_without_its_prefix(engine_over: MakeEngine, code: str) -> None:
    engine = engine_over(article("a", "T", "Felen 0x80070643 och 0x0000011b."), article("b", "T", "Annat."))
    assert found(engine.search(Query(code))) == ["a"]


def test_all_words_come_before_a_title_with_one_of_them(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("faq", "Vanliga frågor och svar", "Det går inte att få fler svar."),
        article("all", "Inloggning", "Meddelandet Servern svarar inte visas."),
        article("server", "Servrar", "Om servern."),
    )
    assert found(engine.search(Query("servern svarar inte")))[0] == "all"


@pytest.mark.parametrize("query", ["konto state:arkiverad", "konto språk:svenska", "konto lang:swedish"])
def test_a_filter_takes_the_names_that_are_shown(engine_over: MakeEngine, query: str) -> None:
    engine = engine_over(
        article("a", "Konto", "konto", state=ArticleState.ARCHIVED),
        article("b", "Account", "konto", language="en"),
    )
    assert found(engine.search(Query(query))) == ["a"]


def test_a_compound_with_an_inflected_end_is_found_by_its_last_part(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "T", "Öppna webbmejlen."), article("b", "T", "webb och ett mejl"))
    assert set(found(engine.search(Query("mejl ")))) == {"a", "b"}


def test_a_match_far_down_is_in_the_snippet(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "T", "Ord för ord. " * 3000 + "Sist kommer MDVA-43395 här."))
    (hit,) = engine.search(Query("MDVA-43395")).hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["MDVA-43395"]
