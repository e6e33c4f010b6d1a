"""ICU's data with less in it: Qt's wheel brings 31 MB for all languages, and two are spoken here.

The library holds one object, `icudtNN_dat`: a header, the number of items, for each the offsets of its name
and of its data (from the number on), the names, and the data, each item aligned to 16 bytes.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

_MAGIC: Final = b"\xda\x27"
_FORMAT: Final = b"CmnD"
_FORMAT_OFFSET: Final = 12
_ALIGNMENT: Final = 16


class IcuDataError(Exception):
    """The data is not laid out as expected."""


class IcuData(NamedTuple):
    """The data taken apart. Names begin with the package, `icudt73l/`."""

    header: bytes
    items: list[tuple[str, bytes]]


def parse(raw: bytes) -> IcuData:
    """Return what is in a data object; what stands after it is not looked at.

    Raises:
        IcuDataError: it is none.
    """
    header_size = struct.unpack_from("<H", raw)[0]
    if raw[2:4] != _MAGIC or raw[_FORMAT_OFFSET : _FORMAT_OFFSET + 4] != _FORMAT:
        raise IcuDataError("this is no data of ICU in the order of bytes of this machine")
    body = memoryview(raw)[header_size:]
    (count,) = struct.unpack_from("<I", body)
    offsets = [struct.unpack_from("<II", body, 4 + 8 * index) for index in range(count)]
    ends = [*(data for _name, data in offsets[1:]), len(body)][:count]
    items = []
    for (name_at, data_at), end in zip(offsets, ends, strict=True):
        name_end = raw.index(b"\0", header_size + name_at)
        items.append((raw[header_size + name_at : name_end].decode("ascii"), bytes(body[data_at:end])))
    return IcuData(raw[:header_size], items)


def serialise(data: IcuData) -> bytes:
    """Return the bytes of a data object."""
    names = b""
    name_offsets = []
    names_at = 4 + 8 * len(data.items)
    for name, _item in data.items:
        name_offsets.append(names_at + len(names))
        names += name.encode("ascii") + b"\0"
    body = bytearray(_padded(b"\0" * names_at + names))
    struct.pack_into("<I", body, 0, len(data.items))
    for index, (_name, item) in enumerate(data.items):
        struct.pack_into("<II", body, 4 + 8 * index, name_offsets[index], len(body))
        body += _padded(item)
    return data.header + bytes(body)


def keep(data: IcuData, is_wanted: Callable[[str], bool]) -> IcuData:
    """Return the data with those items only whose name, without the package, is wanted."""
    return IcuData(data.header, [item for item in data.items if is_wanted(item[0].partition("/")[2])])


def trim_library(library: Path, is_wanted: Callable[[str], bool]) -> None:
    """Put a library with less data in place of `library`, with `as` and `ld` of binutils.

    Raises:
        IcuDataError: it is not laid out as expected.
        subprocess.CalledProcessError: binutils failed.
    """
    version = re.fullmatch(r"libicudata\.so\.(\d+)", library.name)
    if version is None:
        raise IcuDataError(f"{library.name} does not say its version")
    symbol = f"icudt{version[1]}_dat"
    kept = keep(parse(_object(library, symbol)), is_wanted)
    with tempfile.TemporaryDirectory(prefix="kbviewer-icu-") as folder:
        (Path(folder) / "icu.dat").write_bytes(serialise(kept))
        (Path(folder) / "icu.s").write_text(
            f".section .rodata\n.globl {symbol}\n.type {symbol}, %object\n.balign 16\n"
            f'{symbol}:\n.incbin "icu.dat"\n.size {symbol}, .-{symbol}\n'
            '.section .note.GNU-stack,"",%progbits\n',
            encoding="ascii",
        )
        link = ["ld", "-s", "-shared", "--build-id=none", "-z", "noexecstack", "-soname", library.name]
        for command in (["as", "-o", "icu.o", "icu.s"], [*link, "-o", "out.so", "icu.o"]):
            subprocess.run(command, cwd=folder, check=True)
        mode = library.stat().st_mode
        library.write_bytes((Path(folder) / "out.so").read_bytes())
        library.chmod(mode)


def _object(library: Path, symbol: str) -> bytes:
    """Return the bytes of an object in an ELF library in which it lies where its address says."""
    listing = subprocess.run(
        ["readelf", "-sW", str(library)], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(
        rf"^\s*\d+:\s+([0-9a-f]+)\s+(0x[0-9a-f]+|\d+)\s+OBJECT.*\s{symbol}$", listing, re.MULTILINE
    )
    if found is None:
        raise IcuDataError(f"{library.name} has no {symbol}")
    at, size = int(found[1], 16), int(found[2], 0)
    return library.read_bytes()[at : at + size]


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
