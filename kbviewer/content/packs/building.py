"""Makes a pack of a folder: which files go in, the listing, and the index that somebody else builds."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_files import MAX_ARTICLE_BYTES, MAX_MEDIA_BYTES, is_raster
from kbviewer.content.folder_scan import MAX_DEPTH
from kbviewer.content.pack import Pack
from kbviewer.content.packs.description import check_description
from kbviewer.content.packs.layout import CONTENT, INDEX, LISTING_NAME, is_pack_id
from kbviewer.content.packs.listing import encode_listing, stamps_of
from kbviewer.content.packs.pack_file import PackFacts, content_signature
from kbviewer.content.packs.pack_writer import PackWriter
from kbviewer.content.packs.zip_reader import is_plain_path
from kbviewer.model.article import Article
from kbviewer.model.errors import PackError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

_TEXTS = (".md", ".toml", ".yml", ".yaml", ".json", ".txt")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
_LICENCE = re.compile(r"(?:licen[cs]e|copying|notice)", re.IGNORECASE)
# Where docfx keeps redirects.
_REDIRECTS = ".openpublishing.redirection"
_FIRST_BYTES = 16


class IndexSource:
    """The articles of a pack that is being built, as a search index takes them."""

    def __init__(self, library: FolderLibrary, digests: Mapping[str, str]) -> None:
        self._library = library
        self._digests = digests

    def signature(self) -> str:
        """Return what the pack's library will say."""
        return content_signature(self._digests)

    def stamps(self) -> Mapping[str, str]:
        """Return the SHA-256 of every article by its source path."""
        included = self._library.catalogue.included
        return stamps_of(self._library.stamps(), included, lambda name: self._digests.get(name, ""))

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        """Yield the articles with these source paths."""
        return self._library.read(sources)


BuildIndex = Callable[[IndexSource, Path], Iterable[tuple[str, bytes | Path]]]


@dataclass(frozen=True, slots=True)
class Built:
    """What has been built.

    Attributes:
        facts: what pack.json says.
        problems: why articles were left out, and what of pack.toml is not understood.
        left_out: how many files of other kinds were left out, by their suffix.
    """

    facts: PackFacts
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int]


def build_pack(
    root: Path,
    path: Path,
    build_index: BuildIndex,
    *,
    cache_dir: Path | None = None,
    made_with: str = "",
    on_file: Callable[[int, int], None] | None = None,
) -> Built:
    """Make a pack of the folder `root`.

    Args:
        path: the file to write; one that is there is replaced when the new one is complete.
        build_index: builds the search index in the folder that it is given, and returns its files.
        cache_dir: for parsed articles.
        on_file: called with the number of files that are written and of all.

    Raises:
        PackError: pack.toml is wrong, there is nothing to pack, or the file cannot be written.
    """
    unknown = check_description(root)
    library = FolderLibrary(root, cache_dir)
    catalogue = library.catalogue
    if not catalogue.sources:
        raise PackError(
            message(N_("“{path}” has no article that can be read."), path=root),
            message(N_("“kbviewer check” says what is wrong with each.")),
        )
    writer = PackWriter(path)
    left_out: Counter[str] = Counter()
    taken_in = {path for paths in catalogue.included.values() for path in paths}
    for source, file in _files(root, root):
        if _belongs(source, file, is_text=source in taken_in):
            writer.add(CONTENT + source, file)
        else:
            left_out[file.suffix.lower() or file.name] += 1
    missing = [
        file.source for file in catalogue.sources.values() if CONTENT + file.source not in writer.digests
    ]
    if missing:
        raise PackError(
            message(N_("“{name}” cannot stand in a pack."), name=missing[0]),
            message(N_("Give the file a shorter name without special characters.")),
        )
    variants = Counter(language for _, language in catalogue.sources)
    pack = replace(library.pack, id=pack_id_of(library.pack))
    articles = sum(1 for entry in catalogue.entries.values() if entry.variants)
    facts = PackFacts(pack, articles, variants, made_with)
    writer.add(LISTING_NAME, encode_listing(catalogue))
    with tempfile.TemporaryDirectory(prefix="kbviewer-pack-") as folder:
        for name, data in build_index(IndexSource(library, writer.digests), Path(folder)):
            writer.add(INDEX + name, data)
        writer.write(facts.to_data(), on_file)
    return Built(facts, (*unknown, *library.problems()), left_out)


def pack_id_of(pack: Pack) -> str:
    """Return the pack's id in a form that names a pack.

    Raises:
        PackError: nothing of it is left.
    """
    if is_pack_id(pack.id):
        return pack.id
    plain = unicodedata.normalize("NFKD", pack.id.casefold()).encode("ascii", "ignore").decode("ascii")
    made = re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-.")[:80].rstrip("-.")
    if not is_pack_id(made):
        raise PackError(
            message(N_("“{id}” cannot name a pack."), id=pack.id),
            message(N_("Write an id of small letters, digits and dashes into pack.toml.")),
        )
    return made


def _files(folder: Path, root: Path, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Path]]:
    """Yield all files by their path below the root, in order; a link counts if it stays inside."""
    try:
        with os.scandir(folder) as items:
            entries = sorted(items, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name, path = f"{prefix}{entry.name}", Path(entry.path)
        if entry.name.startswith(".") and not entry.name.startswith(_REDIRECTS):
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth < MAX_DEPTH:
                yield from _files(path, root, f"{name}/", depth + 1)
        elif entry.is_file() and (not entry.is_symlink() or path.resolve().is_relative_to(root.resolve())):
            yield name, path


def _belongs(source: str, file: Path, *, is_text: bool) -> bool:
    """Return whether a file goes into a pack: text and raster pictures within the limits of the reader.

    Args:
        is_text: an article takes the file in, whatever it is called.
    """
    if not is_plain_path(CONTENT + source):
        return False
    suffix = file.suffix.lower()
    if is_text or suffix in _TEXTS or _LICENCE.fullmatch(file.stem):
        return file.stat().st_size <= MAX_ARTICLE_BYTES
    if suffix not in _PICTURES or file.stat().st_size > MAX_MEDIA_BYTES:
        return False
    with file.open("rb") as stream:
        return is_raster(stream.read(_FIRST_BYTES))
