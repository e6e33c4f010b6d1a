"""What a screen reader meets in the real window: AT-SPI on a display of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kbviewer.app.libraries import open_libraries
from kbviewer.model.cases import StepOutcome
from kbviewer.model.tabs import KeptTab, KeptTabs, Stop
from kbviewer.state.user_state import UserState
from tests.support.virtual_display import ScreenReader, screen_reader, virtual_display

ROOT = Path(__file__).parents[2]
TITLE = {
    "sv": "Användare kan inte ansluta till onlinemöten i Skype för företag Online",
    "en": "Users cannot join online meetings in Skype for Business Online",
}
HEADINGS = {
    "sv": [("Omfattning", "2"), ("Symtom", "2"), ("Felsöka klientproblem i Windows", "2")],
    "en": [("Scope", "2"), ("Symptoms", "2"), ("Troubleshoot client problems in Windows", "2")],
}
LEAD = {
    "sv": "Den här artikeln hjälper dig att felsöka",
    "en": "This article helps you troubleshoot",
}
STEP = {"sv": "Steg 1: Kör Windows Update", "en": "Step 1: Run Windows Update"}
CELL = {
    "sv": "Det går inte att ansluta till ett onlinemöte i Skype för företag från en enda dator, "
    "En enskild användare inom organisationen: Klientproblem",
    "en": "Cannot join a Skype for Business online meeting from a single computer, "
    "A single user inside the organization: Client problem",
}
OTHER = {"sv": "Engelska", "en": "Svenska"}
LOCALE = {"sv": "sv_SE", "en": "en_US"}


@pytest.fixture
def beside_reader(tmp_path: Path, profile: Path) -> Iterator[ScreenReader]:
    """A reader of the window that shows an article in Swedish, with English beside it."""
    profile.mkdir()
    with UserState.open(profile / "state.sqlite") as state:
        state.settings.set("side_by_side", True)
    yield from _read(tmp_path, profile)


@pytest.fixture
def reader(tmp_path: Path, profile: Path) -> Iterator[ScreenReader]:
    """A reader of the window that shows an article in Swedish."""
    yield from _read(tmp_path, profile)


@pytest.fixture
def case_reader(tmp_path: Path, profile: Path) -> Iterator[ScreenReader]:
    """A reader of the window that goes on with a case, in the first of two tabs."""
    profile.mkdir()
    library = open_libraries((), ROOT / "content")
    article = library.article("online-meetings", "sv")
    with UserState.open(profile / "state.sqlite") as state:
        case_id = state.cases.create("sv", "INC-4711", [article]).case_id
        state.cases.set_step(case_id, article, "windows-update", StepOutcome.DONE)
        state.cases.set_step(case_id, article, "lync-update", StepOutcome.FAILED, "0x800B0101")
        state.settings.set("case_at_work", case_id)
        tabs = tuple(KeptTab((Stop(name),)) for name in ("online-meetings", "kb307294"))
        state.tabs.save(KeptTabs(tabs))
    yield from _read(tmp_path, profile, ())


def _read(
    tmp_path: Path, profile: Path, what: Sequence[str] = ("open", "online-meetings")
) -> Iterator[ScreenReader]:
    command = [sys.executable, "-m", "kbviewer", "--language", "sv", *what]
    log = tmp_path / "session.log"
    with virtual_display() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "KBVIEWER_PROFILE": str(profile),
        }
        with screen_reader(command, environment, ROOT, log) as found:
            yield found
    assert "Traceback" not in log.read_text(errors="replace")


def read_article(reader: ScreenReader, language: str) -> None:
    """Looks at title, headings, a paragraph, a step and a cell."""
    document = reader("find", role="document frame", name=TITLE[language])
    assert document["locale"] == LOCALE[language]
    headings = [(found["name"], found["level"], found["locale"]) for found in reader("all", role="heading")]
    assert headings[0] == (TITLE[language], "1", LOCALE[language])
    assert headings[1:4] == [(name, level, LOCALE[language]) for name, level in HEADINGS[language]]

    lead = reader("find", role="paragraph", name=LEAD[language])
    assert lead["locale"] == LOCALE[language]
    assert reader("text", number=lead["number"]) == lead["name"]

    step = reader("find", role="check box", name=STEP[language])
    assert step["parent"] == "list item"
    cell = reader("find", role="radio button", name=CELL[language])
    assert cell["parent"] == "panel"


def test_a_screen_reader_reads_an_article_in_both_languages(reader: ScreenReader) -> None:
    """Headings, levels, languages, ticks and the matrix, before and after the switch; a tick stays."""
    read_article(reader, "sv")

    step = reader("find", role="check box", name=STEP["sv"])
    assert "checked" not in step["states"]
    reader("act", number=step["number"], action="Toggle")
    reader("wait", number=step["number"], state="checked", expected=True)

    switch = reader("find", role="radio button", name=OTHER["sv"])
    reader("act", number=switch["number"], action="Toggle")
    read_article(reader, "en")

    assert "checked" in reader("find", role="check box", name=STEP["en"])["states"]


def test_parts_of_a_procedure_are_read_as_partly_done(reader: ScreenReader) -> None:
    """A step with sub-steps is neither done nor not done while some of them are."""
    part = reader("find", role="check box", name="Steg a: ")
    reader("act", number=part["number"], action="Toggle")
    reader("wait", number=part["number"], state="checked", expected=True)

    whole = reader("find", role="check box", name="Steg 1: Kontrollera i Certifikathanteraren")
    assert "indeterminate" in whole["states"]


def test_everything_that_takes_the_focus_has_a_name(reader: ScreenReader) -> None:
    """Whatever a reader can land on says what it is."""
    document = reader("find", role="document frame", name=TITLE["sv"])
    frame = reader("find", role="frame", name=TITLE["sv"])
    objects = reader("below", number=frame["number"])

    nameless = [found for found in objects if _takes_focus(found) and not found["name"]]
    assert nameless == []
    assert len(reader("below", number=document["number"])) > 100


def test_two_columns_are_two_documents_that_share_their_ticks(
    beside_reader: ScreenReader,
) -> None:
    """Each with its language and its own structure; a step that is ticked in one is ticked in the other."""
    for language in ("sv", "en"):
        document = beside_reader("find", role="document frame", name=TITLE[language])
        assert document["locale"] == LOCALE[language]
        objects = beside_reader("below", number=document["number"])
        headings = [found["name"] for found in objects if found["role"] == "heading"]
        assert headings[1:4] == [name for name, _ in HEADINGS[language]]
    for name in ("Artikel, svenska", "Artikel, engelska"):
        assert beside_reader("find", role="label", name=name)

    step = beside_reader("find", role="check box", name=STEP["sv"])
    beside_reader("act", number=step["number"], action="Toggle")
    beside_reader("wait", number=step["number"], state="checked", expected=True)

    assert "checked" in beside_reader("find", role="check box", name=STEP["en"])["states"]
    frame = beside_reader("find", role="frame", name=TITLE["sv"])
    objects = beside_reader("below", number=frame["number"])
    assert [found for found in objects if _takes_focus(found) and not found["name"]] == []


def _press(reader: ScreenReader, name: str) -> None:
    button = reader("find", role="push button", name=name)
    reader("act", number=button["number"], action="Press")


def _nameless(objects: list[dict[str, object]]) -> list[dict[str, object]]:
    return [found for found in objects if _takes_focus(found) and not found["name"]]


def test_a_case_its_results_and_tabs_are_met(case_reader: ScreenReader) -> None:
    """The strip stands where it is seen: after the bar, before the tabs and the article."""
    frame = case_reader("find", role="frame", name=TITLE["sv"])
    objects = case_reader("below", number=frame["number"])
    names = [found["name"] for found in objects]
    strip = names.index("Ärende 1 · INC-4711 · 1 klart, 1 misslyckat")
    roles = [found["role"] for found in objects]
    assert names.index("Sök artiklar") < strip < names.index("Ny flik") < roles.index("document frame")

    tabs = [found for found in objects if found["role"] == "page tab" and found["name"] in names[strip:]]
    first = next(found for found in tabs if found["name"] == TITLE["sv"])
    assert "selected" in first["states"]
    assert any(str(found["name"]).startswith("Vanliga lösningar") for found in tabs)

    done = case_reader("find", role="check box", name=STEP["sv"])
    assert "checked" in done["states"]
    assert done["description"].startswith("Klart ")
    failed = case_reader("find", role="check box", name="Steg 2: Kontrollera att Lync")
    assert "checked" not in failed["states"]
    assert failed["description"].startswith("Misslyckades ")
    assert failed["description"].endswith("0x800B0101")


def test_the_guided_view_says_where_it_is(case_reader: ScreenReader) -> None:
    """Each step is spoken when it comes, and what was pressed before it."""
    _press(case_reader, "Steg för steg")
    assert "1 misslyckades" in case_reader("said", text="Alla steg är avklarade")
    case_reader("find", role="heading", name="Alla steg är avklarade")
    _press(case_reader, "Nästa procedur")
    case_reader("said", text="Så här rensar du autentiseringsuppgifter")
    bars = [bar["description"] for bar in case_reader("all", role="progress bar")]
    assert any(words.startswith("0 av ") for words in bars)
    failed = case_reader("find", role="check box", name="Misslyckades")
    assert "checked" not in failed["states"]
    case_reader("act", number=failed["number"], action="Toggle")
    assert "Misslyckades" in case_reader("said", text="Steg 1: ")


def test_the_report_for_support_is_filled_in_and_copied(case_reader: ScreenReader) -> None:
    """All fields and choices of the dialog, and that it is on the clipboard."""
    _press(case_reader, "Steg för steg")
    _press(case_reader, "Behöver du mer hjälp?")
    dialog = case_reader("find", role="dialog", name="Behöver du mer hjälp?")
    objects = case_reader("below", number=dialog["number"])

    assert _nameless(objects) == []
    fields = [found["name"] for found in objects if found["role"] == "text"]
    assert "Hur många användare påverkas av problemet?" in fields
    assert "Referens" in fields
    chosen = [found["name"] for found in objects if "checked" in found["states"]]
    assert chosen == ["Svenska", "Text"]
    _press(case_reader, "Kopiera rapporten")
    case_reader("said", text="Kopierat")


def test_the_list_of_cases_is_met(case_reader: ScreenReader) -> None:
    """Each case with all that its row shows; what is done with one is spoken."""
    _press(case_reader, "Ärende 1 · INC-4711")
    case_reader("find", role="list", name="Ärenden")
    row = case_reader("find", role="list item", name="Ärende 1 · INC-4711, Öppet ärende, Pågår nu")
    assert "selected" in row["states"]
    assert "checked" in case_reader("find", role="radio button", name="Alla (1)")["states"]
    frame = case_reader("find", role="frame", name="Ärenden")
    assert _nameless(case_reader("below", number=frame["number"])) == []

    _press(case_reader, "Pausa")

    case_reader("said", text="Ärende 1 är pausat")


def _takes_focus(found: dict[str, object]) -> bool:
    states = found["states"]
    return isinstance(states, list) and {"focusable", "showing"} <= set(states)
