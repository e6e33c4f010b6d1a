"""Parsed articles and listings as JSON files in the profile's cache folder.

Nothing here is needed: what is missing, damaged or cannot be written is made again from the content. The
folder belongs to the reader, and its files hold data only; the codec refuses what is not an article.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Generator, Iterable, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

MAX_CACHE_BYTES = 64 * 1024 * 1024
_INDEX = "listing.jsonl"
_ROWS_TOGETHER = 500


class LibraryCache:
    """The cached files of one library; without a usable folder it keeps nothing."""

    def __init__(self, directory: Path | None, root: Path) -> None:
        self._root = str(root)
        # The name tells people whose cache it is; the path inside each file tells the program.
        name = f"{root.name or 'library'}-{_checksum(self._root)}"
        self._directory = directory / name if directory else None

    def load_index(self) -> Generator[dict[str, Any], None, None]:
        """Yield the head that `save_index` was given, then the rows, some at a time; nothing damaged.

        All rows at once, as text and as JSON values, would be several times what is made of them. The file is
        open until the last one has been asked for, or until `close`.
        """
        if self._directory is None:
            return
        with suppress(OSError), (self._directory / _INDEX).open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_CACHE_BYTES:
                return
            head = _parsed(file.readline())
            if head.get("owner") != self._root:
                return
            yield head
            yield from map(_parsed, file)

    def save_index(self, head: Mapping[str, Any], rows: Iterable[tuple[str, Any]]) -> None:
        """Keep the library's listing: what is true of all of it, and a row per file."""
        left = iter(rows)
        batches = iter(lambda: dict(islice(left, _ROWS_TOGETHER)), {})
        self._save(_INDEX, self._root, head, *batches)

    def load_article(self, source: str) -> dict[str, Any]:
        """Return what `save_article` was given for `source`, {} when there is nothing usable."""
        return self._load(f"{_checksum(source)}.json", source)

    def save_article(self, source: str, data: Mapping[str, Any]) -> None:
        """Keep the parsed form of one file."""
        self._save(f"{_checksum(source)}.json", source, data)

    def load_contents(self, language: str) -> dict[str, Any]:
        """Return what `save_contents` was given for `language`, {} when there is nothing usable."""
        return self._load(f"contents-{_checksum(language)}.json", language)

    def save_contents(self, language: str, data: Mapping[str, Any]) -> None:
        """Keep the table of contents in one language."""
        self._save(f"contents-{_checksum(language)}.json", language, data)

    def _load(self, name: str, owner: str) -> dict[str, Any]:
        if self._directory is None:
            return {}
        path = self._directory / name
        try:
            if path.stat().st_size > MAX_CACHE_BYTES:
                return {}
            data = _parsed(path.read_bytes())
        except OSError:
            return {}
        # Two paths may share a checksum; then the later one is parsed each time.
        return data if data.get("owner") == owner else {}

    def _save(self, name: str, owner: str, data: Mapping[str, Any], *more: Mapping[str, Any]) -> None:
        """Write `data` as the first line of a file and `more` as the others."""
        if self._directory is None:
            return
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            lines = map(dump, ({"owner": owner, **data}, *more))
            write_atomically(self._directory / name, b"\n".join(lines))
        except (OSError, ValueError, RecursionError):
            # A full disk or a read-only profile costs time, never the article.
            return


def _parsed(line: bytes) -> dict[str, Any]:
    """Return the JSON object in `line`, {} when there is none."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def dump(data: Mapping[str, Any]) -> bytes:
    """Return `data` as compact JSON that may hold file names in any encoding."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step, so that no reader ever sees half of it.

    Raises:
        OSError: the folder cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _checksum(text: str) -> str:
    # Not hashlib: it loads OpenSSL, which costs more than reading the article.
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
