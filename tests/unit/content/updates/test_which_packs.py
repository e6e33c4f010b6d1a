"""Which packs an update installs, and which it leaves as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from kbviewer.content.updates.installation import Phase, Step
from kbviewer.content.updates.plan import Change
from kbviewer.model.errors import UpdateError
from kbviewer.model.updates import Omission
from tests.support.publisher import Publisher, write_bundle
from tests.support.update_stage import Stage, assert_refused


def reasons(made: Stage, **how: Any) -> dict[str, str]:
    return {left.pack_id: str(left.reason) for left in made.check(**how).plan.left_alone}


def omissions(made: Stage) -> dict[str, Omission]:
    """What could be installed, were it wanted."""
    left_alone = made.check().plan.left_alone
    return {left.pack_id: left.omission for left in left_alone if left.offer and left.omission}


def ids(made: Stage, **how: Any) -> list[str]:
    return [offer.pack_id for offer in made.check(**how).plan.offers]


def test_a_pack_that_was_removed_does_not_come_back_by_itself(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0], made_packs[3])
    plain.update()
    plain.packs.remove("other")
    assert (ids(plain), reasons(plain)) == ([], {"other": "you have removed it"})
    assert ids(plain, wanted=["other"]) == ["other"]


def test_what_was_left_out_can_be_picked_of_what_is_offered(plain: Stage, made_packs: list[Path]) -> None:
    """The window shows it beside the rest; nothing that is not picked is installed."""
    plain.publisher.publish(made_packs[0], made_packs[3])
    plain.session.install(plain.check(), only=["office"])
    assert plain.versions() == {"office": "1"}
    assert omissions(plain) == {"other": Omission.UNWANTED}
    plain.session.install(plain.check(), only=["other"])
    plain.packs.remove("office")
    assert omissions(plain) == {"office": Omission.REMOVED}
    assert plain.session.install(plain.check(), only=[]).done == ()
    plain.session.install(plain.check(), only=["office"])
    assert plain.versions() == {"office": "1", "other": "1"}


def test_only_what_is_named_is_installed_and_the_rest_does_not_come_later(
    plain: Stage, made_packs: list[Path]
) -> None:
    plain.publisher.publish(made_packs[0], made_packs[3])
    plain.session.install(plain.check(wanted=["office"]))
    assert plain.versions() == {"office": "1"}
    assert ids(plain) == []


def test_a_pack_that_is_new_at_a_source_is_installed(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    plain.publisher.publish(made_packs[3])
    plain.update()
    assert plain.versions() == {"office": "1", "other": "1"}


def test_a_pack_that_is_not_offered_is_told(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0])
    with pytest.raises(UpdateError, match=r"no pack “nothing”\. It has: office"):
        plain.check(wanted=["nothing"])


def test_content_never_becomes_older(plain: Stage, made_packs: list[Path]) -> None:
    """Also when the publisher offers it and has signed it."""
    plain.publisher.publish(made_packs[1])
    plain.update()
    plain.publisher.publish(made_packs[0])
    assert "older than what is installed" in reasons(plain)["office"]
    assert plain.update().done == ()
    assert plain.versions() == {"office": "2"}
    plain.session.install(plain.check(wanted=["office"]))
    assert plain.versions() == {"office": "1"}


def test_what_was_gone_back_from_is_not_installed_again_but_its_successor_is(
    plain: Stage, made_packs: list[Path]
) -> None:
    for pack in made_packs[:2]:
        plain.publisher.publish(pack)
        plain.update()
    plain.packs.rollback("office")
    assert reasons(plain) == {"office": "you have gone back from the version that is offered"}
    assert omissions(plain) == {"office": Omission.GONE_BACK}
    plain.publisher.publish(made_packs[2])
    plain.update()
    assert plain.versions() == {"office": "3"}


def test_a_pack_that_is_here_without_a_signature_gets_one(plain: Stage, made_packs: list[Path]) -> None:
    plain.packs.install(made_packs[0])
    plain.publisher.publish(made_packs[0])
    offers = plain.check()
    assert ([offer.change for offer in offers.plan.offers], offers.transfer_bytes) == ([Change.VOUCH], 0)
    plain.publisher.target_file().unlink()  # nothing is fetched
    plain.update()
    signature = plain.state().current.signature
    assert signature and signature.publisher == "Kontoret"


def test_a_pack_that_has_been_damaged_on_the_disk_is_not_vouched_for(
    plain: Stage, made_packs: list[Path]
) -> None:
    plain.packs.install(made_packs[0])
    plain.publisher.publish(made_packs[0])
    path = plain.packs.path_of(plain.state().current)
    data = bytearray(path.read_bytes())
    data[data.index(b"PNG") + 1000] ^= 1
    path.write_bytes(data)
    result = plain.session.install(plain.check())
    assert "is not what Kontoret has signed" in str(result.stopped_by)
    assert plain.state().current.signature is None


def test_a_damaged_pack_is_mended(plain: Stage, made_packs: list[Path]) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    plain.packs.path_of(plain.state().current).write_bytes(b"")
    plain.update()
    assert plain.versions() == {"office": "1"}


def test_another_publisher_does_not_take_over_a_pack(
    plain: Stage, made_packs: list[Path], tmp_path: Path
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    other = Publisher(tmp_path / "other", "Granne")
    other.publish(made_packs[1], made_packs[3])
    offers = plain.session.check(str(other.folder), root=other.root_file.read_bytes())
    assert [offer.pack_id for offer in offers.plan.offers] == ["other"]
    assert [str(left.reason) for left in offers.plan.left_alone] == ["it came from Kontoret"]


def test_what_is_there_for_everybody_is_not_installed_once_more(plain: Stage, made_packs: list[Path]) -> None:
    from kbviewer.content.packs.installed import InstalledPacks

    InstalledPacks(plain.root / "machine").install(made_packs[0])
    plain.publisher.publish(made_packs[0])
    assert plain.check().plan.current == ("office",)


def test_the_newest_day_of_the_content_is_told(plain: Stage, made_packs: list[Path]) -> None:
    assert plain.session.content_day() is None
    plain.publisher.publish(made_packs[0], made_packs[3])
    plain.update()
    assert str(plain.session.content_day()) == "2026-11-01"


@pytest.fixture
def changed(scene: Stage, made_packs: list[Path]) -> Stage:
    """The reader has the first version; changes lead to the second."""
    scene.publisher.publish(made_packs[0])
    scene.update()
    scene.deltas.result = made_packs[1].read_bytes()
    scene.publisher.add_delta(made_packs[0], made_packs[1], b"changes")
    scene.publisher.add_delta(made_packs[0], made_packs[1], b"few", "this program")
    scene.publisher.add_delta(made_packs[2], made_packs[1], b"x")
    scene.publisher.publish(made_packs[1])
    return scene


def cheapest(made: Stage) -> int:
    return len(b"few" if made.kind == "http" else b"changes")


def test_the_cheapest_way_that_works_here_is_taken(changed: Stage, made_packs: list[Path]) -> None:
    """Over a line the fewest bytes; from a disk rather some more than an index that has to be built."""
    offers = changed.check()
    assert offers.transfer_bytes == cheapest(changed)
    (done,) = changed.update().done
    assert (done.fetched_bytes, done.whole_because) == (cheapest(changed), "")
    assert changed.deltas.used == [hashlib.sha256(made_packs[0].read_bytes()).hexdigest()]
    assert changed.versions() == {"office": "2"}


def test_changes_for_another_program_are_not_used(changed: Stage) -> None:
    changed.deltas.recipe = "a newer program"
    assert changed.check().transfer_bytes == len(b"changes")


@pytest.mark.parametrize("result", [b"", b"something else", None])
def test_changes_that_lead_elsewhere_give_way_to_the_whole_pack(
    changed: Stage, made_packs: list[Path], result: bytes | None
) -> None:
    changed.deltas.result = made_packs[2].read_bytes() if result is None else result
    (done,) = changed.update().done
    assert "do not lead to what was signed" in done.whole_because
    assert done.fetched_bytes == cheapest(changed) + made_packs[1].stat().st_size
    assert changed.versions() == {"office": "2"}


def test_tampered_changes_are_not_applied(changed: Stage) -> None:
    changed.publisher.target_file("delta").write_bytes(b"CHANGES")
    path = next(
        path for path in (changed.publisher.folder / "targets").iterdir() if path.read_bytes() == b"few"
    )
    path.write_bytes(b"FEW")

    assert_refused(changed, "is not what its publisher has signed")
    assert changed.deltas.used == []


def test_a_kbu_with_one_pack_of_many_is_about_that_pack(plain: Stage, made_packs: list[Path]) -> None:
    """What is signed names all packs; a .kbu may be for those who have one of them."""
    plain.publisher.publish(made_packs[0], made_packs[3])
    part = plain.publisher.copy(plain.root / "part")
    for path in (part / "targets").iterdir():
        if ".other-" in path.name:
            path.unlink()
    address = str(write_bundle(part, plain.root / "part.kbu"))
    offers = plain.session.check(address, root=plain.first_root)
    assert [left.pack_id for left in offers.plan.left_alone] == ["other"]
    assert plain.session.install(offers).stopped_by is None
    assert plain.versions() == {"office": "1"}
    plain.update()
    assert set(plain.versions()) == {"office", "other"}, "it was not refused, only not there"


def test_a_kbu_of_changes_alone_needs_the_version_that_they_lead_on_from(
    plain: Stage, made_packs: list[Path]
) -> None:
    plain.publisher.publish(made_packs[0])
    plain.update()
    plain.deltas.result = made_packs[1].read_bytes()
    plain.publisher.add_delta(made_packs[0], made_packs[1], b"changes")
    plain.publisher.publish(made_packs[1])
    plain.publisher.target_file().unlink()
    address = str(write_bundle(plain.publisher.folder, plain.root / "changes.kbu"))
    plain.packs.remove("office")
    offers = plain.session.check(address, wanted=["office"])
    stopped = plain.session.install(offers).stopped_by
    assert stopped and "Get a file that goes with what is installed here" in str(stopped)
    plain.packs.install(made_packs[0])
    plain.session.install(plain.session.check(address))
    assert plain.versions() == {"office": "2"}


def test_what_was_left_behind_while_a_pack_was_made_is_swept(changed: Stage) -> None:
    left = changed.places.packs / ".downloads"
    (left / "rebuilding" / "content").mkdir(parents=True)
    (left / f"{'0' * 64}.part").write_bytes(b"of a version that nobody offers any more")
    changed.update()
    assert changed.versions() == {"office": "2"} and not left.exists()


def test_cancelling_while_a_pack_is_made_keeps_the_changes(changed: Stage) -> None:
    steps: list[Phase] = []
    result = changed.session.install(
        changed.check(),
        on_step=lambda step: steps.append(step.phase),
        is_cancelled=lambda: Phase.FETCHING in steps,
    )
    assert "was stopped" in str(result.stopped_by) and Phase.INSTALLING not in steps
    assert changed.versions() == {"office": "1"}
    assert changed.update().done[0].fetched_bytes == 0


def test_steps_tell_how_far_an_update_has_come(changed: Stage) -> None:
    steps: list[Step] = []
    changed.session.install(changed.check(), on_step=steps.append)
    assert list(dict.fromkeys(step.phase for step in steps)) == list(Phase)
    assert all(0 <= step.done <= step.total for step in steps)
    assert [(step.done, step.total) for step in steps if step.phase is Phase.FETCHING][-1] == (
        cheapest(changed),
    ) * 2
