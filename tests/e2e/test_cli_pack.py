"""`kbviewer pack` as publishers, administrators and readers use it: real processes, real output."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import ROOT, assert_one_sentence, run
from tests.support.packs import make_folder, make_pack
from tests.support.pages import commands, section

CORPUS = Path(os.environ.get("KBVIEWER_CORPUS", ROOT.parent / "shared" / "corpora" / "commerce-kb"))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(tmp_path / "machine"))
    return tmp_path / "machine"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Built by the command itself."""
    folder = make_folder(tmp_path / "docs")
    done = run("pack", "build", folder, "-o", tmp_path / "office.kbp")
    assert done.returncode == 0, done.stderr
    return tmp_path / "office.kbp"


def test_the_commands_of_the_readme_lead_from_a_folder_to_readers(tmp_path: Path) -> None:
    """Word for word, in the order in which they stand there."""
    make_folder(tmp_path / "docs")
    everyday = [words for words in commands(section("README.md", "Everyday use")) if words[1] == "pack"]
    assert [words[2] for words in everyday] == ["build", "install"]
    for words in everyday:
        done = run(*words[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr

    assert "Skrivaren svarar inte" in run("show", "KB100", "--language", "sv").stdout


def test_build_says_what_is_in_the_pack_and_what_is_not(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "docs")
    (folder / "tool.exe").write_bytes(b"MZ")
    (folder / "broken.md").write_bytes(b"\xff\xfe\x00")

    done = run("pack", "build", folder, "-o", tmp_path / "x.kbp", "--language", "en")

    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == ["Office help (office 1)", "2 articles: en 1, sv 2"]
    assert "broken.md: the file is UTF-16" in done.stderr
    assert ".exe 1" in done.stderr


def test_info_and_verify_say_that_nothing_proves_the_origin(pack: Path) -> None:
    told = run("pack", "info", pack, "--language", "en")
    verified = run("pack", "verify", pack, "--language", "en")

    assert (told.returncode, verified.returncode) == (0, 0)
    assert "Publisher: Kontoret" in told.stdout
    for text in (told.stdout, verified.stdout):
        assert "not signed: nothing proves who has made it" in text


def test_json_of_info_has_the_fields_that_scripts_rely_on(pack: Path) -> None:
    told = json.loads(run("pack", "info", pack, "--json").stdout)

    assert list(told) == [
        "id", "version", "title", "publisher", "date", "license", "articles", "variants", "made_with", "size",
        "manifest_sha256", "has_index", "signed", "signature",
    ]  # fmt: skip
    assert (told["id"], told["date"], told["has_index"], told["signed"]) == (
        "office",
        "2026-11-01",
        True,
        False,
    )


def test_a_damaged_pack_is_told_in_a_sentence(pack: Path) -> None:
    data = bytearray(pack.read_bytes())
    data[data.index(b"\x89PNG") + 1] ^= 1
    pack.write_bytes(data)

    for command in ("verify", "install"):
        done = run("pack", command, pack)
        assert done.returncode == 1
        assert_one_sentence(done, "office.kbp", "skrivare.png", "Get it anew")
    assert run("pack", "list").stderr == "No pack is installed.\n"


@pytest.mark.parametrize("command", ["verify", "info", "install"])
@pytest.mark.parametrize("name", ["missing.kbp", "text.kbp"])
def test_what_is_no_pack_is_told_in_a_sentence(tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / "text.kbp").write_text("text")

    done = run("pack", command, tmp_path / name)

    assert done.returncode == 1
    assert_one_sentence(done, name)


def test_a_pack_opens_where_it_lies(pack: Path, profile: Path) -> None:
    shown = run("show", "printer", "--library", pack, "--language", "sv")
    found = json.loads(run("search", "skrivare", "--library", pack, "--json").stdout)

    assert "Starta om skrivaren." in shown.stdout
    assert [hit["article"] for hit in found["hits"]] == ["printer", "screen"]
    assert not (profile / "packs").exists()


def test_an_installed_pack_is_searched_without_indexing(pack: Path, profile: Path) -> None:
    """The first start after an installation has nothing to wait for."""
    assert run("pack", "install", pack).returncode == 0

    found = json.loads(run("search", "färgpulver", "--json").stdout)

    assert found["hits"][0]["article"] == "printer"
    built = {pointer.parent.name for pointer in (profile / "cache" / "search").glob("*/index.json")}
    assert len(built) == 1, "that of the bundled articles only"


def test_packs_are_installed_updated_rolled_back_and_removed(pack: Path, tmp_path: Path) -> None:
    second = make_pack(tmp_path / "2.kbp", "2", says="Köp en ny.")
    assert "office 1 is installed" in run("pack", "install", pack).stdout
    assert "office 2 is installed" in run("pack", "install", second).stdout
    listed = json.loads(run("pack", "list", "--json").stdout)["packs"]
    assert [(row["id"], row["version"], row["previous"], row["place"]) for row in listed] == [
        ("office", "2", "1", "user")
    ]
    assert "Köp en ny." in run("show", "printer", "--language", "sv").stdout
    assert "office 1 is in use again" in run("pack", "rollback", "office").stdout
    assert "Starta om skrivaren." in run("show", "printer", "--language", "sv").stdout
    assert run("pack", "list").stdout == "office 1 (yours) before: 2\n"
    assert run("pack", "remove", "office").stdout == "office is removed.\n"
    assert run("show", "printer").returncode == 1


def test_what_the_reader_has_written_outlives_updates_and_removal(
    pack: Path, profile: Path, tmp_path: Path
) -> None:
    """It hangs on ids, and no pack command opens it."""
    run("pack", "install", pack)
    with UserState.open(profile / "state.sqlite") as state:
        state.ticks.set_done("printer", ["s1"], True)
        state.comments.add("printer", "sv", "", "Bra!")
    before = (profile / "state.sqlite").read_bytes()
    run("pack", "install", make_pack(tmp_path / "2.kbp", "2"))
    run("pack", "rollback", "office")
    run("pack", "remove", "office")

    assert (profile / "state.sqlite").read_bytes() == before


def test_the_pack_of_the_machine_is_everybodys_and_hidden_by_ones_own(
    pack: Path, tmp_path: Path, machine: Path
) -> None:
    run("pack", "install", pack, "--machine")
    assert (machine / "installed.json").is_file()
    assert "Starta om skrivaren." in run("show", "printer", "--language", "sv").stdout

    run("pack", "install", make_pack(tmp_path / "2.kbp", "2", says="Köp en ny."))

    assert "Köp en ny." in run("show", "printer", "--language", "sv").stdout
    lines = run("pack", "list", "--language", "en").stdout.splitlines()
    assert lines == ["office 2 (yours)", "office 1 (the computer's) hidden by yours"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs permissions")
def test_a_machine_folder_that_is_no_folder_refuses_with_a_sentence(pack: Path, machine: Path) -> None:
    machine.write_text("in the way")

    done = run("pack", "install", pack, "--machine")

    assert done.returncode == 1
    assert_one_sentence(done, str(machine), "cannot be changed")


@pytest.mark.parametrize("command", ["remove", "rollback"])
def test_an_unknown_pack_is_told_in_a_sentence(command: str) -> None:
    done = run("pack", command, "nothing")

    assert done.returncode == 1
    assert_one_sentence(done, "kbviewer pack list")


@pytest.mark.parametrize(
    "arguments", [[], ["build"], ["build", "x"], ["frobnicate"], ["install"], ["build", "missing", "-o", "x"]]
)
def test_misuse_of_pack_exits_2_with_one_sentence(arguments: list[str]) -> None:
    done = run("pack", *arguments)

    assert done.returncode == 2
    assert_one_sentence(done)


@pytest.mark.parametrize(
    "command", [[], ["build"], ["verify"], ["info"], ["install"], ["remove"], ["rollback"], ["list"]]
)
def test_pack_commands_have_help(command: list[str]) -> None:
    assert run("pack", *command, "--help").stdout.startswith("usage: kbviewer pack")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
def test_a_real_knowledge_base_is_packed_installed_searched_and_read(tmp_path: Path, profile: Path) -> None:
    """Both languages of commerce-kb, as they are in their repositories."""
    path = tmp_path / "commerce.kbp"

    built = run("pack", "build", CORPUS, "-o", path, "--language", "en")
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    assert run("pack", "verify", path).returncode == 0
    assert run("pack", "install", path).returncode == 0
    # The packs of an installation are not asked for the folder that they were made of.
    path.unlink()
    found = json.loads(run("search", "kundvagn", "--json", "--language", "sv").stdout)
    assert found["total"] > 5
    article = found["hits"][0]["article"]
    for language in ("sv", "en"):
        shown = json.loads(run("show", article, "--language", language, "--format", "json").stdout)
        assert shown["id"] == article
    shutil.rmtree(profile / "packs")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
def test_every_article_of_a_real_knowledge_base_reads_as_in_its_folder(tmp_path: Path) -> None:
    from contextlib import closing

    from kbviewer.content.folder import FolderLibrary
    from kbviewer.content.packs.library import PackLibrary
    from tests.support.packs import build

    build(CORPUS, tmp_path / "x.kbp")
    folder = FolderLibrary(CORPUS, tmp_path / "cache")
    with closing(PackLibrary.open(tmp_path / "x.kbp")) as pack:
        assert pack.entries() == folder.entries()
        for ours, theirs in zip(pack.articles(), folder.articles(), strict=True):
            assert ours == theirs
