"""A look at a repository before it is served."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kbviewer.content.updates.inspection import inspect
from kbviewer.content.updates.release import When, target_file
from kbviewer.content.updates.repository import LOCK, Repository
from kbviewer.model.errors import PackError
from tests.support.packs import make_pack
from tests.support.publishing import NOW, Publisher


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    folder = tmp_path_factory.mktemp("publisher")
    publisher = Publisher(folder)
    for number in (1, 2):
        publisher.add(make_pack(folder / f"{number}.kbp", str(number), index=True))
    return publisher


@pytest.fixture
def folder(made: Publisher, tmp_path: Path) -> Path:
    """A copy, to be spoilt."""
    shutil.copytree(made.folder, tmp_path / "repo")
    return tmp_path / "repo"


def pack_in(folder: Path, version: int = 2) -> Path:
    packs = sorted((folder / "targets").glob("*.kbp"), key=lambda path: path.stat().st_mtime_ns)
    return packs[version - 1]


def delta_in(folder: Path) -> Path:
    return next((folder / "targets").glob("*-index.kbd"))


def test_a_whole_repository_is_told_as_such(folder: Path, made: Publisher) -> None:
    found = inspect(Repository(folder), NOW)

    assert (found.problems, found.warnings) == ((), ())
    assert (found.publisher, found.fingerprint) == ("Kontoret", made.founded.fingerprint)
    assert [(pack.pack_id, pack.version, pack.deltas) for pack in found.packs] == [("office", "2", 2)]
    assert found.expires["root"] == NOW + timedelta(days=3650)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pack is gone": (lambda folder: pack_in(folder).unlink(), "is missing"),
    "a pack is cut short": (
        lambda folder: pack_in(folder).write_bytes(pack_in(folder).read_bytes()[:-1]),
        "is not the file that was signed",
    ),
    "a delta has changed": (
        lambda folder: delta_in(folder).write_bytes(bytes(len(delta_in(folder).read_bytes()))),
        "is not the file that was signed",
    ),
    "metadata are gone": (
        lambda folder: (folder / "metadata" / "3.targets.json").unlink(),
        "3.targets.json” cannot be read",
    ),
    "metadata have changed": (
        lambda folder: (folder / "metadata" / "timestamp.json").write_bytes(
            (folder / "metadata" / "timestamp.json").read_bytes().replace(b"2028", b"2029")
        ),
        "timestamp.json” is not signed by the keys",
    ),
    "an older timestamp of the same repository": (
        lambda folder: (folder / "metadata" / "3.snapshot.json").write_bytes(
            (folder / "metadata" / "2.snapshot.json").read_bytes()
        ),
        "3.snapshot.json” is not signed by the keys",
    ),
    "a key lies there": (lambda folder: (folder / "root-1.pem").write_text("key"), "looks like a key"),
    "a file is a link": (
        lambda folder: (folder / "targets" / "link").symlink_to(pack_in(folder)),
        "“targets/link” is a link",
    ),
    "a file cannot be read by all": (
        lambda folder: pack_in(folder).chmod(0o600),
        "cannot be read by everybody",
    ),
    "a folder cannot be read by all": (
        lambda folder: (folder / "targets").chmod(0o700),
        "“targets” cannot be read by everybody",
    ),
    "a pipe": (lambda folder: os.mkfifo(folder / "targets" / "pipe"), "neither a file nor a folder"),
}


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes are those of Unix")
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_told(folder: Path, name: str) -> None:
    spoil, says = SPOILT[name]
    spoil(folder)

    found = inspect(Repository(folder), NOW)

    assert len(found.problems) == 1
    assert says in str(found.problems[0])


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file too many": (
        lambda folder: (folder / "targets" / "x.kbp").write_text("x"),
        "Nothing names “targets/x.kbp”",
    ),
    "metadata too many": (
        lambda folder: (folder / "metadata" / "root.json").write_text("x"),
        "Nothing names “metadata/root.json”",
    ),
    "an old version is gone": (lambda folder: pack_in(folder, 1).unlink(), "no delta can be made from it"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_a_warning(folder: Path, name: str) -> None:
    spoil, says = ODD[name]
    spoil(folder)

    found = inspect(Repository(folder), NOW)

    assert found.problems == ()
    assert [says in str(warning) for warning in found.warnings] == [True]


def test_what_expires_soon_is_a_warning_and_what_has_expired_is_a_problem(folder: Path) -> None:
    def told(days: int) -> tuple[int, int]:
        found = inspect(Repository(folder), NOW + timedelta(days=days))
        return len(found.problems), len(found.warnings)

    assert told(369) == (0, 0)
    assert told(370) == (0, 3)
    assert told(399) == (0, 3)
    assert told(400) == (3, 0)
    assert told(3650) == (4, 0)
    found = inspect(Repository(folder), NOW + timedelta(days=370))
    assert str(found.warnings[0]) == "“targets” expires on 2028-01-01: run “kbviewer repo sign”."


def test_a_lock_that_was_left_is_a_warning_until_the_next_change(folder: Path) -> None:
    """It would be copied to the server; nothing is wrong with it there, but it has no business there."""
    (folder / LOCK).touch()

    found = inspect(Repository(folder), NOW)

    assert found.problems == ()
    assert ["do not publish it" in str(warning) for warning in found.warnings] == [True]


def test_a_half_signed_root_is_a_warning(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.sign_root("root-1")

    found = inspect(publisher.repository, NOW)

    assert found.problems == ()
    assert ["waits for signatures" in str(warning) for warning in found.warnings] == [True]


def test_deltas_that_lead_elsewhere_are_a_problem(tmp_path: Path) -> None:
    """Signed by the right key, but by another program."""
    publisher = Publisher(tmp_path)
    for number in (1, 2):
        publisher.add(make_pack(tmp_path / f"{number}.kbp", str(number), index=True))
    with publisher.repository.changing() as release:
        files = dict(release.targets.signed.targets)
        (target, file) = release.packs()["office"]
        other = target_file(target, "0" * 64, file.length)
        files = {path: kept for path, kept in files.items() if path != file.path} | {other.path: other}
        publisher.repository.publish(
            release, files, release.history(), publisher.signers("release"), When(NOW)
        )

    problems = [str(problem) for problem in inspect(publisher.repository, NOW).problems]

    assert sum("does not go with the rest" in problem for problem in problems) == 2


def test_a_folder_that_is_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="There is no repository"):
        inspect(Repository(tmp_path), NOW)
