"""Redirects in the listing: what asks for an article that has moved gets the one that it has moved to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kbviewer.content.folder_listing import Catalogue, Record
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.redirects import Destinations
from kbviewer.model.library import fold_reference


def redirect(
    catalogue: Catalogue,
    records: Sequence[tuple[ArticleFile, Record]],
    moved: Mapping[str, str],
    id_of: Callable[[str], str],
) -> None:
    """Add references to what has moved; an article that is nothing but a way on is not listed any more.

    A redirect that leaves the library changes nothing: its article, if there is one, shows the address.

    Args:
        moved: addresses by the path of an article that has moved.
        id_of: returns the id that the article of a path has or would have.
    """
    stubs = {file.source: record.redirect for file, record in records if record.redirect}
    if not moved and not stubs:
        return
    stub_ids = {file.entry_id for file, record in records if record.redirect}
    places = {**moved, **stubs}
    destinations = Destinations((entry for entry in catalogue.entries if entry not in stub_ids), places)
    for source, address in places.items():
        target = destinations.find(address, source)
        old = id_of(source)
        if not target or target == old:
            continue
        # A file that is still there although it has moved stays what it is, unless it says so itself.
        if source in stubs:
            _take_out(catalogue, old, target)
        for reference in (source, old):
            if old not in catalogue.entries:
                catalogue.references.setdefault(fold_reference(reference), target)


def _take_out(catalogue: Catalogue, entry_id: str, target: str) -> None:
    entry = catalogue.entries.pop(entry_id, None)
    if entry is None:
        return
    for language in entry.variants:
        catalogue.sources.pop((entry_id, language), None)
    for reference in entry.references:
        if catalogue.references.get(reference) == entry_id:
            catalogue.references[reference] = target
    kept = catalogue.entries[target]
    catalogue.entries[target] = replace(kept, references=kept.references | entry.references)
