"""What `kbviewer update` says: for people in sentences, for scripts in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kbviewer.content.export.plain_text import printable
from kbviewer.content.updates.installation import Done, Phase, Step
from kbviewer.content.updates.plan import Change, Offer
from kbviewer.content.updates.session import Offers, Source
from kbviewer.i18n.formats import format_date
from kbviewer.i18n.sizes import format_size
from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import KbError
from kbviewer.model.messages import N_

_PHASES = {
    Phase.FETCHING: N_("Fetching {id}: {done} of {total}"),
    Phase.MAKING: N_("Applying changes to {id}: {done} of {total}"),
    Phase.INSTALLING: N_("Installing {id}: {done} of {total}"),
}


@dataclass(slots=True)
class SourceReport:
    """What became of one source.

    Attributes:
        name: what the reader calls it.
        offers: None when it could not be looked at.
        error: what stopped it.
    """

    name: str
    offers: Offers | None = None
    done: tuple[Done, ...] = ()
    error: KbError | None = None
    is_check: bool = False
    notes: list[str] = field(default_factory=list)


class ReportWriter:
    """Puts reports into words."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def lines(self, report: SourceReport) -> Iterator[str]:
        """Yield what there is to say about a source that could be looked at."""
        offers, gettext = report.offers, self._translator.gettext
        if offers is None:
            return
        yield self._heading(offers)
        stale = offers.standing.reason(offers.publisher)
        if stale is not None:
            yield f"  {stale.render(gettext)}"
        if report.is_check:
            yield from (f"  {self._offer(offer)}" for offer in offers.plan.offers)
        yield from (f"  {self._done(done)}" for done in report.done)
        for left in offers.plan.left_alone:
            text = gettext("{id} is left as it is: {reason}.")
            yield "  " + text.format(id=left.pack_id, reason=left.reason.render(gettext))
        if not offers.plan.offers:
            if not offers.plan.left_alone:
                yield "  " + gettext("There is nothing new.")
        elif report.is_check:
            yield "  " + gettext("To fetch: {size}.").format(size=self._size(offers.transfer_bytes))

    def source_lines(self, source: Source) -> Iterator[str]:
        """Yield what is remembered of a publisher."""
        yield f"{source.key} {source.publisher}"
        if source.problem is not None:
            yield f"  {source.problem.render(self._translator.gettext)}"
        yield from (f"  {address}" for address in source.addresses)
        if source.signed_at is not None:
            yield "  " + self._translator.gettext("signed on {date}").format(
                date=self._date(source.signed_at.date())
            )

    def step(self, step: Step) -> str:
        """Return how far an update has come."""
        done, total = self._size(step.done), self._size(step.total)
        return self._translator.gettext(_PHASES[step.phase]).format(id=step.pack_id, done=done, total=total)

    def _heading(self, offers: Offers) -> str:
        signed_at = offers.contents.signed_at
        if signed_at is None:
            return f"{offers.publisher} ({offers.address})"
        text = self._translator.gettext("{publisher} ({address}), signed on {date}")
        return text.format(
            publisher=offers.publisher, address=offers.address, date=self._date(signed_at.date())
        )

    def _offer(self, offer: Offer) -> str:
        after = self._version(offer.pack.target.version, offer.pack.target.day, offer.pack.file.sha256)
        if offer.change is Change.VOUCH:
            return self._translator.gettext(
                "{id} {version}: is here already; now it is known who vouches for it"
            ).format(id=offer.pack_id, version=after)
        size = self._size(offer.transfer_bytes)
        if offer.change is Change.NEW:
            text = self._translator.gettext("{id} {version}: new, {size}")
            return text.format(id=offer.pack_id, version=after, size=size)
        if not offer.from_sha256:
            text = self._translator.gettext("{id} {version}: in place of what is damaged here, {size}")
            return text.format(id=offer.pack_id, version=after, size=size)
        text = self._translator.gettext("{id} {before} → {after}: {size}, only what has changed")
        if not offer.deltas:
            text = self._translator.gettext("{id} {before} → {after}: {size}")
        before = self._version(offer.from_version, offer.from_day, offer.from_sha256)
        return text.format(id=offer.pack_id, before=before, after=after, size=size)

    def _done(self, done: Done) -> str:
        signature = done.state.current.signature
        day = self._date(signature.day) if signature else ""
        text = self._translator.gettext("{id} {version} is installed; {size} fetched.")
        if done.offer.change is Change.VOUCH:
            text = self._translator.gettext(
                "{id} {version} was here already; now signed by {publisher}, {date}."
            )
        if done.whole_because:
            text = self._translator.gettext(
                "{id} {version} is installed; {size} fetched, the whole pack because the changes could "
                "not be used ({reason})."
            )
        return text.format(
            id=done.offer.pack_id,
            version=self._version(
                done.state.current.version, done.offer.pack.target.day, done.state.current.sha256
            ),
            size=self._size(done.fetched_bytes),
            publisher=signature.publisher if signature else "",
            date=day,
            reason=done.whole_because.rstrip("."),
        )

    def _version(self, version: str, day: date | None, sha256: str) -> str:
        """Return what a version is called; one that has no name by the beginning of its SHA-256."""
        shown = self._date(day) if day else ""
        return f"{version} ({shown})" if version and shown else version or shown or sha256[:8]

    def _date(self, day: date) -> str:
        return format_date(day, self._translator.language)

    def _size(self, count: int) -> str:
        return format_size(count, self._translator)


