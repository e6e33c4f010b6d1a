"""The process that searches: `python -m kbviewer.app.search_process`, started by whoever asks.

It answers in JSON lines on its output stream; what the lines mean stands in `kbviewer.search.service`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kbviewer.app.paths import Profile


def search_command(folders: Sequence[Path], profile: Profile) -> list[str]:
    """Return the command that starts the search over `folders`; none for the bundled articles."""
    libraries = [part for folder in folders for part in ("--library", str(folder))]
    return [sys.executable, "-m", "kbviewer.app.search_process", "--profile", str(profile.root), *libraries]
