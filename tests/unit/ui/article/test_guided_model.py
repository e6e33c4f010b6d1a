"""The walk of a guided view: which steps, in which order, from where, and what became of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.model.blocks import Callout, CalloutKind, Paragraph, ParagraphRole, StepList, Table, walk
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.guided_model import GuidedWalk
from kbviewer.ui.article.guided_speech import count_words, end_words, position_words, spoken_step
from kbviewer.ui.article.guided_steps import procedure_at, procedures

TEXT = """---
title: Signing in
uid: kb1
lang: en
---
# Signing in

Words above.

## The account {#account}

> [!div class="kb-prerequisite"]
>
> You need a telephone.

### The password {#password}

To change the password: {#change}

1. Open it. {#open}

2. Change it: {#swap}

   Take your time.

   > [!NOTE]
   > It has two fields.

   1. Type it. {#write}

   2. > [!CAUTION]
      > It cannot be undone.

      Save. {#save}

   Then rest.

> [!div class="kb-result"]
>
> You are signed in.

## The computer {#computer}

Words between.

1. Restart. {#again}

<details id="faq-net"><summary>And the network?</summary>

> [!WARNING]
> Tell the others first.

1. Pull the plug. {#plug}

</details>

Words below. {#below}
"""
DONE, FAILED, SKIPPED = (StepMark(outcome) for outcome in StepOutcome)


class English:
    """The words as they are written."""

    language = "en"

    def gettext(self, text: str, /) -> str:
        return text

    def pgettext(self, context: str, text: str, /) -> str:
        return text

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return singular if number == 1 else plural

    def long_date(self, day: object, /) -> str:
        return str(day)

    def language_name(self, tag: str, /) -> str:
        return tag


@pytest.fixture
def article() -> Article:
    return read_article(TEXT, article_id="kb1", source="kb1/en.md").article


def test_steps_without_sub_steps_are_the_steps_of_a_procedure(article: Article) -> None:
    """They are what is ticked, so they are what is counted."""
    found = procedures(article)

    assert [[step.id for step in procedure.steps] for procedure in found] == [
        ["open", "write", "save"],
        ["again"],
        ["plug"],
    ]
    assert [step.number for step in found[0].steps] == ["1", "2.a", "2.b"]


def test_a_procedure_without_a_title_has_that_of_what_it_stands_in(article: Article) -> None:
    """The head of the view must say what all this is about."""
    assert [procedure.title for procedure in procedures(article)] == [
        "To change the password",
        "The computer",
        "And the network?",
    ]


def test_a_sub_step_stands_below_the_steps_that_it_is_part_of(article: Article) -> None:
    """Alone, "Type it" says nothing."""
    _, write, save = procedures(article)[0].steps

    assert [plain_text(above.runs) for above in write.above] == ["Change it:"]
    assert [plain_text(above.runs) for above in save.above] == ["Change it:"]
    assert [type(block) for block in write.lead] == [Paragraph, Callout]
    assert save.lead == ()


def test_what_a_step_says_after_its_sub_steps_stands_in_the_last_of_them(article: Article) -> None:
    """Nothing of the article is lost on the way."""
    _, write, save = procedures(article)[0].steps

    assert write.blocks == ()
    assert [plain_text(block.runs) for block in save.blocks if isinstance(block, Paragraph)] == ["Then rest."]


def test_guards_stand_before_the_step_that_they_guard(article: Article) -> None:
    """A warning read after the action comes too late."""
    open_it, _, save = procedures(article)[0].steps

    assert open_it.guards == ()
    assert [block.kind for block in save.guards if isinstance(block, Callout)] == [CalloutKind.CAUTION]


def test_prerequisites_hold_for_their_section_and_the_sections_in_it(article: Article) -> None:
    """They are said where the section begins, sometimes far above its procedure."""
    change, restart, plug = procedures(article)

    assert [block.role for block in change.prerequisites if isinstance(block, Paragraph)] == [
        ParagraphRole.PREREQUISITE
    ]
    assert restart.prerequisites == ()
    assert [block.kind for block in plug.prerequisites if isinstance(block, Callout)] == [CalloutKind.WARNING]


def test_what_is_seen_when_a_procedure_has_worked_belongs_to_it(article: Article) -> None:
    """It is the proof that the reader may stop."""
    assert [len(procedure.results) for procedure in procedures(article)] == [1, 0, 0]


def test_a_matrix_in_a_step_is_a_table_and_its_steps_are_left_out() -> None:
    """There is nothing to choose in a single step, but everything to read."""
    text = TEXT.replace(
        "1. Restart. {#again}",
        "1. Restart. {#again}\n\n"
        '   > [!div class="kb-scope"]\n'
        "   >\n"
        "   > | Scope | One | All |\n"
        "   > |---|---|---|\n"
        "   > | Here | [Account](#account) | [Net](#faq-net) |\n",
    )
    article = read_article(text, article_id="kb1", source="kb1/en.md").article

    (step,) = procedures(article)[1].steps

    assert [type(block) for block in step.blocks] == [Table]
    assert not any(isinstance(block, StepList) for block in walk(step.blocks))


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("", 0),
        ("@title", 0),
        ("account", 0),
        ("save", 0),
        ("change@progress", 0),
        ("computer", 1),
        ("plug", 2),
        ("below", 2),
        ("@footer", 2),
        ("unheard-of", 0),
    ],
)
def test_the_procedure_in_view_is_the_one_there_or_the_next_one(
    article: Article, anchor: str, expected: int
) -> None:
    """A reader at a heading wants what follows it, below the last procedure the last."""
    assert procedure_at(article, anchor) == procedures(article)[expected].key


def test_a_walk_begins_at_the_first_untried_step(article: Article) -> None:
    """A resumed call goes on where it stopped."""
    walk_ = GuidedWalk(article, {"open": DONE, "write": FAILED}, "password")

    assert walk_.step is not None
    assert walk_.step.id == "save"


def test_a_walk_through_what_has_all_been_tried_begins_at_its_end(article: Article) -> None:
    """The end says what failed, and leads back to it."""
    walk_ = GuidedWalk(article, dict.fromkeys(("open", "write", "save"), SKIPPED), "password")

    assert walk_.step is None
    assert walk_.next_procedure is procedures(article)[1] or walk_.next_procedure == procedures(article)[1]


def test_prerequisites_are_shown_at_the_first_step_and_where_the_walk_began(article: Article) -> None:
    """Whoever begins in the middle must know them, too; at every step they would be noise."""
    walk_ = GuidedWalk(article, {"open": DONE}, "password")
    shown = []
    for index in range(3):
        walk_.go_to(index)
        shown.append(bool(walk_.prerequisites))

    assert shown == [True, True, False]


def test_another_language_keeps_the_step(article: Article) -> None:
    """The customer is shown the same step."""
    walk_ = GuidedWalk(article, {}, "plug")
    other = read_article(
        TEXT.replace("lang: en", "lang: sv").replace("Pull the plug", "Dra ur sladden"),
        article_id="kb1",
        source="kb1/sv.md",
    ).article

    walk_.replace_article(other)

    assert walk_.step is not None
    assert plain_text(walk_.step.runs) == "Dra ur sladden."


def test_a_step_that_has_gone_gives_way_to_the_one_in_its_place(article: Article) -> None:
    """Files may change under a reader."""
    walk_ = GuidedWalk(article, {}, "change")
    walk_.go_to(2)
    shorter = read_article(TEXT.replace("{#save}", "{#keep}"), article_id="kb1", source="kb1/en.md").article

    walk_.replace_article(shorter)

    assert walk_.step is not None
    assert walk_.step.id == "keep"


@given(st.lists(st.integers(-3, 6), max_size=8))
def test_a_walk_never_leaves_its_procedure(moves: list[int]) -> None:
    """Whatever is pressed."""
    walk_ = GuidedWalk(read_article(TEXT, article_id="kb1", source="x").article, {}, "change")
    for move in moves:
        walk_.go_to(move)
        assert 0 <= walk_.index <= len(walk_.steps)
        assert (walk_.step is None) == (walk_.index == 3)


def test_what_is_said_of_a_step_names_its_warnings_before_its_action(article: Article) -> None:
    """Ears must not learn of a danger after the deed."""
    walk_ = GuidedWalk(article, {}, "change")
    walk_.go_to(2)

    assert spoken_step(walk_, English()) == "Step 3 of 3: Caution: It cannot be undone. Save."
    assert position_words(walk_, English()) == "Step 3 of 3 · To change the password"


def test_the_end_says_what_is_left_and_what_did_not_work(article: Article) -> None:
    """It decides whether to go back or to escalate."""
    walk_ = GuidedWalk(article, {"open": DONE, "write": FAILED}, "change")
    walk_.go_to(9)

    assert end_words(walk_, English()) == "1 step has not been tried yet"
    assert count_words(walk_, English()) == "1 of 3 steps done · 1 failed"
    walk_.replace_marks({"open": DONE, "write": FAILED, "save": SKIPPED})
    assert end_words(walk_, English()) == "All steps are dealt with"
    assert spoken_step(walk_, English()).endswith("1 failed · 1 skipped")


def test_an_article_without_steps_has_no_walk() -> None:
    """The command is greyed out then; nothing breaks if it is called all the same."""
    plain = read_article("---\ntitle: A\nlang: en\n---\n# A\n\nB.\n", article_id="a", source="x").article

    walk_ = GuidedWalk(plain, {})

    assert (walk_.procedure, walk_.step, walk_.steps) == (None, None, ())
