"""Which libraries open by themselves, and which of them is believed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbviewer.app.libraries import open_libraries, open_library
from kbviewer.app.paths import MACHINE_PACKS_VARIABLE, Profile, check_libraries, is_pack_file, machine_packs
from kbviewer.content.collection import LibraryCollection
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.model.errors import PackError, UsageError
from tests.support.packs import make_folder, make_pack


@pytest.fixture
def reader(profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(tmp_path / "machine"))
    return Profile(profile)


@pytest.fixture
def machine(tmp_path: Path) -> InstalledPacks:
    return InstalledPacks(tmp_path / "machine")


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """Articles that come with the program, under another id than the packs have."""
    folder = make_folder(tmp_path / "bundled", "bundled")
    text = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(text.replace('"office"', '"bundled"'), "utf-8")
    return folder


def shown(libraries: LibraryCollection) -> list[str]:
    return [f"{library.pack.id} {library.pack.version}" for library in libraries.libraries]


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Packs are closed when the test is over, not when somebody collects garbage."""
    opened: list[PackLibrary] = []
    init = PackLibrary.__init__

    def remember(self: PackLibrary, *arguments: object) -> None:
        opened.append(self)
        init(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(PackLibrary, "__init__", remember)
    yield
    for library in opened:
        library.close()


def test_without_packs_the_bundled_articles_open(reader: Profile, bundled: Path) -> None:
    assert shown(open_libraries((), bundled, reader)) == ["bundled bundled"]
    assert not reader.packs.exists()


def test_the_readers_pack_comes_before_that_of_the_machine_before_the_bundled_articles(
    reader: Profile, machine: InstalledPacks, bundled: Path, tmp_path: Path
) -> None:
    machine.install(make_pack(tmp_path / "1.kbp", "1"))
    assert shown(open_libraries((), bundled, reader)) == ["office 1", "bundled bundled"]
    InstalledPacks(reader.packs).install(make_pack(tmp_path / "2.kbp", "2"))
    assert shown(open_libraries((), bundled, reader)) == ["office 2", "bundled bundled"]
    InstalledPacks(reader.packs).remove("office")
    assert shown(open_libraries((), bundled, reader)) == ["office 1", "bundled bundled"]


def test_an_installed_pack_takes_the_place_of_bundled_articles_with_its_id(
    reader: Profile, bundled: Path, tmp_path: Path
) -> None:
    make_folder(bundled, "old")
    InstalledPacks(reader.packs).install(make_pack(tmp_path / "2.kbp", "2"))
    assert shown(open_libraries((), bundled, reader)) == ["office 2"]


def test_what_is_named_opens_alone(reader: Profile, bundled: Path, tmp_path: Path) -> None:
    InstalledPacks(reader.packs).install(make_pack(tmp_path / "2.kbp", "2"))
    named = (make_pack(tmp_path / "3.kbp", "3"), bundled)
    assert shown(open_libraries(named, bundled, reader)) == ["office 3", "bundled bundled"]


def test_a_damaged_pack_hides_nothing_and_stops_nothing(
    reader: Profile, machine: InstalledPacks, bundled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The machine's whole pack is better than the reader's damaged one."""
    machine.install(make_pack(tmp_path / "1.kbp", "1"))
    own = InstalledPacks(reader.packs)
    _, state = own.install(make_pack(tmp_path / "2.kbp", "2"))
    own.path_of(state.current).write_bytes(b"x")
    with caplog.at_level(logging.ERROR):
        assert shown(open_libraries((), bundled, reader)) == ["office 1", "bundled bundled"]
        (machine.folder / "installed.json").write_bytes(b"{")
        assert shown(open_libraries((), bundled, reader)) == ["bundled bundled"]
    assert "no whole pack" in caplog.text
    assert "installed.json" in caplog.text


def test_an_installed_file_is_trusted_as_what_was_installed(reader: Profile, tmp_path: Path) -> None:
    """The search process is given the path; the version before counts too, for a window may still show it."""
    packs = InstalledPacks(reader.packs)
    first = make_pack(tmp_path / "1.kbp", "1", index=True)
    _, state = packs.install(first)
    packs.install(make_pack(tmp_path / "2.kbp", "2", index=True))
    opened = open_library(packs.path_of(state.current), reader)
    assert isinstance(opened, PackLibrary)
    assert opened.file.is_trusted
    assert opened.prebuilt_index() is not None
    stranger = open_library(first, reader)
    assert isinstance(stranger, PackLibrary)
    assert not stranger.file.is_trusted


def test_an_installed_pack_that_somebody_has_exchanged_is_not_opened(reader: Profile, tmp_path: Path) -> None:
    packs = InstalledPacks(reader.packs)
    _, state = packs.install(make_pack(tmp_path / "1.kbp", "1"))
    path = packs.path_of(state.current)
    path.write_bytes(make_pack(tmp_path / "2.kbp", "2").read_bytes())
    with pytest.raises(PackError, match="changed since it was installed"):
        open_library(path, reader)


def test_a_library_is_a_folder_or_a_pack(tmp_path: Path) -> None:
    pack = make_pack(tmp_path / "x.KBP")
    check_libraries([tmp_path, pack])
    assert is_pack_file(pack)
    assert not is_pack_file(tmp_path)
    assert not is_pack_file(Path("nul\0.kbp"))
    for wrong in (tmp_path / "missing.kbp", tmp_path / "missing"):
        with pytest.raises(UsageError, match="neither a folder nor a pack"):
            check_libraries([wrong])


def test_the_folder_of_the_machine_is_where_the_system_keeps_such_things() -> None:
    assert machine_packs({MACHINE_PACKS_VARIABLE: "/srv/packs"}) == Path("/srv/packs")
    assert machine_packs({}).parts[-2:] == ("kbviewer", "packs")
