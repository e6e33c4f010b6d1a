"""`kbviewer update` as administrators and readers use it: a real publisher, real processes, real output."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbviewer.content.updates.first_trust import in_groups
from tests.e2e.test_cli import ROOT, assert_one_sentence, run
from tests.support.file_server import FileServer, Handler, serving
from tests.support.packs import PIXEL, make_folder, make_pack
from tests.support.publisher import Publisher

LARGE = hashlib.shake_256(b"a picture").digest(300_000)
"""What makes a download long enough to be stopped in the middle; it is the same in all versions."""


class Office:
    """A publisher who uses the program, and what readers get from them.

    Attributes:
        folder: where all lies; commands run there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def release(self, version: str, day: str) -> None:
        """Build the next version and add it."""
        source = make_folder(self.folder / "docs", version, says=f"Version {version}.")
        text = (source / "pack.toml").read_text("utf-8")
        (source / "pack.toml").write_text(text.replace("2026-11-01", day), "utf-8")
        (source / "printer" / "media" / "large.png").write_bytes(PIXEL + LARGE)
        self.run("pack", "build", "docs", "-o", "office.kbp")
        self.run("repo", "add", "updates", "office.kbp")

    def run(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = run(*arguments, "--language", "en", cwd=self.folder)
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        return done


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of one repository, `updates-1` and `updates-2`; made once, only copied from."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder)
    done = office.run("repo", "init", "updates", "--name", "Kontoret")
    line = next(line for line in done.stdout.splitlines() if line.startswith("Fingerprint"))
    fingerprint = "".join(line.partition(": ")[2].split())
    (folder / "fingerprint").write_text(fingerprint)
    for number, day in ((1, "2026-10-01"), (2, "2026-11-01")):
        office.release(str(number), day)
        shutil.copytree(folder / "updates", folder / f"updates-{number}")
    office.run("repo", "export", "updates", "-o", "whole.kbu")
    office.run("repo", "export", "updates", "-o", "changes.kbu", "--from", "1")
    return folder


@pytest.fixture
def office(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The reader's side: `updates` is the first state."""
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(tmp_path / "machine" / "packs"))
    folder = tmp_path / "reader"
    folder.mkdir()
    for name in ("updates-1", "updates-2"):
        shutil.copytree(published / name, folder / name)
    for name in ("whole.kbu", "changes.kbu", "fingerprint"):
        shutil.copy(published / name, folder / name)
    shutil.copytree(folder / "updates-1", folder / "updates")
    return Office(folder)


def next_state(office: Office) -> None:
    shutil.rmtree(office.folder / "updates")
    shutil.copytree(office.folder / "updates-2", office.folder / "updates")


def fingerprint(office: Office) -> str:
    return (office.folder / "fingerprint").read_text()


def test_from_a_fingerprint_to_an_update_of_what_has_changed(office: Office) -> None:
    """The reader's way, command for command as the guide has it."""
    refused = office.run("update", "updates", code=1)
    assert_one_sentence(refused, fingerprint(office)[:8], "by another way", "--trust")

    groups = in_groups(fingerprint(office)).split()
    looked = office.run("update", "--check", "--trust", *groups, "updates", code=3)
    assert "office 1 (1 October 2026): new" in looked.stdout
    assert office.run("pack", "list").stdout == ""

    installed = office.run("update", "updates")
    assert "office 1 (1 October 2026) is installed" in installed.stdout
    assert "signed by Kontoret" in office.run("pack", "list").stdout
    assert "Version 1." in run("show", "KB100", "--language", "sv").stdout

    next_state(office)
    looked = office.run("update", "--check", code=3)
    assert "only what has changed" in looked.stdout
    whole = (office.folder / "whole.kbu").stat().st_size
    report = json.loads(office.run("update", "--json").stdout)["sources"][0]
    (offer,) = report["offers"]
    assert offer["installed"] and offer["is_delta"] and offer["fetched_bytes"] < whole
    assert "Version 2." in run("show", "KB100", "--language", "sv").stdout
    assert "There is nothing new." in office.run("update").stdout

    office.run("pack", "rollback", "office")
    assert "you have gone back" in office.run("update").stdout
    office.run("update", "updates", "--install", "office")
    assert "office 2" in office.run("pack", "list").stdout


def test_a_stick_a_server_and_files_lead_to_the_same(office: Office) -> None:
    """Trusted once, known everywhere; the small file is enough for whoever has the version before."""
    root = ("--root", "updates/metadata/1.root.json")
    office.run("update", "updates", *root)
    done = office.run("update", "changes.kbu")
    assert "office 2 (1 November 2026) is installed" in done.stdout
    with serving(office.folder / "updates-2") as server:
        assert "There is nothing new." in office.run("update", server.address).stdout
    listed = office.run("update", "--list").stdout
    assert "Kontoret" in listed and "changes.kbu" not in listed and "http://127.0.0.1" in listed
    # The server is gone; the folder that is older is told, and nothing becomes older.
    done = office.run("update", code=1)
    assert "old content back" in done.stderr
    assert "office 2" in office.run("pack", "list").stdout

    assert "is no longer trusted" in office.run("update", "--forget", "updates").stdout
    assert_one_sentence(office.run("update", "whole.kbu", code=1), "is not trusted yet")


def test_a_pack_and_an_update_file_are_told_apart_by_what_is_in_them(office: Office) -> None:
    """Each is told what it is, and which command takes it."""
    shutil.copy(office.folder / "whole.kbu", office.folder / "whole.kbp")
    shutil.copy(next((office.folder / "updates" / "targets").glob("*.kbp")), office.folder / "pack.kbu")
    for command in ("install", "verify", "info"):
        done = office.run("pack", command, "whole.kbp", code=1)
        assert_one_sentence(done, "whole.kbp” is an update file", "“kbviewer update whole.kbp”")
    assert_one_sentence(office.run("update", "pack.kbu", code=1), "is a pack", "kbviewer pack install ")
    office.run("update", "whole.kbp", "--root", "updates/metadata/1.root.json")
    assert "whole.kbp" not in office.run("update", "--list").stdout
    assert "office 2" in office.run("pack", "list").stdout


def test_an_administrator_updates_for_everybody(office: Office, tmp_path: Path) -> None:
    """The root is put down once; then neither the administrator nor the readers are asked."""
    trust = tmp_path / "machine" / "trust"
    trust.mkdir(parents=True)
    shutil.copy(office.folder / "updates" / "metadata" / "1.root.json", trust / "office.json")
    office.run("update", "updates", "--machine")
    row = json.loads(office.run("pack", "list", "--json").stdout)["packs"][0]
    assert (row["place"], row["signed"], row["signature"]["publisher"]) == ("machine", True, "Kontoret")
    assert "There is nothing new." in office.run("update", "updates").stdout, (
        "it is there for the reader, too"
    )
    next_state(office)
    assert "office 2" in office.run("update", "--machine").stdout


def test_remembered_sources_are_updated_one_by_one_and_one_that_fails_is_told(office: Office) -> None:
    office.run("update", "updates", "--root", "updates/metadata/1.root.json")
    shutil.move(office.folder / "updates", office.folder / "away")
    done = office.run("update", code=1)
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert "Connect the stick or share" in done.stderr
    shutil.move(office.folder / "away", office.folder / "updates")
    assert "There is nothing new." in office.run("update").stdout


def test_what_has_expired_needs_an_explicit_yes(office: Office, tmp_path: Path) -> None:
    """However the computer's clock stands: no clock is right that stands before the program's day."""
    publisher = Publisher(tmp_path / "stale")
    publisher.publish(
        make_pack(tmp_path / "1.kbp"), expires=datetime(2026, 11, 1, tzinfo=UTC), signed_at=None
    )
    root = ("--root", str(publisher.root_file))
    looked = office.run("update", str(publisher.folder), *root, "--check", code=3)
    assert "was to be used until 2026-11-01" in looked.stdout
    assert_one_sentence(office.run("update", str(publisher.folder), code=1), "2026-11-01", "--accept-stale")
    assert office.run("pack", "list").stdout == ""
    office.run("update", "--accept-stale")
    assert "signed by Kontoret" in office.run("pack", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--root", "x"], "about one source"),
        (["--install", "x"], "about one source"),
        (["x", "--list"], "go without SOURCE"),
        (["x", "--root", "a", "--trust", "b"], "--trust"),
        (["x", "--root", "missing.json"], "missing.json"),
        (["x", "--trust", "a" * 64, "y"], "“y” is neither"),
        (["x", "--trust", "1234"], "“1234” is no fingerprint"),
        (["x", "--trust", "g" * 64], "is no fingerprint"),
    ],
)
def test_arguments_that_do_not_go_together_are_told(office: Office, arguments: list[str], says: str) -> None:
    assert_one_sentence(office.run("update", *arguments, code=2), says)


