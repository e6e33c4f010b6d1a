"""The second start hands over; strangers and rubbish are turned away."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kbviewer.app import single_instance
from kbviewer.app.single_instance import Listener, hand_over
from kbviewer.app.window_request import WindowRequest


@pytest.fixture(params=["file", "port"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile; once with a local socket, once where its path would be too long for one."""
    if request.param == "port":
        monkeypatch.setattr(single_instance, "_MAX_SOCKET_PATH_BYTES", 0)
    else:
        monkeypatch.setattr(single_instance, "_MAX_SOCKET_PATH_BYTES", 107)
    return tmp_path / "p"


@pytest.fixture
def received() -> queue.SimpleQueue[WindowRequest]:
    return queue.SimpleQueue()


@pytest.fixture
def listener(root: Path, received: queue.SimpleQueue[WindowRequest]) -> Iterator[Listener]:
    claimed = Listener.claim(root, received.put)
    assert claimed is not None
    yield claimed
    claimed.close()


def wanted(root: Path, **changes: Any) -> WindowRequest:
    values: dict[str, Any] = {
        "libraries": (),
        "language": "",
        "profile": root,
        "article": "kb1",
        "anchor": "a",
    }
    return WindowRequest(**{**values, **changes})


def say(root: Path, line: bytes) -> bytes:
    address = json.loads((root / "instance.json").read_text(encoding="utf-8"))["address"]
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(address if isinstance(address, str) else tuple(address))
        connection.sendall(line)
        with contextlib.suppress(OSError):  # turned away already
            connection.shutdown(socket.SHUT_WR)
        try:
            return connection.recv(16)
        except ConnectionResetError:
            return b""


def test_nobody_takes_a_request_where_no_window_runs(root: Path) -> None:
    assert not hand_over(root, wanted(root))
    assert not root.exists()


def test_second_start_hands_over_to_the_first(
    root: Path, listener: Listener, received: queue.SimpleQueue[WindowRequest]
) -> None:
    libraries = (Path("/åäö"), Path("/other"))
    request = wanted(
        root, libraries=libraries, language="sv", article="KB307294", anchor="lan", pack="/a/b.kbp"
    )

    assert hand_over(root, request)
    assert received.get(timeout=10) == request


def test_only_one_is_the_window_of_a_profile(root: Path, listener: Listener) -> None:
    assert Listener.claim(root, lambda _request: None) is None


def test_closing_lets_the_next_one_be_the_window(root: Path, listener: Listener) -> None:
    listener.close()

    assert not hand_over(root, wanted(root))
    following = Listener.claim(root, lambda _request: None)
    assert following is not None
    following.close()
    assert sorted(path.name for path in root.iterdir()) == ["instance.lock"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_others_cannot_read_the_secret(root: Path, listener: Listener) -> None:
    assert stat.S_IMODE((root / "instance.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"rubbish\n",
        b"[" * 4000 + b"\n",
        b"x" * 100_000 + b"\n",
        b"{}\n",
        b'{"token": "wrong", "libraries": [], "language": "", "article": "", "anchor": ""}\n',
        b"no line end",
        b"",
    ],
)
def test_rubbish_and_strangers_are_turned_away(
    root: Path, listener: Listener, received: queue.SimpleQueue[WindowRequest], line: bytes
) -> None:
    assert say(root, line) in {b"no\n", b""}

    assert hand_over(root, wanted(root))
    assert received.get(timeout=10).article == "kb1"
    assert received.empty()


@pytest.mark.parametrize(
    "change",
    [{"article": 1}, {"libraries": "abc"}, {"libraries": [1]}, {"language": None}, {"article": "a\0b"}],
)
def test_values_of_the_wrong_type_are_turned_away(
    root: Path, listener: Listener, received: queue.SimpleQueue[WindowRequest], change: dict[str, Any]
) -> None:
    token = json.loads((root / "instance.json").read_text(encoding="utf-8"))["token"]
    data = {"token": token, "libraries": [], "language": "", "article": "", "anchor": "", **change}

    assert say(root, json.dumps(data).encode() + b"\n") == b"no\n"
    assert received.empty()


def test_request_over_the_limit_is_not_sent(root: Path, listener: Listener) -> None:
    assert not hand_over(root, wanted(root, article="x" * 5000))


KILLED_PROGRAM = """
import sys, threading
from pathlib import Path
from kbviewer.app.single_instance import Listener
assert Listener.claim(Path(sys.argv[1]), print)
print("ready", flush=True)
threading.Event().wait()
"""


def test_what_a_killed_window_left_is_swept(tmp_path: Path) -> None:
    root = tmp_path / "p"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_PROGRAM, str(root)], stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"ready"
        assert Listener.claim(root, lambda _request: None) is None
        program.kill()
    assert (root / "instance.json").exists()

    assert not hand_over(root, wanted(root))
    received: queue.SimpleQueue[WindowRequest] = queue.SimpleQueue()
    listener = Listener.claim(root, received.put)
    assert listener is not None
    assert hand_over(root, wanted(root))
    listener.close()


@pytest.mark.parametrize(
    "damage", ["", "{}", "[]", '{"address": ["evil.example", 80], "token": ""}', "[" * 9999]
)
def test_damaged_endpoint_means_that_no_window_runs(tmp_path: Path, damage: str) -> None:
    (tmp_path / "instance.json").write_text(damage, encoding="utf-8")

    assert not hand_over(tmp_path, wanted(tmp_path))


def test_profile_that_cannot_be_written_has_no_listener(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    assert Listener.claim(tmp_path / "file", lambda _request: None) is None
