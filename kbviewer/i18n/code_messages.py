"""The text in the program's code that is to be translated, found in its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMENT = "# TRANSLATORS:"
"""A comment that begins so, on the line above, is passed on to translators."""


@dataclass(frozen=True, slots=True)
class CodeMessage:
    """One place in the code.

    Attributes:
        path: relative to the checkout, with forward slashes.
        plural: "" when the text has no plural.
        context: "" when the text has none.
    """

    path: str
    line: int
    singular: str
    plural: str = ""
    context: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong in a file, for whoever works on it; not translated itself."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class _Function:
    """Where a function that is looked for takes its texts; -1 for none."""

    singular: int = 0
    plural: int = -1
    context: int = -1
    may_be_variable: bool = True


_FUNCTIONS = {
    "_": _Function(),
    "N_": _Function(may_be_variable=False),
    "gettext": _Function(),
    "ngettext": _Function(plural=1),
    "pgettext": _Function(singular=1, context=0),
    "npgettext": _Function(singular=1, plural=2, context=0),
}
_WITH_MARKED_TEXT = "message"


def extract(root: Path) -> tuple[list[CodeMessage], list[Slip]]:
    """Return the messages and the misuses in `kbviewer/` below `root`, ordered by file and line."""
    messages: list[CodeMessage] = []
    slips: list[Slip] = []
    package = root / "kbviewer"
    for path in sorted(package.rglob("*.py"), key=lambda path: path.relative_to(package).parts):
        if "_data" in path.relative_to(package).parts:
            continue
        found, wrong = extract_from(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
        messages += found
        slips += wrong
    return messages, slips


def extract_from(source: str, path: str) -> tuple[list[CodeMessage], list[Slip]]:
    """Return the messages and the misuses in one file."""
    messages: list[CodeMessage] = []
    slips: list[Slip] = []
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = _name_of(call.func)
        if name == _WITH_MARKED_TEXT and call.args and _constant(call.args[0]) is not None:
            slips.append(Slip(path, call.lineno, "message() takes N_(…), or the text is never translated"))
        function = _FUNCTIONS.get(name)
        if function is None:
            continue
        wrong = list(_misuses(call, name, function))
        slips += [Slip(path, call.lineno, text) for text in wrong]
        if not wrong and (found := _message(call, function, path, lines)):
            messages.append(found)
    return messages, slips


def _message(call: ast.Call, function: _Function, path: str, lines: list[str]) -> CodeMessage | None:
    """Return the message of a call, None when its text is a variable."""
    texts = {
        part: _constant(call.args[index]) if 0 <= index < len(call.args) else ""
        for part, index in (
            ("singular", function.singular),
            ("plural", function.plural),
            ("context", function.context),
        )
    }
    singular, plural, context = texts["singular"], texts["plural"], texts["context"]
    if not singular or plural is None or context is None:
        return None
    return CodeMessage(path, call.lineno, singular, plural, context, _comment_above(lines, call.lineno))


def _misuses(call: ast.Call, name: str, function: _Function) -> Iterator[str]:
    """Yield what makes extraction miss the text of a call."""
    for index in (function.singular, function.plural, function.context):
        if not 0 <= index < len(call.args):
            continue
        argument = call.args[index]
        if _is_built(argument):
            yield f"{name}() gets a text that is built; give it a template and fill in its fields afterwards"
        elif not function.may_be_variable and _constant(argument) is None:
            yield f"{name}() marks literal text only"


def _is_built(node: ast.expr) -> bool:
    """Return whether the text is put together before it is looked up."""
    match node:
        case ast.JoinedStr() | ast.BinOp():
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join", value=value)):
            return _constant(value) is not None
        case _:
            return False


def _constant(node: ast.expr) -> str | None:
    """Return a literal text."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name_of(function: ast.expr) -> str:
    """Return the last part of a called name."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _comment_above(lines: list[str], line: int) -> str:
    """Return the comment for translators right above a line, "" when there is none."""
    above = lines[line - 2].strip() if line >= 2 else ""
    return above.removeprefix(COMMENT).strip() if above.startswith(COMMENT) else ""
