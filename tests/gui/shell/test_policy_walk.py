"""Every action under every policy: what is forbidden is in no menu, palette or sheet, and behind no key."""

from __future__ import annotations

import pytest
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
)
from pytestqt.qtbot import QtBot

from kbviewer.model.policy import Policy, Right
from kbviewer.model.policy_keys import BY_NAME, KEYS
from kbviewer.ui.shell.actions import ACTIONS, ActionId, Menu, is_offered, without_mnemonic
from kbviewer.ui.shell.palette_entries import action_entries
from kbviewer.ui.shell.shortcuts_dialog import ShortcutsDialog
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.policies import STRICTEST, locked
from tests.support.seen_windows import all_menus, dialogs

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise|grabbing the keyboard)", extend=True
)

POLICIES = {
    **{key.name: locked(**{key.name: key.strictest}) for key in KEYS if key.strictest != key.default},
    "fullscreen-off": locked(fullscreen=False),
    "library-locked": locked(library_dirs=("/srv/kb",)),
    "pin": locked(allow_exit="pin"),
    "kiosk-mode": Policy().as_kiosk(),
    "all": locked(**STRICTEST),
}
KEEPS_SOMETHING_BACK = {
    name: policy for name, policy in POLICIES.items() if not all(is_offered(spec, policy) for spec in ACTIONS)
}

# What must not be there under which key, written down apart from the table of actions.
FORBIDDEN = {
    "kiosk": {ActionId.HISTORY, ActionId.START_WHERE_LEFT, ActionId.FULL_SCREEN, ActionId.NEW_CASE},
    "fullscreen": {ActionId.FULL_SCREEN},
    "allow_exit": {ActionId.EXIT},
    "pin": {ActionId.EXIT},
    "allow_print": {ActionId.PRINT, ActionId.SAVE_PDF},
    "allow_copy": {ActionId.COPY, ActionId.COPY_LINK, ActionId.COPY_CITATION},
    "allow_open_file": {ActionId.OPEN_LIBRARY},
    "library-locked": {ActionId.OPEN_LIBRARY},
    "allow_import": {ActionId.IMPORT_DATA},
    "allow_export": {ActionId.EXPORT_DATA, ActionId.EXPORT_COMMENTS, ActionId.SAVE_PDF},
    "allow_settings": {
        ActionId.THEME_SYSTEM,
        ActionId.THEME_LIGHT,
        ActionId.THEME_DARK,
        ActionId.THEME_CONTRAST,
        ActionId.TOUCH,
        ActionId.START_WHERE_LEFT,
    },
    "allow_notes": {
        ActionId.NOTE,
        ActionId.SHOW_NOTES,
        ActionId.COMMENT,
        ActionId.EXPORT_COMMENTS,
        ActionId.BOOKMARK,
        ActionId.SHOW_BOOKMARKS,
        *(spec.id for spec in ACTIONS if spec.menu is Menu.CASE),
    },
    "allow_language_switch": {ActionId.SWITCH_LANGUAGE},
}
ALWAYS = {ActionId.HOME, ActionId.BACK, ActionId.SEARCH, ActionId.FIND, ActionId.ZOOM_IN, ActionId.GET_HELP}


def offered_actions(window: MainWindow) -> set[ActionId]:
    """Return the actions that stand in a menu, whether or not they make sense now."""
    found: set[ActionId] = set()
    for menu in all_menus(window):
        for action in menu.actions():
            if action.isVisible() and action.objectName() in set(ActionId):
                found.add(ActionId(action.objectName()))
    return found


def test_every_strict_value_that_concerns_actions_takes_some_away() -> None:
    """A key that was declared and forgotten would be a promise."""
    assert set(FORBIDDEN) <= set(KEEPS_SOMETHING_BACK)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_key_takes_away_what_it_is_about(name: str) -> None:
    """The table of actions says so, and this list says it again."""
    missing = {spec.id for spec in ACTIONS if not is_offered(spec, POLICIES[name])}
    assert missing >= FORBIDDEN[name]


