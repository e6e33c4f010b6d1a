"""The reader's notes on the page: a real button at every kind of block, over nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QTextBlock
from PySide6.QtTest import QTest

from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.ui.article.contracts import PlaceCommand
from kbviewer.ui.article.page_map import Kind
from tests.gui.article.conftest import Desk

TEXT = """\
---
title: Alla sorters block
lang: sv
---
# Alla sorters block

En ingress som är lång nog att fylla hela raden i kolumnen och ta slut först på den andra raden, ungefär här.

## Rubrik {#rubrik}

Stycke ett som är lång nog att fylla hela raden i kolumnen och ta slut först på den andra raden, ungefär här.

1. Första steget, som är långt nog att fylla hela raden i kolumnen och ta slut först på den andra. {#ett}
2. Andra {#tva}

- En punkt

> [!WARNING]
> En varning.

```
kod --som --kan kopieras
```

| A | B |
|---|---|
| ett | två |

> [!div class="kb-scope"]
>
> | Omfattning | En | Flera |
> |---|---|---|
> | Här | [Klient](#rubrik) | [Tjänst](#rubrik) |

> [!div class="kb-symptoms"]
>
> | Symtom | Kategori | Åtgärd |
> |---|---|---|
> | Inget ljud | Klient | [Rubrik](#rubrik) |

<details id="faq-a"><summary>Varför?</summary>

Därför.

</details>
"""
KEYS = (
    "",
    "s0/p1",
    "rubrik",
    "rubrik/p1",
    "ett",
    "tva",
    "rubrik/l1/1/p1",
    "rubrik/c1/p1",
    "rubrik/x1",
    "rubrik/t1",
    "rubrik/m1",
    "rubrik/y1",
    "faq-a",
    "faq-a/p1",
)


def article() -> Article:
    return read_article(TEXT, article_id="alla", source="alla/sv.md").article


def open_with_notes(desk: Desk, *keys: str) -> None:
    desk.marks.kept = {key: f"Om {key}" for key in keys or KEYS}
    desk.answers.kept.add(("alla", "faq-a"))
    desk.open(article())


def text_rects(desk: Desk, block: QTextBlock) -> list[QRectF]:
    """Where the letters of a block are, line by line."""
    origin, layout = desk.page.stage.geometry.origin(block), block.layout()
    return [
        layout.lineAt(number).naturalTextRect().translated(origin) for number in range(layout.lineCount())
    ]


@pytest.mark.parametrize(
    ("width", "zoom", "touch"), [(1094, 1.0, False), (360, 1.0, False), (700, 2.0, True)]
)
def test_every_kind_of_block_has_room_for_its_note(
    make_desk: Callable[..., Desk], width: int, zoom: float, touch: bool
) -> None:
    """Neither the text nor another button lies under it, and all of it is on the page."""
    desk = make_desk(zoom=zoom, touch=touch, width=width)
    open_with_notes(desk)
    page, offset = desk.page, desk.page.view.offset
    assert desk.keys("note") == [f"note:{key or '@title'}" for key in KEYS]
    others = [item for item in page.stage.page.embedded if item.kind is not Kind.NOTE]
    for key in desk.keys("note"):
        item = page.stage.page.embedded_by_key(key)
        assert item is not None
        button = desk.widget(key)
        page.layer.place_one(key, offset.x(), offset.y())
        place = button.geometry()
        assert min(place.width(), place.height()) >= (32 if touch else 24)
        assert place.right() <= page.view.viewport().width(), key
        assert place.left() >= 0, key
        for other in others:
            page.layer.place_one(other.key, offset.x(), offset.y())
            shown = page.layer.made(other.key)
            # A question's header is as wide as its card; the note lies on it, beside its words.
            if shown is not None and shown.isVisible() and other.kind is not Kind.FAQ:
                assert not shown.geometry().intersects(place), (key, other.key)
        inner = QRectF(QRect(place).translated(offset)).adjusted(3, 3, -3, -3)
        block = page.stage.geometry.block(item.first)
        if block.text() != "\ufffc" and not item.width:
            assert not any(rect.intersects(inner) for rect in text_rects(desk, block)), key


def test_in_a_table_the_button_stands_in_the_first_cell(desk: Desk) -> None:
    """The edge of the column is the last cell's."""
    open_with_notes(desk, "rubrik/t1")
    desk.page.go_to("rubrik/t1")
    place = desk.widget("note:rubrik/t1").geometry()
    assert place.center().x() < desk.page.view.viewport().width() / 4


def test_tab_comes_to_the_box_and_then_to_the_note(desk: Desk) -> None:
    """The step first, then what is remarked on it."""
    open_with_notes(desk, "ett")
    desk.page.go_to("ett")
    assert desk.page.layer.key_of(desk.widget("tick:ett")) == "tick:ett"
    desk.press(Qt.Key.Key_Tab)
    assert desk.widget("note:ett").hasFocus()
    with desk.qtbot.waitSignal(desk.page.place_commanded) as asked:
        desk.press(Qt.Key.Key_Return)
    assert asked.args == [PlaceCommand.NOTE, "ett"]


def test_a_note_is_named_and_comes_after_its_text(desk: Desk) -> None:
    """What a screen reader meets."""
    open_with_notes(desk, "rubrik")
    button = desk.widget("note:rubrik")
    assert button.accessibleName() == "Anteckning: Om rubrik"
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None
    assert found.role() == QAccessible.Role.Button


def test_notes_come_and_go_without_moving_the_page(desk: Desk) -> None:
    """The reader is in the middle of a step."""
    open_with_notes(desk, "tva")
    desk.page.go_to("tva")
    before = desk.page.place()
    desk.marks.kept = {"tva": "Om", "ett": "Ny"}
    desk.page.refresh_notes()
    assert desk.page.place() == before
    assert desk.widget("tick:tva").hasFocus()
    desk.marks.kept = {}
    desk.page.refresh_notes()
    assert desk.keys("note") == []


def test_here_is_where_the_focus_or_the_cursor_is_else_the_first_whole_block(desk: Desk) -> None:
    """A note goes where the reader looks."""
    page = desk.open(article())
    assert page.block_here() == ""
    page.go_to("tva")
    assert page.block_here() == "tva"
    assert page.section_here() == "tva"
    page.view.setFocus()
    block = page.stage.geometry.block(page.stage.page.areas["rubrik/c1/p1"].first)
    page.view.reveal(
        page.stage.geometry.top(block.blockNumber()), page.stage.geometry.bottom(block.blockNumber())
    )
    rect = text_rects(desk, block)[0].center().toPoint() - page.view.offset
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rect)
    assert page.block_here() == "rubrik/c1/p1"
    assert page.section_here() == "rubrik"


def test_a_copy_holds_no_notes(desk: Desk) -> None:
    """What is pasted into a ticket is the article's."""
    open_with_notes(desk)
    desk.page.select_all()
    desk.page.copy()
    from PySide6.QtGui import QGuiApplication

    assert "Om rubrik" not in QGuiApplication.clipboard().text()
