"""The command line as scripts and people use it: real processes, real output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(
    *arguments: str | Path, environ: dict[str, str] | None = None, cwd: Path = ROOT, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "kbviewer", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})},
        cwd=cwd,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


def assert_one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Errors are one line with a remedy, on the error stream."""
    assert done.stdout == ""
    assert done.stderr.startswith("kbviewer: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for part in parts:
        assert part in done.stderr


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "kb7000001").mkdir(parents=True)
    (folder / "kb7000001" / "sv.md").write_text(
        "---\ntitle: Skrivaren svarar inte\nlang: sv\n---\n\n"
        "# Skrivaren svarar inte\n\nStarta om skrivaren.\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("reference", ["KB307294", "Q307294", "307294", "kb307294", "content/kb307294/sv.md"])
def test_every_form_of_an_id_shows_the_same_article(reference: str) -> None:
    done = run("show", reference, "--language", "sv", "--format", "json")

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert (shown["id"], shown["language"]) == ("kb307294", "sv")
    assert set(shown["languages"]) == {"sv", "en"}


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("text", "Vanliga"), ("markdown", "---\n"), ("html", "<!doctype html>"), ("json", "{")],
)
def test_article_is_printed_in_every_form(form: str, beginning: str) -> None:
    done = run("show", "307294", "--language", "sv", "--format", form)

    assert done.returncode == 0, done.stderr
    assert done.stdout.casefold().startswith(beginning.casefold())
    assert done.stdout.endswith("\n")
    assert done.stderr == ""


def test_interface_follows_the_language_of_the_settings(profile: Path) -> None:
    from kbviewer.state.user_state import UserState

    with UserState.open(profile / "state.sqlite") as state:
        state.settings.set("language", "sv")

    assert json.loads(run("show", "307294", "--format", "json").stdout)["language"] == "sv"
    assert "användning:" in run("--help").stdout


def test_interface_follows_the_systems_language() -> None:
    swedish = {"LC_ALL": "sv_SE.UTF-8", "LANGUAGE": ""}

    assert "användning:" in run("--help", environ=swedish).stdout
    assert "usage:" in run("--help", "--language", "en", environ=swedish).stdout
    assert_one_sentence(run("show", environ=swedish), "ARTIKEL")


def test_output_is_utf8_whatever_the_locale_says() -> None:
    done = run("show", "307294", "--language", "sv", environ={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})

    assert "Går det inte att logga in?" in done.stdout


def test_given_libraries_replace_the_articles_that_come_along(library: Path) -> None:
    assert run("--library", library, "show", "7000001").stdout.startswith("Skrivaren svarar inte")
    assert run("show", "7000001", "--library", library).returncode == 0
    assert_one_sentence(run("show", "307294", "--library", library), "307294")


def test_file_outside_all_libraries_is_shown(tmp_path: Path) -> None:
    (tmp_path / "alone.md").write_text("---\nlang: en\n---\n\n# Alone\n\nText.\n", encoding="utf-8")

    done = run("show", "alone.md", "--format", "json", cwd=tmp_path)

    assert json.loads(done.stdout)["title"] == "Alone"


def test_article_that_is_not_there_exits_1_with_a_sentence() -> None:
    done = run("show", "KB000000")

    assert done.returncode == 1
    assert_one_sentence(done, "KB000000")


def test_broken_article_exits_1_and_the_others_are_shown(library: Path) -> None:
    (library / "broken").mkdir()
    (library / "broken" / "sv.md").write_bytes(b"\x00\x01\x02binary")

    broken = run("show", "broken", "--library", library)

    assert broken.returncode == 1
    assert_one_sentence(broken, "broken/sv.md")
    assert run("show", "7000001", "--library", library).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["frobnicate"],
        ["show", "1", "--format", "pdf"],
        ["show", "1", "--language", "klingon"],
        ["--nonsense"],
        ["show", "1", "--library", "/no/such/folder"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"],
        ["check", "/no/such/folder"],
        ["open", "1", "--library", "/no/such/folder"],
    ],
)
def test_misuse_exits_2_with_one_sentence(arguments: Sequence[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert_one_sentence(done)


def test_version_and_help_are_printed() -> None:
    assert run("--version").stdout.startswith("kbviewer ")
    for command in ([], ["open"], ["show"], ["search"], ["check"]):
        done = run(*command, "--help")
        assert done.returncode == 0
        assert done.stdout.startswith("usage: kbviewer")


def test_without_a_display_one_sentence_says_what_to_do() -> None:
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}

    done = run(environ=nowhere)

    if sys.platform.startswith("linux"):
        assert done.returncode == 2
        assert_one_sentence(done, "kbviewer show", "kbviewer search", "QT_QPA_PLATFORM=offscreen")


def test_shipped_content_has_nothing_to_complain_about() -> None:
    done = run("check", ROOT / "content")

    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_check_reports_file_line_what_and_remedy(library: Path) -> None:
    file = library / "kb7000001" / "sv.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n[dit](#nowhere)\n", encoding="utf-8")

    done = run("check", library)
    report = run("check", library, "--json")

    assert (done.returncode, report.returncode) == (1, 1)
    assert "kb7000001/sv.md:10: " in done.stdout
    assert "10" in str([problem["line"] for problem in json.loads(report.stdout)["problems"]])


