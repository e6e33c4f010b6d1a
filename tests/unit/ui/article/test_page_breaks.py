"""Where pages end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbviewer.ui.article.page_breaks import Bond, Head, Strip, share_out


def strips(*bonds: Bond, height: float = 10.0) -> list[Strip]:
    """Strips one below the other."""
    return [Strip(i * height, (i + 1) * height, i, i, bond) for i, bond in enumerate(bonds)]


NONE, WISH, RULE = Bond.NONE, Bond.WISH, Bond.RULE


def test_a_page_is_filled_before_the_next_begins() -> None:
    """Paper costs."""
    sheets = share_out(strips(*[NONE] * 25), 100)

    assert [(sheet.first, sheet.last) for sheet in sheets] == [(0, 9), (10, 19), (20, 24)]


def test_a_heading_goes_to_the_next_page_with_its_text() -> None:
    """Alone at the end of a page it promises what is not there."""
    bonds = [NONE] * 10 + [RULE] + [NONE] * 5

    assert share_out(strips(*bonds), 100)[1].first == 9


def test_a_wish_gives_way_before_a_rule_does() -> None:
    """A box that would leave the page half empty is torn, a heading is not."""
    bonds = [NONE, *[WISH] * 8, WISH, RULE, *[WISH] * 5]

    assert share_out(strips(*bonds), 100)[1].first == 9


def test_rules_without_end_are_broken_at_the_end_of_the_page() -> None:
    """Nothing may be lost, and no page is empty."""
    sheets = share_out(strips(NONE, *[RULE] * 24), 100)

    assert [(sheet.first, sheet.last) for sheet in sheets] == [(0, 9), (10, 19), (20, 24)]


def test_what_is_higher_than_a_page_goes_over_several() -> None:
    """A large picture is cut, not lost."""
    sheets = share_out([Strip(0, 250, 0, 0), Strip(250, 260, 1, 1)], 100)

    assert [(sheet.top, sheet.bottom) for sheet in sheets] == [(0, 100), (100, 200), (200, 260)]


def test_a_page_that_begins_inside_a_table_begins_with_its_header_row() -> None:
    """It takes room of the page; a header row that would fill the page is left out."""
    head = Head(0, 20, 0, 0)
    rows = [Strip(0, 20, 0, 0), *(Strip(20 * n, 20 * n + 20, n, n, head=head) for n in range(1, 9))]

    sheets = share_out(rows, 100)

    assert [(sheet.first, sheet.last, sheet.head) for sheet in sheets] == [
        (0, 4, None),
        (5, 8, head),
    ]
    tall = [rows[0], *(row._replace(head=Head(0, 80, 0, 0)) for row in rows[1:])]
    assert [sheet.head for sheet in share_out(tall, 100)] == [None, None]


def test_a_tall_row_is_torn_between_its_lines() -> None:
    """Never through one."""
    row = Strip(0, 250, 0, 0, cuts=(40.0, 90.0, 130.0, 180.0, 220.0))

    assert [(sheet.top, sheet.bottom) for sheet in share_out([row], 100)] == [(0, 90), (90, 180), (180, 250)]


def test_an_empty_document_has_no_pages() -> None:
    """There is nothing to share out."""
    assert share_out([], 100) == []


@given(st.lists(st.tuples(st.floats(1, 60), st.sampled_from(Bond)), max_size=60))
def test_every_strip_stands_on_exactly_one_page(given: list[tuple[float, Bond]]) -> None:
    """In order, and no page is higher than the paper."""
    made, top = [], 0.0
    for index, (height, bond) in enumerate(given):
        made.append(Strip(top, top + height, index, index, bond))
        top += height

    sheets = share_out(made, 100)

    shown = [number for sheet in sheets for number in range(sheet.first, sheet.last + 1)]
    assert shown == list(range(len(made)))
    assert all(sheet.bottom - sheet.top <= 100 + 1e-6 for sheet in sheets)
