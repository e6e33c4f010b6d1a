"""The table of actions: what menus, buttons, shortcuts and the key sheet rely on."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy
from kbviewer.ui.shell.actions import (
    ACTIONS,
    SEPARATED_BEFORE,
    ActionId,
    Menu,
    is_offered,
    mnemonic,
    without_mnemonic,
)

I18N = Path(__file__).parents[3] / "i18n"
LANGUAGES = ["en", "sv"]


def test_every_action_has_exactly_one_record() -> None:
    """Two records would bind one thing twice; none would leave a key that does nothing."""
    assert Counter(spec.id for spec in ACTIONS) == Counter(ActionId)


def test_no_two_actions_share_a_shortcut() -> None:
    """Qt calls such a key ambiguous and does neither."""
    keys = [key.casefold() for spec in ACTIONS for key in spec.shortcuts]
    assert len(keys) == len(set(keys))


def test_no_shortcut_needs_altgr() -> None:
    """Ctrl+Alt is AltGr on Swedish keyboards, and these characters are typed with it."""
    for spec in ACTIONS:
        for key in spec.shortcuts:
            assert not {"Ctrl", "Alt"} <= set(key.split("+"))
            assert not set("[]\\~{}@/") & set(key)


def test_separators_stand_before_actions_that_exist() -> None:
    """A stale id would silently drop a separator."""
    assert {spec.id for spec in ACTIONS} >= SEPARATED_BEFORE


@pytest.mark.parametrize("language", LANGUAGES)
def test_mnemonics_are_unique_in_each_menu(language: str) -> None:
    """The same letter twice makes Alt+letter go round instead of choosing."""
    translator = Translator(I18N, language)
    for menu in Menu:
        texts = [translator.gettext(spec.text) for spec in ACTIONS if spec.menu is menu and spec.listed]
        if menu is Menu.VIEW:
            texts.append(translator.gettext(Menu.THEME.value))
        letters = [mnemonic(text) for text in texts]
        doubled = [letter for letter, count in Counter(letters).items() if count > 1]
        assert not doubled, f"{menu.name} in {language}: {doubled} in {texts}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_mnemonics_are_letters_of_every_keyboard(language: str) -> None:
    """å, ä and ö are not on keyboards of other countries."""
    translator = Translator(I18N, language)
    for text in [spec.text for spec in ACTIONS if spec.listed] + [menu.value for menu in Menu]:
        assert re.fullmatch("[a-z]", mnemonic(translator.gettext(text))), translator.gettext(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_mnemonics_of_the_menus_themselves_are_unique(language: str) -> None:
    """The menus lie side by side in the one menu of the window."""
    translator = Translator(I18N, language)
    letters = [mnemonic(translator.gettext(menu.value)) for menu in Menu if menu is not Menu.THEME]
    assert len(letters) == len(set(letters))


def test_a_kiosk_offers_nothing_that_leads_out_of_the_articles() -> None:
    """A public terminal must not open folders, write files or end, and keeps nobody's cases."""
    kiosk = Policy().as_kiosk()
    hidden = {spec.id for spec in ACTIONS if not is_offered(spec, kiosk)}
    assert hidden == {
        ActionId.OPEN_LIBRARY,
        ActionId.INSTALL_PACK,
        ActionId.LIBRARIES,
        ActionId.LOOK_FOR_UPDATES,
        ActionId.PRINT,
        ActionId.SAVE_PDF,
        ActionId.EXPORT_COMMENTS,
        ActionId.START_WHERE_LEFT,
        ActionId.HISTORY,
        ActionId.EXPORT_DATA,
        ActionId.IMPORT_DATA,
        ActionId.EXIT,
        ActionId.FULL_SCREEN,
        ActionId.COPY,
        ActionId.COPY_LINK,
        ActionId.COPY_CITATION,
        ActionId.COMMENT,
        ActionId.NOTE,
        *(spec.id for spec in ACTIONS if spec.menu is Menu.BOOKMARKS),
        ActionId.SUPPORT_INFO,
        *(spec.id for spec in ACTIONS if spec.menu is Menu.CASE),
    }


@pytest.mark.parametrize(
    ("text", "letter", "plain"),
    [("&File", "f", "File"), ("E&xit", "x", "Exit"), ("R&&D", "", "R&D"), ("&Open…", "o", "Open")],
)
def test_a_mnemonic_is_the_letter_after_the_mark(text: str, letter: str, plain: str) -> None:
    """As Qt reads it."""
    assert mnemonic(text) == letter
    assert without_mnemonic(text) == plain
