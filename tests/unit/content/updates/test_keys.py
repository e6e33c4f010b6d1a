"""Key files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.content.updates.keys import key_files, make_key, read_key
from kbviewer.model.errors import PackError
from tests.support.publishing import no_passphrase


def test_a_key_is_read_as_it_was_made(tmp_path: Path) -> None:
    made = make_key(tmp_path / "sticks" / "a.pem", b"")

    read = read_key(tmp_path / "sticks" / "a.pem", no_passphrase)

    assert read.public_key == made.public_key
    assert read.sign(b"x").signature == made.sign(b"x").signature


@pytest.mark.skipif(os.name != "posix", reason="modes are those of Unix")
def test_nobody_else_can_read_a_key(tmp_path: Path) -> None:
    """Whatever the umask says."""
    before = os.umask(0)
    try:
        make_key(tmp_path / "a.pem", b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.pem").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    make_key(tmp_path / "a.pem", b"")
    before = (tmp_path / "a.pem").read_bytes()

    with pytest.raises(PackError, match=r"a\.pem” is there already; a key is never overwritten"):
        make_key(tmp_path / "a.pem", b"")
    assert (tmp_path / "a.pem").read_bytes() == before


def test_a_passphrase_is_tried_until_one_opens_the_key(tmp_path: Path) -> None:
    made = make_key(tmp_path / "a.pem", "lösen".encode())
    tried: list[bytes] = []

    def passphrases(_path: Path) -> Iterator[bytes]:
        for passphrase in (b"wrong", "lösen".encode(), b"never"):
            tried.append(passphrase)
            yield passphrase

    assert b"ENCRYPTED" in (tmp_path / "a.pem").read_bytes()
    assert read_key(tmp_path / "a.pem", passphrases).public_key == made.public_key
    assert tried == [b"wrong", "lösen".encode()]


def test_nobody_is_asked_for_the_passphrase_of_an_open_key(tmp_path: Path) -> None:
    make_key(tmp_path / "a.pem", b"")

    def refuse(path: Path) -> Iterator[bytes]:
        raise AssertionError(path)

    read_key(tmp_path / "a.pem", refuse)


@pytest.mark.parametrize(
    ("passphrases", "says"),
    [((b"wrong",), "passphrase does not open the key"), ((), "has a passphrase.*--passphrase-file")],
)
def test_a_key_that_stays_locked_is_told(tmp_path: Path, passphrases: tuple[bytes, ...], says: str) -> None:
    make_key(tmp_path / "a.pem", b"right")

    with pytest.raises(PackError, match=says):
        read_key(tmp_path / "a.pem", lambda path: passphrases)


ELLIPTIC = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
-----END PRIVATE KEY-----
"""


@pytest.mark.parametrize("text", ["", "no key", ELLIPTIC, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"])
def test_what_is_no_key_of_ours_is_told(tmp_path: Path, text: str) -> None:
    """Keys of other kinds too: the metadata would name an algorithm that we never use."""
    (tmp_path / "a.pem").write_text(text)

    with pytest.raises(PackError, match=r"a\.pem"):
        read_key(tmp_path / "a.pem", lambda path: (b"x",))


def test_folders_give_the_keys_whose_names_fit_and_files_are_taken_as_they_are(tmp_path: Path) -> None:
    for name in ("root-1.pem", "root-2.pem", "release.pem", "notes.txt"):
        (tmp_path / name).write_text("")

    files = key_files([tmp_path, tmp_path / "notes.txt", tmp_path / "root-1.pem"], "root*.pem")

    assert [path.name for path in files] == ["root-1.pem", "root-2.pem", "notes.txt"]
    with pytest.raises(PackError, match=r"no keys at “.*gone”.*--keys"):
        key_files([tmp_path / "gone"], "*")
