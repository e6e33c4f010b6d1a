"""A web server on loopback that serves a folder, well or badly."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[["Handler", bytes | None], bool]


class FileServer:
    """Serves `root` with ranges.

    Attributes:
        asked: path and range of each request, in order.
        answer: asked first; says whether it has answered.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: list[tuple[str, str]] = []
        self.answer: Answer | None = None
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.files = self
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """Greet those who come from now on with a certificate."""
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )

    def close(self) -> None:
        """Stop, and wait until everybody has been answered."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    files: FileServer
    daemon_threads = False

    def handle_error(self, request, client_address):
        """Clients that go away are what is tested."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    # Head and body are two writes: else the second waits 40 ms for the client to acknowledge the first.
    disable_nagle_algorithm = True
    timeout = 5
    server: _Server

    def do_GET(self) -> None:
        files = self.server.files
        wanted = self.headers.get("Range", "")
        files.asked.append((self.path, wanted))
        path = files.root / self.path.lstrip("/")
        data = path.read_bytes() if path.is_file() else None
        if files.answer is not None and files.answer(self, data):
            return
        if data is None:
            self.send_error(404)
            return
        found = re.fullmatch(r"bytes=(\d+)-", wanted)
        start = int(found[1]) if found else 0
        if start > len(data):
            self.send_error(416)
            return
        self.send_response(206 if found else 200)
        if found:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:])

    def hang_up(self) -> None:
        """End the connection in the middle."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(root: Path) -> Iterator[FileServer]:
    """Serve a folder while the block runs."""
    server = FileServer(root)
    try:
        yield server
    finally:
        server.close()
