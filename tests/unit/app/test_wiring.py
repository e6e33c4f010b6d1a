"""Paths, languages, log and crash handling: what everything else is tied together with."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.app.arguments import parse, peek
from kbviewer.app.crash import catching_the_rest, unexpected
from kbviewer.app.logging_setup import logging_to
from kbviewer.app.paths import data_folders, find_profile
from kbviewer.app.preparation import readers_language
from kbviewer.app.window import has_display, split_place
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import UsageError
from kbviewer.state.user_state import UserState


def test_data_folders_of_a_checkout_are_at_its_top() -> None:
    data = data_folders()

    assert (data.content / "pack.toml").is_file()
    assert (data.i18n / "kbviewer.pot").is_file()


def test_profile_is_the_one_named_then_the_variables_then_the_systems(tmp_path: Path) -> None:
    environ = {"KBVIEWER_PROFILE": str(tmp_path / "variable")}

    assert find_profile(tmp_path / "named", environ).root == tmp_path / "named"
    assert find_profile(None, environ).root == tmp_path / "variable"
    assert find_profile(None, {}).root.name == "kbviewer"
    assert find_profile(Path("relative"), {}).root.is_absolute()
    assert find_profile(tmp_path, environ).state == tmp_path / "state.sqlite"


def test_language_is_the_one_asked_for_then_the_settings_then_the_systems(profile: Path) -> None:
    found = find_profile(profile)
    assert readers_language("sv", found, ["en", "sv"]) == "sv"
    assert readers_language("", found, ["en", "sv"]) == "en"
    assert not profile.exists()
    with UserState.open(found.state) as state:
        state.settings.set("language", "sv")

    assert readers_language("", found, ["en", "sv"]) == "sv"
    assert readers_language("any", found, ["en", "sv"]) == "sv"
    assert readers_language("en", found, ["en", "sv"]) == "en"


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["--language", "sv", "show", "1"], "sv"),
        (["show", "1", "--language=en"], "en"),
        (["--language", "sv", "show", "1", "--language=en"], "en"),
        (["show", "--", "--language", "sv"], ""),
        (["show", "--language"], ""),
        ([], ""),
    ],
)
def test_option_is_seen_before_the_arguments_are_parsed(arguments: list[str], value: str) -> None:
    assert peek(arguments, "--language") == value


@given(
    st.lists(
        st.sampled_from(["--library", "--language", "sv", "show", "search", "--", "-x", "a", "--json=1"])
    )
)
def test_any_arguments_are_parsed_or_refused_with_a_sentence(arguments: list[str]) -> None:
    try:
        parse(arguments, Translator(data_folders().i18n, "en"))
    except UsageError as error:
        assert error.remedy is not None


def test_options_count_before_and_after_the_command(tmp_path: Path) -> None:
    translator = Translator(data_folders().i18n, "en")

    options = parse(["--library", "a", "--language", "sv", "show", "1", "--library", "b"], translator)

    assert options.libraries == [Path("a"), Path("b")]
    assert options.language == "sv"
    assert parse(["--language", "sv", "show", "1", "--language", "en"], translator).language == "en"
    assert parse(["show", "1"], translator).profile is None


@pytest.mark.parametrize(
    ("reference", "article", "anchor"),
    [("KB307294", "KB307294", ""), ("KB307294#lan", "KB307294", "lan"), ("a#b#c", "a#b", "c"), ("", "", "")],
)
def test_place_follows_the_number_sign(reference: str, article: str, anchor: str) -> None:
    assert split_place(reference) == (article, anchor)


def test_path_of_a_file_becomes_absolute_and_may_have_a_number_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window that takes the request over may run in another folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("plain.md", "c#.md"):
        (tmp_path / name).write_text("# x", encoding="utf-8")

    assert split_place("plain.md#top") == (str(tmp_path / "plain.md"), "top")
    assert split_place("c#.md") == (str(tmp_path / "c#.md"), "")
    assert split_place("missing.md") == ("missing.md", "")


@pytest.mark.parametrize(
    ("platform", "environ", "answer"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_display_is_asked_for_on_linux_only(platform: str, environ: dict[str, str], answer: bool) -> None:
    assert has_display(platform, environ) is answer


def test_log_is_made_with_its_first_line(tmp_path: Path) -> None:
    with logging_to(tmp_path / "log") as logger, logging_to(tmp_path / "log"):
        assert not (tmp_path / "log").exists()
        logger.info("åäö")

    assert (tmp_path / "log" / "kbviewer.log").read_text(encoding="utf-8").count("åäö") == 1
    assert logging.getLogger("kbviewer").handlers == []


def test_log_that_cannot_be_written_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")

    with logging_to(tmp_path / "log") as logger:
        logger.error("lost")

    assert capsys.readouterr() == ("", "")


def test_log_files_stay_few_and_small(tmp_path: Path) -> None:
    with logging_to(tmp_path / "log") as logger:
        for _ in range(60):
            logger.info("x" * 64 * 1024)

    files = list((tmp_path / "log").iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size < 600 * 1024 for file in files)


def test_uncaught_errors_of_all_threads_are_logged_and_told(tmp_path: Path) -> None:
    told: list[str] = []
    before = sys.excepthook, threading.excepthook
    with (
        logging_to(tmp_path / "log") as logger,
        catching_the_rest(logger, lambda: told.append(threading.current_thread().name)),
    ):
        sys.excepthook(ValueError, ValueError("in front"), None)
        thread = threading.Thread(target=lambda: 1 / 0, name="behind")
        thread.start()
        thread.join()

    text = (tmp_path / "log" / "kbviewer.log").read_text(encoding="utf-8")
    assert told == ["MainThread", "behind"]
    assert "ValueError" in text
    assert "ZeroDivisionError" in text
    assert (sys.excepthook, threading.excepthook) == before


@pytest.mark.parametrize(("level", "is_told"), [("info", False), ("debug", True)])
def test_what_an_error_quotes_is_written_only_when_asked_for(
    tmp_path: Path, level: str, is_told: bool
) -> None:
    """The message of an error may be a word that was searched for, or a line that was written."""
    with logging_to(tmp_path / "log", level=level) as logger:
        try:
            try:
                dict[str, int]()["zyxsecret"]
            except KeyError as error:
                raise ValueError("zyxsecret") from error
        except ValueError as error:
            logger.critical("uncaught", exc_info=error)
        try:
            (tmp_path / "missing").read_text("utf-8")
        except OSError as error:
            logger.critical("uncaught", exc_info=error)

    text = (tmp_path / "log" / "kbviewer.log").read_text(encoding="utf-8")
    # The line of the program that failed is quoted in any case, and here it has the word.
    assert ("ValueError: zyxsecret" in text) is is_told
    assert "KeyError" in text
    assert "test_wiring.py" in text
    assert "No such file or directory" in text


@pytest.mark.parametrize(
    ("level", "written"), [("error", ["e"]), ("warning", ["w", "e"]), ("info", ["i", "w", "e"])]
)
def test_log_has_what_the_level_lets_through(tmp_path: Path, level: str, written: list[str]) -> None:
    with logging_to(tmp_path / "log", level=level) as logger:
        logger.debug("d")
        logger.info("i")
        logger.warning("w")
        logger.error("e")

    lines = (tmp_path / "log" / "kbviewer.log").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == written


def test_reader_is_told_where_the_log_is(tmp_path: Path) -> None:
    assert str(tmp_path) in str(unexpected(tmp_path))


def test_a_link_keeps_its_beginning_so_that_it_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone may have written it; `kbviewer open file.md` is for files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.md").write_text("# Plain\n", encoding="utf-8")

    assert split_place("kb://kb307294#lan") == ("kb://kb307294", "lan")
    assert split_place("KB://kb307294") == ("kb://kb307294", "")
    assert split_place("kb://plain.md") == ("kb://plain.md", "")
    with pytest.raises(UsageError):
        split_place("kb://%zz")


def test_a_file_in_place_of_a_command_is_opened(tmp_path: Path) -> None:
    """That is how systems start a program for a file; one in place of a value is no command."""
    translator = Translator(data_folders().i18n, "en")
    pack = tmp_path / "a.kbp"
    pack.write_bytes(b"")

    options = parse(["--library", str(pack), "--language", "sv", str(pack)], translator)

    assert (options.command, options.article) == ("open", str(pack))
    assert options.libraries == [pack]
    assert parse(["pack", "verify", str(pack)], translator).command == "pack"
    with pytest.raises(UsageError):
        parse([str(tmp_path / "gone.kbp")], translator)
