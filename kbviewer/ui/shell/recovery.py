"""After a crash: what is still there, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import N_, Message, message
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.offer_bar import OfferBar


@dataclass(frozen=True, slots=True)
class Recovery:
    """How the last run ended, when that was not in good order.

    Attributes:
        skips_tabs: it happened while the program started, again and again: the tabs may be why.
        report: what the makers need to know, "" when nothing is known.
    """

    skips_tabs: bool = False
    report: str = ""


def describe(recovery: Recovery, *, has_reopened: bool) -> Message:
    """Return what the reader is told."""
    if recovery.skips_tabs:
        return message(
            N_(
                "The program ended unexpectedly several times while it was starting, so it has started "
                "without your tabs. Nothing that was saved is lost."
            )
        )
    if has_reopened:
        return message(
            N_(
                "The program ended unexpectedly the last time. Your tabs are as you left them, and nothing "
                "that was saved is lost."
            )
        )
    return message(N_("The program ended unexpectedly the last time. Nothing that was saved is lost."))


class RecoveryNotice(QObject):
    """Tells the reader, and offers the tabs that have not been opened.

    Signals:
        said(text): a short note for the reader.
    """

    said = Signal(str)

    def __init__(
        self,
        recovery: Recovery | None,
        theme: Theme,
        translator: Translator,
        add_strip: Callable[[QWidget, Sequence[QWidget]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self._theme = theme
        self._translator = translator
        self._add_strip = add_strip
        self._bar: OfferBar | None = None

    def show(self, reopen: Callable[[], object] | None) -> None:
        """Show how the last run ended, if that was badly.

        Args:
            reopen: opens the tabs that were open then; None when they are open, or there were none.
        """
        if self._recovery is None:
            return
        from kbviewer.ui.shell.offer_bar import OfferBar
        from kbviewer.ui.shell.status_page import NextStep

        steps = []
        if reopen is not None:
            steps.append(NextStep(N_("Continue reading"), lambda: self._reopen(reopen)))
        if self._recovery.report:
            steps.append(NextStep(N_("Copy the report"), self._copy))
        self._bar = OfferBar(self._theme, self._translator, steps, can_close=True)
        self._add_strip(self._bar, self._bar.stops)
        self._bar.show_message(describe(self._recovery, has_reopened=reopen is None))

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        if self._bar is not None:
            self._bar.retranslate()

    def _reopen(self, reopen: Callable[[], object]) -> None:
        if self._bar is not None:
            self._bar.hide()
        reopen()

    def _copy(self) -> None:
        if self._recovery is not None:
            QGuiApplication.clipboard().setText(self._recovery.report)
            self.said.emit(self._translator.gettext("Copied"))
