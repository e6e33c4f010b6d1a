"""What is called what in a pack, and how large it may be."""

from __future__ import annotations

import json
from typing import Any

from kbviewer.content.packs.zip_reader import MAX_DEFLATED_BYTES

SUFFIX = ".kbp"
FORMAT = 1
MIMETYPE = b"application/vnd.kbviewer.pack+zip"
UPDATE_MIMETYPE = b"application/vnd.kbviewer.update+zip"
"""What a file of updates says, which is often given where a pack belongs."""

MIMETYPE_NAME = "mimetype"
FACTS_NAME = "pack.json"
MANIFEST_NAME = "MANIFEST.json"
LISTING_NAME = "listing.json"
CONTENT = "content/"
INDEX = "index/"

MAX_FACTS_BYTES = 4 << 20
MAX_MANIFEST_BYTES = 32 << 20
MAX_LISTING_BYTES = MAX_DEFLATED_BYTES


def is_pack_id(text: str) -> bool:
    """Return whether a text may name a pack: small letters, digits, dots and dashes, not a dot first."""
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
    return 0 < len(text) <= 80 and set(text) <= allowed and text[0] not in ".-" and text[-1] != "."


BAD_JSON = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What `parse_json`, and reading values of other types than expected, may raise."""


def parse_json(raw: bytes) -> Any:
    """Return the value in JSON of which every text can be shown, saved and written as a file's name.

    Raises:
        BAD_JSON: it is none, or has half a character.
    """
    value = json.loads(raw)
    if b"\\ud" in raw or b"\\uD" in raw:
        # Perhaps a surrogate without its other half: only then is it worth looking.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value
