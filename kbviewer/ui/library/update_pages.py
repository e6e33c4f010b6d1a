"""The pages of the talk about updates; each shows a part of an UpdateView and emits intent."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.model.updates import KnownSource, TrustQuestion, UpdateView
from kbviewer.ui.library.row import PathLabel
from kbviewer.ui.library.update_wording import (
    result_text,
    source_facts,
    source_title,
)
from kbviewer.ui.theme.flow import FlowRow
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CARD_CORNER_PX

_CARD: Final = "update-card"


class _AddressField(QLineEdit):
    """Keeps Enter to itself: the dialog would press its default button, which is Cancel by then."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, and do not hand Enter on."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class UpdatePage(QWidget):
    """A column of paragraphs. `first` gets the focus when it comes up; `said` is what is spoken."""

    def __init__(self, theme: Theme, translator: Translator) -> None:
        super().__init__()
        self.theme = theme
        self.translator = translator
        self.first: QWidget | None = None
        self._said: list[str] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 6, 0)
        self.column.setSpacing(8)

    @property
    def said(self) -> str:
        """What is on the page, for those who hear it."""
        return " ".join(self._said)

    def add_text(self, text: str, *, bold: bool = False, muted: bool = False, silent: bool = False) -> QLabel:
        """Add a paragraph."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if bold:
            font = QFont(label.font())
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
        if muted:
            label.setStyleSheet(f"color: {self.theme.tokens.muted};")
        if not silent:
            self._said.append(text)
        self.column.addWidget(label)
        return label

    def add_warning(self, text: str) -> QLabel:
        """Add a paragraph that is not to be overlooked."""
        tokens, label = self.theme.tokens, self.add_text(text)
        label.setStyleSheet(
            f"color: {tokens.text}; background: {tokens.warning_soft};"
            f" border-left: 4px solid {tokens.warning_bar}; padding: 8px 12px;"
        )
        return label

    def add_error(self, error: KbError) -> None:
        """Say what went wrong and what to do."""
        _ = self.translator.gettext
        remedy = error.remedy.render(_) if error.remedy is not None else ""
        self.add_warning(f"{error.what.render(_)} {remedy}".strip())

    def add_news(self, view: UpdateView) -> None:
        """Say what has been done or has gone wrong since the last page."""
        if view.error is not None:
            self.add_error(view.error)
        if view.note is not None:
            self.add_text(view.note.render(self.translator.gettext), bold=True)

    def can_go_on(self) -> bool:
        """Return whether the page's chief button may be pressed."""
        return True


