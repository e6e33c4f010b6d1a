"""A kiosk over a small library, with a clock and a PIN that the test sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.kiosk import Kiosk
from kbviewer.app.gui.session import Session
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.model.policy import Policy
from kbviewer.model.policy_reading import policy_from
from kbviewer.search.protocol import Event
from kbviewer.state.user_state import UserState
from kbviewer.ui.kiosk.attract import AttractScreen
from kbviewer.ui.kiosk.pin_pad import PinPad
from kbviewer.ui.shell.window import MainWindow
from tests.gui.shell.conftest import ENGLISH, PLAIN, STEPS, SWEDISH

IDLE_S = 60
PIN = "471100"


class Hands:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


class FakeLock:
    """Knows one PIN, and lets the test say how long to wait."""

    def __init__(self) -> None:
        self.wait_s = 0.0
        self.waits_after_a_try = 0.0
        self.tried: list[str] = []

    def opens(self, pin: str) -> bool:
        """Remember the try."""
        self.tried.append(pin)
        self.wait_s = self.waits_after_a_try
        return pin == PIN


class SilentClient:
    """A search process that never answers, and is none."""

    def __init__(self, _on_event: Callable[[Event], None]) -> None:
        self.asked: list[str] = []

    def start(self) -> None:
        """Do nothing."""

    def ask(self, query: object) -> int:
        """Number the question."""
        self.asked.append(str(query))
        return len(self.asked)

    def close(self) -> None:
        """Do nothing."""


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    for name, text in {
        "steps/sv.md": STEPS.format(**SWEDISH).replace("uid: steps", "uid: steps\nkb.topic: signing-in"),
        "steps/en.md": STEPS.format(**ENGLISH).replace("uid: steps", "uid: steps\nkb.topic: signing-in"),
        "plain/sv.md": PLAIN.replace("uid: plain", "uid: plain\nkb.topic: words"),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "pack.toml").write_text(
        'id = "test"\nlanguages = ["sv", "en"]\n'
        '[topics.signing-in]\nsv = "Inloggning"\nen = "Signing in"\n'
        '[topics.words]\nsv = "Ord"\nen = "Words"\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def lock() -> FakeLock:
    return FakeLock()


def kiosk_policy(**locked: object) -> Policy:
    """Return the policy of a kiosk with these keys."""
    keys = {"kiosk": True, "idle_reset_seconds": IDLE_S, "language": "sv", **locked}
    policy = policy_from(json.dumps({"locked": keys}).encode(), "test")
    assert not policy.faults, policy.faults
    return policy


MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def make_kiosk(
    qapp: QApplication,
    qtbot: QtBot,
    library_folder: Path,
    profile: Path,
    hands: Hands,
    lock: FakeLock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeKiosk]:
    """Makes kiosks that are ready for a visitor; each ends with the test."""
    made: list[Kiosk] = []
    before = QLocale(), qapp.palette(), qapp.styleSheet()
    monkeypatch.setattr(Session, "_make_search_client", lambda _self, said: SilentClient(said))

    def make(article: str = "", **locked: object) -> Kiosk:
        policy = kiosk_policy(library_dirs=[str(library_folder)], **locked)

        def make_session(request: WindowRequest, state: UserState) -> Session:
            return Session(qapp, request, Profile(profile), data_folders(), state, policy)

        request = WindowRequest((), "", profile, article)
        kiosk = Kiosk(qapp, make_session, request, policy, lock, UserState.in_memory, hands)
        made.append(kiosk)
        settle(qtbot, kiosk)
        return kiosk

    yield make
    for kiosk in made:
        kiosk.close()
    QLocale.setDefault(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    return make_kiosk()


def settle(qtbot: QtBot, kiosk: Kiosk) -> None:
    """Waits until the visitor's window has done all that it puts off."""
    window = kiosk.session.window
    qtbot.waitUntil(lambda: window._painted and window.parts.area.current is not None)
    QApplication.processEvents()


def window_of(kiosk: Kiosk) -> QWindow:
    """Return what the window system sends hands and keys to."""
    return kiosk.session.window.windowHandle()


def press_key(kiosk: Kiosk, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Presses a key as a keyboard does: where it goes is the program's business."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window_of(kiosk), key, held)


def touch(kiosk: Kiosk, widget: QWidget) -> None:
    """Touches the middle of a widget, if nothing lies over it."""
    window = kiosk.session.window
    QTest.mouseClick(
        window_of(kiosk), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, widget.rect().center())
    )


def enter(kiosk: Kiosk) -> MainWindow:
    """A visitor comes, and touches the middle of nothing."""
    press_key(kiosk, Qt.Key.Key_Space)
    assert not kiosk.is_resting
    return kiosk.session.window


def attract_of(kiosk: Kiosk) -> AttractScreen:
    return next(each for each in kiosk.session.window.findChildren(AttractScreen) if each.isVisible())


def pad_of(kiosk: Kiosk) -> PinPad:
    return next(iter(kiosk.session.window.findChildren(PinPad)))


def button(kiosk: Kiosk, text: str) -> QPushButton:
    found = kiosk.session.window.findChildren(QPushButton)
    return next(each for each in found if each.text() == text and each.isVisible())
