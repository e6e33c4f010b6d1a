"""Every action of the window, declared once: menus, buttons, shortcuts, palette and key sheet follow."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kbviewer.model.messages import N_


class Menu(StrEnum):
    """Where an action is listed; the value is the menu's title in English. THEME lies inside VIEW."""

    FILE = N_("&File")
    EDIT = N_("&Edit")
    VIEW = N_("&View")
    THEME = N_("&Theme")
    GO = N_("&Go")
    CASE = N_("&Case")
    HELP = N_("&Help")


class ActionId(StrEnum):
    """The names of the actions."""

    OPEN_LIBRARY = "open-library"
    RELOAD = "reload"
    PRINT = "print"
    SAVE_PDF = "save-pdf"
    EXPORT_COMMENTS = "export-comments"
    EXIT = "exit"
    UNDO = "undo"
    COPY = "copy"
    SELECT_ALL = "select-all"
    COPY_LINK = "copy-link"
    FIND = "find"
    FIND_NEXT = "find-next"
    FIND_PREVIOUS = "find-previous"
    SEARCH_ALL = "search-all"
    RESET_PROGRESS = "reset-progress"
    COMMENT = "comment"
    SWITCH_LANGUAGE = "switch-language"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    ZOOM_ACTUAL = "zoom-actual"
    THEME_SYSTEM = "theme-system"
    THEME_LIGHT = "theme-light"
    THEME_DARK = "theme-dark"
    THEME_CONTRAST = "theme-contrast"
    TOUCH = "touch"
    GUIDED = "guided"
    SIDE_PANE = "side-pane"
    FULL_SCREEN = "full-screen"
    EXPAND_ALL = "expand-all"
    COLLAPSE_ALL = "collapse-all"
    HOME = "home"
    BACK = "back"
    FORWARD = "forward"
    SEARCH = "search"
    NEXT_AREA = "next-area"
    PALETTE = "palette"
    NEW_CASE = "new-case"
    CASES = "cases"
    CASE_NOTE = "case-note"
    CASE_REFERENCE = "case-reference"
    CASE_REPORT = "case-report"
    CASE_SOLVED = "case-solved"
    CASE_ESCALATED = "case-escalated"
    CASE_PAUSE = "case-pause"
    CASE_REOPEN = "case-reopen"
    CASE_DELETE = "case-delete"
    GET_HELP = "get-help"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"


class ActionSpec(NamedTuple):
    """What is known about an action before there is a window.

    Attributes:
        id: its name.
        text: in English, with the mnemonic after "&"; translated when shown.
        menu: where it is listed.
        shortcuts: portable key sequences, the one that is shown first.
        in_kiosk: whether a public terminal offers it.
        checkable: whether it is on or off.
        group: at most one action of a group is on; "" for none.
        needs_article: whether it is greyed out while no article is shown.
    """

    id: ActionId
    text: str
    menu: Menu
    shortcuts: tuple[str, ...] = ()
    in_kiosk: bool = True
    checkable: bool = False
    group: str = ""
    needs_article: bool = False


