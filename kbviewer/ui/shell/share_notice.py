"""Tells the reader that a share does not answer, and when it does again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, message
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.offer_bar import OfferBar


class ShareNotice(QObject):
    """Shows a strip while the articles come from a copy that nobody can bring up to date.

    Signals:
        retry_wanted(): the reader wants the share to be asked again.
        said(text): a short note for the reader.
    """

    retry_wanted = Signal()
    said = Signal(str)

    def __init__(
        self,
        theme: Theme,
        translator: Translator,
        add_strip: Callable[[QWidget, Sequence[QWidget]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._add_strip = add_strip
        self._bar: OfferBar | None = None

    def show(self, error: ShareError, made_at: datetime | None) -> None:
        """Show what is wrong, and of when the copy is that is read meanwhile."""
        if self._bar is None:
            from kbviewer.ui.shell.offer_bar import OfferBar
            from kbviewer.ui.shell.status_page import NextStep

            steps = [NextStep(N_("Try again"), self._retry)]
            self._bar = OfferBar(self._theme, self._translator, steps, can_close=False)
            self._add_strip(self._bar, self._bar.stops)
        if made_at is None:
            self._bar.show_message(error.what)
            return
        self._bar.show_message(
            message(
                N_("{what} You are reading the copy on this computer, of {time}."),
                what=error.what,
                time=made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            )
        )

    def hide(self) -> None:
        """The share answers."""
        if self._bar is not None and not self._bar.isHidden():
            self._bar.hide()
            self.said.emit(self._translator.gettext("The share answers again."))

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        if self._bar is not None:
            self._bar.retranslate()

    def _retry(self) -> None:
        self.said.emit(self._translator.gettext("Asking the share …"))
        self.retry_wanted.emit()
