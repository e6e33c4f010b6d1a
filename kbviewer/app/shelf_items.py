"""What there is to tell about each library of a reader, whether it is open or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from kbviewer.app.origins import origin, origin_of
from kbviewer.app.shelf import Shelf
from kbviewer.app.shelf_places import Place, file_key
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.pack import Pack
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_file import PackFacts, PackFile
from kbviewer.content.packs.pointer import PackState
from kbviewer.content.packs.version_order import is_newer
from kbviewer.i18n.formats import format_date
from kbviewer.model.errors import ContentError, KbError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.shelf import LibraryKind, ShelfItem

_PACK_FILE = "pack.toml"


def what_is_there_now(pack_id: str, item: ShelfItem | None, language: str) -> Message:
    """Return what to say of a pack that has other content than before; `item` is None when it is not open."""
    title = item.title if item is not None else pack_id
    if item is not None and item.day is not None and item.day != item.previous_day:
        day = format_date(item.day, language)
        return message(N_("“{title}” now has the content from {date}."), title=title, date=day)
    if item is not None and item.version:
        return message(N_("“{title}” is now version {version}."), title=title, version=item.version)
    if item is None or item.previous is None:
        return message(N_("“{title}” is now another version."), title=title)
    if item.is_previous_newer:
        return message(N_("“{title}” is now the earlier version again."), title=title)
    return message(N_("“{title}” is now the newer version."), title=title)


class ShelfItems:
    """Describes the libraries on a shelf; what a closed pack says of itself is read once."""

    def __init__(self) -> None:
        self._facts: dict[str, PackFacts] = {}

    def describe(self, shelf: Shelf, language: str) -> list[ShelfItem]:
        """Return all libraries in the reader's order; none is read for it that has not been read."""
        items = [self._item(shelf, place, language) for place in shelf.places]
        titles = {item.key: item.title for item in items}
        return [
            replace(
                self._with_previous(item, place),
                hidden_by=titles.get(place.hidden_by, ""),
                is_given=place.is_given,
            )
            for item, place in zip(items, shelf.places, strict=True)
        ]

    def _item(self, shelf: Shelf, place: Place, language: str) -> ShelfItem:
        library, is_on = shelf.opened(place.key), shelf.choice.is_on(place.key)
        if library is not None and library.is_listed and place.fault is None and not place.hidden_by:
            return _of_library(place, library, language, is_on=is_on)
        if place.state is None:
            return _of_folder(place, language, is_on=is_on)
        return self._of_pack(place, place.state, language, is_on=is_on)

    def _with_previous(self, item: ShelfItem, place: Place) -> ShelfItem:
        """Add what the kept version of a pack is, and whether it is the newer one."""
        state = place.state
        if state is None or state.previous is None or item.fault is not None:
            return item
        path = place.read_at[0].with_name(state.previous.file_name)
        facts = self._facts.get(state.previous.sha256)
        if facts is None:
            # What is damaged is told when somebody wants to go back to it.
            with suppress(KbError), closing(PackFile(path, state.previous.manifest)) as file:
                facts = self._facts[state.previous.sha256] = file.facts
        if facts is None:
            return item
        now = Pack(id=facts.pack.id, version=item.version, day=item.day)
        newer = is_newer(facts.pack, now)
        if newer is None:
            newer = _came_later(path, place.read_at[0])
        return replace(item, previous_day=facts.pack.day, is_previous_newer=newer)

    def _of_pack(self, place: Place, state: PackState, language: str, *, is_on: bool) -> ShelfItem:
        """Describe an installed pack that is not open."""
        version, previous = state.current, state.previous
        fault, facts = place.fault, self._facts.get(version.sha256)
        if facts is None and fault is None:
            try:
                with closing(PackFile(place.read_at[0], version.manifest)) as file:
                    facts = self._facts[version.sha256] = file.facts
            except KbError as error:
                fault = error
        pack = facts.pack if facts is not None else Pack(id=place.pack_id, version=version.version)
        return ShelfItem(
            key=place.key,
            kind=place.kind,
            title=pack.title(language),
            is_on=is_on,
            paths=_paths_of(place),
            fault=fault,
            articles=facts.articles if facts is not None else None,
            languages=tuple(facts.variants.items()) if facts is not None else (),
            day=pack.day,
            publisher=pack.publisher,
            version=pack.version,
            origin=origin(version.signature, language, is_installed=True) if fault is None else None,
            size_bytes=version.size,
            previous=previous.version if previous is not None else None,
        )


