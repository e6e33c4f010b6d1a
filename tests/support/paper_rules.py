"""What is wrong with the pages of a printout: headings alone, steps without their numbers, lost lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock

from kbviewer.ui.article.page_breaks import Sheet
from kbviewer.ui.article.printout import Printout


def slips(printout: Printout) -> Iterator[str]:
    """Yield a sentence for each broken rule."""
    steps = {text.first: step for step, text in printout.paper.page.steps.items()}
    cards = {card.first for card in printout.paper.page.cards if card.last > card.first}
    shown = [_shown(printout, sheet) for sheet in printout.sheets]
    for page, lines in enumerate(shown, 1):
        if not lines:
            yield f"page {page} is empty"
            continue
        first, last = lines[0], lines[-1]
        is_last_page = page == len(shown)
        if not is_last_page and last[0].blockNumber() in printout.paper.page.levels:
            yield f"page {page} ends with the heading {last[0].text()!r}"
        if not is_last_page and last[0].blockNumber() in cards and shown[page][0][0] != last[0]:
            yield f"page {page} ends with the first paragraph of a box"
        block, line = first
        count = block.layout().lineCount()
        if 0 < line < 2 or (line and count - line < 2):
            yield f"page {page} begins with line {line + 1} of {count} of {block.text()[:40]!r}"
        if line and block.blockNumber() in steps and line < 2:
            yield f"page {page} cuts step {steps[block.blockNumber()]} from its number"
    counted = sum(map(len, shown))
    total = sum(block.layout().lineCount() for block in _blocks(printout) if block.text().strip())
    if counted != total:
        yield f"{counted} of {total} lines are on pages"


def _shown(printout: Printout, sheet: Sheet) -> list[tuple[QTextBlock, int]]:
    """Return the lines with text of a page: text block and number of the line in it."""
    lines = []
    geometry = printout.paper.geometry
    for number in range(sheet.first, sheet.last + 1):
        block = geometry.block(number)
        origin = geometry.origin(block)
        for index in range(block.layout().lineCount() if block.text().strip() else 0):
            if sheet.top - 1 <= origin.y() + block.layout().lineAt(index).y() < sheet.bottom - 1:
                lines.append((block, index))
    return lines


def _blocks(printout: Printout) -> Iterator[QTextBlock]:
    block = printout.paper.document.begin()
    while block.isValid():
        yield block
        block = block.next()
