"""A whole session under a policy: what a start and a second start ask for, and what of it is shown."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.running import recovery_after
from kbviewer.app.gui.session import Session
from kbviewer.app.gui.termination import closing_on_request
from kbviewer.app.last_run import LastRun
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.errors import PolicyError
from kbviewer.model.policy import Policy
from kbviewer.state.user_state import UserState
from tests.support.packs import make_folder
from tests.support.policies import locked

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)

Begin = Callable[..., Session]


@pytest.fixture
def begin(qapp: QApplication, qtbot: QtBot, profile: Path) -> Iterator[Begin]:
    """Begins sessions with their window on the screen; each is ended."""
    begun: list[Session] = []
    with UserState.open(profile / "state.sqlite") as state:

        def make(policy: Policy, *libraries: Path, language: str = "sv", article: str = "") -> Session:
            request = WindowRequest(libraries, language, profile, article)
            session = Session(qapp, request, Profile(profile), data_folders(), state, policy)
            begun.append(session)
            with qtbot.waitSignal(session.window.first_painted):
                session.window.show()
            return session

        yield make
        for session in begun:
            session.window.leave()
            session.close()


def ids(session: Session) -> set[str]:
    return {library.pack.id for library in session.reading.libraries.libraries}


def notice(session: Session) -> str:
    return session.window.parts.notice._text.text()


def test_a_start_with_a_folder_that_may_not_be_opened_says_so_and_starts(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    """A double click on a file has no terminal to complain to, and a public terminal has to come up."""
    folder = make_folder(tmp_path / "docs")
    session = begin(locked(allow_open_file=False), folder)
    assert "office" not in ids(session)
    qtbot.waitUntil(lambda: str(folder) in notice(session))


def test_a_second_start_gets_no_more_than_the_first(begin: Begin, tmp_path: Path, profile: Path) -> None:
    """Folder, file and language are what a request can ask for."""
    folder = make_folder(tmp_path / "docs")
    session = begin(locked(allow_open_file=False, allow_language_switch=False))
    before, language = ids(session), session.window.language.current
    other = "en" if language == "sv" else "sv"
    file = str(folder / "printer" / "en.md")
    session.take(WindowRequest((folder,), other, profile, file))
    assert ids(session) == before
    assert session.window.language.current == language
    assert session.window.reader.article is None
    assert str(folder) in notice(session)


def test_a_link_from_a_second_start_is_followed(begin: Begin, profile: Path) -> None:
    """An id leads into what is open, and nowhere else."""
    session = begin(locked(allow_open_file=False))
    session.take(WindowRequest((), "", profile, "kb://kb307294"))
    assert session.window.reader.article is not None


def test_no_other_door_opens_a_folder(begin: Begin, tmp_path: Path) -> None:
    """Whoever asks the session for one is refused there, too."""
    session = begin(locked(allow_open_file=False))
    with pytest.raises(PolicyError):
        session.reading.open((make_folder(tmp_path / "docs"),))


def test_the_language_and_targets_are_the_policys_until_the_reader_chooses(begin: Begin) -> None:
    """`--language` is a choice, too."""
    session = begin(locked(language="sv", touch=True, allow_language_switch=False), language="en")
    assert session.window.language.current == "sv"
    assert session.window._theme.touch


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_log_out_closes_a_window_that_readers_may_not_close(begin: Begin, qtbot: QtBot) -> None:
    """The computer ends the program; a terminal must be able to shut down."""
    session = begin(Policy().as_kiosk())
    session.window.close()
    assert session.window.isVisible()
    with closing_on_request(session.window):
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: not session.window.isVisible())


def test_after_a_crash_a_kiosk_begins_anew_and_says_nothing() -> None:
    """Who stands there now is not who saw it; a report leaves no computer where nothing may be copied."""
    crashed = LastRun(ended_badly=True, bad_starts=1, report="where it was")
    assert recovery_after(crashed, Policy().as_kiosk()) is None
    told = recovery_after(crashed, locked(allow_copy=False))
    assert told is not None
    assert told.report == ""
    told = recovery_after(crashed, Policy())
    assert told is not None
    assert "where it was" in told.report


def test_a_policy_with_a_fault_is_told(begin: Begin, qtbot: QtBot) -> None:
    """Readers know whom to ask; the log knows what is wrong."""
    from kbviewer.model.policy_reading import policy_from

    policy = policy_from(
        b'{"locked": {"allow_prnt": true, "kiosk": false, "fullscreen": false}}', "/etc/p.json"
    )
    session = begin(policy, language="")
    text = session.translator.gettext
    qtbot.waitUntil(lambda: bool(notice(session)))
    assert notice(session) == text(
        "The settings of your organisation have a fault, so that much is switched off. "
        "Tell whoever looks after this computer."
    )
