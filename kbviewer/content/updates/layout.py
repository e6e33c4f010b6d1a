"""How a repository of packs is laid out: the same in a folder, on a web server and in a .kbu file.

`metadata/` and `targets/` are those of The Update Framework (TUF specification 1.0.34) with consistent
snapshots: `metadata/N.root.json`, `N.targets.json`, `N.snapshot.json`, `timestamp.json`, and
`targets/SHA256.NAME`. The targets are the current version of each pack, and deltas that make it of an earlier
one. What they are stands under `CUSTOM` in the signed metadata of each target. Under the same name, root and
targets say who the publisher is, and all roles when they were signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kbviewer.content.packs.layout import BAD_JSON, SUFFIX, UPDATE_MIMETYPE, is_pack_id

METADATA = "metadata"
TARGETS = "targets"
CUSTOM = "kbviewer"
PUBLISHER = "publisher"
SIGNED_AT = "signed_at"
DELTA_SUFFIX = ".kbd"
BUNDLE_SUFFIX = ".kbu"
BUNDLE_MIMETYPE = UPDATE_MIMETYPE

_MAX_TEXT = 200
_MAX_TITLES = 40
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class PackTarget:
    """The version of a pack that a repository offers.

    Attributes:
        version: as the pack says, "" when it says none.
        day: the content's date.
        titles: the library's title per language.
        manifest: SHA-256 of its manifest, in hexadecimal.
    """

    pack_id: str
    version: str
    manifest: str
    day: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def path(self, sha256: str) -> str:
        """Return the target's name, for a file with that SHA-256."""
        return f"{self.pack_id}-{sha256[:16]}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class DeltaTarget:
    """What makes the offered version of a pack of an earlier one.

    Attributes:
        old: SHA-256 of the earlier file.
        new: SHA-256 of the file that comes of it.
        recipe: with which program the index has to be built to be the one in the new file, as
            `index_recipe` says; "" when the index is in the delta.
    """

    pack_id: str
    old: str
    new: str
    recipe: str = ""

    def path(self) -> str:
        """Return the target's name."""
        kind = "" if self.recipe else "-index"
        return f"{self.pack_id}-{self.old[:16]}-{self.new[:16]}{kind}{DELTA_SUFFIX}"


def our_fields(unrecognized: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what signed metadata say under `CUSTOM` among their `unrecognized_fields`."""
    value = unrecognized.get(CUSTOM)
    return value if isinstance(value, dict) else {}


def to_custom(target: PackTarget | DeltaTarget) -> dict[str, Any]:
    """Return the value that the metadata of a target gets under `CUSTOM`."""
    if isinstance(target, DeltaTarget):
        return {
            "kind": "delta",
            "id": target.pack_id,
            "old": target.old,
            "new": target.new,
            "recipe": target.recipe,
        }
    return {
        "kind": "pack",
        "id": target.pack_id,
        "version": target.version,
        "manifest": target.manifest,
        "date": target.day.isoformat() if target.day else None,
        "titles": dict(target.titles),
    }


def from_custom(value: Any) -> PackTarget | DeltaTarget | None:
    """Return what a target is, None for one of another kind: it may be for a later program.

    Raises:
        ValueError: the value says something that cannot be.
    """
    try:
        match value["kind"]:
            case "pack":
                return PackTarget(
                    _id(value["id"]),
                    _text(value["version"]),
                    _digest(value["manifest"]),
                    None if value["date"] is None else date.fromisoformat(_text(value["date"])),
                    _titles(value["titles"]),
                )
            case "delta":
                old, new = _digest(value["old"]), _digest(value["new"])
                return DeltaTarget(_id(value["id"]), old, new, _text(value["recipe"]))
            case _:
                return None
    except BAD_JSON as error:
        raise ValueError(f"not a target of ours: {type(error).__name__}") from error


def _id(value: Any) -> str:
    if type(value) is not str or not is_pack_id(value):
        raise ValueError("not an id")
    return value


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > _MAX_TEXT:
        raise TypeError("not a short text")
    return value


def _digest(value: Any) -> str:
    if type(value) is not str or len(value) != 64 or not _HEX.issuperset(value):
        raise ValueError("not a SHA-256")
    return value


def _titles(value: Mapping[Any, Any]) -> dict[str, str]:
    if len(value) > _MAX_TITLES:
        raise ValueError("too many titles")
    return {_text(language): _text(title) for language, title in value.items()}