class SourcesPage(UpdatePage):
    """Whose packs can be looked for, and ways to name others.

    Signals:
        check_wanted(key), forget_wanted(key): of a source that is listed.
        look_wanted(address): at another one.
        folder_wanted(), file_wanted(): the reader wants to choose one.
    """

    check_wanted = Signal(str)
    forget_wanted = Signal(str)
    look_wanted = Signal(str)
    folder_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, view: UpdateView, theme: Theme, translator: Translator) -> None:
        super().__init__(theme, translator)
        _ = translator.gettext
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.address: QLineEdit | None = None
        self.add_news(view)
        self.add_text(
            _("Nothing is fetched before you ask for it. What is installed stays readable whatever happens."),
            muted=True,
            silent=True,
        )
        for source in view.sources:
            self.column.addWidget(self._card(source))
        if not view.sources:
            self.add_text(_("No source is remembered yet."))
        if view.may_add:
            self._add_ways(view.address)
        self.column.addStretch(1)

    def _card(self, source: KnownSource) -> QFrame:
        _, tokens = self.translator.gettext, self.theme.tokens
        title = source_title(source, self.translator)
        card = QFrame()
        card.setObjectName(_CARD)
        card.setStyleSheet(
            f"#{_CARD} {{ background: {tokens.raised}; border: 1px solid {tokens.border};"
            f" border-radius: {CARD_CORNER_PX}px; }}"
        )
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        page_column, self.column = self.column, column
        self.add_text(title, bold=True, silent=True)
        if source.addresses and source.publisher:
            for address in source.addresses:
                path = PathLabel(card)
                path.show_path(address)
                path.setStyleSheet(f"color: {tokens.muted};")
                column.addWidget(path)
        if facts := source_facts(source, self.translator):
            self.add_text(facts, muted=True, silent=True)
        if source.problem is not None:
            self.add_error(source.problem)
        self.column = page_column
        buttons = []
        if source.addresses and source.problem is None:
            buttons.append(self._button(_("Check now"), "check", source.key, title, self.check_wanted))
        if not source.is_given:
            buttons.append(self._button(_("Forget…"), "forget", source.key, title, self.forget_wanted))
        row = FlowRow(card)
        row.set_items(buttons)
        column.addWidget(row)
        if self.first is None and buttons:
            self.first = buttons[0]
        return card

    def _button(self, text: str, deed: str, key: str, title: str, signal: object) -> QPushButton:
        button = self.buttons[deed, key] = QPushButton(text)
        button.setAccessibleName(f"{text.removesuffix('…')}: {title}")
        button.clicked.connect(partial(signal.emit, key))  # type: ignore[attr-defined]
        return button

    def _add_ways(self, address: str) -> None:
        _ = self.translator.gettext
        self.add_text(_("Another source"), bold=True, silent=True)
        label = self.add_text(_("Web address, folder or .kbu file:"), silent=True)
        field = self.address = _AddressField()
        field.setMaxLength(2000)
        field.setAccessibleName(label.text().removesuffix(":"))
        label.setBuddy(field)
        self.column.addWidget(field)
        self.look_button, folder, file = QPushButton(_("Check")), QPushButton(), QPushButton()
        folder.setText(_("Choose a folder…"))
        file.setText(_("Choose a .kbu file…"))
        self.look_button.setEnabled(False)
        field.textChanged.connect(lambda text: self.look_button.setEnabled(bool(text.strip())))
        field.returnPressed.connect(self.look_button.click)
        self.look_button.clicked.connect(lambda: self.look_wanted.emit(field.text()))
        folder.clicked.connect(self.folder_wanted)
        file.clicked.connect(self.file_wanted)
        row = FlowRow()
        row.set_items([self.look_button, folder, file])
        self.column.addWidget(row)
        field.setText(address)
        if self.first is None or address:
            self.first = field


class TrustPage(UpdatePage):
    """Shows a fingerprint, and what to compare it with; nothing is chosen beforehand."""

    def __init__(self, question: TrustQuestion, theme: Theme, translator: Translator) -> None:
        super().__init__(theme, translator)
        _ = translator.gettext
        self.add_text(_("Nobody has said yet that this source is to be trusted:"))
        address = self.add_text(question.address, bold=True)
        address.setAccessibleName(question.address)
        self.add_text(_("The fingerprint of its keys:"))
        self.fingerprint = self.add_text(question.fingerprint)
        self.fingerprint.setFont(theme.code_font())
        self.add_text(
            _(
                "Compare it, digit by digit, with the fingerprint that the publisher has given you by "
                "another way: on paper, by telephone, from a colleague. Not with one that lies beside the "
                "packs: who has made a false source has written that one as well. What a source calls "
                "itself proves nothing either."
            )
        )
        self.add_text(
            _(
                "If they are the same, whatever these keys sign is believed from now on. If they are not, or "
                "you have nothing to compare with, cancel: nothing is changed."
            )
        )
        self.column.addStretch(1)


class ResultsPage(UpdatePage):
    """What has become of each pack."""

    def __init__(self, view: UpdateView, theme: Theme, translator: Translator) -> None:
        super().__init__(theme, translator)
        _ = translator.gettext
        for result in view.results:
            self.add_text(result_text(result, translator))
        if not view.results:
            self.add_text(_("Nothing was installed."), bold=True)
        self.add_news(view)
        if any(result.can_go_back for result in view.results):
            self.add_text(
                _(
                    "Where you were reading is kept. On the libraries page you can go back to the "
                    "version before."
                ),
                muted=True,
            )
        self.column.addStretch(1)
