"""One window per profile: a second start hands its request to the first.

The first holds a lock in the profile and listens on a local socket. Where it listens, and a secret
that proves that a caller may read the profile, stand in a file that only the reader can read.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple

from kbviewer.app.window_request import WindowRequest

_LOCK = "instance.lock"
_ENDPOINT = "instance.json"
_SOCKET = "instance.sock"
_MAX_LINE_BYTES = 4096
_MAX_SOCKET_PATH_BYTES = 100
_LOOPBACK = "127.0.0.1"
_CLIENT_TIMEOUT_S = 2.0
_ACCEPTED = b"ok\n"
_REFUSED = b"no\n"

Address = str | tuple[str, int]


def hand_over(profile: Path, request: WindowRequest) -> bool:
    """Give the request to the window that runs on `profile`; return whether one took it."""
    try:
        endpoint = json.loads((profile / _ENDPOINT).read_text(encoding="utf-8"))
        address, token = _address(endpoint["address"]), str(endpoint["token"])
        line = json.dumps({"token": token, **_to_json(request)}).encode("utf-8") + b"\n"
        if len(line) > _MAX_LINE_BYTES:
            return False
        with socket.socket(_family(address), socket.SOCK_STREAM) as connection:
            connection.settimeout(_CLIENT_TIMEOUT_S)
            connection.connect(address)
            connection.sendall(line)
            return connection.recv(len(_ACCEPTED)) == _ACCEPTED
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


class Holder(NamedTuple):
    """Whether a window has a profile, and whether it answers those who call."""

    is_held: bool
    answers: bool


def who_has(profile: Path) -> Holder:
    """Look whether a window runs on `profile`; nothing is asked of it, and nothing is left behind."""
    try:
        with (profile / _LOCK).open("rb+") as lock:
            try:
                _take(lock)
            except OSError:
                pass
            else:
                return Holder(is_held=False, answers=False)
    except OSError:
        return Holder(is_held=False, answers=False)
    try:
        address = _address(json.loads((profile / _ENDPOINT).read_text(encoding="utf-8"))["address"])
        with socket.socket(_family(address), socket.SOCK_STREAM) as connection:
            connection.settimeout(_CLIENT_TIMEOUT_S)
            connection.connect(address)
            # No request at all is refused at once by whoever listens.
            connection.sendall(b"\n")
            return Holder(is_held=True, answers=connection.recv(len(_REFUSED)) == _REFUSED)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Holder(is_held=True, answers=False)


def ask_to_look_again(profile: Path) -> None:
    """Tell the window that runs on `profile`, if there is one, that the reader's data has been changed."""
    hand_over(profile, WindowRequest((), "", profile, only_look=True))


