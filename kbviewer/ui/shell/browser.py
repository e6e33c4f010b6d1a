"""The one way out of the program: an address of the web for the system's browser."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from kbviewer.model.policy import host_of


def open_in_browser(address: str) -> bool:
    """Hand a plain web address to the browser, nothing else to anything; return whether it took it.

    Whether an address may be opened is for the policy to say.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    host = host_of(address)
    # Two readings of where it leads must agree before a third program gets it.
    if not host or not url.isValid() or url.host() != host:
        return False
    return QDesktopServices.openUrl(url)
