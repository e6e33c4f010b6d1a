"""Installations of packs, killed at random moments: `python -m tests.soak.packs --runs 100`.

Each run starts a process that installs one version after the other and goes back now and then, and kills it.
Then what is installed must be a whole pack of one version: what was last said to be done, or what was being
done next. Somebody who had a version open must still be able to read it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from kbviewer.content.packs.installed import FILES, InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from kbviewer.model.errors import PackError
from tests.support.packs import make_pack

ROOT = Path(__file__).parents[2]
VERSIONS = 3
MOST_LINES = 12
LONGEST_DELAY_S = 0.05
PATIENCE_S = 60.0


def make_versions(folder: Path) -> list[Path]:
    """Packs of one id whose article says its version."""
    return [
        make_pack(folder / f"{number}.kbp", str(number), says=f"Version {number}.", index=True)
        for number in range(1, VERSIONS + 1)
    ]


def kill_one(folder: Path, versions: Sequence[Path], seed: int) -> None:
    """Start a process on the folder and kill it at a moment that the seed chooses."""
    chance = random.Random(seed)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak.pack_worker", folder, *versions],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        list(islice(process.stdout, chance.randrange(MOST_LINES)))
        # The moment is what is tested: anywhere in an installation.
        time.sleep(chance.random() * LONGEST_DELAY_S)
        process.kill()
        process.wait(PATIENCE_S)


def faults(folder: Path) -> list[str]:
    """Return what is wrong with what is installed, which is nothing or whole versions."""
    packs = InstalledPacks(folder)
    try:
        states = packs.states()
    except PackError as error:
        return [str(error)]
    found = []
    for state in states.values():
        for version in state.versions():
            try:
                with closing(PackLibrary.open(packs.path_of(version), None, version.manifest)) as library:
                    library.file.verify()
                    text = library.file.read("content/printer/sv.md").decode("utf-8")
                    if f"Version {version.version}." not in text or library.pack.version != version.version:
                        found.append(f"{version.version} is a mixture")
            except PackError as error:
                found.append(f"{version.version}: {error}")
    return found


def left_over(folder: Path) -> list[str]:
    """Return the files that nothing needs, after one more installation has swept."""
    packs = InstalledPacks(folder)
    kept = {version.file_name for state in packs.states().values() for version in state.versions()}
    return [path.name for path in (folder / FILES).iterdir() if path.name not in kept]


def main() -> int:
    """Do the runs and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kbviewer-packs-") as temporary:
        versions, folder = make_versions(Path(temporary)), Path(temporary) / "packs"
        for run in range(options.runs):
            kill_one(folder, versions, options.seed * 100_000 + run)
            new = [f"run {run}: {fault}" for fault in faults(folder)]
            print(*new, sep="\n", end="\n" if new else "", flush=True)
            found += new
        InstalledPacks(folder).install(versions[0])
        found += [f"left over: {name}" for name in left_over(folder)]
    print(f"{options.runs} kills, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
