"""One text of bytes made of another."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.updates.edits import Edit, apply_edits, find_edits

PIECES = st.lists(st.binary(min_size=1, max_size=80), max_size=12)


@given(PIECES, PIECES, st.data())
def test_the_edits_make_the_new_text(old: list[bytes], new: list[bytes], data: st.DataObject) -> None:
    """Whatever the two have in common, and in which order."""
    common = data.draw(st.lists(st.sampled_from(old), max_size=12)) if old else []
    before = b"".join(old)
    after = b"".join(data.draw(st.permutations([*new, *common])))

    edits, fresh = find_edits(before, after)

    assert apply_edits(before, edits, len(after), io.BytesIO(fresh).read) == after


def test_what_stays_is_not_carried() -> None:
    old = b"".join(b"line %d of a long text\n" % number for number in range(1000))
    new = old.replace(b"line 500 of", b"line five hundred of")

    edits, fresh = find_edits(old, new)

    assert len(fresh) < 40
    assert len(edits) == 2


def test_a_repetitive_text_is_copied_in_few_pieces() -> None:
    """Its blocks are found in many places; the straight way on is the one that goes far."""
    old = b"x" * 100_000 + b"end"

    edits, fresh = find_edits(old, b"new" + old)

    assert len(edits) <= 3
    assert len(fresh) < 20


@pytest.mark.parametrize(
    "edits", [[Edit(0, 5, 0)], [Edit(3, 2, 0)], [Edit(-1, 2, 0)], [Edit(0, 3, -1)], [Edit(0, 1, 0)]]
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"size|outside"):
        apply_edits(b"old.", edits, 2 if edits != [Edit(0, 5, 0)] else 5, io.BytesIO(b"").read)
