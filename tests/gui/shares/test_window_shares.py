"""A library on a share: the window reads its copy and never waits for the share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.paths import MACHINE_PACKS_VARIABLE, Profile
from kbviewer.app.shelf_places import folder_key
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.model.policy import Policy
from kbviewer.model.shelf import ShelfChoice
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.actions import ActionId
from tests.support.packs import build, make_folder
from tests.support.policies import locked
from tests.support.share_window import (
    MOST_MS,
    MakeSession,
    bar_of,
    beating,
    buttons_of,
    has,
    make_copy,
    page_name,
    rows_of,
    sentence_of,
    text_of,
)
from tests.support.stalled import stalled_share

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)


def test_a_library_on_a_share_is_copied_and_read_from_the_copy(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    session = make_session(share / "office", article="printer")

    qtbot.waitUntil(lambda: page_name(session) == "ArticlePage")

    (library,) = session.reading.libraries.libraries
    assert library.root.is_relative_to(Profile(profile).cache)
    assert [facts.path for facts in session._facts().libraries] == [str(share / "office")]
    assert session.window.library.media("printer", "media/skrivare.png")


def test_the_window_opens_on_the_copy_while_the_share_stalls(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    """It says so, goes on, and takes up the share when that is there again."""
    make_copy(share / "office", profile)
    with stalled_share(share):
        with beating() as heart:
            session = make_session(share / "office", article="printer")
            qtbot.waitUntil(lambda: page_name(session) == "ArticlePage")
            qtbot.waitUntil(lambda: bar_of(session) is not None)
            session.window.opener.reload()
            session.window.reader.open("screen")
            session.window.language.switch_to("sv")
            qtbot.waitUntil(lambda: "skrivaren" in text_of(session))
            assert session.window.library.media("printer", "media/skrivare.png")
            qtbot.wait(100)
        bar = bar_of(session)
        assert bar is not None
        assert "svarar inte" in bar.accessibleName()
        assert "kopian" in bar.accessibleName()
    assert heart.longest_ms < MOST_MS

    bar.buttons[0].click()

    qtbot.waitUntil(lambda: bar_of(session) is None)


def test_what_has_changed_on_the_share_is_shown_when_it_comes_back(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    session = make_session(share / "office", article="printer")
    qtbot.waitUntil(lambda: "Restart the printer." in text_of(session))
    with stalled_share(share):
        session.window.opener.reload()
        qtbot.waitUntil(lambda: bar_of(session) is not None)
    make_folder(share / "office", "2")
    path = share / "office" / "printer" / "en.md"
    path.write_text(path.read_text("utf-8").replace("Restart", "Replace"), encoding="utf-8")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: "Replace the printer." in text_of(session))
    qtbot.waitUntil(lambda: bar_of(session) is None)


def test_without_a_copy_the_window_says_that_the_share_does_not_answer(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    with stalled_share(share):
        with beating() as heart:
            session = make_session(share / "office")
            qtbot.waitUntil(lambda: "Try again" in buttons_of(session))
        assert "does not answer" in sentence_of(session)
    assert heart.longest_ms < MOST_MS

    buttons_of(session)["Try again"].click()

    qtbot.waitUntil(lambda: page_name(session) == "HomePage")


def test_opening_a_folder_on_a_stalled_share_leaves_what_is_open(
    make_session: MakeSession, qtbot: QtBot, share: Path, tmp_path: Path
) -> None:
    session = make_session(make_folder(tmp_path / "local"), article="printer")
    with stalled_share(share):
        session.window.opener.open(share / "office")
        assert page_name(session) == "StatusPage"

        qtbot.waitUntil(lambda: page_name(session) == "ArticlePage")

        assert session.window.parts.notice.isVisible()
        session.window.opener.open(share / "office")
        buttons_of(session)["Cancel"].click()
        qtbot.waitUntil(lambda: page_name(session) == "ArticlePage")


def test_packs_of_the_computer_may_lie_on_a_share(
    make_session: MakeSession,
    qtbot: QtBot,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new version is taken without a restart; without the share, the one before is read."""
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(share / "packs"))
    build(share / "office", share / "office.kbp")
    packs = InstalledPacks(share / "packs")
    packs.install(share / "office.kbp")
    session = make_session()
    qtbot.waitUntil(lambda: page_name(session) == "HomePage")
    qtbot.waitUntil(lambda: session.window.library.find("printer") is not None)
    build(make_folder(share / "new", "2", says="Byt skrivare."), share / "office.kbp")
    packs.install(share / "office.kbp")

    session.window.opener.reload()

    qtbot.waitUntil(lambda: session.reading.libraries.libraries[0].pack.version == "2")
    with stalled_share(share):
        session.window.opener.reload()
        session.window.reader.open("printer")
        assert "Restart the printer." in text_of(session)


