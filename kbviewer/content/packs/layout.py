"""What is called what in a pack, and how large it may be."""

from __future__ import annotations

from kbviewer.content.packs.zip_reader import MAX_DEFLATED_BYTES

SUFFIX = ".kbp"
FORMAT = 1
MIMETYPE = b"application/vnd.kbviewer.pack+zip"

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
