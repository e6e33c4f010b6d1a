"""PO and lock files as strangers may write them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po as babel_read
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.translation import lock_file, po_file
from kbviewer.content.translation.lock_file import (
    Accepted,
    TranslationLock,
    parse_lock,
    read_lock,
    write_lock,
)
from kbviewer.content.translation.po_file import PoEntry, PoFile, parse_po, read_po, write_po
from kbviewer.content.translation.units import digest_of
from kbviewer.model.errors import ContentError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SAID = TEXT.filter(bool)
ENTRY = st.builds(PoEntry, context=SAID, source=SAID, translation=TEXT, is_fuzzy=st.booleans(), previous=TEXT)
HEAD = b'msgid ""\nmsgstr ""\n"Language: sv\\n"\n'


@given(st.lists(ENTRY, max_size=5, unique_by=lambda entry: entry.context))
def test_what_is_written_is_read_again(entries: list[PoEntry]) -> None:
    data = write_po(PoFile("sv", "en", tuple(entries)))
    read = parse_po(data, "x.po")

    assert (read.language, read.source_language) == ("sv", "en")
    assert [(one.context, one.source, one.translation, one.is_fuzzy) for one in read.entries] == [
        (one.context, one.source, one.translation, one.is_fuzzy) for one in entries
    ]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's tools are not installed")
def test_translators_tools_take_what_is_written(tmp_path: Path) -> None:
    entries = (
        PoEntry(
            "kb1#a",
            'Say "hi"\\now\tor 50 % s\nnever\n',
            "Säg\n",
            True,
            'Said "hi"\nthen',
            ("step",),
            "kb1/en.md:7",
        ),
        PoEntry("kb1#b", "Open {0}", "Öppna {0}"),
    )
    path = tmp_path / "x.po"
    path.write_bytes(write_po(PoFile("sv", "en", entries)))
    subprocess.run(["msgfmt", "--check-format", "--check-header", "-o", "/dev/null", path], check=True)
    with path.open("rb") as file:
        catalogue = babel_read(file)
    assert [message.string for message in catalogue if message.id] == ["Säg\n", "Öppna {0}"]


@given(
    st.binary(max_size=300)
    | st.text(st.sampled_from('msgidctxtr "\\n#,|~[]0fuz\n'), max_size=200).map(str.encode)
)
def test_anything_else_is_refused_with_its_line(data: bytes) -> None:
    try:
        parse_po(HEAD + data, "x.po")
    except ContentError as error:
        assert str(error.what).startswith("x.po:")


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b'msgctxt "a#b"\nmsgid "x"\nmsgstr "y\n', 6, "no line of a PO file"),
        (b'msgctxt "a#b"\nmsgid "x"\n', 5, "without 'msgstr'"),
        (b'msgid "x"\nmsgid_plural "y"\n', 5, "plural"),
        (b'msgctxt "a"\nmsgid "x"\nmsgstr ""\nmsgctxt "a"\nmsgid "z"\nmsgstr ""\n', 8, "stands in line 5"),
        (b'msgstr "x"\n', 4, "does not belong here"),
        (b'msgid "x\\x41"\nmsgstr ""\n', 4, "no line of a PO file"),
        (b'msgid "\xff"\nmsgstr ""\n', 4, "not UTF-8"),
    ],
)
def test_a_broken_po_file_is_refused_with_line_and_reason(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_po(HEAD + data, "x.po")
    assert f"x.po:{line}: " in str(caught.value)
    assert reason in str(caught.value)


def test_a_po_file_has_to_say_its_language() -> None:
    with pytest.raises(ContentError, match="language"):
        parse_po(b'msgid "x"\nmsgstr "y"\n', "x.po")


def test_sizes_are_looked_at_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    path.write_bytes(HEAD)
    monkeypatch.setattr(po_file, "MAX_PO_BYTES", 10)
    monkeypatch.setattr(lock_file, "MAX_LOCK_BYTES", 10)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))

    with pytest.raises(ContentError, match="at most 10"):
        read_po(path)
    with pytest.raises(ContentError, match="at most 10"):
        read_lock(path, "x")


def test_too_many_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(po_file, "MAX_ENTRIES", 2)
    with pytest.raises(ContentError, match="more than 2"):
        parse_po(HEAD + b'msgid "a"\nmsgstr ""\n' * 2, "x.po")


LOCK = st.builds(
    TranslationLock,
    st.just("en"),
    st.lists(st.builds(Accepted, SAID, SAID, SAID, SAID.map(digest_of)), max_size=4).map(tuple),
)


@given(LOCK)
def test_a_lock_is_read_as_it_was_written(lock: TranslationLock) -> None:
    data = write_lock(lock)
    assert parse_lock(data, "x") == lock
    assert write_lock(parse_lock(data, "x")) == data
    # One line per block, for version control.
    assert data.count(b"\n") == max(1, len(lock.accepted)) + 2


def changed(**values: Any) -> bytes:
    lock = json.loads(write_lock(TranslationLock("en", (Accepted("a", "said", "a", digest_of("x")),))))
    return json.dumps({**lock, **values}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\xff",
        changed(format="other"),
        changed(version=2),
        changed(blocks={}),
        changed(blocks=[{}]),
        changed(
            blocks=[{"key": "a", "text": "edited", "hash": "0", "translation": {"key": "a", "hash": "0"}}]
        ),
        changed(**{"from": 7}),
    ],
)
def test_a_damaged_lock_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"kb1/sv\.md\.lock"):
        parse_lock(data, "kb1/sv.md.lock")


def test_there_need_not_be_a_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "none", "none") is None
