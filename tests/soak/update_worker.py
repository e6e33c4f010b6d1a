"""Updates from the repository in a folder, and waits to be killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kbviewer.content.updates import verification
from kbviewer.content.updates.session import UpdatePlaces, UpdateSession
from tests.support.update_stage import BUILT


def main(root: str) -> None:
    """Do one update, once everything is loaded."""
    folder = Path(root)
    places = UpdatePlaces(folder / "packs", folder / "updates", folder / "trust")
    session = UpdateSession(places, built=BUILT)
    (source,) = session.sources()
    verification.read_root((folder / "repository" / "metadata" / "1.root.json").read_bytes(), "", "")
    print("now", flush=True)
    session.install(session.check_source(source))
    time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
