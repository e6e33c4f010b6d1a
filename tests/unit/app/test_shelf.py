"""Which libraries a reader has, which of them are open, and what there is to tell about each."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbviewer.app.origins import origin
from kbviewer.app.paths import MACHINE_PACKS_VARIABLE, Profile
from kbviewer.app.shelf import Shelf
from kbviewer.app.shelf_items import ShelfItems, item_of_file, what_is_there_now
from kbviewer.app.shelf_places import BUNDLED, file_key, folder_key, own_key
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pointer import Signature
from kbviewer.model.errors import UsageError
from kbviewer.model.shelf import LibraryKind, ShelfChoice, ShelfItem
from kbviewer.ui.library.wording import Deed, deeds_of
from tests.support.packs import make_folder, make_pack
from tests.support.policies import locked

OFFICE = own_key("office")


@pytest.fixture(scope="module")
def pack_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("packs") / "1.kbp", "1")


@pytest.fixture
def reader(profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(tmp_path / "machine"))
    return Profile(profile)


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "bundled", "bundled")
    text = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(text.replace('"office"', '"bundled"'), "utf-8")
    return folder


@pytest.fixture
def own(reader: Profile) -> InstalledPacks:
    return InstalledPacks(reader.packs)


@pytest.fixture
def shelf(bundled: Path, reader: Profile) -> Shelf:
    return Shelf(bundled, reader)


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    opened: list[PackLibrary] = []
    init = PackLibrary.__init__

    def remember(self: PackLibrary, *arguments: object) -> None:
        opened.append(self)
        init(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(PackLibrary, "__init__", remember)
    yield
    for library in opened:
        library.close()


def open_now(shelf: Shelf) -> list[str]:
    return [f"{library.pack.id} {library.pack.version}".strip() for library in shelf.open().libraries]


def items(shelf: Shelf) -> dict[str, ShelfItem]:
    return {item.key: item for item in ShelfItems().describe(shelf, "sv")}


def test_packs_come_before_the_bundled_articles(shelf: Shelf, own: InstalledPacks, pack_file: Path) -> None:
    own.install(pack_file)
    assert open_now(shelf) == ["office 1", "bundled bundled"]


def test_of_two_with_one_id_the_readers_is_used_and_the_other_says_so(
    shelf: Shelf, own: InstalledPacks, pack_file: Path, tmp_path: Path
) -> None:
    """Whatever order has been chosen."""
    machine = InstalledPacks(tmp_path / "machine")
    for packs in (own, machine):
        packs.install(pack_file)
    shelf.choice = ShelfChoice(("machine:office", OFFICE, BUNDLED))
    assert open_now(shelf) == ["office 1", "bundled bundled"]
    assert items(shelf)["machine:office"].hidden_by == "Kontorets hjälp"


def test_a_damaged_pack_says_so_and_hides_nothing(
    shelf: Shelf, own: InstalledPacks, pack_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The machine may have it whole."""
    machine = InstalledPacks(tmp_path / "machine")
    machine.install(pack_file)
    _, state = own.install(pack_file)
    path = own.path_of(state.current)
    path.write_bytes(path.read_bytes()[:-9])
    with caplog.at_level(logging.ERROR):
        assert open_now(shelf) == ["office 1", "bundled bundled"]
    item = items(shelf)[OFFICE]
    assert item.fault is not None
    assert "office" in str(item.fault.what)
    assert item.fault.remedy is not None
    assert caplog.records


def test_a_damaged_list_of_packs_is_one_row(shelf: Shelf, own: InstalledPacks, pack_file: Path) -> None:
    own.install(pack_file)
    (own.folder / "installed.json").write_text("{", "utf-8")
    assert open_now(shelf) == ["bundled bundled"]
    assert items(shelf)["own:"].fault is not None


def test_what_is_off_is_not_opened_but_described(
    shelf: Shelf, own: InstalledPacks, pack_file: Path, tmp_path: Path
) -> None:
    own.install(pack_file)
    folder = make_folder(tmp_path / "mine", "7")
    key = folder_key(folder)
    shelf.choice = ShelfChoice((key,), frozenset({key, OFFICE, BUNDLED}))
    assert open_now(shelf) == []
    found = items(shelf)
    assert (found[OFFICE].articles, dict(found[OFFICE].languages)) == (2, {"sv": 2, "en": 1})
    assert (found[key].title, found[key].version, found[key].is_read) == ("Kontorets hjälp", "7", False)
    assert not any(item.is_on for item in found.values())


