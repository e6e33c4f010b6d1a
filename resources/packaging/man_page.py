"""The manual page, in each language: `linux/kbviewer.LANGUAGE.1` with what the grammar has put into it."""

from __future__ import annotations

import re

from resources.packaging.grammar import Argument, Command, read_grammar
from resources.packaging.places import LINUX


def man_page(language: str, version: str, day: str) -> str:
    """Return the page as roff.

    Args:
        language: `en` or `sv`.
        version: of the program.
        day: the day of the build, ISO.
    """
    grammar = read_grammar(language)
    common = frozenset(argument.flags for argument in grammar.arguments)
    parts = {
        "@VERSION@": version,
        "@DAY@": day,
        "@ABOUT@": _escaped(grammar.about),
        "@OPTIONS@": "\n".join(_described(argument) for argument in grammar.arguments),
        "@COMMANDS@": "\n".join(
            _section(command, common) for command in grammar.walk() if len(command.words) > 1
        ),
    }
    template = (LINUX / f"kbviewer.{language}.1").read_text("utf-8")
    return re.sub("|".join(parts), lambda found: parts[found[0]], template)


def _section(command: Command, common: frozenset[tuple[str, ...]]) -> str:
    """Return what there is to say of a command; options that all have stand elsewhere."""
    own = [argument for argument in command.arguments if argument.flags not in common or not argument.flags]
    places = [argument for argument in own if not argument.flags]
    usage = [r"\fB" + _escaped(" ".join(command.words)) + r"\fR"]
    usage += [_placed(argument) for argument in own if argument.flags]
    usage += [_placed(argument) for argument in places]
    if command.commands:
        usage.append(r"\fI" + "|".join(_escaped(child.words[-1]) for child in command.commands) + r"\fR")
    described = [_described(argument) for argument in [*places, *(item for item in own if item.flags)]]
    return "\n".join([".TP", " ".join(usage), _escaped(command.about), *(_indented(described))])


def _indented(described: list[str]) -> list[str]:
    return [".RS", *described, ".RE"] if described else []


def _placed(argument: Argument) -> str:
    """Return an argument as it stands in the line of a command."""
    text = r"\fI" + _escaped(argument.value) + r"\fR" if argument.value else ""
    if argument.flags:
        text = " ".join([r"\fB" + _escaped(argument.flags[-1]) + r"\fR", *([text] if text else [])])
    text += " ..." if argument.repeats else ""
    return text if argument.is_required else f"[{text}]"


def _described(argument: Argument) -> str:
    """Return an argument with what it means."""
    value = r" \fI" + _escaped(argument.value) + r"\fR" if argument.value else ""
    names = ", ".join(r"\fB" + _escaped(flag) + r"\fR" for flag in argument.flags) + value
    return f".TP\n{names.strip()}\n{_escaped(argument.help)}"


def _escaped(text: str) -> str:
    """Return text as roff reads it."""
    text = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-").replace("%%", "%")
    return r"\&" + text if text.startswith((".", "'")) else text
