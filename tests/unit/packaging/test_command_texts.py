"""Manual page and completion name what the command line has, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from resources.packaging.completion import bash_completion
from resources.packaging.grammar import read_grammar
from resources.packaging.man_page import man_page

LANGUAGES = ("en", "sv")
_STUBS = """
_init_completion() {
    words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=${words[cword]}; prev=${words[cword-1]}; split=false
}
_filedir() { COMPREPLY=("FILES $*"); }
"""


def _plain(roff: str) -> str:
    return re.sub(r"\\f[BIR]", "", roff).replace(r"\-", "-").replace(r"\e", "\\")


def _offered(line: str, folder: Path) -> set[str]:
    """Return what bash offers after a line; its last word is the one that is being typed."""
    (folder / "completion").write_text(bash_completion(), "utf-8")
    words = " ".join(f"'{word}'" for word in line.split(" "))
    script = (
        f"{_STUBS}\nsource '{folder}/completion'\nCOMP_WORDS=({words}); COMP_CWORD={line.count(' ')}\n"
        '_kbviewer; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    bash = ["bash", "--norc", "-c", script]
    return set(subprocess.run(bash, capture_output=True, text=True, check=True).stdout.split("\n")) - {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_command_and_option(language: str) -> None:
    grammar = read_grammar(language)
    roff = man_page(language, "1.2.3", "2026-01-02")
    page = _plain(roff)

    described = re.findall(
        r"^\.TP\n\\fB(kbviewer (?:[^\\]|\\-)+)\\fR", roff.partition(".SH EX")[0], re.MULTILINE
    )
    commands = [command.replace(r"\-", "-") for command in described]

    assert commands == [" ".join(command.words) for command in grammar.walk() if len(command.words) > 1]
    options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", page))
    assert options == {
        flag for command in grammar.walk() for item in command.arguments for flag in item.flags
    }
    assert "@" not in page.replace("invalid", "")
    assert "1.2.3" in page


def test_the_swedish_page_is_swedish_throughout() -> None:
    """Help that argparse brings itself is looked up in our catalogue, too."""
    english, swedish = (set(man_page(name, "1", "2026-01-02").split("\n")) for name in LANGUAGES)

    same = {line for line in english & swedish if line and not line.startswith((".", r"\fB", r"\fI"))}

    assert same == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_formats_without_warnings(language: str, tmp_path: Path) -> None:
    if shutil.which("man") is None or shutil.which("groff") is None:
        pytest.skip("needs man-db and groff")
    page = tmp_path / "kbviewer.1"
    page.write_text(man_page(language, "1", "2026-01-02"), "utf-8")

    command = ["man", "--warnings", "--local-file", "--encoding=UTF-8", str(page)]
    formatted = subprocess.run(command, capture_output=True, text=True, check=True)

    assert formatted.stderr == ""


def test_completion_offers_every_command(tmp_path: Path) -> None:
    for command in read_grammar("en").walk():
        if command.commands:
            offered = _offered(" ".join([*command.words, ""]), tmp_path)
            assert offered == {child.words[-1] for child in command.commands}


def test_completion_offers_the_options_of_the_command_at_hand(tmp_path: Path) -> None:
    grammar = {command.words: command for command in read_grammar("en").walk()}
    for words in (("kbviewer",), ("kbviewer", "search"), ("kbviewer", "pack", "build")):
        wanted = {flag for item in grammar[words].arguments for flag in item.flags}
        assert _offered(" ".join([*words, "-"]), tmp_path) == wanted


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kbviewer --language ", {"en", "sv"}),
        ("kbviewer --language sv pack inst", {"install"}),
        ("kbviewer --profile pack show --format ", {"text", "json", "html", "markdown"}),
        ("kbviewer open ", {"FILES @(md|kbp)"}),
        ("kbviewer pack install ", {"FILES kbp"}),
        ("kbviewer --library ", {"FILES kbp"}),
        ("kbviewer pack build ", {"FILES -d"}),
        ("kbviewer search ", set()),
    ],
)
def test_completion_knows_what_comes_next(line: str, offered: set[str], tmp_path: Path) -> None:
    """A value that is called like a command is none."""
    assert _offered(line, tmp_path) == offered
