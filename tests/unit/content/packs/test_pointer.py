"""What `installed.json` keeps of a pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbviewer.content.packs.pointer import (
    POINTER,
    PackState,
    PackVersion,
    Signature,
    read_pointer,
    write_pointer,
)
from kbviewer.model.errors import PackError

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SIGNATURES = st.builds(Signature, TEXTS, st.dates())
VERSIONS = st.builds(PackVersion, DIGESTS, DIGESTS, TEXTS, st.integers(0, 1 << 40), st.none() | SIGNATURES)
STATES = st.builds(PackState, VERSIONS, st.none() | VERSIONS)
SIGNED = PackVersion("a" * 64, "b" * 64, "1", 9, Signature("Contoso", date(2026, 11, 27)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True), STATES, max_size=3))
def test_states_are_read_as_they_were_written(tmp_path: Path, states: dict[str, PackState]) -> None:
    write_pointer(tmp_path, states)
    assert read_pointer(tmp_path) == states


def test_a_pointer_from_before_there_were_signatures_is_read(tmp_path: Path) -> None:
    """Programs of different ages share a folder."""
    unsigned = PackVersion("a" * 64, "b" * 64, "1", 9)
    write_pointer(tmp_path, {"kb": PackState(unsigned)})
    assert "signature" not in (tmp_path / POINTER).read_text(encoding="utf-8")
    assert read_pointer(tmp_path) == {"kb": PackState(unsigned)}


@pytest.mark.parametrize(("right", "wrong"), [('"Contoso"', "7"), ('"2026-11-27"', '"soon"')])
def test_a_signature_that_cannot_be_is_damage(tmp_path: Path, right: str, wrong: str) -> None:
    """Not knowing who vouches is no reason to say that somebody does."""
    write_pointer(tmp_path, {"kb": PackState(SIGNED)})
    path = tmp_path / POINTER
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(PackError):
        read_pointer(tmp_path)
