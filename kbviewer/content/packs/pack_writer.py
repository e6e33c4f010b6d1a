"""Writes a pack: the same files give the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from kbviewer.content.packs.layout import (
    FACTS_NAME,
    FORMAT,
    INDEX,
    MANIFEST_NAME,
    MIMETYPE,
    MIMETYPE_NAME,
)
from kbviewer.content.packs.zip_reader import (
    MAX_DEFLATED_BYTES,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
)
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

Data = bytes | Path

_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_DEFLATED_SUFFIXES = (".md", ".toml", ".yml", ".yaml", ".json", ".txt")
_CHUNK_BYTES = 1 << 20
# What follows the files: their names, twice over, and 46 bytes each; the rest of 4 GiB is theirs.
_MAX_CONTENT_BYTES = MAX_FILE_BYTES - (64 << 20)


class PackWriter:
    """Collects what goes into a pack, and writes it in one go. Nothing is there before it is complete.

    Args:
        path: where the pack will be; one that is there is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[str, Data] = {}
        self._facts: dict[str, tuple[int, str]] = {}

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 of each file that was added, by name."""
        return {name: digest for name, (_, digest) in self._facts.items()}

    def add(self, name: str, data: Data) -> None:
        """Take a file; one that is named by its path is read now for its checksum and again to be written.

        Raises:
            PackError: it cannot be read.
        """
        self._files[name] = data
        self._facts[name] = _size_and_digest(data)

    def write(self, facts: Mapping[str, Any], on_file: Callable[[int, int], None] | None = None) -> None:
        """Write the pack.

        Args:
            facts: what pack.json says.
            on_file: called with the number of files that are written and of all.

        Raises:
            PackError: it cannot be written, is too large, or a file has changed meanwhile.
        """
        self.add(MIMETYPE_NAME, MIMETYPE)
        self.add(FACTS_NAME, encode_json(facts))
        manifest = {
            "format": FORMAT,
            "files": {name: list(self._facts[name]) for name in sorted(self._facts)},
        }
        first = {
            MIMETYPE_NAME: self._files.pop(MIMETYPE_NAME),
            FACTS_NAME: self._files.pop(FACTS_NAME),
            MANIFEST_NAME: encode_json(manifest),
        }
        rest = {name: self._files[name] for name in sorted(self._files)}
        files = list((first | rest).items())
        self._check_size(files)
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        try:
            with temporary.open("wb") as file:
                self._write_zip(file, files, on_file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            raise PackError(
                message(
                    N_("“{path}” cannot be written: {reason}."), path=self._path, reason=system_reason(error)
                ),
                message(N_("Make room, or name a file in a folder where you may write.")),
            ) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _write_zip(
        self,
        file: IO[bytes],
        files: Sequence[tuple[str, Data]],
        on_file: Callable[[int, int], None] | None,
    ) -> None:
        with zipfile.ZipFile(file, "w", allowZip64=False) as archive:
            for done, (name, data) in enumerate(files, start=1):
                content = data if isinstance(data, bytes) else _read(data)
                expected = self._facts.get(name)
                if expected and expected[1] != hashlib.sha256(content).hexdigest():
                    raise PackError(
                        message(N_("“{name}” has changed while the pack was built."), name=name),
                        message(N_("Build it again.")),
                    )
                entry = zipfile.ZipInfo(name, _TIME)
                entry.create_system = _UNIX
                entry.external_attr = _PLAIN_FILE
                entry.compress_type = method_of(name, content)
                archive.writestr(entry, content, compresslevel=_LEVEL)
                if on_file:
                    on_file(done, len(files))

    def _check_size(self, files: Sequence[tuple[str, Data]]) -> None:
        total = sum(size for size, _ in self._facts.values())
        if len(files) > MAX_MEMBERS or total > _MAX_CONTENT_BYTES:
            raise PackError(
                message(
                    N_("A pack holds up to {files} files of 4 GB together; this one would have {count}."),
                    files=MAX_MEMBERS,
                    count=len(files),
                ),
                message(N_("Divide the folder into several packs.")),
            )


def encode_json(value: object) -> bytes:
    """Return JSON that is the same for the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def method_of(name: str, content: bytes) -> int:
    """Return how a file is packed: text deflated, pictures and the index as they are.

    What packs so well that a reader would take it for a bomb is stored.
    """
    if name == MIMETYPE_NAME or name.startswith(INDEX) or not name.lower().endswith(_DEFLATED_SUFFIXES):
        return zipfile.ZIP_STORED
    if len(content) > MAX_DEFLATED_BYTES or _packs_too_well(content):
        return zipfile.ZIP_STORED
    return zipfile.ZIP_DEFLATED


def _packs_too_well(content: bytes) -> bool:
    import zlib

    return len(content) > (MAX_RATIO // 2) * len(zlib.compress(content, 1)) + 512


def _size_and_digest(data: Data) -> tuple[int, str]:
    if isinstance(data, bytes):
        return len(data), hashlib.sha256(data).hexdigest()
    digest, size = hashlib.sha256(), 0
    try:
        with data.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise _unreadable(data, error) from error
    return size, digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> PackError:
    return PackError(
        message(N_("“{path}” cannot be read: {reason}."), path=path, reason=system_reason(error)),
        message(N_("Give this account the right to read it.")),
    )
