"""The command line's grammar as data, for the manual page and the completion of the shell.

Both are made from the parser itself: they name what it has and nothing else.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbviewer.app.arguments import argparse_speaks, build_parser
from kbviewer.i18n.translator import Translator
from resources.packaging.places import ROOT


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or an argument with a place.

    Attributes:
        flags: how it is written; none for one with a place.
        value: what stands for its value; "" when it takes none.
        help: what it means.
        choices: the values that it takes; none when any.
        is_path: whether its value is a file or a folder.
        is_required: whether it has to be there.
        repeats: whether it takes several values.
    """

    flags: tuple[str, ...]
    value: str
    help: str
    choices: tuple[str, ...]
    is_path: bool
    is_required: bool
    repeats: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Attributes:
        words: the program's name and those of the commands that lead here.
        about: what it does, one sentence or two.
        arguments: its options and arguments, in their order.
        commands: what it has for commands itself.
    """

    words: tuple[str, ...]
    about: str
    arguments: tuple[Argument, ...]
    commands: tuple[Command, ...]

    def walk(self) -> Iterator[Command]:
        """Yield this command and all below it."""
        yield self
        for command in self.commands:
            yield from command.walk()


def read_grammar(language: str) -> Command:
    """Return the grammar of `kbviewer` with its texts in a language."""
    translator = Translator(ROOT / "i18n", language)
    with argparse_speaks(translator):
        return _command(build_parser(translator), ("kbviewer",))


def _command(parser: argparse.ArgumentParser, words: tuple[str, ...]) -> Command:
    arguments, commands = [], []
    for action in parser._actions:  # It has no public list of them.
        if isinstance(action, argparse._SubParsersAction):
            commands += [_command(child, (*words, name)) for name, child in action.choices.items()]
        elif action.help != argparse.SUPPRESS:
            arguments.append(_argument(action))
    return Command(words, parser.description or "", tuple(arguments), tuple(commands))


def _argument(action: argparse.Action) -> Argument:
    takes_value = action.nargs != 0
    choices = tuple(str(choice) for choice in action.choices or ())
    value = action.metavar if isinstance(action.metavar, str) else ""
    if not value and choices:
        value = "{" + ",".join(choices) + "}"
    return Argument(
        flags=tuple(action.option_strings),
        value=(value or action.dest.upper()) if takes_value else "",
        help=action.help or "",
        choices=choices,
        is_path=action.type is Path,
        is_required=action.required if action.option_strings else action.nargs not in ("?", "*"),
        repeats=action.nargs in ("+", "*"),
    )
