"""The listing of a folder: made from what the cache remembers and from the files that are new."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
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
    cached = cache.load_index()
    head = next(cached, {})
    usable = head if head.get("format") == FORMAT else {}
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
    reading = _Reading(store, files, pause)
    if usable and usable.get("glossary") == list(store.glossary_stamp):
        reading.remember(cached)
    cached.close()
    is_complete = reading.read(on_progress)
    signature = signature_of(root, look) if is_complete else ""
    if usable.get("signature") != signature:
        head = {
            "format": FORMAT,
            "signature": signature,
            "pack_stamp": stamp_of(root / PACK_FILE),
            "pack": pack.to_data(),
            "glossary": store.glossary_stamp,
        }
        rows = (
            (file.source, {"stamp": _stamp(file), **encode_record(record)})
            for file, record in reading.records
        )
        cache.save_index(head, rows)
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


def _stamp(file: ArticleFile) -> list[int | str]:
    return [*file.stamp, *file.beside]


class _Reading:
    """Finds the record of each file."""

    def __init__(self, store: ArticleStore, files: Sequence[ArticleFile], pause: CollectorPause) -> None:
        self._store = store
        self._pause = pause
        self._files = files
        # Of a file that must not be opened, this is all there is to know.
        self._found: list[Record | None] = [
            Record(variant=None, problem=file.problem) if file.problem else None for file in files
        ]

    @property
    def records(self) -> list[tuple[ArticleFile, Record]]:
        """What has been found, with the files."""
        pairs = zip(self._files, self._found, strict=True)
        return [(file, record) for file, record in pairs if record is not None]

    def remember(self, batches: Iterable[dict[str, Any]]) -> None:
        """Take what the cache knows of files that have not changed since."""
        numbers = {file.source: number for number, file in enumerate(self._files)}
        for source, row in chain.from_iterable(batch.items() for batch in batches):
            number = numbers.get(source)
            if number is None or self._found[number] is not None or not isinstance(row, dict):
                continue
            if row.get("stamp") == _stamp(self._files[number]):
                self._found[number] = decode_record(row)

    def read(self, on_progress: OnProgress | None) -> bool:
        """Read all other files; return False when `on_progress` stopped it."""
        if None not in self._found:
            return True
        with self._pause.lifted():
            return self._read_new(on_progress)

    def _read_new(self, on_progress: OnProgress | None) -> bool:
        total = len(self._files)
        done = total - self._found.count(None)
        for number, file in enumerate(self._files):
            if self._found[number] is None:
                if on_progress is not None and done % _TELL_EVERY == 0 and not on_progress(done, total):
                    return False
                self._found[number] = self._store.record(file)
                done += 1
        return True
