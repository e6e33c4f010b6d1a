"""What is said of a library on its row. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from kbviewer.i18n.translator import Translator
from kbviewer.model.errors import CopyingError
from kbviewer.model.messages import N_
from kbviewer.model.policy import Right
from kbviewer.model.shelf import LibraryKind, ShelfItem

_KINDS = {
    LibraryKind.BUNDLED: N_("Comes with the program"),
    LibraryKind.OWN_PACK: N_("Pack, installed by you"),
    LibraryKind.MACHINE_PACK: N_("Pack, installed for everybody on this computer"),
    LibraryKind.PACK_FILE: N_("Pack, not installed"),
    LibraryKind.FOLDER: N_("Folder"),
}
_BETWEEN = " · "
# What belongs together does not part at the end of a line.
_JOINED = "\u00a0"


class Deed(StrEnum):
    """What can be done with a library."""

    CHECK = "check"
    LOCATE = "locate"
    INSTALL = "install"
    ROLL_BACK = "roll-back"
    FORGET = "forget"
    UNINSTALL = "uninstall"
    CANCEL_COPY = "cancel-copy"


DEED_RIGHTS: Final[Mapping[Deed, tuple[Right, ...]]] = {
    Deed.LOCATE: (Right.OPEN_FILE,),
    Deed.INSTALL: (Right.CHANGE_PACKS,),
    Deed.ROLL_BACK: (Right.CHANGE_PACKS,),
    Deed.UNINSTALL: (Right.CHANGE_PACKS,),
}
"""What a reader has to be allowed for it; the others change nothing but his own list."""


def deeds_of(item: ShelfItem, *, is_kept: bool) -> tuple[Deed, ...]:
    """Return what can be done with a library, in the order of the buttons.

    Args:
        is_kept: the list is the reader's own; what somebody has named for one start stays on it.
    """
    deeds = [Deed.CHECK] if item.fault is None and not item.hidden_by else []
    if item.kind is LibraryKind.PACK_FILE and item.fault is None:
        deeds.insert(0, Deed.INSTALL)
    if item.previous is not None and item.kind is LibraryKind.OWN_PACK:
        deeds.append(Deed.ROLL_BACK)
    if item.is_copying:
        deeds.insert(0, Deed.CANCEL_COPY)
    if item.paths:
        deeds.append(Deed.LOCATE)
    if item.kind is LibraryKind.OWN_PACK and item.title:
        deeds.append(Deed.UNINSTALL)
    if item.kind in (LibraryKind.FOLDER, LibraryKind.PACK_FILE) and is_kept and not item.is_given:
        deeds.append(Deed.FORGET)
    return tuple(deeds)


def deed_name(deed: Deed, item: ShelfItem, translator: Translator) -> str:
    """Return what the button for a deed says."""
    _ = translator.gettext
    match deed:
        case Deed.CHECK:
            return _("Check")
        case Deed.LOCATE:
            return _("Show where it lies")
        case Deed.INSTALL:
            return _("Install")
        case Deed.ROLL_BACK:
            return _roll_back_name(item, translator)
        case Deed.CANCEL_COPY:
            return _("Cancel copying")
        case Deed.FORGET:
            return _("Remove from the list")
        case Deed.UNINSTALL:
            return _("Uninstall…")


def _roll_back_name(item: ShelfItem, translator: Translator) -> str:
    """Return which version of a pack the button leads to: who has gone back goes forward with it."""
    from kbviewer.i18n.formats import format_date

    _ = translator.gettext
    if item.previous:
        forward, back = _("Go forward to version {version}"), _("Go back to version {version}")
        return (forward if item.is_previous_newer else back).format(version=item.previous)
    if item.previous_day is not None and item.previous_day != item.day:
        forward, back = _("Go forward to the content from {date}"), _("Go back to the content from {date}")
        day = format_date(item.previous_day, translator.language)
        return (forward if item.is_previous_newer else back).format(date=day)
    return (
        _("Go forward to the newer version") if item.is_previous_newer else _("Go back to the version before")
    )


def title_of(item: ShelfItem, translator: Translator) -> str:
    """Return what the library is called."""
    return item.title or translator.gettext("Installed packs")


def facts_of(item: ShelfItem, translator: Translator) -> str:
    """Return what it is, how much it holds, how old it is and who publishes it, in one line."""
    from kbviewer.i18n.formats import format_date, format_number
    from kbviewer.i18n.sizes import format_size

    _, language = translator.gettext, translator.language
    parts = [_(_KINDS[item.kind])]
    if item.articles is not None:
        count = translator.ngettext("{count} article", "{count} articles", item.articles)
        counts = dict(item.languages)
        languages = ", ".join(
            f"{translator.language_name(tag)}{_JOINED}{format_number(counts[tag], language)}"
            for tag in translator.in_order(counts)
        )
        articles = count.format(count=format_number(item.articles, language))
        parts.append(f"{articles} ({languages})" if languages else articles)
    elif item.fault is None and not item.hidden_by:
        parts.append(_("Being read …") if item.is_on else _("Not read yet"))
    if item.day is not None:
        parts.append(format_date(item.day, language))
    if item.version:
        parts.append(_("Version {version}").format(version=item.version))
    if item.publisher:
        parts.append(item.publisher)
    if item.size_bytes is not None:
        parts.append(format_size(item.size_bytes, translator).replace(" ", _JOINED))
    return _BETWEEN.join(parts)


def copied_of(copied: tuple[int, int], translator: Translator) -> str:
    """Return how much of a first copy from a share has been made, "" while that is not known."""
    from kbviewer.i18n.formats import format_number

    if not copied[1]:
        return translator.gettext("Looking at the share …")
    megabytes = round(copied[0] / 1024, 1), max(0.1, round(copied[1] / 1024, 1))
    done, total = (format_number(each, translator.language) for each in megabytes)
    return translator.gettext("Copied: {done} of {total} MB").format(done=done, total=total)


def trouble_of(item: ShelfItem, translator: Translator) -> str:
    """Return what is wrong with a library and what to do about it, "" when nothing is."""
    _ = translator.gettext
    if isinstance(item.fault, CopyingError) and not item.is_on:
        return _("Not on this computer yet: it is copied from its share when it is switched on.")
    if item.fault is not None:
        remedy = item.fault.remedy.render(_) if item.fault.remedy is not None else ""
        return f"{item.fault.what.render(_)} {remedy}".strip()
    if item.hidden_by:
        return _("Not used: “{title}” has the same id and comes first.").format(title=item.hidden_by)
    if item.problems:
        count = item.problems
        text = translator.ngettext("{count} file cannot be read.", "{count} files cannot be read.", count)
        return text.format(count=count)
    return ""
