"""What only another language has is shown in it, at its place, and nothing is shown twice."""

from __future__ import annotations

from kbviewer.content.fallback import fill_missing
from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.model.blocks import Faq, Heading, StepList, walk, walk_steps


def article(text: str, language: str) -> Article:
    return read_article(text, article_id="x", source=f"x/{language}.md", language=language).article


EN = """# Title

Lead.

## One {#one}

How to: {#proc}

1. First {#first}

   1. Below {#below}
   2. Below too {#below-too}
2. Second {#second}
3. Third {#third}

## Two {#two}

Text.

### Inside two {#inside}

Text.

<details id="faq-a"><summary>A?</summary>

Yes.

### Answer part {#answer-part}

Text.

</details>

<details id="faq-b"><summary>B?</summary>

No.

</details>

## Three {#three}

Text.
"""


def headings(shown: Article) -> list[tuple[str, str]]:
    return [(block.key, block.language) for block in walk(shown.blocks) if isinstance(block, Heading)]


def test_equal_structure_is_left_alone() -> None:
    swedish = article(EN, "sv")

    assert fill_missing(swedish, article(EN, "en")) is swedish


def test_a_missing_section_stands_at_its_place() -> None:
    swedish = article(EN.replace("## Two {#two}\n\nText.\n", ""), "sv")

    shown = fill_missing(swedish, article(EN, "en"))

    assert headings(shown) == [("one", ""), ("two", "en"), ("inside", ""), ("answer-part", ""), ("three", "")]


def test_missing_steps_and_sub_steps_stand_at_their_places_with_their_numbers() -> None:
    text = EN.replace("2. Second {#second}\n", "").replace("   1. Below {#below}\n", "")
    shown = fill_missing(article(text, "sv"), article(EN, "en"))

    (procedure,) = [block for block in shown.blocks if isinstance(block, StepList)]
    assert [(step.id, step.number, step.language) for step in procedure.steps] == [
        ("first", "1", ""),
        ("second", "2", "en"),
        ("third", "3", ""),
    ]
    below = [(step.id, step.language) for step in walk_steps(procedure.steps[0].blocks)]
    assert below == [("below", "en"), ("below-too", "")]


def test_a_missing_question_and_a_missing_part_of_an_answer_are_filled_in() -> None:
    start = EN.index('<details id="faq-b">')
    end = EN.index("## Three")
    text = (EN[:start] + EN[end:]).replace("### Answer part {#answer-part}\n\nText.\n", "")

    shown = fill_missing(article(text, "sv"), article(EN, "en"))

    questions = [block for block in shown.blocks if isinstance(block, Faq)]
    assert [(block.key, block.language) for block in questions] == [("faq-a", ""), ("faq-b", "en")]
    assert ("answer-part", "en") in headings(shown)


def test_a_procedure_that_was_lost_is_taken_from_the_other_language() -> None:
    start, end = EN.index("How to:"), EN.index("## Two")

    shown = fill_missing(article(EN[:start] + "Text.\n\n" + EN[end:], "sv"), article(EN, "en"))

    (procedure,) = [block for block in shown.blocks if isinstance(block, StepList)]
    assert (procedure.key, procedure.language) == ("proc", "en")


def test_articles_without_common_ids_are_never_mixed() -> None:
    """Documentation without ids would be shown twice, once in each language."""
    first = article("# T\n\n## Ett\n\nText.\n\n## Två\n\nText.\n", "sv")
    second = article("# T\n\n## One\n\nText.\n\n## Two\n\nText.\n\n## Three\n\nText.\n", "en")
    other_ids = article("# T\n\n## One {#a}\n\nText.\n", "en")

    assert fill_missing(first, second) is first
    assert fill_missing(first, other_ids) is first


def test_nothing_is_shown_twice_when_it_only_stands_elsewhere() -> None:
    moved = "# T\n\n## Three {#three}\n\nText.\n\n" + EN[EN.index("## One") : EN.index("## Three")]

    shown = fill_missing(article(moved, "sv"), article(EN, "en"))

    assert [key for key, _ in headings(shown)].count("three") == 1
