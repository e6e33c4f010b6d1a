"""Every structural element of the source articles, rows 1 to 61, has a test that names it."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROWS = 61
NAME = re.compile(r"def test_elements?_((?:\d+|to|and)(?:_(?:\d+|to|and))*)_")


def rows_named(source: str) -> set[int]:
    """Return the rows that the names of a module's tests mention: "31_to_36_and_41"."""
    rows: set[int] = set()
    for words in NAME.findall(source):
        for first, last in re.findall(r"(\d+)(?:_to_(\d+))?", words):
            rows.update(range(int(first), int(last or first) + 1))
    return rows


def test_names_of_several_rows_are_understood() -> None:
    source = "def test_elements_31_to_33_and_41_boxes() -> None:\ndef test_element_07_banner() -> None:\n"

    assert rows_named(source) == {7, 31, 32, 33, 41}


def test_every_row_has_a_test() -> None:
    named = set().union(*(rows_named(path.read_text("utf-8")) for path in TESTS.rglob("test_*.py")))

    assert set(range(1, ROWS + 1)) - named == set()
