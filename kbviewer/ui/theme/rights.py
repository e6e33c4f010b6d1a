"""What widgets know of rights: a button says which it needs, and each can ask what its window withholds.

What is withheld is a property of the main window, found from every widget and dialog below it, so that no
part has to be handed the policy only to hide a button. The policy decides; `shell/policy_guard.py` carries
it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kbviewer.model.policy import Right

NEEDED: Final = "neededRights"
_WITHHELD: Final = "withheldRights"

Target = TypeVar("Target", bound=QObject)


def needs(target: Target, *rights: Right) -> Target:
    """Let a widget or a menu entry be there only for readers who may do that; return it."""
    target.setProperty(NEEDED, " ".join(rights))
    return target


def withhold(window: QWidget, rights: Iterable[Right]) -> None:
    """Say what a window and all that belongs to it do not offer."""
    window.setProperty(_WITHHELD, " ".join(rights))


def allows(widget: QWidget | None, right: Right) -> bool:
    """Return whether the window that a widget belongs to offers that."""
    while widget is not None:
        withheld = widget.property(_WITHHELD)
        if withheld is not None:
            return right.value not in str(withheld).split()
        widget = widget.parentWidget()
    return True
