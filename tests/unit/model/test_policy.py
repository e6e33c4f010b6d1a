"""What a policy decides: rights, links, packs, and what a reader's own settings still count for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.policy import ExitWay, LinkRule, Origin, Policy, Right, host_of
from kbviewer.model.policy_keys import BY_NAME, KEYS
from tests.support.policies import STRICTEST, locked

PIN_HASH = f"scrypt:16384:8:1:{'ab' * 16}:{'cd' * 32}"


def strictest() -> Policy:
    """Return the policy with every key at its strictest."""
    return locked(**STRICTEST)


def test_without_a_policy_everything_is_allowed() -> None:
    """A computer of one's own has no administrator."""
    assert all(map(Policy().allows, Right))
    assert not Policy().restricts
    assert Policy().link("https://example.org/") is LinkRule.SHOW


def test_the_strictest_policy_allows_nothing() -> None:
    """It is what a damaged file is read as."""
    assert not any(map(strictest().allows, Right))
    assert strictest().is_kiosk
    assert strictest().exit_way is ExitWay.NONE
    assert not any(strictest().may_change_packs(for_machine=each) for each in (True, False))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_value_of_the_table_is_one_that_the_key_can_have(key: object) -> None:
    """A default that the file could not say would be a riddle."""
    assert isinstance(key, type(KEYS[0]))
    for value in (key.default, key.in_kiosk, key.strictest):
        written = list(value) if isinstance(value, tuple) else value
        assert key.read(written) == value


def test_every_right_is_a_key_with_the_same_name() -> None:
    """Who is told which right is missing finds it in the file."""
    assert {right.value for right in Right} <= set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kiosk", "yes"),
        ("kiosk", 1),
        ("idle_reset_seconds", True),
        ("idle_reset_seconds", -1),
        ("idle_reset_seconds", 1e3),
        ("allow_exit", "maybe"),
        ("exit_pin_hash", "1234"),
        ("exit_pin_hash", PIN_HASH.replace("16384", "16385")),
        ("exit_pin_hash", PIN_HASH.replace("16384", "9999999")),
        ("exit_pin_hash", PIN_HASH.replace("ab", "xy")),
        ("allowed_hosts", "example.org"),
        ("allowed_hosts", ["https://example.org"]),
        ("allowed_hosts", ["*."]),
        ("allowed_hosts", ["a..b"]),
        ("allowed_hosts", [""]),
        ("allowed_hosts", ["a"] * 101),
        ("library_dirs", ["packs"]),
        ("library_dirs", [7]),
        ("language", "en/../.."),
        ("language", "swedish"),
        ("home", "a\nb"),
        ("home", "x" * 1001),
        ("idle_reset_seconds", -4),
        ("update_source", None),
    ],
)
def test_a_value_that_a_key_cannot_have_is_known(name: str, value: object) -> None:
    """true is no number, a pin is no hash, and a folder that depends on where one stands is none."""
    assert BY_NAME[name].read(value) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exit_pin_hash", PIN_HASH),
        ("allowed_hosts", ["*", "help.example.org", "*.example.org"]),
        ("library_dirs", ["/srv/kb", "\\\\server\\share\\kb.kbp", "D:\\kb"]),
        ("language", "sv-SE"),
        ("idle_reset_seconds", 0),
    ],
)
def test_a_value_that_a_key_can_have_is_taken(name: str, value: object) -> None:
    """As an administrator writes it."""
    assert BY_NAME[name].read(value) is not None


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Help.Example.org/a?b#c", "help.example.org"),
        ("http://example.org:8080", "example.org"),
        ("https://example.org./", "example.org"),
        ("https://example.org/@user", "example.org"),
        ("https://good.org@evil.org/", ""),
        ("https://evil.org\\@good.org/", ""),
        ("https://good.org%2eevil.org/", ""),
        ("https://good.org evil.org/", ""),
        ("https://gööd.org/", ""),
        ("https:/good.org/", ""),
        ("https://", ""),
        ("https://good.org:x/", ""),
        ("javascript:https://good.org/", ""),
        ("file:///etc/passwd", ""),
        ("mailto:me@good.org", ""),
        ("//good.org/x", ""),
    ],
)
def test_only_a_plain_web_address_has_a_host(address: str, host: str) -> None:
    """What two programs could read differently is never handed to another one."""
    assert host_of(address) == host


