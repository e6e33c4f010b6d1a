"""The data file as it comes from outside: broken, hostile, from the future, or not a file at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.model.errors import StateError
from kbviewer.state import data_file
from kbviewer.state.data_rules import RULES
from kbviewer.state.user_state import UserState

AT = "2026-03-01T12:00:00+00:00"
CASE = {"origin": "o", "reference": "", "language": "sv", "started_at": AT, "outcome": "open"}
STEP = {
    "case": "o", "article": "kb1", "step": "s", "outcome": "done", "note": "", "set_at": AT,
    "language": "sv", "number": "1", "text": "t", "fingerprint": "f",
}  # fmt: skip


def document(**tables: Any) -> dict[str, Any]:
    return {"format": "kbviewer-data", "version": 1, "tables": tables}


def write(path: Path, value: Any) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.fixture
def state(tmp_path: Path) -> Any:
    with UserState.open(tmp_path / "profile" / "state.sqlite") as opened:
        yield opened


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("", "line 1, column 1 is not JSON"),
        ('{"format": "kbviewer-data",\n "version" 1}', "line 2, column 12 is not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"a": ' * 100_000, "not JSON"),
        ("[1" + "0" * 5000 + "]", "not JSON"),
        ("NaN", "not JSON"),
        ("[]", "“format” must be “kbviewer-data”"),
        ({"format": "other"}, "“format” must be"),
        ({"format": "kbviewer-data"}, "“version” must be a whole number from 1"),
        ({"format": "kbviewer-data", "version": True}, "“version”"),
        ({"format": "kbviewer-data", "version": "1"}, "“version”"),
        ({"format": "kbviewer-data", "version": 0}, "“version”"),
        ({"format": "kbviewer-data", "version": 1}, "“tables” must be an object"),
        ({"format": "kbviewer-data", "version": 1, "tables": []}, "“tables” must be an object"),
        (document(ticks={}), "“ticks” must be a list"),
        (document(ticks=[1]), "ticks, row 1: it must be an object"),
        (document(ticks=[{"article": "kb1", "ticked_at": AT}]), "ticks, row 1: “step” is missing"),
        (document(ticks=[{"article": 1, "step": "a", "ticked_at": AT}]), "“article” must be a text"),
        (document(ticks=[{"article": None, "step": "a", "ticked_at": AT}]), "“article” must be a text"),
        (document(ticks=[{"article": "x" * 2001, "step": "a", "ticked_at": AT}]), "at most 2000 characters"),
        (
            document(ticks=[{"article": "kb1", "step": "a", "ticked_at": "soon"}]),
            "“ticked_at” must be a time",
        ),
        (document(ticks=[{"article": "a", "step": "b", "ticked_at": "0001-01-01T00:00:00+23:00"}]), "a time"),
        (document(choices=[{"article": "a", "matrix": "m", "chosen_row": -1}]), "a whole number from 0"),
        (document(choices=[{"article": "a", "matrix": "m", "chosen_row": 2**63}]), "a whole number from 0"),
        (document(choices=[{"article": "a", "matrix": "m", "chosen_row": 1.5}]), "a whole number from 0"),
        (document(choices=[{"article": "a", "matrix": "m", "chosen_row": True}]), "a number"),
        (
            document(
                places=[{"article": "a", "language": "sv", "anchor": "", "fraction": 7, "saved_at": AT}]
            ),
            "a number from 0 to 1",
        ),
        (document(cases=[{**CASE, "outcome": "lost"}]), "cases, row 1: its values contradict each other"),
        (document(cases=[CASE, {**CASE, "origin": "p", "closed_at": AT}]), "cases, row 2: its values"),
        (document(case_steps=[STEP]), "case_steps, row 1: “case” names nothing"),
        (
            document(cases=[CASE], case_steps=[STEP, {**STEP, "case": "p"}]),
            "case_steps, row 2: “case” names nothing",
        ),
        (document(cases=[CASE], case_steps=[{**STEP, "case": ["o"]}]), "“case” must be a text"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    state: UserState, tmp_path: Path, value: Any, place: str
) -> None:
    """The sentence names the file, where in it, and what would be right; nothing of it comes in."""
    path = write(tmp_path / "data.json", value)

    with pytest.raises(StateError) as caught:
        state.data.import_from(path)

    assert str(caught.value.what).startswith("data.json cannot be imported, and nothing was changed (")
    assert place in str(caught.value.what)
    assert caught.value.remedy is not None
    for rule in RULES:
        assert state.database.read(f"SELECT count(*) FROM {rule.table}") == [(0,)]


def test_a_later_version_is_refused_with_a_sentence(state: UserState, tmp_path: Path) -> None:
    path = write(tmp_path / "data.json", {"format": "kbviewer-data", "version": 2, "tables": 7})

    with pytest.raises(StateError, match=r"later version of the program\. Install the latest"):
        state.data.import_from(path)


def test_what_is_not_known_is_left_out_and_told(state: UserState, tmp_path: Path) -> None:
    """A newer program of the same format version may write more."""
    tick = {"article": "kb1", "step": "a", "ticked_at": AT, "colour": ["red"]}
    path = write(tmp_path / "data.json", {**document(ticks=[tick], planets=[{}]), "weather": None})

    imported = state.data.import_from(path)

    assert state.ticks.done("kb1") == {"a"}
    assert imported.unknown == ("planets",)
    assert any("planets" in line for line in imported.remarks(str))


def test_what_a_row_may_lack_gets_what_the_schema_says(state: UserState, tmp_path: Path) -> None:
    """A file from before a column was added."""
    state.data.import_from(write(tmp_path / "data.json", document(cases=[CASE], case_steps=[STEP])))

    [case] = state.cases.list()
    assert (case.steps, case.closed) == (1, None)
    assert not state.data.import_from(tmp_path / "data.json").has_changed


def test_times_of_other_zones_are_compared_as_times(state: UserState, tmp_path: Path) -> None:
    """13:30 in Stockholm is before 13:00 in London."""
    place = {"article": "kb1", "language": "sv", "fraction": 0.5}
    later = {**place, "anchor": "later", "saved_at": "2026-03-01T13:00:00Z"}
    sooner = {**place, "anchor": "sooner", "saved_at": "2026-03-01T13:30:00+01:00"}
    state.data.import_from(write(tmp_path / "data.json", document(places=[later])))

    state.data.import_from(write(tmp_path / "data.json", document(places=[sooner])))

    found = state.places.load("kb1")
    assert found is not None
    assert found.anchor == "later"


def test_settings_that_are_none_do_not_come_in(state: UserState, tmp_path: Path) -> None:
    """A value that the program would ignore must not stand in the way of the reader's."""
    rows = [
        {"name": "theme", "value": '"plaid"'},
        {"name": "telepathy", "value": "true"},
        {"name": "zoom", "value": "not json"},
        {"name": "touch", "value": "true"},
    ]

    imported = state.data.import_from(write(tmp_path / "data.json", document(settings=rows)))

    assert state.database.read("SELECT name FROM settings") == [("touch",)]
    assert imported.fates["Settings"].total() == 1


