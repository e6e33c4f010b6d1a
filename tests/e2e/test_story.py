"""The technician's story in the real window: a call, a matrix, steps that fail, a power cut, a report.

Played twice, with the keyboard alone and with the mouse; both times the report says the same.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kbviewer.model.cases import Case
from kbviewer.model.errors import KbError
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import run
from tests.support.clipboard import read_clipboard
from tests.support.hands import Hands
from tests.support.story_report import REPORT
from tests.support.technician import Keyboard, Mouse, wait_until
from tests.support.virtual_display import ScreenReader, desktop, screen_reader

ROOT = Path(__file__).parents[2]
ARTICLE = "online-meetings"
TITLE = {
    "sv": "Användare kan inte ansluta till onlinemöten i Skype för företag Online",
    "en": "Users cannot join online meetings in Skype for Business Online",
}
CELL = (
    "Det går inte att ansluta till ett onlinemöte i Skype för företag från en enda dator, "
    "Flera användare inom organisationen"
)
FAILED_NOTE = "Sidan går inte att nå från kontoret."
SKIPPED_NOTE = "Fanns redan öppet."
ENGLISH_NOTE = "Expired: 2026-01-31."
WORDS = "Since Monday, after the update."
MOMENT = re.compile(r"\d{1,2} [a-z]+ \d{4} \d\d:\d\d|\d{4}-\d\d-\d\d \d\d:\d\d", re.IGNORECASE)


class Desk:
    """What is on the display, and the profile behind it."""

    def __init__(self, display: str, profile: Path, log: Path) -> None:
        self.display = display
        self.hands = Hands(display)
        self._profile = profile
        self._log = log

    @contextmanager
    def program(self, *arguments: str) -> Iterator[ScreenReader]:
        """Start the program and wait until it can be used."""
        command = [sys.executable, "-m", "kbviewer", *arguments]
        environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "KBVIEWER_PROFILE": str(self._profile),
        }
        with screen_reader(command, environment, ROOT, self._log) as reader:
            yield reader
        assert "Traceback" not in self._log.read_text(errors="replace")

    def case(self) -> Case | None:
        """Return the only case, as another process sees it."""
        path = self._profile / "state.sqlite"
        if not path.is_file():
            return None
        try:
            with UserState.open(path, read_only=True) as state:
                return state.cases.get(1)
        except KbError:
            return None

    def results(self) -> dict[str, tuple[str, str]]:
        """Return outcome and note of every step that has a result."""
        case = self.case()
        return {} if case is None else {step.step: (step.outcome.value, step.note) for step in case.steps}

    def wait_for_result(self, step: str, outcome: str, note: str = "") -> None:
        """Return as soon as a result is on disk."""
        wait_until(
            lambda: self.results().get(step) == (outcome, note), f"{step} {outcome}, is {self.results()}"
        )

    def kept_language(self) -> str:
        """Return in which language the program starts next time."""
        with UserState.open(self._profile / "state.sqlite", read_only=True) as state:
            return state.settings.values.language


class ByKeyboard:
    """Every scene with keys alone."""

    def __init__(self, desk: Desk, reader: ScreenReader) -> None:
        self._desk, self._reader, self._hands = desk, reader, desk.hands
        self._keys = Keyboard(reader, desk.hands)

    def begin(self) -> None:
        """Search, open what is found, begin a case."""
        self._hands.type("onlinemöten")
        self._reader("find", role="list item", name=TITLE["sv"])
        self._hands.press("Down", "Return")
        self._reader("find", role="frame", name=TITLE["sv"])
        self._keys.press("Escape")
        self._keys.press_to("ctrl+shift+n", "text", "Referens")
        self._hands.type("INC-4711")
        self._keys.press("Return")

    def triage(self) -> None:
        """Choose a cell of the matrix and follow it."""
        self._hands.press("ctrl+Home")
        self._keys.tab_to("radio button", CELL[:80])
        self._keys.press("Right")
        self._keys.press_to("Right", "radio button", CELL)
        self._hands.press("space")
        self._keys.tab_to("push button", "Felsöka klientproblem i Windows")
        self._keys.press("Return")

    def work_in_the_article(self) -> None:
        """One step is done, one fails and says why."""
        self._keys.tab_to("check box", "Steg 1: Kör Windows Update")
        self._hands.press("space")
        self._desk.wait_for_result("windows-update", "done")
        self._keys.tab_to("check box", "Steg 2: Kontrollera att Lync")
        self._hands.press("f")
        self._desk.wait_for_result("lync-update", "failed")
        self._keys.press_to("n", "text", "Anteckning till steget")
        self._hands.type(FAILED_NOTE)
        self._keys.press_to("ctrl+Return", "check box", "Steg 2")

    def work_step_by_step(self) -> None:
        """The next procedure large: one step done, one skipped with a note."""
        self._keys.tab_to("check box", "Steg 1: Kontrollera i Certifikathanteraren")
        self._keys.press_to("ctrl+g", "check box", "Klart")
        self._hands.press("d")
        self._desk.wait_for_result("certificate-open", "done")
        self._keys.tab_to("text", "Anteckning om steget", "shift+Tab")
        self._hands.type(SKIPPED_NOTE)
        self._keys.tab_to("check box", "Klart")
        self._hands.press("s")
        self._desk.wait_for_result("certificate-expand", "skipped", SKIPPED_NOTE)
        self._keys.press_to("Escape", "check box", "Steg c: Sortera")

    def show_the_customer(self) -> None:
        """Switch to English in the middle of the procedure and go on."""
        self._keys.press_to("ctrl+shift+l", "check box", "Step c: Sort by")
        self._hands.press("space")

    def go_on(self) -> None:
        """After the power cut: one more step fails."""
        self._keys.press("F6")
        self._keys.tab_to("check box", "Step d: Check that the certificate exists")
        self._hands.press("f")
        self._desk.wait_for_result("certificate-check", "failed")
        self._keys.press_to("n", "text", "Note on the step")
        self._hands.type(ENGLISH_NOTE)
        self._keys.press_to("ctrl+Return", "check box", "Step d")

    def ask_for_help(self) -> None:
        """Open the report for support and say what it cannot know."""
        self._keys.press_to("ctrl+shift+p", "text", "Command palette")
        self._hands.type("still need")
        self._keys.press_to("Return", "text", "How many users")
        self._keys.tab_to("text", "What else support should know")
        self._hands.type(WORDS)
        self._keys.tab_to("push button", "Close the case as escalated")
        self._hands.press("space")

    def copy(self) -> None:
        """Copy the report as it is shown: the button has the focus when the case is closed."""
        self._hands.press("space")

    def copy_in_swedish(self) -> None:
        """Copy it in the other language."""
        self._keys.tab_to("radio button", "English", "shift+Tab")
        self._keys.press_to("Right", "radio button", "Swedish")
        self._keys.tab_to("push button", "Copy the report")
        self._hands.press("space")


class ByMouse:
    """Every scene with the pointer; only texts are typed."""

    def __init__(self, desk: Desk, reader: ScreenReader) -> None:
        self._desk, self._reader, self._hands = desk, reader, desk.hands
        self._mouse = Mouse(reader, desk.hands)

    def begin(self) -> None:
        """Search, open what is found, begin a case."""
        self._mouse.fill("Sök artiklar", "onlinemöten")
        self._mouse.click("list item", TITLE["sv"])
        self._reader("find", role="frame", name=TITLE["sv"])
        self._mouse.click("push button", "Rensa sökfältet")
        self._mouse.choose("Meny", "Ärende", "Nytt ärende")
        self._mouse.wait_for_focus("text", "Referens")
        self._mouse.fill("Referens", "INC-4711")
        self._mouse.click("push button", "Påbörja ärendet")

    def triage(self) -> None:
        """Choose a cell of the matrix and follow it."""
        self._mouse.click_in_page("radio button", CELL)
        self._mouse.click_in_page("push button", "Felsöka klientproblem i Windows")

    def work_in_the_article(self) -> None:
        """One step is done, one fails and says why."""
        self._mouse.click_in_page("check box", "Steg 1: Kör Windows Update")
        self._desk.wait_for_result("windows-update", "done")
        self._mouse.scroll_to("push button", "Steg 2: hur det gick")
        self._mouse.choose("Steg 2: hur det gick", "Misslyckades")
        self._desk.wait_for_result("lync-update", "failed")
        self._mouse.choose("Steg 2: hur det gick", "Anteckning")
        self._mouse.wait_for_focus("text", "Anteckning till steget")
        self._hands.type(FAILED_NOTE)
        self._mouse.click("push button", "Spara")

    def work_step_by_step(self) -> None:
        """The next procedure large: one step done, one skipped with a note."""
        self._mouse.click("push button", "Steg för steg")
        self._mouse.click("push button", "Nästa procedur")
        self._mouse.click("check box", "Klart")
        self._desk.wait_for_result("certificate-open", "done")
        self._mouse.fill("Anteckning om steget", SKIPPED_NOTE)
        self._mouse.click("check box", "Hoppa över")
        self._desk.wait_for_result("certificate-expand", "skipped", SKIPPED_NOTE)
        self._mouse.click("push button", "Tillbaka till artikeln")

    def show_the_customer(self) -> None:
        """Switch to English in the middle of the procedure and go on."""
        self._reader("find", role="check box", name="Steg c: Sortera")
        self._mouse.click("radio button", "Engelska")
        self._reader("find", role="frame", name=TITLE["en"])
        self._mouse.click_in_page("check box", "Step c: Sort by")

    def go_on(self) -> None:
        """After the power cut: one more step fails."""
        self._mouse.scroll_to("push button", "Step d: what became of it")
        self._mouse.choose("Step d: what became of it", "Failed")
        self._desk.wait_for_result("certificate-check", "failed")
        self._mouse.choose("Step d: what became of it", "Note")
        self._mouse.wait_for_focus("text", "Note on the step")
        self._hands.type(ENGLISH_NOTE)
        self._mouse.click("push button", "Save")

    def ask_for_help(self) -> None:
        """Open the report for support and say what it cannot know."""
        self._mouse.click("list item", "Scope")
        self._mouse.click_in_page("push button", "Escalate")
        self._mouse.wait_for_focus("text", "How many users")
        words, end = "What else support should know", "Close the case as escalated"
        self._mouse.scroll_above("text", words, end, "Reference")
        self._mouse.fill(words, WORDS)
        self._mouse.click("push button", end)

    def copy(self) -> None:
        """Copy the report as it is shown."""
        self._mouse.click("push button", "Copy the report")

    def copy_in_swedish(self) -> None:
        """Copy it in the other language."""
        self._mouse.click("radio button", "Swedish", window="Still need help?")
        self._mouse.click("push button", "Copy the report")


def normalised(report: str) -> str:
    """Return a report with TIME in place of every point in time."""
    return MOMENT.sub("TIME", report)


@pytest.mark.parametrize("way", [ByKeyboard, ByMouse], ids=["keyboard", "mouse"])
def test_a_call_from_the_first_word_to_the_report(
    way: type[ByKeyboard | ByMouse], tmp_path: Path, profile: Path
) -> None:
    """Nothing is lost on the way, and the report says letter by letter what was done."""
    with desktop() as display:
        desk = Desk(display, profile, tmp_path / "session.log")
        with desk.program("--language", "sv") as reader:
            assert reader("focus")["name"] == "Sök artiklar"
            hand = way(desk, reader)
            hand.begin()
            reader("find", role="push button", name="Ärende 1 · INC-4711")
            hand.triage()
            wait_until(lambda: bool((case := desk.case()) and case.answers), "the choice is kept")
            hand.work_in_the_article()
            desk.wait_for_result("lync-update", "failed", FAILED_NOTE)
            hand.work_step_by_step()
            hand.show_the_customer()
            desk.wait_for_result("certificate-find", "done")
            wait_until(lambda: desk.kept_language() == "en", "the language is kept")
            before = seen(reader)
            os.kill(reader("process"), signal.SIGKILL)

        with desk.program() as reader:
            reader("find", role="frame", name=TITLE["en"])
            # It moves what is below it, once.
            reader("find", role="label", name="The program ended unexpectedly the last time.")
            assert is_where_it_was(seen(reader), before)
            hand = way(desk, reader)
            hand.go_on()
            desk.wait_for_result("certificate-check", "failed", ENGLISH_NOTE)
            hand.ask_for_help()
            wait_until(lambda: (case := desk.case()) is not None and not case.is_open, "the case is closed")
            reader("find", role="label", name="Case 1 is closed as escalated.")
            hand.copy()
            wait_until(lambda: bool(read_clipboard(display)), "something is copied")
            english = read_clipboard(display)
            hand.copy_in_swedish()
            wait_until(lambda: read_clipboard(display) != english, "the other language is copied")
            swedish = read_clipboard(display)

    for language, copied in (("en", english), ("sv", swedish)):
        printed = run("case", "report", "1", "--language", language, "--profile", profile)
        assert printed.stdout == copied
        assert normalised(copied) == REPORT[language]


def is_where_it_was(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Return whether all that was seen is there again, below the strip that tells of the power cut."""
    moves = {
        tuple(there - here for there, here in zip(now["boxes"][name][1], place, strict=True))
        for name, (_checked, place) in before["boxes"].items()
    }
    states = [{name: checked for name, (checked, _place) in each["boxes"].items()} for each in (now, before)]
    return now["case"] == before["case"] and states[0] == states[1] and len(moves) == 1


def seen(reader: ScreenReader) -> dict[str, Any]:
    """Return what a technician sees of his work: the case, boxes and where they stand on the screen."""
    case = reader("find", role="push button", name="Case 1 · INC-4711")
    boxes = {}
    for name in ("Step 1: Run Windows", "Step 2: Check that Lync", "Step a: Open", "Step b", "Step c: Sort"):
        box = reader("find", role="check box", name=name)
        boxes[box["name"]] = "checked" in box["states"], reader("place", number=box["number"])
    return {"case": case["name"], "boxes": boxes}
