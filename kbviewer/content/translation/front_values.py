"""The texts of front matter that are translated: title and description, when they stand in one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from kbviewer.content.front_matter import FrontMatter
from kbviewer.content.translation.file_lines import FileLine, Piece
from kbviewer.content.translation.units import DESCRIPTION, TITLE

_KEYS = {"title": TITLE, "description": DESCRIPTION}
_VALUE = re.compile(r"[A-Za-z.]+[ \t]*:[ \t]+(\S.*?)[ \t]*")


def front_pieces(front: FrontMatter, lines: Sequence[FileLine]) -> Iterator[tuple[str, str, Piece]]:
    """Yield key, text, and place of each value."""
    found = []
    for name, key in _KEYS.items():
        number, value = front.lines.get(name, 0), front.values.get(name)
        match = _VALUE.fullmatch(lines[number - 1].text) if number else None
        if match is not None and isinstance(value, str) and scalar_text(match.group(1)) == value:
            found.append((key, value, Piece(number - 1, *match.span(1))))
    yield from sorted(found, key=lambda entry: entry[2])


def scalar_text(written: str) -> str | None:
    """Return the text that a YAML scalar in one line stands for, None when it stands for anything else."""
    import yaml

    try:
        value = yaml.safe_load(f"value: {written}")
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None
    text = value.get("value") if isinstance(value, dict) and len(value) == 1 else None
    return text if isinstance(text, str) else None


def scalar(text: str, like: str) -> str:
    """Return `text` as a YAML scalar in one line, quoted as `like` is where that is possible."""
    line = " ".join(text.split())
    candidates = [line, f"'{line.replace(chr(39), chr(39) * 2)}'", json.dumps(line, ensure_ascii=False)]
    if like.startswith(("'", '"')):
        candidates.sort(key=lambda candidate: candidate[:1] != like[0])
    return next((candidate for candidate in candidates if scalar_text(candidate) == line), candidates[-1])
