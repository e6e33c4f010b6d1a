"""Every page and dialog: names, roles, sizes, the way of Tab, and room at 320 px and 200 % zoom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile
from kbviewer.i18n.translator import Translator
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.view import ArticleView
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import MakeWindow
from tests.support.control_audit import (
    buttons,
    controls,
    cut_texts,
    describe,
    is_in_text,
    name_of,
    ring_contrast,
    walk,
)
from tests.support.scenes import SCENES, Scene, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTENT = Path(__file__).parents[3] / "content"
LEAST_PX = 24
WITHOUT_SENSE = (QAccessible.Role.NoRole, QAccessible.Role.Window)
FINGER_PX = 48
LEAST_CONTRAST = 3.0
RINGS = ("case_list", "guided", "find_bar", "everything", "history", "report", "new_case", "libraries")
WITH_CARET = (QLineEdit, QPlainTextEdit, ArticleView)
NAMES_OF_FORMATS = {"Text", "Markdown", "HTML"}
TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@pytest.fixture(scope="module", autouse=True)
def served(qapp: object) -> None:
    """As in the program: Qt asks pages for their parts."""
    serve_screen_readers()


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile of which only the cache is used: an article is parsed once, not in each of these windows."""
    return Profile(tmp_path_factory.mktemp("warm"))


@pytest.fixture
def library(warm: Profile) -> OpenLibrary:
    """The articles that come with the program: real titles, real steps, two languages."""
    return OpenLibrary(open_libraries((), CONTENT, warm))


@pytest.fixture(params=SCENES)
def scene(request: pytest.FixtureRequest) -> Scene:
    return SCENES[request.param]


def bring(window: MainWindow, scene: Scene) -> QWidget:
    """Bring up a scene with the focus where the walk begins."""
    root = scene(window)
    root.window().activateWindow()
    settle()
    if root is window and not window.command_palette.is_open:
        window.parts.field.setFocus()
    return root


def offered(window: MainWindow, root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab ought to pass: the palette keeps the focus, as a menu does."""
    focus = QApplication.focusWidget()
    palette = focus.parentWidget() if focus is not None and window.command_palette.is_open else root
    assert palette is not None
    return (widget for widget in controls(root) if palette is root or palette.isAncestorOf(widget))


def seen(root: QWidget) -> set[QWidget]:
    """Return everything that can be pressed or has the focus at times."""
    return {*controls(root), *buttons(root)}


def is_checkable(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.isCheckable()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_tab_passes_each_control_once_and_back(
    make_window: MakeWindow, scene: Scene, translator: Translator, language: str
) -> None:
    """By the key itself, from the search field or from where a dialog begins; Shift+Tab the same way."""
    translator.set_language(language)
    window = make_window()
    root = bring(window, scene)
    wanted = list(offered(window, root))

    forward = walk(TAB)
    passed = [widget for widget, _ in forward if not is_in_text(widget)]
    assert [describe(widget) for widget in wanted if widget not in passed] == []
    # A text is come back to for each of its links.
    once = [widget for widget in passed if not isinstance(widget, ArticleView)]
    assert len(once) == len(set(once))

    backward = [widget for widget, _ in walk(BACKTAB) if not is_in_text(widget)]
    assert {describe(widget) for widget in backward} == {describe(widget) for widget in passed}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_control_has_a_name_a_role_and_24_px(
    make_window: MakeWindow, scene: Scene, translator: Translator, language: str
) -> None:
    """Also those that Tab does not reach, such as the crosses of tabs."""
    translator.set_language(language)
    root = bring(make_window(), scene)
    for widget in seen(root):
        face = QAccessible.queryAccessibleInterface(widget)
        assert name_of(widget).strip(), describe(widget)
        assert face.role() not in WITHOUT_SENSE, describe(widget)
        assert bool(face.state().checkable) == is_checkable(widget), describe(widget)
        assert min(widget.width(), widget.height()) >= LEAST_PX, describe(widget)


@pytest.mark.parametrize("name", SCENES)
def test_names_are_in_the_language_that_is_read(make_window: MakeWindow, name: str) -> None:
    """What reads the same in both is not translated, or no word; articles are content."""
    window = make_window()
    swedish = named(SCENES[name](window))
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.language.switch_to("en")
    settle()
    english = named(SCENES[name](window))

    same = {text for text in swedish & english if re.search(r"[A-Za-zåäöÅÄÖ]{3}", text)}
    assert same <= NAMES_OF_FORMATS


def named(root: QWidget) -> set[str]:
    """Return the names of all controls outside of articles."""
    settle()
    return {
        name_of(widget)
        for widget in seen(root)
        if not is_in_text(widget) and not isinstance(widget, ArticleView)
    }


def test_controls_are_large_enough_for_fingers(
    make_window: MakeWindow, scene: Scene, state: UserState
) -> None:
    """In touch mode all that Tab reaches, but for what stands within a line of text."""
    state.settings.set("touch", True)
    root = bring(make_window(), scene)

    assert [describe(widget) for widget in controls(root) if widget.height() < FINGER_PX] == []


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_is_cut_at_320_px(
    make_window: MakeWindow, scene: Scene, state: UserState, zoom: float
) -> None:
    """Dialogs fit into the window, and what is longer scrolls up and down only."""
    state.settings.set("zoom", zoom)
    window = make_window(size=(320, 600))
    root = bring(window, scene)

    assert window.size() == QSize(320, 600)
    assert root.width() <= 320
    assert root.height() <= 600
    assert list(cut_texts(root)) == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("name", RINGS)
def test_the_focus_is_seen(make_window: MakeWindow, state: UserState, name: str, theme: str) -> None:
    """On every control outside of texts and fields, which have a caret, too."""
    state.settings.set("theme", theme)
    root = bring(make_window(size=(1000, 700)), SCENES[name])
    faint = []
    for widget, _ in walk(TAB):
        if isinstance(widget, WITH_CARET) or is_in_text(widget):
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        found = ring_contrast(widget)
        if found < LEAST_CONTRAST:
            faint.append(f"{describe(widget)}: {found:.1f}")
    assert root.isVisible()
    assert faint == []


def test_esc_leaves_every_dialog(make_window: MakeWindow, scene: Scene) -> None:
    window = make_window()
    root = bring(window, scene)
    if root is window:
        return
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    settle()
    assert not any(child.isWindow() and child.isVisible() for child in window.findChildren(QWidget))
