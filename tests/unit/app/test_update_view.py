"""What the window shows of updates, decided without a window."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kbviewer.app.content_age import LastLook, age_of, last_looks, old_content
from kbviewer.app.local_news import News, find_news
from kbviewer.app.policy_gate import allowed_part
from kbviewer.app.update_jobs import Teller
from kbviewer.app.update_view import fingerprint_lines, known_sources
from kbviewer.app.updates import open_for_check
from kbviewer.app.window_request import WindowRequest
from kbviewer.content.updates.installation import Phase, Step
from kbviewer.content.updates.session import Source
from kbviewer.content.updates.trust_store import TrustStore
from kbviewer.model.errors import PolicyError
from kbviewer.model.policy import Origin, Policy
from kbviewer.model.policy_keys import PolicyValue
from kbviewer.model.shelf import LibraryKind, ShelfItem
from kbviewer.model.updates import OldContent

OWN = Source("a" * 16, "KB", ("/stick/kb",), datetime(2026, 11, 1, tzinfo=UTC))
PACK = ShelfItem(key="own:office", kind=LibraryKind.OWN_PACK, title="A1", day=date(2026, 10, 1))
TODAY = date(2026, 11, 27)


def policy(*, locked: bool = False, **values: PolicyValue) -> Policy:
    plain = Policy()
    origins = dict.fromkeys(values, Origin.LOCKED if locked else Origin.DEFAULTS)
    return Policy({**plain.values, **values}, {**plain.origins, **origins})


def test_a_locked_source_is_the_only_one() -> None:
    """What else is remembered would be refused."""
    (found,) = known_sources([OWN], policy(locked=True, update_source="/srv/kb"))
    assert found.addresses == ("/srv/kb",) and found.is_given


def test_a_source_that_is_only_suggested_comes_first_and_is_listed_once() -> None:
    """The reader's own stay; what is known of the suggested one is shown with it."""
    (found,) = known_sources([OWN], policy(update_source="/stick/kb"))
    assert found.is_given and found.publisher == "KB" and found.day == date(2026, 11, 1)
    first, second = known_sources([OWN], policy(update_source="/srv/kb"))
    assert first.is_given and second.key == OWN.key


def test_locked_without_a_source_leaves_none() -> None:
    """An administrator who locks nothing in wants no updates from readers' sources."""
    assert known_sources([OWN], policy(locked=True, update_source="")) == ()


def test_a_fingerprint_breaks_where_an_eye_can_follow() -> None:
    """Sixteen groups would wrap at random."""
    assert fingerprint_lines("0123abcd" * 8) == "\n".join([" ".join(["0123abcd"] * 4)] * 2)


@pytest.mark.parametrize(
    ("look", "says"),
    [
        (LastLook("KB", date(2026, 11, 1)), ""),
        (LastLook("KB", date(2026, 7, 1)), "nobody has looked"),
        (LastLook("KB", date(2026, 11, 1), date(2026, 11, 20)), "KB"),
        (LastLook("KB", None), ""),
        (None, ""),
    ],
)
def test_content_says_its_age_when_nobody_has_looked_or_what_was_signed_has_expired(
    look: LastLook | None, says: str
) -> None:
    """A discreet word; of a pack that is young, or of which nothing can be known, none."""
    age = age_of(PACK, look, 90, TODAY, "en")
    assert (age is None) == (not says)
    if age is not None:
        shown = age.render(str)
        assert says in shown and "1 October 2026" in shown


def test_a_pack_without_a_source_is_old_by_its_own_date() -> None:
    """Nobody else can tell."""
    assert age_of(PACK, None, 30, TODAY, "en") is not None


def remember(trust: Path, folder: Path, version: int) -> None:
    store = TrustStore.begin(trust, 1, "ab" * 32, b"{}")
    store.remember(store.record.used(str(folder)))
    store.write(
        "timestamp", json.dumps({"signed": {"version": version, "expires": "2026-12-01T00:00:00Z"}}).encode()
    )
    store.keep()


def test_a_stick_with_a_higher_version_is_hinted_at(tmp_path: Path) -> None:
    """One small file is enough; what is there already is no news, nor what may not be used."""
    trust, stick = tmp_path / "trust", tmp_path / "stick"
    (stick / "metadata").mkdir(parents=True)
    remember(trust, stick, 3)
    timestamp = stick / "metadata" / "timestamp.json"
    assert find_news(trust, lambda _address: True) is None
    for text in ('{"signed": {"version": 3}}', "{", '{"signed": {"version": "x"}}', "[]"):
        timestamp.write_text(text)
        assert find_news(trust, lambda _address: True) is None
    timestamp.write_text('{"signed": {"version": 4}}')
    assert find_news(trust, lambda _address: False) is None
    assert find_news(trust, lambda _address: True) == News("ab" * 8, str(stick), str(stick))


def test_what_is_kept_of_a_damaged_source_is_left_out(tmp_path: Path) -> None:
    """The page with all libraries opens all the same; the updates say what is wrong."""
    folder = tmp_path / ("a" * 16)
    folder.mkdir()
    (folder / "source.json").write_text("{")
    assert last_looks(tmp_path) == {}
    assert find_news(tmp_path, lambda _address: True) is None


def test_an_update_file_is_refused_where_packs_may_not_be_changed(tmp_path: Path) -> None:
    """The window opens and says so."""
    request = WindowRequest((), "", tmp_path, update=str(tmp_path / "a.kbu"))
    assert allowed_part(Policy(), request) == (request, None)
    allowed, refused = allowed_part(policy(locked=True, allow_updates="off"), request)
    assert allowed.update == "" and refused is not None


def test_a_job_tells_as_often_as_it_shows_and_asks_whether_it_is_wanted() -> None:
    """A pack of a thousand reads is no thousand repaints; a reader who cancels is heard at the next read."""
    shown: list[Step] = []
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> bool:
        heard.append((done, total))
        return len(heard) < 2

    teller = Teller(hear, shown.append)
    for done in range(0, 10_001):
        teller.step(Step(Phase.FETCHING, "office", done << 10, 10_000 << 10))
    assert len(shown) == 201 and heard == []
    assert not teller.is_cancelled()
    assert teller.is_cancelled()
    assert heard == [(10_000, 10_000)] * 2


def test_of_old_packs_the_oldest_is_told_and_young_ones_are_not_counted(tmp_path: Path) -> None:
    """For the home page, which says it in one line."""
    packs = [
        ("own:a", "A", date(2026, 5, 1)),
        ("own:b", "B", date(2026, 4, 1)),
        ("own:c", "C", date(2026, 11, 1)),
    ]
    assert old_content(packs, tmp_path, 90, TODAY) == OldContent("B", date(2026, 4, 1), 2)
    assert old_content(packs[2:], tmp_path, 90, TODAY) is None
    assert old_content(packs, tmp_path, 0, TODAY) is None


def test_without_a_network_no_server_is_looked_at_and_a_folder_still_is(tmp_path: Path) -> None:
    """`repo serve-check` installs nothing, so which sources are allowed does not count; the network does."""
    closed = policy(locked=True, network=False, update_source="/srv/kb")
    with pytest.raises(PolicyError, match="network"):
        open_for_check("https://updates.example/kb", closed)
    (tmp_path / "metadata").mkdir()
    open_for_check(str(tmp_path), closed).close()
