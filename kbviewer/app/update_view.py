"""Puts what the update client says into what the window shows. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kbviewer.content.updates.address import normal_address
from kbviewer.content.updates.first_trust import in_groups
from kbviewer.content.updates.installation import Done, Phase, Step
from kbviewer.content.updates.layout import PackTarget
from kbviewer.content.updates.plan import Change, Offer
from kbviewer.content.updates.policy import Freshness
from kbviewer.content.updates.session import Offers, Source
from kbviewer.model.messages import N_
from kbviewer.model.policy import Policy
from kbviewer.model.updates import (
    KnownSource,
    Offered,
    Omission,
    PackChange,
    PackLabel,
    PackResult,
    UpdateStep,
)

_PHASES: Mapping[Phase, str] = {
    Phase.FETCHING: N_("Fetching: {done} of {total}"),
    Phase.MAKING: N_("Applying the changes to “{title}”: {done} of {total}"),
    Phase.INSTALLING: N_("Installing “{title}”: {done} of {total}"),
}


def fingerprint_lines(fingerprint: str) -> str:
    """Return a fingerprint in groups, four a line, so that it breaks where it can be followed by eye."""
    groups = in_groups(fingerprint).split(" ")
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def known_sources(sources: Iterable[Source], policy: Policy) -> tuple[KnownSource, ...]:
    """Return the sources that the reader may look at: of a locked one, that one alone."""
    found = [
        KnownSource(
            key=source.key,
            publisher=source.publisher,
            addresses=source.addresses,
            day=source.signed_at.date() if source.signed_at else None,
            checked=source.checked_at.date() if source.checked_at else None,
            problem=source.problem,
        )
        for source in sources
    ]
    if not policy.update_source:
        return () if policy.is_locked("update_source") else tuple(found)
    address = normal_address(policy.update_source)
    same = next((source for source in found if address in source.addresses), None)
    given = KnownSource(
        key=address,
        publisher=same.publisher if same else "",
        addresses=(policy.update_source,),
        day=same.day if same else None,
        checked=same.checked if same else None,
        problem=same.problem if same else None,
        is_given=True,
    )
    if policy.is_locked("update_source"):
        return (given,)
    return (given, *(source for source in found if source is not same))


def offered(offers: Offers, language: str, *, kiosk: bool) -> Offered:
    """Return what a source offers, as it is shown."""
    signed_at, standing, packs = offers.contents.signed_at, offers.standing, offers.contents.packs
    titles = {pack_id: _title(pack.target, language) for pack_id, pack in packs.items()}
    changes = [_change(offer, language) for offer in offers.plan.offers]
    changes += [
        _change(left.offer, language, left.omission)
        for left in offers.plan.left_alone
        if left.offer is not None
    ]
    left_alone = [left for left in offers.plan.left_alone if left.offer is None]
    return Offered(
        publisher=offers.publisher,
        address=offers.address,
        day=signed_at.date() if signed_at else None,
        changes=tuple(changes),
        left=tuple((titles.get(left.pack_id, left.pack_id), left.reason) for left in left_alone),
        current=len(offers.plan.current),
        stale=standing.reason(offers.publisher),
        can_accept=standing.freshness is Freshness.STALE and not kiosk,
    )


def results(done: Sequence[Done], language: str) -> tuple[PackResult, ...]:
    """Return what has become of each pack."""
    return tuple(
        PackResult(
            after=_label(one.offer.pack.target, language),
            fetched_bytes=one.fetched_bytes,
            whole_because=one.whole_because,
            is_known=one.offer.change is Change.VOUCH,
            can_go_back=one.offer.change is not Change.VOUCH and one.state.previous is not None,
        )
        for one in done
    )


def step_of(step: Step, offers: Offers, language: str) -> UpdateStep:
    """Return how far an update has come."""
    pack = offers.contents.packs.get(step.pack_id)
    title = _title(pack.target, language) if pack is not None else step.pack_id
    return UpdateStep(_PHASES[step.phase], title, step.done, step.total)


def _change(offer: Offer, language: str, omission: Omission | None = None) -> PackChange:
    after = _label(offer.pack.target, language)
    before = PackLabel(after.title, offer.from_version, offer.from_day) if offer.from_sha256 else None
    return PackChange(
        pack_id=offer.pack_id,
        after=after,
        before=before,
        size_bytes=offer.transfer_bytes,
        is_delta=bool(offer.deltas),
        is_known=offer.change is Change.VOUCH,
        is_damaged=offer.change is Change.UPDATE and before is None,
        omission=omission,
    )


def _label(target: PackTarget, language: str) -> PackLabel:
    return PackLabel(_title(target, language), target.version, target.day)


def _title(target: PackTarget, language: str) -> str:
    titles = target.titles
    return titles.get(language) or next(iter(titles.values()), "") or target.pack_id
