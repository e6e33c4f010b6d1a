"""A small screen reader: looks at one program through AT-SPI and answers questions, one JSON line each.

Runs inside a session bus of its own, under the system's Python, because that has the bindings:

    dbus-run-session -- /usr/bin/python3 at_spi_reader.py PROGRAM ARG…

Starts the program, and ends it when there are no more questions.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-untyped, import-not-found, unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-untyped, import-not-found, unused-ignore] # noqa: E402

PATIENCE_SECONDS = 20.0
STATES = (
    "checked",
    "indeterminate",
    "expanded",
    "expandable",
    "focused",
    "focusable",
    "showing",
    "checkable",
    "selected",
)


class Reader:
    """Finds objects and remembers them by number."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id
        self._known: list[Any] = []
        self._focused: list[dict[str, object]] = []
        self._menu: Any = None
        self._said: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear_focus)
        self._listener.register("object:state-changed:focused")
        self._speech = Atspi.EventListener.new(self._hear)
        self._speech.register("object:announcement")

    def said(self, text: str) -> str:
        """What the program has had spoken since the last question, as soon as `text` is in it."""

        def heard() -> str:
            return next((said for said in self._said if text in said), "")

        try:
            found: str = self._patiently(heard, f"announcement “{text}”")
        except LookupError as error:
            raise LookupError(f"{error}, but {self._said}") from error
        self._said.clear()
        return found

    def find(self, role: str, name: str, window: str = "") -> dict[str, object]:
        """The first object of that role whose name begins with `name`, as soon as there is one.

        Args:
            window: name of the window to look in, "" for all of them.
        """
        return self._facts(self._patiently(lambda: self._first(role, name, window), f"{role} “{name}”"))

    def all(self, role: str) -> list[dict[str, object]]:
        """All objects of a role in the program, in reading order."""
        return [self._facts(found) for found in self._walk(self._program()) if found.get_role_name() == role]

    def below(self, number: int) -> list[dict[str, object]]:
        """Everything inside an object, in reading order, itself first."""
        return [self._facts(found) for found in self._walk(self._known[number])]

    def act(self, number: int, action: str) -> bool:
        """Does one of the object's actions."""
        found = self._known[number]
        names = [found.get_action_name(index) for index in range(found.get_n_actions())]
        return bool(found.do_action(names.index(action)))

    def wait(self, number: int, state: str, expected: bool) -> dict[str, object]:
        """The object, as soon as it is in a state, or no longer."""

        def arrived() -> Any:
            facts = self._facts(self._known[number])
            return facts if (state in facts["states"]) is expected else None  # type: ignore[operator]

        found: dict[str, object] = self._patiently(arrived, f"{state} {expected}")
        return found

    def text(self, number: int) -> str:
        """What the object's text interface says."""
        found = self._known[number]
        return str(Atspi.Text.get_text(found, 0, Atspi.Text.get_character_count(found)))

    def process(self) -> int:
        """The id of the program's process."""
        return self._process_id

    def focus(self) -> dict[str, object]:
        """What has the focus after it has moved, when everything that moved it is done."""
        self._patiently(lambda: self._focused, "focus")
        self._settle()
        found = self._focused[-1]
        self._focused.clear()
        return found

    def forget_focus(self) -> None:
        """Lets `focus` tell only of what gets the focus from now on."""
        self._settle()
        self._focused.clear()

    def has_moved(self) -> bool:
        """Whether something has got the focus since it was last asked for or forgotten."""
        self._settle()
        return bool(self._focused)

    def place(self, number: int) -> list[int]:
        """Where the object is on the screen: left, top, width, height."""
        found = Atspi.Component.get_extents(self._known[number], Atspi.CoordType.SCREEN)
        return [found.x, found.y, found.width, found.height]

    def _hear_focus(self, event: Any) -> None:
        if not event.detail1:
            return
        try:
            if event.source.get_process_id() == self._process_id:
                if event.source.get_role_name() == "menu item":
                    self._menu = event.source.get_parent()
                self._focused.append(self._facts(event.source))
        except GLib.Error:
            pass  # it has gone already

    def _settle(self) -> None:
        """Hears what the program has said until now: it answers in the order in which it speaks."""
        program = self._program()
        if program is not None:
            program.get_child_count()
        self._turn()

    def _hear(self, event: Any) -> None:
        self._said.append(str(event.any_data))

    def _turn(self) -> None:
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def _patiently(self, attempt: Callable[[], Any], what: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self._turn()
            try:
                found = attempt()
            except GLib.Error:
                found = None  # it has gone while it was looked at
            if found:
                return found
            time.sleep(0.02)
        raise LookupError(f"no {what} within {PATIENCE_SECONDS:.0f} s")

    def _program(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if program is not None and program.get_process_id() == self._process_id:
                # What a reader remembers may be older than what the program says now.
                program.set_cache_mask(Atspi.Cache.NONE)
                return program
        return None

    def _first(self, role: str, name: str, window: str) -> Any:
        program = self._program()
        if program is None:
            return None
        tops = [program.get_child_at_index(index) for index in range(program.get_child_count())]
        # Menus are no part of the program's tree; a reader hears of them when something in them is chosen.
        for top in (*tops, *([self._menu] if self._menu is not None and not window else [])):
            if top is None or (window and top.get_name() != window):
                continue
            for found in self._walk(top):
                if found.get_role_name() == role and found.get_name().startswith(name):
                    return found
        return None

    def _walk(self, start: Any) -> Iterator[Any]:
        yield start
        for index in range(start.get_child_count()):
            child = start.get_child_at_index(index)
            if child is not None:
                yield from self._walk(child)

    def _facts(self, found: Any) -> dict[str, object]:
        self._known.append(found)
        states = found.get_state_set()
        parent = found.get_parent()
        return {
            "number": len(self._known) - 1,
            "role": found.get_role_name(),
            "name": found.get_name(),
            "description": found.get_description(),
            "locale": found.get_object_locale(),
            "level": (found.get_attributes() or {}).get("level"),
            "states": [name for name in STATES if states.contains(getattr(Atspi.StateType, name.upper()))],
            "actions": [found.get_action_name(index) for index in range(_action_count(found))],
            "parent": parent.get_role_name() if parent is not None else "",
        }


def _action_count(found: Any) -> int:
    return int(found.get_n_actions()) if found.get_action_iface() is not None else 0


def main(command: list[str]) -> int:
    """Answers questions until there are no more."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr) as program:
        try:
            reader = Reader(program.pid)
            for line in sys.stdin:
                question = json.loads(line)
                try:
                    answer = {"answer": getattr(reader, question.pop("do"))(**question)}
                except (LookupError, ValueError, GLib.Error) as error:
                    answer = {"error": f"{type(error).__name__}: {error}"}
                print(json.dumps(answer), flush=True)
        finally:
            program.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
