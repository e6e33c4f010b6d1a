"""Which texts of a file a translator gets, and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.folder_scan import scan
from kbviewer.content.translation.file_lines import join_lines, split_lines
from kbviewer.content.translation.unit_reader import read_units
from kbviewer.content.translation.units import Unit, UnitKind
from tests.support.translating import ORIGINAL, TRANSLATION

SHIPPED = Path(__file__).parents[4] / "content"


def units(text: str) -> dict[str, Unit]:
    found = read_units(text, article_id="kb1", source="kb1/en.md", language="en").units
    assert len({unit.key for unit in found}) == len(found)
    return {unit.key: unit for unit in found}


def body(text: str) -> list[tuple[str, str]]:
    return [(key, unit.text) for key, unit in units(f"# T\n\n{text}").items() if key != "@heading"]


def test_every_text_has_a_key_a_kind_and_its_line() -> None:
    assert [(unit.line, key, unit.kind.value, unit.text) for key, unit in units(ORIGINAL).items()] == [
        (2, "@title", "front", "Printer: help"),
        (4, "@description", "front", "Get the printer going."),
        (6, "@heading", "heading", "Printer: help"),
        (8, "s0/p1", "paragraph", "The printer does nothing.\nLook at the light."),
        (11, "light", "heading", "Light"),
        (13, "light/p1", "paragraph", "See [power](#power) and press **Next**."),
        (16, "light/c1/p1", "paragraph", "Pull out the plug first."),
        (18, "open", "step", "Open the lid."),
        (20, "open/p1", "paragraph", "Keep `tray-1` in place."),
        (22, "close", "step", "Close the lid."),
        (24, "light/t1@0.0", "cell", "Light"),
        (24, "light/t1@0.1", "cell", "Meaning"),
        (26, "light/t1@1.0", "cell", "red"),
        (26, "light/t1@1.1", "cell", "[No power](#power)"),
        (27, "light/t1@2.0", "cell", "green"),
        (27, "light/t1@2.1", "cell", "A \\| B"),
        (29, "power", "heading", "Power"),
        (31, "power/l1/1/p1", "paragraph", "Check the cable."),
        (32, "power/l1/2/p1", "paragraph", "Check the socket."),
        (34, "faq-smoke", "question", "Is smoke normal?"),
        (36, "faq-smoke/p1", "paragraph", "No."),
        (41, "power/x1", "code", "lpstat -t"),
    ]


def test_both_languages_have_the_same_keys() -> None:
    assert list(units(ORIGINAL)) == list(units(TRANSLATION))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!NOTE]\n> One.\n> [!TIP]\n> Two.", [("s0/c1/p1", "One."), ("s0/c2/p1", "Two.")]),
        ("> - a\n>   b\n> - c", [("s0/l1/1/p1", "a\nb"), ("s0/l1/2/p1", "c")]),
        ("> a\nlazy", [("s0/p1", "a\nlazy")]),
        ("Title {#x}\n=====\n", [("x", "Title")]),
        ("## Closed {#y} ##", [("y", "Closed")]),
        ("hard  \nbreak", [("s0/p1", "hard  \nbreak")]),
        (
            "1. > [!WARNING]\n   > Hot.\n\n   Do it. {#do}",
            [("do/c1/p1", "Hot."), ("do", "Do it.")],
        ),
        (':::image type="content" source="a.png" alt-text="A lamp":::', [("s0/f1", "A lamp")]),
        ("<table><tr><td>x</td></tr></table>", [("s0/t1", "<table><tr><td>x</td></tr></table>")]),
        (
            '<details id="a">\n<summary>A?</summary>\n\nYes.\n\n</details>\n<details id="b">'
            "<summary>B?</summary>\n\nNo.\n\n</details>",
            [("a", "A?"), ("a/p1", "Yes."), ("b", "B?"), ("b/p1", "No.")],
        ),
        ("<!-- only a comment -->", []),
        (
            "| a |  | c |\n|---|---|---|\n| | x |",
            [
                ("s0/t1@0.0", "a"),
                ("s0/t1@0.1", ""),
                ("s0/t1@0.2", "c"),
                ("s0/t1@1.0", ""),
                ("s0/t1@1.1", "x"),
            ],
        ),
    ],
)
def test_markup_that_only_structures_is_no_part_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert body(text) == expected


def test_a_file_joined_from_its_lines_is_the_file() -> None:
    for text in ("", "a", "a\n", "a\r\nb\rc\n\n", ORIGINAL):
        assert join_lines(split_lines(text)) == text


@given(st.text(st.sampled_from('ab #>-|`*[]()!{}<>/:\\"\n\t1.') | st.characters(), max_size=200))
def test_whatever_stands_in_a_file_its_units_stand_where_they_say(text: str) -> None:
    text = f"# T\n\n{text.replace(chr(0), '')}".encode("utf-8", "replace").decode()
    try:
        found = read_units(text, article_id="a", source="a/en.md", language="en")
    except Exception as error:
        assert type(error).__name__ == "ContentError"
        return
    for unit in found.units:
        places = [found.lines[piece.number].text[piece.start : piece.end] for piece in unit.pieces]
        assert "\n".join(places) == unit.text


@pytest.mark.parametrize("file", scan(SHIPPED, ("sv", "en")), ids=lambda file: file.source)
def test_every_text_of_the_shipped_articles_belongs_to_a_block(file) -> None:
    text = (SHIPPED / file.source).read_bytes().decode()
    found = read_units(text, article_id=file.entry_id, source=file.source, language=file.language)
    assert not [unit.key for unit in found.units if "@after" in unit.key]
    assert {unit.kind for unit in found.units} >= {UnitKind.FRONT, UnitKind.HEADING, UnitKind.PARAGRAPH}
