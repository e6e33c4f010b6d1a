"""What an answer says beside its hits, and what a hit shows of its article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.blocks import Code
from kbviewer.model.hits import Hit, Query, SearchAnswer
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import OpenIndex, article, heading


def ask(engine: OpenIndex, query: str, **options: object) -> SearchAnswer:
    return engine.search(Query(query, **options))  # type: ignore[arg-type]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.fixture
def engine(engine_over: MakeEngine) -> OpenIndex:
    return engine_over(
        article("a1", "Outlook startar inte", "Outlook stannar vid start."),
        article("a2", "Skrivare", "En skrivare skriver från Outlook."),
        article("a3", "Konto", "Skapa ett konto."),
    )


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("outlook qqqqzz ", ("qqqqzz",)),
        ("QQQQzz outlook ", ("QQQQzz",)),
        ("outlook xxxxyy zzzzqq ", ("xxxxyy", "zzzzqq")),
        ("outlook skrivare ", ()),
        ("outlooks skrivarna ", ()),
        ("outlook konto ", ()),
        ("konto för outlook ", ()),
        ("0x80040 outlook ", ("0x80040",)),
        ("outlook ", ()),
    ],
)
def test_words_that_no_shown_article_has_are_told(
    engine: OpenIndex, query: str, left_out: tuple[str, ...]
) -> None:
    """ "konto" stands in an article that is shown, if not beside "outlook"."""
    answer = ask(engine, query)
    assert answer.left_out == left_out
    assert answer.hits
    assert not answer.is_related


def test_a_hit_tells_which_words_it_lacks(engine: OpenIndex) -> None:
    missing = {hit.article: hit.missing for hit in ask(engine, "outlook Skrivarna ").hits}
    assert missing == {"a2": (), "a1": ("Skrivarna",)}


def test_words_that_may_be_missing_are_not_told(engine: OpenIndex) -> None:
    answer = ask(engine, "varför kan jag inte logga in i outlook ")
    assert answer.hits
    assert not {"varför", "kan", "jag", "i", "in"} & {word for hit in answer.hits for word in hit.missing}


def test_an_article_whose_other_language_has_the_word_lacks_nothing(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Brandvägg", "Öppna brandväggen.", language="sv"),
        article("a", "Zonealarm", "Zonealarm, brandvägg.", language="en"),
    )
    (hit,) = ask(engine, "brandvägg zonealarm ").hits
    assert hit.missing == ()


@pytest.mark.parametrize("query", ["skrivprogramvaran ", "kontohanterarens "])
def test_where_nothing_has_the_word_what_begins_like_it_comes_close(engine: OpenIndex, query: str) -> None:
    answer = ask(engine, query)
    assert answer.hits
    assert answer.is_related
    assert answer.corrected is None


@pytest.mark.parametrize("query", ["qqqqzz ", "0x80070005 ", "åååå ", '"qqqqzz"', "12345 ", "qqqqzz wwwwyy "])
def test_where_nothing_comes_close_there_is_nothing(engine: OpenIndex, query: str) -> None:
    answer = ask(engine, query)
    assert (answer.hits, answer.total, answer.left_out, answer.suggestions) == ((), 0, (), ())
    assert not answer.is_related
    assert answer.corrected is None


def test_total_counts_what_is_not_shown(engine_over: MakeEngine) -> None:
    engine = engine_over(*(article(f"a{at}", "Titel", "lösenord") for at in range(25)))
    answer = ask(engine, "lösenord ", limit=3)
    assert (len(answer.hits), answer.total) == (3, 25)


@pytest.mark.parametrize(("limit", "shown"), [(-1, 1), (0, 1), (1, 1), (7, 7), (100, 100), (5000, 100)])
def test_the_limit_is_kept_within_bounds(engine_over: MakeEngine, limit: int, shown: int) -> None:
    engine = engine_over(*(article(f"a{at}", "Titel", "lösenord") for at in range(120)))
    assert len(ask(engine, "lösenord ", limit=limit).hits) == shown


def test_more_hits_begin_with_the_same_ones(engine_over: MakeEngine) -> None:
    engine = engine_over(*(article(f"a{at}", f"Titel {at}", "lösenord " * (at % 9 + 1)) for at in range(60)))
    few, many = ([hit.article for hit in ask(engine, "lösenord ", limit=limit).hits] for limit in (10, 60))
    assert set(few) <= set(many)
    assert few[0] == many[0]


def test_a_query_over_the_limit_says_so(engine: OpenIndex) -> None:
    assert ask(engine, "outlook " * 200).is_too_long
    assert ask(engine, " ".join(f"ord{at}" for at in range(60))).is_too_long
    assert not ask(engine, "outlook ").is_too_long


def test_scores_fall_from_hit_to_hit(engine: OpenIndex) -> None:
    scores = [hit.score for hit in ask(engine, "outlook skrivare konto ").hits]
    assert scores == sorted(scores, reverse=True)


def test_reasons_are_told_only_to_who_asks(engine: OpenIndex) -> None:
    assert all(hit.reasons == () for hit in ask(engine, "outlook ").hits)
    hit = ask(engine, "outlooks skrivaer ", explain=True).hits[0]
    text = "\n".join(hit.reasons)
    assert "'outlooks'" in text
    assert "'skrivaer'" in text
    assert f"score: {hit.score:.3f}" in text


def test_a_phrase_has_its_reason_too(engine: OpenIndex) -> None:
    (hit,) = ask(engine, '"stannar vid"', explain=True).hits
    assert "phrase" in "\n".join(hit.reasons)


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("Byt lösenord", ""),
        ("Byt lösenord. Så gör du.", "Så gör du."),
        ("BYT LÖSENORD – så gör du.", "så gör du."),
        ("Byt lösenord: Byt lösenord: nu", "nu"),
        ("Byt lösenordet ofta.", "Byt lösenordet ofta."),
    ],
)
def test_a_snippet_does_not_repeat_the_title(engine_over: MakeEngine, text: str, snippet: str) -> None:
    (hit,) = ask(engine_over(article("a", "Byt lösenord", text)), "byt lösenord ").hits
    assert hit.snippet == snippet


def test_a_section_without_a_match_in_its_text_shows_its_heading(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Text.", heading("Nytt lösenord", "new"), "Gör så här."))
    (hit,) = ask(engine, "lösenord ").hits
    assert (hit.anchor, hit.snippet) == ("new", "Nytt lösenord Gör så här.")
    assert marked(hit) == ["lösenord"]


def test_without_a_match_in_any_text_there_still_is_a_snippet(engine_over: MakeEngine) -> None:
    (hit,) = ask(engine_over(article("a1", "Lösenord", "", "Gör så här.")), "lösenord ").hits
    assert hit.snippet == "Gör så här."
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Lösenord"]


@pytest.mark.parametrize(
    ("query", "said", "marks"),
    [
        ("lösenord ", "Lösenordet byts, och lösenorden med.", ["Lösenordet", "lösenorden"]),
        ("epost ", "Skicka e-post.", ["e-post"]),
        ("e-post ", "Skicka epost.", ["epost"]),
        ("losenord ", "Ett lösenord.", ["lösenord"]),
        ("lös", "Ett lösenord.", ["lösenord"]),
        ("lösnord ", "Ett lösenord.", ["lösenord"]),
        ("0x8004de40 ", "Fel (0x8004DE40).", ["0x8004DE40"]),
        ("passwords ", "The password.", ["password"]),
        ('"ett lösenord"', "Ett – lösenord, ett.", ["Ett", "lösenord", "ett"]),
        ("och/eller ", "Ja och/eller nej.", ["och/eller"]),
    ],
)
def test_what_answers_is_marked_in_its_own_form(
    engine_over: MakeEngine, query: str, said: str, marks: list[str]
) -> None:
    language = "en" if "password" in said else "sv"
    (hit,) = ask(engine_over(article("a1", "Titel", said, language=language)), query).hits
    assert hit.snippet == said
    assert marked(hit) == marks


def test_a_long_text_is_cut_around_the_match(engine_over: MakeEngine) -> None:
    said = "Först kommer annat. " * 60 + "Här står lösenordet. " + "Sedan kommer mera. " * 60
    (hit,) = ask(engine_over(article("a", "Titel", said)), "lösenord ").hits
    assert marked(hit) == ["lösenordet"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_texts_of_every_kind_of_block_are_shown(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a1", "Titel", Code(text="ipconfig /flushdns")))
    (hit,) = ask(engine, "flushdns ").hits
    assert hit.snippet == "ipconfig /flushdns"


_WORDS = (
    "lösenord password messenger möte server meeting konto e-post the inte kontot logga in 0x80048820".split()
)


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5), st.sampled_from(["sv", "en"]))
def test_marks_are_in_order_inside_and_around_whole_words(
    shipped: OpenIndex, words: list[str], reader: str
) -> None:
    for hit in ask(shipped, " ".join(words) + " ", reader_language=reader).hits:
        for text, marks in ((hit.snippet, hit.marks), (hit.title, hit.title_marks)):
            last = 0
            for start, end in marks:
                assert last <= start < end <= len(text)
                assert re.fullmatch(r"[^\W_].*[^\W_]|[^\W_]", text[start:end])
                last = end
        assert not hit.snippet.casefold().startswith(hit.title.casefold() + ".")
        assert "\n" not in hit.snippet
