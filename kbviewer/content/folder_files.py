"""Bytes of a library's files. Names and sizes are checked before anything is opened."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from kbviewer.content.folder_scan import blocked
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_
from kbviewer.model.system_errors import system_reason

MAX_ARTICLE_BYTES = 4 * 1024 * 1024
MAX_MEDIA_BYTES = 20 * 1024 * 1024

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_RASTER = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


def read_text(path: Path, source: str) -> str | Problem:
    """Return the text of an article file, or why there is none. Line ends come out as "\\n"."""
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_ARTICLE_BYTES:
            return blocked(
                source,
                "too-large",
                N_("the file has {size} bytes, an article at most {limit}"),
                size=size_bytes,
                limit=MAX_ARTICLE_BYTES,
            )
        with path.open("rb") as file:
            # The file may have grown since; one byte more than allowed tells.
            data = file.read(MAX_ARTICLE_BYTES + 1)
    except OSError as error:
        reason = system_reason(error)
        return blocked(source, "unreadable", N_("the file cannot be read ({reason})"), reason=reason)
    return decode_text(data, source)


def decode_text(data: bytes, source: str) -> str | Problem:
    """Return the text in the bytes of an article file, or why there is none."""
    if data.startswith(_UTF_16):
        return blocked(source, "encoding", N_("the file is UTF-16, not UTF-8"))
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return blocked(source, "binary", N_("the file is binary, not text"), line=line)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        return blocked(source, "encoding", N_("the file is not UTF-8 (byte {byte})"), line=line, byte=byte)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_inside(root: Path, source: str) -> str | None:
    """Return the text of any file of a library by its path, None when it is not there or may not be read."""
    parts = source.split("/")
    if len(source) > 1024 or any(not is_plain_name(part) or part.startswith(".") for part in parts):
        return None
    path = root / source
    try:
        if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    text = read_text(path, source)
    return text if isinstance(text, str) else None


def read_media(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a raster picture inside `folder`, None when it is missing or not allowed.

    `path` names it exactly, upper and lower case included, with forward slashes.
    """
    parts = path.split("/")
    if len(path) > 1024 or any(not is_plain_name(part) for part in parts):
        return None
    target = folder
    try:
        for part in parts:
            if part not in os.listdir(target):  # noqa: PTH208 - names are wanted, not paths
                return None
            target /= part
        if not target.resolve().is_relative_to(folder.resolve()) or not target.is_file():
            return None
        if target.stat().st_size > MAX_MEDIA_BYTES:
            return None
        with target.open("rb") as file:
            data = file.read(MAX_MEDIA_BYTES + 1)
    except (OSError, RuntimeError, ValueError):
        return None
    return data if len(data) <= MAX_MEDIA_BYTES and is_raster(data) else None


def is_plain_name(part: str) -> bool:
    """Return whether `part` can only name something directly inside a folder, on any system."""
    return part not in {"", ".", ".."} and not any(char in part for char in '\\:\0*?"<>|')


def is_raster(data: bytes) -> bool:
    """Return whether `data` begins as a PNG, JPEG, GIF, BMP or WebP picture does."""
    return data.startswith(_RASTER) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
