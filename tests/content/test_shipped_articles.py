"""Every shipped article: sound, complete in both languages, with the metadata of its source.

Tests are named after the rows of the list of source elements; what widgets make of a row is tested with them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from kbviewer.content.check import check_path
from kbviewer.content.export import as_markdown
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.reader import read_article
from kbviewer.model.article import ArticleState, TranslationMethod, outline
from kbviewer.model.blocks import (
    Heading,
    Paragraph,
    ParagraphRole,
)
from kbviewer.model.inline import LinkKind
from tests.content.looking import (
    ACCOUNT,
    ARTICLES,
    MEETINGS,
    MESSENGER,
    REGISTER,
    all_of,
    both_languages,
    every_article,
    runs,
    text,
)


def test_the_check_finds_nothing() -> None:
    report = check_path(Path(__file__).parents[2] / "content")

    assert [problem.render(str) for problem in report.problems] == []
    assert report.files == 2 * len(ARTICLES)


def test_the_library_holds_the_articles_in_both_languages(library: FolderLibrary) -> None:
    assert {entry.id: set(entry.variants) for entry in library.entries()} == {
        name: {"sv", "en"} for name in ARTICLES
    }
    assert library.problems() == ()
    assert list(library.languages()) == ["sv", "en"]


@every_article
@both_languages
def test_element_01_and_06_chrome_of_the_old_site_is_not_in_the_text(
    library: FolderLibrary, name: str, language: str
) -> None:
    shown = text(library.article(name, language)).casefold()

    for chrome in ("arbetar offline", "currently offline", "överst på sidan", "back to the top", "visa alla"):
        assert chrome not in shown


@both_languages
def test_element_02_titles_carry_part_number_and_faq_suffix(library: FolderLibrary, language: str) -> None:
    part = library.article(REGISTER, language).title
    faq = library.article(ACCOUNT, language).title

    assert re.search(r"\b[Dd]el 2\b" if language == "sv" else r"\bPart 2\b", part)
    assert faq.endswith("Vanliga frågor och svar" if language == "sv" else "Frequently asked questions")


@every_article
@both_languages
def test_element_03_every_article_has_a_lead(library: FolderLibrary, name: str, language: str) -> None:
    first = library.article(name, language).blocks[0]

    assert isinstance(first, Paragraph)
    assert first.role is ParagraphRole.LEAD


@every_article
def test_element_04_headings_have_the_same_anchors_in_both_languages(
    library: FolderLibrary, name: str
) -> None:
    swedish, english = (outline(library.article(name, language)) for language in ("sv", "en"))

    assert [(entry.anchor, entry.level) for entry in swedish] == [
        (entry.anchor, entry.level) for entry in english
    ]
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", entry.anchor) for entry in swedish)


@both_languages
def test_element_04_messenger_has_nine_sections_under_more_information(
    library: FolderLibrary, language: str
) -> None:
    headings = all_of(library.article(MESSENGER, language), Heading)

    assert [(heading.level, heading.key) for heading in headings] == [
        (2, "more-information"),
        (3, "typical-issues"),
        (3, "net-passport"),
        (3, "net-passport-issues"),
        (3, "first-sign-in"),
        (3, "manual-sign-in"),
        (3, "automatic-sign-in"),
        (3, "lan"),
        (3, "firewall-nat"),
        (3, "password"),
    ]


@both_languages
def test_element_07_08_states(library: FolderLibrary, language: str) -> None:
    states = {name: library.article(name, language).state for name in ARTICLES}

    assert states[MESSENGER] is ArticleState.UNSUPPORTED
    assert states[REGISTER] is ArticleState.ARCHIVED


@both_languages
def test_element_09_end_of_support(library: FolderLibrary, language: str) -> None:
    end = library.article(REGISTER, language).support_end

    assert end is not None
    assert (end.product, end.day) == ("Windows XP", date(2014, 4, 8))


@both_languages
def test_element_10_review_dates_and_revisions(library: FolderLibrary, language: str) -> None:
    messenger, register = (library.article(name, language) for name in (MESSENGER, REGISTER))

    assert messenger.last_reviewed == datetime(2005, 8, 5, 11, 1, 47)  # noqa: DTZ001 - no zone in the source
    assert register.last_reviewed == datetime(2015, 12, 9, 2, 45, 29)  # noqa: DTZ001
    assert (messenger.revision, register.revision) == ("5.0", "1.4")


@pytest.mark.parametrize("reference", ["KB307294", "Q307294", "307294", "kb307294"])
def test_element_11_legacy_ids_find_the_article(library: FolderLibrary, reference: str) -> None:
    assert library.resolve(reference).id == MESSENGER


@both_languages
def test_element_12_products(library: FolderLibrary, language: str) -> None:
    assert library.article(MESSENGER, language).applies_to == (
        "Microsoft Windows Messenger 4.0",
        "Microsoft Windows Messenger 4.5",
        "Microsoft Windows Messenger 4.6",
    )
    assert library.article(REGISTER, language).applies_to == (
        "Microsoft Windows XP Home Edition Service Pack 2 (SP2)",
        "Microsoft Windows XP Professional Service Pack 2 (SP2)",
        "Microsoft Windows XP Home Edition",
        "Microsoft Windows XP Professional",
    )


@both_languages
def test_element_13_keywords(library: FolderLibrary, language: str) -> None:
    messenger = {
        *library.article(MESSENGER, language).keywords,
        *library.article(MESSENGER, language).aliases,
    }
    register = {*library.article(REGISTER, language).keywords, *library.article(REGISTER, language).aliases}

    assert messenger >= {"kbenv", "kbinfo", "kbnetwork", "KB307294"}
    assert register >= {"kbnosurvey", "kbarchive", "kbhowto", "KB902534"}


def test_element_15_provenance_is_stated(library: FolderLibrary) -> None:
    english = library.article(REGISTER, "en").translation
    swedish = library.article(REGISTER, "sv").translation

    assert english is not None
    assert (english.source_language, english.method) == ("de", TranslationMethod.HUMAN)
    assert swedish is not None
    assert (swedish.source_language, swedish.method) == ("en", TranslationMethod.EDITORIAL)
    for name in (ACCOUNT, MEETINGS):
        written = library.article(name, "en").translation
        assert written is not None
        assert (written.source_language, written.method) == ("sv", TranslationMethod.EDITORIAL)


@both_languages
def test_element_16_what_the_source_does_not_say_is_unknown(library: FolderLibrary, language: str) -> None:
    for name in (ACCOUNT, MEETINGS):
        article = library.article(name, language)
        assert article.last_reviewed is None
        assert article.revision == ""
        assert article.applies_to is None


@both_languages
def test_element_18_still_need_help(library: FolderLibrary, language: str) -> None:
    offer = library.article(MEETINGS, language).help_offer

    assert offer is not None
    assert offer.label == "Microsoft Community"


@both_languages
def test_element_19_part_of_a_guide_in_four_parts(library: FolderLibrary, language: str) -> None:
    part = library.article(REGISTER, language).part

    assert part is not None
    assert (part.number, len(part.titles)) == (2, 4)


@both_languages
def test_element_20_related_articles_that_the_library_lacks_have_titles(
    library: FolderLibrary, language: str
) -> None:
    links = [run.link for run in runs(library.article(REGISTER, language)) if run.link]
    absent = [link.target for link in links if link.kind is LinkKind.ARTICLE]

    assert len(absent) == 3
    assert all(library.absent_title(target, language) for target in absent)


@every_article
@both_languages
def test_exported_markdown_reads_back_as_the_same_article(
    library: FolderLibrary, name: str, language: str
) -> None:
    article = library.article(name, language)

    again = read_article(as_markdown(article), article_id=article.id, source=article.source).article

    assert re.sub(r"line=\d+", "", repr(again)) == re.sub(r"line=\d+", "", repr(article))
