"""What a repository keeps of its own past: which versions there were, and which files wait to be removed.

It stands in the signed targets, so that nobody but the publisher can change it; clients do not look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from kbviewer.content.packs.layout import BAD_JSON

KEPT_DAYS = 30
"""A client that began before a file was replaced may still fetch it, over a slow line or tomorrow."""

_HISTORY = "history"
_RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PastVersion:
    """A version of a pack that is not offered any more, but from which deltas lead on.

    Attributes:
        file: its name in the folder `targets`.
    """

    sha256: str
    version: str
    file: str


@dataclass(frozen=True, slots=True)
class History:
    """The past of a repository.

    Attributes:
        versions: by pack, the newest first.
        retired: since when each file is not named any more, by its name in the folder `targets`.
    """

    versions: Mapping[str, tuple[PastVersion, ...]] = field(default_factory=dict)
    retired: Mapping[str, date] = field(default_factory=dict)

    def of(self, pack_id: str) -> tuple[PastVersion, ...]:
        """Return the earlier versions of a pack, the newest first."""
        return self.versions.get(pack_id, ())

    def with_versions(self, pack_id: str, versions: tuple[PastVersion, ...]) -> History:
        """Return a history with other versions of one pack."""
        return replace(self, versions={**self.versions, pack_id: versions})

    def brought_up_to_date(self, named: set[str], present: set[str], today: date) -> History:
        """Return the history when the metadata name `named` of the files that are `present`."""
        kept = named | {past.file for versions in self.versions.values() for past in versions}
        waiting = present - kept
        return replace(self, retired={name: self.retired.get(name, today) for name in sorted(waiting)})

    def to_remove(self, today: date) -> list[str]:
        """Return the files that nobody needs any more."""
        last = today - timedelta(days=KEPT_DAYS)
        return [name for name, day in self.retired.items() if day < last]

    def without(self, files: list[str]) -> History:
        """Return the history when some files are gone."""
        gone = set(files)
        return replace(self, retired={name: day for name, day in self.retired.items() if name not in gone})

    def to_data(self) -> dict[str, Any]:
        """Return the history as plain JSON values."""
        return {
            _HISTORY: {
                pack_id: [
                    {"sha256": past.sha256, "version": past.version, "file": past.file} for past in versions
                ]
                for pack_id, versions in sorted(self.versions.items())
                if versions
            },
            _RETIRED: {name: day.isoformat() for name, day in sorted(self.retired.items())},
        }

    @classmethod
    def from_data(cls, data: Any) -> History:
        """Return the history that `to_data` has returned.

        Raises:
            ValueError: `data` is anything else.
        """
        try:
            versions = {
                str(pack_id): tuple(
                    PastVersion(str(row["sha256"]), str(row["version"]), str(row["file"])) for row in rows
                )
                for pack_id, rows in data.get(_HISTORY, {}).items()
            }
            retired = {str(name): date.fromisoformat(day) for name, day in data.get(_RETIRED, {}).items()}
        except BAD_JSON as error:
            raise ValueError(f"no history: {type(error).__name__}") from error
        return cls(versions, retired)
