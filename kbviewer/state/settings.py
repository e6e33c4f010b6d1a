"""What the reader can set: each setting declared once, with type, help, limits and default."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, NamedTuple, get_args, get_type_hints

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.database import Database


class Help(NamedTuple):
    """What the setting does, in English; translated when shown."""

    text: str


class Range(NamedTuple):
    """Smallest and largest value."""

    low: float
    high: float

    def allows(self, value: Any) -> bool:
        """Return whether `value` lies between them, ends included."""
        return math.isfinite(value) and self.low <= value <= self.high


class OneOf(NamedTuple):
    """The only values there are."""

    values: tuple[str, ...]

    def allows(self, value: Any) -> bool:
        """Return whether `value` is one of them."""
        return value in self.values


class Shape(NamedTuple):
    """A regular expression that the whole text matches."""

    pattern: str

    def allows(self, value: Any) -> bool:
        """Return whether `value` has the shape."""
        return re.fullmatch(self.pattern, value) is not None


class AtMost(NamedTuple):
    """Most bytes that are kept."""

    size_bytes: int

    def allows(self, value: Any) -> bool:
        """Return whether `value` is small enough."""
        return len(value) <= self.size_bytes


Limit = Range | OneOf | Shape | AtMost


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingValues:
    """All settings at one moment."""

    language: Annotated[
        str,
        Help(N_("Language of the program; empty for the system's")),
        Shape(r"|[a-zA-Z]{2,3}(-\w{2,8})*"),
    ] = ""
    theme: Annotated[
        str, Help(N_("Colours of the program")), OneOf(("system", "light", "dark", "contrast"))
    ] = "system"
    zoom: Annotated[float, Help(N_("Text size, times the system font")), Range(0.5, 3.0)] = 1.0
    start_where_left: Annotated[bool, Help(N_("Whether the program opens where it was left"))] = True
    touch: Annotated[bool, Help(N_("Larger targets, for fingers"))] = False
    side_by_side: Annotated[bool, Help(N_("Whether articles are shown in two languages side by side"))] = (
        False
    )
    side_pane_folded: Annotated[bool, Help(N_("Whether the side pane is folded away"))] = False
    side_pane_width: Annotated[int, Help(N_("Width of the side pane in pixels")), Range(120, 2000)] = 280
    case_at_work: Annotated[int, Help(N_("The case that is worked in; 0 for none")), Range(0, 2**53)] = 0
    print_paper: Annotated[str, Help(N_("Paper to print on")), OneOf(("A4", "Letter"))] = "A4"
    print_landscape: Annotated[bool, Help(N_("Whether pages are printed in landscape"))] = False
    print_empty: Annotated[bool, Help(N_("Whether boxes are printed empty"))] = False
    print_fit: Annotated[
        str, Help(N_("How pages are fitted to the print preview")), OneOf(("width", "page"))
    ] = "width"
    find_match_case: Annotated[bool, Help(N_("Whether finding tells capitals from small letters"))] = False
    find_whole_words: Annotated[bool, Help(N_("Whether finding takes whole words only"))] = False
    find_diacritics: Annotated[bool, Help(N_("Whether finding tells å, ä and ö from a and o"))] = False
    libraries: Annotated[str, Help(N_("Which libraries are on, and their order")), AtMost(1 << 16)] = ""
    print_notes: Annotated[bool, Help(N_("Whether your notes are printed after the article"))] = False
    window_geometry: Annotated[bytes, Help(N_("Place and size of the window")), AtMost(4096)] = b""


WITH_IDS: Final = frozenset({"case_at_work", "libraries"})
"""Settings that hold ids or folders of this machine's; they stay at home when the reader's data travels."""


class SettingSpec(NamedTuple):
    """A declared setting."""

    name: str
    type: type
    default: object
    help: str
    limit: Limit | None = None

    def allows(self, value: object) -> bool:
        """Return whether `value` has the setting's type and keeps its limit. A whole number is a float."""
        kinds = (float, int) if self.type is float else (self.type,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and self.type is not bool):
            return False
        return self.limit is None or self.limit.allows(value)


def declared_settings() -> Mapping[str, SettingSpec]:
    """Return every setting by name, in the order of their declaration."""
    hints = get_type_hints(SettingValues, include_extras=True)
    specs = {}
    for item in fields(SettingValues):
        kind, *details = get_args(hints[item.name])
        help_text = next(detail.text for detail in details if isinstance(detail, Help))
        limit = next((detail for detail in details if isinstance(detail, Limit)), None)
        specs[item.name] = SettingSpec(item.name, kind, item.default, help_text, limit)
    return specs


class Settings:
    """The reader's settings; a stored value that is not allowed counts as not stored."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._specs = declared_settings()

    @property
    def values(self) -> SettingValues:
        """All settings, typed."""
        return SettingValues(**self.chosen())

    def chosen(self) -> dict[str, Any]:
        """Return those that have been set, by name."""
        stored: dict[str, Any] = {}
        for name, text in self._database.read("SELECT name, value FROM settings"):
            spec = self._specs.get(name)
            if spec is None:
                continue
            value = _decode(text, spec.type)
            if spec.allows(value):
                stored[name] = value
        return stored

    def get(self, name: str) -> Any:
        """Return one setting, its default when it was never set.

        Raises:
            KeyError: no such setting is declared.
        """
        self._specs[name]
        return getattr(self.values, name)

    def set(self, name: str, value: object) -> None:
        """Keep one setting; saved on return.

        Raises:
            KeyError: no such setting is declared.
            StateError: the value is not allowed, or it could not be saved.
        """
        if not self._specs[name].allows(value):
            raise StateError(
                message(N_("The setting {name} cannot be {value}."), name=name, value=repr(value))
            )
        self._database.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, _encode(value)))

    def reset(self, name: str) -> None:
        """Go back to the default.

        Raises:
            StateError: the change could not be saved.
        """
        self._database.write("DELETE FROM settings WHERE name = ?", (name,))


def is_allowed(name: str, text: str) -> bool:
    """Return whether there is such a setting, and `text` is a stored value that it can have."""
    spec = declared_settings().get(name)
    return spec is not None and spec.allows(_decode(text, spec.type))


def _encode(value: object) -> str:
    """Return the value as JSON; bytes as base64."""
    return json.dumps(base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value)


def _decode(text: str, kind: type) -> object:
    """Return what `_encode` wrote, None when it is damaged."""
    try:
        value = json.loads(text)
        if kind is bytes:
            return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return None
    return float(value) if kind is float and type(value) is int else value
