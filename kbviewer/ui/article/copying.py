"""What a selection copies: clean text and HTML, with the numbers of steps and without our own labels."""

from __future__ import annotations

from bisect import bisect_right
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFragment, QTextImageFormat

from kbviewer.model.inline import LinkKind
from kbviewer.ui.article.page_map import PageMap
from kbviewer.ui.article.pen import CHIP_ROOM, NO_BREAK
from kbviewer.ui.article.styles import NORMAL, OBJECT_INDEX
from kbviewer.ui.article.writer import OBJECT_CHARACTER


class Copier:
    """Turns a part of a page's document into text and HTML."""

    def __init__(self, document: QTextDocument, page: PageMap, language: str) -> None:
        self._document = document
        self._page = page
        self._language = language
        self._generated = sorted(page.generated)

    def mime(self, cursor: QTextCursor) -> QMimeData:
        """Return the selection as plain text and HTML."""
        lines: list[str] = []
        html: list[str] = []
        block = self._document.findBlock(cursor.selectionStart())
        end = cursor.selectionEnd()
        while block.isValid() and block.position() < end:
            if block.isVisible():
                self._block(block, cursor.selectionStart(), end, lines, html)
            block = block.next()
        data = QMimeData()
        data.setText("\n".join(lines).strip("\n"))
        data.setHtml(f'<html lang="{escape(self._language)}"><body>{"".join(html)}</body></html>')
        return data

    def _block(self, block: QTextBlock, start: int, end: int, lines: list[str], html: list[str]) -> None:
        plain: list[str] = []
        rich: list[str] = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            iterator += 1
            text = self._cut(fragment, start, end)
            if text:
                plain.append(self._plain(text, fragment))
                rich.append(self._rich(text, fragment))
        line = "".join(plain).rstrip()
        if not line:
            return
        number = self._page.numbers.get(block.blockNumber(), "")
        body = line.partition("\t")[2] if number and "\t" in line else line
        if number:
            mark = f"{number}. " if number.isalnum() else f"{number} "
            lines.append(mark + body.strip() if "\t" in line or _goes_on(block, start, end) else body)
        else:
            lines.append(line.strip())
        html.append(self._element(block, "".join(rich).strip(), number))

    def _element(self, block: QTextBlock, content: str, number: str) -> str:
        language = self._page.languages.get(block.blockNumber(), self._language)
        attribute = f' lang="{escape(language)}"' if language != self._language else ""
        level = block.blockFormat().headingLevel()
        if level:
            return f"<h{level}{attribute}>{content}</h{level}>"
        if number and number.isdecimal():
            body = content.partition("\t")[2] or content
            return f'<ol start="{number}"{attribute}><li>{body}</li></ol>'
        if number and number.isalpha():
            body = content.partition("\t")[2] or content
            start = ord(number[0].lower()) - ord("a") + 1
            return f'<ol type="a" start="{start}"{attribute}><li>{body}</li></ol>'
        if number:
            body = content.partition("\t")[2] or content
            return f"<ul{attribute}><li>{body}</li></ul>"
        return f"<p{attribute}>{content}</p>".replace("\t", " ")

    def _cut(self, fragment: QTextFragment, start: int, end: int) -> str:
        """Return the part of a fragment that is selected and that the article holds."""
        first = fragment.position()
        if self._is_generated(first):
            return ""
        text = fragment.text()
        return text[max(0, start - first) : max(0, end - first)]

    def _is_generated(self, position: int) -> bool:
        index = bisect_right(self._generated, (position, 1 << 60)) - 1
        return index >= 0 and self._generated[index][0] <= position < self._generated[index][1]

    def _plain(self, text: str, fragment: QTextFragment) -> str:
        if OBJECT_CHARACTER not in text:
            return text.replace("\u2028", "\n").replace(CHIP_ROOM, "").replace(NO_BREAK, " ")
        form = fragment.charFormat()
        if isinstance(form, QTextImageFormat) or form.isImageFormat():
            return self._page.pictures.get(fragment.position(), "")
        index = form.intProperty(OBJECT_INDEX)
        return self._page.objects[index].plain if index < len(self._page.objects) else ""

    def _rich(self, text: str, fragment: QTextFragment) -> str:
        plain = self._plain(text, fragment)
        if OBJECT_CHARACTER in text:
            rows = [line.split("\t") for line in plain.split("\n")]
            if len(rows) > 1:
                return (
                    "<table>"
                    + "".join(
                        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
                    )
                    + "</table>"
                )
            return escape(plain)
        form = fragment.charFormat()
        content = escape(plain).replace("\n", "<br>")
        if form.fontFixedPitch():
            content = f"<code>{content}</code>"
        elif form.fontWeight() > NORMAL and not fragment_is_heading(fragment):
            content = f"<strong>{content}</strong>"
        if form.fontItalic():
            content = f"<em>{content}</em>"
        address = self._address(form.anchorHref())
        return f'<a href="{escape(address)}">{content}</a>' if address else content

    def _address(self, href: str) -> str:
        number = href.partition(":")[2]
        if not number.isdecimal():
            return ""
        link = self._page.links[int(number)].link
        return link.target if link is not None and link.kind is LinkKind.EXTERNAL else ""


def _goes_on(block: QTextBlock, start: int, end: int) -> bool:
    """Return whether the selection takes a step from its first letter and goes on to others."""
    first = block.position() + block.text().find("\t") + 1
    return start <= first and end > block.position() + block.length()


def fragment_is_heading(fragment: QTextFragment) -> bool:
    """Return whether the fragment's weight comes from being larger text."""
    return fragment.charFormat().fontPointSize() > 0 and fragment.charFormat().fontWeight() > NORMAL
