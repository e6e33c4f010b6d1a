"""The bytes of a policy file: what is said is taken, what is not understood is read strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.policy import Origin, Policy, Right
from kbviewer.model.policy_keys import KEYS
from kbviewer.model.policy_reading import MAX_BYTES, policy_from

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NAMES = st.sampled_from([key.name for key in KEYS]) | st.text(max_size=12)


def read(value: object) -> Policy:
    """Return the policy in a file with that value."""
    return policy_from(json.dumps(value).encode(), "/etc/p.json")


def is_all_strict(policy: Policy) -> bool:
    """Return whether every value is the strictest."""
    return all(policy.values[key.name] == key.strictest for key in KEYS)


def test_what_is_locked_and_what_is_suggested_is_told_apart() -> None:
    """Where a value comes from decides whether a reader can change it."""
    policy = read({"locked": {"allow_print": False}, "defaults": {"touch": True}})
    assert policy.origins["allow_print"] is Origin.LOCKED
    assert policy.origins["touch"] is Origin.DEFAULTS
    assert policy.origins["allow_copy"] is Origin.BUILT_IN
    assert not policy.allows(Right.PRINT)
    assert policy.allows(Right.COPY)
    assert not policy.faults


def test_an_empty_policy_is_none() -> None:
    """Both sections can be left out."""
    assert read({}).values == Policy().values
    assert not read({}).faults


def test_a_kiosk_fills_in_what_the_file_does_not_say() -> None:
    """One line makes a terminal; what is named is as named."""
    policy = read({"locked": {"kiosk": True, "allow_print": True}})
    assert policy.allows(Right.PRINT)
    assert not policy.allows(Right.OPEN_FILE)
    assert policy.origins["allow_open_file"] is Origin.KIOSK
    assert not policy.faults


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'{"locked": {',
        b"\xff\xfe{}",
        b'{"locked": {"idle_reset_seconds": NaN}}',
        b"[" * 5000,
        b'{"locked": ' * 3000,
        b" " * MAX_BYTES + b"{}",
    ],
)
def test_a_file_that_is_no_policy_makes_everything_strict(data: bytes) -> None:
    """A terminal must not become a desktop because an editor cut a file off."""
    policy = policy_from(data, "/etc/p.json")
    assert is_all_strict(policy)
    assert len(policy.faults) == 1
    assert str(policy.faults[0]).startswith("/etc/p.json")


@pytest.mark.parametrize(
    "value",
    [
        {"locked": {"allow_prnt": False}},
        {"lock": {}},
        {"locked": []},
        {"defaults": None},
        {"kiosk": True},
    ],
)
def test_a_name_that_is_not_known_makes_all_that_is_not_named_strict(value: object) -> None:
    """It may be any key misspelt, the one for a kiosk among them."""
    policy = read(value)
    assert is_all_strict(policy)
    assert policy.faults


def test_what_is_well_said_beside_a_fault_counts() -> None:
    """An administrator sees which line to put right, and readers keep what is certain."""
    policy = read({"locked": {"kisok": True, "allow_print": True, "allow_copy": "no"}})
    assert policy.allows(Right.PRINT)
    assert not policy.allows(Right.COPY)
    assert policy.is_kiosk
    texts = [str(fault) for fault in policy.faults]
    assert texts == [
        "/etc/p.json: there is no key “kisok” (perhaps “kiosk”).",
        '/etc/p.json: “allow_copy” cannot be "no"; it has to be true or false.',
    ]


def test_a_wrong_value_makes_its_own_key_strict_and_no_other() -> None:
    """It is certain which key was meant."""
    policy = read({"locked": {"external_links": "opne"}})
    assert policy.values["external_links"] == "block"
    assert policy.origins["external_links"] is Origin.FAULT
    assert policy.allows(Right.PRINT)


def test_a_key_that_stands_twice_is_a_fault() -> None:
    """JSON would take the last one, and a person may have looked at the first."""
    twice = b'{"locked": {"allow_print": false, "allow_print": true}}'
    policy = policy_from(twice, "p")
    assert not policy.allows(Right.PRINT)
    assert len(policy.faults) == 1
    both = read({"locked": {"allow_print": False}, "defaults": {"allow_print": True}})
    assert not both.allows(Right.PRINT)
    assert both.origins["allow_print"] is Origin.LOCKED
    assert len(both.faults) == 1


def test_a_section_that_stands_twice_is_a_fault() -> None:
    """The first one would be lost without a word."""
    policy = policy_from(b'{"locked": {"kiosk": true}, "locked": {}}', "p")
    assert policy.is_kiosk
    assert policy.faults


def test_a_pin_without_a_hash_is_said() -> None:
    """Nobody finds out in front of a terminal that will not close."""
    assert len(read({"locked": {"allow_exit": "pin"}}).faults) == 1


def test_an_editor_may_put_a_mark_before_the_text() -> None:
    """Windows' Notepad does."""
    assert not policy_from(b"\xef\xbb\xbf{}", "p").faults


@given(st.dictionaries(st.sampled_from(["locked", "defaults"]), st.dictionaries(NAMES, JSON, max_size=5)))
def test_whatever_the_file_says_every_key_has_a_value_that_it_can_have(value: object) -> None:
    """What is decided later looks at types no more."""
    policy = policy_from(json.dumps(value).encode(), "p")
    for key in KEYS:
        found = policy.values[key.name]
        assert key.read(list(found) if isinstance(found, tuple) else found) == found


@given(st.binary(max_size=200))
def test_any_bytes_are_a_policy_or_the_strictest_one(data: bytes) -> None:
    """A program that does not start is no restriction."""
    policy = policy_from(data, "p")
    assert policy.values == Policy().values or policy.faults
