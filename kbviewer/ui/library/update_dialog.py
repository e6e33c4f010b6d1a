"""The talk about updates: sources, trust, what is offered, what has come of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import N_
from kbviewer.model.updates import UpdateStage, UpdateStep
from kbviewer.ui.library.dialogs import ForgetQuestion
from kbviewer.ui.library.offers_page import OffersPage
from kbviewer.ui.library.update_pages import ResultsPage, SourcesPage, TrustPage, UpdatePage
from kbviewer.ui.library.update_port import Updates
from kbviewer.ui.library.update_wording import install_text, step_text
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.thin_bar import ThinBar

_WIDE_PX = 640
_BAR_PARTS = 1000
_LOW_PX = 140
UPDATE_SUFFIX = ".kbu"
# A pack is no source, but whoever drops one here is not to be left without an answer.
_FILES = (UPDATE_SUFFIX, ".kbp")
_TITLES: Final[Mapping[UpdateStage, str]] = {
    UpdateStage.SOURCES: N_("Updates"),
    UpdateStage.TRUST: N_("Trust the source?"),
    UpdateStage.OFFERS: N_("What is offered"),
    UpdateStage.RESULTS: N_("What has been done"),
}


class UpdateDialog(Dialog):
    """Shows the view of `updates` page by page; Esc leaves, and an installation goes on then."""

    def __init__(self, updates: Updates, theme: Theme, translator: Translator, parent: QWidget) -> None:
        super().__init__(translator.gettext("Updates"), translator, parent, width_px=_WIDE_PX)
        self._updates = updates
        self._theme = theme
        self._was_busy = False
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._area, 1)
        self._progress = QWidget()
        self._progress_text = QLabel()
        self._progress_text.setWordWrap(True)
        self.bar = ThinBar(theme)
        self.bar.setRange(0, _BAR_PARTS)
        strip = QVBoxLayout(self._progress)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.addWidget(self._progress_text)
        strip.addWidget(self.bar)
        self.body.addWidget(self._progress)
        _ = translator.gettext
        self.back_button = self.add_button(_("Back to the sources"))
        self.trust_button = self.add_button(_("I have compared it: trust"))
        self.install_button = self.add_button(_("Install"))
        self.close_button = self.add_button(_("Close"))
        self.page: UpdatePage | None = None
        self._shown: object = None
        self.setAcceptDrops(True)
        self.back_button.clicked.connect(updates.back)
        self.trust_button.clicked.connect(updates.trust)
        self.install_button.clicked.connect(self._install)
        self.close_button.clicked.connect(self._close)
        updates.changed.connect(self.refresh)
        updates.stepped.connect(self.show_step)
        self.finished.connect(updates.left)
        theme.changed.connect(self._remake)
        self.refresh()

    def refresh(self) -> None:
        """Follow the talk."""
        updates, view = self._updates, self._updates.view
        is_new = view is not self._shown
        if is_new:
            self._shown = view
            self._make_page()
        self._show_busy()
        if is_new or self._was_busy != updates.is_busy:
            self._was_busy = updates.is_busy
            self._set_focus()
        if is_new and self.page is not None:
            announce(self, self.page.said)

    def show_step(self, step: UpdateStep) -> None:
        """Show how far an installation has come."""
        text = step_text(step, self.translator)
        self._progress_text.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setValue(_BAR_PARTS * step.done // step.total if step.total > 0 else 0)

    def sizeHint(self) -> QSize:
        """Return what the page needs, as far as the window has room for it."""
        return QSize(self._width_px, self._wanted_height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take an update file, a folder, or a pack, of which somebody else is told what it is."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self._updates.look(str(path))

    def choose_folder(self) -> None:
        """Ask for a folder and look at it."""
        self._choose(self.translator.gettext("Choose a folder with updates"), QFileDialog.FileMode.Directory)

    def choose_file(self) -> None:
        """Ask for an update file and look at it."""
        self._choose(self.translator.gettext("Choose an update file"), QFileDialog.FileMode.ExistingFile)

    def _choose(self, title: str, mode: QFileDialog.FileMode) -> None:
        pattern = self.translator.gettext("Update files") + f" (*{UPDATE_SUFFIX})"
        dialog = QFileDialog(self, title, "", pattern if mode is QFileDialog.FileMode.ExistingFile else "")
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self._updates.look)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _remake(self) -> None:
        answers = self.page.answers if isinstance(self.page, OffersPage) else None
        self._make_page()
        if answers is not None and isinstance(self.page, OffersPage):
            self.page.take_answers(*answers)
        self._show_busy()
        self._set_focus()

    def _make_page(self) -> None:
        view, theme, translator = self._updates.view, self._theme, self.translator
        page: UpdatePage
        if view.stage is UpdateStage.TRUST and view.question is not None:
            page = TrustPage(view.question, theme, translator)
        elif view.stage is UpdateStage.OFFERS and view.offered is not None:
            page = self._offers_page(OffersPage(view.offered, theme, translator))
        elif view.stage is UpdateStage.RESULTS:
            page = ResultsPage(view, theme, translator)
        else:
            page = self._sources_page(SourcesPage(view, theme, translator))
        self.page = page
        self._area.setWidget(page)
        # Whoever hears the window's name hears how far it is.
        self.setWindowTitle(translator.gettext(_TITLES[view.stage]))

    def _sources_page(self, page: SourcesPage) -> SourcesPage:
        page.check_wanted.connect(self._updates.check)
        page.look_wanted.connect(self._updates.look)
        page.forget_wanted.connect(self._ask_forget)
        page.folder_wanted.connect(self.choose_folder)
        page.file_wanted.connect(self.choose_file)
        return page

    def _offers_page(self, page: OffersPage) -> OffersPage:
        page.answered.connect(self._show_busy)
        return page

    def _show_busy(self) -> None:
        _, stage, page = self.translator.gettext, self._updates.view.stage, self.page
        is_busy = self._updates.is_busy
        if page is not None:
            page.setEnabled(not is_busy)
        self._progress.setVisible(is_busy)
        if is_busy and not self._was_busy:
            self.bar.setValue(0)
            self._progress_text.setText(_("One moment …"))
            self.bar.setAccessibleName(self._progress_text.text())
            announce(self, self._progress_text.text())
        has_way_back = stage in (UpdateStage.OFFERS, UpdateStage.RESULTS)
        self.back_button.setVisible(has_way_back and not is_busy)
        self.trust_button.setVisible(stage is UpdateStage.TRUST and not is_busy)
        offered = self._updates.view.offered
        can_install = stage is UpdateStage.OFFERS and offered is not None and offered.can_install
        self.install_button.setVisible(can_install and not is_busy)
        self.install_button.setEnabled(page is not None and page.can_go_on())
        if isinstance(page, OffersPage):
            self.install_button.setText(install_text(len(page.picked), self.translator))
        is_question = stage is UpdateStage.TRUST
        self.close_button.setText(_("Cancel") if is_busy or is_question else _("Close"))
        self._fit()

    def _set_focus(self) -> None:
        page, stage = self.page, self._updates.view.stage
        first: QWidget = self.close_button
        chief: QWidget | None = None
        if not self._updates.is_busy and page is not None:
            if stage is UpdateStage.OFFERS and self.install_button.isEnabled():
                first = self.install_button
            elif stage is UpdateStage.SOURCES and page.first is not None:
                first = page.first
            elif isinstance(page, OffersPage) and page.first is not None and not page.picked:
                # Nothing is taken by itself; what is ticked then is what Enter installs.
                first, chief = page.first, self.install_button
        buttons: tuple[QPushButton, ...] = (self.back_button, self.trust_button, self.install_button)
        for button in (*buttons, self.close_button):
            button.setDefault(button is (chief or first))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _install(self) -> None:
        page = self.page
        if isinstance(page, OffersPage) and page.can_go_on():
            # Named are only those that would not be taken, or left, anyway: what is named comes in any case.
            only = None if page.picked == page.offered.taken else page.picked
            self._updates.install(only, accepts_stale=page.accepts_stale)

    def _close(self) -> None:
        if self._updates.is_busy:
            self._updates.cancel()
        elif self._updates.view.stage is UpdateStage.TRUST:
            self._updates.back()
        else:
            self.accept()

    def _ask_forget(self, key: str) -> None:
        source = next((one for one in self._updates.view.sources if one.key == key), None)
        if source is not None:
            question = ForgetQuestion(source, self.translator, self)
            question.forget_wanted.connect(lambda: self._updates.forget(key))
            question.open_centred()

    def _dropped(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        view = self._updates.view
        can_take = view.stage is UpdateStage.SOURCES and view.may_add and not self._updates.is_busy
        if not can_take or len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.is_dir() or path.suffix.lower() in _FILES else None

    def _wanted_height(self) -> int:
        margins = self._column.contentsMargins()
        inner = self._width_px - margins.left() - margins.right()
        page = self.page
        needed = page.layout().totalHeightForWidth(inner - 8) if page is not None else 0  # type: ignore[union-attr]
        is_stacked = self._buttons.direction() is QBoxLayout.Direction.TopToBottom
        others = 124 + self.close_button.sizeHint().height() * (3 if is_stacked else 1)
        parent = self.parentWidget()
        most = parent.height() - 48 if parent is not None else 720
        return max(_LOW_PX, min(most, needed + others))

    def _fit(self) -> None:
        margins = self._column.contentsMargins()
        buttons = (self.back_button, self.trust_button, self.install_button, self.close_button)
        shown = [button.sizeHint().width() + 8 for button in buttons if not button.isHidden()]
        is_narrow = sum(shown) > self._width_px - margins.left() - margins.right()
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(direction)
        if self.isVisible():
            self.resize(self._width_px, self._wanted_height())
