"""Whether a remembered source in a folder, such as a stick that is plugged in, seems to have something newer.

Only a hint: one small file is read, without network and lock, and nothing of it is believed or kept. Whoever
follows the hint has the source looked at as always.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kbviewer.content.packs.layout import BAD_JSON, parse_json
from kbviewer.content.updates.address import is_bundle, is_web
from kbviewer.content.updates.layout import METADATA
from kbviewer.content.updates.trust_store import TrustStores
from kbviewer.model.errors import UpdateError

_TIMESTAMP = "timestamp.json"
_MAX_BYTES = 1 << 16


class News(NamedTuple):
    """A source that seems to have something newer."""

    key: str
    publisher: str
    folder: str


def find_news(trust: Path, may_use: Callable[[str], bool]) -> News | None:
    """Return the first source in a folder that seems to have something newer; None when none does.

    May take as long as a share does not answer.

    Args:
        trust: where it is kept who is trusted.
        may_use: False for an address from which nothing may be taken.
    """
    stores = TrustStores(trust)
    with suppress(UpdateError):
        for key in stores.stored():
            with suppress(UpdateError):
                store = stores.load(key)
                known = _version(store.metadata("timestamp") or b"")
                for address in store.record.addresses:
                    if is_web(address) or is_bundle(address) or not may_use(address):
                        continue
                    if _version(_read(Path(address) / METADATA / _TIMESTAMP)) > known:
                        return News(key, store.name, address)
    return None


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except OSError:
        return b""


def _version(timestamp: bytes) -> int:
    try:
        version = parse_json(timestamp)["signed"]["version"]
    except BAD_JSON:
        return 0
    return version if isinstance(version, int) else 0
