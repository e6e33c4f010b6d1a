"""The reader's data as a whole: whether it can be saved, and whether somebody else has changed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError, StateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.state.user_state import UserState
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.data_transfer import DataTransfer
    from kbviewer.ui.shell.saving_bar import SavingBar

_TRY_AGAIN_AFTER_MS: Final = 5000


class OwnData(QObject):
    """Watches the data while the window is open.

    Signals:
        changed(): another program, or an import, has changed the data; show it anew.
        works_again(): what could not be saved can be saved now.
        said(text): a short note for the reader.
        failed(error): something could not be read or written.
    """

    changed = Signal()
    works_again = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        state: UserState,
        theme: Theme,
        translator: Translator,
        add_strip: Callable[[QWidget, Sequence[QWidget]], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._theme = theme
        self._translator = translator
        self._add_strip = add_strip
        self._bar: SavingBar | None = None
        self._transfer: DataTransfer | None = None
        self._trying = QTimer(self)
        self._trying.setSingleShot(True)
        self._trying.setInterval(_TRY_AGAIN_AFTER_MS)
        self._trying.timeout.connect(self.try_again)
        self._is_leaving = False
        self._version = 0
        self._version = self._read_version()
        state.database.on_saving = self._note_saving
        window.installEventFilter(self)

    @property
    def transfer(self) -> DataTransfer:
        """What asks for a file to export to or import from; made when first needed."""
        if self._transfer is None:
            from kbviewer.ui.shell.data_transfer import DataTransfer

            self._transfer = DataTransfer(self._window, self._state.data, self._translator)
            self._transfer.imported.connect(self.changed)
            self._transfer.said.connect(self.said)
            self._transfer.failed.connect(self.failed)
        return self._transfer

    def tells_of(self, error: KbError) -> bool:
        """Return whether the strip says already what is wrong."""
        return error is self._state.database.failure

    def show_session(self) -> Message | None:
        """Show what stands in the way of saving anything in this session; return what else is to be told."""
        notice = self._state.notice
        if notice is None or self._state.saved:
            return notice
        self._show_session(notice)
        return None

    def look(self) -> None:
        """Find out whether another program has changed the data."""
        version = self._read_version()
        if version != self._version:
            self._version = version
            self.changed.emit()

    def try_again(self) -> None:
        """Find out whether saving works now; `works_again` says so when it does."""
        was_saved = self._state.saved
        if was_saved and self._state.database.failure is None:
            return
        try:
            works = self._state.try_saving()
        except KbError as error:
            self._show_session(message(N_("{what} {remedy}"), what=error.what, remedy=error.remedy or ""))
            return
        if works and not was_saved:
            self._note_saving(None)
            if self._state.notice is not None:
                self.failed.emit(StateError(self._state.notice))
            self._version = self._read_version()
            self.changed.emit()
        elif was_saved and not works:
            self._trying.start()
        elif not works and self._state.notice is not None:
            self._show_session(self._state.notice)

    def may_close(self) -> bool:
        """Return whether the window can go without losing work; else ask, and close it when told to."""
        if self._is_leaving or not self._state.would_lose_work():
            return True
        self.try_again()
        if self._state.saved:
            return True
        from kbviewer.ui.shell.leave_dialog import LeaveDialog

        dialog = LeaveDialog(self._translator, self._window)
        dialog.export_wanted.connect(lambda: self.transfer.ask_export())
        dialog.leave_wanted.connect(self._leave)
        dialog.open_centred()
        return False

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        if self._bar is not None:
            self._bar.retranslate()

    def close(self) -> None:
        """Hear no more of what is saved: the window goes."""
        self._trying.stop()
        self._window.removeEventFilter(self)
        self._state.database.on_saving = lambda _failure: None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when the window comes to the front."""
        if event.type() == QEvent.Type.WindowActivate and watched is self._window:
            self.look()
        return False

    def _leave(self) -> None:
        self._is_leaving = True
        self._window.close()

    def _note_saving(self, failure: StateError | None) -> None:
        if failure is not None:
            text = message(N_("{what} {remedy}"), what=failure.what, remedy=failure.remedy or "")
            self._strip().show_failure(text)
            self._trying.start()
            return
        self._trying.stop()
        self._strip().hide()
        self.said.emit(self._translator.gettext("Saving works again."))
        # Not at once: whoever has just saved something is in the middle of it.
        QTimer.singleShot(0, self, self.works_again.emit)

    def _show_session(self, notice: Message) -> None:
        text = message(N_("{what} Until then, nothing is saved in this session."), what=notice)
        self._strip().show_failure(text)

    def _strip(self) -> SavingBar:
        if self._bar is None:
            from kbviewer.ui.shell.saving_bar import SavingBar

            self._bar = SavingBar(self._theme, self._translator)
            self._add_strip(self._bar, self._bar.stops)
            self._bar.retry_wanted.connect(self._try_by_hand)
            self._bar.export_wanted.connect(lambda: self.transfer.ask_export())
        return self._bar

    def _try_by_hand(self) -> None:
        self.try_again()
        if not self._state.saved or self._state.database.failure is not None:
            self.said.emit(self._translator.gettext("It still cannot be saved."))

    def _read_version(self) -> int:
        try:
            return self._state.database.version()
        except StateError as error:
            self.failed.emit(error)
            return self._version
