"""The listing of a folder: made from what the cache remembers and from the files that are new."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kbviewer.content.cache import LibraryCache
from kbviewer.content.codec import FORMAT
from kbviewer.content.collector import CollectorPause
from kbviewer.content.folder_listing import (
    Catalogue,
    Record,
    decode_record,
    encode_record,
    join,
    problem_of,
)
from kbviewer.content.folder_redirects import redirect
from kbviewer.content.folder_scan import MAX_FILES, ArticleFile, FolderScan, blocked, identify, scan_folder
from kbviewer.content.folder_store import GLOSSARY_FILE, ArticleStore, stamp_of
from kbviewer.content.pack import Pack
from kbviewer.content.redirects import read_redirections, redirection_files
from kbviewer.model.errors import ContentError, KbError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

PACK_FILE = "pack.toml"


class Listing(NamedTuple):
    """What a folder holds, at one moment."""

    pack: Pack
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    signature: str
    contents: tuple[str, ...] = ()


class Look(NamedTuple):
    """What lies in a folder now, by names and sizes."""

    found: FolderScan
    redirections: list[str]


OnProgress = Callable[[int, int], bool]
"""Is told how many of how many files have been looked at; False stops the reading."""

# Often enough for a bar that moves, rarely enough to cost nothing.
_TELL_EVERY = 50
# From here on, looking through the records again and again would be felt in a window.
_MANY = 2_000


class ReadingStoppedError(KbError):
    """Somebody did not want to wait for a listing; what was read is kept."""


def look_at(root: Path, languages: Sequence[str], parts: Sequence[str] = ()) -> Look:
    """Look at a folder without opening anything."""
    return Look(scan_folder(root, languages, parts), redirection_files(root, parts))


def signature_of(root: Path, look: Look) -> str:
    """Return a text that changes whenever a file of the library changes."""
    stamps = [(name, stamp_of(root / name)) for name in (PACK_FILE, GLOSSARY_FILE, *look.redirections)]
    stamps += [(file.source, file.stamp) for file in look.found.files]
    stamps += sorted([*look.found.taken_in.items(), *look.found.contents.items()])
    checksum = zlib.crc32(repr(stamps).encode("utf-8", "surrogatepass"))
    total_bytes = sum(size for _, (size, _) in stamps)
    newest_ns = max(modified for _, (_, modified) in stamps)
    return f"{FORMAT}-{len(stamps)}-{total_bytes}-{newest_ns}-{checksum:08x}"


def make_listing(
    root: Path,
    cache: LibraryCache,
    store: ArticleStore,
    parts: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> Listing:
    """List `root`. Files that the cache's index does not know as they are now are read.

    Raises:
        ReadingStoppedError: `on_progress` wanted it.
    """
    with CollectorPause() as pause:
        listing = _make_listing(root, cache, store, parts, on_progress, pause)
        if len(listing.catalogue.sources) >= _MANY:
            pause.keep()
        return listing


def _make_listing(
    root: Path,
    cache: LibraryCache,
    store: ArticleStore,
    parts: Sequence[str],
    on_progress: OnProgress | None,
    pause: CollectorPause,
) -> Listing:
    index = cache.load_index()
    usable = index if index.get("format") == FORMAT else {}
    problems: list[Problem] = []
    if not root.is_dir():
        problems.append(blocked(str(root), "no-folder", N_("there is no such folder")))
    pack = _pack(root, usable, problems)
    look = look_at(root, pack.languages, parts)
    files = look.found.files
    if look.found.is_cut:
        problems.append(
            blocked("", "too-many-files", N_("only the first {limit} files are read"), limit=MAX_FILES)
        )
    known = usable.get("files") if usable.get("glossary") == list(store.glossary_stamp) else None
    reading = _Reading(store, known if isinstance(known, dict) else {}, pause)
    is_complete = reading.read(files, on_progress)
    signature = signature_of(root, look) if is_complete else ""
    if usable.get("signature") != signature:
        cache.save_index(
            {
                "format": FORMAT,
                "signature": signature,
                "pack_stamp": stamp_of(root / PACK_FILE),
                "pack": pack.to_data(),
                "glossary": store.glossary_stamp,
                "files": {
                    file.source: {"stamp": file.stamp, **encode_record(record)}
                    for file, record in reading.records
                },
            }
        )
    if not is_complete:
        raise ReadingStoppedError(message(N_("The articles have not been read to the end.")))
    moved = read_redirections(root, look.redirections, problems)
    catalogue = join(reading.records, pack.languages)
    redirect(catalogue, reading.records, moved, lambda source: identify(source, pack.languages, parts)[0])
    return Listing(pack, catalogue, tuple(problems), signature, tuple(sorted(look.found.contents)))


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


class _Reading:
    """Finds the record of each file."""

    def __init__(self, store: ArticleStore, known: dict[str, Any], pause: CollectorPause) -> None:
        self._store = store
        self._pause = pause
        self._known = known
        self.records: list[tuple[ArticleFile, Record]] = []

    def read(self, files: Sequence[ArticleFile], on_progress: OnProgress | None) -> bool:
        """Read all; return False when `on_progress` stopped it."""
        found = [_known_record(file, self._known.get(file.source)) for file in files]
        if None in found:
            with self._pause.lifted():
                self._read_new(files, found, on_progress)
        self.records = [
            (file, record) for file, record in zip(files, found, strict=True) if record is not None
        ]
        return len(self.records) == len(files)

    def _read_new(
        self, files: Sequence[ArticleFile], found: list[Record | None], on_progress: OnProgress | None
    ) -> None:
        done = sum(record is not None for record in found)
        for number, file in enumerate(files):
            if found[number] is None:
                if on_progress is not None and done % _TELL_EVERY == 0 and not on_progress(done, len(files)):
                    break
                found[number] = self._store.record(file)
                done += 1


def _known_record(file: ArticleFile, cached: Any) -> Record | None:
    """Return the record of a file that need not be opened, None for one that is new or has changed."""
    if file.problem:
        return Record(variant=None, problem=file.problem)
    if isinstance(cached, dict) and cached.get("stamp") == list(file.stamp):
        return decode_record(cached)
    return None
