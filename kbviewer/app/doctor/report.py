"""What has been found: facts by section, and problems with the one thing to do about each."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kbviewer.content.export.plain_text import printable
from kbviewer.model.errors import KbError
from kbviewer.model.messages import Gettext, Message

Fact = str | int | float | bool | None | Sequence[str] | Sequence[Mapping[str, "Fact"]]
_HOME: Final = "~"
_INDENT: Final = "  "


class Report:
    """Collects facts and problems. What it hands out has the home folder shortened to "~"."""

    def __init__(self, home: Path | None = None) -> None:
        self._sections: dict[str, dict[str, Fact]] = {}
        self._problems: list[KbError] = []
        folder = home or Path.home()
        self._homes = [str(path) for path in dict.fromkeys((folder, Path(os.path.realpath(folder))))]

    def add(self, section: str, **facts: Fact) -> None:
        """Add facts to a section."""
        self._sections.setdefault(section, {}).update(facts)

    def complain(self, what: Message, remedy: Message) -> None:
        """Add a problem."""
        self._problems.append(KbError(what, remedy))

    def complain_of(self, error: KbError) -> None:
        """Add a problem that something else has found."""
        self._problems.append(error)

    @property
    def is_well(self) -> bool:
        """Whether there is no problem."""
        return not self._problems

    def as_data(self, gettext: Gettext) -> dict[str, Any]:
        """Return everything as plain JSON values; the problems in the reader's language."""
        return {
            "ok": self.is_well,
            **{name: self._shorten(facts) for name, facts in self._sections.items()},
            "problems": [
                {
                    "what": self._shorten(problem.what.render(gettext)),
                    "remedy": self._shorten(problem.remedy.render(gettext) if problem.remedy else ""),
                }
                for problem in self._problems
            ],
        }

    def as_text(self, gettext: Gettext) -> str:
        """Return everything for people: the problems first, then what there is, named as in the JSON form."""
        lines: list[str] = []
        for problem in self._problems:
            remedy = problem.remedy.render(gettext) if problem.remedy else ""
            lines += [f"! {problem.what.render(gettext)}", *([f"{_INDENT}{remedy}"] if remedy else [])]
        if not self._problems:
            lines.append(gettext("No problems were found."))
        for name, facts in self._sections.items():
            lines += ["", f"[{name}]", *_lines(facts)]
        shortened = self._shorten("\n".join(lines))
        return "".join(f"{printable(line)}\n" for line in str(shortened).split("\n"))

    def _shorten(self, value: Any) -> Any:
        if isinstance(value, str):
            for home in self._homes:
                if len(home) > 1:
                    value = value.replace(home, _HOME)
            return value
        if isinstance(value, Mapping):
            return {name: self._shorten(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._shorten(inner) for inner in value]
        return value


def _lines(facts: Mapping[str, Any]) -> list[str]:
    """Return a line for each fact; what there are several of stands in lines below it."""
    lines: list[str] = []
    for name, value in facts.items():
        if isinstance(value, list | tuple):
            lines.append(f"{name}:" if value else f"{name}: -")
            lines += [f"{_INDENT}{_row(item)}" for item in value]
        else:
            lines.append(f"{name}: {_shown(value)}")
    return lines


def _row(item: Any) -> str:
    if isinstance(item, Mapping):
        return ", ".join(
            f"{name}: {_shown(value)}" for name, value in item.items() if value not in (None, "")
        )
    return _shown(item)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None or value == "" else str(value)