class Listener:
    """Takes requests from later starts, in a thread of its own, until it is closed."""

    def __init__(self, profile: Path, lock: IO[bytes], on_request: Callable[[WindowRequest], None]) -> None:
        self._profile = profile
        self._lock = lock
        self._on_request = on_request
        self._token = os.urandom(16).hex()
        self._server, address = _listen(profile)
        self._wake, self._woken = socket.socketpair()
        _write_private(profile / _ENDPOINT, json.dumps({"address": address, "token": self._token}))
        self._thread = threading.Thread(target=self._serve, name="single instance", daemon=True)
        self._thread.start()

    @classmethod
    def claim(cls, profile: Path, on_request: Callable[[WindowRequest], None]) -> Listener | None:
        """Become the profile's window; None when another one is, or when the profile cannot be written.

        Args:
            profile: the profile's folder.
            on_request: called in the listener's thread with each request of a later start.
        """
        try:
            profile.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (profile / _LOCK).open("ab")
        except OSError:
            return None
        try:
            _take(lock)
            return cls(profile, lock, on_request)
        except OSError:
            lock.close()
            return None

    def close(self) -> None:
        """Stop listening and let another start become the profile's window."""
        if self._lock.closed:
            return
        self._wake.close()
        self._thread.join()
        for name in (_ENDPOINT, _SOCKET):
            with contextlib.suppress(OSError):
                (self._profile / name).unlink(missing_ok=True)
        self._server.close()
        self._woken.close()
        self._lock.close()

    def _serve(self) -> None:
        """Answer callers one after the other until woken."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._server, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _events in selector.select()]
                if self._woken in ready:
                    return
                with contextlib.suppress(OSError):
                    connection, _address_of_caller = self._server.accept()
                    with connection:
                        self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        """Read one request and pass it on."""
        request = self._parse(_read_line(connection))
        connection.sendall(_REFUSED if request is None else _ACCEPTED)
        if request is not None:
            self._on_request(request)

    def _parse(self, line: bytes) -> WindowRequest | None:
        """Return the request in a line, None when it is none or its sender does not know the secret."""
        # Not at the top: nobody calls while the window starts, and it takes 5 ms with what it needs.
        import hmac

        try:
            data = json.loads(line)
            if not hmac.compare_digest(str(data["token"]).encode(), self._token.encode()):
                return None
            return _from_json(data, self._profile)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None


def _to_json(request: WindowRequest) -> dict[str, Any]:
    """Return what is sent of a request."""
    return {
        "libraries": [str(folder) for folder in request.libraries],
        "language": request.language,
        "article": request.article,
        "anchor": request.anchor,
        "only_look": request.only_look,
        "pack": request.pack,
        "update": request.update,
    }


def _from_json(data: dict[str, Any], profile: Path) -> WindowRequest:
    """Return what was sent.

    Raises:
        ValueError: a value has the wrong type.
    """
    pack, update = data.get("pack", ""), data.get("update", "")
    texts = [data["language"], data["article"], data["anchor"], pack, update, *data["libraries"]]
    if not isinstance(data["libraries"], list) or not all(
        isinstance(text, str) and "\0" not in text for text in texts
    ):
        raise ValueError("not texts")
    return WindowRequest(
        libraries=tuple(Path(folder) for folder in data["libraries"]),
        language=data["language"],
        profile=profile,
        article=data["article"],
        anchor=data["anchor"],
        only_look=data.get("only_look") is True,
        pack=pack,
        update=update,
    )


def _read_line(connection: socket.socket) -> bytes:
    """Return what comes up to the end of the line, b"" when it is too long or too slow."""
    deadline = time.monotonic() + _CLIENT_TIMEOUT_S
    received = b""
    while not received.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0 or len(received) > _MAX_LINE_BYTES:
            return b""
        connection.settimeout(left)
        chunk = connection.recv(_MAX_LINE_BYTES + 1 - len(received))
        if not chunk:
            return b""
        received += chunk
    return received


def _listen(profile: Path) -> tuple[socket.socket, Address]:
    """Return a listening socket and its address: a file in the profile where that works, else a port."""
    path = str(profile / _SOCKET)
    local = hasattr(socket, "AF_UNIX") and len(os.fsencode(path)) <= _MAX_SOCKET_PATH_BYTES
    if local:
        # Left by a window that was killed; the lock says that nobody listens there.
        Path(path).unlink(missing_ok=True)
    address: Address = path if local else (_LOOPBACK, 0)
    server = socket.socket(_family(address), socket.SOCK_STREAM)
    try:
        server.bind(address)
        server.listen()
        if local:
            Path(path).chmod(0o600)
    except OSError:
        server.close()
        raise
    return server, path if local else (_LOOPBACK, int(server.getsockname()[1]))


def _family(address: Address) -> socket.AddressFamily:
    """Return the kind of socket for an address."""
    return socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX


def _address(value: Any) -> Address:
    """Return an address as it was read from JSON.

    Raises:
        ValueError: it is neither a path nor a port of this machine.
    """
    match value:
        case str():
            return value
        case [str(host), int(port)] if host == _LOOPBACK:
            return host, port
        case _:
            raise ValueError("no address")


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    draft.replace(path)


def _take(lock: IO[bytes]) -> None:
    """Lock the file until it is closed or the process ends.

    Raises:
        OSError: another process has it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
