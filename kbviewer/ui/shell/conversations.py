"""Dialogs: when they come up, what they are told, and what follows from the reader's answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.block_texts import block_texts
from kbviewer.model.errors import KbError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.policy import LinkRule, Policy, Right, host_of
from kbviewer.model.source_places import SourcePlace, source_place
from kbviewer.state.comment_export import export_comments
from kbviewer.state.comments import Comment, CommentStore
from kbviewer.ui.article.contracts import Choices, Steps
from kbviewer.ui.shell.about_dialog import AboutDialog
from kbviewer.ui.shell.about_facts import AboutFacts
from kbviewer.ui.shell.actions import ACTIONS, ActionId, is_offered
from kbviewer.ui.shell.browser import open_in_browser
from kbviewer.ui.shell.comment_dialog import CommentDialog
from kbviewer.ui.shell.drafting import Drafting
from kbviewer.ui.shell.link_dialog import LinkDialog
from kbviewer.ui.shell.link_notice import describe_link
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.settings_keeper import SettingsKeeper
from kbviewer.ui.shell.shortcuts_dialog import ShortcutsDialog
from kbviewer.ui.theme.dialog import Dialog
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.ui.shell.escalating import CaseAtWork, Escalating
    from kbviewer.ui.shell.printing import Printing

_COMMENT = "comment"


class Conversations(QObject):
    """Opens dialogs over the window. None of them stops the program or reaches outside it.

    Signals:
        search_wanted(text): the reader wants to search for that.
        said(text): a short note for the reader.
        failed(error): something could not be kept.
    """

    search_wanted = Signal(str)
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        settings: SettingsKeeper,
        translator: Translator,
        reader: Reader,
        library: OpenLibrary,
        steps: Steps,
        choices: Choices,
        comments: CommentStore,
        drafting: Drafting,
        about: Callable[[], AboutFacts],
        notes: Callable[[Article], Sequence[tuple[str, str]]],
        cases: CaseAtWork | None = None,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._translator = translator
        self._reader = reader
        self._library = library
        self._steps = steps
        self._choices = choices
        self._comments = comments
        self._about = about
        self._notes = notes
        self._cases = cases
        self._policy = policy or Policy()
        self._open_in_browser: Callable[[str], bool] = open_in_browser
        self._drafting = drafting
        self._printing: Printing | None = None
        self._escalating: Escalating | None = None

    @property
    def printing(self) -> Printing:
        """What asks for a printer or a file; made when the first article goes to paper."""
        if self._printing is None:
            from kbviewer.ui.shell.printing import Printing

            self._printing = Printing(
                self._window,
                self._theme,
                self._translator,
                self._reader,
                self._library,
                self._steps,
                self._choices,
                self._settings,
                self._notes,
                may_save=self._policy.allows(Right.EXPORT),
            )
            self._printing.said.connect(self.said)
            self._printing.failed.connect(self.failed)
        return self._printing

    @property
    def escalating(self) -> Escalating:
        """What makes the report for support; made when the first one is wanted."""
        if self._escalating is None:
            from kbviewer.ui.shell.escalating import Escalating

            self._escalating = Escalating(
                self._window,
                self._reader,
                self._library,
                self._steps,
                self._choices,
                self._drafting,
                self._theme,
                self._translator,
                self._cases,
            )
            self._escalating.said.connect(self.said)
            self._escalating.failed.connect(self.failed)
        return self._escalating

    def explain_link(self, link: Link) -> None:
        """Do with an external address what the policy says, or say why a link leads nowhere."""
        rule = self._policy.link(link.target) if link.kind is LinkKind.EXTERNAL else LinkRule.SHOW
        if rule is LinkRule.OPEN and self._open_in_browser(link.target):
            self.said.emit(
                self._translator.gettext("Opened in the browser: {host}").format(host=host_of(link.target))
            )
            return
        absent = self._library.absent_title(link.target, self._translator.language)
        can_copy = self._policy.allows(Right.COPY)
        notice = describe_link(link, absent, self._translator.gettext, rule, can_copy=can_copy)
        dialog = LinkDialog(notice, self._translator, self._window)
        dialog.search_requested.connect(self.search_wanted)
        dialog.opening_requested.connect(self._open_address)
        self._open(dialog)

    def _open_address(self, address: str) -> None:
        if self._policy.link(address) not in (LinkRule.ASK, LinkRule.OPEN) or not self._open_in_browser(
            address
        ):
            self.said.emit(self._translator.gettext("The browser could not be opened."))

    def comment(self, anchor: str = "") -> None:
        """Take a comment on the article that is shown, beginning with what was left unsaved."""
        article = self._reader.article
        if article is None:
            return
        earlier = self._comments.list(article.id)
        block = block_texts(article).get(anchor)
        said = block.excerpt if block is not None else ""
        dialog = CommentDialog(article.title, earlier, self._translator, self._window, said=said)
        place = (_COMMENT, article.id, anchor)
        dialog.write(self._drafting.get(*place))
        for told in (dialog.typed, dialog.left):
            told.connect(lambda text: self._drafting.keep(text, *place))
        dialog.written.connect(lambda text: self._keep_comment(article, anchor, text))
        dialog.deletion_requested.connect(lambda number: self._keep(lambda: self._comments.delete(number)))
        dialog.export_requested.connect(self.export_comments)
        self._open(dialog)

    def export_comments(self) -> None:
        """Ask for a file and write all comments to it."""
        _ = self._translator.gettext
        if not self._comments.list():
            self.said.emit(_("There are no comments to export yet."))
            return
        dialog = QFileDialog(self._window, _("Export comments"), "", _("Text (*.md);;JSON (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.selectFile(_("comments") + ".md")
        dialog.fileSelected.connect(lambda name: self.write_comments(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_comments(self, path: Path) -> None:
        """Write all comments to `path` and say so."""
        try:
            count = export_comments(self._comments.list(), path, self._translator.gettext, self._locate)
        except KbError as error:
            self.failed.emit(error)
            return
        text = self._translator.ngettext(
            "{count} comment written to {name}", "{count} comments written to {name}", count
        )
        self.said.emit(text.format(count=count, name=path.name))

    def _locate(self, comment: Comment) -> SourcePlace | None:
        """Return the line of the library's files that a comment is about."""
        try:
            article = self._library.article(comment.article, comment.language)
        except KbError:
            return None
        entry = self._library.find(comment.article)
        variants = entry.variants if entry is not None else {}
        return source_place(
            article,
            comment.anchor,
            lambda language: variants[language].source if language in variants else "",
        )

    def offer_help(self) -> None:
        """Ask what support asks, and make the report for it."""
        self.escalating.start()

    def _offers(self, action: ActionId) -> bool:
        return is_offered(next(spec for spec in ACTIONS if spec.id is action), self._policy)

    def show_shortcuts(self) -> None:
        """Show the sheet of keys."""
        self._open(ShortcutsDialog(self._translator, self._window, self._offers))

    def show_about(self) -> None:
        """Show version, age of the content and licences."""
        self._open(AboutDialog(self._about(), self._translator, self._window, self._policy))

    def choose_library(self, then: Callable[[Path], object]) -> None:
        """Ask for a folder and hand it on."""
        title = self._translator.gettext("Open library folder")
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, dialog: Dialog) -> None:
        dialog.open_centred()

    def _keep_comment(self, article: Article, anchor: str, text: str) -> None:
        if self._keep(lambda: self._comments.add(article.id, article.language, anchor, text)):
            self.said.emit(self._translator.gettext("The comment is kept on this computer."))
        else:
            self._drafting.keep(text, _COMMENT, article.id, anchor)
            # What was typed is still there, and saving it is one key away.
            self.comment(anchor)

    def _keep(self, save: Callable[[], object]) -> bool:
        try:
            save()
        except KbError as error:
            self.failed.emit(error)
            return False
        return True