def test_links_lead_to_allowed_hosts_only() -> None:
    """A name that ends like an allowed one is another one."""
    policy = locked(external_links="open", allowed_hosts=("help.example.org", "*.intranet.example"))
    assert policy.link("https://help.example.org/x") is LinkRule.OPEN
    assert policy.link("https://a.intranet.example") is LinkRule.OPEN
    for address in (
        "https://example.org/",
        "https://nothelp.example.org/",
        "https://help.example.org.evil.org/",
        "https://intranet.example/",
        "https://evilintranet.example/",
        "mailto:a@help.example.org",
    ):
        assert policy.link(address) is LinkRule.BLOCK


@given(st.text(max_size=100), st.sampled_from([LinkRule.ASK, LinkRule.OPEN]))
def test_nothing_but_the_web_is_ever_opened(address: str, rule: LinkRule) -> None:
    """mailto:, file: and whatever a system knows start other programs."""
    decided = locked(external_links=rule.value).link(address)
    assert decided is LinkRule.SHOW or host_of(address)


def test_a_pin_that_nobody_can_know_is_no_way_out() -> None:
    """An empty hash must not mean an empty PIN."""
    assert locked(allow_exit="pin").exit_way is ExitWay.NONE
    assert locked(allow_exit="pin", exit_pin_hash=PIN_HASH).exit_way is ExitWay.PIN
    assert not locked(allow_exit="pin", exit_pin_hash=PIN_HASH).allows(Right.EXIT)


def test_locked_libraries_are_all_that_there_are() -> None:
    """What an administrator only suggests, a reader may leave."""
    assert not locked(library_dirs=("/srv/kb",)).allows(Right.OPEN_FILE)
    assert locked(library_dirs=()).allows(Right.OPEN_FILE)


@pytest.mark.parametrize(
    ("value", "for_machine", "for_reader"),
    [("off", False, False), ("machine", True, False), ("user", True, True)],
)
def test_who_gets_packs_is_three_steps(value: str, *, for_machine: bool, for_reader: bool) -> None:
    """Each allows what the one before it allows."""
    policy = locked(allow_updates=value)
    assert policy.may_change_packs(for_machine=True) is for_machine
    assert policy.may_change_packs(for_machine=False) is for_reader


def test_updates_need_the_network_only_from_an_address() -> None:
    """A share or a stick is a folder."""
    policy = locked(network=False)
    assert policy.may_update_from("/media/stick")
    assert not policy.may_update_from("HTTPS://updates.example.org/")
    fixed = locked(update_source="https://updates.example.org/")
    assert fixed.may_update_from("https://updates.example.org/")
    assert not fixed.may_update_from("/media/stick")


def test_a_reader_may_leave_a_default_and_not_what_is_locked() -> None:
    """`defaults` suggests, `locked` decides."""
    suggested = Policy(
        {**Policy().values, "touch": True, "language": "sv"},
        {**Policy().origins, "touch": Origin.DEFAULTS, "language": Origin.DEFAULTS},
    )
    assert suggested.touch(None) is True
    assert suggested.touch(False) is False
    assert suggested.language("") == "sv"
    assert suggested.language("en") == "en"
    decided = locked(touch=True, language="sv")
    assert decided.touch(False) is True
    assert decided.language("en") == "sv"


def test_what_a_reader_has_set_is_told_as_his() -> None:
    """Who asks where a value comes from is not sent to the file in vain."""
    shown = Policy().with_choices(language="sv", touch=True)
    assert shown.values["language"] == "sv"
    assert shown.origins["language"] is shown.origins["touch"] is Origin.READER
    kept = locked(language="en", touch=False).with_choices(language="sv", touch=True)
    assert (kept.values["language"], kept.origins["language"]) == ("en", Origin.LOCKED)
    assert (kept.values["touch"], kept.origins["touch"]) == (False, Origin.LOCKED)


def test_a_kiosk_is_strict_where_the_file_says_nothing() -> None:
    """`--kiosk` on a computer with a policy leaves what it says alone."""
    kiosk = locked(allow_print=True).as_kiosk()
    assert kiosk.is_kiosk
    assert kiosk.allows(Right.PRINT)
    assert not kiosk.allows(Right.EXPORT)
    assert not kiosk.allows(Right.FULL_SCREEN)
    assert kiosk.keeps_in_memory
    assert kiosk.allows(Right.SWITCH_LANGUAGE)
