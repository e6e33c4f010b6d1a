"""Links to places: written so that they can be read again, read as something that anyone may have written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.errors import UsageError
from kbviewer.model.kb_links import LONGEST_LINK, KbLink, format_link, looks_like_link, parse_link

# Characters that can stand in the id of an article or a block.
IDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60).filter(
    lambda text: text.strip("/") == text
)


def test_a_plain_id_reads_as_people_write_it() -> None:
    """A link is pasted into tickets, where percent signs are noise."""
    assert format_link("kb307294", "lan/p2") == "kb://kb307294#lan/p2"
    assert format_link("kb307294") == "kb://kb307294"


@given(IDS, st.just("") | IDS)
def test_every_link_leads_back_to_its_place(article: str, anchor: str) -> None:
    """Blanks, # and % may stand in the ids of somebody's own library."""
    assert parse_link(format_link(article, anchor)) == KbLink(article, anchor)


@given(st.text(max_size=200))
def test_no_text_is_more_than_a_link_or_an_error(text: str) -> None:
    """A link comes from a ticket or a chat: it may be anything."""
    try:
        link = parse_link(text)
    except UsageError as error:
        assert error.remedy is not None
    else:
        assert link.article.strip("/ ")
        assert not any(ord(char) < 32 for char in link.article + link.anchor)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("kb307294", "begin with kb://"),
        ("https://example.org", "begin with kb://"),
        ("kb://", "names no article"),
        ("kb:///#lan", "names no article"),
        ("kb://a%zz", "percent"),
        ("kb://%ff", "readable"),
        ("kb://a%0Ab", "characters"),
        ("kb://a#b%00", "characters"),
        ("kb://" + "a" * LONGEST_LINK, "too long"),
    ],
)
def test_what_is_no_link_is_told_in_one_sentence(text: str, part: str) -> None:
    """What is wrong, and what a link looks like."""
    with pytest.raises(UsageError) as caught:
        parse_link(text)
    assert part in str(caught.value)
    assert "kb://kb307294#lan" in str(caught.value)
    assert len(str(caught.value)) < 250


def test_case_and_blanks_around_a_link_do_not_matter() -> None:
    """As it comes out of a mail."""
    assert parse_link(" KB://KB307294#lan\n") == KbLink("KB307294", "lan")
    assert looks_like_link("  Kb://x")
    assert not looks_like_link("kb:/x")
