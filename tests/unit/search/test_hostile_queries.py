"""What would hang or break another search is answered here, all the way through protocol, service and client.

The engine alone is asked the same kind of thing in test_engine.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.search_process import search_command
from kbviewer.model.article import ArticleState
from kbviewer.model.errors import SearchError
from kbviewer.model.hits import Query, SearchAnswer
from kbviewer.search.client import SearchClient
from kbviewer.search.library_search import LibrarySearch
from kbviewer.search.protocol import (
    Answer,
    Ask,
    Event,
    Failed,
    Ready,
    decode_ask,
    decode_event,
    encode_ask,
    encode_event,
)
from kbviewer.search.query_text import MAX_CHARACTERS, MAX_TERMS, parse_query
from kbviewer.search.service import serve
from tests.unit.search.small_library import MemoryLibrary, OpenIndex, article

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60

HOSTILE = {
    "nothing": "",
    "a star": "*",
    "a prefix": "a*",
    "a wildcard inside": "*e*",
    "only wildcards": "???*",
    "a range": "[a TO zzzz]",
    "an open range": "[TO zzzz}",
    "10,000 characters": "a" * 10_000,
    "10,000 letters with dots": "ö" * 10_000,
    "100 kB": "lösenord och " * 8_000,
    "5,000 words": " ".join(f"ord{number}" for number in range(5_000)),
    "5,000 times one word": "ord " * 5_000,
    "5,000 exclusions": "lösenord " + "-ord " * 5_000,
    "5,000 filters": "lang:sv " * 5_000,
    "5,000 phrases": '"ett ord" ' * 5_000,
    "an open quote": '"lösenord',
    "many quotes": '"' * 999,
    "quotes of three kinds": '"a ”b “c „d" e”',
    "an empty phrase": '"" """"',
    "deep nesting": "(" * 3_000 + "a" + ")" * 3_000,
    "deep nesting, open": "(" * 5_000,
    "brackets": "[{(<" * 1_000,
    "operators": "NOT NOT NOT OR AND OR NOT (",
    "NOT OR": "NOT OR",
    "fields": "title:a words:b texts:c _deleted:d",
    "a boost": "a^99999999999 a~9 a~",
    "control characters": "".join(map(chr, range(32))),
    "NUL": "lösen\x00ord",
    "escape": "\x1b]0;title\x07\x1b[2J",
    "C1": "".join(map(chr, range(0x7F, 0xA0))),
    "a high surrogate": "lösen\ud83d",
    "a low surrogate": "\ude00ord",
    "surrogates the wrong way round": "\ude00\ud83d",
    "emoji": "😀 👩‍👩‍👧‍👦 🇸🇪 lösenord",
    "marks on marks": "e" + "\u0301" * 5_000,
    "another direction": "\u202edroneSöl\u202c",
    "what nobody sees": "lö\u200bsen\u00ad\ufefford",
    "what grows in lower case": "İ" * 500 + "ß" * 500,
    "line breaks": "a\nb\r\nc\u2028d\u2029e\x85f",
    "JSON": '{"request": 1, "text": "x"}\n{"event": "answer"}',
    "a path": "../../../etc/passwd",
    "SQL": "'; DROP TABLE articles; --",
    "a format": "%s %n {0} {query} ${HOME} $(id)",
    "HTML": "<img src=x onerror=alert(1)>",
    "a regular expression": "(a+)+$ (.*)*",
    "backslashes": "\\" * 5_000,
    "dashes": "- -- --- -\u2013 -\u2014",
    "colons": "lang: : product:: id:: state:",
    "an endless compound": "nätverk" * 70,
    "an endless literal": "a-b/" * 2_000,
}

each_hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@each_hostile
def test_what_is_understood_of_a_query_is_within_limits(text: str) -> None:
    parsed = parse_query(text)
    assert len(parsed.text) <= MAX_CHARACTERS
    assert max(len(parsed.wanted), len(parsed.unwanted)) <= MAX_TERMS
    assert all(len(term.tokens) <= MAX_TERMS for term in (*parsed.wanted, *parsed.unwanted))
    assert parsed.is_cut or len(text) <= MAX_CHARACTERS


