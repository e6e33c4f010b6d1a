"""The commands of the pages that people copy them from."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
_INDENTED = re.compile(r"^    (?=kbviewer )(.+)$", re.MULTILINE)


def section(page: str, heading: str) -> str:
    """Return what stands below a heading of the second level, up to the next one."""
    text = (ROOT / page).read_text(encoding="utf-8")
    _, found, rest = text.partition(f"\n## {heading}\n")
    assert found, f"{page} has no section “{heading}”"
    return rest.partition("\n## ")[0]


def fenced(text: str, language: str) -> list[str]:
    """Return what stands between fences of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Return the words of each command, fenced as `console` or indented, without comments."""
    lines = [line for block in fenced(text, "console") for line in block.splitlines()] or _INDENTED.findall(
        text
    )
    return [words for line in lines if (words := shlex.split(line, comments=True))]