@pytest.mark.parametrize("name", POLICIES)
def test_reading_searching_and_large_text_are_never_taken_away(name: str) -> None:
    """Whatever an administrator writes, articles can be read."""
    assert all(is_offered(spec, POLICIES[name]) for spec in ACTIONS if spec.id in ALWAYS)


@pytest.mark.parametrize("name", KEEPS_SOMETHING_BACK)
def test_what_a_policy_forbids_is_in_no_menu_palette_or_sheet_and_behind_no_key(
    name: str, make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One table is what all of them are made from; this walks them as a reader would."""
    policy = KEEPS_SOMETHING_BACK[name]
    window = make_window("steps", policy=policy)
    forbidden = {spec.id for spec in ACTIONS if not is_offered(spec, policy)}
    assert not offered_actions(window) & forbidden

    entries = {entry.key for entry in action_entries(window.table, window.translator)}
    assert not entries & forbidden

    sheet = ShortcutsDialog(window.translator, None, window.table.offers)
    qtbot.addWidget(sheet)
    lines = {label.text() for label in sheet.findChildren(QLabel)}
    for spec in ACTIONS:
        if spec.id in forbidden and spec.shortcuts:
            assert without_mnemonic(window.translator.gettext(spec.text)) not in lines

    done: list[str] = []
    for spec in ACTIONS:
        window.table[spec.id].triggered.connect(lambda _on=False, name=spec.id: done.append(name))
    for spec in ACTIONS:
        if spec.id in forbidden:
            assert window.table[spec.id].shortcuts() == []
            for keys in spec.shortcuts:
                QTest.keySequence(window, QKeySequence(keys))
    assert done == []
    assert dialogs() == []

    # Buttons and pages trigger actions by name, and an owner may ungrey one.
    theme, language, article = window._theme.preference, window.language.current, window.reader.article
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    for action in forbidden:
        window.table[action].setEnabled(True)
        window.table[action].trigger()
        assert dialogs() == [], action
        assert window.isVisible(), action
    assert window._theme.preference == theme
    assert window.language.current == language
    assert window.reader.article is article
    assert clipboard.text() == ""


def test_where_targets_are_decided_the_entry_says_by_whom(make_window: MakeWindow) -> None:
    """A grey entry without a reason would be a riddle."""
    window = make_window("steps", policy=locked(touch=True))
    action = window.table[ActionId.TOUCH]
    assert not action.isEnabled()
    assert window.translator.gettext("{action} (set by your organisation)").format(action="") in action.text()


def test_readers_are_told_that_something_is_missing(make_window: MakeWindow) -> None:
    """Who knows the program from elsewhere looks for printing."""
    note = make_window("steps", policy=locked(allow_print=False)).translator.gettext(
        "Your organisation has switched some commands off"
    )
    (window,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    entries = [action for menu in all_menus(window) for action in menu.actions() if action.text() == note]
    assert len(entries) == 1
    assert not entries[0].isEnabled()


def test_without_a_policy_nothing_is_watched(make_window: MakeWindow) -> None:
    """The guard sees every event: nobody pays for it who has no policy."""
    from kbviewer.ui.shell.policy_guard import PolicyGuard

    window = make_window("steps")
    assert window.findChildren(PolicyGuard) == []
    assert not [action for action in window.findChildren(QAction) if "organis" in action.text()]


def test_every_menu_of_the_window_still_has_something_in_it(make_window: MakeWindow) -> None:
    """An empty menu is a dead end."""
    window = make_window("steps", policy=POLICIES["all"])
    main = window.parts.bar._menu.menu()
    assert main is not None
    for action in main.actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        entries = menu.actions()
        assert [each for each in entries if not each.isSeparator()], menu.title()
        assert not entries[0].isSeparator(), menu.title()


def test_every_right_has_a_key() -> None:
    """As the file and the table in ADMIN.md name it."""
    assert {right.value for right in Right} <= set(BY_NAME)
