"""A look at what a server makes of a repository: all of it, as a reader's computer fetches it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kbviewer.content.updates.address import open_transport
from kbviewer.content.updates.bundle import export
from kbviewer.content.updates.inspection import Inspection
from kbviewer.content.updates.repository import Repository
from kbviewer.content.updates.served import inspect_source
from kbviewer.model.errors import UpdateError
from tests.support.file_server import FileServer, Handler, serving
from tests.support.packs import make_pack
from tests.support.publishing import NOW, Publisher


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    folder = tmp_path_factory.mktemp("publisher")
    publisher = Publisher(folder)
    for number in (1, 2):
        publisher.add(make_pack(folder / f"{number}.kbp", str(number), index=True))
    return publisher


@pytest.fixture
def server(made: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A copy, to be served badly."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(made.folder, tmp_path / "repo")
    with serving(tmp_path / "repo") as running:
        yield running


def look(address: str, **how: int) -> Inspection:
    transport = open_transport(address)
    try:
        return inspect_source(transport, NOW + timedelta(**how))
    finally:
        transport.close()


def pack_of(server: FileServer) -> Path:
    """What is offered of the pack, beside which the version before lies."""
    return max((server.root / "targets").glob("*.kbp"), key=lambda path: path.stat().st_mtime_ns)


def test_what_is_served_well_is_told_as_such(server: FileServer, made: Publisher) -> None:
    """Every file has been fetched to its end, and the end of the largest once more."""
    transport = open_transport(server.address)
    told: list[tuple[int, int]] = []
    found = inspect_source(transport, NOW, lambda done, total: told.append((done, total)))
    transport.close()

    assert (found.problems, found.warnings) == ((), ())
    assert (found.publisher, found.fingerprint) == ("Kontoret", made.founded.fingerprint)
    assert [(pack.pack_id, pack.version, pack.deltas) for pack in found.packs] == [("office", "2", 2)]
    assert told[-1][0] == told[-1][1] > 0
    fetched = [path for path, wanted in server.asked if path.startswith("/targets/") and not wanted]
    assert len(fetched) == 3
    assert sum(bool(wanted) for _path, wanted in server.asked) == 1


SPOILT: dict[str, tuple[Callable[[FileServer], object], str]] = {
    "a pack is gone": (lambda server: pack_of(server).unlink(), "has no “targets/"),
    "a pack is another one": (
        lambda server: pack_of(server).write_bytes(bytes(pack_of(server).stat().st_size)),
        "is not the file that was signed",
    ),
    "a pack is cut short": (
        lambda server: pack_of(server).write_bytes(pack_of(server).read_bytes()[:-1]),
        "is not the file that was signed",
    ),
    "a pack has grown": (
        lambda server: pack_of(server).write_bytes(pack_of(server).read_bytes() + b"x"),
        "is larger than",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_not_served_as_it_was_signed_is_a_problem(server: FileServer, what: str) -> None:
    spoil, says = SPOILT[what]
    spoil(server)

    found = look(server.address)

    assert [says in str(problem) for problem in found.problems] == [True]


def test_what_has_expired_is_told_as_of_a_folder(server: FileServer) -> None:
    assert len(look(server.address, days=399).warnings) == 3
    assert ["has expired" in str(one) for one in look(server.address, days=400).problems] == [True] * 3


def whole(handler: Handler, data: bytes | None) -> bool:
    """Know nothing of ranges."""
    if data is None:
        return False
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)
    return True


def another_part(handler: Handler, data: bytes | None) -> bool:
    """Say that it is the part that was asked for, and send another."""
    wanted = handler.headers.get("Range", "")
    if data is None or not wanted:
        return False
    start = int(wanted.removeprefix("bytes=").removesuffix("-"))
    handler.send_response(206)
    handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
    handler.send_header("Content-Length", str(len(data) - start))
    handler.end_headers()
    handler.wfile.write(data[: len(data) - start])
    return True


def zipped(handler: Handler, data: bytes | None) -> bool:
    """Compress what is large, as many servers do unless they are told otherwise."""
    if data is None or "/targets/" not in handler.path:
        return False
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", "1")
    handler.end_headers()
    handler.wfile.write(b"x")
    return True


def welcoming(handler: Handler, data: bytes | None) -> bool:
    """Have a page for what is not there, so that nothing ever seems to be missing."""
    return whole(handler, data if data is not None else b"<html>Welcome</html>")


@pytest.mark.parametrize(
    ("answer", "problems", "warnings", "says"),
    [
        (whole, 0, 1, "sends whole files only"),
        (another_part, 1, 0, "sends another part"),
        (zipped, 3, 0, "compressed"),
        (welcoming, 1, 0, "2.root.json” of"),
    ],
)
def test_the_ways_of_a_server_are_told(
    server: FileServer,
    answer: Callable[[Handler, bytes | None], bool],
    problems: int,
    warnings: int,
    says: str,
) -> None:
    server.answer = answer

    found = look(server.address)

    assert (len(found.problems), len(found.warnings)) == (problems, warnings)
    assert all(says in str(one) for one in (*found.problems, *found.warnings))


def test_a_server_that_goes_away_is_asked_no_more(server: FileServer) -> None:
    """Each further file would be waited for in vain."""

    def hang_up(handler: Handler, data: bytes | None) -> bool:
        if data is None or "/targets/" not in handler.path:
            return False
        handler.hang_up()
        return True

    server.answer = hang_up
    found = look(server.address)

    assert len(found.problems) == 1
    assert len([path for path, _wanted in server.asked if "/targets/" in path]) == 1


def test_what_is_no_source_is_told(tmp_path: Path) -> None:
    with serving(tmp_path) as running, pytest.raises(UpdateError, match=r"has no “metadata/1\.root\.json”"):
        look(running.address)


@pytest.mark.parametrize("base", ["", "1"])
def test_an_update_file_is_looked_at_for_what_it_has(made: Publisher, tmp_path: Path, base: str) -> None:
    """One that only leads on from a version is no worse for it."""
    export(Repository(made.folder), tmp_path / "all.kbu", "", base)

    found = look(str(tmp_path / "all.kbu"))

    assert (found.problems, found.warnings) == ((), ())
