"""What signed metadata say of a target: kept as it is, and nothing else believed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.updates.layout import DeltaTarget, PackTarget, from_custom, to_custom

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
PACKS = st.builds(
    PackTarget, IDS, TEXTS, DIGESTS, st.none() | st.dates(), st.dictionaries(TEXTS, TEXTS, max_size=4)
)
DELTAS = st.builds(DeltaTarget, IDS, DIGESTS, DIGESTS, TEXTS)
PACK = to_custom(PackTarget("kb", "1", "a" * 64, date(2026, 11, 27), {"sv": "Hjälp"}))
DELTA = to_custom(DeltaTarget("kb", "a" * 64, "b" * 64))


@given(PACKS | DELTAS)
def test_a_target_survives_its_json(target: PackTarget | DeltaTarget) -> None:
    assert from_custom(json.loads(json.dumps(to_custom(target)))) == target


def test_a_kind_that_is_not_known_is_left_alone() -> None:
    """A later program may publish more."""
    assert from_custom({"kind": "sound"}) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        PACK | {"id": "../etc"},
        PACK | {"id": 3},
        PACK | {"version": "1" * 201},
        PACK | {"manifest": "A" * 64},
        PACK | {"date": "yesterday"},
        PACK | {"titles": {"sv": 1}},
        PACK | {"titles": dict.fromkeys(map(str, range(41)), "x")},
        DELTA | {"old": "b" * 63},
        DELTA | {"new": None},
    ],
)
def test_what_cannot_be_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="not a target of ours"):
        from_custom(value)


def test_names_tell_versions_apart() -> None:
    pack = PackTarget("kb", "1", "c" * 64)
    delta = DeltaTarget("kb", "a" * 64, "b" * 64, "kbviewer 1")
    assert pack.path("b" * 64) == "kb-bbbbbbbbbbbbbbbb.kbp"
    assert delta.path() == "kb-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb.kbd"
    assert DeltaTarget("kb", "a" * 64, "b" * 64).path() == "kb-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-index.kbd"
