"""A pack that is open: what it says about itself, and its files, each compared with the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kbviewer.content.codec import FORMAT as READER_FORMAT
from kbviewer.content.pack import Pack
from kbviewer.content.packs.file_kind import check_is_no_update
from kbviewer.content.packs.layout import (
    BAD_JSON,
    CONTENT,
    FACTS_NAME,
    FORMAT,
    MANIFEST_NAME,
    MAX_FACTS_BYTES,
    MAX_MANIFEST_BYTES,
    MIMETYPE,
    MIMETYPE_NAME,
    is_pack_id,
    parse_json,
)
from kbviewer.content.packs.listing import read_listing
from kbviewer.content.packs.zip_reader import ZipReader
from kbviewer.model.errors import ContentError, PackError
from kbviewer.model.messages import N_, message

_MAX_READ_AT_ONCE = 256 << 20
_SHA256_DIGITS = 64

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a pack says about itself in pack.json.

    Attributes:
        pack: name, version, publisher and lists, from the folder's pack.toml.
        articles: how many.
        variants: how many in each language.
        made_with: name and version of the program that has built it.
    """

    pack: Pack
    articles: int
    variants: Mapping[str, int]
    made_with: str = ""

    @classmethod
    def from_data(cls, data: Any) -> PackFacts:
        """Return the facts that `to_data` has returned.

        Raises:
            ContentError, BAD_JSON: `data` is anything else.
        """
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']!r:.20}")
        variants = {str(language): int(count) for language, count in data["variants"].items()}
        pack = Pack.from_data(data["pack"], FACTS_NAME)
        if not is_pack_id(pack.id):
            raise ValueError(f"id {pack.id!r:.80}")
        return cls(pack, int(data["articles"]), variants, str(data["made_with"]))

    def to_data(self) -> dict[str, Any]:
        """Return the facts as plain JSON values."""
        return {
            "format": FORMAT,
            "pack": self.pack.to_data(),
            "articles": self.articles,
            "variants": dict(sorted(self.variants.items())),
            "made_with": self.made_with,
        }


class PackFile:
    """An open pack.

    Nothing in it is believed because it is there. The manifest vouches for all other files; who vouches for
    the manifest is known to whoever has its SHA-256 from elsewhere, as the pointer to an installed pack has.

    Attributes:
        path: of the file.
        facts: what the pack says about itself.
        manifest_digest: SHA-256 of the manifest, in hexadecimal.
        is_trusted: the manifest is the one that was expected.
    """

    def __init__(self, path: Path, expected_manifest: str = "") -> None:
        """Open a pack; of its files only the manifest and the facts are read.

        Raises:
            UpdateFileError: it is a file of updates.
            PackError: it cannot be read, is no pack, or its manifest is not the expected one.
        """
        self.path = path
        check_is_no_update(path)
        self._zip = ZipReader(path)
        try:
            if self._zip.read(MIMETYPE_NAME, len(MIMETYPE)) != MIMETYPE:
                raise self._zip.damaged(message(N_("it is another kind of file")))
            raw = self._zip.read(MANIFEST_NAME, MAX_MANIFEST_BYTES)
            self.manifest_digest = hashlib.sha256(raw).hexdigest()
            if expected_manifest and expected_manifest != self.manifest_digest:
                raise self._zip.damaged(message(N_("it has changed since it was installed")))
            self.is_trusted = bool(expected_manifest)
            self._digests = self._parse_manifest(raw)
            self.facts = self._parse_facts(self.read(FACTS_NAME, MAX_FACTS_BYTES))
        except BaseException:
            self._zip.close()
            raise

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self._zip.size

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def names(self) -> Iterator[str]:
        """Yield the names of all files."""
        return iter(self._zip.members)

    def digest(self, name: str) -> str:
        """Return the SHA-256 that the manifest has for a file, "" when there is no such file."""
        return self._digests.get(name, "")

    def file_size(self, name: str) -> int | None:
        """Return the size of a file in bytes, None when there is none."""
        member = self._zip.members.get(name)
        return member.size if member else None

    def read(self, name: str, limit: int = _MAX_READ_AT_ONCE) -> bytes:
        """Return the bytes of a file, which are what the manifest says.

        Raises:
            PackError: there is no such file, it is larger than `limit`, or it has changed.
        """
        data = self._zip.read(name, limit)
        if hashlib.sha256(data).hexdigest() != self._digests.get(name):
            raise self._changed(name)
        return data

    def open_unchecked(self, name: str) -> BinaryIO:
        """Return a stored file without comparing it; the caller does that before he uses it.

        Raises:
            PackError: there is no such file, or it is deflated.
        """
        return self._zip.open(name)

    def verify(self, on_progress: Progress | None = None) -> None:
        """Compare every file with the manifest.

        Args:
            on_progress: called with the bytes that are compared and of all.

        Raises:
            PackError: one differs.
        """
        done, total = 0, sum(self._zip.member(name).size for name in self._digests)
        for name in self._digests:
            digest = hashlib.sha256()
            for chunk in self._zip.chunks(name):
                digest.update(chunk)
                done += len(chunk)
                if on_progress:
                    on_progress(done, total)
            if digest.hexdigest() != self._digests[name]:
                raise self._changed(name)
        read_listing(self)

    def signature(self) -> str:
        """Return a text that changes whenever an article, pack.toml or the glossary changes."""
        return content_signature(self._digests)

    def _changed(self, name: str) -> PackError:
        return self._zip.damaged(message(N_("“{name}” is not what the manifest says"), name=name))

    def _parse_manifest(self, raw: bytes) -> dict[str, str]:
        try:
            value: Any = parse_json(raw)
            if value["format"] != FORMAT:
                raise self._of_another_version(value["format"])
            digests, sizes = {}, {}
            for name, (size, digest) in value["files"].items():
                if type(size) is not int or type(digest) is not str or len(digest) != _SHA256_DIGITS:
                    raise ValueError("not a size and a SHA-256")
                sizes[name], digests[name] = size, digest
        except BAD_JSON as error:
            raise self._zip.damaged(message(N_("its manifest is damaged"))) from error
        found = {name: member.size for name, member in self._zip.members.items()}
        found.pop(MANIFEST_NAME)
        if found != sizes:
            raise self._zip.damaged(message(N_("its manifest names other files than it has")))
        return digests

    def _parse_facts(self, raw: bytes) -> PackFacts:
        try:
            return PackFacts.from_data(parse_json(raw))
        except (ContentError, *BAD_JSON) as error:
            raise self._zip.damaged(message(N_("“{name}” is damaged"), name=FACTS_NAME)) from error

    def _of_another_version(self, form: object) -> PackError:
        return PackError(
            message(
                N_("“{file}” is a pack of version {format}, which this program does not know."),
                file=self.path.name,
                format=str(form)[:20],
            ),
            message(N_("Install a newer kbviewer.")),
        )


def content_signature(digests: Mapping[str, str]) -> str:
    """Return what the articles of a pack are known by, as this version of the reader reads them."""
    digest = hashlib.sha256()
    for name in sorted(digests):
        if name.startswith(CONTENT):
            digest.update(f"{name}\n{digests[name]}\n".encode())
    return f"{READER_FORMAT}-{digest.hexdigest()}"
