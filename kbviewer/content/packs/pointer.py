"""Which packs are installed in a folder: the pointer, which is read and replaced as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbviewer.content.packs.layout import BAD_JSON, SUFFIX, is_pack_id, parse_json
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

POINTER = "installed.json"
FORMAT = 1
_MAX_BYTES = 1 << 20
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose signed metadata named a file when it was installed.

    Attributes:
        publisher: what the reader knows the source by, shown wherever the origin is.
        day: of the newest metadata that they had signed then.
    """

    publisher: str
    day: date


@dataclass(frozen=True, slots=True)
class PackVersion:
    """An installed file: what it is called after, and what was found when it was installed.

    Attributes:
        sha256: of the file, in hexadecimal; the file is called after it.
        manifest: SHA-256 of its manifest, which vouches for everything in it.
        version: as the pack says, "" when it says none.
        size: in bytes.
        signature: who vouches for the file, None when it came without.
    """

    sha256: str
    manifest: str
    version: str
    size: int
    signature: Signature | None = None

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return f"{self.sha256}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class PackState:
    """The version in use, and the one before it when it is kept."""

    current: PackVersion
    previous: PackVersion | None = None

    def versions(self) -> tuple[PackVersion, ...]:
        """Return those that are kept."""
        return (self.current, self.previous) if self.previous else (self.current,)


def read_pointer(folder: Path) -> dict[str, PackState]:
    """Return by id what is installed in `folder`; nothing when there is no pointer.

    Raises:
        PackError: the pointer cannot be read or is damaged.
    """
    path = folder / POINTER
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _damaged(path, system_reason(error)) from error
    try:
        value: Any = parse_json(raw)
        if value["format"] != FORMAT:
            raise ValueError("another format")
        return {_id(pack_id): _state(entry) for pack_id, entry in value["packs"].items()}
    except BAD_JSON as error:
        raise _damaged(path, type(error).__name__) from error


def write_pointer(folder: Path, states: Mapping[str, PackState]) -> None:
    """Replace the pointer; after a crash it is the old or the new one.

    Raises:
        OSError: it cannot be written; the old one stays.
    """
    packs = {
        pack_id: {
            "current": _encode(state.current),
            "previous": _encode(state.previous) if state.previous else None,
        }
        for pack_id, state in sorted(states.items())
    }
    path = folder / POINTER
    temporary = path.with_name(f".{POINTER}.new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "packs": packs}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut, where the system has a way to ask for that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _encode(version: PackVersion) -> dict[str, Any]:
    value: dict[str, Any] = {
        "sha256": version.sha256,
        "manifest": version.manifest,
        "version": version.version,
        "size": version.size,
    }
    if version.signature is not None:
        value["signature"] = {
            "publisher": version.signature.publisher,
            "day": version.signature.day.isoformat(),
        }
    return value


def _state(value: Any) -> PackState:
    previous = value["previous"]
    return PackState(_version(value["current"]), None if previous is None else _version(previous))


def _version(value: Any) -> PackVersion:
    signature = _signature(value.get("signature"))
    version = PackVersion(value["sha256"], value["manifest"], value["version"], value["size"], signature)
    for digest in (version.sha256, version.manifest):
        if len(digest) != 64 or not _HEX.issuperset(digest):
            raise ValueError("not a SHA-256")
    if type(version.version) is not str or type(version.size) is not int:
        raise TypeError("not a version and a size")
    return version


def _signature(value: Any) -> Signature | None:
    if value is None:
        return None
    if type(value["publisher"]) is not str:
        raise TypeError("not a publisher")
    return Signature(value["publisher"], date.fromisoformat(value["day"]))


def _id(text: str) -> str:
    if not is_pack_id(text):
        raise ValueError("not an id")
    return text


def _damaged(path: Path, why: object) -> PackError:
    return PackError(
        message(N_("{path} cannot be read: {reason}."), path=path, reason=why),
        message(N_("Move it away and install the packs again; what you have written is kept elsewhere.")),
    )
