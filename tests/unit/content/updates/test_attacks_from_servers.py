"""What only a server can do to us."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kbviewer.content.updates.http_transport import HttpTransport
from kbviewer.content.updates.pace import Pace
from kbviewer.content.updates.transport import read_whole
from kbviewer.model.errors import UpdateError
from tests.support.file_server import Handler, serving
from tests.support.update_stage import Stage, assert_refused, assert_unharmed


@pytest.fixture
def updated(web: Stage, made_packs: list[Path]) -> Stage:
    """The reader has the first version, and the publisher the second."""
    web.publisher.publish(made_packs[0])
    web.update()
    web.publisher.publish(made_packs[1])
    return web


def answers(made: Stage, below: str, answer: Callable[[Handler, bytes], None]) -> None:
    """Let the server answer in its own way for what lies below a path."""
    assert made.server

    def choose(handler: Handler, data: bytes | None) -> bool:
        if data is None or not handler.path.startswith(below):
            return False
        answer(handler, data)
        return True

    made.server.answer = choose


def honest(made: Stage) -> None:
    assert made.server
    made.server.answer = None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("below", ["/metadata/timestamp.json", "/targets/"])
def test_no_redirect_is_followed(updated: Stage, made_packs: list[Path], status: int, below: str) -> None:
    def redirect(handler: Handler, _data: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Location", "http://169.254.169.254/secret")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    answers(updated, below, redirect)
    assert "name it as the source" in assert_refused(updated, "sends on to “http://169.254.169.254/secret”")
    honest(updated)
    assert_unharmed(updated, made_packs[2])


@pytest.mark.parametrize("below", ["/metadata/timestamp.json", "/targets/"])
def test_what_is_compressed_is_not_unpacked(updated: Stage, below: str) -> None:
    """A bomb of gzip would be a thousand times as large."""

    def bomb(handler: Handler, _data: bytes) -> None:
        packed = gzip.compress(bytes(10 << 20))
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    answers(updated, below, bomb)
    assert_refused(updated, "compressed")


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503, 206, 204])
def test_an_error_of_the_server_is_told(updated: Stage, status: int) -> None:
    def fail(handler: Handler, _data: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    answers(updated, "/metadata/timestamp.json", fail)
    assert_refused(updated, f"the error {status}")


def test_a_connection_that_breaks_is_gone_on_with_at_once(updated: Stage) -> None:
    """Twice in one download; the reader does not notice."""
    broken: list[str] = []

    def break_off(handler: Handler, data: bytes) -> None:
        asked = handler.headers.get("Range", "")
        start = int(asked[6:-1] or 0) if asked else 0
        if asked:
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            handler.send_response(200)
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        if len(broken) < 2:
            broken.append(asked)
            handler.wfile.write(data[start : start + 40_000])
            handler.hang_up()
        else:
            handler.wfile.write(data[start:])

    answers(updated, "/targets/", break_off)
    updated.update()
    assert broken == ["", "bytes=40000-"]
    assert updated.versions() == {"office": "2"}


def test_a_connection_that_breaks_without_getting_on_is_told(updated: Stage, made_packs: list[Path]) -> None:
    answers(updated, "/targets/", lambda handler, _data: handler.hang_up())
    assert_refused(updated, "to its end")
    honest(updated)
    assert_unharmed(updated, made_packs[2])


@pytest.mark.parametrize("how", ["whole", "elsewhere", "nothing"])
def test_a_server_that_cannot_go_on_sends_the_whole(updated: Stage, how: str) -> None:
    def no_ranges(handler: Handler, data: bytes) -> None:
        asked = handler.headers.get("Range", "")
        handler.send_response({"whole": 200, "elsewhere": 206, "nothing": 416}[how] if asked else 200)
        if asked and how == "elsewhere":
            handler.send_header("Content-Range", f"bytes 0-{len(data) - 1}/{len(data)}")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    path = updated.publisher.target_file()
    data = path.read_bytes()
    path.write_bytes(data[:50_000])
    assert_refused(updated, "ends after 50000")
    path.write_bytes(data)
    answers(updated, "/targets/", no_ranges)
    updated.update()
    assert updated.versions() == {"office": "2"}


def test_a_length_that_is_too_large_is_refused_before_anything_is_read(updated: Stage) -> None:
    def lie(handler: Handler, _data: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(16 << 30))
        handler.end_headers()

    answers(updated, "/targets/", lie)
    assert_refused(updated, "is larger than")


@pytest.mark.parametrize(
    "sends", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na"]
)
def test_a_server_that_stops_in_the_middle_of_a_header_is_not_waited_for(sends: bytes) -> None:
    """Real seconds, though few: another thread has to end the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken: list[socket.socket] = []

        def accept() -> None:
            connection, _ = listener.accept()
            taken.append(connection)
            connection.recv(4096)
            connection.sendall(sends)

        thread = threading.Thread(target=accept)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with (
            closing(HttpTransport(address, lambda: Pace(window_s=0.05))) as transport,
            pytest.raises(UpdateError, match="does not answer, or sends too slowly"),
        ):
            read_whole(transport, "metadata/timestamp.json", 1000)
        thread.join()
        for connection in taken:
            connection.close()


@pytest.mark.parametrize(
    "sends", [b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"]
)
def test_what_does_not_speak_the_language_is_told(sends: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(sends)

        thread = threading.Thread(target=accept)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with (
            closing(HttpTransport(address)) as transport,
            pytest.raises(UpdateError, match="to its end"),
        ):
            read_whole(transport, "metadata/timestamp.json", 1000)
        thread.join()


def test_nobody_at_the_address_is_told(plain: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UpdateError, match="cannot be reached: Connection refused"):
        plain.session.check(f"http://127.0.0.1:{port}")


def test_a_proxy_of_the_environment_is_used_for_the_web_only(
    updated: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updated.server
    address = updated.address()
    with serving(updated.publisher.folder) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.replace("//", "//user:p%40ss@"))
        monkeypatch.setenv("no_proxy", "")

        def through(handler: Handler, _data: bytes | None) -> bool:
            assert handler.headers["Proxy-Authorization"] == f"Basic {b64encode(b'user:p@ss').decode()}"
            handler.send_error(502)
            return True

        proxy.answer = through
        with pytest.raises(UpdateError, match="error 502"):
            updated.session.check(address)
        assert proxy.asked[0][0].startswith(f"{address}/metadata/")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert updated.session.check(address).plan.offers
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", "socks5://user:secret@proxy.invalid:1")
    with pytest.raises(UpdateError, match="cannot be used") as caught:
        updated.session.check(address)
    assert "secret" not in str(caught.value)


@pytest.fixture
def certificate(tmp_path: Path) -> Iterator[Path]:
    """A certificate that nobody but the test trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    yield path


def test_certificates_are_the_systems(
    updated: Stage, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updated.server
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    updated.server.speak_tls(context)
    address = updated.server.address.replace("http:", "https:")
    with pytest.raises(UpdateError, match=r"certificate of https://127.0.0.1:.* is not valid here"):
        updated.session.check(address)
    # What the administrator adds to the system's certificates is trusted.
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert updated.session.check(address).plan.offers
