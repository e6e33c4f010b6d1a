"""What a reader is told when the program itself cannot help."""

from __future__ import annotations

from kbviewer.model.inline import Link, LinkKind
from kbviewer.ui.shell.link_notice import describe_link


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
