"""Front matter: what is understood, what is complained about, what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.article import (
    Article,
    ArticleState,
    HelpOffer,
    Part,
    SupportEnd,
    Translation,
    TranslationMethod,
)
from kbviewer.model.errors import ContentError


def read(front: str, language: str = "sv") -> ReadResult:
    return read_article(f"---\n{front}\n---\n# T\n", article_id="kb1", source="kb1/sv.md", language=language)


def article(front: str, language: str = "sv") -> Article:
    """Return the article of front matter that has nothing wrong with it."""
    result = read(front, language)
    assert result.problems == ()
    return result.article


def test_our_own_keys() -> None:
    found = article("""\
uid: kb902534
lang: en
description: One sentence.
appliesto: [Windows XP Home, Windows XP Professional]
keywords: [kbenv, kbinfo]
kb.topic: messenger-setup
kb.aliases: [KB902534, Q902534]
kb.reviewed: 2015-12-09T02:45:29
kb.revision: "1.4"
kb.state: archived
kb.support_end: {product: Windows XP, date: 2014-04-08}
kb.part: {guide: chat, title: Chatting, number: 2, parts: [Introduction, Registering]}
kb.help: {label: Community, url: "https://answers.example.com"}
translation: {from: sv, revision: "1.4", by: kbviewer, method: editorial, origin: de}""")

    assert found.uid == "kb902534"
    assert found.language == "en"
    assert found.description == "One sentence."
    assert found.applies_to == ("Windows XP Home", "Windows XP Professional")
    assert found.keywords == ("kbenv", "kbinfo")
    assert found.topic == "messenger-setup"
    assert found.aliases == ("KB902534", "Q902534")
    assert found.last_reviewed == datetime(2015, 12, 9, 2, 45, 29)  # noqa: DTZ001 - the model's are naive
    assert found.revision == "1.4"
    assert found.state is ArticleState.ARCHIVED
    assert found.support_end == SupportEnd("Windows XP", date(2014, 4, 8))
    assert found.part == Part("chat", "Chatting", 2, ("Introduction", "Registering"))
    assert found.help_offer == HelpOffer("Community", "https://answers.example.com")
    assert found.translation == Translation("sv", TranslationMethod.EDITORIAL, "1.4", "kbviewer", "de")


def test_what_is_not_said_is_unknown() -> None:
    found = article("title: T")

    assert found.applies_to is None
    assert found.last_reviewed is None
    assert found.translation is None
    assert (found.uid, found.revision, found.language) == ("", "", "sv")


def test_without_any_language_it_is_undetermined() -> None:
    assert article("title: T", language="").language == "und"


def test_names_of_docfx_and_experience_league() -> None:
    found = article("""\
exl-id: 8f9a
ms.date: 04/30/2024
ht-degree: 0%
product: Commerce, Experience Cloud
keywords: cron, cache
feature: Install""")

    assert found.uid == "8f9a"
    assert found.last_reviewed == datetime(2024, 4, 30)  # noqa: DTZ001 - the model's are naive
    assert found.applies_to == ("Commerce", "Experience Cloud")
    assert found.keywords == ("cron", "cache")
    assert found.translation == Translation("en", TranslationMethod.MACHINE)


def test_products_lose_their_icons_and_markup() -> None:
    found = article(
        'appliesto:\n- ✅ <a href="https://x.example" target=_blank>Windows 11</a>\n- ⬤ Server 2022'
    )

    assert found.applies_to == ("Windows 11", "Server 2022")


def test_a_translation_by_people_says_so() -> None:
    found = article("ms.translationtype: HT")

    assert found.translation == Translation("en", TranslationMethod.HUMAN)


def test_revisions_need_no_quotation_marks() -> None:
    assert article("kb.revision: 5.0").revision == "5.0"


@pytest.mark.parametrize(
    "line",
    [
        "kb.state: retired",
        "kb.reviewed: yesterday",
        "kb.part: 2",
        "kb.part: {number: two}",
        "kb.support_end: {product: XP, date: soon}",
        "kb.help: {label: a, url: 'javascript:x'}",
        "translation: {from: sv, method: magic}",
        "uid: [a]",
        "keywords: {a: b}",
    ],
)
def test_a_value_without_meaning_is_a_problem_on_its_line(line: str) -> None:
    result = read("title: T\n" + line)

    assert [(problem.kind, problem.line) for problem in result.problems] == [("front-matter", 3)]


def test_unknown_keys_are_ignored() -> None:
    article("author: someone\nms.topic: {a: [b]}")


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: a: b", 2),
        ("title: A\nlist: [a", 4),
        ("title: A\n\tb: c", 3),
        ("a: &x 1", 2),
        ("a: 1\nb: *x", 3),
        ("a: !!python/object:os.system x", 2),
        ("a: !!str 1", 2),
        ("a: {<<: {b: c}}", 2),
        ("a: " + "[" * 13 + "]" * 13, 2),
        ("a: " + "[" * 5000, 2),
        ("a: 2014-13-45", 1),
        ("? [a, b]\n: c", 2),
    ],
)
def test_yaml_that_is_broken_or_dangerous_is_refused_with_its_line(front: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        read(front)

    assert str(caught.value.what).startswith(f"kb1/sv.md:{line}: ")
    assert caught.value.remedy is not None


def test_more_front_matter_than_anyone_writes_is_refused() -> None:
    with pytest.raises(ContentError):
        read("a: " + "x" * 70_000)


def test_the_greatest_depth_allowed_is_read() -> None:
    article("a: " + "[" * 11 + "]" * 11)


@pytest.mark.parametrize("text", ["---\ntitle: A\n\n# T\n", "---\n\nText\n\n---\n\nText\n"])
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert read_article(text, article_id="a", source="a/sv.md").article.blocks


def test_front_matter_that_is_no_mapping_is_shown_and_reported() -> None:
    result = read("bara text")

    assert [problem.kind for problem in result.problems] == ["front-matter"]
    assert "bara text" in str(result.article.blocks)
