"""The command line's grammar, in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from kbviewer import __version__
from kbviewer.app.case_arguments import add_case
from kbviewer.app.data_arguments import add_data
from kbviewer.app.doctor_arguments import add_doctor
from kbviewer.app.logging_setup import LEVELS
from kbviewer.app.pack_arguments import add_pack
from kbviewer.app.paths import is_pack_file, is_update_file, markdown_file
from kbviewer.app.policy_arguments import add_policy
from kbviewer.app.repo_arguments import add_repo
from kbviewer.app.translate_arguments import add_translate
from kbviewer.app.update_arguments import add_update
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, Gettext, Message, message

FORMATS = ("text", "json", "html", "markdown")
ANY_LANGUAGE = "any"
DEFAULT_LIMIT = 10
MAX_LIMIT = 100
KIOSK_OPTION = "--kiosk"

# What argparse itself says, word for word as it looks it up.
ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ignored explicit argument %r"),
)


_WITH_VALUE = frozenset({"--library", "--language", "--profile"})


class _Parser(argparse.ArgumentParser):
    """Raises its complaints, so that they are told as all others are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the arguments."""
        raise UsageError(
            Message("{reason}.", {"reason": message}),
            Message(N_("Run “{command} --help” to see what can be written."), {"command": self.prog}),
        )


def parse(arguments: Sequence[str], translator: Translator) -> argparse.Namespace:
    """Return the options; `libraries` are those before and after the command together.

    Raises:
        UsageError: the arguments are wrong.
        SystemExit: help or the version was asked for and printed.
    """
    with argparse_speaks(translator):
        options = build_parser(translator).parse_args(_with_command(arguments))
    options.libraries = [*options.first_libraries, *getattr(options, "libraries", [])]
    return options


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with "open" before a file that stands where a command should.

    That is how systems start a program for a file that somebody has double-clicked.
    """
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("-") or (at and arguments[at - 1] in _WITH_VALUE):
            continue
        is_file = is_pack_file(Path(argument)) or is_update_file(Path(argument))
        if is_file or markdown_file(argument) is not None:
            return [*arguments[:at], "open", *arguments[at:]]
        break
    return list(arguments)


def peek(arguments: Sequence[str], option: str) -> str:
    """Return the last value of an option before the arguments are parsed, "" when there is none."""
    value = ""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and index + 1 < len(arguments):
            value = arguments[index + 1]
        elif argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
    return value


