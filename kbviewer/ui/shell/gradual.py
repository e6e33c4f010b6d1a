"""Work that takes long, in slices between which the window goes on; it can be given up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.ui.theme.dialog import Dialog

_SLICE_SECONDS = 0.03
_PATIENCE_SECONDS = 0.5
_FINE = 1000


class ProgressDialog(Dialog):
    """Shows how far something is; Cancel and Esc give it up."""

    def __init__(self, title: str, translator: Translator, parent: QWidget) -> None:
        super().__init__(title, translator, parent, width_px=400)
        self._bar = QProgressBar()
        self._bar.setRange(0, _FINE)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.body.addWidget(self._bar)
        button = self.add_button(translator.gettext("Cancel"), default=True)
        button.clicked.connect(self.reject)

    def show_share(self, share: float) -> None:
        """Show that a share, 0 to 1, is done."""
        self._bar.setValue(round(_FINE * share))


class Gradual(QObject):
    """Runs one piece of work at a time; what takes over half a second shows how far it is.

    Attributes:
        dialog: while the progress is shown.
    """

    def __init__(self, window: QWidget, translator: Translator) -> None:
        super().__init__(window)
        self._window = window
        self._translator = translator
        self._work: Iterator[float] | None = None
        self._title = ""
        self._began = 0.0
        self._then: Callable[[], object] = lambda: None
        self._given_up: Callable[[], object] = lambda: None
        self._failed: Callable[[KbError], object] = lambda _error: None
        self.dialog: ProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._work is not None

    def run(
        self,
        title: str,
        work: Iterator[float],
        then: Callable[[], object],
        *,
        given_up: Callable[[], object] = lambda: None,
        failed: Callable[[KbError], object] = lambda _error: None,
    ) -> None:
        """Do `work`, which yields how much of it is done, then call `then`, or what else came of it.

        What was being done is given up. A first slice is done at once, so that short work needs no turn.
        """
        self._stop()
        self._title, self._work = title, work
        self._then, self._given_up, self._failed = then, given_up, failed
        self._began = time.monotonic()
        self._timer.start()
        self._go_on()

    def give_up(self) -> None:
        """Stop in the middle and say so."""
        if self._work is not None:
            given_up = self._given_up
            self._stop()
            given_up()

    def _go_on(self) -> None:
        work = self._work
        if work is None:
            return
        until = time.monotonic() + _SLICE_SECONDS
        try:
            share = next(work)
            while time.monotonic() < until:
                share = next(work)
        except StopIteration:
            self._stop()
            self._then()
        except KbError as error:
            failed = self._failed
            self._stop()
            failed(error)
        else:
            self._show(share)

    def _show(self, share: float) -> None:
        if self.dialog is None and time.monotonic() - self._began > _PATIENCE_SECONDS:
            self.dialog = ProgressDialog(self._title, self._translator, self._window)
            self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
            self.dialog.rejected.connect(self.give_up)
            self.dialog.open_centred()
        if self.dialog is not None:
            self.dialog.show_share(share)

    def _stop(self) -> None:
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None and hasattr(work, "close"):
            # Painters end now, not when Python gets to it.
            work.close()
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.rejected.disconnect(self.give_up)
            dialog.accept()
