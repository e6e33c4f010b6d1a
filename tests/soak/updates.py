"""Updates that end at any moment: `python -m tests.soak.updates --kills 100`.

First an update is ended at each of its changes to the file system in turn: a child is forked for each, which
stops right before it without a word to anybody. Then real processes are killed at random moments. After each
the old content or the new one has to open, every byte of it, what is kept about the publisher has to be
whole, and the next update has to lead to the new content and leave nothing behind.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kbviewer.content.updates.installation import DOWNLOADS
from kbviewer.model.errors import KbError
from tests.support.publisher import FAR, Publisher
from tests.support.update_stage import Stage, make_dated_versions

ROOT = Path(__file__).parents[2]
LONGEST_DELAY_S = 0.12
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate")
_CRASHED = 77
_STATE = ("packs", "updates")


def make_stage(root: Path, *, with_delta: bool) -> Stage:
    """A reader who has the first version, and a publisher who offers the second."""
    packs = root / "made"
    packs.mkdir()
    made = make_dated_versions(packs)
    scene = Stage(root, "folder", Publisher(root / "repository"), None)
    scene.publisher.publish(made[0], expires=FAR)
    scene.update()
    scene.publisher.rotate()
    if with_delta:
        scene.deltas.result = made[1].read_bytes()
        scene.publisher.add_delta(made[0], made[1], b"changes" * 9000)
    scene.publisher.publish(made[1], expires=FAR)
    for name in _STATE:
        shutil.copytree(root / name, root / f"{name}-before")
    return scene


def restore(scene: Stage) -> None:
    """Put everything where it was before the update."""
    for name in _STATE:
        shutil.rmtree(scene.root / name)
        shutil.copytree(scene.root / f"{name}-before", scene.root / name)


def faults(scene: Stage) -> list[str]:
    """Return what is wrong after an update that was ended, and after the next one."""
    found = []
    try:
        if scene.versions() not in ({"office": "1"}, {"office": "2"}):
            found.append(f"{scene.versions()} is in use")
        found += [str(source.problem) for source in scene.session.sources() if source.problem]
        if len(scene.session.sources()) != 1:
            found.append("the publisher is not known any more")
        scene.update()
        if scene.versions() != {"office": "2"}:
            found.append("the next update does not lead to the new version")
        # `.incoming` goes with the next installation, and there is none.
        if (scene.places.packs / DOWNLOADS).exists():
            found.append("what was fetched is left behind")
    except KbError as error:
        found.append(str(error))
    return found


def crash_before(change: int, act: Callable[[], object]) -> bool:
    """Do something in a child that ends before its `change`-th change; return whether it got that far."""
    child = os.fork()
    if not child:
        left = change

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            writes = (
                event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            )
            if event in _CHANGES or writes:
                left -= 1
                if left < 0:
                    os._exit(_CRASHED)

        fsync = os.fsync

        def counted(descriptor: int) -> None:
            hook("os.truncate", ())
            fsync(descriptor)

        os.fsync = counted  # type: ignore[assignment]
        sys.addaudithook(hook)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, _CRASHED):
        raise AssertionError(f"the child ended with {code}")
    return code == _CRASHED


def crash_everywhere(scene: Stage) -> tuple[int, list[str]]:
    """End an update before each of its changes; return how many there are, and what was wrong."""
    found: list[str] = []
    change = 0
    while True:
        restore(scene)
        crashed = crash_before(change, scene.update)
        found += [f"change {change}: {fault}" for fault in faults(scene)]
        if not crashed:
            return change, found
        change += 1


def kill_one(scene: Stage, seed: int) -> list[str]:
    """Kill an update at a moment that the seed chooses; return what was wrong."""
    restore(scene)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak.update_worker", scene.root],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        # The moment is what is tested: anywhere in an update.
        time.sleep(random.Random(seed).random() * LONGEST_DELAY_S)
        process.kill()
        process.wait()
    return [f"kill {seed}: {fault}" for fault in faults(scene)]


def main() -> int:
    """End updates and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    found: list[str] = []
    places = 0
    for with_delta in (False, True):
        with tempfile.TemporaryDirectory(prefix="kbviewer-updates-") as temporary:
            scene = make_stage(Path(temporary), with_delta=with_delta)
            count, wrong = crash_everywhere(scene)
            places, found = places + count, found + wrong
            for seed in range(0 if with_delta else options.kills):
                found += kill_one(scene, seed)
    print(f"{places} places, {options.kills} kills")
    print(*found, sep="\n", end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
