"""What is being typed, on disk half a second later at the latest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from kbviewer.model.errors import KbError

if TYPE_CHECKING:
    from kbviewer.state.drafts import DraftStore

_AFTER_MS: Final = 500
_SEPARATOR: Final = "\n"


class Drafting(QObject):
    """Keeps texts by place while they belong nowhere yet: a place is a kind, then names that tell it apart.

    What cannot be saved waits; the window says already that nothing can be saved.
    """

    def __init__(self, store: Callable[[], DraftStore], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def get(self, *place: object) -> str:
        """Return what was typed there, "" for nothing."""
        name = _name(place)
        if name in self._waiting:
            return self._waiting[name]
        try:
            return self._store().get(name)
        except KbError:
            return ""

    def below(self, *place: object) -> Mapping[str, str]:
        """Return what was typed at the places with one name more, by that name."""
        begin = _name(place) + _SEPARATOR
        try:
            names = set(self._store().places(begin))
        except KbError:
            names = set()
        names |= {name for name in self._waiting if name.startswith(begin)}
        texts = {name.removeprefix(begin): self.get(*name.split(_SEPARATOR)) for name in sorted(names)}
        return {name: text for name, text in texts.items() if text}

    def keep(self, text: str, *place: object) -> None:
        """Keep what is typed there; "" forgets it."""
        if text == self.get(*place):
            return
        self._waiting[_name(place)] = text
        if not self._timer.isActive():
            # Not anew with every key: who types on and on would have nothing saved.
            self._timer.start()

    def flush(self) -> None:
        """Save what waits."""
        self._timer.stop()
        for name, text in list(self._waiting.items()):
            try:
                self._store().keep(name, text)
            except KbError:
                return
            del self._waiting[name]


class StepDrafts:
    """Notes on steps, apart for each case.

    Args:
        drafting: keeps them.
        kind: where they are typed.
        case_id: the case at work, 0 for none.
    """

    def __init__(self, drafting: Drafting, kind: str, case_id: Callable[[], int]) -> None:
        self._drafting = drafting
        self._kind = kind
        self._case_id = case_id

    def of_article(self, article: str) -> Mapping[str, str]:
        """Return what was typed, by steps."""
        return self._drafting.below(self._kind, self._case_id(), article)

    def get(self, article: str, step: str) -> str:
        """Return what was typed at a step, "" for nothing."""
        return self._drafting.get(self._kind, self._case_id(), article, step)

    def keep(self, article: str, step: str, text: str) -> None:
        """Keep what is typed; "" forgets it."""
        self._drafting.keep(text, self._kind, self._case_id(), article, step)


def _name(place: tuple[object, ...]) -> str:
    return _SEPARATOR.join(str(part) for part in place)