def report_as_json(report: SourceReport, translator: Translator) -> dict[str, Any]:
    """Return a report as values; names and types are a contract with scripts."""
    offers, gettext = report.offers, translator.gettext
    installed = {done.offer.pack_id: done for done in report.done}
    found: dict[str, Any] = {
        "source": report.name,
        "key": offers.key if offers else None,
        "publisher": offers.publisher if offers else None,
        "signed_at": _text(offers.contents.signed_at) if offers else None,
        "standing": offers.standing.freshness.value if offers else None,
        "transfer_bytes": offers.transfer_bytes if offers else 0,
        "offers": [],
        "left_alone": [],
        "current": [],
        "error": report.error.render(gettext) if report.error else None,
    }
    if offers is None:
        return found
    plan = offers.plan
    found["offers"] = [_offer_as_json(offer, installed.get(offer.pack_id)) for offer in plan.offers]
    found["left_alone"] = [
        {"id": left.pack_id, "reason": left.reason.render(gettext)} for left in plan.left_alone
    ]
    found["current"] = list(plan.current)
    return found


def source_as_json(source: Source, translator: Translator) -> dict[str, Any]:
    """Return what is remembered of a publisher as values."""
    return {
        "key": source.key,
        "publisher": source.publisher,
        "addresses": list(source.addresses),
        "signed_at": _text(source.signed_at),
        "error": source.problem.render(translator.gettext) if source.problem else None,
    }


def _offer_as_json(offer: Offer, done: Done | None) -> dict[str, Any]:
    target = offer.pack.target
    return {
        "id": offer.pack_id,
        "change": offer.change.value,
        "version": target.version,
        "date": _text(target.day),
        "from_version": offer.from_version,
        "from_date": _text(offer.from_day),
        "from_sha256": offer.from_sha256 or None,
        "transfer_bytes": offer.transfer_bytes,
        "pack_bytes": offer.pack.file.length,
        "sha256": offer.pack.file.sha256,
        "is_delta": bool(offer.deltas),
        "installed": done is not None,
        "fetched_bytes": done.fetched_bytes if done else 0,
    }


def _text(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def as_text(lines: Iterator[str]) -> str:
    """Return lines as they can be printed: what a source says of itself comes from strangers."""
    return "".join(f"{printable(line)}\n" for line in lines)
