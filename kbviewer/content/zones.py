"""Takes the indentation out of what stands between lines of three colons.

Authors indent the text of `:::row:::`, `:::column:::` and their kind to make the source readable; to
Markdown, four blanks make it literal text.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"[ \t]*:::[ \t]*(row|column|zone|moniker|image)\b(?!-end)([^\n]*)")
_CLOSING = re.compile(r"[ \t]*:::[ \t]*(row|column|zone|moniker|image)-end\b")
_COMPLEX = re.compile(r"""type\s*=\s*["']?complex""")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_MAX_OPEN = 50


def level_zones(text: str) -> str:
    """Return `text` with the content of directives as far to the left as the outermost of them."""
    if ":::" not in text:
        return text
    levelled: list[str] = []
    opened: list[str] = []
    outermost = shift = 0
    measured = True
    fence = ""
    for line in text.split("\n"):
        if not fence and opened and (closing := _CLOSING.match(line)):
            if closing.group(1) in opened:
                while opened.pop() != closing.group(1):
                    pass
            shift, measured = _indentation(line) - outermost, False
            levelled.append(_moved(line, shift))
            continue
        opening = None if fence else _OPENING.match(line)
        if opening and _has_content(opening) and len(opened) < _MAX_OPEN:
            if not opened:
                outermost = _indentation(line)
            opened.append(opening.group(1))
            levelled.append(_moved(line, _indentation(line) - outermost))
            measured = False
            continue
        if opened and not measured and line.strip():
            shift, measured = _indentation(line) - outermost, True
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence) and not line.strip(" \t`~"):
            fence = ""
        levelled.append(_moved(line, shift) if opened else line)
    return "\n".join(levelled)


def _has_content(opening: re.Match[str]) -> bool:
    """Return whether a directive goes on until its end is written."""
    return opening.group(1) != "image" or _COMPLEX.search(opening.group(2)) is not None


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _moved(line: str, shift: int) -> str:
    """Return the line without `shift` of its leading blanks."""
    return line[min(shift, _indentation(line)) :] if shift > 0 else line
