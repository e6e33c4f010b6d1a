"""Which text is which after an original was edited, and what has become of its translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.translation.alignment import Signed, align
from kbviewer.content.translation.comparison import TextState, accept
from kbviewer.content.translation.lock_file import write_lock
from tests.support.translating import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "library")
    work = bench.work
    bench.lock.write_bytes(write_lock(accept(work.pairs, "en")))
    return bench


def states(bench: Bench) -> dict[str, TextState]:
    return {pair.key: pair.state for pair in bench.work.pairs if pair.state is not TextState.TRANSLATED}


def test_without_a_lock_nothing_is_known_to_fit(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "library")
    assert {pair.state for pair in bench.work.pairs} == {TextState.UNACCEPTED}


def test_an_accepted_translation_is_up_to_date(bench: Bench) -> None:
    assert states(bench) == {}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Get the printer going.", "Get it going.", "@description"),
        ("Look at the light.", "Look at both lights.", "s0/p1"),
        ("Pull out the plug first.", "Pull it.", "light/c1/p1"),
        ("Open the lid.", "Open the front lid.", "open"),
        ("| green |", "| blue |", "light/t1@2.0"),
        ("Is smoke normal?", "Is much smoke normal?", "faq-smoke"),
        ("lpstat -t", "lpstat -r", "power/x1"),
    ],
)
def test_a_changed_text_is_stale_alone(bench: Bench, old: str, new: str, key: str) -> None:
    bench.edit(bench.source, old, new)
    assert states(bench) == {key: TextState.STALE}


def test_a_new_paragraph_above_leaves_the_translations_below_where_they_are(bench: Bench) -> None:
    """Its place names a paragraph; by place, everything below would count as changed."""
    bench.edit(bench.source, "See [power]", "A new one.\n\nSee [power]")

    assert states(bench) == {"light/p1": TextState.MISSING}
    moved = next(pair for pair in bench.work.pairs if pair.key == "light/p2")
    assert moved.target is not None
    assert moved.target.key == "light/p1"


def test_a_text_that_was_moved_keeps_its_translation(bench: Bench) -> None:
    first = "See [power](#power) and press **Next**.\n\n"
    bench.edit(bench.source, first, "")
    bench.edit(bench.source, "| Light |", f"{first}| Light |")
    assert states(bench) == {}


def test_a_removed_paragraph_leaves_an_extra_one(bench: Bench) -> None:
    bench.edit(bench.source, "See [power](#power) and press **Next**.\n\n", "")
    assert states(bench) == {"light/p1": TextState.EXTRA}


def test_a_removed_translation_is_missing(bench: Bench) -> None:
    bench.edit(bench.target, "- Kontrollera kabeln.\n", "")
    assert states(bench) == {"power/l1/1/p1": TextState.MISSING}


def test_a_translation_that_was_polished_stays_what_it_is(bench: Bench) -> None:
    bench.edit(bench.target, "Öppna luckan.", "Öppna nu luckan.")
    assert states(bench) == {}


def test_a_minor_edit_keeps_the_translation_of_one_block(bench: Bench) -> None:
    bench.edit(bench.source, "Open the lid.", "Open the lid!")
    bench.edit(bench.source, "Close the lid.", "Close the lid!")

    bench.lock.write_bytes(write_lock(accept(bench.work.pairs, "en", {"open"})))

    assert states(bench) == {"close": TextState.STALE}


def test_accepting_again_gives_the_same_bytes(bench: Bench) -> None:
    before = bench.lock.read_bytes()
    assert write_lock(accept(bench.work.pairs, "en")) == before


KEYS = st.sampled_from(["a", "b", "a/p1", "a/p2", "a/p3", "s0/p1", "s1/p2", "t@1.2"])
SIGNED = st.lists(st.builds(Signed, KEYS, st.sampled_from("xyz")), unique_by=lambda unit: unit.key)


@given(SIGNED, SIGNED)
def test_every_text_is_at_most_one_other(before: list[Signed], after: list[Signed]) -> None:
    found = align(before, after)

    assert len(set(found.values())) == len(found)
    assert all(0 <= old < len(before) and 0 <= new < len(after) for old, new in found.items())


@given(SIGNED)
def test_the_same_version_is_itself(units: list[Signed]) -> None:
    assert align(units, units) == {index: index for index in range(len(units))}
