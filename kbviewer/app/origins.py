"""How far it is known where a pack comes from: one wording, wherever it is told."""

from __future__ import annotations

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs.pointer import Signature
from kbviewer.i18n.formats import format_date
from kbviewer.model.messages import N_, Message, message


def origin_of(library: FolderLibrary, language: str) -> Message | None:
    """Return how far it is known where an open library comes from, None for a folder.

    Args:
        language: of dates.
    """
    from kbviewer.content.packs.library import PackLibrary

    if not isinstance(library, PackLibrary):
        return None
    return origin(library.signed_by, language, is_installed=library.file.is_trusted)


def origin(signature: Signature | None, language: str, *, is_installed: bool) -> Message:
    """Return how far it is known where a pack comes from."""
    if signature is not None and is_installed:
        return message(
            N_("Installed and verified; signed by {publisher}, {date}."),
            publisher=signature.publisher,
            date=format_date(signature.day, language),
        )
    if is_installed:
        return message(N_("Installed and verified; not signed, so nothing proves who has made it."))
    return message(N_("Not installed; not signed, so nothing proves who has made it."))
