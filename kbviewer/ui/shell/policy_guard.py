"""Carries out in every window what a policy withholds: buttons, menu entries, context menus, the clipboard.

Made only where something is withheld: it sees every event of the program.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QAction, QClipboard, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPlainTextEdit, QTextEdit, QWidget

from kbviewer.model.policy import Policy, Right
from kbviewer.ui.theme.rights import NEEDED

_LOOKED_AT = frozenset({QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.EnabledChange})


class PolicyGuard(QObject):
    """Hides what needs a right that readers lack, in whichever dialog it comes up, and keeps it from use."""

    def __init__(self, policy: Policy, parent: QObject) -> None:
        super().__init__(parent)
        self._withheld = frozenset(right.value for right in Right if not policy.allows(right))
        self._has_menus = policy.allows(Right.CONTEXT_MENU)
        self._can_copy = policy.allows(Right.COPY)
        if not self._can_copy:
            QGuiApplication.clipboard().changed.connect(self._empty)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take context menus away, and hide what is about to be seen."""
        kind = event.type()
        if kind == QEvent.Type.ContextMenu and not self._has_menus:
            event.accept()
            return True
        if kind in _LOOKED_AT and isinstance(watched, QWidget):
            self._look_at(watched)
        return False

    def _look_at(self, widget: QWidget) -> None:
        if self._is_withheld(widget):
            if widget.isEnabled():
                widget.setEnabled(False)
            if not widget.isHidden():
                widget.hide()
        elif isinstance(widget, QMenu):
            for action in filter(self._is_withheld, widget.actions()):
                _drop(action)
        elif not self._can_copy:
            _take_selecting(widget)

    def _is_withheld(self, target: QObject) -> bool:
        needed = target.property(NEEDED)
        return bool(needed) and not self._withheld.isdisjoint(str(needed).split())

    def _empty(self, mode: QClipboard.Mode) -> None:
        """Take back what this program has put on a clipboard, by whatever way; others' stays."""
        clipboard = QGuiApplication.clipboard()
        is_ours = {
            QClipboard.Mode.Clipboard: clipboard.ownsClipboard,
            QClipboard.Mode.Selection: clipboard.ownsSelection,
            QClipboard.Mode.FindBuffer: clipboard.ownsFindBuffer,
        }[mode]()
        # PySide's stubs do not know that there may be nothing.
        data = cast("QMimeData | None", clipboard.mimeData(mode))
        if is_ours and data is not None and data.formats():
            clipboard.clear(mode)


def _drop(action: QAction) -> None:
    action.setEnabled(False)
    action.setVisible(False)


def _take_selecting(widget: QWidget) -> None:
    """Leave nothing of a text that is only read to be selected, and so to be dragged out."""
    if isinstance(widget, QLabel) or (isinstance(widget, QTextEdit | QPlainTextEdit) and widget.isReadOnly()):
        flags = widget.textInteractionFlags()
        if flags & Qt.TextInteractionFlag.TextSelectableByMouse:
            widget.setTextInteractionFlags(flags & ~Qt.TextInteractionFlag.TextSelectableByMouse)
