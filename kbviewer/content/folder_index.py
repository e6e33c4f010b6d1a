"""The listing of a folder: made from what the cache remembers and from the files that are new."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kbviewer.content.cache import LibraryCache
from kbviewer.content.codec import FORMAT
from kbviewer.content.folder_listing import (
    Catalogue,
    Record,
    decode_record,
    encode_record,
    join,
    problem_of,
)
from kbviewer.content.folder_scan import ArticleFile, blocked, scan
from kbviewer.content.folder_store import GLOSSARY_FILE, ArticleStore, stamp_of
from kbviewer.content.pack import Pack
from kbviewer.model.errors import ContentError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_

PACK_FILE = "pack.toml"


class Listing(NamedTuple):
    """What a folder holds, at one moment."""

    pack: Pack
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    signature: str


def signature_of(root: Path, files: Iterable[ArticleFile]) -> str:
    """Return a text that changes whenever a file of the library changes."""
    stamps = [(PACK_FILE, stamp_of(root / PACK_FILE)), (GLOSSARY_FILE, stamp_of(root / GLOSSARY_FILE))]
    stamps += [(file.source, file.stamp) for file in files]
    checksum = zlib.crc32(repr(stamps).encode("utf-8", "surrogatepass"))
    total_bytes = sum(size for _, (size, _) in stamps)
    newest_ns = max(modified for _, (_, modified) in stamps)
    return f"{FORMAT}-{len(stamps)}-{total_bytes}-{newest_ns}-{checksum:08x}"


def make_listing(root: Path, cache: LibraryCache, store: ArticleStore) -> Listing:
    """List `root`. Files that the cache's index does not know as they are now are read."""
    index = cache.load_index()
    usable = index if index.get("format") == FORMAT else {}
    problems: list[Problem] = []
    if not root.is_dir():
        problems.append(blocked(str(root), "no-folder", N_("there is no such folder")))
    pack = _pack(root, usable, problems)
    files = scan(root, pack.languages)
    known = usable.get("files") if usable.get("glossary") == list(store.glossary_stamp) else None
    records = _records(files, known if isinstance(known, dict) else {}, store)
    signature = signature_of(root, files)
    if usable.get("signature") != signature:
        cache.save_index(
            {
                "format": FORMAT,
                "signature": signature,
                "pack_stamp": stamp_of(root / PACK_FILE),
                "pack": pack.to_data(),
                "glossary": store.glossary_stamp,
                "files": {
                    file.source: {"stamp": file.stamp, **encode_record(record)} for file, record in records
                },
            }
        )
    return Listing(pack, join(records, pack.languages), tuple(problems), signature)


def _pack(root: Path, index: dict[str, Any], problems: list[Problem]) -> Pack:
    path = root / PACK_FILE
    stamp = stamp_of(path)
    cached = index.get("pack")
    try:
        if index.get("pack_stamp") == list(stamp) and isinstance(cached, dict):
            return Pack.from_data(cached)
        if stamp != (0, 0):
            return Pack.load(path)
    except ContentError as error:
        problems.append(problem_of(error, PACK_FILE))
    return Pack(id=root.name)


def _records(
    files: Sequence[ArticleFile], known: dict[str, Any], store: ArticleStore
) -> list[tuple[ArticleFile, Record]]:
    return [(file, _record(file, known.get(file.source), store)) for file in files]


def _record(file: ArticleFile, cached: Any, store: ArticleStore) -> Record:
    if file.problem:
        return Record(variant=None, problem=file.problem)
    if isinstance(cached, dict) and cached.get("stamp") == list(file.stamp):
        record = decode_record(cached)
        if record:
            return record
    return store.record(file)
