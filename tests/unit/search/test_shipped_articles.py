"""Every article that comes with the program is found in the ways that readers try, in both languages."""

from __future__ import annotations

import re

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article
from kbviewer.model.blocks import block_runs, walk
from kbviewer.model.hits import Hit, Query
from kbviewer.model.inline import Mark
from tests.unit.search.conftest import CONTENT
from tests.unit.search.small_library import OpenIndex

ARTICLES = list(FolderLibrary(CONTENT).all_articles())
NAMES = [f"{article.id}-{article.language}" for article in ARTICLES]


def first(engine: OpenIndex, query: str, language: str) -> Hit:
    hits = engine.search(Query(query, reader_language=language)).hits
    assert hits, query
    return hits[0]


@pytest.mark.parametrize("article", ARTICLES, ids=NAMES)
def test_every_id_form_is_first(shipped: OpenIndex, article: Article) -> None:
    for form in {article.id, article.uid, *article.aliases}:
        hit = first(shipped, form, article.language)
        assert (hit.article, hit.language) == (article.id, article.language)


@pytest.mark.parametrize("article", ARTICLES, ids=NAMES)
def test_the_title_is_first(shipped: OpenIndex, article: Article) -> None:
    hit = first(shipped, article.title, article.language)
    assert (hit.article, hit.language) == (article.id, article.language)
    assert hit.title_marks
    assert article.title not in hit.snippet


@pytest.mark.parametrize("article", ARTICLES, ids=NAMES)
def test_every_long_word_of_the_title_finds_it(shipped: OpenIndex, article: Article) -> None:
    for word in re.findall(r"\w{5,}", article.title):
        hits = shipped.search(Query(word, reader_language=article.language)).hits
        assert article.id in [hit.article for hit in hits], word


@pytest.mark.parametrize("article", ARTICLES, ids=NAMES)
def test_every_quoted_text_finds_it(shipped: OpenIndex, article: Article) -> None:
    quotes = {
        run.text
        for block in walk(article.blocks)
        for run in block_runs(block)
        if run.marks & {Mark.QUOTE, Mark.CODE} and re.search(r"\w{2}", run.text)
    }
    for quote in quotes:
        for query in (f'"{quote}"', quote):
            hits = shipped.search(Query(query, language=article.language)).hits
            assert article.id in [hit.article for hit in hits], query


@pytest.mark.parametrize("article", ARTICLES, ids=NAMES)
def test_every_anchor_is_a_block_of_the_article(shipped: OpenIndex, article: Article) -> None:
    keys = {"", *(block.key for block in walk(article.blocks))}
    for query in ("messenger", "lösenord", "password", "möte", "meeting", "steg", "kod"):
        for hit in shipped.search(Query(query, language=article.language)).hits:
            assert hit.article != article.id or hit.anchor in keys


@pytest.mark.parametrize("word", "lösenord lösenordet lösenorden möte mötet möten".split())
def test_inflected_forms_find_the_same_articles(shipped: OpenIndex, word: str) -> None:
    base = "lösenord" if word.startswith("lös") else "möte"
    expected = {hit.article for hit in shipped.search(Query(f"{base} ")).hits}
    assert expected
    assert expected <= {hit.article for hit in shipped.search(Query(f"{word} ")).hits}


@pytest.mark.parametrize(
    "query", ["telefonnumret", "telefonnummer", "inloggningen", "e-postadress", "epostadress"]
)
def test_words_in_any_form_have_hits_with_marks(shipped: OpenIndex, query: str) -> None:
    hit = first(shipped, query, "sv")
    assert hit.marks or hit.title_marks


def test_missing_diacritics_find_the_word(shipped: OpenIndex) -> None:
    assert "kb307294" in [hit.article for hit in shipped.search(Query("losenord")).hits]


def test_an_english_message_opens_the_swedish_text_where_it_stands(shipped: OpenIndex) -> None:
    hit = first(shipped, "server not responding", "sv")
    assert (hit.article, hit.language, hit.found_in) == ("kb307294", "sv", "en")
    assert "Server Not Responding" in hit.snippet
    assert all(hit.found_in == "en" for hit in shipped.search(Query("password")).hits)


def test_the_section_about_passwords_is_first(shipped: OpenIndex) -> None:
    hit = first(shipped, "lösenord", "sv")
    assert (hit.article, hit.anchor) == ("kb307294", "password")