def has_flag(arguments: Sequence[str], option: str) -> bool:
    """Return whether an option without a value is there, before the arguments are parsed."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return option in arguments[:end]


def build_parser(translator: Translator) -> argparse.ArgumentParser:
    """Return the grammar."""
    text = translator.gettext
    languages = translator.languages()
    parser = _Parser(
        prog="kbviewer",
        description=text(N_("Read support articles offline, in Swedish and English.")),
        epilog=text(N_("Without a command, the window opens.")),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"kbviewer {__version__}",
        # argparse does not look this one up when it is told nothing.
        help=text(N_("show program's version number and exit")),
    )
    parser.add_argument(
        KIOSK_OPTION,
        action="store_true",
        help=text(N_("show the window as a public terminal: full screen, no way out, nothing kept")),
    )
    parser.set_defaults(language="", profile=None, verbose=False)
    _add_common(parser, text, languages, "first_libraries")
    commands = parser.add_subparsers(
        dest="command", title=text(N_("commands")), metavar=text(N_("COMMAND")), parser_class=_Parser
    )

    window = commands.add_parser(
        "open",
        help=text(N_("open an article in the window")),
        description=text(N_("Open an article in the window.")),
    )
    window.add_argument(
        "article",
        metavar=text(N_("ARTICLE[#PLACE]")),
        nargs="?",
        default="",
        help=text(
            N_("id such as KB307294, link such as kb://kb307294#lan, or path of a Markdown file or pack")
        ),
    )
    _add_common(window, text, languages)

    show = commands.add_parser(
        "show", help=text(N_("print an article")), description=text(N_("Print an article."))
    )
    show.add_argument(
        "article",
        metavar=text(N_("ARTICLE")),
        help=text(N_("id such as KB307294, or the path of a Markdown file")),
    )
    show.add_argument(
        "--format", choices=FORMATS, default="text", help=text(N_("form of the output; text when not given"))
    )
    _add_common(show, text, languages)

    _add_print(commands.add_parser, text, languages)

    search = commands.add_parser(
        "search", help=text(N_("search the articles")), description=text(N_("Search the articles."))
    )
    search.add_argument(
        "query", metavar=text(N_("QUERY")), nargs="+", help=text(N_("words, an error text or an id"))
    )
    search.add_argument(
        "--limit",
        type=int,
        default=DEFAULT_LIMIT,
        metavar=text(N_("NUMBER")),
        help=text(N_("most hits, 1 to 100; 10 when not given")),
    )
    search.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    search.add_argument(
        "--explain", action="store_true", help=text(N_("say of every hit why it is where it is"))
    )
    _add_common(
        search,
        text,
        [*languages, ANY_LANGUAGE],
        about_language=text(N_("only articles in this language; any when not given")),
    )

    check = commands.add_parser(
        "check",
        help=text(N_("check articles for mistakes")),
        description=text(N_("Check a library, an article or one file for mistakes.")),
    )
    check.add_argument(
        "path",
        metavar=text(N_("PATH")),
        type=Path,
        help=text(N_("library folder, article folder or Markdown file")),
    )
    check.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    _add_common(check, text, languages)
    _add_contents(commands.add_parser, text, languages)
    _add_evaluate(commands.add_parser, text, languages)
    add_case(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_data(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_doctor(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_pack(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_policy(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_repo(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_translate(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    add_update(commands.add_parser, text, lambda command: _add_common(command, text, languages))
    return parser


def _add_print(
    add_parser: Callable[..., argparse.ArgumentParser], text: Gettext, languages: list[str]
) -> None:
    paper = add_parser(
        "print",
        help=text(N_("write an article as PDF")),
        description=text(
            N_("Write an article as a PDF file for paper: everything open, steps with boxes to tick.")
        ),
    )
    paper.add_argument(
        "article",
        metavar=text(N_("ARTICLE")),
        help=text(N_("id such as KB307294, or the path of a Markdown file")),
    )
    paper.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar=text(N_("FILE.pdf")),
        help=text(N_("the file to write; one that is there is replaced")),
    )
    _add_common(paper, text, languages)


def _add_contents(
    add_parser: Callable[..., argparse.ArgumentParser], text: Gettext, languages: list[str]
) -> None:
    contents = add_parser(
        "contents",
        help=text(N_("print the table of contents")),
        description=text(N_("Print the table of contents that the authors of a library have written.")),
    )
    contents.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    _add_common(contents, text, languages)


def _add_evaluate(
    add_parser: Callable[..., argparse.ArgumentParser], text: Gettext, languages: list[str]
) -> None:
    evaluate = add_parser(
        "evaluate",
        help=text(N_("measure the search with judged queries")),
        description=text(N_("Ask judged queries and print how often a right article is among the first.")),
    )
    evaluate.add_argument(
        "judged",
        metavar=text(N_("JUDGED.json")),
        type=Path,
        help=text(N_("list of objects with query, lang, kind, relevant and target_lang")),
    )
    evaluate.add_argument(
        "--half", default="", metavar=text(N_("NAME")), help=text(N_("only queries whose half has this name"))
    )
    evaluate.add_argument(
        "--misses", action="store_true", help=text(N_("name the queries that find no right article"))
    )
    evaluate.add_argument("--json", action="store_true", help=text(N_("print JSON")))
    _add_common(evaluate, text, languages, several_libraries=True)


def _add_common(
    parser: argparse.ArgumentParser,
    text: Gettext,
    languages: list[str],
    libraries: str = "",
    about_language: str = "",
    *,
    several_libraries: bool = False,
) -> None:
    """Add the options that every command takes, before and after its name."""
    parser.add_argument(
        "--library",
        dest=libraries or "libraries",
        action="extend",
        nargs="+" if several_libraries else 1,
        type=Path,
        default=[] if libraries else argparse.SUPPRESS,
        metavar=text(N_("FOLDER")),
        help=text(N_("folder or pack to use instead of what opens by itself; can be repeated")),
    )
    parser.add_argument(
        "--language",
        choices=languages,
        default=argparse.SUPPRESS,
        help=about_language
        or text(N_("language of texts and articles; that of the settings when not given")),
    )
    parser.add_argument(
        "--profile",
        type=Path,
        default=argparse.SUPPRESS,
        metavar=text(N_("FOLDER")),
        help=text(N_("where ticks, settings and the cache are kept")),
    )
    parser.add_argument(
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS,
        help=text(N_("write the log to the error stream too")),
    )
    parser.add_argument(
        "--log-level",
        choices=list(LEVELS),
        default=argparse.SUPPRESS,
        help=text(N_("the least that is written to the log; info when not given")),
    )


@contextmanager
def argparse_speaks(translator: Translator) -> Iterator[None]:
    """Let argparse look its own texts up in our catalogue while the block runs; it offers no other way."""
    names = {"_": translator.gettext, "ngettext": translator.ngettext}
    before = {name: getattr(argparse, name) for name in names if hasattr(argparse, name)}
    for name in before:
        setattr(argparse, name, names[name])
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(argparse, name, function)


def check_limit(limit: int) -> int:
    """Return the limit.

    Raises:
        UsageError: it is out of bounds.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise UsageError(
            message(N_("--limit is {limit}."), limit=limit),
            message(N_("Write a number from 1 to {most}."), most=MAX_LIMIT),
        )
    return limit
