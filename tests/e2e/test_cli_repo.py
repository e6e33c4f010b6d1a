"""`kbviewer repo` as a publisher uses it, from the folder of articles to what is served: real processes."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from kbviewer.content.packs.zip_reader import ZipReader
from kbviewer.content.updates.first_trust import in_groups
from tests.e2e.test_cli import assert_one_sentence, run
from tests.support.file_server import serving
from tests.support.packs import make_folder, make_pack


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Where the publisher works."""
    folder = tmp_path / "publishing"
    make_folder(folder / "docs", "1")
    return folder


def told(here: Path, *arguments: str) -> str:
    """Run a command that has to go well; return what it says."""
    done = run(*arguments, "--language", "en", cwd=here)
    assert done.returncode == 0, done.stderr
    return done.stdout


def failed(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, "--language", "en", cwd=here)


def test_from_a_folder_of_articles_to_what_readers_get(here: Path) -> None:
    """The way of the user guide, command by command."""
    told(here, *"pack build docs -o office.kbp".split())
    said = told(here, "repo", "init", "site", "--keys", "keys", "--name", "The Office")
    fingerprint = hashlib.sha256((here / "site/metadata/1.root.json").read_bytes()).hexdigest()
    assert said.splitlines()[:2] == [
        "The Office: an empty repository in site.",
        f"Fingerprint, which administrators compare: {in_groups(fingerprint)}",
    ]
    assert "keys/root-3.pem" in said
    assert "no passphrase" in said
    assert sorted(path.name for path in (here / "keys").iterdir()) == [
        "release.pem", "root-1.pem", "root-2.pem", "root-3.pem",
    ]  # fmt: skip

    said = told(here, *"repo add site office.kbp --keys keys".split())
    assert said.startswith("office 1 is offered: ")

    make_folder(here / "docs", "2", says="Köp en ny skrivare.")
    told(here, *"pack build docs -o office.kbp".split())
    said = told(here, *"repo add site office.kbp --keys keys".split())
    assert "office 2 is offered" in said
    assert "Delta from 1: 0.5 kB" in said
    assert "Delta from 1, with its index: " in said

    assert told(here, *"repo sign site --keys keys".split()).startswith("Valid until ")

    said = told(
        here,
        *"repo sign site --root --keys keys/root-1.pem --replace-key keys/root-3.pem=keys/root-4.pem".split(),
    )
    assert said.splitlines() == [
        "Root 2 is signed by 2 keys.",
        "1 more has to sign: run “kbviewer repo sign --root” with that key.",
    ]
    assert told(here, *"repo sign site --root --keys keys/root-2.pem".split()).splitlines() == [
        "Root 2 is in force.",
        f"The fingerprint that administrators compare stays as it is: {in_groups(fingerprint)}",
    ]

    assert "all.kbu: 1 file, " in told(here, *"repo export site -o all.kbu".split())
    assert "changes.kbu: 2 files, " in told(here, *"repo export site -o changes.kbu --from 1".split())
    reader = ZipReader(here / "changes.kbu")
    assert "metadata/2.root.json" in reader.members
    reader.close()

    said = told(here, *"repo serve-check site".split())
    assert said.splitlines()[0] == "The Office: all is well."
    assert in_groups(fingerprint) in said
    assert ": 2 deltas" in said.replace("kB, ", ": ")


