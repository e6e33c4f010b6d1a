"""All of the reader's data as one file: out of this profile, and into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Gettext, message
from kbviewer.state.clock import Clock
from kbviewer.state.data_columns import columns_of
from kbviewer.state.data_file import DataFile, Rows, read_data_file, write_data_file
from kbviewer.state.data_merge import Fate, Merge
from kbviewer.state.data_rules import CASES, RULES, SETTINGS, Rule
from kbviewer.state.database import Database
from kbviewer.state.settings import WITH_IDS

_MOST_NAMED = 5
_FATES = {
    Fate.NEW: N_("{count} new"),
    Fate.UPDATED: N_("{count} updated"),
    Fate.UNCHANGED: N_("{count} unchanged"),
}


class Imported(NamedTuple):
    """What came in.

    Attributes:
        fates: what became of the rows, by kind; a case counts once.
        unknown: tables of the file that this version of the program does not know.
        backup: name of the copy that was made before, "" when nothing has changed.
    """

    fates: Mapping[str, Counter[Fate]]
    unknown: tuple[str, ...] = ()
    backup: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether anything is new or newer."""
        return any(counted[Fate.NEW] or counted[Fate.UPDATED] for counted in self.fates.values())

    def counts(self, gettext: Gettext) -> list[str]:
        """Return how much of what came in, a line for each kind that the file has."""
        lines = []
        for kind, counted in self.fates.items():
            parts = [
                gettext(text).format(count=counted[fate]) for fate, text in _FATES.items() if counted[fate]
            ]
            if parts:
                lines.append(f"{gettext(kind)}: {', '.join(parts)}")
        return lines or [gettext(N_("The file holds nothing."))]

    def remarks(self, gettext: Gettext) -> list[str]:
        """Return what else is to be told."""
        lines = []
        if self.unknown:
            text = gettext(N_("Left out, because this version of the program does not know it: {names}"))
            lines.append(text.format(names=", ".join(self.unknown)))
        if self.backup:
            lines.append(gettext(N_("What was there before is kept as {name}.")).format(name=self.backup))
        return lines


class UserData:
    """Everything that the reader owns.

    Args:
        database: the stores' database.
        clock: what time it is.
        file: returns the database's file, None while nothing is saved.
    """

    def __init__(self, database: Database, clock: Clock, file: Callable[[], Path | None]) -> None:
        self._database = database
        self._clock = clock
        self._file = file

    def export(self, path: Path) -> Mapping[str, int]:
        """Write everything to `path`; return how much, by kind. A case counts once.

        Raises:
            StateError: the file cannot be written; one that was there is unchanged.
        """
        tables = read_tables(self._database)
        write_data_file(path, tables, self._clock())
        counts: dict[str, int] = {}
        for rule, (table, rows) in zip(RULES, tables, strict=True):
            if not rule.of_case or table == CASES:
                counts[rule.kind] = len(rows)
        return counts

    def import_from(self, path: Path, *, dry_run: bool = False) -> Imported:
        """Merge what is in a file into what is here, all or nothing. Twice changes nothing more.

        Args:
            path: a file that `export` wrote.
            dry_run: only find out what would come in.

        Raises:
            StateError: the file is broken or was written by a later version, or nothing can be saved.
        """
        file = read_data_file(path)
        known = {rule.table for rule in RULES}
        unknown = tuple(table[:40] for table in file.tables if table not in known)[:_MOST_NAMED]
        if dry_run:
            return Imported(self._rehearse(file), unknown)
        backup = self._back_up()
        imported: Imported | None = None
        try:
            with self._database.writing():
                imported = Imported(Merge(self._database, file).run(), unknown, backup.name)
        finally:
            if imported is None or not imported.has_changed:
                # A copy of what is there.
                backup.unlink(missing_ok=True)
        return imported if imported.has_changed else imported._replace(backup="")

    def has_work_beyond(self, other: Database) -> bool:
        """Return whether something is here that the reader would miss if only `other` were left."""
        held = DataFile("", dict(read_tables(self._database)))
        work = {rule.kind for rule in RULES if rule.is_work}
        fates = UserData(other, self._clock, lambda: None)._rehearse(held)
        return any(fates[kind][Fate.NEW] or fates[kind][Fate.UPDATED] for kind in work)

    def _rehearse(self, file: DataFile) -> Mapping[str, Counter[Fate]]:
        """Return what a merge would do."""
        fates: Mapping[str, Counter[Fate]] = {}
        try:
            with self._database.writing():
                fates = Merge(self._database, file).run()
                raise _NotForRealError
        except _NotForRealError:
            return fates

    def _back_up(self) -> Path:
        path = self._file()
        if path is None:
            raise StateError(
                message(N_("Nothing is saved in this session, so nothing can be imported.")),
                message(N_("Close all windows of the program and start it again.")),
            )
        return self._database.back_up(path, "before-import", self._clock())


def read_tables(database: Database, *, with_ids: bool = False) -> Sequence[tuple[str, Rows]]:
    """Return all rows of all tables, from one moment, as a file has them."""
    with database.reading():
        return [(rule.table, _rows(database, rule, with_ids)) for rule in RULES]


def _rows(database: Database, rule: Rule, with_ids: bool) -> Rows:
    names = [column.name for column in columns_of(database, rule, with_ids=with_ids)]
    order = ", ".join((*rule.newest_by[-1:], *rule.key))
    sql = f"SELECT {', '.join(names)} FROM {rule.table} ORDER BY {order}"  # noqa: S608 - the schema's names
    rows = [dict(zip(names, row, strict=True)) for row in database.read(sql)]
    if rule.table == SETTINGS and not with_ids:
        # They mean nothing elsewhere, and a reader's folders are nobody's business.
        rows = [row for row in rows if row["name"] not in WITH_IDS]
    refers = rule.refers
    if refers is None:
        return rows
    sql = f"SELECT id, {refers.name} FROM {refers.table}"  # noqa: S608
    called: dict[int, str] = {**dict(database.read(sql)), **({0: ""} if refers.is_optional else {})}
    # What lost what it belongs to cannot say so.
    return [
        {refers.field: called[row.pop(refers.column)], **row} for row in rows if row[refers.column] in called
    ]


class _NotForRealError(Exception):
    """Takes a rehearsal back."""
