"""What tests look at on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage, QPainter

from kbviewer.model.article import Article
from kbviewer.ui.article.printout import Printout

Print = Callable[..., Printout]


def pages(printout: Printout) -> list[str]:
    return [printout.text_of(page).replace("\u00a0", " ") for page in range(1, printout.page_count + 1)]


def squeezed(text: str) -> str:
    """Return text without what a line break changes."""
    return "".join(text.split())


def picture(printout: Printout, page: int) -> QImage:
    """Return a page as it is painted."""
    image = QImage(794, 1123, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    printout.paint(painter, page)
    painter.end()
    return image


def made(*blocks: object) -> Article:
    return Article(id="made", language="sv", title="Titel", blocks=blocks)  # type: ignore[arg-type]