def test_half_an_emoji_and_unseen_signs_come_in_as_text_can_be(state: UserState, tmp_path: Path) -> None:
    text = json.dumps(document(cases=[{**CASE, "reference": "A\ud83d\u0007\u001b[31mB"}]))

    state.data.import_from(write(tmp_path / "data.json", text))

    assert state.cases.list()[0].reference == "A?[31mB"


def test_the_size_is_looked_at_before_the_file_is_read(
    state: UserState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "data.json").open("wb") as file:
        file.truncate(data_file.MOST_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_arguments: pytest.fail("opened"))

    with pytest.raises(StateError, match="larger than 128 MB"):
        state.data.import_from(tmp_path / "data.json")


def test_too_many_rows_are_refused(state: UserState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "MOST_ROWS", 2)
    path = write(tmp_path / "data.json", document(ticks=[{}, {}], places=[{}]))

    with pytest.raises(StateError, match="more than 2 rows"):
        state.data.import_from(path)


def test_bytes_that_are_no_text_are_told_with_their_place(state: UserState, tmp_path: Path) -> None:
    (tmp_path / "data.json").write_bytes(b'{"format": "\xff"}')

    with pytest.raises(StateError, match="byte 12 is not UTF-8"):
        state.data.import_from(tmp_path / "data.json")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_told(state: UserState, tmp_path: Path, kind: str) -> None:
    """A pipe would be waited for without end."""
    path = tmp_path / "data.json"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("Windows has no such pipes")
        os.mkfifo(path)

    with pytest.raises(StateError, match="Name a file with exported data"):
        state.data.import_from(path)


