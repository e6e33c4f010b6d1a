"""A repository on any web server that serves files.

What the server says is believed only as far as it goes for every server: no redirect is followed, nothing is
decompressed, and a connection that does not get on is ended, be it in the middle of a header. Certificates
are the system's. A proxy is used when the system or the environment names one.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any
from urllib.parse import quote, unquote
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, ProxyError, SSLError
from urllib3.util import make_headers, parse_url

from kbviewer import __version__
from kbviewer.content.updates.pace import Pace
from kbviewer.content.updates.transport import (
    CHUNK_BYTES,
    Stream,
    UnreachableError,
    check_name,
    too_slow,
)
from kbviewer.model.errors import MissingFileError, UpdateError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

CONNECT_S = 10.0
READ_S = 20.0
_LOOK_S = 0.2
_OK, _PARTIAL, _NOT_SATISFIABLE = 200, 206, 416
# Some servers of files say "forbidden" of what is not there.
_MISSING = (403, 404, 410)
_REDIRECTS = range(300, 400)
_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(?:\d{1,18}|\*)")
_LENGTH = re.compile(r"\d{1,18}")


class HttpTransport:
    """The files below one http or https address."""

    is_local = False

    def __init__(self, address: str, make_pace: Callable[[], Pace] = Pace) -> None:
        """Take an address; nothing is asked for yet.

        Raises:
            UpdateError: the proxy that the system names cannot be used.
        """
        self.address = address
        self._make_pace = make_pace
        self._socket: socket.socket | None = None
        parts = parse_url(address)
        self._manager = _manager(parts.scheme or "http", parts.host or "")
        pool = self._manager.connection_from_host(parts.host, parts.port, parts.scheme)
        self._watch(pool)

    def may_have(self, name: str) -> bool:  # noqa: ARG002 - a server should have all of them
        """Return True: a file that is missing is an error to be told."""
        return True

    def open(self, name: str, start: int = 0) -> AbstractContextManager[Stream]:
        """Ask for a file; see `Transport`."""
        return self._open(check_name(name), start)

    def close(self) -> None:
        """Close the connection."""
        self._manager.clear()

    @contextmanager
    def _open(self, name: str, start: int) -> Iterator[Stream]:
        pace = self._make_pace()
        headers = {"Accept-Encoding": "identity", "User-Agent": f"kbviewer/{__version__}"}
        if start:
            headers["Range"] = f"bytes={start}-"
        with self._guarded(pace) as ended:
            with self._translated(name, ended):
                response = self._manager.request(
                    "GET",
                    f"{self.address}/{quote(name)}",
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                    timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S),
                )
            try:
                begins = self._begins(response, name, start)
                if begins is not None:
                    chunks = self._chunks(response, name, pace, ended)
                    yield Stream(begins, _size(response, begins), chunks)
            finally:
                # Not given back to the pool: what has not been read of it would come first.
                response.close()
        if begins is None:  # the server has less than we have: from the beginning, then
            with self._open(name, 0) as stream:
                yield stream

    def _begins(self, response: urllib3.BaseHTTPResponse, name: str, start: int) -> int | None:
        """Return with which byte an answer begins, None when there is nothing from `start` on.

        Raises:
            UpdateError: it is no answer that can be used.
        """
        status = response.status
        if status in _MISSING:
            raise MissingFileError(
                message(N_("{address} has no “{name}”."), address=self.address, name=name),
                message(N_("Look whether the address is right, or tell its publisher.")),
            )
        if status in _REDIRECTS:
            place = str(response.headers.get("Location", ""))[:200]
            raise UpdateError(
                message(N_("{address} sends on to “{place}”."), address=self.address, place=place),
                message(N_("No redirect is followed. If you trust that address, name it as the source.")),
            )
        if start and status == _NOT_SATISFIABLE:
            return None
        if status not in (_OK, _PARTIAL) or (status == _PARTIAL and not start):
            raise UpdateError(
                message(
                    N_("{address} answers with the error {status}."), address=self.address, status=status
                ),
                message(N_("Try again later, or tell its publisher.")),
            )
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise UpdateError(
                message(N_("{address} sends “{name}” compressed."), address=self.address, name=name),
                message(N_("Its publisher has to let the server send files as they are.")),
            )
        if status == _OK:
            return 0
        found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
        return start if found and int(found[1]) == start else None

    def _chunks(
        self, response: urllib3.BaseHTTPResponse, name: str, pace: Pace, ended: threading.Event
    ) -> Iterator[bytes]:
        while True:
            # One read of the socket each, so that a trickle is seen as such.
            with self._translated(name, ended):
                chunk = response.read1(CHUNK_BYTES, decode_content=False)
            if not chunk:
                return
            pace.add(len(chunk))
            yield chunk

    @contextmanager
    def _guarded(self, pace: Pace) -> Iterator[threading.Event]:
        """Let a second thread end the connection when it does not get on; yield whether it has."""
        done, ended = threading.Event(), threading.Event()

        def look() -> None:
            while not done.wait(_LOOK_S):
                if pace.is_too_slow():
                    ended.set()
                    self._shut_down()
                    return

        guard = threading.Thread(target=look, name="update-guard", daemon=True)
        guard.start()
        try:
            yield ended
        finally:
            done.set()
            guard.join()

    @contextmanager
    def _translated(self, name: str, ended: threading.Event) -> Iterator[None]:
        """Make sentences of what goes wrong while the server is listened to."""
        try:
            yield
        except (HTTPError, OSError, ValueError) as error:
            is_refused = isinstance(
                error, NewConnectionError
            )  # which urllib3 counts among those that time out
            if ended.is_set() or (isinstance(error, urllib3.exceptions.TimeoutError) and not is_refused):
                raise too_slow(self.address) from error
            raise self._unreachable(error, name) from error
        if ended.is_set():
            raise too_slow(self.address)

    def _shut_down(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # That of the base class: an SSL socket would forget its state while another thread reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _watch(self, pool: urllib3.HTTPConnectionPool) -> None:
        """Learn of each socket as soon as there is one."""
        plain: Any = pool.ConnectionCls

        def connect(connection: Any) -> None:
            plain.connect(connection)
            self._socket = connection.sock

        watched: Any = type("WatchedConnection", (plain,), {"connect": connect})
        pool.ConnectionCls = watched

    def _unreachable(self, error: Exception, name: str) -> UpdateError:
        if isinstance(error, SSLError):
            return UpdateError(
                message(
                    N_("The certificate of {address} is not valid here: {reason}."),
                    address=self.address,
                    reason=_reason(error),
                ),
                message(
                    N_(
                        "Look at the computer's date, and let its administrator trust the certificate; "
                        "nothing was changed."
                    )
                ),
            )
        remedy = message(N_("Look at the network connection and try again; what has been fetched is kept."))
        values = {"address": self.address, "name": name, "reason": _reason(error)}
        if isinstance(error, NewConnectionError | ProxyError):
            return UnreachableError(Message(N_("{address} cannot be reached: {reason}."), values), remedy)
        what = Message(N_("{address} does not send “{name}” to its end: {reason}."), values)
        return UnreachableError(what, remedy)


def _manager(scheme: str, host: str) -> urllib3.PoolManager:
    """Return what connects, through the proxy that the system has for that scheme and host."""
    proxy = getproxies().get(scheme, "")
    if not proxy or proxy_bypass(host):
        return urllib3.PoolManager(num_pools=1, maxsize=1)
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        user = parse_url(proxy).auth
        headers = make_headers(proxy_basic_auth=unquote(user)) if user else None
        return urllib3.ProxyManager(proxy, num_pools=1, maxsize=1, proxy_headers=headers)
    except (HTTPError, ValueError) as error:
        raise UpdateError(
            message(N_("The proxy “{proxy}” cannot be used."), proxy=proxy.rpartition("@")[2][:200]),
            message(
                N_("Set {variable} to an http or https address, or to nothing."), variable=f"{scheme}_proxy"
            ),
        ) from error


def _size(response: urllib3.BaseHTTPResponse, begins: int) -> int | None:
    """Return the size of the whole file when the answer says how much of it comes."""
    length = response.headers.get("Content-Length", "").strip()
    return begins + int(length) if _LENGTH.fullmatch(length) else None


def _reason(error: BaseException) -> Message | str:
    """Return the innermost reason, in our words where there are any."""
    seen: BaseException = error
    while True:
        inner = seen.__cause__ or next(
            (value for value in seen.args if isinstance(value, BaseException)), None
        )
        if inner is None or inner is seen:
            break
        seen = inner
    text = system_reason(seen) or type(seen).__name__
    if isinstance(text, Message):
        return text
    return " ".join(str(text).split())[:200].rstrip(".")
