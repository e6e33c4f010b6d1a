"""What copying gives: text that can be pasted anywhere, HTML that keeps the structure."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QTextCursor

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Code,
    Heading,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    Table,
    walk,
    walk_steps,
)
from kbviewer.model.inline import Run, plain_text

if TYPE_CHECKING:
    from tests.gui.article.conftest import Desk

SHIPPED = ["kb307294", "kb902534", "account-security-info", "online-meetings"]
VOID = {"br"}


class Structure(HTMLParser):
    """Checks that elements nest, and remembers which there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.seen.append("/".join(self.open[2:]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def made(*blocks: Block) -> Article:
    return Article(id="made", language="sv", title="Titel", blocks=blocks)


def paragraph(text: str) -> Paragraph:
    return Paragraph(key=text, runs=(Run(text),))


def copied(desk: Desk, first: str = "", last: str = "") -> tuple[str, str]:
    """Copy everything, or from the first letter of one text to the last of another."""
    view = desk.page.view
    desk.page.select_all()
    cursor = view.textCursor()
    if first:
        document = view.document()
        start = document.find(first).selectionStart()
        end = document.find(last or first, start).selectionEnd()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    data = desk.page.stage.copier.mime(cursor)
    return data.text(), data.html()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_whole_articles_survive_a_copy(desk: Desk, library: FolderLibrary, name: str, language: str) -> None:
    """Nothing of theirs is missing, nothing of ours or Qt's is added, and the HTML nests."""
    desk.open(name, language)
    desk.page.expand_all()
    text, html = copied(desk)
    article = library.article(name, language)

    for character in "\ufffc\u00a0\u2028\u2029\ue000":
        assert character not in text
        assert character not in html
    assert "  " not in text.replace("\n  ", "\n")
    numbers = [step.number for step in walk_steps(article.blocks)]
    for step in walk_steps(article.blocks):
        assert squeezed(f"{step.number}.{step.runs[0].text}") in squeezed(text)
    for block in walk(article.blocks):
        if isinstance(block, Heading):
            assert plain_text(block.runs) in text.splitlines()
    seen = Structure(html).seen
    assert sum(path.endswith("ol/li") for path in seen) >= len(numbers)


def test_steps_inside_steps_have_both_numbers(desk: Desk) -> None:
    """Pasted into a ticket, "a." alone names nothing; in HTML they are lists in lists."""
    inner = StepList(key="i", steps=(Step(id="a", number="a", runs=(Run("Inre ett."),)),))
    steps = (
        Step(id="1", number="1", runs=(Run("Yttre ett."),), blocks=(inner, paragraph("Efteråt."))),
        Step(id="2", number="2", runs=(Run("Yttre två."),)),
    )
    desk.open(made(StepList(key="l", steps=steps)))

    text, html = copied(desk, "Yttre ett.", "Yttre två.")
    assert text == "1. Yttre ett.\n1.a. Inre ett.\nEfteråt.\n2. Yttre två."
    assert (
        '<ol><li>Yttre ett.<ol type="a"><li>Inre ett.</li></ol><p>Efteråt.</p></li><li>Yttre två.</li></ol>'
        in html
    )
    text, html = copied(desk, "Inre ett.", "Yttre två.")
    assert text == "1.a. Inre ett.\nEfteråt.\n2. Yttre två."
    assert '<ol start="2"><li>Yttre två.' in html
    assert copied(desk, "Inre ett.")[0] == "Inre ett."


def test_tables_are_tables(desk: Desk) -> None:
    """Into a spreadsheet, or into a letter."""
    rows = (((Run("a1"),), (Run("b1"),)), ((Run("a2"),), (Run("b2"),)))
    table = Table(key="t", header=((Run("A"),), (Run("B"),)), rows=rows)
    desk.open(made(paragraph("Före."), table, paragraph("Efter.")))

    text, html = copied(desk, "Före.", "Efter.")
    assert text == "Före.\nA\tB\na1\tb1\na2\tb2\nEfter."
    assert (
        "<table><tr><th><strong>A</strong></th><th><strong>B</strong></th></tr><tr><td>a1</td><td>b1</td></tr>"
        in html
    )
    assert copied(desk, "a1")[0] == "a1"
    assert copied(desk, "a1", "a2")[0] in ("a1\na2", "a1\tb1\na2\tb2")
    # Qt takes the whole table into a selection that reaches out of it, and shows it so.
    assert copied(desk, "b2", "Efter.")[0].endswith("a2\tb2\nEfter.")


def test_literal_text_keeps_its_lines_and_spaces(desk: Desk) -> None:
    """It is meant to be run."""
    desk.open(made(Code(key="c", text="if x:\n    y  =  1"), paragraph("Efter.")))

    text, html = copied(desk, "if x", "Efter.")
    assert text == "if x:\n    y  =  1\nEfter."
    assert "<pre><code>if x:\n    y  =  1</code></pre>" in html


def test_boxes_say_what_they_are(desk: Desk) -> None:
    """A warning that is pasted is still one."""
    desk.open(
        made(
            Callout(key="w", kind=CalloutKind.WARNING, blocks=(paragraph("Stäng av först."),)),
            Callout(key="n", kind=CalloutKind.NOTE, blocks=(paragraph("Det tar tid."),)),
        )
    )

    text, html = copied(desk, "Varning", "Det tar tid.")
    assert text == "Varning: Stäng av först.\nObs! Det tar tid."
    assert "<p><strong>Varning:</strong> Stäng av först.</p>" in html


def test_bullets_inside_bullets_are_indented(desk: Desk) -> None:
    """Otherwise one list comes out."""
    inner = BulletList(key="i", items=((paragraph("inre"),),))
    desk.open(made(BulletList(key="l", items=((paragraph("yttre"), inner), (paragraph("sista"),)))))

    text, html = copied(desk, "yttre", "sista")
    assert text == "• yttre\n  • inre\n• sista"
    assert "<ul><li>yttre<ul><li>inre</li></ul></li><li>sista</li></ul>" in html


def test_the_matrix_comes_out_in_words_with_what_was_chosen(desk: Desk, library: FolderLibrary) -> None:
    """The grid is a widget: nothing of it is in the text itself."""
    desk.open("online-meetings")
    article = library.article("online-meetings", "sv")
    matrix = next(block for block in walk(article.blocks) if isinstance(block, ScopeMatrix))
    assert "Valt:" not in copied(desk)[0]
    desk.choices.set(article, matrix.key, 1, 2)

    text, html = copied(desk)
    words = f"{matrix.rows[1]} · {matrix.columns[2]} – {matrix.cells[1][2].category}"
    assert f"Valt: {words}" in text.splitlines()
    assert f"<p>Valt: {words}</p>" in html
    assert "\t".join([matrix.question, *matrix.columns]) in text.splitlines()


def test_products_are_told_apart(desk: Desk) -> None:
    """Chips stand side by side on the page; in a line of text they need commas."""
    desk.open("kb902534", "en")
    line = next(line for line in copied(desk)[0].splitlines() if line.startswith("Applies to:"))

    assert line.startswith(
        "Applies to: Microsoft Windows XP Home Edition Service Pack 2 (SP2), Microsoft Windows XP Prof"
    )
