"""Whom the reader trusts: for each publisher the newest keys and what was last seen signed by them.

A folder per publisher below one folder. Every file is replaced as a whole and on the disk before the next one
is touched, so that a kill leaves the old or the new state of each; none of them is ever replaced by an older
one, which is what keeps an attacker from bringing old content back.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kbviewer.content.packs.file_lock import locked
from kbviewer.content.packs.layout import BAD_JSON, is_pack_id, parse_json
from kbviewer.content.packs.pointer import sync_folder
from kbviewer.model.errors import PackError, UpdateError
from kbviewer.model.messages import N_, message

RECORD = "source.json"
LOCK = "lock"
FORMAT = 1
KEY_DIGITS = 16
_MAX_RECORD_BYTES = 1 << 20
_MAX_METADATA_BYTES = 8 << 20
_MAX_ADDRESSES = 8
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a publisher beside what is signed.

    Attributes:
        first_version: of the root that was trusted first.
        fingerprint: of that root.
        addresses: where the reader gets it, the one last used first.
        publisher: what they call themselves, "" until that has been read.
        signed_at: the newest day that they have signed, None when they have said none.
        known: ids of the packs that were offered and installed, or offered and not wanted.
        installed: SHA-256 of the file that came last from here, by pack.
        checked_at: when the source was last looked at, None when that is not known.
    """

    first_version: int
    fingerprint: str
    addresses: tuple[str, ...] = ()
    publisher: str = ""
    signed_at: datetime | None = None
    known: frozenset[str] = frozenset()
    installed: Mapping[str, str] = field(default_factory=dict)
    checked_at: datetime | None = None

    def used(self, address: str) -> Record:
        """Return the record after a source has been used at an address."""
        others = (known for known in self.addresses if known != address)
        return replace(self, addresses=(address, *others)[:_MAX_ADDRESSES])


class TrustStore:
    """What is kept about one publisher. Until `keep` is called nothing is written.

    Attributes:
        record: see `Record`.
    """

    def __init__(self, folder: Path, record: Record, metadata: Mapping[str, bytes], *, is_kept: bool) -> None:
        self.folder = folder
        self.record = record
        self._metadata = dict(metadata)
        self._is_kept = is_kept

    @classmethod
    def begin(cls, stores: Path, version: int, fingerprint: str, root: bytes) -> TrustStore:
        """Return the store of somebody who is trusted from now on; nothing is written yet."""
        folder = stores / fingerprint[:KEY_DIGITS]
        return cls(folder, Record(version, fingerprint), {"root": root}, is_kept=False)

    @classmethod
    def load(cls, folder: Path) -> TrustStore:
        """Return what is kept in a folder.

        Raises:
            UpdateError: it is damaged.
        """
        try:
            record = _decode(parse_json(_read(folder / RECORD, _MAX_RECORD_BYTES)))
            root = _read(folder / "root.json", _MAX_METADATA_BYTES)
        except (OSError, *BAD_JSON) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise UpdateError(
                message(
                    N_("What is kept about a publisher in {path} is damaged: {reason}."),
                    path=folder,
                    reason=reason,
                ),
                message(
                    N_(
                        "Forget it, with “Forget…” in the window or “kbviewer update --forget {key}”, and "
                        "trust the publisher anew."
                    ),
                    key=folder.name,
                ),
            ) from error
        metadata = {"root": root}
        for role in ("timestamp", "snapshot", "targets"):
            # Whoever reads them looks whether they are whole; without them nothing is known yet.
            with suppress(OSError):
                metadata[role] = _read(folder / f"{role}.json", _MAX_METADATA_BYTES)
        return cls(folder, record, metadata, is_kept=True)

    @property
    def key(self) -> str:
        """What tells this publisher from others."""
        return self.folder.name

    @property
    def name(self) -> str:
        """What the publisher is called for the reader."""
        return self.record.publisher or (self.record.addresses or (self.key,))[0]

    def metadata(self, role: str) -> bytes | None:
        """Return what was last verified of a role, None when nothing was."""
        return self._metadata.get(role)

    def write(self, role: str, data: bytes) -> None:
        """Keep what has been verified.

        Raises:
            UpdateError: it cannot be written; the old one stays.
        """
        if self._metadata.get(role) == data:
            return
        if self._is_kept:
            with _told(self.folder):
                _replace(self.folder / f"{role}.json", data)
        self._metadata[role] = data

    def remember(self, record: Record) -> None:
        """Keep another record.

        Raises:
            UpdateError: it cannot be written; the old one stays.
        """
        if record == self.record:
            return
        if self._is_kept:
            with _told(self.folder):
                _replace(self.folder / RECORD, _encode(record))
        self.record = record

    def keep(self) -> None:
        """Write everything; the record comes last, for without it there is no store.

        Raises:
            UpdateError: it cannot be written; then there is none.
        """
        if self._is_kept:
            return
        with _told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            for role, data in self._metadata.items():
                _replace(self.folder / f"{role}.json", data)
            _replace(self.folder / RECORD, _encode(self.record))
            sync_folder(self.folder.parent)
        self._is_kept = True


