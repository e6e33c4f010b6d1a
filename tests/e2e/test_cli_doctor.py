"""`kbviewer doctor`: what an administrator gets to see of an installation, and what it says is wrong."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from kbviewer.app.paths import Profile
from kbviewer.app.shelf_places import folder_key
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import run
from tests.support.packs import build, make_folder
from tests.support.stalled import stalled_share


def examine(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    finished = run("doctor", "--json", *arguments)
    assert finished.returncode == code, finished.stdout + finished.stderr
    return dict(json.loads(finished.stdout))


def test_a_sound_installation_has_no_problem_and_the_exit_code_says_so(profile: Path) -> None:
    found = examine()

    assert not profile.joinpath("state.sqlite").exists()
    assert found["ok"] is True
    assert found["problems"] == []
    assert re.fullmatch(r"3\.\d+\.\d+", found["program"]["sqlite"])
    assert found["program"]["whoosh"]
    assert found["paths"]["profile"] == str(profile)
    assert found["display"]["platform"] == "offscreen"
    assert found["profile"]["free_mb"] > 0
    (library,) = found["libraries"]["libraries"]
    assert library["id"] == "kbviewer-samples"
    assert library["index"] == "missing"
    assert "No problems were found." in run("doctor").stdout
    assert "Inga problem hittades." in run("doctor", "--language", "sv").stdout


def test_packs_and_indexes_are_told_with_their_damage(profile: Path, tmp_path: Path) -> None:
    build(make_folder(tmp_path / "office"), tmp_path / "office.kbp")
    run("pack", "install", tmp_path / "office.kbp")
    run("search", "skrivare")
    sound = examine()
    (pack,) = sound["packs"]["packs"]
    assert (pack["id"], pack["version"], pack["damaged"], pack["signed_by"]) == ("office", "1", False, "")
    by_id = {library["id"]: library for library in sound["libraries"]["libraries"]}
    assert by_id["office"]["articles"] == 2
    assert by_id["kbviewer-samples"]["index"] == "fresh"
    installed = InstalledPacks(Profile(profile).packs)
    path = installed.path_of(installed.states()["office"].current)
    path.write_bytes(path.read_bytes()[:-40])
    for index in Profile(profile).cache.glob("search/*/generation-*/*"):
        index.write_bytes(b"x")

    found = examine(code=1)

    assert [pack["damaged"] for pack in found["packs"]["packs"]] == [True]
    assert "damaged" in {library["index"] for library in found["libraries"]["libraries"]}
    assert all(problem["what"] and problem["remedy"] for problem in found["problems"])
    text = run("doctor").stdout
    assert text.startswith("! ")


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_profile_that_others_can_read_and_damaged_data_are_problems(profile: Path) -> None:
    profile.mkdir()
    profile.chmod(0o777)
    Profile(profile).state.write_bytes(b"no database" * 100)
    Profile(profile).state.chmod(0o644)
    before = sorted(path.name for path in profile.iterdir())

    found = examine(code=1)

    assert (found["profile"]["mode"], found["profile"]["data_mode"]) == ("0777", "0644")
    assert found["profile"]["data"] == "damaged"
    assert sum("chmod go-rwx" in problem["remedy"] for problem in found["problems"]) == 2
    assert set(before) <= {path.name for path in profile.iterdir()}
    assert Profile(profile).state.read_bytes().startswith(b"no database")


def test_a_library_without_articles_and_one_with_faults_are_problems(tmp_path: Path) -> None:
    empty, faulty = tmp_path / "empty", tmp_path / "faulty"
    empty.mkdir()
    faulty.mkdir()
    (faulty / "a.md").write_bytes(b"\xff\xfe# x")

    found = examine("--library", empty, "--library", faulty, code=1)

    said = " ".join(problem["what"] for problem in found["problems"])
    assert "no articles" in said
    assert "Articles with faults" in said


def test_nothing_of_the_reader_is_in_it(profile: Path, tmp_path: Path) -> None:
    """It is made to be sent to strangers: no home folder, no word that was searched for or written."""
    secret = "zyxwvutsecret"
    run("search", secret)
    with UserState.open(Profile(profile).state) as state:
        state.searches.record(secret)
        state.comments.add("kb902534", "sv", "", secret)
    log = Profile(profile).log / "kbviewer.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text(
        f"2026-11-27 10:00:00,123 CRITICAL 7 kbviewer: uncaught\nTraceback\nKeyError: '{secret}'\n"
        f"2026-11-27 10:00:01,123 ERROR 7 kbviewer.app: {tmp_path / 'home'}/kb cannot be read\n",
        encoding="utf-8",
    )
    home_library = make_folder(tmp_path / "home" / "kb")

    finished = run("doctor", "--library", home_library)

    assert secret not in finished.stdout
    assert str(tmp_path / "home") not in finished.stdout
    assert "~/kb cannot be read" in finished.stdout
    assert "path: ~/kb" in finished.stdout


def test_a_share_that_does_not_answer_is_a_problem_and_holds_nothing_up(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with stalled_share(share):
        found = examine("--library", share / "kb", code=1)

    (row,) = found["shares"]["shares"]
    assert (row["path"], row["answers"], row["copy"]) == (str(share / "kb"), False, "")
    assert any("does not answer" in problem["what"] for problem in found["problems"])
    assert found["log"]


def test_the_policy_is_told_with_its_faults_and_the_libraries_that_are_not_there(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has to find out why something is missing sees where it was laid down."""
    policy, office = tmp_path / "policies.json", make_folder(tmp_path / "office")
    named = [str(office), str(tmp_path / "gone")]
    policy.write_text(json.dumps({"locked": {"library_dirs": named, "allow_prnt": True}}), "utf-8")
    policy.chmod(0o644)
    monkeypatch.setenv("KBVIEWER_POLICY", str(policy))

    found = examine(code=1)

    assert found["policy"]["file"] == str(policy)
    assert found["policy"]["libraries"] == named
    assert [library["path"] for library in found["libraries"]["libraries"]] == [str(office)]
    told = [problem["what"] for problem in found["problems"]]
    assert any("allow_prnt" in what for what in told)
    assert any(str(tmp_path / "gone") in what for what in told)
    assert all(problem["remedy"] for problem in found["problems"])


def test_the_readers_own_folders_are_looked_at(profile: Path, tmp_path: Path) -> None:
    """Those that he has put on his list: on a share, gone, off; what the window opens is what is told."""
    share = tmp_path / "share"
    share.mkdir()
    mine, off, gone = make_folder(tmp_path / "mine"), make_folder(tmp_path / "off"), tmp_path / "gone"
    profile.mkdir()
    with UserState.open(Profile(profile).state) as state:
        keys = [folder_key(folder) for folder in (mine, gone, share / "kb", off)]
        state.settings.set("libraries", ShelfChoice(tuple(keys), frozenset({keys[3]})).format())
    with stalled_share(share):
        found = examine(code=1)

    libraries = found["libraries"]
    assert str(mine) in {library["path"] for library in libraries["libraries"]}
    assert libraries["switched_off"] == [str(off)]
    assert [(row["path"], row["answers"]) for row in found["shares"]["shares"]] == [
        (str(share / "kb"), False)
    ]
    told = " ".join(problem["what"] for problem in found["problems"])
    assert str(gone) in told
    assert told.count(str(share / "kb")) == 1
