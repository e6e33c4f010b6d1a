"""The PIN that closes a kiosk: its hash, and how fast it can be guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbviewer.app.pin_hash import hash_pin, is_pin
from kbviewer.app.pin_lock import LONGEST_DELAY_S, PinLock, delay_s
from kbviewer.model.errors import UsageError
from kbviewer.model.policy_keys import BY_NAME

PIN = "471100"
# The cheapest that the policy takes: what is tested here is not how long it takes.
CHEAP = "scrypt:4096:1:1:" + "00" * 16 + ":"


@pytest.fixture(scope="module")
def stored() -> str:
    import hashlib

    return CHEAP + hashlib.scrypt(PIN.encode(), salt=bytes(16), n=4096, r=1, p=1, dklen=32).hex()


class Hands:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.time = 50.0

    def __call__(self) -> float:
        return self.time


def test_the_hash_is_what_the_policy_takes() -> None:
    """The command and the file must not disagree."""
    text = hash_pin(PIN)

    assert BY_NAME["exit_pin_hash"].read(text) == text
    assert is_pin(PIN, text)
    assert not is_pin("471101", text)


def test_two_hashes_of_one_pin_differ() -> None:
    """Else two kiosks with the same hash would tell each other's PIN."""
    assert hash_pin(PIN) != hash_pin(PIN)


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "１２３４５６", " 123456"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    """The pad has ten digits, and five of them are tried out within an afternoon."""
    with pytest.raises(UsageError):
        hash_pin(pin)


def test_each_wrong_pin_doubles_the_wait(stored: str, tmp_path: Path) -> None:
    """A million PINs shall take longer than the terminal lives."""
    hands = Hands()
    lock = PinLock(stored, tmp_path / "pin.json", hands)
    waits = []
    for _time in range(4):
        assert not lock.opens("000000")
        waits.append(lock.wait_s)
        hands.time += lock.wait_s

    assert waits == [1.0, 2.0, 4.0, 8.0]
    assert lock.opens(PIN)
    assert lock.wait_s == 0.0


def test_while_it_waits_even_the_right_pin_does_not_open(stored: str, tmp_path: Path) -> None:
    """Else waiting would be for those who are honest about it."""
    hands = Hands()
    lock = PinLock(stored, tmp_path / "pin.json", hands)
    lock.opens("000000")

    assert not lock.opens(PIN)
    hands.time += 1.0
    assert lock.opens(PIN)


def test_a_restart_gives_no_fresh_start(stored: str, tmp_path: Path) -> None:
    """Pulling the plug takes less time than the wait."""
    hands = Hands()
    lock = PinLock(stored, tmp_path / "pin.json", hands)
    for _time in range(5):
        lock.opens("000000")
        hands.time += lock.wait_s

    again = PinLock(stored, tmp_path / "pin.json", hands)

    assert again.wait_s == 16.0
    hands.time += 16.0
    assert not again.opens("000000")
    assert again.wait_s == 32.0


def test_a_try_is_counted_before_it_is_judged(
    stored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash in the middle of a try is a try."""
    lock = PinLock(stored, tmp_path / "pin.json", Hands())

    def crash(_pin: str, _stored: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("kbviewer.app.pin_lock.is_pin", crash)
    with pytest.raises(KeyboardInterrupt):
        lock.opens(PIN)

    assert PinLock(stored, tmp_path / "pin.json", Hands()).wait_s == 1.0


def test_the_right_pin_forgets_the_wrong_ones(stored: str, tmp_path: Path) -> None:
    """Staff mistype, too."""
    hands = Hands()
    lock = PinLock(stored, tmp_path / "pin.json", hands)
    lock.opens("000000")
    hands.time += 1.0
    lock.opens(PIN)

    assert not (tmp_path / "pin.json").exists()
    assert PinLock(stored, tmp_path / "pin.json", hands).wait_s == 0.0


@pytest.mark.parametrize(
    "content", ["", "[", "[]", '{"failures": -1}', '{"failures": true}', '{"failures": "0"}', "[" * 2000]
)
def test_a_damaged_count_is_no_fresh_start(stored: str, tmp_path: Path, content: str) -> None:
    """Who has damaged the file may have wanted another number in it."""
    (tmp_path / "pin.json").write_text(content, encoding="utf-8")

    assert PinLock(stored, tmp_path / "pin.json", Hands()).wait_s == 32.0


def test_a_profile_that_cannot_be_written_still_counts(stored: str, tmp_path: Path) -> None:
    """Then for as long as the program runs."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    lock = PinLock(stored, tmp_path / "file" / "pin.json", Hands())

    assert not lock.opens("000000")
    assert lock.wait_s > 0


def test_the_wait_has_an_end() -> None:
    """Somebody who has forgotten the PIN twenty times still gets another try that day."""
    assert delay_s(0) == 0.0
    assert delay_s(1000) == LONGEST_DELAY_S


def test_what_is_kept_is_a_number_only(stored: str, tmp_path: Path) -> None:
    """A mistyped PIN says much about the right one."""
    lock = PinLock(stored, tmp_path / "pin.json", Hands())
    lock.opens("471109")

    assert json.loads((tmp_path / "pin.json").read_text(encoding="utf-8")) == {"failures": 1}