@each_hostile
@pytest.mark.parametrize("around", ["{}", "{} lösenord", '"{}"', "-{} lösenord"])
def test_the_engine_answers(shipped: OpenIndex, text: str, around: str) -> None:
    query = around.format(text.replace("{", "(").replace("}", ")"))
    answer = shipped.search(Query(query))
    assert answer.query == query
    for hit in answer.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


@each_hostile
def test_questions_and_answers_survive_the_way(text: str) -> None:
    ask = Ask(1, Query(text, products=(text,), states=(ArticleState.ARCHIVED,)))
    line = encode_ask(ask)
    assert line.isascii()
    assert line.count("\n") == 1
    assert decode_ask(line) == ask
    answer = Answer(1, SearchAnswer(text, (), 0.0, corrected=text, left_out=(text,), suggestions=(text,)))
    line = encode_event(answer)
    assert line.isascii()
    assert line.count("\n") == 1
    assert decode_event(line) == answer


@given(st.text(alphabet=st.characters(categories=None)), st.integers(0, 2**40))
def test_any_text_survives_the_way(text: str, request: int) -> None:
    ask = Ask(request, Query(text, language=text, reader_language=text))
    assert decode_ask(encode_ask(ask)) == ask


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


_FIELDS = st.sampled_from("request text language reader_language limit products states event".split())
_LINES = st.text(max_size=30) | (_JSON | st.dictionaries(_FIELDS, _JSON)).map(json.dumps)


@settings(max_examples=100)
@given(_LINES)
def test_a_line_that_is_no_question_or_event_is_one_error(line: str) -> None:
    for decode in (decode_ask, decode_event):
        try:
            decode(line)
        except SearchError:
            continue


@pytest.fixture
def search(tmp_path: Path) -> Iterator[LibrarySearch]:
    library = MemoryLibrary(tmp_path / "library", [article("a", "Lösenord", "Byt det ord för ord.")])
    with closing(LibrarySearch([library], tmp_path / "cache")) as opened:
        yield opened


class Conversation:
    """Both ends of a service; the questions end only after the answer, since the end makes them void."""

    def __init__(self, *lines: str) -> None:
        self._lines = lines
        self._answered = threading.Event()
        self.events: list[Event] = []

    def __iter__(self) -> Iterator[str]:
        yield from self._lines
        assert self._answered.wait(PATIENCE_SECONDS)

    def write(self, line: str) -> None:
        self.events.append(decode_event(line))
        if isinstance(self.events[-1], Answer):
            self._answered.set()

    def flush(self) -> None:
        """Nothing is kept back."""


def served(search: LibrarySearch, *lines: str) -> list[Event]:
    both: Any = Conversation(*lines)
    assert serve(lambda on_progress, cancelled: search, both, both) == 0
    return list(both.events)


@each_hostile
def test_the_service_answers(search: LibrarySearch, text: str) -> None:
    ready, answer = served(search, encode_ask(Ask(7, Query(text))))
    assert isinstance(ready, Ready)
    assert isinstance(answer, Answer)
    assert (answer.request, answer.answer.query) == (7, text)


def test_unreadable_lines_are_passed_over(search: LibrarySearch) -> None:
    bad = ["\n", "null\n", "[" * 50_000 + "\n", '{"request": 1}\n', "\x00\n", '{"request": [], "text": {}}\n']
    *_, answer = served(search, *bad, encode_ask(Ask(7, Query("lösenord"))))
    assert isinstance(answer, Answer)
    assert [hit.article for hit in answer.answer.hits] == ["a"]


def test_the_client_gets_an_answer_to_each_from_one_and_the_same_process(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies or hangs would be started anew, which makes it ready a second time."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    told: list[Event] = []
    with closing(
        SearchClient(search_command([data_folders().content], Profile(profile)), heard.put)
    ) as client:
        for text in [*HOSTILE.values(), "KB307294"]:
            number = client.ask(Query(text))
            while not isinstance(event := heard.get(timeout=PATIENCE_SECONDS), Answer):
                told.append(event)
            assert (event.request, event.answer.query) == (number, text)
            told.append(event)
    assert not [event for event in told if isinstance(event, Failed)]
    assert told.count(Ready()) == 1
    assert isinstance(told[-1], Answer)
    assert told[-1].answer.hits[0].article == "kb307294"
