"""Parsed articles and listings as JSON files in the profile's cache folder.

Nothing here is needed: what is missing, damaged or cannot be written is made again from the content. The
folder belongs to the reader, and its files hold data only; the codec refuses what is not an article.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_CACHE_BYTES = 64 * 1024 * 1024


class LibraryCache:
    """The cached files of one library; without a usable folder it keeps nothing."""

    def __init__(self, directory: Path | None, root: Path) -> None:
        self._root = str(root)
        # The name tells people whose cache it is; the path inside each file tells the program.
        name = f"{root.name or 'library'}-{_checksum(self._root)}"
        self._directory = directory / name if directory else None

    def load_index(self) -> dict[str, Any]:
        """Return what `save_index` was given, {} when there is nothing usable."""
        return self._load("index.json", self._root)

    def save_index(self, data: Mapping[str, Any]) -> None:
        """Keep the library's listing."""
        self._save("index.json", self._root, data)

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
            data = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        # Two paths may share a checksum; then the later one is parsed each time.
        return data if isinstance(data, dict) and data.get("owner") == owner else {}

    def _save(self, name: str, owner: str, data: Mapping[str, Any]) -> None:
        if self._directory is None:
            return
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            write_atomically(self._directory / name, dump({"owner": owner, **data}))
        except (OSError, ValueError, RecursionError):
            # A full disk or a read-only profile costs time, never the article.
            return


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
