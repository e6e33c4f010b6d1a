"""What stands in the columns: marks for what is lacking, the language, the older text, the matches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.fallback import fill_missing
from kbviewer.model.article import Article, Translation, TranslationMethod
from kbviewer.model.blocks import Block, walk, walk_steps
from kbviewer.ui.article.absent import Absent
from kbviewer.ui.article.beside_absent import with_absent
from kbviewer.ui.article.beside_age import is_earlier, outdated
from kbviewer.ui.article.beside_choice import RightLanguage
from kbviewer.ui.article.beside_find import RowMatches
from kbviewer.ui.article.find import Found
from tests.support.reading import blocks


def _article(text: str, language: str) -> Article:
    return Article(id="kb1", language=language, title="T", blocks=blocks(text))


def _columns(swedish: str, english: str) -> tuple[Article, Article]:
    """Return the columns as they come from a library, which fills gaps from the other language."""
    left, right = _article(swedish, "sv"), _article(english, "en")
    left, right = fill_missing(left, right), fill_missing(right, left)
    return with_absent(left, right, leads=True), with_absent(right, left, leads=False)


def _marks(article: Article) -> list[str]:
    return [block.key for block in walk(article.blocks) if isinstance(block, Absent)]


def _keys(article: Article) -> list[str]:
    keys: list[str] = []

    def add(children: tuple[Block, ...]) -> None:
        keys.extend(block.key for block in walk(children))

    add(article.blocks)
    return keys


SAME = "# T\n\nText.\n\n## A {#a}\n\n1. One. {#one}\n2. Two. {#two}\n\n- x\n- y\n"


def test_texts_that_agree_get_no_marks() -> None:
    """Nothing is lacking."""
    left, right = _columns(SAME, SAME)

    assert left.blocks == blocks(SAME)
    assert _marks(right) == []


def test_a_section_that_only_one_text_has_is_marked_once() -> None:
    """One quiet mark for the whole section, where it would stand."""
    extra = SAME + "\n## B {#b}\n\nMore.\n\nStill more.\n"

    left, right = _columns(SAME, extra)

    assert _marks(left) == ["b"]
    assert _marks(right) == []
    assert [key for key in _keys(right) if key.startswith("b")] == ["b", "b/p1", "b/p2"]


def test_what_the_library_took_from_the_other_language_becomes_a_mark() -> None:
    """The original stands beside it; shown twice, it would look like a translation."""
    english = (
        "# T\n\nText.\n\n## A {#a}\n\n1. One. {#one}\n2. Middle. {#middle}\n3. Two. {#two}\n\n- x\n- y\n"
    )

    left, right = _columns(SAME, english)

    assert _marks(left) == ["middle"]
    assert [step.id for step in walk_steps(left.blocks)] == ["one", "two"]
    assert all(not block.language for block in walk(left.blocks))
    assert _marks(right) == []


def test_a_step_has_the_same_number_in_both_columns() -> None:
    """A technician says "step 3" to a customer who reads the other column."""
    swedish = "# T\n\n## A {#a}\n\n1. One. {#one}\n2. Ours. {#ours}\n3. Last. {#last}\n"
    english = "# T\n\n## A {#a}\n\n1. One. {#one}\n2. Last. {#last}\n3. Theirs. {#theirs}\n"

    left, right = _columns(swedish, english)

    assert {step.id: step.number for step in walk_steps(left.blocks)} == {
        "one": "1",
        "ours": "2",
        "last": "3",
    }
    assert {step.id: step.number for step in walk_steps(right.blocks)} == {
        "one": "1",
        "last": "3",
        "theirs": "4",
    }
    assert (_marks(left), _marks(right)) == (["theirs"], ["ours"])


def test_a_first_step_that_is_lacking_is_marked_above_the_procedure() -> None:
    """There is no step before it to hang the mark on."""
    left, _ = _columns(
        "# T\n\n## A {#a}\n\n1. Two. {#two}\n", "# T\n\n## A {#a}\n\n1. One. {#one}\n2. Two. {#two}\n"
    )

    assert [type(block).__name__ for block in left.blocks] == ["Heading", "Absent", "StepList"]


def test_marks_stand_in_the_same_order_in_both_columns() -> None:
    """Else the rows of two sections that lack each other would cross."""
    swedish = "# T\n\n## A {#a}\n\nText.\n\n## Ours {#ours}\n\nText.\n\n## Z {#z}\n\nText.\n"
    english = "# T\n\n## A {#a}\n\nText.\n\n## Theirs {#theirs}\n\nText.\n\n## Z {#z}\n\nText.\n"

    left, right = _columns(swedish, english)

    order = [key for key in _keys(left) if key in ("ours", "theirs")]
    assert order == ["ours", "theirs"]
    assert [key for key in _keys(right) if key in ("ours", "theirs")] == order


def test_a_part_that_stands_elsewhere_is_not_called_lacking() -> None:
    """It is there; only the order differs."""
    swedish = "# T\n\n## A {#a}\n\nText.\n\n## B {#b}\n\nText.\n"
    english = "# T\n\n## B {#b}\n\nText.\n\n## A {#a}\n\nText.\n"

    left, right = _columns(swedish, english)

    assert _marks(left) == _marks(right) == []


def test_items_and_answers_that_are_shorter_get_their_marks_inside() -> None:
    """The mark stands where the text would."""
    swedish = "# T\n\n- x\n- y\n\n<details id='q'><summary>Q</summary>\n\nOne.\n\nTwo.\n\n</details>\n"
    english = "# T\n\n- x\n\n<details id='q'><summary>Q</summary>\n\nOne.\n\n</details>\n"

    _, right = _columns(swedish, english)

    assert _marks(right) == ["s0/l1/2/p1", "q/p2"]


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_no_block_of_a_text_is_lost(mine: list[str], theirs: list[str]) -> None:
    """Marks are added; what the text has stays, in its order."""
    own, other = ("\n\n".join(["# T", *(f"## {key} {{#{key}}}" for key in keys)]) for keys in (mine, theirs))
    left, right = _article(own, "sv"), _article(other, "en")

    column = with_absent(left, right, leads=True)

    assert tuple(block for block in column.blocks if not isinstance(block, Absent)) == left.blocks
    assert set(_marks(column)) <= set(theirs) - set(mine)


@pytest.mark.parametrize(
    ("revision", "than", "earlier"),
    [
        ("4.9", "4.10", True),
        ("5.0", "5", False),
        ("5.0", "5.0", False),
        ("6", "5.2", False),
        ("", "5.0", False),
        ("4", "", False),
        ("r12", "r13", True),
    ],
)
def test_revisions_are_compared_as_numbers(revision: str, than: str, earlier: bool) -> None:
    """4.9 comes before 4.10; nothing is claimed where one of them is unknown."""
    assert is_earlier(revision, than) is earlier


def test_the_translation_of_an_earlier_revision_is_the_older_text() -> None:
    """Whichever column it stands in."""
    original = replace(_article(SAME, "sv"), revision="5.0")
    translation = replace(
        _article(SAME, "en"), translation=Translation("sv", TranslationMethod.HUMAN, revision="4.0")
    )

    for found in (outdated(original, translation), outdated(translation, original)):
        assert found is not None
        assert found.translation.language == "en"
    assert outdated(replace(original, revision="4.0"), translation) is None
    assert outdated(replace(original, language="de"), translation) is None


def test_the_columns_swap_when_the_left_one_comes_to_speak_the_right_language() -> None:
    """The reader switches to English to show the customer; Swedish must not go."""
    language = RightLanguage()

    assert language.beside("sv", ("sv", "en", "de"), ("sv", "en", "de")) == "en"
    assert language.beside("en", ("sv", "en", "de"), ("sv", "en", "de")) == "sv"


def test_a_chosen_language_stays_for_the_next_article() -> None:
    """Even where the article lacks it: the column says so."""
    language = RightLanguage()
    language.choose("de")

    assert language.beside("sv", ("sv", "en", "de"), ("sv", "en", "de")) == "de"
    assert language.beside("sv", ("sv", "en"), ("sv", "en", "de")) == "de"
    assert language.offered("sv", ("sv", "en"), ("sv", "en", "de")) == ("en", "de")


def test_a_library_of_one_language_has_nothing_to_put_beside() -> None:
    """The column says that, too."""
    assert RightLanguage().beside("sv", ("sv",), ("sv",)) == ""


def test_matches_go_row_by_row_the_left_one_first() -> None:
    """As the eye goes; around the ends."""
    matches = RowMatches()
    matches.start(([(5, 7), (30, 32)], [(2, 4), (50, 52)]), ([(0, 0), (20, 2)], [(0, 0), (40, 1)]), 1)

    order = []
    for _ in range(5):
        current = matches.current
        assert current is not None
        order.append((current.row, current.side, matches.found))
        matches.step(forward=True)

    assert order == [
        (1, 1, Found(3, 4)),
        (2, 0, Found(4, 4)),
        (0, 0, Found(1, 4)),
        (0, 1, Found(2, 4)),
        (1, 1, Found(3, 4)),
    ]
    matches.start(([], []), ([(0, 0)], [(0, 0)]), 0)
    assert matches.current is None
    assert matches.found == Found(0, 0)
