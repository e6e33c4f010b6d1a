"""The language switch reaches everything and moves nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.i18n.translator import Translator
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import I18N, MakeWindow


@pytest.fixture(autouse=True)
def _default_locale() -> object:
    """Switching sets the locale of the whole program."""
    before = QLocale()
    yield
    QLocale.setDefault(before)


def labels(window: MainWindow) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if not label.isHidden()}


def test_the_switch_changes_interface_and_article_at_once(article_window: MainWindow) -> None:
    """Nothing is left in the other language."""
    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert article_window.windowTitle() == "Signing in – Knowledge base"
    assert article_window.parts.pane.tabs.tabText(0) == "Contents"
    assert article_window.parts.pane.outline.outline.index(0).data() == "First things"
    assert article_window.table[ActionId.FIND].text() == "&Find in the article…"
    article_window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert article_window.windowTitle() == "Logga in – Kunskapsbas"
    assert article_window.parts.pane.tabs.tabText(0) == "Innehåll"


def test_the_switch_keeps_place_ticks_query_and_focus(
    article_window: MainWindow, state: UserState, qtbot: QtBot
) -> None:
    """A reader in the middle of a procedure goes on there."""
    page = article_window.parts.area.article_page
    assert page is not None
    state.ticks.set_done("steps", ["one"], True)
    article_window.parts.field.setText("konto")
    page.go_to("second")
    qtbot.waitUntil(lambda: article_window.reading.section == "second")
    before, focus = page.place(), QApplication.focusWidget()
    article_window.language.switch_to("en")
    assert (page.place().anchor, article_window.reading.section) == (before.anchor, "second")
    assert state.ticks.done("steps") == {"one"}
    assert article_window.parts.field.text() == "konto"
    assert QApplication.focusWidget() is focus


def test_the_buttons_switch_with_mouse_and_keyboard(article_window: MainWindow) -> None:
    """They are one choice for a screen reader: radio buttons."""
    english, swedish = article_window.parts.bar.languages.findChildren(QRadioButton)
    assert (english.text(), swedish.text()) == ("EN", "SV")
    assert swedish.isChecked()
    QTest.mouseClick(english, Qt.MouseButton.LeftButton)
    assert article_window.language.current == "en"
    english.setFocus()
    QTest.keyClick(english, Qt.Key.Key_Right)
    assert article_window.language.current == "sv"
    assert swedish.isChecked()


@pytest.mark.parametrize("listed", [("en", "sv", "de"), ("de", "sv", "en")])
def test_languages_stay_where_they_are_whichever_library_comes_first(
    article_window: MainWindow, monkeypatch: pytest.MonkeyPatch, listed: tuple[str, ...]
) -> None:
    """Else a click on what was the left button yesterday would be one on another language today."""
    monkeypatch.setattr(article_window.language, "_languages", lambda: listed)

    article_window.retranslating.show_languages()

    switch = article_window.parts.bar.languages
    assert [segment.text() for segment in switch.stops if isinstance(segment, QRadioButton)] == [
        "EN",
        "SV",
        "DE",
    ]
    assert article_window.language.languages == ("en", "sv", "de")


def test_languages_have_names_in_the_language_that_is_on(article_window: MainWindow) -> None:
    """SV and EN are for the eye; a screen reader says what they mean."""
    names = [b.accessibleName() for b in article_window.parts.bar.languages.findChildren(QRadioButton)]
    assert names == ["Engelska", "Svenska"]
    article_window.language.switch_to("en")
    names = [b.accessibleName() for b in article_window.parts.bar.languages.findChildren(QRadioButton)]
    assert names == ["English", "Swedish"]


def test_every_window_gets_the_locale(article_window: MainWindow) -> None:
    """Screen readers take the voice from it."""
    article_window.language.switch_to("en")
    assert QLocale().language() == QLocale.Language.English
    assert article_window.locale().language() == QLocale.Language.English
    assert article_window.parts.field.locale().language() == QLocale.Language.English


def test_the_language_is_kept(article_window: MainWindow, state: UserState) -> None:
    """It is the first thing that a reader would have to set again."""
    article_window.language.switch_to("en")
    article_window.settings.flush()
    assert state.settings.get("language") == "en"


def test_an_article_that_lacks_the_language_is_shown_in_the_other(make_window: MakeWindow) -> None:
    """Never a blank page."""
    window = make_window("plain")
    window.language.switch_to("en")
    assert window.windowTitle() == "Ren text – Knowledge base"


def test_a_status_page_speaks_the_new_language(window: MainWindow) -> None:
    """It is read like an article."""
    window.open_article("broken")
    window.language.switch_to("en")
    assert "This article cannot be shown" in labels(window)


def test_home_speaks_the_new_language(window: MainWindow) -> None:
    """Titles and headings alike."""
    window.language.switch_to("en")
    assert window.parts.area.home_page is window.parts.area.current
    assert window.windowTitle() == "Knowledge base"


def test_an_unknown_language_changes_nothing(window: MainWindow) -> None:
    """A second start may ask for anything."""
    window.language.switch_to("xx")
    assert window.language.current == "sv"


@pytest.mark.parametrize(
    ("context", "source", "swedish"),
    [
        ("QLineEdit", "Select All", "Markera allt"),
        ("QDialogButtonBox", "OK", "OK"),
        ("QPlatformTheme", "Cancel", "Avbryt"),
        ("QShortcut", "Shift", "Skift"),
        ("QFileDialog", "File &name:", "Fil&namn:"),
    ],
)
def test_qt_speaks_the_readers_language(
    qt_texts: None, translator: Translator, context: str, source: str, swedish: str
) -> None:
    """Our words where Qt's are poor, Qt's own otherwise."""
    assert QCoreApplication.translate(context, source) == swedish
    translator.set_language("en")
    assert QCoreApplication.translate(context, source).casefold() == source.casefold()


def test_qt_falls_back_to_its_english(qapp: QApplication) -> None:
    """None, not an empty text, is what Qt takes for "not here"."""
    texts = QtTranslator(Translator(I18N, "sv"))
    assert texts.translate("Nothing", "No such text in any catalogue") is None
    assert texts.translate("QLineEdit", "Select All") == "Markera allt"


def test_standard_buttons_follow_the_switch(window: MainWindow, qtbot: QtBot) -> None:
    """They are made by Qt and told only that the language has changed."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Avbryt"
    window.language.switch_to("en")
    QApplication.sendPostedEvents()
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Cancel"


def test_keys_are_named_as_on_the_keyboard(window: MainWindow) -> None:
    """Ctrl+Skift+L on a Swedish one."""
    keys = QKeySequence("Ctrl+Shift+L").toString(QKeySequence.SequenceFormat.NativeText)
    assert keys == "Ctrl+Skift+L"
    assert window.table[ActionId.SWITCH_LANGUAGE].toolTip() == "Byt språk (Ctrl+Skift+L)"
