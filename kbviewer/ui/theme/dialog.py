"""The common look of the window's dialogs: a heading, a body, buttons at the bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.finger_watch import FingerWatch
from kbviewer.ui.theme.rights import needs

_ROOMY_FROM_PX = 400
_EDGE_PX = 2


class Dialog(QDialog):
    """A dialog as wide as a column of text, never wider than its window."""

    def __init__(
        self, title: str, translator: Translator, parent: QWidget | None, width_px: int = 520
    ) -> None:
        super().__init__(parent)
        self.translator = translator
        self.setWindowTitle(title)
        self.setLocale(parent.locale() if parent is not None else self.locale())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width_px = min(width_px, parent.width() - 24) if parent is not None else width_px
        self.setMinimumWidth(min(280, self._width_px))
        layout = self._column = QVBoxLayout(self)
        side = 24 if self._width_px >= _ROOMY_FROM_PX else 12
        layout.setContentsMargins(side, 20, side, 16)
        layout.setSpacing(12)
        heading = QLabel(title)
        heading.setWordWrap(True)
        font = QFont(heading.font())
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        layout.addWidget(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        layout.addLayout(self.body, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        layout.addSpacing(4)
        layout.addLayout(self._buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an edge where the window system draws none: else nobody sees where the dialog ends."""
        super().paintEvent(event)
        if not self.internalWinId() or not self.windowHandle().frameMargins().isNull():
            return
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.Dark)
        painter.setPen(QPen(colour, _EDGE_PX, j=Qt.PenJoinStyle.MiterJoin))
        half = _EDGE_PX // 2
        painter.drawRect(self.rect().adjusted(half, half, -half, -half))

    def add_text(self, text: str) -> QLabel:
        """Add a paragraph that can be selected."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label)
        return label

    def add_source(self, text: str, name: str, height_px: int = 160) -> QPlainTextEdit:
        """Add a text to read and copy."""
        field = QPlainTextEdit(text)
        field.setReadOnly(True)
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setMinimumHeight(min(height_px, 80))
        field.setFixedHeight(height_px)
        self.body.addWidget(field)
        return field

    def add_button(self, text: str, *, default: bool = False) -> QPushButton:
        """Add a button at the bottom, the last one on the right.

        Enter presses the button that has the focus; the default one while the focus is in a field.
        """
        button = QPushButton(text)
        button.setAutoDefault(True)
        button.setDefault(default)
        self._buttons.addWidget(button)
        return button

    def add_copy_button(
        self, button_text: str, text: str, done_text: str, *, default: bool = False
    ) -> QPushButton:
        """Add a button that copies `text` and then says so."""
        button = self.add_button(button_text, default=default)
        self.copy_on_click(button, text, done_text)
        return button

    def copy_on_click(self, button: QPushButton, text: str, done_text: str) -> None:
        """Let a button copy `text` and then say so."""

        def copy() -> None:
            QGuiApplication.clipboard().setText(text)
            button.setText(done_text)
            announce(button, done_text)

        needs(button, Right.COPY).clicked.connect(copy)

    def add_close_button(self, *, default: bool = True) -> QPushButton:
        """Add the button that closes the dialog."""
        button = self.add_button(self.translator.gettext("Close"), default=default)
        button.clicked.connect(self.accept)
        return button

    def open_centred(self) -> None:
        """Show the dialog over its window, without stopping the program."""
        margins = self._column.contentsMargins()
        if self._buttons.sizeHint().width() > self._width_px - margins.left() - margins.right():
            self._buttons.setDirection(QBoxLayout.Direction.TopToBottom)
        self.resize(self._width_px, self._column.totalHeightForWidth(self._width_px))
        self.open()
        FingerWatch(self)
