"""What is asked about packs, and what a check has found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.library import Problem
from kbviewer.model.shelf import LibraryKind, ShelfItem
from kbviewer.model.updates import KnownSource
from kbviewer.ui.library.wording import facts_of, title_of
from kbviewer.ui.theme.dialog import Dialog

_MOST_LISTED = 1000


class PackQuestion(Dialog):
    """Asks what to do with the file of a pack, or says that it is installed; Esc does nothing with it.

    Signals:
        install_wanted(): install it, so that it opens by itself.
        read_wanted(): read it until the window is closed.
    """

    install_wanted = Signal()
    read_wanted = Signal()

    def __init__(self, item: ShelfItem, translator: Translator, parent: QWidget) -> None:
        super().__init__(title_of(item, translator), translator, parent)
        _ = translator.gettext
        self.add_text(facts_of(item, translator))
        if item.origin is not None:
            self.add_text(item.origin.render(_))
        if item.kind is not LibraryKind.PACK_FILE:
            self.add_text(_("This very version is installed already; there is nothing to do."))
            self.install_button = self.add_button(_("Install again"))
            self.install_button.clicked.connect(self._install)
            self.close_button = self.add_button(_("Close"), default=True)
            self.close_button.clicked.connect(self.reject)
            self.close_button.setFocus()
            return
        self.add_text(
            _("Install it, so that it opens by itself from now on, or read it until the window is closed?")
        )
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.read_button = self.add_button(_("Read once"))
        self.read_button.clicked.connect(self._read)
        self.install_button = self.add_button(_("Install"), default=True)
        self.install_button.clicked.connect(self._install)
        self.install_button.setFocus()

    def _read(self) -> None:
        self.accept()
        self.read_wanted.emit()

    def _install(self) -> None:
        self.accept()
        self.install_wanted.emit()


class UninstallQuestion(Dialog):
    """Asks before a pack goes, which cannot be undone; Esc keeps it.

    Signals:
        uninstall_wanted(): remove it.
    """

    uninstall_wanted = Signal()

    def __init__(self, item: ShelfItem, translator: Translator, parent: QWidget) -> None:
        _ = translator.gettext
        title = title_of(item, translator)
        super().__init__(_("Uninstall “{title}”?").format(title=title), translator, parent)
        self.add_text(
            _(
                "The pack is removed from this computer, with the version before it. To have it again you "
                "need its file, or the source of updates that has it. Your ticks, notes, bookmarks and cases "
                "stay."
            )
        )
        keep = self.add_button(_("Cancel"), default=True)
        keep.clicked.connect(self.reject)
        self.uninstall_button = self.add_button(_("Uninstall"))
        self.uninstall_button.clicked.connect(self._uninstall)
        keep.setFocus()

    def _uninstall(self) -> None:
        self.accept()
        self.uninstall_wanted.emit()


class ForgetQuestion(Dialog):
    """Asks before a publisher is no longer trusted; Esc keeps them.

    Signals:
        forget_wanted(): do it.
    """

    forget_wanted = Signal()

    def __init__(self, source: KnownSource, translator: Translator, parent: QWidget) -> None:
        from kbviewer.ui.library.update_wording import source_title

        _ = translator.gettext
        title = source_title(source, translator)
        super().__init__(_("Forget “{publisher}”?").format(publisher=title), translator, parent)
        self.add_text(
            _(
                "Nothing more is fetched from there. To trust the publisher again you have to compare the "
                "fingerprint anew. The packs that came from there stay."
            )
        )
        keep = self.add_button(_("Cancel"), default=True)
        keep.clicked.connect(self.reject)
        self.forget_button = self.add_button(_("Forget"))
        self.forget_button.clicked.connect(self._forget)
        keep.setFocus()

    def _forget(self) -> None:
        self.accept()
        self.forget_wanted.emit()


class CheckReport(Dialog):
    """Lists what a check has found, to read and to copy."""

    def __init__(
        self, title: str, problems: Sequence[Problem], translator: Translator, parent: QWidget
    ) -> None:
        _, ngettext = translator.gettext, translator.ngettext
        super().__init__(_("Check of “{title}”").format(title=title), translator, parent, width_px=760)
        count = len(problems)
        if not count:
            self.add_text(_("Nothing is wrong."))
        else:
            self.add_text(ngettext("{count} problem", "{count} problems", count).format(count=count))
            lines = "\n".join(problem.render(_) for problem in problems[:_MOST_LISTED])
            if count > _MOST_LISTED:
                left = count - _MOST_LISTED
                more = ngettext("{count} more", "{count} more", left)
                lines = f"{lines}\n… {more.format(count=left)}"
            self.list = self.add_source(lines, _("Problems"), 280)
            self.add_copy_button(_("Copy the list"), lines, _("Copied"))
        self.add_close_button()
