"""Every action of the window, declared once: menus, buttons, shortcuts, palette and key sheet follow."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kbviewer.model.messages import N_
from kbviewer.model.policy import Policy, Right


class Menu(StrEnum):
    """Where an action is listed; the value is the menu's title in English. THEME lies inside VIEW."""

    FILE = N_("&File")
    EDIT = N_("&Edit")
    VIEW = N_("&View")
    THEME = N_("&Theme")
    GO = N_("&Go")
    TABS = N_("&Tabs")
    CASE = N_("&Case")
    BOOKMARKS = N_("&Bookmarks")
    HELP = N_("&Help")


class ActionId(StrEnum):
    """The names of the actions."""

    OPEN_LIBRARY = "open-library"
    INSTALL_PACK = "install-pack"
    LIBRARIES = "libraries"
    LOOK_FOR_UPDATES = "look-for-updates"
    RELOAD = "reload"
    PRINT = "print"
    SAVE_PDF = "save-pdf"
    EXPORT_COMMENTS = "export-comments"
    EXPORT_DATA = "export-data"
    IMPORT_DATA = "import-data"
    START_WHERE_LEFT = "start-where-left"
    EXIT = "exit"
    UNDO = "undo"
    COPY = "copy"
    SELECT_ALL = "select-all"
    COPY_LINK = "copy-link"
    COPY_CITATION = "copy-citation"
    FIND = "find"
    FIND_NEXT = "find-next"
    FIND_PREVIOUS = "find-previous"
    SEARCH_ALL = "search-all"
    RESET_PROGRESS = "reset-progress"
    COMMENT = "comment"
    NOTE = "note"
    SWITCH_LANGUAGE = "switch-language"
    SIDE_BY_SIDE = "side-by-side"
    GUIDED = "guided"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    ZOOM_ACTUAL = "zoom-actual"
    THEME_SYSTEM = "theme-system"
    THEME_LIGHT = "theme-light"
    THEME_DARK = "theme-dark"
    THEME_CONTRAST = "theme-contrast"
    TOUCH = "touch"
    SIDE_PANE = "side-pane"
    FULL_SCREEN = "full-screen"
    TEXT_CURSOR = "text-cursor"
    EXPAND_ALL = "expand-all"
    COLLAPSE_ALL = "collapse-all"
    HOME = "home"
    BACK = "back"
    FORWARD = "forward"
    TOP = "top"
    HISTORY = "history"
    SEARCH = "search"
    NEXT_AREA = "next-area"
    PALETTE = "palette"
    NEW_TAB = "new-tab"
    CLOSE_TAB = "close-tab"
    CLOSE_OTHER_TABS = "close-other-tabs"
    DUPLICATE_TAB = "duplicate-tab"
    REOPEN_TAB = "reopen-tab"
    NEXT_TAB = "next-tab"
    PREVIOUS_TAB = "previous-tab"
    LAST_TAB = "last-tab"
    TAB_1 = "tab-1"
    TAB_2 = "tab-2"
    TAB_3 = "tab-3"
    TAB_4 = "tab-4"
    TAB_5 = "tab-5"
    TAB_6 = "tab-6"
    TAB_7 = "tab-7"
    TAB_8 = "tab-8"
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
    BOOKMARK = "bookmark"
    SHOW_BOOKMARKS = "show-bookmarks"
    SHOW_NOTES = "show-notes"
    GET_HELP = "get-help"
    SHORTCUTS = "shortcuts"
    SUPPORT_INFO = "support-info"
    ABOUT = "about"


class ActionSpec(NamedTuple):
    """What is known about an action before there is a window.

    Attributes:
        id: its name.
        text: in English, with the mnemonic after "&"; translated when shown.
        menu: where it is listed.
        shortcuts: portable key sequences, the one that is shown first.
        in_kiosk: whether a public terminal offers it when its policy grants the rights.
        needs: the rights without which it is not offered at all.
        checkable: whether it is on or off.
        group: at most one action of a group is on; "" for none.
        needs_article: whether it is greyed out while no article is shown.
        listed: whether menus and the key sheet show it; its key works all the same.
    """

    id: ActionId
    text: str
    menu: Menu
    shortcuts: tuple[str, ...] = ()
    in_kiosk: bool = True
    needs: tuple[Right, ...] = ()
    checkable: bool = False
    group: str = ""
    needs_article: bool = False
    listed: bool = True


_NOTES: Final = (Right.NOTES,)
_COPY: Final = (Right.COPY,)
_SETTINGS: Final = (Right.SETTINGS,)
# A PDF is a printout, and notes that are exported are still notes.
_TO_PDF: Final = (Right.PRINT, Right.EXPORT)
_NOTES_OUT: Final = (Right.NOTES, Right.EXPORT)