class TrustStores:
    """All that is kept in one folder, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[TrustStore]:
        """Return the stores, in the order of their keys.

        Raises:
            UpdateError: one is damaged.
        """
        return [self.load(key) for key in self.stored()]

    def load(self, key: str) -> TrustStore:
        """Return what is kept under a key.

        Raises:
            UpdateError: it is damaged, or not there.
        """
        return TrustStore.load(self.folder / key)

    def stored(self) -> list[str]:
        """Return the keys of those that were kept to the end."""
        try:
            names = sorted(path.name for path in self.folder.iterdir() if (path / RECORD).exists())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return [name for name in names if len(name) == KEY_DIGITS and _HEX.issuperset(name)]

    def at(self, address: str) -> TrustStore | None:
        """Return whose address that is, None when it is nobody's that is trusted.

        Raises:
            UpdateError: none of those that can be read has it, and one is damaged.
        """
        damaged: UpdateError | None = None
        for key in self.stored():
            try:
                store = self.load(key)
            except UpdateError as error:
                damaged = error
                continue
            if address in store.record.addresses:
                return store
        if damaged is not None:
            raise damaged
        return None

    def forget(self, key: str) -> None:
        """Remove all that is kept about a publisher; the record first, so that it is never half a store.

        Raises:
            UpdateError: it cannot be removed.
        """
        folder = self.folder / key
        with _told(folder):
            (folder / RECORD).unlink()
            sync_folder(folder)
            shutil.rmtree(folder)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock of everybody who updates.

        Raises:
            UpdateError: another process holds it, or the folder cannot be written.
        """
        with _told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        held = locked(self.folder / LOCK)
        try:
            held.__enter__()
        except PackError as error:
            raise UpdateError(
                message(N_("Another kbviewer is busy with an update.")),
                message(N_("Wait until it is ready.")),
            ) from error
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        try:
            yield
        finally:
            held.__exit__(None, None, None)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> UpdateError:
    return UpdateError(
        message(
            N_("What is known about publishers cannot be kept in {path}: {reason}."),
            path=folder,
            reason=error.strerror or error,
        ),
        message(
            N_("Make room there, or let somebody with the right to write there do it; nothing was installed.")
        ),
    )


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def _read(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError("too large")
    return data


def _encode(record: Record) -> bytes:
    value = {
        "format": FORMAT,
        "first": {"version": record.first_version, "fingerprint": record.fingerprint},
        "addresses": list(record.addresses),
        "publisher": record.publisher,
        "signed_at": record.signed_at.isoformat() if record.signed_at else None,
        "known": sorted(record.known),
        "installed": dict(sorted(record.installed.items())),
        "checked_at": record.checked_at.isoformat() if record.checked_at else None,
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def _decode(value: Any) -> Record:
    if value["format"] != FORMAT:
        raise ValueError("another format")
    record = Record(
        int(value["first"]["version"]),
        _digest(value["first"]["fingerprint"]),
        tuple(str(address) for address in value["addresses"]),
        str(value["publisher"]),
        _moment(value["signed_at"]),
        frozenset(_id(pack_id) for pack_id in value["known"]),
        {_id(pack_id): _digest(sha256) for pack_id, sha256 in value["installed"].items()},
        _moment(value.get("checked_at")),
    )
    return record


def _moment(text: Any) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _digest(text: Any) -> str:
    if type(text) is not str or len(text) != 64 or not _HEX.issuperset(text):
        raise ValueError("not a SHA-256")
    return text


def _id(text: Any) -> str:
    if type(text) is not str or not is_pack_id(text):
        raise ValueError("not an id")
    return text
