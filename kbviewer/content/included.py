"""The text of other files that an article takes in: `[!INCLUDE]`, code from source files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

ReadFile = Callable[[str], "str | None"]
"""Returns the text of a file by its path relative to the library, None when it may not or cannot be read."""

# More than people write: each file may take in others, each of which may take in others.
MAX_DEPTH = 6
MAX_FILES = 200
MAX_CHARACTERS = 2_000_000

_SNIPPET = re.compile(
    r"^[ \t]*(?://|#|--|'|;|%|<!--|/\*)+[ \t]*<(?P<close>/?)(?P<name>[\w.-]{1,100})>.*$", re.MULTILINE
)
_REGION = re.compile(
    r"^[ \t]*(?://|#|--|'|;|%|<!--|/\*)?[ \t]*#?(?P<close>end)?region\b[ \t]*(?P<name>[\w.-]{0,100}).*$",
    re.MULTILINE | re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,6})?(-)?(\d{1,6})?", re.ASCII)


@dataclass(slots=True)
class Inclusions:
    """The files that one article takes in.

    Attributes:
        read_file: None when nothing can be read, as for an article without a library.
        sources: what was asked for, in order, also what is not there: it may appear.
    """

    read_file: ReadFile | None = None
    sources: list[str] = field(default_factory=list)
    _characters: int = 0
    _open: list[str] = field(default_factory=list)

    def read(self, source: str) -> str | None:
        """Return the text of a file, None when there is none or the article has had enough."""
        if self.read_file is None or source in self._open or len(self._open) >= MAX_DEPTH:
            return None
        if len(self.sources) >= MAX_FILES:
            return None
        self.sources.append(source)
        text = self.read_file(source)
        if text is None or self._characters + len(text) > MAX_CHARACTERS:
            return None
        self._characters += len(text)
        return text

    def enter(self, source: str) -> None:
        """Note that `source` is being read: it cannot take itself in."""
        self._open.append(source)

    def leave(self) -> None:
        """Note that the file entered last has been read."""
        self._open.pop()


def cut_code(text: str, name: str = "", lines: str = "") -> str | None:
    """Return the part of a source file that is named or numbered; None when it has no such part.

    Args:
        name: of a snippet (`// <name>` … `// </name>`) or a region.
        lines: such as "2-10,15-" counted from 1.
    """
    if name:
        return _between(text, name, _SNIPPET) or _between(text, name, _REGION)
    if not lines:
        return text.strip("\n")
    all_lines = text.split("\n")
    chosen: list[str] = []
    for part in lines.split(",")[:50]:
        match = _RANGE.fullmatch(part.strip())
        if match is None or not part.strip():
            return None
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else (len(all_lines) if match[2] else first)
        chosen += all_lines[max(first, 1) - 1 : last]
    return _dedented(chosen) or None


def _between(text: str, name: str, mark: re.Pattern[str]) -> str | None:
    start = -1
    for match in mark.finditer(text):
        if start < 0 and not match["close"] and match["name"].casefold() == name.casefold():
            start = match.end() + 1
        elif start >= 0 and match["close"] and match["name"].casefold() in (name.casefold(), ""):
            return _dedented(mark.sub("", text[start : match.start()]).split("\n"))
    return None


def _dedented(lines: list[str]) -> str:
    """Return lines without the indentation that all of them have, and without empty ones at the ends."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return "\n".join(line[min(indents, default=0) :] for line in lines).strip("\n")
