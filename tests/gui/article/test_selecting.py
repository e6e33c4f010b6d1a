"""Selecting with mouse and keys, over text and over the widgets that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kbviewer.model.article import Article
from kbviewer.model.blocks import Faq, Paragraph, Step, StepList
from kbviewer.model.inline import Run

if TYPE_CHECKING:
    from tests.gui.article.conftest import Desk

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def paragraph(text: str) -> Paragraph:
    return Paragraph(key=text, runs=(Run(text),))


@pytest.fixture
def steps(desk: Desk) -> Desk:
    """Three steps between two paragraphs, and a question."""
    made = StepList(
        key="l", steps=tuple(Step(id=f"s{n}", number=f"{n}", runs=(Run(f"Steg {n}."),)) for n in (1, 2, 3))
    )
    faq = Faq(key="q", question=(Run("Vad är en kod?"),), blocks=(paragraph("Ett tal."),))
    desk.open(
        Article(
            id="made",
            language="sv",
            title="Titel",
            blocks=(paragraph("Före allt."), made, faq, paragraph("Efter allt.")),
        )
    )
    return desk


def mouse(widget: QWidget, kind: QEvent.Type, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Send what the window system sends."""
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    place = QPointF(widget.mapFromGlobal(point))
    QApplication.sendEvent(widget, QMouseEvent(kind, place, QPointF(point), button, buttons, modifiers))


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, move in three steps, release; points are global, and the widget keeps the mouse."""
    mouse(widget, QEvent.Type.MouseButtonPress, start)
    for share in (0.2, 0.6, 1.0):
        mouse(widget, QEvent.Type.MouseMove, start + (end - start) * share)
    mouse(widget, QEvent.Type.MouseButtonRelease, end)


def end_of(desk: Desk, text: str) -> QPoint:
    """Return the global place right of a text."""
    found = desk.page.view.document().find(text)
    rects = desk.page.stage.geometry.text_rects(found.selectionStart(), found.selectionEnd())
    point = QPointF(rects[-1].right() + 1, rects[-1].center().y()).toPoint() - desk.page.view.offset
    return desk.page.view.viewport().mapToGlobal(point)


def start_of(desk: Desk, text: str) -> QPoint:
    """Return the global place left of a text."""
    found = desk.page.view.document().find(text)
    rect = desk.page.stage.geometry.text_rects(found.selectionStart(), found.selectionEnd())[0]
    point = QPointF(rect.left() + 1, rect.center().y()).toPoint() - desk.page.view.offset
    return desk.page.view.viewport().mapToGlobal(point)


def selected(desk: Desk) -> str:
    return str(desk.page.stage.copier.mime(desk.page.view.textCursor()).text())


def centre(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().center())


def test_a_drag_goes_from_text_over_boxes_and_questions(steps: Desk) -> None:
    """As if there were no widgets."""
    drag(steps.page.view.viewport(), start_of(steps, "Före"), end_of(steps, "Vad är en kod?"))

    assert selected(steps) == "Före allt.\n1. Steg 1.\n2. Steg 2.\n3. Steg 3.\nVad är en kod?"


def test_a_drag_that_begins_on_a_box_selects_and_does_not_tick(steps: Desk) -> None:
    """Who aims at the number meets the box."""
    box = steps.widget("tick:s1")
    drag(box, centre(box), end_of(steps, "Steg 3."))

    assert selected(steps) == "1. Steg 1.\n2. Steg 2.\n3. Steg 3."
    assert steps.steps.done("made") == frozenset()


def test_a_drag_that_begins_on_a_question_selects_and_does_not_open_it(steps: Desk) -> None:
    """The question is text, and can be copied."""
    header = steps.widget("faq:q")
    drag(header, start_of(steps, "Vad är"), end_of(steps, "en kod?"))

    assert selected(steps) == "Vad är en kod?"
    assert "Ett tal." not in steps.text


def test_a_click_still_ticks_and_opens(steps: Desk) -> None:
    """A hand that shakes by a pixel is no drag."""
    box = steps.widget("tick:s1")
    mouse(box, QEvent.Type.MouseButtonPress, centre(box))
    mouse(box, QEvent.Type.MouseMove, centre(box) + QPoint(1, 0))
    mouse(box, QEvent.Type.MouseButtonRelease, centre(box) + QPoint(1, 0))
    steps.click(steps.widget("faq:q"))

    assert steps.steps.done("made") == {"s1"}
    assert "Ett tal." in steps.text


def test_a_drag_over_the_matrix_selects_it_and_chooses_nothing(desk: Desk) -> None:
    """Its cells are buttons."""
    desk.open("online-meetings", anchor="scope")
    key = desk.keys("matrix")[0]
    cell = next(
        part
        for part in desk.widget(key).findChildren(QWidget)
        if type(part).__name__ == "CellButton" and part.isVisible()
    )
    drag(cell, centre(cell), centre(cell) + QPoint(0, 900))

    assert "\tKlientproblem" in selected(desk)
    assert desk.choices.kept == {}


def test_shift_and_click_extends_the_selection_also_on_a_widget(steps: Desk) -> None:
    """From where the selection began."""
    viewport = steps.page.view.viewport()
    point = viewport.mapFromGlobal(start_of(steps, "Före"))
    QTest.mouseClick(viewport, LEFT, NONE, point)
    QTest.mouseClick(viewport, LEFT, SHIFT, viewport.mapFromGlobal(end_of(steps, "Steg 2.")))
    assert selected(steps) == "Före allt.\n1. Steg 1.\n2. Steg 2."

    header = steps.widget("faq:q")
    spot = end_of(steps, "en kod?")
    mouse(header, QEvent.Type.MouseButtonPress, spot, SHIFT)
    mouse(header, QEvent.Type.MouseButtonRelease, spot, SHIFT)
    assert selected(steps).endswith("3. Steg 3.\nVad är en kod?")
    assert "Ett tal." not in steps.text


def test_a_double_click_takes_a_word_and_a_third_the_paragraph(steps: Desk) -> None:
    """As everywhere."""
    viewport = steps.page.view.viewport()
    point = viewport.mapFromGlobal(start_of(steps, "Före")) + QPoint(6, 0)
    QTest.mouseDClick(viewport, LEFT, NONE, point)
    assert selected(steps) == "Före"
    QTest.mouseClick(viewport, LEFT, NONE, point)
    assert selected(steps) == "Före allt."


def test_keys_with_shift_select_and_show_the_cursor(steps: Desk) -> None:
    """Without it they scroll, and the selection stays."""
    view = steps.page.view
    view.setFocus()
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.viewport().mapFromGlobal(start_of(steps, "Före")))
    keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert not view.textInteractionFlags() & keyboard

    for _letter in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert selected(steps) == "Före"
    assert view.textInteractionFlags() & keyboard
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert selected(steps) == "Före"
    assert not view.textInteractionFlags() & keyboard
    QTest.keyClick(view, Qt.Key.Key_End, SHIFT | Qt.KeyboardModifier.ControlModifier)
    assert "Efter allt." in selected(steps)


def test_selecting_with_keys_begins_where_the_reader_looks(desk: Desk) -> None:
    """Not at the top of the article, far above."""
    desk.open(
        Article(
            id="made",
            language="sv",
            title="Titel",
            blocks=tuple(paragraph(f"Stycke {n}.") for n in range(200)),
        )
    )
    view = desk.page.view
    view.setFocus()
    view.scroll_to(2000)
    top = view.verticalScrollBar().value()
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)

    assert abs(view.verticalScrollBar().value() - top) < 100
    assert selected(desk).startswith("Stycke ")
    assert "Stycke 0." not in selected(desk)


def test_the_text_cursor_can_be_moved_with_plain_keys(steps: Desk) -> None:
    """For who reads and selects without a mouse; it passes over what is folded away."""
    view = steps.page.view
    view.setFocus()
    steps.page.set_caret(True)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    before = view.verticalScrollBar().value()
    blocks = []
    for _line in range(30):
        QTest.keyClick(view, Qt.Key.Key_Down)
        blocks.append(view.textCursor().block())
    assert view.verticalScrollBar().value() >= before
    assert all(block.isVisible() for block in blocks)
    assert len({block.blockNumber() for block in blocks}) > 5
    steps.page.set_caret(False)
    assert not view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_enter_follows_the_link_at_the_text_cursor(desk: Desk) -> None:
    """There is no focus on it then."""
    desk.open("online-meetings")
    view = desk.page.view
    view.setFocus()
    desk.page.set_caret(True)
    number = desk.link("Omfattning")
    cursor = view.textCursor()
    cursor.setPosition(desk.page.stage.page.links[number].start + 2)
    view.setTextCursor(cursor)

    with desk.qtbot.waitSignal(view.link_pressed) as pressed:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert pressed.args == [number]
