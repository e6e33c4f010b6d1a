"""Procedures: ticks, sub-steps, numbers, guards, results, links to steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from kbviewer.model.article import Article
from kbviewer.model.blocks import Paragraph, Step, StepList
from kbviewer.model.errors import StateError
from kbviewer.model.inline import Link, LinkKind, Run
from kbviewer.model.messages import message
from kbviewer.model.progress import Progress
from tests.gui.article.conftest import Desk

Check = Qt.CheckState


def box(desk: Desk, step: str) -> QCheckBox:
    widget = desk.widget(f"tick:{step}")
    assert isinstance(widget, QCheckBox)
    return widget


def test_element_21_a_step_is_ticked_with_the_mouse_and_kept(desk: Desk) -> None:
    page = desk.open("kb307294")
    page.go_to("automatic-start")
    with desk.qtbot.waitSignal(page.progress_changed) as changed:
        desk.click(box(desk, "automatic-start"))
    assert box(desk, "automatic-start").checkState() is Check.Checked
    assert changed.args == [Progress(1, 23)]
    assert desk.steps.done("kb307294") == {"automatic-start"}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_element_21_a_step_is_ticked_with_the_keyboard(desk: Desk, key: Qt.Key) -> None:
    page = desk.open("kb307294")
    page.go_to("automatic-start")
    desk.press(key)
    assert desk.steps.done("kb307294") == {"automatic-start"}
    desk.press(key)
    assert not desk.steps.done("kb307294")


def test_element_21_steps_are_numbered_as_in_the_source(desk: Desk) -> None:
    desk.open("kb902534")
    numbers = [desk.block(key.removeprefix("tick:")).partition(".\t")[0] for key in desk.keys("tick")]
    assert numbers == [str(number) for number in [*range(1, 14), *range(1, 5)]]


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 48)])
def test_element_21_boxes_are_large_enough_to_hit(make_desk, touch: bool, least: int) -> None:
    desk = make_desk(touch=touch)
    page = desk.open("kb307294")
    page.go_to("automatic-start")
    first, second = box(desk, "automatic-start"), box(desk, "automatic-options")
    assert min(first.width(), first.height()) >= least
    assert second.y() - first.y() >= least


def test_element_21_a_done_step_is_muted(desk: Desk) -> None:
    page = desk.open("kb307294")
    desk.click(box(desk, "automatic-start"))
    first = page.stage.page.areas["automatic-start"].first
    formats = page.stage.geometry.block(first).layout().formats()
    assert formats[0].format.foreground().color().name().upper() == desk.theme.tokens.muted
    assert page.stage.geometry.first_line(first).height() > 10
    desk.click(box(desk, "automatic-start"))
    assert not page.stage.geometry.block(first).layout().formats()


def test_element_22_a_parent_shows_its_sub_steps_progress(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("certificate")
    for step in ("certificate-open", "certificate-find"):
        desk.click(box(desk, step))
    assert box(desk, "certificate").checkState() is Check.PartiallyChecked
    assert page.opened.progress_of("step:certificate") == Progress(2, 5)
    assert "2 av 5" in box(desk, "certificate").accessibleName()


def test_element_22_a_parents_box_ticks_and_clears_its_sub_steps(desk: Desk) -> None:
    page = desk.open("online-meetings")
    page.go_to("certificate")
    desk.click(box(desk, "certificate-open"))
    desk.click(box(desk, "certificate"))
    assert box(desk, "certificate-delete").checkState() is Check.Checked
    assert len(desk.steps.done("online-meetings")) == 5
    desk.click(box(desk, "certificate"))
    assert not desk.steps.done("online-meetings")
    assert box(desk, "certificate").checkState() is Check.Unchecked


def test_element_22_sub_steps_stand_further_in(desk: Desk) -> None:
    desk.open("online-meetings")
    assert box(desk, "certificate-open").x() - box(desk, "certificate").x() == 34


def test_element_23_the_lead_in_line_is_the_procedures_title(desk: Desk) -> None:
    page = desk.open("kb307294")
    first = page.stage.page.areas["lan-proxy"].first
    block = page.stage.geometry.block(first)
    assert block.text().startswith("Så här kontrollerar du om proxyinställningen är felaktig")
    assert block.begin().fragment().charFormat().fontWeight() > 500


def test_element_24_numbering_restarts_with_each_procedure(desk: Desk) -> None:
    desk.open("account-security-info")
    for step in ("add-phone-open", "add-email-open", "add-info-sign-in"):
        assert desk.block(step).startswith("1.\t")


def test_element_25_what_continues_a_step_stands_inside_it(desk: Desk) -> None:
    """A paragraph, an alternative or a condition is no step of its own."""
    page = desk.open("kb307294")
    action = page.stage.geometry.block(page.stage.page.areas["manual-start"].first)
    follows = action.next()
    assert "Ett annat sätt" in follows.text()
    assert follows.blockFormat().leftMargin() == action.blockFormat().leftMargin()
    assert len(desk.keys("tick")) == 23


def test_element_26_results_are_set_apart(desk: Desk) -> None:
    page = desk.open("kb307294")
    first = page.stage.page.areas["automatic-sign-in/p1"].first
    assert any(card.first == first and card.look.bar == "done" for card in page.stage.page.cards)
    assert desk.block("automatic-sign-in/p1").startswith("Resultat")


def test_element_27_a_link_to_a_step_moves_there_and_focuses_it(desk: Desk) -> None:
    page = desk.open("online-meetings")
    with desk.qtbot.waitSignal(page.jumped) as jumped:
        desk.click_link("steg 2")
    assert jumped.args == ["certificate-delete", "credentials"]
    assert QApplication.focusWidget() is box(desk, "credentials")
    assert 0 <= desk.y_of("credentials") < page.height()
    assert page.view.flash is not None


def test_element_28_prerequisites_stand_before_the_first_step(desk: Desk) -> None:
    page = desk.open("online-meetings")
    areas = page.stage.page.areas
    assert areas["client/p2"].first < areas["windows-update"].first
    assert desk.block("client/p2").startswith("Innan du börjar")


def test_element_34_a_warning_stands_before_the_action_that_it_guards(desk: Desk) -> None:
    page = desk.open("online-meetings")
    guard = page.stage.page.areas["paste-url/c1"].first
    action = page.stage.page.areas["paste-url"].first
    assert guard < action
    assert desk.y_of("paste-url/c1") < desk.y_of("paste-url")


def test_progress_is_reset(desk: Desk) -> None:
    page = desk.open("kb307294")
    desk.click(box(desk, "automatic-start"))
    with desk.qtbot.waitSignal(page.progress_changed) as changed:
        assert page.reset_progress() == 1
    assert changed.args == [Progress(0, 23)]
    assert box(desk, "automatic-start").checkState() is Check.Unchecked
    assert not desk.steps.done("kb307294")


def test_steps_that_something_else_changed_are_shown_in_place(desk: Desk) -> None:
    """An undo: the page keeps its place, and the box its focus."""
    page = desk.open("kb307294")
    page.go_to("automatic-start")
    desk.press(Qt.Key.Key_Space)
    place, document = page.place(), page.view.document()
    desk.steps.kept.clear()
    with desk.qtbot.waitSignal(page.progress_changed) as changed:
        page.refresh_steps()
    assert changed.args == [Progress(0, 23)]
    assert box(desk, "automatic-start").checkState() is Check.Unchecked
    assert QApplication.focusWidget() is box(desk, "automatic-start")
    assert (page.place(), page.view.document()) == (place, document)


def test_ticks_survive_the_language_switch(desk: Desk) -> None:
    """Position may differ between languages; the step id may not."""
    desk.open("kb307294")
    desk.click(box(desk, "automatic-start"))
    desk.switch("en")
    assert box(desk, "automatic-start").checkState() is Check.Checked
    assert "Start Windows Messenger" in box(desk, "automatic-start").accessibleName()


def test_a_tick_that_cannot_be_saved_is_taken_back_and_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.open("kb307294")

    def fail(*_: object) -> None:
        raise StateError(message("The disk is full."))

    monkeypatch.setattr(desk.steps, "set_outcome", fail)
    with desk.qtbot.waitSignal(page.announced) as told:
        desk.click(box(desk, "automatic-start"))
    assert told.args == ["The disk is full."]
    assert box(desk, "automatic-start").checkState() is Check.Unchecked


def _three_steps() -> Article:
    steps = tuple(Step(id=f"s{n}", number=str(n), runs=(Run(f"Steg {n}"),)) for n in (1, 2, 3))
    missing = Run("saknad", link=Link(LinkKind.MISSING, "saknas.md"))
    lead = Paragraph(key="p1", runs=(missing,))
    return Article(id="bare", language="sv", title="Bara", blocks=(lead, StepList(key="n1", steps=steps)))


def test_a_procedure_without_a_title_shows_its_progress(desk: Desk) -> None:
    desk.open(_three_steps())
    assert desk.block("n1@progress").startswith("Avklarade steg")


def test_a_copy_from_the_first_letter_of_a_step_keeps_its_number(desk: Desk) -> None:
    page = desk.open(_three_steps())
    first, last = (page.stage.geometry.block(page.stage.page.areas[key].first) for key in ("s1", "s3"))
    cursor = page.view.textCursor()
    cursor.setPosition(first.position() + first.text().find("\t") + 1)
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    assert page.stage.copier.mime(cursor).text() == "1. Steg 1\n2. Steg 2\n3. Steg 3"
    cursor.setPosition(first.position() + first.text().find("\t") + 1)
    cursor.setPosition(cursor.position() + 4, QTextCursor.MoveMode.KeepAnchor)
    assert page.stage.copier.mime(cursor).text() == "Steg"


def test_a_click_on_the_words_of_a_missing_link_answers_as_the_link_does(desk: Desk) -> None:
    page = desk.open(_three_steps())
    spot = page.stage.page.links[0]
    for start in (spot.start, spot.end + 3):
        rect = page.stage.geometry.text_rects(start, start + 5)[0]
        with desk.qtbot.waitSignal(page.link_activated) as pressed:
            QTest.mouseClick(
                page.view.viewport(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                rect.center().toPoint() - page.view.offset,
            )
        assert pressed.args[0].kind is LinkKind.MISSING


def test_clearing_a_parent_says_how_many_steps_it_cleared(desk: Desk) -> None:
    page = desk.open("online-meetings")
    heard: list[str] = []
    page.announced.connect(heard.append)
    parent = desk.widget("tick:certificate")
    desk.click(parent)
    desk.click(parent)
    assert heard[-1].startswith("5 steg avmarkerade – ")
