"""The lines of ADMIN.md that an administrator types on a computer, in the order in which a trial does."""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.support.pages import commands, section

SECTIONS: Final = ("Install", "Kiosk")
"""What is followed. `kbviewer …` in the other sections is run by tests/e2e/test_admin_page.py."""

PIN: Final = "271828"

_LAST: Final = ("sudo", "apt-get", "remove")
_NOT_HERE: Final = {
    ("kbviewer", "--kiosk"): "opens a window where it is typed; here the units do that",
    (
        "pipx",
        "install",
    ): "gets Qt and more from an index, and there is no network; tests/e2e/test_wheel.py has it",
}
# What a person answers.
_TYPED: Final = {
    ("sudo", "apt-get"): "y\n",
    ("kbviewer", "policy", "hash-pin"): f"{PIN}\n{PIN}\n",
}
# Its own exit code says that there was nothing to do, as the page does.
_MAY_FAIL: Final = {("sudo", "systemctl", "disable", "--now", "display-manager.service")}


class Line(NamedTuple):
    """One line of the page."""

    text: str
    typed: str = ""
    may_fail: bool = False
    not_here: str = ""


def lines() -> list[Line]:
    """Return the lines of the page, what removes the program last."""
    words = [line for heading in SECTIONS for line in commands(section("ADMIN.md", heading))]
    words.sort(key=lambda line: _begins(line, _LAST))
    return [_line(line) for line in words]


def packages() -> list[str]:
    """Return what the page's lines ask of apt-get by name, one string for each line."""
    asked = [line.text.split()[3:] for line in lines() if line.text.startswith("sudo apt-get install")]
    return [" ".join(names) for names in asked if not names[0].startswith(".")]


def _line(words: list[str]) -> Line:
    text = " ".join(words)
    typed = [answer for start, answer in _TYPED.items() if _begins(words, start)]
    reasons = [reason for start, reason in _NOT_HERE.items() if _begins(words, start)]
    return Line(text, "".join(typed), tuple(words) in _MAY_FAIL, "".join(reasons))


def _begins(words: list[str], start: tuple[str, ...]) -> bool:
    return tuple(words[: len(start)]) == start