def test_only_the_owner_can_read_an_export(state: UserState, tmp_path: Path) -> None:
    """What a technician wrote about a customer is nobody else's business."""
    path = tmp_path / "data.json"
    path.write_text("old")
    path.chmod(0o644)

    state.data.export(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["data.json"]


def test_an_export_that_fails_leaves_what_was_there(
    state: UserState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an export over a whole one would be the worst of all."""
    path = write(tmp_path / "data.json", "whole")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StateError, match="No space left on device"):
        state.data.export(path)

    assert path.read_text() == "whole"
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["data.json"]


def test_an_export_where_nothing_can_be_written_is_told(state: UserState, tmp_path: Path) -> None:
    with pytest.raises(StateError, match="Choose another folder"):
        state.data.export(tmp_path / "nowhere" / "data.json")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(AT),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["article", "step", "case", "origin", "outcome", "set_at", "started_at", "closed_at", "chosen_row",
     "name", "value", "language", "anchor", "fraction", "text", "query", "searched_at",
     "written_at", "reference"]
)  # fmt: skip
ROWS = st.lists(st.dictionaries(FIELDS, JUNK, max_size=8) | JUNK, max_size=4)
TABLES = st.dictionaries(
    st.sampled_from([rule.table for rule in RULES]) | st.text(max_size=5), ROWS | JUNK, max_size=5
)


@given(TABLES)
def test_whatever_stands_in_a_file_it_comes_in_or_is_refused_with_a_sentence(
    state: UserState, tmp_path: Path, tables: dict[str, Any]
) -> None:
    """No file makes anything but a StateError, and none leaves something half done."""
    path = write(tmp_path / "data.json", document(**tables))
    try:
        state.data.import_from(path)
    except StateError as error:
        assert "data.json" in str(error)
        assert error.remedy is not None
    assert not state.database._connection.in_transaction
    cases = {case.id for case in state.cases.list()}
    for table in ("case_articles", "case_answers", "case_steps", "case_notes"):
        rows = state.database.read(f"SELECT DISTINCT case_id FROM {table}")
        assert {number for (number,) in rows} <= cases


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data.json").write_bytes(content)

    with pytest.raises(StateError, match=r"data\.json cannot be imported"):
        data_file.read_data_file(tmp_path / "data.json")


@given(st.data())
def test_a_whole_file_with_one_value_swapped_comes_in_or_is_refused(
    state: UserState, tmp_path: Path, data: st.DataObject
) -> None:
    """Fuzzing near what is right goes deeper than fuzzing far from it."""
    rows = {
        "cases": [CASE],
        "case_steps": [STEP],
        "ticks": [{"article": "a", "step": "b", "ticked_at": AT}],
        "searches": [{"query": "q", "searched_at": AT}],
        "settings": [{"name": "zoom", "value": "1.5"}],
    }
    copy = json.loads(json.dumps(rows))
    row = copy[data.draw(st.sampled_from(sorted(copy)))][0]
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(JUNK)
    path = write(tmp_path / "data.json", document(**copy))
    try:
        state.data.import_from(path)
    except StateError as error:
        assert "data.json cannot be imported" in str(error)
    assert not state.database._connection.in_transaction
    for path in (tmp_path / "profile").glob("*before-import*"):
        path.unlink()


def test_folders_of_libraries_stay_at_home(state: UserState, tmp_path: Path) -> None:
    """A file that goes to a colleague names nobody's folders."""
    state.settings.set("libraries", '{"order": ["folder:/home/anna/kunskap"], "off": []}')
    state.settings.set("touch", True)
    state.data.export(tmp_path / "data.json")
    assert "anna" not in (tmp_path / "data.json").read_text("utf-8")
    assert "touch" in (tmp_path / "data.json").read_text("utf-8")


def test_the_case_at_work_elsewhere_is_not_at_work_here(state: UserState, tmp_path: Path) -> None:
    """Its number is another case's on this machine."""
    rows = [{"name": "case_at_work", "value": "12"}, {"name": "touch", "value": "true"}]

    state.data.import_from(write(tmp_path / "data.json", document(settings=rows)))

    assert state.settings.values.case_at_work == 0
    assert state.settings.values.touch
