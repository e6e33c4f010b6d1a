"""What screen readers are told about an article page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from kbviewer.app.gui.screen_readers import serve_screen_readers
from kbviewer.model.article import Article
from kbviewer.model.blocks import BulletList, Callout, CalloutKind, Figure, Heading, Paragraph, Table
from kbviewer.model.inline import Run
from kbviewer.ui.article.accessible_tree import Node, TreeBuilder, spoken
from tests.gui.article.conftest import Desk

Role = QAccessible.Role
MEETINGS, FAQ = "online-meetings", "account-security-info"
SHIPPED = (MEETINGS, FAQ, "kb307294", "kb902534")


@pytest.fixture(scope="module", autouse=True)
def served(qapp: object) -> None:
    """As in the program: Qt asks pages for their parts."""
    serve_screen_readers()


def document_of(desk: Desk) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(desk.page.view.viewport())


def walk(start: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield start
    for index in range(start.childCount()):
        yield from walk(start.child(index))


def name(found: QAccessibleInterface) -> str:
    return found.text(QAccessible.Text.Name)


def of_role(desk: Desk, role: QAccessible.Role) -> list[QAccessibleInterface]:
    return [found for found in walk(document_of(desk)) if found.role() == role]


def first(desk: Desk, role: QAccessible.Role, start: str) -> QAccessibleInterface:
    return next(found for found in of_role(desk, role) if name(found).startswith(start))


def level(found: QAccessibleInterface) -> object:
    return found.attributesInterface().attributeValue(QAccessible.Attribute.Level)


def language(found: QAccessibleInterface) -> str:
    locale = found.attributesInterface().attributeValue(QAccessible.Attribute.Locale)
    assert isinstance(locale, QLocale)
    return locale.bcp47Name()


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def small_article() -> Article:
    """One of each kind that the shipped articles do not have, and a paragraph in another language."""
    return Article(
        id="small",
        language="en",
        title="Small",
        blocks=(
            Heading(key="h", level=2, runs=runs("Kinds")),
            Table(
                key="t",
                header=(runs("Port"), runs("Use")),
                rows=((runs("443"), runs("Web")), (runs("5061"), runs("SIP"))),
            ),
            Paragraph(key="p", runs=runs("Bara på svenska."), language="sv"),
            Callout(
                key="c",
                kind=CalloutKind.WARNING,
                blocks=(Paragraph(key="c1", runs=runs("Mind the gap.")),),
            ),
            BulletList(
                key="l",
                items=(
                    (Paragraph(key="l1", runs=runs("One")),),
                    (
                        Paragraph(key="l2", runs=runs("Two")),
                        BulletList(key="m", items=((Paragraph(key="m1", runs=runs("Inner")),),)),
                    ),
                ),
            ),
            Figure(key="f", source="", caption=runs("A drawing")),
        ),
    )


def test_nothing_is_made_before_somebody_asks(desk: Desk) -> None:
    """Reading without a screen reader pays nothing."""
    desk.open(MEETINGS)
    assert desk.page._accessible is not None
    assert desk.page._accessible._page is None


@pytest.mark.parametrize(("language_on", "expected"), [("sv", "Symtom"), ("en", "Symptoms")])
def test_headings_have_levels_and_their_language(desk: Desk, language_on: str, expected: str) -> None:
    """The outline is what readers jump by."""
    desk.open(MEETINGS, language_on)
    assert name(document_of(desk)) == desk.library.article(MEETINGS, language_on).title
    assert language(document_of(desk)) == language_on
    headings = of_role(desk, Role.Heading)
    assert level(headings[0]) == 1
    second = next(found for found in headings if name(found) == expected)
    assert (level(second), language(second)) == (2, language_on)


@pytest.mark.parametrize("article", SHIPPED)
@pytest.mark.parametrize("language_on", ["sv", "en"])
def test_every_text_block_is_told_once(desk: Desk, article: str, language_on: str) -> None:
    """Nothing that is seen is left out and nothing is read twice."""
    desk.open(article, language_on)
    desk.page.expand_all()
    stage, document = desk.page.stage, desk.page.view.document()
    shown = desk.library.article(article, language_on)
    root = TreeBuilder(shown, stage.page, document, desk.translator).build()

    told = [(node.start, node.end) for node in root.walk() if node.end > node.start and node.link < 0]
    assert len(told) == len(set(told))
    block, missing = document.begin(), []
    while block.isValid():
        start = (block.position(), block.position() + len(block.text()))
        in_picture = any(
            spoken(block.text()) in node.description for node in root.walk() if node.role is Role.Graphic
        )
        if spoken(block.text()) and block.isVisible() and start not in told and not in_picture:
            missing.append(block.text())
        block = block.next()
    assert missing == []


@pytest.mark.parametrize("article", SHIPPED)
def test_every_object_knows_its_place(desk: Desk, article: str) -> None:
    """Readers walk up and sideways as well as down."""
    desk.open(article)

    def check(parent: QAccessibleInterface) -> None:
        for index in range(parent.childCount()):
            child = parent.child(index)
            assert child.parent() is parent, name(child)
            assert parent.indexOfChild(child) == index, name(child)
            if isinstance(parent.object(), type(None)) or parent is document_of(desk):
                check(child)

    check(document_of(desk))


def test_a_step_is_a_box_in_its_item(desk: Desk) -> None:
    """Its name says number and text; ticking through the reader is ticking."""
    desk.open(MEETINGS)
    box = first(desk, Role.CheckBox, "Steg 1: Kör Windows Update")
    assert box.parent().role() == Role.ListItem
    assert not box.state().checked
    toggle = QAccessibleActionInterface.toggleAction()
    assert toggle in box.actionInterface().actionNames()

    box.actionInterface().doAction(toggle)

    assert box.state().checked
    assert "windows-update" in desk.steps.done(MEETINGS)


def test_a_step_whose_parts_are_done_in_part_is_mixed(desk: Desk) -> None:
    """Neither ticked nor clear."""
    desk.open(MEETINGS)
    part = first(desk, Role.CheckBox, "Steg a: ")
    part.actionInterface().doAction(QAccessibleActionInterface.toggleAction())
    whole = first(desk, Role.CheckBox, "Steg 1: Kontrollera i Certifikathanteraren")
    assert whole.state().checkStateMixed
    assert not whole.state().checked


def test_a_question_says_whether_it_is_open(desk: Desk) -> None:
    """The answer is there when it is open and only then."""
    desk.open(FAQ)
    question = first(desk, Role.Button, "Är jag tvungen")
    assert (question.state().expandable, question.state().expanded) == (True, False)
    before = len(list(walk(document_of(desk))))

    question.actionInterface().doAction(QAccessibleActionInterface.pressAction())

    assert (question.state().expanded, question.state().collapsed) == (True, False)
    assert len(list(walk(document_of(desk)))) > before


def test_cells_of_the_matrix_say_row_column_and_category(desk: Desk) -> None:
    """They are alternatives; choosing one is told as its state."""
    desk.open(MEETINGS)
    cell = first(desk, Role.RadioButton, "Det går inte att ansluta till ett onlinemöte")
    matrix = next(found for found in of_role(desk, Role.Grouping) if name(found) == "Omfattningsmatris")
    cells = [found for found in walk(matrix) if found.role() == Role.RadioButton]
    assert len(cells) == 2 * 5 + 2 + 5
    assert all(name(found) for found in cells)
    cell = next(found for found in cells if name(found).endswith("Klientproblem"))
    cell.actionInterface().doAction(QAccessibleActionInterface.pressAction())
    assert cell.state().checked


def test_tables_lists_callouts_and_pictures_are_what_they_are(desk: Desk) -> None:
    """Each with what it encloses."""
    desk.open(small_article(), "en")
    (table,) = of_role(desk, Role.Table)
    rows = [
        [name(cell) for cell in walk(row) if cell is not row] for row in walk(table) if row.role() == Role.Row
    ]
    assert rows == [["Port", "Use"], ["443", "Web"], ["5061", "SIP"]]
    assert [name(found) for found in of_role(desk, Role.ColumnHeader)] == ["Port", "Use"]
    (note,) = of_role(desk, Role.Note)
    assert name(note) == "Warning"
    outer = next(found for found in of_role(desk, Role.List) if found.childCount() == 2)
    assert [name(outer.child(index)) for index in range(2)] == ["• One", "• Two"]
    assert any(found.role() == Role.List for found in walk(outer.child(1)))
    (picture,) = of_role(desk, Role.Graphic)
    assert name(picture) == "A drawing"
    assert "missing" in picture.text(QAccessible.Text.Description)


def test_a_block_in_another_language_says_so(desk: Desk) -> None:
    """The voice changes with the text, not with the window."""
    desk.open(small_article(), "en")
    assert language(first(desk, Role.Paragraph, "Bara på svenska.")) == "sv"
    assert language(first(desk, Role.Heading, "Kinds")) == "en"


def test_links_take_the_focus_and_are_followed(desk: Desk, qtbot: QtBot) -> None:
    """As with the keyboard."""
    desk.open(MEETINGS)
    desk.page.activateWindow()
    link = first(desk, Role.Link, "Omfattning")
    link.actionInterface().doAction(QAccessibleActionInterface.setFocusAction())
    qtbot.waitUntil(lambda: bool(link.state().focused))
    assert document_of(desk).focusChild() is link
    with qtbot.waitSignal(desk.page.jumped):
        link.actionInterface().doAction(QAccessibleActionInterface.pressAction())


def test_the_text_can_be_read_and_the_caret_moved(desk: Desk) -> None:
    """Character by character, at the place on the screen where it stands."""
    desk.open(MEETINGS)
    paragraph = first(desk, Role.Paragraph, "Den här artikeln hjälper")
    text = paragraph.textInterface()
    assert text.text(0, 15) == "Den här artikel"
    text.setCursorPosition(8)
    assert text.cursorPosition() == 8
    assert paragraph.rect().contains(text.characterRect(8).center())
    assert QAccessible.queryAccessibleInterface(desk.page.view).textInterface() is not None


def test_objects_outlive_a_rebuild_but_not_their_language(desk: Desk) -> None:
    """A reader keeps the language that an object had when they met."""
    desk.open(MEETINGS)
    heading = first(desk, Role.Heading, "Symtom")
    desk.theme.set_zoom(1.5)
    assert first(desk, Role.Heading, "Symtom") is heading
    desk.switch("en")
    assert not Shiboken.isValid(heading)
    assert language(first(desk, Role.Heading, "Symptoms")) == "en"


def test_another_article_leaves_no_objects_behind(desk: Desk) -> None:
    """What is no longer on the page is no longer told."""
    desk.open(MEETINGS)
    gone = first(desk, Role.Heading, "Symtom")
    desk.open(FAQ)
    assert len(of_role(desk, Role.Heading)) > 5
    assert not Shiboken.isValid(gone)


def test_objects_go_with_their_page(desk: Desk) -> None:
    """Qt deletes those of widgets, the page those of its text; none twice."""
    desk.open(MEETINGS)
    objects = [found for found in walk(document_of(desk)) if found.object() is None]
    desk.page.view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(Shiboken.isValid(found) for found in objects)


def test_what_is_left_of_the_objects_holds_no_page(desk: Desk) -> None:
    """They stay in memory after Qt has deleted them, and a page leads to its whole window."""
    desk.open(MEETINGS)
    objects = list(walk(document_of(desk)))
    assert any("_page" in vars(found) for found in objects)
    desk.page.view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any("_page" in vars(found) for found in objects)


def test_nodes_have_keys_of_their_own(desk: Desk) -> None:
    """Objects are found again by them."""
    desk.open(MEETINGS)
    article = desk.library.article(MEETINGS, "sv")
    stage = desk.page.stage
    root = TreeBuilder(article, stage.page, desk.page.view.document(), desk.translator).build()
    keys = [node.key for node in root.walk()]
    assert len(keys) == len(set(keys))
    assert isinstance(root, Node)
