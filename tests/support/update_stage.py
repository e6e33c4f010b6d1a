"""A publisher, a way to the reader, and the reader's session: what tests of updates play on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import PackState
from kbviewer.content.updates.session import Installed, Offers, UpdatePlaces, UpdateSession
from kbviewer.model.errors import KbError
from tests.support.file_server import FileServer, serving
from tests.support.publisher import NOW, Publisher, write_bundle

TRANSPORTS = ("folder", "http", "kbu")
BUILT = datetime(2026, 11, 27, tzinfo=UTC)


def make_dated_versions(folder: Path) -> list[Path]:
    """Three versions of a pack, each a month newer than the one before, and another pack."""
    made = []
    for number in range(1, 4):
        path = folder / f"{number}.kbp"
        made.append(_make(path, f"Version {number}.", {"2026-11-01": f"2026-{8 + number:02}-01"}, number))
    made.append(_make(folder / "other.kbp", "Another.", {'id = "office"': 'id = "other"'}, 1))
    return made


def _make(path: Path, says: str, changes: dict[str, str], version: int) -> Path:
    from tests.support.packs import PIXEL, build, make_folder

    source = make_folder(path.with_suffix(""), str(version), says=says)
    text = (source / "pack.toml").read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    (source / "pack.toml").write_text(text, "utf-8")
    # More than one read's worth, which does not shrink.
    noise = hashlib.shake_256(says.encode()).digest(150_000)
    (source / "printer" / "media" / "noise.png").write_bytes(PIXEL + noise)
    build(source, path)
    return path


class JoinedDeltas:
    """Stands where packs are made of older ones: its deltas are the new pack itself, cut by what is given."""

    recipe = "this program"

    def __init__(self) -> None:
        self.used: list[str] = []
        self.result: bytes | None = None

    def apply(self, old: Path, delta: Path, out: Path, on_progress: Callable[[int, int], None]) -> None:
        self.used.append(hashlib.sha256(old.read_bytes()).hexdigest())
        data = old.read_bytes()[: -len(delta.read_bytes())] + delta.read_bytes()
        on_progress(len(data), len(data))
        out.write_bytes(self.result if self.result is not None else data)


class Stage:
    """One publisher and one reader.

    Attributes:
        publisher: whose repository is served.
        kind: the transport.
        server: of the transport `http`.
    """

    def __init__(self, root: Path, kind: str, publisher: Publisher, server: FileServer | None) -> None:
        self.root = root
        self.kind = kind
        self.publisher = publisher
        self.server = server
        self.places = UpdatePlaces(root / "packs", root / "updates", root / "trust", (root / "machine",))
        self.packs = InstalledPacks(self.places.packs)
        self.now = NOW
        self.deltas = JoinedDeltas()
        self.kiosk = False
        self.opens: Any = None

    @property
    def session(self) -> UpdateSession:
        """A new one, as for each run of the program."""
        more = {"opens": self.opens} if self.opens else {}
        return UpdateSession(
            self.places,
            built=BUILT,
            deltas=lambda: self.deltas,
            kiosk=self.kiosk,
            clock=lambda: self.now,
            **more,
        )

    def address(self, folder: Path | None = None) -> str:
        """Where the repository in a folder, as it is now, can be got."""
        folder = folder or self.publisher.folder
        if self.kind == "http":
            assert self.server
            self.server.root = folder
            return self.server.address
        if self.kind == "kbu":
            return str(write_bundle(folder, self.root / "offer.kbu"))
        return str(folder)

    def check(self, folder: Path | None = None, **how: Any) -> Offers:
        """Look at the source; the first root is trusted."""
        how.setdefault("root", self.first_root)
        return self.session.check(self.address(folder), **how)

    @property
    def first_root(self) -> bytes:
        """What the reader has been given by another way."""
        return self.publisher.root_file.read_bytes()

    def update(self, folder: Path | None = None, **how: Any) -> Installed:
        """Look, install, and raise what stopped it."""
        offers = self.check(folder)
        result = self.session.install(offers, **how)
        if result.stopped_by:
            raise result.stopped_by
        return result

    def versions(self) -> dict[str, str]:
        """What is in use, each opened and every byte compared."""
        found = {}
        for pack_id, state in self.packs.states().items():
            with closing(PackFile(self.packs.path_of(state.current), state.current.manifest)) as file:
                file.verify()
                found[pack_id] = file.facts.pack.version
        return found

    def state(self, pack_id: str = "office") -> PackState:
        """What `installed.json` says."""
        return self.packs.states()[pack_id]

    def trust(self) -> dict[str, bytes]:
        """All that is kept about publishers."""
        folder = self.places.trust
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "lock"
        }


@contextmanager
def stage(root: Path, kind: str) -> Iterator[Stage]:
    """A stage for one test."""
    publisher = Publisher(root / "repository")
    if kind == "http":
        with serving(publisher.folder) as server:
            yield Stage(root, kind, publisher, server)
    else:
        yield Stage(root, kind, publisher, None)


def sentence(error: KbError) -> str:
    """What the reader is told; it says what is wrong and what to do."""
    assert error.remedy is not None, str(error)
    return str(error)


def assert_refused(made: Stage, says: str, folder: Path | None = None, **how: Any) -> str:
    """An update ends in a sentence, and what was there is there: content, pointer and trust."""
    before, pointer = made.versions(), made.packs.states()
    with pytest.raises(KbError, match=says) as caught:
        made.update(folder, **how)
    assert made.versions() == before
    assert made.packs.states() == pointer
    return sentence(caught.value)


def assert_unharmed(made: Stage, newer: Path) -> None:
    """What the publisher publishes next is installed, as if nothing had happened."""
    made.publisher.publish(newer)
    made.update()
    with closing(PackFile(newer)) as file:
        assert made.versions()[file.facts.pack.id] == file.facts.pack.version
