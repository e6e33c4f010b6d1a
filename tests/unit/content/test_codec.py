"""Articles survive the cache's form, and damage to it is one kind of error."""

from __future__ import annotations

import copy
import json
import random
from datetime import date, datetime
from typing import Any

import pytest

from kbviewer.content.codec import decode, encode
from kbviewer.model import blocks as b
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
from kbviewer.model.inline import Link, LinkKind, Mark, Run

RUNS = (
    Run("Klicka på "),
    Run("OK", frozenset({Mark.STRONG, Mark.CODE})),
    Run("här", link=Link(LinkKind.ARTICLE, "902534", "register")),
    Run("NAT", tip="Förklaring", language="en", image="media/a.png"),
)
TARGET = (b.Target("Nätverk", "network"),)


def every_block() -> tuple[b.Block, ...]:
    """One of each kind, nested where it can be."""
    note = b.Callout(key="c", kind=b.CalloutKind.BOUNDARY, blocks=(b.Paragraph(key="p", runs=RUNS),))
    inner = b.StepList(key="n2", steps=(b.Step("s2", "a", RUNS),))
    step = b.Step("s1", "1", RUNS, guards=(note,), blocks=(inner, note), line=7, language="en")
    cell = b.MatrixCell("Nätverk", TARGET)
    return (
        b.Heading(key="h", line=3, language="en", level=2, runs=RUNS),
        b.Paragraph(key="p1", runs=RUNS, role=b.ParagraphRole.RESULT),
        b.BulletList(key="l", items=((b.Paragraph(key="p2", runs=RUNS), note), ()), role=b.ListRole.TRIAGE),
        b.StepList(key="n", steps=(step,), title=RUNS),
        note,
        b.ScopeMatrix(key="m", rows=("r",), columns=("c", "d"), cells=((cell, cell),), question="Fråga"),
        b.SymptomTable(
            key="y", headers=("a", "b", "c"), rows=(b.SymptomRow(RUNS, "Nätverk", TARGET, fallback=True),)
        ),
        b.Faq(key="q", question=RUNS, blocks=(note,)),
        b.Table(key="t", header=(RUNS, ()), rows=((RUNS, RUNS),)),
        b.Code(key="x", text="a\nb", syntax="sh"),
        b.Figure(key="f", source="media/a.png", caption=RUNS, kind=b.FigureKind.VIDEO, alt="bild"),
        b.Rule(key="r"),
    )


FULL = Article(
    id="kb307294",
    language="sv",
    title="Rubrik",
    blocks=every_block(),
    uid="kb307294",
    aliases=("Q307294",),
    description="En mening",
    state=ArticleState.UNSUPPORTED,
    applies_to=("Windows XP",),
    keywords=("kbinfo",),
    last_reviewed=datetime(2005, 8, 5, 11, 1, 47),  # noqa: DTZ001 - the source states no zone
    revision="5.0",
    translation=Translation("en", TranslationMethod.EDITORIAL, "5.0", "kbviewer", "de"),
    part=Part("guide", "Guide", 2, ("a", "b")),
    support_end=SupportEnd("Windows XP", date(2014, 4, 8)),
    help_offer=HelpOffer("Forum", "https://example.com"),
    topic="sign-in",
    source="kb307294/sv.md",
)


@pytest.mark.parametrize("article", [FULL, Article(id="x", language="en", title="", blocks=())])
def test_an_article_survives_json(article: Article) -> None:
    assert decode(json.loads(json.dumps(encode(article)))) == article


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) inside `value`."""
    pairs: list[tuple[Any, Any]]
    if isinstance(value, dict):
        pairs = [(value, key) for key in value]
    elif isinstance(value, list):
        pairs = [(value, index) for index in range(len(value))]
    else:
        return []
    return pairs + [place for container, key in pairs for place in _places(container[key])]


def test_damage_of_any_kind_is_a_content_error() -> None:
    """A disk may return anything; what decodes must at least be made of the right types."""
    whole = json.loads(json.dumps(encode(FULL)))
    chance = random.Random(1)
    refused = 0
    for _ in range(3000):
        damaged = copy.deepcopy(whole)
        container, key = chance.choice(_places(damaged))
        container[key] = chance.choice([None, 1, -1, "x", [], {}, [[]], [None], 10**30, True])
        try:
            article = decode(damaged)
        except ContentError:
            refused += 1
        else:
            json.dumps(encode(article))
    assert refused > 1000


@pytest.mark.parametrize("data", [{}, {"format": 0}, {"format": None}])
def test_another_format_is_a_content_error(data: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        decode(data)


def test_endless_nesting_is_a_content_error() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [["c", "k", 0, "", "note", deep]]
    data = encode(Article(id="x", language="en", title="t", blocks=()))

    with pytest.raises(ContentError):
        decode({**data, "blocks": deep})
