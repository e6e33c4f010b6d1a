"""The strip of the case at work: what it says, and how it folds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.i18n.translator import Translator
from kbviewer.model.cases import CaseOutcome, CaseTally, StepOutcome
from kbviewer.ui.case.bar import CaseBar
from kbviewer.ui.theme.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

I18N = Path(__file__).parents[3] / "i18n"
TALLY = CaseTally(12, "INC-4711", CaseOutcome.OPEN, {StepOutcome.DONE: 3, StepOutcome.FAILED: 1})


@pytest.fixture
def translator() -> Translator:
    return Translator(I18N, "sv")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme("light")
    theme.apply()
    return theme


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, translator: Translator) -> CaseBar:
    bar = CaseBar(theme, translator)
    qtbot.addWidget(bar)
    bar.show_tally(TALLY)
    return bar


def shown(bar: CaseBar) -> list[QWidget]:
    return [stop for stop in bar.stops if stop.isVisible()]


def test_the_strip_says_which_case_and_how_it_stands(bar: CaseBar, translator: Translator) -> None:
    """In the reader's language, at once when it is switched."""
    assert bar.stops[0].accessibleName() == "Ärende 12 · INC-4711 · 3 klara, 1 misslyckat"
    translator.set_language("en")
    bar.retranslate()
    assert bar.stops[0].accessibleName() == "Case 12 · INC-4711 · 3 done, 1 failed"


@pytest.mark.parametrize("width", [320, 360, 419, 420, 560, 699, 700, 1366])
@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_overlaps_or_leaves_the_strip(
    bar: CaseBar, theme: Theme, translator: Translator, width: int, touch: bool, language: str
) -> None:
    """Words fold into icons, icons into one menu; the case keeps a name that can be read."""
    theme.set_touch(touch)
    translator.set_language(language)
    bar.retranslate()
    bar.resize(width, bar.sizeHint().height())
    bar.show()
    QApplication.processEvents()
    stops = shown(bar)
    for before, after in pairwise(stops):
        assert before.geometry().right() < after.geometry().left()
    assert stops[-1].geometry().right() <= width
    assert stops[0].width() >= 100
    least = 48 if touch else 24
    assert all(stop.height() >= least and stop.width() >= least for stop in stops)
    assert len(stops) == (2 if width < 420 else 5)


def test_icons_without_words_have_names_and_tips(bar: CaseBar) -> None:
    """A screen reader and a pointer tell what they do."""
    bar.resize(500, 40)
    bar.show()
    for button in bar.findChildren(QToolButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.toolTip()


def test_the_menu_of_a_narrow_strip_has_everything(bar: CaseBar, qtbot: QtBot) -> None:
    """What folds away is not lost."""
    more = bar.stops[-1]
    assert isinstance(more, QToolButton)
    actions = {action.text(): action for action in more.menu().actions() if action.text()}
    assert set(actions) == {
        "Anteckning…", "Rapport…", "Avsluta som löst", "Avsluta som eskalerat", "Pausa",
    }  # fmt: skip
    with qtbot.waitSignal(bar.close_wanted) as ended:
        actions["Avsluta som eskalerat"].trigger()
    assert ended.args == [CaseOutcome.ESCALATED]
