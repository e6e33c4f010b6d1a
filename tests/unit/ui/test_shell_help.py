"""What a reader is told when the program itself cannot help."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    BulletList,
    Heading,
    ListRole,
    MatrixCell,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    Target,
)
from kbviewer.model.cases import StepMark, StepOutcome
from kbviewer.model.inline import Link, LinkKind, Run
from kbviewer.ui.shell.help_summary import build_summary, triage_questions
from kbviewer.ui.shell.link_notice import describe_link


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def done(*steps: str) -> dict[str, StepMark]:
    return dict.fromkeys(steps, StepMark(StepOutcome.DONE))


def article() -> Article:
    cell = MatrixCell("Client", (Target("Client", "client"),))
    sub = StepList(key="sub", steps=(Step("a", "a", runs("Sub-step a")), Step("b", "b", runs("Sub-step b"))))
    return Article(
        id="kb1",
        language="en",
        title="Cannot join",
        revision="5.0",
        blocks=(
            ScopeMatrix(key="scope", rows=("one", "many"), columns=("user",), cells=((cell,), (cell,))),
            BulletList(
                key="triage",
                items=((Paragraph(runs=runs("Since when?")),), (Paragraph(runs=runs("Who else?")),)),
                role=ListRole.TRIAGE,
            ),
            Heading(key="client", level=2, runs=runs("The client")),
            StepList(
                key="steps",
                steps=(Step("1", "1", runs("Restart")), Step("2", "2", runs("Check"), (), (sub,))),
            ),
        ),
    )


def test_element_18_the_summary_says_article_revision_scope_and_ticked_steps() -> None:
    """It is all that a helper asks first, and nothing has to be typed."""
    text = build_summary(
        article(), done("1", "a"), lambda key: (1, 0) if key == "scope" else (None, None), str
    )
    assert "Cannot join (kb1, en)" in text
    assert "Revision: 5.0" in text
    assert "Scope: many · user → Client" in text
    assert "Steps done: 2 of 3" in text
    assert "The client\n  [x] 1. Restart\n  [x] a. Sub-step a\n" in text
    assert "[x] b." not in text


def test_the_summary_says_what_failed_and_what_was_skipped() -> None:
    """What has been tried in vain is the first thing that a helper needs to know."""
    marks = {
        "1": StepMark(StepOutcome.FAILED, "It hangs\nat 40 %"),
        "a": StepMark(StepOutcome.SKIPPED),
        "b": StepMark(StepOutcome.DONE, "took long"),
    }
    text = build_summary(article(), marks, lambda key: (None, None), str)
    assert "Steps done: 1 of 3" in text
    assert "  [!] 1. Restart – failed: It hangs at 40 %\n" in text
    assert "  [-] a. Sub-step a – skipped\n  [x] b. Sub-step b – took long\n" in text


def test_element_30_the_triage_questions_feed_the_summary() -> None:
    """They are what support asks for before it helps."""
    assert triage_questions(article()) == ("Since when?", "Who else?")
    assert "- Since when?" in build_summary(article(), {}, lambda key: (None, None), str)


def test_a_choice_beyond_the_matrix_is_left_out() -> None:
    """The article may have been edited since the choice was made."""
    text = build_summary(article(), {}, lambda key: (7, 3), str)
    assert "Scope" not in text


def test_element_51_an_external_address_is_shown_to_copy() -> None:
    """The program never opens it by itself."""
    notice = describe_link(Link(LinkKind.EXTERNAL, "https://example.org/a"), "", str)
    assert notice.address == "https://example.org/a"
    assert not notice.search_for


def test_element_48_an_absent_article_is_named_by_its_title() -> None:
    """A number tells the reader nothing."""
    notice = describe_link(Link(LinkKind.ARTICLE, "902534"), "Chatting, part 1", str)
    assert "Chatting, part 1" in notice.sentence
    assert notice.search_for == "Chatting, part 1"


def test_element_49_a_work_known_by_title_is_offered_to_the_search() -> None:
    """The source names it without an address."""
    notice = describe_link(Link(LinkKind.SEARCH, "How to reset"), "", str)
    assert notice.search_for == "How to reset"


def test_element_52_a_link_that_the_source_lost_says_so() -> None:
    """Nothing is invented in its place."""
    notice = describe_link(Link(LinkKind.MISSING), "", str)
    assert notice.title == "Link missing in the source"
    assert not notice.address
