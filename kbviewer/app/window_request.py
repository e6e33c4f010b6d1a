"""What the window is asked to show, by the command line or by a second start."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class WindowRequest(NamedTuple):
    """The seam to the window, which `kbviewer.app.gui.main.run(request, policy)` shows until it is closed.

    Attributes:
        libraries: folders or packs, absolute; empty for those that open by themselves.
        language: tag that was asked for, "" for the one in the settings.
        profile: the profile's folder, absolute.
        article: any form of an id, or the absolute path of a file; "" for the home page.
        anchor: id in that article, "" for its top.
        pack: absolute path of a pack that was opened as a file; a running window asks what to do with it.
        update: absolute path of an update file that was opened; the window asks what to do with it.
        only_look: show nothing else; look at the reader's data again, which has been changed.
    """

    libraries: tuple[Path, ...]
    language: str
    profile: Path
    article: str = ""
    anchor: str = ""
    only_look: bool = False
    pack: str = ""
    update: str = ""
