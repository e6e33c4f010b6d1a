"""A publisher's command that is killed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.packs import make_pack
from tests.support.publishing import Publisher, StockClient

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "open"}


class Snapshots:
    """What lies in a folder before each change of the disk: what a process killed there leaves behind."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._is_looking = False
        self.taken: list[dict[str, bytes]] = []
        # A hook cannot be taken back; this one is deaf afterwards.
        sys.addaudithook(self._look)

    def while_doing(self, act: Callable[[], object]) -> None:
        self._is_looking = True
        try:
            act()
        finally:
            self._is_looking = False
        self._take()

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_looking and event in CHANGES and str(self._publisher.folder) in str(arguments[0]):
            self._is_looking = False
            self._take()
            self._is_looking = True

    def _take(self) -> None:
        files = self._publisher.files()
        if files not in self.taken:
            self.taken.append(files)

    def put_back(self, files: dict[str, bytes]) -> None:
        shutil.rmtree(self._publisher.folder)
        for name, data in files.items():
            path = self._publisher.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def test_killed_at_any_point_the_repository_is_the_old_or_the_new_one(
    tmp_path: Path,
) -> None:
    """And what was begun can be done again."""
    publisher = Publisher(tmp_path)
    packs = [
        make_pack(tmp_path / f"{number}.kbp", str(number), says=f"Gör så här: {number}.", index=True)
        for number in (1, 2)
    ]
    publisher.add(packs[0])
    snapshots = Snapshots(publisher)
    snapshots.while_doing(lambda: publisher.add(packs[1]))
    states = []

    for number, files in enumerate(snapshots.taken):
        snapshots.put_back(files)
        client = StockClient(tmp_path / f"client-{number}", publisher)
        states.append({name for name in client.fetch_all() if name.endswith(".kbp")})
        if number % 6 == 0:
            publisher.add(packs[1])
            assert packs[1].read_bytes() in client.fetch_all().values()

    assert len(states) > 20
    assert states[0] != states[-1]
    assert all(state in (states[0], states[-1]) for state in states)
