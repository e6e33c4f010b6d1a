"""The command line under a policy: every command has its rule, and no path or option leads round it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.app import arguments
from kbviewer.app.commands import Session, as_paths
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import DataFolders, Profile, data_folders, machine_packs
from kbviewer.app.policy_gate import COMMAND_RIGHTS, allowed_part, check_command, may_open
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import PolicyError
from kbviewer.model.policy import Policy
from kbviewer.model.policy_keys import PolicyValue
from tests.support.packs import make_folder, make_pack
from tests.support.policies import STRICTEST, locked

ALWAYS = {"open", "show", "search", "contents", "pack list", "translate status"}
ALWAYS |= {"doctor", "policy show", "policy check", "policy schema", "policy hash-pin"}


def grammar() -> argparse.ArgumentParser:
    return arguments.build_parser(Translator(data_folders().i18n, "en"))


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command that has no commands of its own."""
    inner = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for action in inner:
        for word, command in action.choices.items():
            yield from leaves(command, f"{name} {word}".strip())


LEAVES = dict(leaves(grammar()))


def line(name: str, parser: argparse.ArgumentParser, file: Path) -> list[str]:
    """Return a command line with all that the command wants, files among it."""
    words = name.split()
    for action in parser._actions:
        if action.required and not action.option_strings and action.nargs != 0:
            words.append("1" if action.dest in ("id", "case") else str(file))
        elif action.required and action.option_strings:
            words += [action.option_strings[0], str(file)]
    return words


def check(policy: Policy, profile: Path, *words: object) -> None:
    """Do what the command line does before a command is run."""
    translator = Translator(data_folders().i18n, "en")
    options = arguments.parse([str(word) for word in words], translator)
    libraries = as_paths(options.libraries)
    check_command(options, Session(data_folders(), Profile(profile), translator, libraries, policy))


def test_every_command_has_a_rule() -> None:
    """A new one is written down, with what it needs."""
    assert set(LEAVES) == set(COMMAND_RIGHTS)


@pytest.mark.parametrize("name", sorted(COMMAND_RIGHTS))
def test_the_strictest_policy_leaves_reading_and_asking_what_is_allowed(
    name: str, profile: Path, tmp_path: Path
) -> None:
    """Everything else opens a file of the reader's, writes one, or changes something."""
    file = tmp_path / "kb1" / "en.md"
    file.parent.mkdir()
    file.write_text("# Text\n", encoding="utf-8")
    words = line(name, LEAVES[name], file)
    if name in ("open", "show"):
        words = [name, "KB307294"]
    if name in ALWAYS:
        check(locked(**STRICTEST), profile, *words)
    else:
        with pytest.raises(PolicyError):
            check(locked(**STRICTEST), profile, *words)


@pytest.mark.parametrize("name", sorted(COMMAND_RIGHTS))
def test_a_command_without_a_policy_is_never_refused(name: str, profile: Path, tmp_path: Path) -> None:
    """A computer of one's own has no administrator."""
    check(Policy(), profile, *line(name, LEAVES[name], tmp_path))