def test_an_open_library_tells_its_facts(shelf: Shelf, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine", "7")
    (folder / "screen" / "sv.md").write_text("---\ntitle: [Trasig\n---\n", "utf-8")
    key = shelf.add_folder(folder)
    assert len(shelf.open().entries()) == 2
    item = items(shelf)[key]
    assert (item.kind, item.articles, item.problems) == (LibraryKind.FOLDER, 1, 1)
    assert dict(item.languages) == {"sv": 1, "en": 1}
    assert (item.publisher, item.day, item.version) == ("Kontoret", date(2026, 11, 1), "7")
    assert item.paths == (str(folder),)
    assert item.origin is None


def test_a_folder_that_is_gone_stays_on_the_list_with_what_to_do(shelf: Shelf, tmp_path: Path) -> None:
    """A stick that is not plugged in today."""
    shelf.choice = ShelfChoice((folder_key(tmp_path / "gone"),))
    assert open_now(shelf) == ["bundled bundled"]
    item = items(shelf)[folder_key(tmp_path / "gone")]
    assert isinstance(item.fault, UsageError)
    assert (item.title, item.is_on) == ("gone", True)


def test_a_folder_joins_the_tree_that_it_is_a_language_of(shelf: Shelf, tmp_path: Path) -> None:
    """As when both are named together."""
    trees = []
    for name, lang in (("docs", "en"), ("docs.sv-se", "sv")):
        path = tmp_path / name / "a.md"
        path.parent.mkdir()
        path.write_text(f"---\nlang: {lang}\n---\n# {name}\n\nText.\n", "utf-8")
        trees.append(path.parent)
        shelf.open()
        shelf.add_folder(path.parent)
    libraries = shelf.open().libraries
    assert len(libraries) == 2
    assert {tag for entry in libraries[0].entries() for tag in entry.variants} == {"sv", "en"}
    assert shelf.choice.order[0] == folder_key(*trees)
    assert shelf.add_folder(trees[1]) == folder_key(*trees)


def test_the_bundled_folder_is_the_bundled_library(shelf: Shelf, bundled: Path) -> None:
    shelf.open()
    assert shelf.add_folder(bundled) == BUNDLED


def test_libraries_that_are_named_are_alone_on_and_nothing_is_kept(
    shelf: Shelf, bundled: Path, tmp_path: Path, pack_file: Path
) -> None:
    shelf.add_folder(make_folder(tmp_path / "mine", "7"))
    shelf.open()
    named = shelf.naming([make_folder(tmp_path / "other", "8"), pack_file])
    assert not named.is_kept
    assert open_now(named) == ["office 8", "office 1"]
    assert [place.key for place in named.places if named.choice.is_on(place.key)] == [
        folder_key(tmp_path / "other"),
        file_key(pack_file),
    ]
    assert folder_key(tmp_path / "mine") in {place.key for place in named.places}


def test_a_pack_that_is_read_once_is_not_kept(shelf: Shelf, pack_file: Path) -> None:
    shelf.open()
    shelf.add_file(pack_file)
    assert open_now(shelf) == ["office 1", "bundled bundled"]
    assert items(shelf)[file_key(pack_file)].kind is LibraryKind.PACK_FILE
    assert shelf.lasting.order == (BUNDLED,)


def test_libraries_stay_open_until_another_version_comes(
    shelf: Shelf, own: InstalledPacks, pack_file: Path, tmp_path: Path
) -> None:
    """Switching is quick, and what was read stays read."""
    own.install(pack_file)
    first = shelf.open().libraries
    assert shelf.open().libraries == first
    own.install(make_pack(tmp_path / "2.kbp", "2"))
    second = shelf.open().libraries
    assert second[0] is not first[0]
    assert second[1] is first[1]
    assert items(shelf)[OFFICE].previous == "1"
    shelf.close_retired()


def test_the_origin_names_who_has_signed() -> None:
    signature = Signature("Kontoret", date(2026, 11, 2))
    assert "Kontoret, 2 November 2026" in str(origin(signature, "en", is_installed=True))
    assert "not signed" in str(origin(signature, "en", is_installed=False))
    assert "not signed" in str(origin(None, "en", is_installed=True))


def test_libraries_of_the_policy_stand_in_for_all_others_and_stay_on_the_list(
    bundled: Path, reader: Profile, own: InstalledPacks, pack_file: Path, tmp_path: Path
) -> None:
    """An office's computers show the office's articles; nobody takes them off by mistake."""
    own.install(pack_file)
    folder = make_folder(tmp_path / "given", "given")
    gone = tmp_path / "gone"
    choice = ShelfChoice((folder_key(tmp_path / "mine"),))
    shelf = Shelf(bundled, reader, choice, policy=locked(library_dirs=(str(folder), str(gone))))
    assert open_now(shelf) == ["office given"]
    listed = items(shelf)
    assert set(listed) == {folder_key(folder), folder_key(gone)}
    assert listed[folder_key(gone)].fault is not None
    assert Deed.FORGET not in deeds_of(listed[folder_key(folder)], is_kept=True)


def test_where_nothing_of_the_policy_is_there_the_others_are(
    bundled: Path, reader: Profile, tmp_path: Path
) -> None:
    """A share that is away leaves a computer with something to read."""
    shelf = Shelf(bundled, reader, policy=locked(library_dirs=(str(tmp_path / "gone"),)))
    assert open_now(shelf) == ["bundled bundled"]


def test_an_unsigned_pack_of_the_readers_is_not_opened_where_packs_have_to_be_signed(
    bundled: Path, reader: Profile, own: InstalledPacks, pack_file: Path
) -> None:
    """And its row says so."""
    own.install(pack_file)
    shelf = Shelf(bundled, reader, policy=locked(allow_unsigned=False))
    assert open_now(shelf) == ["bundled bundled"]
    assert "not signed" in str(items(shelf)[OFFICE].fault)


@pytest.mark.parametrize("versions", [("1.9", "1.10"), ("", "")])
def test_it_is_known_which_of_two_versions_is_the_newer_one(
    shelf: Shelf, own: InstalledPacks, tmp_path: Path, versions: tuple[str, str]
) -> None:
    """Of packs that say neither version nor date, by which was installed later."""
    for number, version in enumerate(versions):
        path = own.path_of(
            own.install(make_pack(tmp_path / f"{number}.kbp", version, says=f"{number}"))[1].current
        )
        os.utime(path, (number, number))
    shelf.open()
    assert not items(shelf)[OFFICE].is_previous_newer
    own.rollback("office")
    shelf.open()
    item = items(shelf)[OFFICE]
    assert item.is_previous_newer
    assert item.previous == versions[1]
    shelf.close_retired()


def test_what_is_said_of_a_version_without_a_date_tells_it_from_the_other_one() -> None:
    """“Another version” leaves open which."""
    item = ShelfItem(key=OFFICE, kind=LibraryKind.OWN_PACK, title="Kontoret", previous="")
    assert "newer" in str(what_is_there_now("office", item, "en"))
    assert "earlier" in str(what_is_there_now("office", replace(item, is_previous_newer=True), "en"))


def test_a_file_whose_very_content_is_installed_is_told_so(
    shelf: Shelf, own: InstalledPacks, pack_file: Path, tmp_path: Path
) -> None:
    """It would else be called not installed and not signed, whoever has signed what is installed."""
    own.install(pack_file)
    own.path_of(own.states()["office"].current).write_bytes(b"")
    shelf.open()
    assert item_of_file(pack_file, "sv", shelf.places).kind is LibraryKind.PACK_FILE
    own.install(pack_file)
    shelf.open()
    assert item_of_file(pack_file, "sv", shelf.places).kind is LibraryKind.OWN_PACK
    other = make_pack(tmp_path / "2.kbp", "2")
    assert item_of_file(other, "sv", shelf.places).kind is LibraryKind.PACK_FILE
    shelf.close_retired()