ACTIONS: Final = (
    ActionSpec(ActionId.OPEN_LIBRARY, N_("&Open library folder…"), Menu.FILE, ("Ctrl+O",), in_kiosk=False),
    ActionSpec(ActionId.RELOAD, N_("&Refresh"), Menu.FILE, ("F5",)),
    ActionSpec(ActionId.PRINT, N_("&Print…"), Menu.FILE, ("Ctrl+P",), in_kiosk=False, needs_article=True),
    ActionSpec(ActionId.SAVE_PDF, N_("&Save as PDF…"), Menu.FILE, in_kiosk=False, needs_article=True),
    ActionSpec(ActionId.EXPORT_COMMENTS, N_("&Export comments…"), Menu.FILE, in_kiosk=False),
    ActionSpec(ActionId.EXIT, N_("E&xit"), Menu.FILE, ("Ctrl+Q",), in_kiosk=False),
    ActionSpec(ActionId.UNDO, N_("&Undo"), Menu.EDIT, ("Ctrl+Z",)),
    ActionSpec(ActionId.COPY, N_("&Copy"), Menu.EDIT, ("Ctrl+C",), needs_article=True),
    ActionSpec(ActionId.SELECT_ALL, N_("Select &all"), Menu.EDIT, ("Ctrl+A",), needs_article=True),
    ActionSpec(ActionId.COPY_LINK, N_("Copy &link"), Menu.EDIT, ("Ctrl+Shift+C",), needs_article=True),
    ActionSpec(ActionId.FIND, N_("&Find in the article…"), Menu.EDIT, ("Ctrl+F",), needs_article=True),
    ActionSpec(ActionId.FIND_NEXT, N_("Find &next"), Menu.EDIT, ("F3",), needs_article=True),
    ActionSpec(ActionId.FIND_PREVIOUS, N_("Find &previous"), Menu.EDIT, ("Shift+F3",), needs_article=True),
    ActionSpec(ActionId.SEARCH_ALL, N_("&Search all articles"), Menu.EDIT, ("Ctrl+Shift+F",)),
    ActionSpec(ActionId.RESET_PROGRESS, N_("&Reset progress"), Menu.EDIT, needs_article=True),
    ActionSpec(ActionId.COMMENT, N_("Co&mment for the author…"), Menu.EDIT, needs_article=True),
    ActionSpec(ActionId.SWITCH_LANGUAGE, N_("Switch &language"), Menu.VIEW, ("Ctrl+Shift+L",)),
    ActionSpec(ActionId.ZOOM_IN, N_("Zoom &in"), Menu.VIEW, ("Ctrl++", "Ctrl+=")),
    ActionSpec(ActionId.ZOOM_OUT, N_("Zoom &out"), Menu.VIEW, ("Ctrl+-",)),
    ActionSpec(ActionId.ZOOM_ACTUAL, N_("&Actual size"), Menu.VIEW, ("Ctrl+0",)),
    ActionSpec(ActionId.THEME_SYSTEM, N_("&Same as the system"), Menu.THEME, checkable=True, group="theme"),
    ActionSpec(ActionId.THEME_LIGHT, N_("&Light"), Menu.THEME, checkable=True, group="theme"),
    ActionSpec(ActionId.THEME_DARK, N_("&Dark"), Menu.THEME, checkable=True, group="theme"),
    ActionSpec(ActionId.THEME_CONTRAST, N_("&High contrast"), Menu.THEME, checkable=True, group="theme"),
    ActionSpec(ActionId.TOUCH, N_("Lar&ger targets for touch"), Menu.VIEW, checkable=True),
    ActionSpec(
        ActionId.GUIDED, N_("Ste&p by step"), Menu.VIEW, ("Ctrl+G",), checkable=True, needs_article=True
    ),
    ActionSpec(ActionId.SIDE_PANE, N_("Side&bar"), Menu.VIEW, ("F9",), checkable=True, needs_article=True),
    ActionSpec(ActionId.FULL_SCREEN, N_("&Full screen"), Menu.VIEW, ("F11",), False, checkable=True),
    ActionSpec(ActionId.EXPAND_ALL, N_("&Expand all"), Menu.VIEW, needs_article=True),
    ActionSpec(ActionId.COLLAPSE_ALL, N_("&Collapse all"), Menu.VIEW, needs_article=True),
    ActionSpec(ActionId.HOME, N_("&Home"), Menu.GO, ("Alt+Home",)),
    ActionSpec(ActionId.BACK, N_("&Back"), Menu.GO, ("Alt+Left",)),
    ActionSpec(ActionId.FORWARD, N_("&Forward"), Menu.GO, ("Alt+Right",)),
    ActionSpec(ActionId.SEARCH, N_("&Search"), Menu.GO, ("Ctrl+K",)),
    ActionSpec(ActionId.NEXT_AREA, N_("Next &area of the window"), Menu.GO, ("F6",)),
    ActionSpec(ActionId.PALETTE, N_("Command &palette"), Menu.GO, ("Ctrl+Shift+P",)),
    ActionSpec(ActionId.NEW_CASE, N_("&New case…"), Menu.CASE, ("Ctrl+Shift+N",), in_kiosk=False),
    ActionSpec(ActionId.CASES, N_("&Cases"), Menu.CASE, ("Ctrl+Shift+O",), in_kiosk=False),
    ActionSpec(ActionId.CASE_NOTE, N_("No&te…"), Menu.CASE, ("Ctrl+Shift+M",), in_kiosk=False),
    ActionSpec(ActionId.CASE_REFERENCE, N_("Re&ference…"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.CASE_REPORT, N_("&Report…"), Menu.CASE, ("Ctrl+Shift+R",), in_kiosk=False),
    ActionSpec(ActionId.CASE_SOLVED, N_("Close as &solved"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.CASE_ESCALATED, N_("Close as &escalated"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.CASE_PAUSE, N_("&Pause"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.CASE_REOPEN, N_("Re&open"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.CASE_DELETE, N_("&Delete case"), Menu.CASE, in_kiosk=False),
    ActionSpec(ActionId.GET_HELP, N_("Still &need help?"), Menu.HELP, needs_article=True),
    ActionSpec(ActionId.SHORTCUTS, N_("&Keyboard shortcuts"), Menu.HELP, ("F1",)),
    ActionSpec(ActionId.ABOUT, N_("&About"), Menu.HELP),
)

SEPARATED_BEFORE: Final = frozenset(
    {
        ActionId.PRINT,
        ActionId.EXPORT_COMMENTS,
        ActionId.EXIT,
        ActionId.COPY,
        ActionId.FIND,
        ActionId.RESET_PROGRESS,
        ActionId.ZOOM_IN,
        ActionId.TOUCH,
        ActionId.EXPAND_ALL,
        ActionId.SEARCH,
        ActionId.CASE_NOTE,
        ActionId.CASE_SOLVED,
        ActionId.CASE_DELETE,
        ActionId.ABOUT,
    }
)


def mnemonic(text: str) -> str:
    """Return the letter after "&" in lower case, "" when `text` has none."""
    before, mark, after = text.replace("&&", "").partition("&")
    del before
    return after[:1].casefold() if mark else ""


def without_mnemonic(text: str) -> str:
    """Return `text` as it reads, without the mark and without the dots of a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
