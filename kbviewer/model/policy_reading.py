"""From the bytes of a policy file to the policy; whatever is not understood gets the strictest reading.

A key that is not known may be any key misspelt, so all that the file does not name are read strictly then; a
value that a key cannot have makes that key strict; a file that is no policy at all makes everything strict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from kbviewer.model.messages import N_, Message, message
from kbviewer.model.policy import Origin, Policy
from kbviewer.model.policy_keys import BY_NAME, KEYS, PolicyKey, PolicyValue

LOCKED: Final = "locked"
DEFAULTS: Final = "defaults"
MAX_BYTES: Final = 64 * 1024
_MAX_SHOWN: Final = 60
_MAX_FAULTS: Final = 50


class _Object(dict[str, Any]):
    """An object of JSON that remembers which names it had twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice: set[str] = set()
        if len(self) < len(pairs):
            seen: set[str] = set()
            for name, _value in pairs:
                (self.twice if name in seen else seen).add(name)


def strictest_policy(source: str, *faults: Message) -> Policy:
    """Return what holds when there is a policy that cannot be used at all."""
    return Policy(
        {key.name: key.strictest for key in KEYS}, dict.fromkeys(BY_NAME, Origin.FAULT), source, faults
    )


def policy_from(data: bytes, source: str) -> Policy:
    """Return the policy in a file.

    Args:
        data: what is in it; more than `MAX_BYTES` counts as too large.
        source: its path.
    """
    if len(data) > MAX_BYTES:
        return strictest_policy(source, too_large(source))
    try:
        root = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_Object, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        return strictest_policy(
            source, message(N_("{path}: not UTF-8, at byte {at}."), path=source, at=error.start)
        )
    except json.JSONDecodeError as error:
        fault = message(
            N_("{path}:{line}: this is no JSON ({reason})."), path=source, line=error.lineno, reason=error.msg
        )
        return strictest_policy(source, fault)
    except (ValueError, RecursionError):
        return strictest_policy(source, message(N_("{path}: this is no JSON that can be read."), path=source))
    if not isinstance(root, _Object):
        return strictest_policy(
            source, message(N_("{path}: an object with “locked” and “defaults” is wanted."), path=source)
        )
    return _Reading(source).read(root)


def too_large(source: str) -> Message:
    """Return the fault of a file over the limit."""
    return message(N_("{path}: larger than {limit} KB."), path=source, limit=MAX_BYTES // 1024)


class _Reading:
    """One reading of one file: values with their origins, and the faults on the way."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._faults: list[Message] = []
        self._values: dict[str, PolicyValue] = {}
        self._origins: dict[str, Origin] = {}
        self._has_unknown = False

    def read(self, root: _Object) -> Policy:
        """Return what the file says."""
        for name in root:
            if name not in (LOCKED, DEFAULTS):
                self._unknown(N_("{path}: there is no section “{name}”, only “locked” and “defaults”."), name)
            elif name in root.twice:
                self._unknown(N_("{path}: section “{name}” stands there twice."), name)
        # What is locked is read last, and counts.
        for name, origin in ((DEFAULTS, Origin.DEFAULTS), (LOCKED, Origin.LOCKED)):
            section = root.get(name, _Object([]))
            if isinstance(section, _Object):
                self._read_section(section, origin)
            else:
                self._unknown(N_("{path}: section “{name}” has to be an object."), name)
        self._look_across()
        self._fill_up()
        faults = self._faults[:_MAX_FAULTS]
        return Policy(self._values, self._origins, self._source, tuple(faults))

    def _read_section(self, section: _Object, origin: Origin) -> None:
        for key_name, value in section.items():
            key = BY_NAME.get(key_name)
            if key is None:
                self._unknown(N_("{path}: there is no key “{name}”{hint}."), key_name, hint=_hint(key_name))
                continue
            if key_name in self._origins:
                self._fault(N_("{path}: “{name}” stands in both sections; what is locked counts."), key_name)
            read = None if key_name in section.twice else key.read(value)
            if key_name in section.twice:
                self._fault(N_("{path}: “{name}” stands there twice."), key_name)
            elif read is None:
                self._wrong_value(key, value)
            self._values[key_name] = key.strictest if read is None else read
            self._origins[key_name] = Origin.FAULT if read is None else origin

    def _look_across(self) -> None:
        """Find what each key allows and both together do not."""
        if self._values.get("allow_exit") == "pin" and not self._values.get("exit_pin_hash"):
            self._fault(N_("{path}: “{name}” is “pin”, but there is no “exit_pin_hash”."), "allow_exit")

    def _fill_up(self) -> None:
        """Give every key that the file does not name its value."""
        is_kiosk = bool(self._values.get("kiosk", self._has_unknown))
        for key in KEYS:
            if key.name in self._values:
                continue
            value, origin = key.default, Origin.BUILT_IN
            if self._has_unknown:
                value, origin = key.strictest, Origin.FAULT
            elif is_kiosk:
                value, origin = key.in_kiosk, Origin.KIOSK
            self._values[key.name], self._origins[key.name] = value, origin

    def _wrong_value(self, key: PolicyKey, value: object) -> None:
        shown = json.dumps(value, ensure_ascii=False)[:_MAX_SHOWN]
        self._faults.append(
            message(
                N_("{path}: “{name}” cannot be {value}; it has to be {wanted}."),
                path=self._source,
                name=key.name,
                value=shown,
                wanted=key.wanted(),
            )
        )

    def _unknown(self, template: str, name: str, **values: object) -> None:
        self._has_unknown = True
        self._fault(template, name, **values)

    def _fault(self, template: str, name: str, **values: object) -> None:
        self._faults.append(Message(template, {"path": self._source, "name": name[:_MAX_SHOWN], **values}))


def _hint(name: str) -> Message | str:
    """Return the key that was probably meant."""
    near = _nearest(name, BY_NAME)
    return message(N_(" (perhaps “{name}”)"), name=near) if near else ""


def _nearest(name: str, names: Iterable[str]) -> str:
    # Nobody who writes correct policies pays for it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:_MAX_SHOWN], list(names), n=1)), "")


def _refuse(name: str) -> object:
    raise ValueError(name)
