"""What happens around a page when it comes up: which panels go, and what gets the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kbviewer.ui.shell.finding import Finding
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.searching import Searching
from kbviewer.ui.shell.tabs import Tabs


def arrive(parts: Parts, searching: Searching, finding: Finding, tabs: Tabs) -> None:
    """Make the window fit the page that has come up. In the strip of tabs the focus stays where it is."""
    area = parts.area
    parts.frame.set_has_outline(area.shows_article)
    page = area.current
    if page is area.home_page or not searching.is_beside:
        searching.close()
    finding.refresh()
    if not area.shows_article:
        finding.stop()
    if page is area.home_page:
        area.to_home().return_to(tabs.page_place)
    if tabs.has_focus:
        return
    if page is area.home_page:
        searching.focus_quietly()
    elif area.shows_cases:
        area.to_cases().focus_first()
    elif page is None or searching.has_focus:
        # The reader goes through the results; each opens beside them.
        return
    elif page is area.status_page:
        area.to_status().focus_first()
    else:
        page.setFocus(Qt.FocusReason.OtherFocusReason)
