"""Where passphrases come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.app.passphrases import PassphraseSource
from kbviewer.model.errors import UsageError


class Terminal:
    """Somebody who types what was prepared."""

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self._typed.pop(0)


def source(terminal: Terminal | None, *files: Path) -> PassphraseSource:
    return PassphraseSource(files, terminal, str)


def test_files_come_first_and_nobody_is_asked_when_one_fits(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"first line\r\nsecond line\n")
    terminal = Terminal("typed")

    passphrases = source(terminal, tmp_path / "one")(tmp_path / "root-1.pem")

    assert next(passphrases) == b"first line"
    assert terminal.asked == []
    assert next(passphrases) == b"typed"
    assert str(tmp_path / "root-1.pem") in terminal.asked[0]


def test_what_was_typed_for_one_key_is_tried_for_the_next(tmp_path: Path) -> None:
    """Whoever has locked all keys with one passphrase types it once."""
    terminal = Terminal("typed", "other")
    passphrases = source(terminal)

    assert list(passphrases(tmp_path / "a")) == [b"typed"]
    assert next(passphrases(tmp_path / "b")) == b"typed"
    assert len(terminal.asked) == 1


def test_where_nobody_sits_nobody_is_asked(tmp_path: Path) -> None:
    assert list(source(None)(tmp_path / "a")) == []
    assert source(None).for_new_keys() == b""


def test_new_keys_are_locked_with_what_was_typed_twice() -> None:
    assert source(Terminal("lås", "lås")).for_new_keys() == "lås".encode()
    assert source(Terminal("")).for_new_keys() == b""
    with pytest.raises(UsageError, match="not the same"):
        source(Terminal("lås", "lås!")).for_new_keys()


def test_the_passphrase_of_an_old_key_does_not_lock_a_new_one(tmp_path: Path) -> None:
    """It was typed for another purpose, perhaps by another person."""
    passphrases = source(Terminal("old", "new", "new"))
    list(passphrases(tmp_path / "a"))

    assert passphrases.for_new_keys() == b"new"


@pytest.mark.parametrize("text", [None, b"", b"\nsecond\n"])
def test_a_file_without_a_passphrase_is_told(tmp_path: Path, text: bytes | None) -> None:
    if text is not None:
        (tmp_path / "secret").write_bytes(text)

    with pytest.raises(UsageError, match="secret"):
        source(None, tmp_path / "secret")
