"""Installs one pack after the other into a folder of packs, says what is done, and waits to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from kbviewer.content.packs.installed import InstalledPacks


def main(folder: str, *files: str) -> None:
    """Install the files in turn, endlessly; go back now and then."""
    packs = InstalledPacks(Path(folder))
    number = 0
    while True:
        for file in files:
            number += 1
            _, state = packs.install(Path(file))
            print(state.current.version, flush=True)
            if number % 3 == 0:
                state = packs.rollback("office")
                print(state.current.version, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
