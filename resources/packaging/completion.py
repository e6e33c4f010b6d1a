"""Completion for bash: every command and option of the grammar, and files where a file is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from resources.packaging.grammar import Argument, Command, read_grammar

_HEAD = """\
# Completion of kbviewer for bash, made from its command line's grammar.

_kbviewer()
{
    local cur prev words cword split
    _init_completion -s || return

    # Which command the words before the cursor name.
    local path=kbviewer word index=1
    while ((index < cword)); do
        word=${words[index]}
        case "$path:$word" in
"""


def bash_completion() -> str:
    """Return the file. Languages do not matter: commands and options are the same in all."""
    commands = list(read_grammar("en").walk())
    lines = [_HEAD.rstrip("\n")]
    lines += [f"            {_any_of(_with_value(commands))}) ((index++)) ;;"]
    lines += [
        f'            {_any_of(_steps(commands))}) path+=" $word" ;;',
        "        esac",
        "        ((index++))",
    ]
    lines += ["    done", "", '    case "$path:$prev" in']
    for command in commands:
        for argument in command.arguments:
            if argument.flags and argument.value:
                names = _any_of(f"{_path(command)}:{flag}" for flag in argument.flags)
                lines += [f"        {names})", f"            {_values(argument)}", "            return ;;"]
    lines += ["    esac", "    $split && return", "", '    case "$path" in']
    for command in commands:
        lines += _offers(command)
    lines += ["    esac", "} &&", "    complete -F _kbviewer kbviewer", ""]
    return "\n".join(lines)


def _offers(command: Command) -> Iterator[str]:
    """Yield what is offered after a command."""
    flags = sorted(flag for argument in command.arguments for flag in argument.flags)
    words = [child.words[-1] for child in command.commands]
    placed = [argument for argument in command.arguments if not argument.flags]
    yield f'        "{_path(command)}")'
    yield f"            if [[ $cur == -* ]]; then {_compgen(flags)}"
    if words:
        yield f"            else {_compgen(words)}"
    elif placed and (placed[0].is_path or placed[0].value.startswith("ARTICLE")):
        yield f"            else {_values(placed[0])}"
    yield "            fi ;;"


def _values(argument: Argument) -> str:
    """Return what completes the value of an argument."""
    if argument.choices:
        return _compgen(argument.choices)
    if argument.value.startswith("ARTICLE"):
        return "_filedir '@(md|kbp)'"
    if "--library" in argument.flags:
        return "_filedir kbp"
    if not argument.is_path:
        return "COMPREPLY=()"
    if argument.value == "FOLDER":
        return "_filedir -d"
    suffix = re.fullmatch(r"\w+\.(\w+)", argument.value)
    return f"_filedir {suffix[1]}" if suffix else "_filedir"


def _compgen(words: list[str] | tuple[str, ...]) -> str:
    return f'COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur"))'


def _with_value(commands: list[Command]) -> Iterator[str]:
    for command in commands:
        for argument in command.arguments:
            if argument.value:
                yield from (f"{_path(command)}:{flag}" for flag in argument.flags)


def _steps(commands: list[Command]) -> Iterator[str]:
    for command in commands:
        yield from (f"{_path(command)}:{child.words[-1]}" for child in command.commands)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(f'"{name}"' for name in names)


def _path(command: Command) -> str:
    return " ".join(command.words)