@pytest.mark.parametrize("source", ["nowhere", "ftp://example/x", "http://127.0.0.1:9/x", "docs.kbu", ""])
def test_what_is_no_source_is_told_in_a_sentence(office: Office, source: str) -> None:
    if source:
        assert_one_sentence(office.run("update", source, code=1))
    else:
        done = office.run("update", code=1)
        assert done.stdout == ""
        assert_one_sentence(done, "No source is remembered", "kbviewer update SOURCE")


def test_an_update_that_is_interrupted_or_killed_goes_on_the_next_time(office: Office) -> None:
    """Ctrl+C and kill -9, both in the middle of a download."""
    with serving(office.folder / "updates-1") as server:
        office.run("update", server.address, "--trust", fingerprint(office), "--check", code=3)
        for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
            assert interrupted(office, server, number) == code
            assert office.run("pack", "list").stdout == ""
        (part,) = (Path(os.environ["KBVIEWER_PROFILE"]) / "packs" / ".downloads").iterdir()
        kept = part.stat().st_size
        assert kept > 0
        report = json.loads(office.run("update", server.address, "--json").stdout)
        (offer,) = report["sources"][0]["offers"]
        assert offer["fetched_bytes"] == offer["pack_bytes"] - kept
    assert "signed by Kontoret" in office.run("pack", "list").stdout


def interrupted(office: Office, server: FileServer, number: signal.Signals) -> int:
    """Stop an update when half of the pack has come; return how it ended."""
    half_sent, go_on = threading.Event(), threading.Event()

    def halfway(handler: Handler, data: bytes | None) -> bool:
        if data is None or not handler.path.startswith("/targets/"):
            return False
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        handler.wfile.write(data[start : start + 100_000])
        half_sent.set()
        go_on.wait(30)
        handler.close_connection = True
        return True

    server.answer = halfway
    arguments = ["update", server.address, "--language", "en"]
    with subprocess.Popen(
        [sys.executable, "-m", "kbviewer", *arguments],
        cwd=office.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert half_sent.wait(60)
        wait_for_part(Path(os.environ["KBVIEWER_PROFILE"]))
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert b"Traceback" not in said
    go_on.set()
    server.answer = None
    return process.returncode


def wait_for_part(profile: Path) -> None:
    """Wait until something of what was sent has been written."""
    deadline = threading.Event()
    for _ in range(600):
        if any(path.stat().st_size for path in (profile / "packs" / ".downloads").glob("*.part")):
            return
        deadline.wait(0.05)
    raise AssertionError("nothing came")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the machine that runs the tests is set to is nobody's business here."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield
