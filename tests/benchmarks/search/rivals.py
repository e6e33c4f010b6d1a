"""Other engines under one small interface, each as a user of it would set it up for search while typing.

They index what `plain` returns, one document per article, with their own tokenizers. Title words weigh four
times as much; all words must match, and where fewer than ten articles have them all, those that have some
follow; the last word counts as begun. Each makes its own snippets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.search.rival import NotInstalledError, Rival
from tests.benchmarks.search.rival_fts5 import Fts5
from tests.benchmarks.search.rival_tantivy import Tantivy
from tests.benchmarks.search.rival_xapian import Xapian

KINDS: tuple[type[Rival], ...] = (Fts5, Xapian, Tantivy)


@dataclass(slots=True)
class Rivals:
    """The rivals that are there, by the folder of their index, and by name what would install the others."""

    present: dict[Path, Rival] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)


def open_rivals(folder: Path) -> Rivals:
    """Return every rival, each with an empty folder of its own below `folder`."""
    rivals = Rivals()
    for kind in KINDS:
        place = folder / kind.__name__.lower()
        place.mkdir(parents=True)
        try:
            rivals.present[place] = kind(place)
        except NotInstalledError as error:
            rivals.absent[kind.name] = str(error)
    return rivals
