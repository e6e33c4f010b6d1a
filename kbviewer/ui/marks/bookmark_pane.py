"""The list of bookmarks with its filter and its tools. Shows what it is given; stores none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.marks import Bookmark
from kbviewer.ui.marks.bookmark_model import BookmarkModel
from kbviewer.ui.marks.bookmark_order import Target, above, below, matching
from kbviewer.ui.marks.bookmark_tree import BookmarkTree
from kbviewer.ui.marks.gone_strip import GoneStrip
from kbviewer.ui.marks.shown import Describe, Gone
from kbviewer.ui.theme.icon_tool import IconTool
from kbviewer.ui.theme.theme import Theme


class BookmarkPane(QWidget):
    """Filter, tree, tools.

    Signals:
        chosen(bookmark): open it.
        delete_wanted(bookmark), rename_wanted(id, name), move_wanted(id, folder, before): change it.
        folder_wanted(): make a folder.
        search_wanted(text): search for what is gone.
        announced(text): to be told to the reader.
    """

    chosen = Signal(object)
    delete_wanted = Signal(object)
    rename_wanted = Signal(int, str)
    move_wanted = Signal(int, int, int)
    folder_wanted = Signal()
    search_wanted = Signal(str)
    announced = Signal(str)

    def __init__(
        self, theme: Theme, translator: Translator, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        self._describe = describe
        self._marks: Sequence[Bookmark] = ()
        self.filter = QLineEdit()
        self.model = BookmarkModel(translator, describe)
        self.model.setParent(self)
        self.tree = BookmarkTree(self.model, theme, translator)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self.strip = GoneStrip(theme, translator)
        self.new_folder = IconTool(theme, "folder-new")
        self.rename = IconTool(theme, "pencil")
        self.up = IconTool(theme, "arrow-up")
        self.down = IconTool(theme, "arrow-down")
        self.delete = IconTool(theme, "trash")
        self._compose()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order."""
        strip, tools = self.strip, (self.new_folder, self.up, self.down, self.rename, self.delete)
        return self.filter, self.tree, strip.search, strip.delete, *tools

    def set_bookmarks(self, marks: Sequence[Bookmark], current: int = 0) -> None:
        """Show all bookmarks; `current` becomes the current row, else the one that is stays so."""
        self._marks = marks
        self._fill(current or self.tree.current)

    def edit_name(self, number: int) -> None:
        """Let the reader type another name."""
        self.tree.set_current(number)
        index = self.model.index_of(number)
        if index.isValid():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            self.tree.edit(index)

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        self.filter.setPlaceholderText(_("Filter bookmarks"))
        self.filter.setAccessibleName(_("Filter bookmarks"))
        self.tree.setAccessibleName(_("Bookmarks"))
        self.tree.setAccessibleDescription(
            _("Enter opens, F2 renames, Delete deletes, Alt with the up and down arrows moves.")
        )
        self.new_folder.set_name(_("New folder"))
        self.rename.set_name(_("Rename"), "F2")
        self.up.set_name(_("Move up"), _("Alt+Up"))
        self.down.set_name(_("Move down"), _("Alt+Down"))
        self.delete.set_name(_("Delete"), _("Del"))
        self.strip.retranslate()
        self._fill(self.tree.current)

    def _fill(self, current: int) -> None:
        text = self.filter.text()
        shown = matching(self._marks, text, self._describe)
        self.model.set_bookmarks(shown)
        self.tree.unfold(all_of_them=bool(text.strip()))
        self.tree.set_current(current)
        _ = self._translator.gettext
        if not self._marks:
            self._nothing.setText(_("No bookmarks yet. Ctrl+D keeps the place that you are reading."))
        else:
            self._nothing.setText(_("No bookmark matches the filter."))
        if not shown and self.tree.hasFocus():
            # Whatever comes next in the window would get the focus when the tree hides.
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._nothing.setVisible(not shown)
        self.tree.setVisible(bool(shown))
        self._follow_current()

    def _filter_changed(self) -> None:
        self._fill(self.tree.current)
        count = sum(
            1 for mark in matching(self._marks, self.filter.text(), self._describe) if not mark.is_folder
        )
        text = self._translator.ngettext("{count} bookmark", "{count} bookmarks", count)
        self.announced.emit(text.format(count=count))

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 13, 4)
        head.addWidget(self.filter)
        column.addLayout(head)
        self._nothing.setContentsMargins(16, 4, 16, 6)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        column.addWidget(self.strip)
        column.addStretch(0)
        tools = QHBoxLayout()
        tools.setContentsMargins(10, 4, 10, 8)
        tools.setSpacing(2)
        tools.addWidget(self.new_folder)
        tools.addStretch(1)
        for tool in (self.up, self.down, self.rename, self.delete):
            tools.addWidget(tool)
        column.addLayout(tools)

    def _connect(self) -> None:
        tree = self.tree
        self.filter.textChanged.connect(self._filter_changed)
        tree.chosen.connect(self._choose)
        tree.delete_wanted.connect(self._delete)
        tree.step_wanted.connect(self._step)
        tree.menu_wanted.connect(self._show_menu)
        tree.current_changed.connect(self._follow_current)
        # The view is still busy with the field or the drop; new rows would come too early.
        self.model.rename_wanted.connect(self.rename_wanted, Qt.ConnectionType.QueuedConnection)
        self.model.move_wanted.connect(self.move_wanted, Qt.ConnectionType.QueuedConnection)
        self.strip.search_wanted.connect(self.search_wanted)
        self.strip.delete_wanted.connect(lambda: self._delete(tree.current))
        self.new_folder.clicked.connect(self.folder_wanted)
        self.rename.clicked.connect(lambda: self.edit_name(tree.current))
        self.up.clicked.connect(lambda: self._step(tree.current, up=True))
        self.down.clicked.connect(lambda: self._step(tree.current, up=False))
        self.delete.clicked.connect(lambda: self._delete(tree.current))

    def _mark(self, number: int) -> Bookmark | None:
        return next((mark for mark in self._marks if mark.id == number), None)

    def _choose(self, number: int) -> None:
        mark = self._mark(number)
        if mark is None:
            return
        if self.model.shown(mark).gone is Gone.ARTICLE:
            self.strip.focus_first()
            self.announced.emit(self.strip.text)
        else:
            self.chosen.emit(mark)

    def _delete(self, number: int) -> None:
        mark = self._mark(number)
        if mark is None:
            return
        # The row after it becomes the current one, so that a second Delete deletes that.
        index = self.model.index_of(number)
        after = self.tree.indexBelow(index)
        if not self.model.bookmark(after):
            after = self.tree.indexAbove(index)
        following = self.model.bookmark(after)
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.delete_wanted.emit(mark)
        if following is not None:
            self.tree.set_current(following.id)

    def _step(self, number: int, up: bool) -> None:
        if self._mark(number) is None or self.filter.text().strip():
            return
        target: Target | None = (above if up else below)(self._marks, number)
        if target is not None:
            self.move_wanted.emit(number, target.folder, target.before)
            self.announced.emit(self._translator.gettext("Moved"))

    def _follow_current(self) -> None:
        mark = self._mark(self.tree.current)
        filtered = bool(self.filter.text().strip())
        self.rename.setEnabled(mark is not None)
        self.delete.setEnabled(mark is not None)
        self.up.setEnabled(mark is not None and not filtered and above(self._marks, mark.id) is not None)
        self.down.setEnabled(mark is not None and not filtered and below(self._marks, mark.id) is not None)
        if self.strip.isAncestorOf(QApplication.focusWidget() or self):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.strip.show_for(self.model.shown(mark) if mark is not None else None)

    def _show_menu(self, number: int, point: QPoint) -> None:
        _ = self._translator.gettext
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark = self._mark(number)
        if mark is not None:
            if not mark.is_folder:
                menu.addAction(_("Open")).triggered.connect(lambda: self._choose(number))
            menu.addAction(_("Rename")).triggered.connect(lambda: self.edit_name(number))
            for text, tool, up in ((_("Move up"), self.up, True), (_("Move down"), self.down, False)):
                action = menu.addAction(text)
                action.setEnabled(tool.isEnabled())
                action.triggered.connect(lambda _checked=False, up=up: self._step(number, up))
            menu.addAction(_("Delete")).triggered.connect(lambda: self._delete(number))
            menu.addSeparator()
        menu.addAction(_("New folder")).triggered.connect(self.folder_wanted)
        menu.popup(point)

    def _restyle(self) -> None:
        self._nothing.setStyleSheet(f"color: {self._theme.tokens.muted}")
