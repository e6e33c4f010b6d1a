"""When a kiosk warns and starts over."""

from __future__ import annotations

from kbviewer.ui.kiosk.idle import IdleClock


class Hands:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_it_warns_ten_seconds_before_the_end() -> None:
    """A slow reader needs time to find out what happens, and to react."""
    hands = Hands()
    clock = IdleClock(120, hands)

    hands.time += 109.9
    before = clock.warns
    hands.time += 0.2

    assert (before, clock.warns, clock.is_over) == (False, True, False)
    assert clock.seconds_left == 10


def test_the_last_second_is_counted_to_its_end() -> None:
    """“0 seconds” while something can still be saved would be a lie."""
    hands = Hands()
    clock = IdleClock(60, hands)

    hands.time += 59.5
    assert clock.seconds_left == 1
    assert not clock.is_over
    hands.time += 0.5
    assert clock.seconds_left == 0
    assert clock.is_over


def test_a_touch_counts_from_the_beginning() -> None:
    """Whoever touches is there, and reads on for as long as anybody."""
    hands = Hands()
    clock = IdleClock(60, hands)

    hands.time += 55
    clock.touch()

    assert clock.seconds_left == 60
    assert not clock.warns


def test_nought_is_never() -> None:
    """The administrator of a desktop may want a kiosk that waits for its reader."""
    hands = Hands()
    clock = IdleClock(0, hands)

    hands.time += 10_000_000

    assert not clock.warns
    assert not clock.is_over
    assert clock.seconds_left > 0


def test_a_very_short_time_warns_for_half_of_it() -> None:
    """A countdown that begins at once would be all that is ever seen."""
    hands = Hands()
    clock = IdleClock(8, hands)

    hands.time += 3.9
    before = clock.warns
    hands.time += 0.2

    assert (before, clock.warns) == (False, True)
