"""ICU's data with less in it."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.packaging.icu_data import IcuData, IcuDataError, keep, parse, serialise

_HEADER = struct.pack("<HBB", 32, 0xDA, 0x27) + bytes(8) + b"CmnD" + bytes(16)
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=12)
_ITEMS = st.dictionaries(_NAMES, st.binary(max_size=40), max_size=8)


def _data(items: dict[str, bytes]) -> IcuData:
    """Items are padded to 16 bytes, as they lie in the data."""
    return IcuData(
        _HEADER, [(f"icudt73l/{name}", text + bytes(-len(text) % 16)) for name, text in sorted(items.items())]
    )


@given(_ITEMS)
def test_data_comes_back_as_it_was(items: dict[str, bytes]) -> None:
    data = _data(items)

    assert parse(serialise(data)) == data


@given(_ITEMS)
def test_what_is_kept_is_unchanged(items: dict[str, bytes]) -> None:
    data = _data(items)

    kept = parse(serialise(keep(data, lambda name: name[0] < "m")))

    assert kept.items == [item for item in data.items if item[0].partition("/")[2][0] < "m"]


def test_other_data_is_refused() -> None:
    """A new layout must stop the build and not give a library that ICU reads nonsense from."""
    with pytest.raises(IcuDataError):
        parse(_HEADER.replace(b"CmnD", b"ToCP"))