def test_a_server_is_looked_at_as_readers_meet_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same command, with the same report; nothing of it is installed or remembered."""
    monkeypatch.delenv("http_proxy", raising=False)
    make_pack(here / "office.kbp")
    told(here, *"repo init site --name Kontoret".split())
    told(here, *"repo add site office.kbp".split())
    with serving(here / "site") as server:
        said = told(here, "repo", "serve-check", server.address)
        assert said == told(here, *"repo serve-check site".split())
        next((here / "site" / "targets").glob("*.kbp")).unlink()
        done = failed(here, "repo", "serve-check", server.address, "--json")
        assert (done.returncode, json.loads(done.stdout)["ok"]) == (1, False)
    done = failed(here, *"repo serve-check office.kbp".split())
    assert done.returncode == 1
    assert_one_sentence(done, "office.kbp” is a pack", "“kbviewer pack verify office.kbp”")


def test_keys_with_a_passphrase_are_opened_by_a_file(here: Path) -> None:
    make_pack(here / "office.kbp")
    (here / "secret").write_text("lösenfras\n", encoding="utf-8")
    (here / "wrong").write_text("fel\n", encoding="utf-8")
    said = told(here, *"repo init site --passphrase-file secret".split())
    assert "no passphrase" not in said
    assert b"ENCRYPTED" in (here / "site.keys" / "release.pem").read_bytes()

    for arguments, part in (
        ("", "has a passphrase"),
        ("--passphrase-file wrong", "passphrase does not open the key"),
    ):
        done = failed(here, *f"repo add site office.kbp {arguments}".split())
        assert done.returncode == 1
        assert_one_sentence(done, "site.keys/release.pem", part)
    told(here, *"repo add site office.kbp --passphrase-file wrong --passphrase-file secret".split())


def test_the_check_fails_and_says_why(here: Path) -> None:
    make_pack(here / "office.kbp")
    told(here, *"repo init site".split())
    told(here, *"repo add site office.kbp".split())
    told(here, *"repo sign site --days 7".split())
    warned = failed(here, *"repo serve-check site".split())
    assert (warned.returncode, warned.stderr.count("Warning: ")) == (0, 3)
    next((here / "site" / "targets").glob("*.kbp")).write_bytes(b"other")

    done = failed(here, *"repo serve-check site".split())
    assert done.returncode == 1
    assert "is not the file that was signed" in done.stdout

    done = failed(here, *"repo serve-check site --json".split())
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert list(report) == ["ok", "problems", "warnings", "publisher", "fingerprint", "expires", "packs"]
    assert (report["ok"], len(report["problems"]), len(report["warnings"])) == (False, 1, 3)
    assert report["packs"][0]["id"] == "office"


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        ("repo add nowhere office.kbp", 1, ("no keys at", "--keys")),
        ("repo add nowhere office.kbp --keys keys", 1, ("no repository in", "repo init")),
        ("repo serve-check docs", 1, ("no repository in",)),
        ("repo serve-check http://127.0.0.1:9/x", 1, ("cannot be reached",)),
        ("repo serve-check ftp://example/x", 1, ("is no source of updates",)),
        ("repo export docs -o x.kbu", 1, ("no repository in",)),
        ("repo init site --keys site/keys", 1, ("going to be public",)),
        ("repo init site --threshold 4", 1, ("4 of 3 root keys cannot be",)),
        ("repo init site --days 0x", 2, ()),
        ("repo init site --days -1", 2, ("--days is -1",)),
        ("repo init site --passphrase-file gone", 2, ("gone", "cannot be read")),
        ("repo sign site --keys keys --threshold 2", 2, ("--root",)),
        ("repo sign site --root --keys keys --replace-key x", 1, ("no repository",)),
        ("repo", 2, ()),
        ("repo add site", 2, ()),
        ("repo publish", 2, ()),
    ],
)
def test_what_cannot_be_is_one_sentence(
    here: Path, arguments: str, code: int, parts: tuple[str, ...]
) -> None:
    from kbviewer.content.updates.keys import make_key

    for name in ("release", "root-1"):
        make_key(here / "keys" / f"{name}.pem", b"")

    done = failed(here, *arguments.split())

    assert done.returncode == code
    assert_one_sentence(done, *parts)


def test_repo_commands_have_help() -> None:
    for command in ([], ["init"], ["add"], ["sign"], ["export"], ["serve-check"]):
        assert run("repo", *command, "--help").stdout.startswith("usage: kbviewer repo")


def test_a_publisher_is_spoken_to_in_swedish(here: Path) -> None:
    done = run("repo", "init", "site", "--name", "Kontoret", "--language", "sv", cwd=here)

    assert "Kontoret: ett tomt förråd i site." in done.stdout
