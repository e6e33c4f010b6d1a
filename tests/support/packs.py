"""Small folders to make packs of, and the packs."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kbviewer.content.packs.building import Built, IndexSource, build_pack
from kbviewer.content.packs.layout import MANIFEST_NAME, MIMETYPE_NAME
from kbviewer.content.packs.pack_writer import encode_json
from kbviewer.search.index import Job
from kbviewer.search.packed_index import build_packed

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)

Member = tuple[str, bytes]


def make_folder(root: Path, version: str = "1", *, says: str = "Starta om skrivaren.") -> Path:
    """A library of two articles in two languages, with a picture, a glossary and a pack.toml."""
    texts = {
        "pack.toml": f'id = "office"\nversion = "{version}"\nlanguages = ["sv", "en"]\n'
        'publisher = "Kontoret"\ndate = 2026-11-01\nlicense = "CC BY 4.0"\n'
        '[title]\nsv = "Kontorets hjälp"\nen = "Office help"\n'
        '[topics.print]\nsv = "Utskrift"\nen = "Printing"\n[[absent]]\nid = "kb9"\ntitle = {sv = "Nio"}\n',
        "glossary.toml": '[[term]]\nid = "toner"\nsv = {term = "toner", tip = "Färgpulver"}\n'
        'en = {term = "toner", tip = "Colour powder"}\n',
        "printer/sv.md": "---\ntitle: Skrivaren svarar inte\nlang: sv\nkb.topic: print\n"
        f"kb.aliases: [KB100]\n---\n# Skrivaren svarar inte\n\n{says} Byt <abbr>toner</abbr>.\n\n"
        "![En skrivare](media/skrivare.png)\n",
        "printer/en.md": "---\ntitle: The printer does not answer\nlang: en\nkb.topic: print\n---\n"
        "# The printer does not answer\n\nRestart the printer.\n",
        "screen/sv.md": "---\ntitle: Skärmen är svart\nlang: sv\n---\n# Skärmen är svart\n\n"
        "Se [skrivaren](xref:kb100).\n",
        "LICENSE": "CC BY 4.0\n",
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "printer" / "media").mkdir(exist_ok=True)
    (root / "printer" / "media" / "skrivare.png").write_bytes(PIXEL)
    return root


def without_index(_source: IndexSource, _folder: Path) -> Iterable[tuple[str, bytes | Path]]:
    """Stands where the index is built."""
    return ()


def with_index(source: IndexSource, folder: Path) -> Iterable[tuple[str, bytes | Path]]:
    """Build the real one."""
    return build_packed(Job(source, source.signature()), folder)


def make_pack(
    path: Path, version: str = "1", *, says: str = "Starta om skrivaren.", index: bool = False
) -> Path:
    """A pack of `make_folder`."""
    folder = path.with_name(f"{path.name}-folder")
    build_pack(make_folder(folder, version, says=says), path, with_index if index else without_index)
    return path


def build(root: Path, path: Path) -> Built:
    """A pack of a folder, without an index."""
    return build_pack(root, path, without_index)


def members_of(path: Path) -> list[Member]:
    """What is in a zip, in its order."""
    with zipfile.ZipFile(path) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def write_zip(
    path: Path, members: Iterable[Member | tuple[zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_STORED
) -> Path:
    """A zip of what is given, whatever that is."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def with_changed(path: Path, changes: Mapping[str, bytes | None], *, honest: bool = False) -> Path:
    """Write a pack anew with other bytes for some members, None to leave one out.

    Args:
        honest: make the manifest agree with them.
    """
    import hashlib
    import json

    members = [(name, changes.get(name, data)) for name, data in members_of(path)]
    members += [(name, data) for name, data in changes.items() if name not in dict(members)]
    kept = [(name, data) for name, data in members if data is not None]
    if honest:
        manifest = json.loads(dict(kept)[MANIFEST_NAME])
        manifest["files"] = {
            name: [len(data), hashlib.sha256(data).hexdigest()]
            for name, data in kept
            if name != MANIFEST_NAME
        }
        kept = [(name, encode_json(manifest) if name == MANIFEST_NAME else data) for name, data in kept]
    assert kept[0][0] == MIMETYPE_NAME or MIMETYPE_NAME in changes
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    write_zip(temporary, kept)
    temporary.replace(path)
    return path
