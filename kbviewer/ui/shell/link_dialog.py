"""Shows an address to copy, or says why a link leads nowhere. Opens nothing by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.shell.link_notice import LinkNotice
from kbviewer.ui.theme.dialog import Dialog


class LinkDialog(Dialog):
    """Shows a LinkNotice.

    Signals:
        search_requested(text): the reader wants to search for that.
        opening_requested(address): the reader wants it in the browser.
    """

    search_requested = Signal(str)
    opening_requested = Signal(str)

    def __init__(self, notice: LinkNotice, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(notice.title, translator, parent)
        _ = translator.gettext
        self.add_text(notice.sentence)
        if notice.address:
            address = QLineEdit(notice.address)
            address.setReadOnly(True)
            address.setAccessibleName(_("Address"))
            address.setCursorPosition(0)
            address.selectAll()
            self.body.addWidget(address)
            self.add_copy_button(
                _("Copy the address"), notice.address, _("Copied"), default=not notice.can_open
            )
            if notice.can_open:
                button = self.add_button(_("Open in the browser"), default=True)
                button.clicked.connect(lambda: self._open(notice.address))
        if notice.search_for:
            button = self.add_button(_("Search for this"), default=True)
            button.clicked.connect(lambda: self._search(notice.search_for))
        self.add_close_button(default=not notice.address and not notice.search_for)

    def _open(self, address: str) -> None:
        self.accept()
        self.opening_requested.emit(address)

    def _search(self, text: str) -> None:
        self.accept()
        self.search_requested.emit(text)
