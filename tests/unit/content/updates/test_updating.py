"""An update from a source that can be trusted, over each transport."""

from __future__ import annotations

from pathlib import Path

from kbviewer.content.updates.installation import DOWNLOADS
from kbviewer.content.updates.plan import Change
from tests.support.publisher import NOW
from tests.support.update_stage import Stage


def test_the_first_update_installs_what_is_there(scene: Stage, made_packs: list[Path]) -> None:
    scene.publisher.publish(made_packs[0], made_packs[3])

    offers = scene.check()
    assert {offer.pack_id: offer.change for offer in offers.plan.offers} == {
        "office": Change.NEW, "other": Change.NEW,
    }  # fmt: skip
    assert offers.transfer_bytes == sum(made_packs[number].stat().st_size for number in (0, 3))
    assert scene.versions() == {}, "a check installs nothing"

    scene.update()
    assert scene.versions() == {"office": "1", "other": "1"}
    signature = scene.state().current.signature
    assert signature and (signature.publisher, signature.day) == ("Kontoret", NOW.date())
    assert not (scene.places.packs / DOWNLOADS).exists()


def test_an_update_keeps_the_version_before_and_says_when_there_is_nothing_new(
    scene: Stage, made_packs: list[Path]
) -> None:
    for pack in made_packs[:2]:
        scene.publisher.publish(pack)
        scene.update()
    previous = scene.state().previous
    assert scene.versions() == {"office": "2"} and previous and previous.version == "1"
    offers = scene.check()
    assert (offers.plan.offers, offers.plan.current) == ((), ("office",))
    assert scene.update().done == ()
