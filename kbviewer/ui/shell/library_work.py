"""Libraries in the window: the page with all, what its buttons do, and packs that are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.model.policy import Right
from kbviewer.model.shelf import LibraryKind
from kbviewer.model.tabs import LIBRARIES
from kbviewer.state.filesystem import on_network
from kbviewer.ui.shell.action_set import ActionSet
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.parts import Parts
from kbviewer.ui.shell.reader import Reader
from kbviewer.ui.shell.update_work import UPDATE_SUFFIX, UpdateWork
from kbviewer.ui.theme.rights import allows
from kbviewer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from kbviewer.model.library import Problem
    from kbviewer.model.shelf import ShelfItem
    from kbviewer.ui.library.page import LibraryPage
    from kbviewer.ui.library.wording import Deed
    from kbviewer.ui.library.work_strip import WorkStrip
    from kbviewer.ui.shell.library_port import Libraries

_PACK_SUFFIX = ".kbp"


class LibraryWork(QObject):
    """Shows what the desk has, and carries out what the reader wants with libraries.

    Signals:
        said(text): a short note for the reader.
        undoable_said(text, undo): the same, with a way to take it back.
        failed(error): something could not be done.
        choice_changed(text): what is on and in which order, to be kept.
    """

    said = Signal(str)
    undoable_said = Signal(str, object)
    failed = Signal(object)
    choice_changed = Signal(str)

    def __init__(
        self,
        window: QWidget,
        libraries: Libraries,
        reader: Reader,
        parts: Parts,
        actions: ActionSet,
        theme: Theme,
        translator: Translator,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.libraries = libraries
        self._reader = reader
        self._parts = parts
        self._actions = actions
        self._theme = theme
        self._translator = translator
        self.page: LibraryPage | None = None
        self._strip: WorkStrip | None = None
        self.updates: UpdateWork | None = None
        if libraries.updates is not None:
            self.updates = UpdateWork(window, libraries.updates, parts, actions, theme, translator)
            self.updates.pack_named.connect(self.offer)
        libraries.changed.connect(self.refresh)
        # No lambda: the desk outlives the window, and would keep alive what one refers to.
        libraries.said.connect(self._say)
        libraries.undoable_said.connect(self._say_undoable)
        libraries.failed.connect(self.failed)
        libraries.choice_changed.connect(self.choice_changed)
        libraries.progressed.connect(self._show_share)
        libraries.checked.connect(self._show_check)
        libraries.copied.connect(self._show_copied)
        actions.bind(ActionId.LIBRARIES, self.visit)
        actions.bind(ActionId.INSTALL_PACK, self.choose_pack)
        window.setAcceptDrops(True)

    def has_closed(self) -> bool:
        """Return whether any library is off, or cannot be opened."""
        return self.libraries.has_closed()

    def visit(self) -> None:
        """Go to the page with all libraries."""
        self._reader.visit(LIBRARIES)

    def show(self) -> None:
        """Bring the page to the front, up to date."""
        if self.page is None:
            self.page = self._make_page()
        self._parts.area.to_page(self.page)
        self.page.retranslate()
        self._fill(self.page)

    def refresh(self) -> None:
        """Follow what has changed: the page while it is shown, and what is under way."""
        if self.page is not None and self.page.isVisible():
            self._fill(self.page)
        work = self.libraries.work
        if self._strip is None and work is not None:
            self._strip = self._make_strip()
        if self._strip is not None:
            self._strip.show_work(work)

    def retranslate(self) -> None:
        """Take all texts from the language that is on; the page comes with the next look at it."""
        if self._strip is not None:
            self._strip.retranslate()
        if self.updates is not None:
            self.updates.retranslate()

    def begin(self) -> None:
        """Say at the start what could not be opened."""
        count = self.libraries.faults()
        if count:
            ngettext, _ = self._translator.ngettext, self._translator.gettext
            text = ngettext("{count} library cannot be opened.", "{count} libraries cannot be opened.", count)
            self._parts.toast.show_text(text.format(count=count), _("Libraries…"), self.visit)
        if self.updates is not None:
            self.updates.begin()

    def add_folder(self, folder: Path) -> None:
        """Read another folder, and show what there is now."""
        self.libraries.add_folder(folder)
        if not self._is_shown:
            self._reader.go_home()

    def choose_pack(self) -> None:
        """Ask for the file of a pack and install it."""
        from PySide6.QtWidgets import QFileDialog

        _ = self._translator.gettext
        dialog = QFileDialog(self._window, _("Install a pack"), "", _("Packs") + f" (*{_PACK_SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.libraries.install(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def offer(self, path: Path) -> None:
        """Ask what to do with the file of a pack, as soon as it is known what that is."""
        self.libraries.look_at(path, partial(self._ask, path))

    def _ask(self, path: Path, item: ShelfItem) -> None:
        from kbviewer.ui.library.dialogs import PackQuestion

        question = PackQuestion(item, self._translator, self._window)
        question.install_wanted.connect(lambda: self.libraries.install(path))
        question.read_wanted.connect(lambda: self._read_once(path))
        question.open_centred()

    def takes(self, data: QMimeData) -> bool:
        """Return whether what is being dragged is a pack, an update file or a folder that may be opened."""
        return allows(self._window, Right.OPEN_FILE) and self._dropped(data) is not None

    def take(self, data: QMimeData) -> None:
        """Take a pack or a folder that was dropped on the window."""
        path = self._dropped(data)
        if path is None or not self.takes(data):
            return
        if path.suffix.lower() not in (_PACK_SUFFIX, UPDATE_SUFFIX):
            self.add_folder(path)
        elif self.updates is not None and path.suffix.lower() == UPDATE_SUFFIX and not _is_pack(path):
            self.updates.look_at(path)
        else:
            self.offer(path)

    def _dropped(self, data: QMimeData) -> Path | None:
        """Return the one pack, update file or folder in `data`, None for anything else."""
        urls = data.urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        has_updates = self.updates is not None and self.updates.is_allowed
        suffixes = (_PACK_SUFFIX, UPDATE_SUFFIX) if has_updates else (_PACK_SUFFIX,)
        is_file = path.suffix.lower() in suffixes
        if on_network(path):
            # A share may not answer, and the window must not wait for it: names have to do.
            return path if is_file or path.suffix.lower() != ".md" else None
        return path if (path.is_file() if is_file else path.is_dir()) else None

    @property
    def _is_shown(self) -> bool:
        return self.page is not None and self._parts.area.current is self.page

    def _read_once(self, path: Path) -> None:
        self.libraries.read_once(path)
        if not self._is_shown:
            self._reader.go_home()

    def _make_page(self) -> LibraryPage:
        from kbviewer.ui.library.page import LibraryPage

        libraries = self.libraries
        page = LibraryPage(self._theme, self._translator)
        page.switched.connect(lambda key, on: libraries.switch(key, on=on))
        page.placed.connect(libraries.place_at)
        page.deed_wanted.connect(self._do)
        page.folder_wanted.connect(self._actions[ActionId.OPEN_LIBRARY].trigger)
        page.pack_wanted.connect(self.choose_pack)
        page.updates_wanted.connect(self._actions[ActionId.LOOK_FOR_UPDATES].trigger)
        page.left.connect(self._leave)
        if self.updates is None or not self.updates.is_allowed:
            page.updates_button.hide()
        return page

    def _make_strip(self) -> WorkStrip:
        from kbviewer.ui.library.work_strip import WorkStrip

        strip = WorkStrip(self._theme, self._translator)
        strip.cancelled.connect(self.libraries.cancel)
        self._parts.frame.add_strip(strip, [strip.cancel_button])
        return strip

    def _fill(self, page: LibraryPage) -> None:
        libraries = self.libraries
        page.show_items(libraries.items(), is_kept=libraries.is_kept, is_busy=libraries.work is not None)

    def _leave(self) -> None:
        if self._reader.history.can_go_back:
            self._reader.go_back()
        else:
            self._reader.go_home()

    def _do(self, key: str, deed: Deed) -> None:
        item = self.libraries.item(key)
        if item is None:
            return
        from kbviewer.ui.library.wording import Deed

        deeds: dict[Deed, Callable[[], object]] = {
            Deed.CHECK: lambda: self.libraries.check(key),
            Deed.LOCATE: lambda: self._locate(item),
            Deed.INSTALL: lambda: self.libraries.install(Path(item.paths[0])),
            Deed.ROLL_BACK: lambda: self.libraries.roll_back(key),
            Deed.CANCEL_COPY: lambda: self.libraries.cancel_copy(key),
            Deed.FORGET: lambda: self.libraries.forget(key),
            Deed.UNINSTALL: lambda: self._ask_uninstall(item),
        }
        deeds[deed]()

    def _ask_uninstall(self, item: ShelfItem) -> None:
        from kbviewer.ui.library.dialogs import UninstallQuestion

        question = UninstallQuestion(item, self._translator, self._window)
        question.uninstall_wanted.connect(lambda: self.libraries.uninstall(item.key))
        question.open_centred()

    def _locate(self, item: ShelfItem) -> None:
        """Have the system show the folder; nothing else of the program opens anything outside it."""
        from PySide6.QtGui import QDesktopServices

        path = Path(item.paths[0])
        folder = path if item.kind in (LibraryKind.FOLDER, LibraryKind.BUNDLED) else path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.emit(self._translator.gettext("This computer has no program that shows folders."))

    def _show_share(self, done: int, total: int) -> None:
        if self._strip is not None:
            self._strip.show_share(done, total)

    def _show_copied(self, key: str, done: int, total: int) -> None:
        if self.page is not None and self.page.isVisible() and key in self.page.rows:
            self.page.rows[key].show_copied((done, total))

    def _show_check(self, title: str, problems: Sequence[Problem]) -> None:
        from kbviewer.ui.library.dialogs import CheckReport

        CheckReport(title, problems, self._translator, self._window).open_centred()

    def _say(self, text: Message) -> None:
        self.said.emit(text.render(self._translator.gettext))

    def _say_undoable(self, text: Message, undo: Callable[[], object]) -> None:
        self.undoable_said.emit(text.render(self._translator.gettext), undo)


def _is_pack(path: Path) -> bool:
    """Return whether a file is a pack, whatever it is called."""
    from kbviewer.content.packs.file_kind import FileKind, kind_of

    return kind_of(path) is FileKind.PACK
