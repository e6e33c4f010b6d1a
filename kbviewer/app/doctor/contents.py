"""The libraries: which are there, whose they are, whether they can be read, and how their indexes are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from kbviewer.app.doctor.report import Fact, Report
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import DataFolders, Profile
from kbviewer.app.shares import Shares
from kbviewer.app.shelf import Shelf
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import PackVersion
from kbviewer.content.shares.probe import probe
from kbviewer.model.errors import KbError, PackError, ShareError, StateError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import LibraryKind, ShelfChoice
from kbviewer.state.user_state import open_to_read


def look_at_shares(report: Report, shares: Shares, paths: tuple[Path, ...]) -> None:
    """Tell of what is read from a share whether that answers, and of when the copy is."""
    rows: list[dict[str, Fact]] = []
    for copy in shares.copies(paths):
        error = probe(copy.origin)
        made_at = copy.made_at
        rows.append(
            {
                "path": str(copy.origin),
                "answers": error is None,
                "copy": str(copy.place) if copy.is_there else "",
                "copied": made_at.isoformat() if made_at else "",
            }
        )
        if error is not None:
            report.complain_of(error)
    report.add("shares", shares=rows)


def look_at_installed(report: Report, profile: Profile, shares: Shares, machine: Path) -> None:
    """Tell which packs are installed, and of each whether it is what was installed."""
    rows: list[dict[str, Fact]] = []
    places = (("yours", profile.packs), ("the computer's", shares.place(machine)))
    for place, folder in places:
        packs = InstalledPacks(folder)
        try:
            states = packs.states()
        except PackError as error:
            report.complain_of(error)
            continue
        for pack_id, state in states.items():
            current = state.current
            problem = _damage(packs.path_of(current), current)
            rows.append(
                {
                    "id": pack_id,
                    "version": current.version,
                    "place": place,
                    "path": str(packs.path_of(current)),
                    "signed_by": current.signature.publisher if current.signature else "",
                    "signed_on": current.signature.day.isoformat() if current.signature else "",
                    "damaged": problem is not None,
                }
            )
            if problem is not None:
                report.complain_of(problem)
    report.add("packs", packs=rows)


class Opening(NamedTuple):
    """What libraries are opened with.

    Attributes:
        choice: the reader's own list.
    """

    data: DataFolders
    profile: Profile
    policy: Policy
    shares: Shares
    choice: ShelfChoice


def own_choice(profile: Profile) -> ShelfChoice:
    """Return which libraries the reader has chosen; nothing when his data cannot be read, which is told."""
    if not profile.state.is_file():
        return ShelfChoice()
    try:
        state = open_to_read(profile.state)
    except StateError:
        return ShelfChoice()
    with closing(state):
        return ShelfChoice.parse(state.settings.values.libraries)


def look_at_libraries(
    report: Report, opening: Opening, named: tuple[Path, ...], paths: tuple[Path, ...]
) -> None:
    """Tell what is open: in the window when no library is named, else what is named.

    Args:
        paths: all that may lie on a share.
    """
    data, profile, policy, shares, _choice = opening
    there = [path for path in named if shares.fault(path) is None]
    if named and not there:
        report.add("libraries", libraries=[])
        return
    try:
        if named:
            libraries = open_libraries(there, data.content, profile, policy, shares).libraries
        else:
            libraries = _of_shelf(report, opening)
    except KbError as error:
        report.complain_of(error)
        return
    report.add(
        "libraries", libraries=[_row(library, report, profile, shares, paths) for library in libraries]
    )
    for library in libraries:
        if isinstance(library, PackLibrary):
            library.close()


def _of_shelf(report: Report, opening: Opening) -> tuple[FolderLibrary, ...]:
    """Return what the window opens by itself, the reader's own folders too; tell what is off or missing."""
    data, profile, policy, shares, choice = opening
    shelf = Shelf(data.content, profile, choice, policy=policy, shares=shares)
    libraries = shelf.open().libraries
    off = [place for place in shelf.places if not choice.is_on(place.key)]
    report.add("libraries", switched_off=[str(path) for place in off for path in place.paths])
    for place in shelf.places:
        # Packs, shares and the policy have parts of their own.
        is_own = place.kind is LibraryKind.FOLDER and not place.is_given
        is_told = not is_own or isinstance(place.fault, ShareError)
        if place.fault is not None and choice.is_on(place.key) and not is_told:
            report.complain_of(place.fault)
    return libraries


def _row(
    library: FolderLibrary, report: Report, profile: Profile, shares: Shares, paths: tuple[Path, ...]
) -> dict[str, Fact]:
    from kbviewer.search.index_state import State, index_state

    entries = library.entries()
    broken = [entry for entry in entries if entry.problems]
    path = shares.origin(library.root, paths)
    index = index_state(library, profile.cache)
    for error in _faults(path, len(entries), len(broken)):
        report.complain_of(error)
    if index.state is State.DAMAGED:
        report.complain(
            message(N_("The search index of “{id}” is damaged."), id=library.pack.id),
            message(N_("It is built anew with the next search; if it is damaged again, check the disk.")),
        )
    return {
        "id": library.pack.id,
        "version": library.pack.version,
        "articles": len(entries),
        "broken": len(broken),
        "path": str(path),
        "index": str(index.state),
        "index_mb": round(index.size_bytes / 1e6, 1),
    }


def _faults(path: Path, entries: int, broken: int) -> Iterator[KbError]:
    if not entries:
        yield KbError(
            message(N_("There are no articles in {path}."), path=path),
            message(N_("Name a folder that has Markdown files, or install a pack.")),
        )
    if broken:
        yield KbError(
            message(N_("Articles with faults in {path}: {count}."), count=broken, path=path),
            message(
                N_("“Check” on the page “Libraries”, or “kbviewer check”, tells what is wrong with each.")
            ),
        )


def _damage(path: Path, version: PackVersion) -> PackError | None:
    """Compare all of an installed pack with what was installed."""
    try:
        file = PackFile(path, version.manifest)
    except PackError as error:
        return error
    try:
        file.verify()
    except PackError as error:
        return error
    finally:
        with suppress(OSError):
            file.close()
    return None
