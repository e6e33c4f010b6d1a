"""The window that shows an article as it will be on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Right
from kbviewer.ui.article.page_stack import FIT_PAGE, FIT_WIDTH
from kbviewer.ui.article.paper_view import PaperView
from kbviewer.ui.article.printout import Printout
from kbviewer.ui.shell.paper_choices import PaperChoices
from kbviewer.ui.shell.printing_bar import PreviewBar
from kbviewer.ui.shell.printing_panel import PaperPanel
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.finger_watch import FingerWatch
from kbviewer.ui.theme.rights import needs
from kbviewer.ui.theme.theme import Theme

_BESIDE_FROM_PX = 760
_PANEL_PX = 248
_LARGEST = QSize(1180, 900)
_MARGIN_PX = 16
_TIGHT_MARGIN_PX = 6


class PrintPreview(QDialog):
    """Pages beside the choices; in a narrow window one of them at a time.

    Signals:
        chosen(choices): lay the article out like that.
        print_wanted, save_wanted: the pages are to go to a printer, to a file.
        fit_changed(fit): how pages are fitted to the view is to be remembered.
    """

    chosen = Signal(object)
    print_wanted = Signal()
    save_wanted = Signal()
    fit_changed = Signal(str)

    def __init__(
        self,
        languages: Sequence[str],
        choices: PaperChoices,
        fit: str,
        theme: Theme,
        translator: Translator,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        _ = translator.gettext
        self.setWindowTitle(_("Print preview"))
        self.setLocale(parent.locale())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._translator = translator
        self.printout: Printout | None = None
        self.view = PaperView(theme)
        self.view.set_fit(fit)
        self.panel = PaperPanel(languages, theme, translator)
        self.panel.show_choices(choices)
        self.bar = PreviewBar(theme, translator)
        self._lay_out_parts()
        self._connect()
        self.view.setAccessibleName(_("Pages as they will be printed"))

    def open_over(self, window: QWidget) -> None:
        """Open as large as the window allows."""
        space = _MARGIN_PX if window.width() >= _BESIDE_FROM_PX else 0
        room = window.size() - QSize(2 * space, 2 * space)
        size = room.boundedTo(_LARGEST)
        self._fold(size.width())
        self.resize(size)
        self.open()
        FingerWatch(self)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_printout(self, printout: Printout) -> None:
        """Show these pages from now on."""
        old, self.printout = self.printout, printout
        self.view.show_printout(printout)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        if old is not None:
            old.deleteLater()

    def show_problem(self, text: str) -> None:
        """Say why nothing was printed or written; "" takes it back."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        announce(self, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choices beside the pages, or fold them away."""
        super().resizeEvent(event)
        self._fold(self.width())

    def _lay_out_parts(self) -> None:
        _ = self._translator.gettext
        self.print_button = QPushButton(_("Print…"))
        self.print_button.setDefault(True)
        self.save_button = needs(QPushButton(_("Save as PDF…")), Right.EXPORT)
        self.close_button = QPushButton(_("Close"))
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        self._problem = QLabel()
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {self._theme.tokens.danger}")
        self._problem.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        for button in (self.save_button, self.print_button, self.close_button):
            self._buttons.addWidget(button)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(16)
        self._middle.addWidget(self.view, 1)
        self._middle.addWidget(self.panel)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addWidget(self.bar)
        self._column.addLayout(self._middle, 1)
        self._column.addWidget(self._problem)
        self._column.addLayout(self._buttons)

    def _connect(self) -> None:
        self.panel.chosen.connect(self.chosen)
        for sign in (self.panel.chosen, self.print_wanted, self.save_wanted):
            sign.connect(lambda: self.show_problem(""))
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        for button in (self.close_button, self.bar.close_button):
            button.clicked.connect(self.reject)
        self.view.page_changed.connect(self._show_page)
        self.view.zoomed.connect(lambda: self.bar.show_scale(self.view.fit, self.view.scale))
        self.bar.turned.connect(lambda by: self.view.go_to(self.view.page + by))
        self.bar.stepped.connect(self.view.zoom_by)
        self.bar.scale_chosen.connect(self.view.set_scale)
        self.bar.fit_chosen.connect(self._set_fit)
        self.bar.panel_toggled.connect(lambda _shown: self._fold(self.width()))
        for keys, act in (
            ("Ctrl+P", self.print_button.click),
            ("Ctrl+S", self.save_button.click),
            ("Ctrl++", lambda: self.view.zoom_by(1)),
            ("Ctrl+=", lambda: self.view.zoom_by(1)),
            ("Ctrl+-", lambda: self.view.zoom_by(-1)),
            ("Ctrl+0", lambda: self._set_fit(FIT_WIDTH if self.view.fit != FIT_WIDTH else FIT_PAGE)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _set_fit(self, fit: str) -> None:
        self.view.set_fit(fit)
        self.fit_changed.emit(fit)

    def _show_page(self, page: int) -> None:
        self.bar.show_page(page, self.view.page_count)
        if self.printout is not None and page:
            self.view.setAccessibleDescription(f"{self.bar.page_text}\n{self.printout.text_of(page)}")
        announce(self.view, self.bar.page_text)

    def _fold(self, width: int) -> None:
        is_wide = width >= _BESIDE_FROM_PX
        self.bar.fold(width)
        wants_panel = self.bar.choices.isChecked()
        self.bar.choices.setVisible(not is_wide)
        self.bar.close_button.setVisible(not is_wide)
        self.close_button.setVisible(is_wide)
        focus: QWidget | None = self.focusWidget()
        is_inside = focus is not None and self.panel.isAncestorOf(focus)
        if not is_wide and not wants_panel and is_inside:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.setVisible(is_wide or wants_panel)
        self.view.setVisible(is_wide or not wants_panel)
        if is_wide:
            self.panel.setFixedWidth(_PANEL_PX)
        else:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
        side = _MARGIN_PX if is_wide else _TIGHT_MARGIN_PX
        self._column.setContentsMargins(side, side, side, side)
