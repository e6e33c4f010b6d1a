"""The table of actions as QActions of one window, and the menus made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy
from kbviewer.ui.shell.actions import (
    ACTIONS,
    SEPARATED_BEFORE,
    ActionId,
    ActionSpec,
    Menu,
    is_offered,
    without_mnemonic,
)

MENU_ORDER = (Menu.FILE, Menu.EDIT, Menu.VIEW, Menu.GO, Menu.TABS, Menu.CASE, Menu.BOOKMARKS, Menu.HELP)


class ActionSet(QObject):
    """Holds one QAction per spec; features bind what each one does."""

    def __init__(self, window: QWidget, translator: Translator, policy: Policy | None = None) -> None:
        super().__init__(window)
        self._policy = policy or Policy()
        self._window = window
        self._translator = translator
        self._specs: Mapping[ActionId, ActionSpec] = {spec.id: spec for spec in ACTIONS}
        self._bound: set[ActionId] = set()
        self._groups: dict[str, QActionGroup] = {}
        self._names: dict[ActionId, str] = {}
        self._fillers: dict[Menu, Callable[[QMenu], object]] = {}
        self._menus: list[tuple[Menu, QMenu]] = []
        self._settled: set[ActionId] = set()
        self._notes: list[QAction] = []
        self._actions = {spec.id: self._make(spec) for spec in ACTIONS}
        self.retranslate()

    def __getitem__(self, action: ActionId) -> QAction:
        return self._actions[action]

    def bind(self, action: ActionId, handler: Callable[[], object]) -> None:
        """Say what an action does; one that is not offered does nothing, whoever triggers it."""
        if not self.offers(action):
            return
        self._actions[action].triggered.connect(lambda _checked=False: handler())
        self._bound.add(action)

    def bind_toggle(self, action: ActionId, handler: Callable[[bool], object]) -> None:
        """Say what switching an action on or off does; nothing for one that is not offered."""
        if not self.offers(action):
            return
        self._actions[action].triggered.connect(handler)
        self._bound.add(action)

    def rename(self, action: ActionId, text: str) -> None:
        """Call an action something else for now, in English as in its record; "" for its own name."""
        if text != self._names.get(action, ""):
            self._names[action] = text
            self.retranslate()

    def fill_when_shown(self, menu: Menu, fill: Callable[[QMenu], object]) -> None:
        """Have `fill` add to a menu below its actions, anew each time it is shown."""
        self._fillers[menu] = fill

    @property
    def unbound(self) -> frozenset[ActionId]:
        """The actions that nothing answers to yet."""
        return frozenset(filter(self.offers, self._actions)) - self._bound

    def offers(self, action: ActionId) -> bool:
        """Return whether the policy lets readers have an action."""
        return is_offered(self._specs[action], self._policy)

    @property
    def is_restricted(self) -> bool:
        """Whether readers who know the program elsewhere will miss something here."""
        return self._policy.restricts and not self._policy.is_kiosk

    def settle(self, action: ActionId) -> None:
        """Grey out an action whose setting is decided, and say by whom."""
        self._settled.add(action)
        self._actions[action].setEnabled(False)
        self.retranslate()

    def set_article_open(self, is_open: bool) -> None:
        """Grey out what makes sense in an article only."""
        for name, spec in self._specs.items():
            if spec.needs_article:
                self._actions[name].setEnabled(is_open and self.offers(name))

    def build_menu(self) -> QMenu:
        """Return one menu that holds all menus."""
        menu = QMenu(self._window)
        for name in MENU_ORDER:
            if any(spec.menu is name and spec.listed and self.offers(spec.id) for spec in ACTIONS):
                self._fill(menu.addMenu(""), name)
        self.retranslate()
        return menu

    def build_theme_menu(self) -> QMenu:
        """Return the themes alone, for a button."""
        menu = QMenu(self._window)
        for spec in ACTIONS:
            if spec.menu is Menu.THEME and self.offers(spec.id):
                menu.addAction(self._actions[spec.id])
        return menu

    def retranslate(self) -> None:
        """Take all texts from the language that is on."""
        _ = self._translator.gettext
        for name, action in self._actions.items():
            spec = self._specs[name]
            text = _(self._names.get(name) or spec.text)
            if name in self._settled:
                text = _("{action} (set by your organisation)").format(action=text)
            action.setText(text)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            plain = without_mnemonic(text)
            action.setToolTip(f"{plain} ({keys})" if keys else plain)
        for title, menu in self._menus:
            menu.setTitle(_(title.value))
        for note in self._notes:
            note.setText(_("Your organisation has switched some commands off"))

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(self._window)
        action.setObjectName(spec.id.value)
        action.setCheckable(spec.checkable)
        if not self.offers(spec.id):
            # Its owner may still ask for it and grey it; nobody sees it and no key leads to it.
            action.setEnabled(False)
            action.setVisible(False)
            return action
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        self._window.addAction(action)
        return action

    def _fill(self, menu: QMenu, name: Menu) -> None:
        self._menus.append((name, menu))
        menu.aboutToShow.connect(lambda: self._add_to(name, menu))
        for spec in ACTIONS:
            if not self.offers(spec.id):
                continue
            if spec.menu is name and spec.listed:
                if spec.id in SEPARATED_BEFORE and not menu.isEmpty():
                    menu.addSeparator()
                menu.addAction(self._actions[spec.id])
            elif spec.menu is Menu.THEME and name is Menu.VIEW and spec.id is ActionId.THEME_SYSTEM:
                themes = self.build_theme_menu()
                self._menus.append((Menu.THEME, themes))
                menu.addMenu(themes)
        if name is Menu.HELP and self.is_restricted:
            menu.addSeparator()
            note = menu.addAction("")
            note.setEnabled(False)
            self._notes.append(note)

    def _add_to(self, name: Menu, menu: QMenu) -> None:
        """Let whoever wants to add to a menu do so, in place of what was added before."""
        fill = self._fillers.get(name)
        if fill is None:
            return
        own = {self._actions[spec.id] for spec in ACTIONS if spec.menu is name}
        for action in menu.actions():
            if action not in own:
                menu.removeAction(action)
                action.deleteLater()
        menu.addSeparator()
        fill(menu)
