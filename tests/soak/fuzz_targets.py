"""The readers of untrusted bytes, as functions that return or refuse whatever they are given."""

from __future__ import annotations

import lzma
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Final

from kbviewer.content.contents import read_contents
from kbviewer.content.front_matter import split_front_matter
from kbviewer.content.packs.layout import BAD_JSON, FACTS_NAME, LISTING_NAME, MANIFEST_NAME, parse_json
from kbviewer.content.packs.listing import read_listing
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import POINTER, read_pointer
from kbviewer.content.reader import clean_text, read_article
from kbviewer.content.redirects import read_redirections
from kbviewer.content.translation.po_file import parse_po
from kbviewer.content.updates.bundle_transport import BundleTransport
from kbviewer.content.updates.delta_file import MAGIC, DeltaReader
from kbviewer.content.updates.delta_use import write_directly
from kbviewer.content.updates.layout import from_custom
from kbviewer.model.errors import ContentError, PackError, StateError, UpdateError
from kbviewer.search.index_storage import load_plain
from kbviewer.state.data_file import read_data_file
from tests.support.packs import make_pack, with_changed

MAX_BYTES = 8_192
CORPUS = Path(__file__).with_name("corpus")


@cache
def _folder() -> Path:
    """A folder in memory where the system has one: a target writes thousands of files a second."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="kbviewer-fuzz-", dir=memory if os.access(memory, os.W_OK) else None))


def clear_folder() -> None:
    """Remove what the targets have written."""
    shutil.rmtree(_folder())
    _folder.cache_clear()
    _sound_pack.cache_clear()


@cache
def _sound_pack() -> bytes:
    return make_pack(_folder() / "sound.kbp").read_bytes()


def _written(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def front_matter(data: bytes) -> None:
    """YAML between lines of three hyphens."""
    with suppress(ContentError):
        split_front_matter(clean_text(f"---\n{_text(data)}\n---\n# A\n", "a.md"), "a.md")


def article(data: bytes) -> None:
    """A whole file of Markdown, which may take itself in."""
    text = _text(data)
    with suppress(ContentError):
        read_article(text, article_id="a", source="a.md", read_file=lambda _path: text)


def contents(data: bytes) -> None:
    """A table of contents, as Markdown and as YAML."""
    read_contents({"TOC.md": _text(data), "a/toc.yml": _text(data)}, lambda path: path)


def redirects(data: bytes) -> None:
    """A list of redirects."""
    _written(".openpublishing.redirection.json", data)
    read_redirections(_folder(), [".openpublishing.redirection.json"], [])


def pack(data: bytes) -> None:
    """A file that calls itself a pack."""
    with suppress(PackError), closing(PackFile(_written("any.kbp", data))) as file:
        file.verify()


def _in_a_pack(name: str, data: bytes, *, honest: bool) -> None:
    path = with_changed(_written(f"{name}.kbp", _sound_pack()), {name: data}, honest=honest)
    with suppress(PackError), closing(PackFile(path)) as file:
        read_listing(file)


def manifest(data: bytes) -> None:
    """A manifest in a pack that is sound otherwise."""
    _in_a_pack(MANIFEST_NAME, data, honest=False)


def pack_facts(data: bytes) -> None:
    """What a pack says of itself; its manifest agrees."""
    _in_a_pack(FACTS_NAME, data, honest=True)


def listing(data: bytes) -> None:
    """A pack's listing; its manifest agrees."""
    _in_a_pack(LISTING_NAME, data, honest=True)


def pointer(data: bytes) -> None:
    """`installed.json`."""
    with suppress(PackError):
        read_pointer(_written(POINTER, data).parent)


def update_target(data: bytes) -> None:
    """What signed metadata say of a target."""
    with suppress(ValueError):
        try:
            value = parse_json(data)
        except BAD_JSON:
            return
        from_custom(value)


def delta(data: bytes) -> None:
    """What follows the first line of a delta, unpacked: its head and its bytes."""
    packed = lzma.compress(data, preset=0)
    old = _written("old.kbp", _sound_pack())
    with suppress(PackError), closing(DeltaReader(_written("any.kbd", MAGIC + packed))) as reader:
        write_directly(old, reader, _folder() / "new.kbp", None)


def bundle(data: bytes) -> None:
    """A file that calls itself a repository in one file."""
    with suppress(UpdateError), closing(BundleTransport(_written("any.kbu", data))):
        pass


def translation(data: bytes) -> None:
    """A translator's PO file."""
    with suppress(ContentError):
        parse_po(data, "a.po")


def data_file(data: bytes) -> None:
    """The reader's data as a file."""
    with suppress(StateError):
        read_data_file(_written("data.json", data))


def index_pickle(data: bytes) -> None:
    """A value in an index."""
    with suppress(ValueError):
        load_plain(data)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    each.__name__: each
    for each in (
        front_matter,
        article,
        contents,
        redirects,
        pack,
        manifest,
        pack_facts,
        listing,
        pointer,
        update_target,
        delta,
        bundle,
        translation,
        data_file,
        index_pickle,
    )
}
