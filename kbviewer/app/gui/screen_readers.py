"""How screen readers come to the structure of an article page."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

# A cell, its matrix, the viewport, the view, the page.
_STEPS_TO_PAGE = 4


def serve_screen_readers() -> None:
    """Have Qt ask article pages for the objects of their parts. Once per process: Qt offers no way back."""
    QAccessible.installFactory(_make)


def _make(name: str, part: QObject) -> QAccessibleInterface | None:  # noqa: ARG001 - Qt's signature
    """Return the object of a part of an article page, None for all other widgets: Qt knows those.

    Pages are known by what they offer, so that the article room is not loaded for a window without one.
    """
    holder = part.parent()
    for _ in range(_STEPS_TO_PAGE):
        if holder is None:
            return None
        offer = getattr(holder, "accessible_part", None)
        if offer is not None:
            found: QAccessibleInterface | None = offer(part)
            return found
        holder = holder.parent()
    return None
