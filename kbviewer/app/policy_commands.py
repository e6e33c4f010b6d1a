"""`kbviewer policy`: what this computer's administrator allows, and whether the file says it well."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kbviewer.app.commands import FOUND_PROBLEMS, Outcome, Session, as_json_text
from kbviewer.app.pin_hash import hash_pin
from kbviewer.app.policy_file import check_policy, is_absent, machine_place, place_in_force
from kbviewer.content.export.plain_text import printable
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, Gettext, message
from kbviewer.model.policy import ORIGIN_NAMES, Policy
from kbviewer.model.policy_keys import KEYS, PolicyKey, PolicyValue

_LONGEST_LINE: Final = 100
_HEAD: Final = (N_("Key"), N_("Values"), N_("Built in"), N_("In a kiosk"), N_("Strictest"), N_("Meaning"))


def run_policy_command(session: Session, options: argparse.Namespace) -> Outcome:
    """Run the command that the arguments name."""
    match options.policy_command:
        case "show":
            return show(session, as_json=options.json)
        case "check":
            return check(session, options.file)
        case "hash-pin":
            return Outcome(f"{hash_pin(_ask_pin(session.translator.gettext))}\n")
        case _:
            return Outcome("".join(f"{line}\n" for line in schema_table(session.translator.gettext)))


def show(session: Session, *, as_json: bool) -> Outcome:
    """Print every value and where it comes from, with what is wrong in the file."""
    gettext = session.translator.gettext
    policy = _with_readers_choices(session)
    exit_code = FOUND_PROBLEMS if policy.faults else 0
    faults = [fault.render(gettext) for fault in policy.faults]
    if as_json:
        keys = {
            key.name: {"value": _plain(policy.values[key.name]), "origin": str(policy.origins[key.name])}
            for key in KEYS
        }
        return Outcome(
            as_json_text({"file": policy.source or None, "keys": keys, "faults": faults}), exit_code=exit_code
        )
    width = max(len(key.name) for key in KEYS)
    rows = [
        f"{key.name:<{width}}  {_shown(policy.values[key.name])}  "
        f"({gettext(ORIGIN_NAMES[policy.origins[key.name]])})\n"
        for key in KEYS
    ]
    place = (
        gettext("Policy: {path}").format(path=policy.source)
        if policy.source
        else gettext("There is no policy at {path}.").format(path=machine_place())
    )
    return Outcome(printable_lines(rows), "\n".join([place, *map(printable, faults)]), exit_code)


def check(session: Session, path: Path | None) -> Outcome:
    """Say every fault of a file, each in one sentence; without one, of the file that is in force."""
    gettext = session.translator.gettext
    place = place_in_force()
    if path is None and place == machine_place() and is_absent(place):
        return Outcome("", gettext("There is no policy at {path}.").format(path=place))
    path = path or place
    faults = check_policy(path)
    if not faults:
        return Outcome(printable_lines([gettext("{path}: no faults.").format(path=path) + "\n"]))
    said = session.translator.ngettext(
        "{count} fault: what is not understood is read as strictly as possible.",
        "{count} faults: what is not understood is read as strictly as possible.",
        len(faults),
    )
    lines = [f"{fault.render(gettext)}\n" for fault in faults]
    return Outcome(printable_lines(lines), said.format(count=len(faults)), FOUND_PROBLEMS)


def _ask_pin(gettext: Gettext) -> str:
    """Return the PIN that somebody types, twice and unseen, or that another program writes.

    Raises:
        UsageError: it was not the same twice.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline(_LONGEST_LINE).strip()
    from getpass import getpass

    pin = getpass(gettext("PIN: "))
    if getpass(gettext("The same PIN again: ")) != pin:
        raise UsageError(message(N_("These are two different PINs.")), message(N_("Try again.")))
    return pin


def schema_table(gettext: Gettext) -> Iterator[str]:
    """Yield the lines of the Markdown table of all keys; ADMIN.md has it in English."""
    yield f"| {' | '.join(map(gettext, _HEAD))} |"
    yield f"|{'---|' * len(_HEAD)}"
    for key in KEYS:
        values = (key.default, key.in_kiosk, key.strictest)
        cells = (f"`{key.name}`", _values(key, gettext), *map(_cell, values), gettext(key.help))
        yield f"| {' | '.join(cells)} |"


def printable_lines(lines: list[str]) -> str:
    """Return lines without what would steer a terminal: paths and values come from a file."""
    return "".join(f"{printable(line.removesuffix(chr(10)))}\n" for line in lines)


def _with_readers_choices(session: Session) -> Policy:
    """Return the policy with what the reader has set himself."""
    if not session.profile.state.is_file():
        return session.policy
    from kbviewer.state.user_state import open_to_read

    with open_to_read(session.profile.state) as state:
        chosen = state.settings.chosen()
    language, touch = chosen.get("language", ""), chosen.get("touch")
    return session.policy.with_choices(
        language=language if isinstance(language, str) else "",
        touch=touch if isinstance(touch, bool) else None,
    )


def _values(key: PolicyKey, gettext: Gettext) -> str:
    if key.choices:
        return ", ".join(f"`{choice}`" for choice in key.choices)
    if type(key.default) is int:
        return gettext("{low} to {high}").format(low=key.low, high=key.high)
    return gettext(key.kind) if not key.form else key.wanted().render(gettext)


def _cell(value: PolicyValue) -> str:
    return f"`{_shown(value)}`"


def _shown(value: PolicyValue) -> str:
    """Return a value as it is written in the file."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: PolicyValue) -> object:
    return list(value) if isinstance(value, tuple) else value