def test_without_packs_on_the_share_the_programs_own_articles_open(
    make_session: MakeSession, qtbot: QtBot, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MACHINE_PACKS_VARIABLE, str(share / "packs"))
    with stalled_share(share):
        session = make_session()

        qtbot.waitUntil(lambda: page_name(session) == "HomePage")

        assert session.window.library.find("kb902534") is not None
        qtbot.waitUntil(lambda: bar_of(session) is not None)


def _locked_to(*libraries: Path) -> Policy:
    return locked(library_dirs=tuple(map(str, libraries)))


def test_a_library_of_the_policy_is_read_from_its_copy_while_its_share_stalls(
    make_session: MakeSession, qtbot: QtBot, share: Path, profile: Path
) -> None:
    """The usual way for an office to point at a share. The list shows the share, and not the copy."""
    make_copy(share / "office", profile)
    with stalled_share(share):
        with beating() as heart:
            session = make_session(policy=_locked_to(share / "office"))
            qtbot.waitUntil(lambda: page_name(session) == "HomePage")
            qtbot.waitUntil(lambda: bar_of(session) is not None)
            session.window.opener.reload()
            session.window.table[ActionId.LIBRARIES].trigger()
            qtbot.waitUntil(lambda: page_name(session) == "LibraryPage")
        assert has(session, "printer")
        assert not has(session, "kb902534")
        row = rows_of(session)[str(share / "office")]
        assert row.fault is None
        assert row.articles
    assert heart.longest_ms < MOST_MS


def test_without_a_copy_of_the_policys_library_what_there_is_opens_and_the_row_says_why(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    """When the share answers, its articles come by themselves."""
    with stalled_share(share):
        with beating() as heart:
            session = make_session(policy=_locked_to(share / "office"))
            qtbot.waitUntil(lambda: page_name(session) == "HomePage")
            qtbot.waitUntil(lambda: bar_of(session) is not None)
        assert has(session, "kb902534")
        fault = rows_of(session)[str(share / "office")].fault
        assert fault is not None
        assert "does not answer" in str(fault.what)
    assert heart.longest_ms < MOST_MS
    bar = bar_of(session)
    assert bar is not None

    bar.buttons[0].click()

    qtbot.waitUntil(lambda: has(session, "printer"))
    assert not has(session, "kb902534")
    assert rows_of(session)[str(share / "office")].fault is None


def test_a_folder_of_the_reader_on_a_stalled_share_leaves_the_others_to_be_read(
    make_session: MakeSession, qtbot: QtBot, share: Path, state: UserState
) -> None:
    """The window comes with them, and what lies on the share when that answers."""
    state.settings.set("libraries", ShelfChoice((folder_key(share / "office"),)).format())
    with stalled_share(share):
        with beating() as heart:
            session = make_session()
            assert page_name(session) == "HomePage"
            session.window.table[ActionId.LIBRARIES].trigger()
            qtbot.waitUntil(lambda: bar_of(session) is not None)
            session.desk.switch(folder_key(share / "office"), on=False)
            session.desk.switch(folder_key(share / "office"), on=True)
            session.desk.add_folder(share / "other")
        assert has(session, "kb902534")
        fault = rows_of(session)[str(share / "office")].fault
        assert fault is not None
        qtbot.waitUntil(lambda: bar_of(session) is not None)
    assert heart.longest_ms < MOST_MS
    session.desk.forget(folder_key(share / "other"))

    session.window.opener.reload()

    qtbot.waitUntil(lambda: has(session, "printer"))
    assert has(session, "kb902534")
    row = rows_of(session)[str(share / "office")]
    assert (row.fault, row.paths) == (None, (str(share / "office"),))
    qtbot.waitUntil(lambda: bar_of(session) is None)


def test_a_share_that_stalls_keeps_no_other_from_being_read(
    make_session: MakeSession, qtbot: QtBot, share: Path
) -> None:
    other = make_folder(share.with_name("other share") / "mine")
    with stalled_share(share):
        session = make_session(share / "office", other)

        qtbot.waitUntil(lambda: page_name(session) == "HomePage")

        assert has(session, "printer")
        assert [library.root.name for library in session.reading.libraries.libraries] == ["mine"]
        qtbot.waitUntil(lambda: bar_of(session) is not None)
