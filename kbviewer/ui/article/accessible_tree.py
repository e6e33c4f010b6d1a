"""The structure of a page for screen readers: headings, lists, tables, links and widgets in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QAccessible, QTextBlock, QTextCursor, QTextDocument

from kbviewer.model.article import Article, outline
from kbviewer.ui.article.accessible_areas import Area, areas_of
from kbviewer.ui.article.contracts import Texts
from kbviewer.ui.article.page_map import Embedded, PageMap, Place

Role = QAccessible.Role
# Their text is what they are named by, so that one paragraph needs no object of its own inside.
_NAMED_BY_TEXT = (Role.ListItem, Role.Cell, Role.ColumnHeader, Role.Graphic)


@dataclass(slots=True, eq=False)
class Node:
    """One object that a screen reader meets.

    Attributes:
        key: unique on the page and the same in all languages that agree in structure.
        first, last: numbers of its text blocks.
        start, end: document positions of its own text; equal when it has none.
        level: of a heading, else 0.
        language: BCP 47 tag of its text.
        widget: key of the embedded widget that it is, else "".
        link: number of the link or tip that it is, else -1.
    """

    key: str
    role: Role
    name: str = ""
    first: int = 0
    last: int = 0
    start: int = 0
    end: int = 0
    level: int = 0
    language: str = ""
    widget: str = ""
    link: int = -1
    description: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def add(self, child: Node) -> None:
        """Append a child."""
        child.parent = self
        self.children.append(child)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def spoken(text: str) -> str:
    """Return `text` without the spaces and signs that only arrange it on the page."""
    return " ".join(text.replace("\ufffc", " ").split())


class TreeBuilder:
    """Reads the structure of a page from its article, its map and its document; leaves hidden blocks out."""

    def __init__(self, article: Article, page: PageMap, document: QTextDocument, texts: Texts) -> None:
        self._article = article
        self._page = page
        self._document = document
        self._areas = areas_of(article, page, document, texts)
        self._levels = {entry.anchor: entry.level for entry in outline(article)}
        self._starts = [spot.start for spot in page.links]
        self._items: dict[int, list[Embedded]] = {}
        for item in page.embedded:
            self._items.setdefault(item.first, []).append(item)
        self._questions = {
            item.first: item.key.removeprefix("faq:") for item in page.embedded if item.key.startswith("faq:")
        }

    def build(self) -> Node:
        """Return the root of the tree."""
        count = self._document.blockCount()
        root = Node("", Role.Document, self._article.title, 0, count - 1, language=self._article.language)
        open_nodes = [root]
        waiting = iter(self._areas)
        area = next(waiting, None)
        block = self._document.begin()
        for number in range(count):
            while len(open_nodes) > 1 and open_nodes[-1].last < number:
                self._close(open_nodes.pop())
            while area is not None and area.first <= number:
                if area.first == number:
                    node = self._container(area)
                    open_nodes[-1].add(node)
                    open_nodes.append(node)
                area = next(waiting, None)
            if block.isVisible():
                self._block(open_nodes[-1], block, number)
            block = block.next()
        while len(open_nodes) > 1:
            self._close(open_nodes.pop())
        return root

    def _container(self, area: Area) -> Node:
        language = self._page.languages.get(area.first, self._article.language)
        return Node(area.key, area.role, area.name, area.first, area.last, language=language)

    def _close(self, node: Node) -> None:
        """Drop what turned out empty; let an item of one paragraph be that paragraph."""
        if not node.children:
            if node.parent is not None:
                node.parent.children.remove(node)
            return
        if node.role not in _NAMED_BY_TEXT:
            return
        texts = [child for child in node.children if child.role is Role.Paragraph]
        if not texts:
            return
        lead = texts[0]
        if node.role is Role.Graphic:
            node.name = node.name or lead.name
            node.description = " ".join(text.name for text in texts if text.name != node.name)
        else:
            node.name = lead.name
            if len(node.children) > 1:
                return
        node.start, node.end, node.language = lead.start, lead.end, lead.language
        node.children = []
        for text in texts:
            for child in text.children:
                node.add(child)

    def _block(self, parent: Node, block: QTextBlock, number: int) -> None:
        """Add a text block with the widgets that stand before, in and after it."""
        after: list[Node] = []
        for item in self._items.get(number, ()):
            node = Node(f"widget:{item.key}", Role.Client, first=number, last=item.last, widget=item.key)
            node.language = item.language
            if item.place in (Place.CORNER, Place.ASIDE) or (
                item.place is Place.OBJECT and item.width is not None
            ):
                after.append(node)
            else:
                parent.add(node)
        text = block.text()
        name = spoken(text)
        if name:
            start = block.position()
            parent.add(self._text(number, name, start, start + len(text)))
        for node in after:
            parent.add(node)

    def _text(self, number: int, name: str, start: int, end: int) -> Node:
        node = Node(self._key(number), Role.Paragraph, name, number, number, start, end)
        node.language = self._page.languages.get(number, self._article.language)
        node.level = self._page.levels.get(number, 0)
        question = self._questions.get(number)
        if question is not None:
            node.level = self._levels.get(question, 2)
        if node.level:
            node.role = Role.Heading
        for index in range(bisect_left(self._starts, start), len(self._starts)):
            if self._starts[index] >= node.end:
                break
            node.add(self._link(index, number, node.language))
        return node

    def _link(self, index: int, number: int, language: str) -> Node:
        spot = self._page.links[index]
        cursor = QTextCursor(self._document)
        cursor.setPosition(spot.start)
        cursor.setPosition(spot.end, QTextCursor.MoveMode.KeepAnchor)
        role = Role.Link if spot.link is not None else Role.StaticText
        key = f"link:{spot.owner}:{spot.index}"
        node = Node(key, role, spoken(cursor.selectedText()), number, number, spot.start, spot.end)
        node.language, node.link, node.description = language, index, spot.tip
        return node

    def _key(self, number: int) -> str:
        """Return a name for a text block by what it follows: the same in every language."""
        span = self._page.span_at(number)
        return f"text:{span.key}:{number - span.first}" if span is not None else f"text::{number}"
