"""The client against real child processes, well-behaved and not. The fixtures fail on leaks."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.search_process import search_command
from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query
from kbviewer.search.client import SearchClient
from kbviewer.search.protocol import Answer, Event, Failed, Indexing, Ready

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 30


class Listener:
    """Keeps what a client tells."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.seen: list[Event] = []

    def __call__(self, event: Event) -> None:
        self._events.put(event)

    def wait_for(self, kind: type[Event]) -> Event:
        while True:
            event = self._events.get(timeout=PATIENCE_SECONDS)
            self.seen.append(event)
            if isinstance(event, kind):
                return event


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def client(
    listener: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., SearchClient]]:
    """Makes a client of a process that misbehaves in a way."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    clients: list[SearchClient] = []

    def make(way: str, deadline_ms: int = 300) -> SearchClient:
        command = [
            sys.executable,
            "-m",
            "tests.unit.search.misbehaving_service",
            way,
            str(tmp_path / "notes"),
        ]
        clients.append(SearchClient(command, listener, deadline_ms))
        return clients[-1]

    yield make
    for made in clients:
        made.close()


def starts(tmp_path: Path) -> int:
    return len((tmp_path / "notes").read_text().splitlines())


def test_the_real_process_indexes_and_answers(
    listener: Listener, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    client = SearchClient(search_command([data_folders().content], Profile(profile)), listener)
    number = client.ask(Query("KB307294"))
    answer = listener.wait_for(Answer)
    assert isinstance(answer, Answer)
    assert answer.request == number
    assert answer.answer.hits[0].article == "kb307294"
    assert Indexing(0, 0) in listener.seen
    assert Ready() in listener.seen
    client.close()


def test_a_process_started_early_is_ready_for_the_first_question(
    listener: Listener, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    client = SearchClient(search_command([data_folders().content], Profile(profile)), listener)
    client.start()
    listener.wait_for(Ready)
    client.start()

    client.ask(Query("KB307294"))

    listener.wait_for(Answer)
    assert listener.seen.count(Ready()) == 1
    client.close()
    client.start()


def test_nothing_starts_before_the_first_question(
    client: Callable[..., SearchClient], tmp_path: Path
) -> None:
    client("well").close()
    assert not (tmp_path / "notes").exists()


def test_only_the_newest_question_needs_an_answer(
    client: Callable[..., SearchClient], listener: Listener
) -> None:
    searching = client("well", 5000)
    numbers = [searching.ask(Query(text)) for text in ("l", "lö", "lös")]
    while True:
        answer = listener.wait_for(Answer)
        assert isinstance(answer, Answer)
        if answer.request == numbers[-1]:
            break
    assert answer.answer.query == "lös"


@pytest.mark.parametrize("way", ["die once", "hang once"])
def test_a_process_that_goes_wrong_once_is_started_anew(
    client: Callable[..., SearchClient], listener: Listener, tmp_path: Path, way: str
) -> None:
    number = client(way).ask(Query("ord"))
    answer = listener.wait_for(Answer)
    assert isinstance(answer, Answer)
    assert answer.request == number
    assert starts(tmp_path) == 2


@pytest.mark.parametrize("way", ["die at once", "hang"])
def test_a_process_that_keeps_going_wrong_is_a_failure(
    client: Callable[..., SearchClient], listener: Listener, tmp_path: Path, way: str
) -> None:
    client(way).ask(Query("ord"))
    assert str(getattr(listener.wait_for(Failed), "message", "")).startswith("The search")
    assert starts(tmp_path) == 2


def test_a_question_after_a_failure_tries_again(
    client: Callable[..., SearchClient], listener: Listener
) -> None:
    searching = client("well", 1000)
    searching.ask(Query("hang"))
    listener.wait_for(Failed)
    searching.ask(Query("ord"))
    listener.wait_for(Answer)


def test_the_reason_of_a_failure_is_handed_on(
    client: Callable[..., SearchClient], listener: Listener
) -> None:
    client("fail").ask(Query("ord"))
    failure = listener.wait_for(Failed)
    assert isinstance(failure, Failed)
    assert str(failure.message) == "no disk"


def test_a_command_that_does_not_exist_is_a_failure(listener: Listener, tmp_path: Path) -> None:
    client = SearchClient([str(tmp_path / "nothing")], listener)
    client.ask(Query("ord"))
    listener.wait_for(Failed)
    client.close()


def test_closing_ends_a_process_that_will_not_leave(
    client: Callable[..., SearchClient], listener: Listener
) -> None:
    searching = client("stay", 5000)
    searching.ask(Query("ord"))
    listener.wait_for(Answer)
    searching.close()


def test_a_closed_client_takes_no_questions(client: Callable[..., SearchClient]) -> None:
    searching = client("well")
    searching.close()
    searching.close()
    with pytest.raises(SearchError):
        searching.ask(Query("ord"))
