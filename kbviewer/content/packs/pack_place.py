"""Files of a pack with as much of `pathlib.Path` as reading an index needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kbviewer.content.packs.pack_file import PackFile
from kbviewer.model.errors import PackError


class PackPlace:
    """A file or folder in a pack; which of the two it is turns out when it is used."""

    def __init__(self, pack: PackFile, name: str) -> None:
        self._pack = pack
        self._whole_name = name
        self.name = name.rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self._pack.path}/{self._whole_name}"

    def __truediv__(self, name: str) -> PackPlace:
        return PackPlace(self._pack, f"{self._whole_name}/{name}")

    def iterdir(self) -> Iterator[PackPlace]:
        """Yield the files that lie right in this folder."""
        prefix = f"{self._whole_name}/"
        for name in self._pack.names():
            if name.startswith(prefix) and "/" not in name[len(prefix) :]:
                yield PackPlace(self._pack, name)

    def read_bytes(self) -> bytes:
        """Return all of the file, compared with the manifest.

        Raises:
            OSError: it cannot be read, or has changed.
        """
        try:
            return self._pack.read(self._whole_name)
        except PackError as error:
            raise OSError(str(error)) from error

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open the file without comparing it, for whoever compares it himself.

        Raises:
            OSError: it cannot be read.
            ValueError: it is to be opened for anything but reading bytes.
        """
        if mode != "rb":
            raise ValueError(mode)
        try:
            return self._pack.open_unchecked(self._whole_name)
        except PackError as error:
            raise OSError(str(error)) from error