def test_profile_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    done = run("show", "307294", "--profile", tmp_path / "file" / "profile")

    assert done.returncode == 0
    assert done.stderr == ""


def test_damaged_state_stops_nothing(profile: Path) -> None:
    profile.mkdir()
    (profile / "state.sqlite").write_bytes(b"rubbish" * 1000)

    assert run("show", "307294").returncode == 0
    assert (profile / "state.sqlite").read_bytes() == b"rubbish" * 1000


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_reader_that_closes_the_pipe_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kbviewer", "show", "307294", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        errors = program.stderr.read()
        assert program.wait(60) == 0
    assert errors == b""


INTERRUPTED_PROGRAM = """
import os, signal, sys
from kbviewer import cli
# Whoever is started in the background has no handler.
signal.signal(signal.SIGINT, signal.default_int_handler)
cli._run = lambda arguments: os.kill(os.getpid(), signal.SIGINT) or 0
sys.exit(cli.main([]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_interrupting_is_silent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_PROGRAM], capture_output=True, cwd=ROOT, timeout=60
    )

    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, b"", b"")


BROKEN_PROGRAM = """
import sys
from kbviewer import cli
cli._dispatch = lambda arguments, prepared: 1 / 0
sys.exit(cli.main(["--profile", sys.argv[1]]))
"""


def test_unexpected_error_is_one_sentence_and_a_log(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN_PROGRAM, str(tmp_path / "profile")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=60,
    )

    assert done.returncode == 70
    assert_one_sentence(done, str(tmp_path / "profile" / "log"))
    log = (tmp_path / "profile" / "log" / "kbviewer.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log


def test_a_second_start_hands_over_without_a_display(profile: Path, tmp_path: Path) -> None:
    import queue

    from kbviewer.app.single_instance import Listener
    from kbviewer.app.window_request import WindowRequest

    received: queue.SimpleQueue[WindowRequest] = queue.SimpleQueue()
    listener = Listener.claim(profile, received.put)
    assert listener is not None
    try:
        done = run(
            "open",
            "KB307294#lan",
            "--language",
            "sv",
            environ={"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""},
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert received.get(timeout=10) == WindowRequest((), "sv", profile, "KB307294", "lan")
    finally:
        listener.close()


def test_show_loads_neither_qt_nor_search() -> None:
    program = (
        "import sys; from kbviewer.cli import main; main(['show', '307294']);"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'PySide6', 'whoosh'}, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60
    )

    assert done.stderr.strip() == ""


def test_check_counts_what_it_found_by_kind(library: Path) -> None:
    file = library / "kb7000001" / "sv.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n[dit](#nowhere)\n\n**x\n", encoding="utf-8")

    done = run("check", library)
    report = json.loads(run("check", library, "--json").stdout)

    assert "1 debris" in done.stderr
    assert "Understood: " in done.stderr
    assert report["unknown"] == {"debris": 1}
    assert report["counts"]["dangling-link"] == 1
    assert 0.5 < report["understood"] < 1


def test_contents_are_printed_as_text_and_as_json(library: Path) -> None:
    (library / "TOC.md").write_text(
        "# Guide\n\n* Fixes\n  * [A fix](xref:kb7000001)\n  * [Web](https://example.org/)\n", encoding="utf-8"
    )

    done = run("contents", "--library", library)
    (fixes,) = json.loads(run("contents", "--json", "--library", library).stdout)

    assert done.stdout == "Fixes\n  A fix  (kb7000001)\n  Web  (https://example.org/)\n"
    assert [item["article"] for item in fixes["items"]] == ["kb7000001", ""]


def test_articles_without_contents_say_so() -> None:
    done = run("contents")

    assert (done.returncode, done.stdout) == (0, "")
    assert "no table of contents" in done.stderr