def item_of_file(path: Path, language: str, places: Iterable[Place] = ()) -> ShelfItem:
    """Return what a pack says of itself; one whose very content is installed is of the kind that it is there.

    Args:
        places: what is installed; what is damaged there may be installed anew.

    Raises:
        PackError: it cannot be read.
    """
    with closing(PackFile(path)) as file:
        facts, manifest = file.facts, file.manifest_digest
        installed = ((place.kind, place.state) for place in places if place.state and not place.fault)
        same = [(kind, state.current) for kind, state in installed if state.current.manifest == manifest]
        kind, version = same[0] if same else (LibraryKind.PACK_FILE, None)
        return ShelfItem(
            key=file_key(path),
            kind=kind,
            title=facts.pack.title(language),
            paths=(str(path),),
            articles=facts.articles,
            languages=tuple(facts.variants.items()),
            day=facts.pack.day,
            publisher=facts.pack.publisher,
            version=facts.pack.version,
            origin=origin(version.signature if version else None, language, is_installed=bool(same)),
            size_bytes=file.size,
        )


def _came_later(path: Path, than: Path) -> bool:
    """Return whether a file was installed later than another: all there is of packs without a date."""
    try:
        return path.stat().st_mtime_ns > than.stat().st_mtime_ns
    except OSError:
        return False


def _paths_of(place: Place) -> tuple[str, ...]:
    return tuple(map(str, place.paths))


def _of_library(place: Place, library: FolderLibrary, language: str, *, is_on: bool) -> ShelfItem:
    pack, state = library.pack, place.state
    entries = [entry for entry in library.entries() if entry.variants]
    counts = Counter(tag for entry in entries for tag in entry.variants)
    file = library.file if isinstance(library, PackLibrary) else None
    return ShelfItem(
        key=place.key,
        kind=place.kind,
        title=pack.title(language) or library.root.name,
        is_on=is_on,
        paths=_paths_of(place),
        articles=len(entries),
        languages=tuple((tag, counts[tag]) for tag in library.languages()),
        day=pack.day,
        publisher=pack.publisher,
        version=pack.version,
        origin=origin_of(library, language),
        size_bytes=file.size if file is not None else None,
        previous=state.previous.version if state is not None and state.previous is not None else None,
        problems=len(library.problems()),
    )


def _of_folder(place: Place, language: str, *, is_on: bool) -> ShelfItem:
    """Describe a folder that has not been read, by its pack.toml if it has one."""
    path = place.paths[0]
    pack = Pack(id=path.name or str(path))
    if place.kind in (LibraryKind.OWN_PACK, LibraryKind.MACHINE_PACK):
        # The list of what is installed is damaged; no pack of it is known.
        return ShelfItem(
            key=place.key,
            kind=place.kind,
            title="",
            is_on=is_on,
            paths=(str(path),),
            fault=place.fault,
            is_read=False,
        )
    if place.fault is None:
        # It may have none; what is wrong with one the list of problems says.
        with suppress(ContentError):
            pack = Pack.load(place.read_at[0] / _PACK_FILE)
    return ShelfItem(
        key=place.key,
        kind=place.kind,
        title=pack.title(language) or path.name,
        is_on=is_on,
        paths=_paths_of(place),
        fault=place.fault,
        is_read=False,
        day=pack.day,
        publisher=pack.publisher,
        version=pack.version,
    )
