"""Articles as PDF from the command line: a real process, a real file, read by another program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbviewer.model.cases import StepOutcome
from kbviewer.state.user_state import UserState

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command on a computer without a display."""
    environ = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "kbviewer", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


def pages_of(path: Path) -> list[str]:
    """Return the text that a reader can select, page by page."""
    read = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return read.stdout.split("\f")[:-1]


@pytest.mark.parametrize(
    ("language", "title", "foot"),
    [
        ("sv", "Vanliga lösningar på problem", "sida {} av {}"),
        ("en", "Common solutions for Windows Messenger", "page {} of {}"),
    ],
)
def test_an_article_becomes_a_pdf_whose_text_can_be_selected(
    tmp_path: Path, language: str, title: str, foot: str
) -> None:
    """For reading away from the computer, in either language, without a display."""
    done = run("print", "KB307294", "-o", tmp_path / "paper.pdf", "--language", language)

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    pages = pages_of(tmp_path / "paper.pdf")
    assert f"{len(pages)} " in done.stderr
    assert title in pages[0]
    for number, page in enumerate(pages, 1):
        assert page.split("\n")[0].startswith("KB307294")
        assert foot.format(number, len(pages)) in page
    text = "".join(pages)
    # Neither ligatures nor lines that two pages share.
    assert not set("ﬁﬂﬀﬃ") & set(text)
    assert text.count("ISP") == 1


def test_the_ticks_of_the_profile_are_printed(tmp_path: Path, profile: Path) -> None:
    """The same boxes as in the window; another file than without them."""
    run("print", "kb902534", "-o", tmp_path / "empty.pdf", "--language", "sv")
    from kbviewer.content.folder import FolderLibrary
    from kbviewer.model.blocks import walk_steps

    steps = walk_steps(FolderLibrary(ROOT / "content").article("kb902534", "sv").blocks)
    with UserState.open(profile / "state.sqlite") as state:
        state.ticks.set_done("kb902534", [step.id for step in steps], True)
    run("print", "kb902534", "-o", tmp_path / "ticked.pdf", "--language", "sv")

    assert (tmp_path / "ticked.pdf").stat().st_size > (tmp_path / "empty.pdf").stat().st_size


def test_the_case_at_work_is_printed_instead_of_the_ticks(tmp_path: Path, profile: Path) -> None:
    """As the window shows it: what failed, when, and the note."""
    from kbviewer.content.folder import FolderLibrary
    from kbviewer.model.blocks import walk_steps

    article = FolderLibrary(ROOT / "content").article("kb902534", "sv")
    step = next(iter(walk_steps(article.blocks)))
    with UserState.open(profile / "state.sqlite") as state:
        state.ticks.set_done("kb902534", [step.id for step in walk_steps(article.blocks)], True)
        case_id = state.cases.create("sv").case_id
        state.cases.set_step(case_id, article, step.id, StepOutcome.FAILED, "Startmenyn är tom")
        state.settings.set("case_at_work", case_id)
    run("print", "kb902534", "-o", tmp_path / "case.pdf", "--language", "sv")

    assert "Startmenyn är tom" in "".join(pages_of(tmp_path / "case.pdf"))


def test_the_chosen_cell_of_a_matrix_is_printed(tmp_path: Path, profile: Path) -> None:
    """In words, as the boxes are."""
    run("print", "online-meetings", "-o", tmp_path / "empty.pdf", "--language", "sv")
    with UserState.open(profile / "state.sqlite") as state:
        state.choices.set("online-meetings", "scope/m1", 1, 2)
    run("print", "online-meetings", "-o", tmp_path / "chosen.pdf", "--language", "sv")

    assert "Valt:" not in "".join(pages_of(tmp_path / "empty.pdf"))
    assert "Valt:" in "".join(pages_of(tmp_path / "chosen.pdf"))


@pytest.mark.parametrize(
    ("reference", "file", "parts"),
    [
        ("KB999999", "paper.pdf", ("no article “KB999999”", "Check the id")),
        ("KB307294", "lacking/paper.pdf", ("could not be written to", "Choose another folder.")),
        ("KB307294", ".", ("could not be written to", "Choose another folder.")),
    ],
)
def test_what_cannot_be_printed_is_told_in_one_sentence(
    tmp_path: Path, reference: str, file: str, parts: tuple[str, ...]
) -> None:
    """Where, what and the next step; no half a file."""
    done = run("print", reference, "-o", tmp_path / file, "--language", "en")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("kbviewer: ")
    assert done.stderr.count("\n") == 1
    assert all(part in done.stderr for part in parts)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".pdf", ".part")]


def test_a_print_without_a_file_says_how_it_is_written() -> None:
    """PDF on a terminal helps nobody."""
    done = run("print", "KB307294")

    assert done.returncode == 2
    assert "-o/--output" in done.stderr
