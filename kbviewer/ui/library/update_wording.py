"""What is said of sources and updates. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kbviewer.i18n.formats import format_date
from kbviewer.i18n.sizes import format_size
from kbviewer.i18n.translator import Translator
from kbviewer.model.updates import (
    KnownSource,
    Offered,
    Omission,
    PackChange,
    PackLabel,
    PackResult,
    UpdateStep,
)

_BETWEEN = " · "
_JOINED = "\u00a0"


def source_title(source: KnownSource, translator: Translator) -> str:
    """Return what a source is called."""
    return source.publisher or (*source.addresses, translator.gettext("Unknown publisher"))[0]


def source_facts(source: KnownSource, translator: Translator) -> str:
    """Return how new what it has signed is, when somebody has looked, and who has named it."""
    _ = translator.gettext
    parts = []
    if source.day is not None:
        parts.append(_("Signed on {date}").format(date=_day(source.day, translator)))
    if source.checked is not None:
        parts.append(_("last checked {date}").format(date=_day(source.checked, translator)))
    elif source.problem is None:
        parts.append(_("not checked yet"))
    if source.is_given:
        parts.append(_("named by this computer's administrator"))
    return _BETWEEN.join(parts)


def offer_heading(offered: Offered, translator: Translator) -> str:
    """Return who offers it and when they signed it."""
    if offered.day is None:
        return offered.publisher
    text = translator.gettext("{publisher}, signed on {date}")
    return text.format(publisher=offered.publisher, date=_day(offered.day, translator))


def change_text(change: PackChange, translator: Translator) -> str:
    """Return what would become of a pack, in one sentence."""
    before = version_text(change.before, translator) if change.before is not None else ""
    text = _change_template(change, translator, before=before)
    pack, size = label_text(change.after, translator), size_text(change.size_bytes, translator)
    return text.format(pack=pack, before=before, size=size)


def _change_template(change: PackChange, translator: Translator, *, before: str) -> str:
    """Return the sentence for a change; packs need not say which version they are."""
    _ = translator.gettext
    match change.omission:
        case Omission.REMOVED:
            return _("{pack}: removed earlier, {size} to fetch.")
        case Omission.UNWANTED:
            return _("{pack}: left out earlier, {size} to fetch.")
        case Omission.GONE_BACK:
            return _("{pack}: you have gone back from it, {size} to fetch.")
        case None:
            pass
    if change.is_known:
        return _("{pack}: is here already; it would be noted who vouches for it.")
    if change.is_damaged:
        return _("{pack}: in place of what is damaged here, {size} to fetch.")
    if change.before is None:
        return _("{pack}: new here, {size} to fetch.")
    if change.is_delta:
        if before:
            return _("{pack}: in place of {before}, {size} to fetch (only what has changed).")
        return _("{pack}: in place of what is here, {size} to fetch (only what has changed).")
    if before:
        return _("{pack}: in place of {before}, {size} to fetch (the whole pack).")
    return _("{pack}: in place of what is here, {size} to fetch (the whole pack).")


def result_text(result: PackResult, translator: Translator) -> str:
    """Return what has become of a pack, in one sentence."""
    _ = translator.gettext
    if result.is_known:
        text = _("{pack} was here already; now it is known who vouches for it.")
    elif result.whole_because:
        text = _(
            "{pack} is installed; {size} fetched, the whole pack, because the changes could not be used "
            "({reason})."
        )
    else:
        text = _("{pack} is installed; {size} fetched.")
    size, reason = size_text(result.fetched_bytes, translator), result.whole_because.rstrip(".")
    return text.format(pack=label_text(result.after, translator), size=size, reason=reason)


def total_text(offered: Offered, picked: Collection[str], translator: Translator) -> str:
    """Return how much would be fetched for the packs that are picked."""
    if not picked:
        return translator.gettext("No pack is ticked.")
    size = size_text(offered.size_bytes_of(picked), translator)
    return translator.gettext("To fetch in all: {size}").format(size=size)


def install_text(count: int, translator: Translator) -> str:
    """Return what the button says that installs so many packs."""
    if not count:
        return translator.gettext("Install")
    return translator.ngettext("Install {count} pack", "Install {count} packs", count).format(count=count)


def nothing_text(offered: Offered, translator: Translator) -> str:
    """Return that there is nothing to install."""
    if offered.changes:
        return translator.gettext("There is nothing new. What you have left out earlier can be ticked:")
    if offered.left:
        return translator.gettext("There is nothing to install.")
    return translator.gettext("There is nothing new: what is installed is what is offered.")


def label_text(label: PackLabel, translator: Translator) -> str:
    """Return title, version and date of a pack."""
    _, version = translator.gettext, version_text(label, translator)
    if not version:
        return _("“{title}”").format(title=label.title)
    return _("“{title}”, {version}").format(title=label.title, version=version)


def version_text(label: PackLabel, translator: Translator) -> str:
    """Return version and date of a pack, as far as it says them."""
    named = translator.gettext("version {version}").format(version=label.version)
    version = named if label.version else ""
    day = _day(label.day, translator) if label.day is not None else ""
    return f"{version} ({day})" if version and day else version or day


def size_text(count: int, translator: Translator) -> str:
    """Return a number of bytes as people read it."""
    return format_size(count, translator).replace(" ", _JOINED)


def step_text(step: UpdateStep, translator: Translator) -> str:
    """Return how far an update has come."""
    done, total = size_text(step.done, translator), size_text(step.total, translator)
    return translator.gettext(step.what).format(title=step.title, done=done, total=total)


def _day(day: date, translator: Translator) -> str:
    return format_date(day, translator.language).replace(" ", _JOINED)