def test_a_command_that_nobody_wrote_down_needs_every_right(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forgetting is no way round."""
    monkeypatch.delitem(COMMAND_RIGHTS, "contents")
    with pytest.raises(PolicyError):
        check(locked(allow_print=False), profile, "contents")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"allow_export": False}, ("show", "1", "--format", "html")),
        ({"allow_export": False}, ("print", "1", "-o", "x.pdf")),
        ({"allow_print": False}, ("print", "1", "-o", "x.pdf")),
        ({"allow_export": False}, ("data", "export", "x.json")),
        ({"allow_import": False}, ("data", "import", "x.json")),
        ({"allow_notes": False}, ("case", "list")),
        ({"allow_language_switch": False}, ("show", "1", "--language", "sv")),
        ({"allow_open_file": False}, ("--library", "/tmp", "contents")),
        ({"allow_open_file": False}, ("search", "x", "--library", "/tmp")),
        ({"library_dirs": ("/srv/kb",)}, ("contents", "--library", "/srv/kbx")),
        ({"library_dirs": ("/srv/kb",)}, ("contents", "--library", "/srv/kb/../x")),
        ({"allow_updates": "machine"}, ("pack", "install", "x.kbp")),
        ({"allow_updates": "off"}, ("pack", "install", "x.kbp", "--machine")),
        ({"allow_updates": "off"}, ("pack", "rollback", "x")),
        ({"allow_updates": "off"}, ("pack", "remove", "x", "--machine")),
        ({"allow_unsigned": False}, ("pack", "install", "x.kbp")),
        ({"allow_unsigned": False}, ("pack", "install", "x.kbp", "--machine")),
        ({"allow_open_file": False}, ("pack", "install", "x.kbp")),
    ],
)
def test_one_key_is_enough_to_refuse(
    values: dict[str, PolicyValue], words: tuple[str, ...], profile: Path
) -> None:
    """Each with the sentence that says so."""
    with pytest.raises(PolicyError) as refused:
        check(locked(**values), profile, *words)
    assert refused.value.remedy is not None


def test_a_file_and_a_pack_that_are_named_are_files(profile: Path, tmp_path: Path) -> None:
    """`show` and `print` take ids, and paths as well."""
    file = tmp_path / "en.md"
    file.write_text("# Text\n", encoding="utf-8")
    pack = tmp_path / "x.kbp"
    pack.write_bytes(b"PK")
    for reference in (file, f"{file}#place", pack):
        for command in (["show"], ["print", "-o", "x.pdf"]):
            with pytest.raises(PolicyError):
                check(locked(allow_open_file=False), profile, *command, reference)


def test_what_the_administrator_names_may_be_named(profile: Path, tmp_path: Path) -> None:
    """With everything below it, and by another name for it."""
    shelf = tmp_path / "shelf"
    (shelf / "inner").mkdir(parents=True)
    other_name = tmp_path / "other"
    other_name.symlink_to(shelf)
    policy = locked(library_dirs=(str(shelf),))
    for path in (shelf, shelf / "inner", other_name / "inner"):
        assert may_open(policy, path)
        check(policy, profile, "contents", "--library", path)
    assert may_open(locked(library_dirs=(str(other_name),)), shelf / "inner")


def test_a_link_out_of_an_allowed_folder_leads_out(tmp_path: Path) -> None:
    """Where a path really leads is what counts."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (tmp_path / "private").mkdir()
    (shelf / "way").symlink_to(tmp_path / "private")
    assert not may_open(locked(library_dirs=(str(shelf),)), shelf / "way")


def test_what_another_start_hands_over_is_asked_about_again(profile: Path, tmp_path: Path) -> None:
    """It may come from another program than ours: whoever can read the profile can speak to the window."""
    file = tmp_path / "en.md"
    file.write_text("# Text\n", encoding="utf-8")
    strict = locked(allow_open_file=False, allow_language_switch=False)
    request = WindowRequest((tmp_path,), "sv", profile, str(file), "place")
    allowed, refused = allowed_part(strict, request)
    assert allowed == WindowRequest((), "", profile)
    assert refused is not None
    by_id = WindowRequest((), "", profile, "kb://kb1", "place")
    assert allowed_part(strict, by_id) == (by_id, None)
    assert allowed_part(Policy(), request) == (request, None)


@pytest.fixture
def data(tmp_path: Path) -> DataFolders:
    """Bundled articles of another id than the packs'."""
    folder = make_folder(tmp_path / "bundled", "bundled")
    toml = folder / "pack.toml"
    toml.write_text(toml.read_text("utf-8").replace('"office"', '"bundled"'), "utf-8")
    return DataFolders(folder, tmp_path, tmp_path)


def opened(policy: Policy, data: DataFolders, profile: Path) -> list[str]:
    """Return what opens by itself."""
    libraries = open_libraries((), data.content, Profile(profile), policy).libraries
    try:
        return [f"{library.pack.id} {library.pack.version}" for library in libraries]
    finally:
        for library in libraries:
            if isinstance(library, PackLibrary):
                library.close()


def test_the_administrators_libraries_open_in_place_of_others(
    data: DataFolders, profile: Path, tmp_path: Path
) -> None:
    """Folders and packs, in `locked` as in `defaults`."""
    folder, pack = make_folder(tmp_path / "folder", "7"), make_pack(tmp_path / "pack.kbp", "8")
    policy = locked(library_dirs=(str(folder), str(pack), str(tmp_path / "gone.kbp")))
    assert opened(policy, data, profile) == ["office 7", "office 8"]
    assert opened(locked(library_dirs=(str(tmp_path / "gone"),)), data, profile) == ["bundled bundled"]


def test_a_damaged_library_of_the_administrators_hides_no_other(
    data: DataFolders, profile: Path, tmp_path: Path
) -> None:
    """A share may have half a file."""
    damaged = tmp_path / "damaged.kbp"
    damaged.write_bytes(b"PK")
    folder = make_folder(tmp_path / "folder", "7")
    assert opened(locked(library_dirs=(str(damaged), str(folder))), data, profile) == ["office 7"]


def test_a_readers_unsigned_pack_does_not_open_where_signatures_are_wanted(
    data: DataFolders, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even one that was installed before; nor may a variable say that it is the computer's."""
    monkeypatch.setenv("KBVIEWER_MACHINE_PACKS", str(profile / "packs"))
    InstalledPacks(profile / "packs").install(make_pack(tmp_path / "pack.kbp", "8"))
    assert opened(Policy(), data, profile) == ["office 8", "bundled bundled"]
    assert opened(locked(allow_unsigned=False), data, profile) == ["bundled bundled"]
    assert machine_packs(trusts_environment=False) != profile / "packs"
