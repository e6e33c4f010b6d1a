"""Which articles answer, in which order, and what no query may do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.article import ArticleState
from kbviewer.model.blocks import Code, Faq
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.model.inline import Run
from kbviewer.search.snippets import MAX_CHARACTERS
from tests.unit.search.conftest import MakeEngine
from tests.unit.search.small_library import OpenIndex, article, heading, text


def articles(answer: SearchAnswer) -> list[str]:
    return [hit.article for hit in answer.hits]


def ask(engine: OpenIndex, query: str, **options: object) -> list[str]:
    return articles(engine.search(Query(query, **options)))  # type: ignore[arg-type]


def test_kinds_of_match_follow_in_order(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("stem", "Ett", "Byt lösenordet lösenordet lösenordet."),
        article("exact", "Två", "Här finns mycket annat, och någonstans ett lösenord."),
        article("title", "Lösenord och annat", "Text."),
        article("lösenord", "Fyra", "Text."),
        article("folded", "Fem", "Byt losenord losenord losenord."),
        article("compound", "Sex", "Om administratörslösenord och administratörs liv."),
    )
    assert ask(engine, "lösenord ") == ["lösenord", "title", "exact", "stem", "folded", "compound"]


@pytest.mark.parametrize("form", ["KB307294", "Q307294", "307294", "kb307294", "kb://kb307294", '"KB307294"'])
def test_every_id_form_finds_the_article_first(engine_over: MakeEngine, form: str) -> None:
    engine = engine_over(
        article("other", "Se 307294", "Läs 307294 och KB307294. " * 5),
        article("kb307294", "Inloggning", "Text.", aliases=["KB307294", "Q307294"]),
    )
    assert ask(engine, form)[0] == "kb307294"


@pytest.mark.parametrize(
    "code", ["0x8004de40", "550 5.7.64", "SQLSTATE[HY000]", "certmgr.msc", "?sl=1", "30016-4"]
)
def test_codes_are_found_as_they_are(engine_over: MakeEngine, code: str) -> None:
    engine = engine_over(
        article("hit", "Fel", Code(text=f"felet {code}: stopp")),
        article("other", "Annat", "Felet 0x8004de41, 551 5.7.65, certlm.msc."),
    )
    assert ask(engine, code)[0] == "hit"
    assert ask(engine, f"felkod {code}")[0] == "hit"


def test_missing_diacritics_find_the_word_but_rank_lower(engine_over: MakeEngine) -> None:
    engine = engine_over(article("far", "A", "en far"), article("får", "B", "ett får"))
    assert ask(engine, "far ") == ["far", "får"]
    assert ask(engine, "får ") == ["får", "far"]


def test_a_misspelled_word_is_corrected_and_that_is_told(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Byt lösenord ofta."))
    answer = engine.search(Query("byt lössenord "))
    assert articles(answer) == ["a"]
    assert answer.corrected == "byt lösenord"


def test_codes_are_never_corrected(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Fel 0x8004de40."))
    assert not engine.search(Query("0x8004de41 ")).hits


def test_a_compound_is_found_by_its_parts(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Så här sker återställning av ett lösenord."))
    assert ask(engine, "lösenordsåterställning ") == ["a"]


def test_a_word_that_nobody_has_does_not_hide_the_others(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Outlook", "Outlook stannar."), article("b", "Word", "Skriv."))
    assert ask(engine, "outlook qqqqzz ") == ["a"]


def test_articles_with_all_words_come_before_those_with_most(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("two", "Röd grön", "Röd grön. " * 9),
        article("three", "Titel", "Röd, grön och mycket mera blå."),
    )
    assert ask(engine, "röd grön blå ") == ["three", "two"]


def test_the_last_word_may_be_half_typed(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Titel", "Inloggningen."))
    assert ask(engine, "inlogg") == ["a"]


def test_a_phrase_wants_its_words_in_order(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("yes", "A", "Meddelandet Servern svarar inte. Visas."),
        article("no", "B", "Svarar servern inte?"),
    )
    assert ask(engine, '"servern svarar inte"') == ["yes"]


def test_a_phrase_that_nobody_has_falls_back_to_its_words(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "A", "Servern här svarar tyvärr inte."))
    assert ask(engine, '"servern svarar inte"') == ["a"]


def test_a_quoted_word_is_searched_literally(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "A", "lösenordet"), article("b", "B", "lösenord"))
    assert ask(engine, '"lösenord"') == ["b"]
    assert not ask(engine, '"lössenord"')


def test_an_excluded_word_takes_its_inflections_with_it(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "A", "brandvägg och portar"), article("b", "B", "brandvägg"))
    assert ask(engine, "brandvägg -port") == ["b"]


def test_an_article_is_one_hit_with_its_best_section(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article(
            "a",
            "Titel",
            "Inledning om nät.",
            heading("Nät", "net"),
            "Kabel.",
            heading("Skrivare", "printer"),
            "Papper och nät.",
        )
    )
    (hit,) = engine.search(Query("papper nät ")).hits
    assert hit.anchor == "printer"
    assert hit.snippet == "Papper och nät."


def test_an_answer_of_a_faq_is_a_section(engine_over: MakeEngine) -> None:
    faq = Faq(key="faq-lost", question=(Run("Borttappad telefon?"),), blocks=(text("Ring spärren."),))
    (hit,) = engine_over(article("a", "Titel", "Text.", faq)).search(Query("spärren ")).hits
    assert hit.anchor == "faq-lost"


def test_the_readers_language_is_shown_when_it_matches(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Outlook", "Outlook.", language="sv"), article("a", "Outlook", "Outlook.", language="en")
    )
    for language in ("sv", "en"):
        (hit,) = engine.search(Query("outlook", reader_language=language)).hits
        assert (hit.language, hit.source) == (language, f"a/{language}.md")


def test_an_article_found_in_the_other_language_opens_in_the_readers(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Fel", heading("Nät", "net"), "Servern svarar inte på din dator.", language="sv"),
        article("a", "Error", heading("Net", "net"), "Server not responding.", language="en"),
    )
    for query in ("server not responding", '"server not responding"'):
        (hit,) = engine.search(Query(query, reader_language="sv")).hits
        assert (hit.language, hit.found_in, hit.title, hit.anchor) == ("sv", "en", "Fel", "net")
        assert hit.snippet == "Server not responding."
        (hit,) = engine.search(Query(query, reader_language="en")).hits
        assert (hit.language, hit.found_in) == ("en", "")
    (hit,) = engine.search(Query("servern svarar", reader_language="en")).hits
    assert (hit.language, hit.found_in) == ("en", "sv")


def test_an_inflection_in_the_readers_language_is_as_good_as_the_word(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Server", "Servern startar.", language="sv"),
        article("a", "Server", "The server starts the server.", language="en"),
    )
    (hit,) = engine.search(Query("server ", reader_language="sv")).hits
    assert hit.language == "sv"


def test_a_heading_says_more_than_a_short_answer(engine_over: MakeEngine) -> None:
    faq = Faq(
        key="faq-code",
        question=(Run("Är koden samma sak som ett lösenord till kontot?"),),
        blocks=(text("Nej, den ersätter inte ditt lösenord."),),
    )
    engine = engine_over(
        article("short", "Frågor", "Text om annat.", faq),
        article(
            "section",
            "Inloggning",
            "Text om annat.",
            heading("Lösenordsproblem", "password"),
            "Ett lösenord har stora och små bokstäver. " + "Många andra ord står också här. " * 20,
            state=ArticleState.UNSUPPORTED,
        ),
    )
    (first, second) = engine.search(Query("lösenord")).hits
    assert (first.article, first.anchor, second.article) == ("section", "password", "short")


def test_a_language_restricts_to_its_variants(engine_over: MakeEngine) -> None:
    engine = engine_over(article("a", "Outlook", language="sv"), article("b", "Outlook", language="en"))
    assert ask(engine, "outlook", language="en") == ["b"]


def test_outdated_articles_come_after_current_ones(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Outlook", "Outlook.", state=ArticleState.UNSUPPORTED),
        article("b", "Outlook", "Outlook."),
    )
    assert ask(engine, "outlook") == ["b", "a"]


def test_products_and_keywords_find_the_article(engine_over: MakeEngine) -> None:
    engine = engine_over(
        article("a", "Titel", "Text.", products=["Windows Messenger 4.6"], keywords=["kbnetwork"])
    )
    assert ask(engine, "messenger 4.6") == ["a"]
    assert ask(engine, "kbnetwork") == ["a"]


def test_an_article_without_any_text_is_found_by_its_title(engine_over: MakeEngine) -> None:
    (hit,) = engine_over(article("a", "Ensam titel")).search(Query("ensam")).hits
    assert (hit.snippet, hit.anchor) == ("", "")
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Ensam"]


def test_an_empty_library_answers_with_nothing(engine_over: MakeEngine) -> None:
    assert not engine_over().search(Query("ord")).hits


HOSTILE = [
    "", " ", "*", "a*", "*e*", "???*", "[a TO zzzz]", "NOT OR", "NOT NOT NOT", '"', '"" ""', '"a', "-", "--",
    "- -a",
    "a" * 10_000, "ord " * 5_000, "(" * 3_000 + "a" + ")" * 3_000, " ".join(f"w{i}" for i in range(5_000)),
    "\x00\x01\x1b[0m", "\ud800", "a\udfffb", "😀 👩‍👩‍👧", "\u202eabc", "ﬃ ß İ",
    "~lösenord", "title:a body:b",
    "a\nb\tc",
    "'; DROP TABLE", "x^9999 a~2", "\\" * 400, "e" + "\u0301" * 400,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_at_once(shipped: OpenIndex, query: str) -> None:
    started = time.perf_counter()
    answer = shipped.search(Query(query))
    assert time.perf_counter() - started < 2.0
    assert answer.query == query


@given(st.text(max_size=600), st.integers(-5, 10_000))
def test_no_query_raises(shipped: OpenIndex, query: str, limit: int) -> None:
    answer = shipped.search(Query(query, limit=limit))
    for hit in answer.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
        assert all(0 <= start < end <= len(hit.title) for start, end in hit.title_marks)
        assert len(hit.snippet) <= MAX_CHARACTERS