ACTIONS: Final = (
    ActionSpec(
        ActionId.OPEN_LIBRARY, N_("&Open library folder…"), Menu.FILE, ("Ctrl+O",), needs=(Right.OPEN_FILE,)
    ),
    ActionSpec(
        ActionId.INSTALL_PACK, N_("Ins&tall a pack…"), Menu.FILE, needs=(Right.OPEN_FILE, Right.CHANGE_PACKS)
    ),
    ActionSpec(
        ActionId.LIBRARIES, N_("&Libraries…"), Menu.FILE, ("Ctrl+L",), in_kiosk=False, needs=_SETTINGS
    ),
    ActionSpec(
        ActionId.LOOK_FOR_UPDATES,
        N_("Look for &updates…"),
        Menu.FILE,
        in_kiosk=False,
        needs=(Right.CHANGE_PACKS,),
    ),
    ActionSpec(ActionId.RELOAD, N_("&Refresh"), Menu.FILE, ("F5",)),
    ActionSpec(
        ActionId.PRINT, N_("&Print…"), Menu.FILE, ("Ctrl+P",), needs_article=True, needs=(Right.PRINT,)
    ),
    ActionSpec(ActionId.SAVE_PDF, N_("&Save as PDF…"), Menu.FILE, needs_article=True, needs=_TO_PDF),
    ActionSpec(ActionId.EXPORT_COMMENTS, N_("&Export comments…"), Menu.FILE, needs=_NOTES_OUT),
    ActionSpec(ActionId.EXPORT_DATA, N_("Export &my data…"), Menu.FILE, needs=(Right.EXPORT,)),
    ActionSpec(ActionId.IMPORT_DATA, N_("&Import my data…"), Menu.FILE, needs=(Right.IMPORT,)),
    ActionSpec(
        ActionId.START_WHERE_LEFT,
        N_("Open &where I left off"),
        Menu.FILE,
        in_kiosk=False,
        checkable=True,
        needs=_SETTINGS,
    ),
    ActionSpec(ActionId.EXIT, N_("E&xit"), Menu.FILE, ("Ctrl+Q",), needs=(Right.EXIT,)),
    ActionSpec(ActionId.UNDO, N_("&Undo"), Menu.EDIT, ("Ctrl+Z",)),
    ActionSpec(ActionId.COPY, N_("&Copy"), Menu.EDIT, ("Ctrl+C",), needs_article=True, needs=_COPY),
    ActionSpec(ActionId.SELECT_ALL, N_("Select &all"), Menu.EDIT, ("Ctrl+A",), needs_article=True),
    ActionSpec(
        ActionId.COPY_LINK,
        N_("Copy &link"),
        Menu.EDIT,
        ("Ctrl+Shift+C",),
        needs_article=True,
        needs=_COPY,
    ),
    ActionSpec(ActionId.COPY_CITATION, N_("Copy title and i&d"), Menu.EDIT, needs_article=True, needs=_COPY),
    ActionSpec(ActionId.FIND, N_("&Find in the article…"), Menu.EDIT, ("Ctrl+F",), needs_article=True),
    ActionSpec(ActionId.FIND_NEXT, N_("Find &next"), Menu.EDIT, ("F3",), needs_article=True),
    ActionSpec(ActionId.FIND_PREVIOUS, N_("Find &previous"), Menu.EDIT, ("Shift+F3",), needs_article=True),
    ActionSpec(ActionId.SEARCH_ALL, N_("&Search all articles"), Menu.EDIT, ("Ctrl+Shift+F",)),
    ActionSpec(ActionId.RESET_PROGRESS, N_("&Reset progress"), Menu.EDIT, needs_article=True),
    ActionSpec(ActionId.COMMENT, N_("Co&mment for the author…"), Menu.EDIT, needs_article=True, needs=_NOTES),
    ActionSpec(ActionId.NOTE, N_("N&ote here…"), Menu.EDIT, ("Ctrl+M",), needs_article=True, needs=_NOTES),
    ActionSpec(
        ActionId.SWITCH_LANGUAGE,
        N_("Switch &language"),
        Menu.VIEW,
        ("Ctrl+Shift+L",),
        needs=(Right.SWITCH_LANGUAGE,),
    ),
    ActionSpec(
        ActionId.SIDE_BY_SIDE,
        N_("Side by si&de"),
        Menu.VIEW,
        ("Ctrl+Shift+B",),
        checkable=True,
        needs_article=True,
    ),
    ActionSpec(
        ActionId.GUIDED, N_("Ste&p by step"), Menu.VIEW, ("Ctrl+G",), checkable=True, needs_article=True
    ),
    ActionSpec(ActionId.ZOOM_IN, N_("Zoom &in"), Menu.VIEW, ("Ctrl++", "Ctrl+=")),
    ActionSpec(ActionId.ZOOM_OUT, N_("Zoom &out"), Menu.VIEW, ("Ctrl+-",)),
    ActionSpec(ActionId.ZOOM_ACTUAL, N_("&Actual size"), Menu.VIEW, ("Ctrl+0",)),
    ActionSpec(
        ActionId.THEME_SYSTEM,
        N_("&Same as the system"),
        Menu.THEME,
        checkable=True,
        group="theme",
        needs=_SETTINGS,
    ),
    ActionSpec(
        ActionId.THEME_LIGHT, N_("&Light"), Menu.THEME, checkable=True, group="theme", needs=_SETTINGS
    ),
    ActionSpec(ActionId.THEME_DARK, N_("&Dark"), Menu.THEME, checkable=True, group="theme", needs=_SETTINGS),
    ActionSpec(
        ActionId.THEME_CONTRAST,
        N_("&High contrast"),
        Menu.THEME,
        checkable=True,
        group="theme",
        needs=_SETTINGS,
    ),
    ActionSpec(ActionId.TOUCH, N_("Lar&ger targets for touch"), Menu.VIEW, checkable=True, needs=_SETTINGS),
    ActionSpec(ActionId.SIDE_PANE, N_("Side&bar"), Menu.VIEW, ("F9",), checkable=True),
    ActionSpec(
        ActionId.FULL_SCREEN,
        N_("&Full screen"),
        Menu.VIEW,
        ("F11",),
        in_kiosk=False,
        needs=(Right.FULL_SCREEN,),
        checkable=True,
    ),
    ActionSpec(
        ActionId.TEXT_CURSOR, N_("Te&xt cursor"), Menu.VIEW, ("F7",), checkable=True, needs_article=True
    ),
    ActionSpec(ActionId.EXPAND_ALL, N_("&Expand all"), Menu.VIEW, needs_article=True),
    ActionSpec(ActionId.COLLAPSE_ALL, N_("&Collapse all"), Menu.VIEW, needs_article=True),
    ActionSpec(ActionId.HOME, N_("&Home"), Menu.GO, ("Alt+Home",)),
    ActionSpec(ActionId.BACK, N_("&Back"), Menu.GO, ("Alt+Left",)),
    ActionSpec(ActionId.FORWARD, N_("&Forward"), Menu.GO, ("Alt+Right",)),
    ActionSpec(ActionId.TOP, N_("Back to the &top"), Menu.GO, ("Ctrl+Home",), needs_article=True),
    ActionSpec(ActionId.HISTORY, N_("Histor&y"), Menu.GO, ("Ctrl+H",), in_kiosk=False),
    ActionSpec(ActionId.SEARCH, N_("&Search"), Menu.GO, ("Ctrl+K",)),
    ActionSpec(ActionId.NEXT_AREA, N_("Next &area of the window"), Menu.GO, ("F6",)),
    ActionSpec(ActionId.PALETTE, N_("Command &palette"), Menu.GO, ("Ctrl+Shift+P",)),
    ActionSpec(ActionId.NEW_TAB, N_("&New tab"), Menu.TABS, ("Ctrl+T",)),
    ActionSpec(ActionId.CLOSE_TAB, N_("&Close tab"), Menu.TABS, ("Ctrl+W",)),
    ActionSpec(ActionId.CLOSE_OTHER_TABS, N_("Close &other tabs"), Menu.TABS),
    ActionSpec(ActionId.DUPLICATE_TAB, N_("&Duplicate tab"), Menu.TABS),
    ActionSpec(ActionId.REOPEN_TAB, N_("&Reopen closed tab"), Menu.TABS, ("Ctrl+Shift+T",)),
    ActionSpec(ActionId.NEXT_TAB, N_("Ne&xt tab"), Menu.TABS, ("Ctrl+Tab", "Ctrl+PgDown")),
    ActionSpec(ActionId.PREVIOUS_TAB, N_("&Previous tab"), Menu.TABS, ("Ctrl+Shift+Tab", "Ctrl+PgUp")),
    ActionSpec(ActionId.TAB_1, N_("Go to tab 1"), Menu.TABS, ("Ctrl+1",), listed=False),
    ActionSpec(ActionId.TAB_2, N_("Go to tab 2"), Menu.TABS, ("Ctrl+2",), listed=False),
    ActionSpec(ActionId.TAB_3, N_("Go to tab 3"), Menu.TABS, ("Ctrl+3",), listed=False),
    ActionSpec(ActionId.TAB_4, N_("Go to tab 4"), Menu.TABS, ("Ctrl+4",), listed=False),
    ActionSpec(ActionId.TAB_5, N_("Go to tab 5"), Menu.TABS, ("Ctrl+5",), listed=False),
    ActionSpec(ActionId.TAB_6, N_("Go to tab 6"), Menu.TABS, ("Ctrl+6",), listed=False),
    ActionSpec(ActionId.TAB_7, N_("Go to tab 7"), Menu.TABS, ("Ctrl+7",), listed=False),
    ActionSpec(ActionId.TAB_8, N_("Go to tab 8"), Menu.TABS, ("Ctrl+8",), listed=False),
    ActionSpec(ActionId.LAST_TAB, N_("&Last tab"), Menu.TABS, ("Ctrl+9",)),
    ActionSpec(
        ActionId.NEW_CASE,
        N_("&New case…"),
        Menu.CASE,
        ("Ctrl+Shift+N",),
        in_kiosk=False,
        needs=_NOTES,
    ),
    ActionSpec(ActionId.CASES, N_("&Cases"), Menu.CASE, ("Ctrl+Shift+O",), in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_NOTE, N_("No&te…"), Menu.CASE, ("Ctrl+Shift+E",), in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_REFERENCE, N_("Re&ference…"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(
        ActionId.CASE_REPORT,
        N_("&Report…"),
        Menu.CASE,
        ("Ctrl+Shift+R",),
        in_kiosk=False,
        needs=_NOTES,
    ),
    ActionSpec(ActionId.CASE_SOLVED, N_("Close as &solved"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_ESCALATED, N_("Close as &escalated"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_PAUSE, N_("&Pause"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_REOPEN, N_("Re&open"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(ActionId.CASE_DELETE, N_("&Delete case"), Menu.CASE, in_kiosk=False, needs=_NOTES),
    ActionSpec(
        ActionId.BOOKMARK,
        N_("Add &bookmark"),
        Menu.BOOKMARKS,
        ("Ctrl+D",),
        needs_article=True,
        needs=_NOTES,
    ),
    ActionSpec(
        ActionId.SHOW_BOOKMARKS,
        N_("&Show bookmarks"),
        Menu.BOOKMARKS,
        ("Ctrl+Shift+D",),
        needs=_NOTES,
    ),
    ActionSpec(ActionId.SHOW_NOTES, N_("Show &notes"), Menu.BOOKMARKS, ("Ctrl+Shift+M",), needs=_NOTES),
    ActionSpec(ActionId.GET_HELP, N_("Still &need help?"), Menu.HELP, needs_article=True),
    ActionSpec(ActionId.SHORTCUTS, N_("&Keyboard shortcuts"), Menu.HELP, ("F1",)),
    ActionSpec(
        ActionId.SUPPORT_INFO, N_("Copy &information for support"), Menu.HELP, in_kiosk=False, needs=_COPY
    ),
    ActionSpec(ActionId.ABOUT, N_("&About"), Menu.HELP),
)

SEPARATED_BEFORE: Final = frozenset(
    {
        ActionId.PRINT,
        ActionId.EXPORT_COMMENTS,
        ActionId.START_WHERE_LEFT,
        ActionId.EXIT,
        ActionId.COPY,
        ActionId.FIND,
        ActionId.RESET_PROGRESS,
        ActionId.ZOOM_IN,
        ActionId.TOUCH,
        ActionId.EXPAND_ALL,
        ActionId.TOP,
        ActionId.SEARCH,
        ActionId.CLOSE_TAB,
        ActionId.REOPEN_TAB,
        ActionId.NEXT_TAB,
        ActionId.CASE_NOTE,
        ActionId.CASE_SOLVED,
        ActionId.CASE_DELETE,
        ActionId.SUPPORT_INFO,
    }
)


def is_offered(spec: ActionSpec, policy: Policy) -> bool:
    """Return whether an action is there at all: in menus, bars, palette and key sheet, and for its keys."""
    return all(map(policy.allows, spec.needs)) and (spec.in_kiosk or not policy.is_kiosk)


def mnemonic(text: str) -> str:
    """Return the letter after "&" in lower case, "" when `text` has none."""
    before, mark, after = text.replace("&&", "").partition("&")
    del before
    return after[:1].casefold() if mark else ""


def without_mnemonic(text: str) -> str:
    """Return `text` as it reads, without the mark and without the dots of a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").rstrip()
