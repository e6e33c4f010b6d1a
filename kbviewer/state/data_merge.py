"""Rows from a file into the tables. Nothing is deleted, and nothing that is newer is overwritten."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.data_columns import Column, columns_of, take_row
from kbviewer.state.data_file import DataFile, Rows, broken_row
from kbviewer.state.data_rules import CASES, RULES, Reference, Rule
from kbviewer.state.database import Database, Value
from kbviewer.state.settings import WITH_IDS, is_allowed

Key = tuple[Value, ...]
Stored = Mapping[str, Value]
Fields = Mapping[str, Any]


class Fate(StrEnum):
    """What became of a row, or of a case with all its rows."""

    UNCHANGED = "unchanged"
    UPDATED = "updated"
    NEW = "new"


class Merge:
    """One file's way into the database. `run` belongs in a `writing` block.

    Args:
        database: what the rows go into.
        file: where they come from.
        with_ids: the rows have ids, which must stay theirs; else they get new ones.
    """

    def __init__(self, database: Database, file: DataFile, *, with_ids: bool = False) -> None:
        self._database = database
        self._file = file
        self._with_ids = with_ids
        self._case_fates: dict[Value, Fate] = {}

    def run(self) -> Mapping[str, Counter[Fate]]:
        """Merge all tables; return what became of the rows, by kind; a case counts once with all its rows.

        Raises:
            StateError: the file is broken, or nothing can be saved. The block must not be kept then.
        """
        fates: dict[str, Counter[Fate]] = {}
        for rule in RULES:
            counted = fates.setdefault(rule.kind, Counter())
            for row_fate in self._merge_table(rule, self._file.tables.get(rule.table, [])):
                if not rule.of_case:
                    counted[row_fate] += 1
        fates[next(rule.kind for rule in RULES if rule.of_case)].update(self._case_fates.values())
        return fates

    def _merge_table(self, rule: Rule, rows: Rows) -> Iterator[Fate]:
        if not rows:
            return
        columns = columns_of(self._database, rule, with_ids=self._with_ids)
        here = self._stored(rule, columns)
        for part in _parts(rule, rows):
            names = self._names(rule.refers)
            incoming = [(number, row, self._take(rule, columns, names, number, row)) for number, row in part]
            kept = _latest(rule, here, [taken for _number, _row, taken in incoming])
            for number, row, taken in incoming:
                if not _is_wanted(rule, taken, with_ids=self._with_ids):
                    continue
                fate = self._merge_row(rule, number, taken, here, kept)
                if rule.of_case:
                    self._note_case(rule, row, fate)
                yield fate
            self._forget(rule, here.keys() - kept)

    def _take(
        self, rule: Rule, columns: Sequence[Column], names: Mapping[Value, int], number: int, row: Fields
    ) -> dict[str, Value]:
        """Return a row of the file as it is stored, what it refers to by this machine's id."""
        try:
            taken = take_row(columns, row)
            if rule.refers is not None:
                name = taken[rule.refers.column]
                if name not in names:
                    raise StateError(
                        message(N_("“{field}” names nothing that is there"), field=rule.refers.field)
                    )
                taken[rule.refers.column] = names[name]
        except StateError as error:
            raise broken_row(self._file.name, rule.table, number, error.what) from error
        return taken

    def _names(self, refers: Reference | None) -> Mapping[Value, int]:
        """Return the ids of the rows that can be referred to."""
        if refers is None:
            return {}
        sql = f"SELECT {refers.name}, id FROM {refers.table}"  # noqa: S608 - names are the schema's
        none: dict[Value, int] = {"": 0} if refers.is_optional else {}
        return {**dict(self._database.read(sql)), **none}

    def _stored(self, rule: Rule, columns: Sequence[Column]) -> dict[Key, Stored]:
        names = [column.name for column in columns]
        sql = f"SELECT {', '.join(names)} FROM {rule.table}"  # noqa: S608 - names are the schema's
        rows = (dict(zip(names, row, strict=True)) for row in self._database.read(sql))
        return {_key(rule, row): row for row in rows}

    def _merge_row(
        self, rule: Rule, number: int, row: Stored, here: dict[Key, Stored], kept: set[Key]
    ) -> Fate:
        try:
            return self._put(rule, row, here, kept)
        except StateError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                what = message(N_("its values contradict each other"))
                raise broken_row(self._file.name, rule.table, number, what) from error
            raise

    def _put(self, rule: Rule, row: Stored, here: dict[Key, Stored], kept: set[Key]) -> Fate:
        key = _key(rule, row)
        before = here.get(key)
        if before is None:
            if key not in kept:
                return Fate.UNCHANGED
            marks = ", ".join("?" * len(row))
            sql = f"INSERT INTO {rule.table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
            self._database.write(sql, tuple(row.values()))
            here[key] = row
            return Fate.NEW
        if before.get("id") != row.get("id"):
            raise StateError(message(N_("its number is that of another one")))
        differs = any(before.get(name) != value for name, value in row.items())
        if not differs or newness(rule, row) <= newness(rule, before):
            return Fate.UNCHANGED
        changes = ", ".join(f"{name} = ?" for name in row)
        sql = f"UPDATE {rule.table} SET {changes} WHERE {_condition(rule)}"  # noqa: S608
        self._database.write(sql, (*row.values(), *key))
        here[key] = {**before, **row}
        return Fate.UPDATED

    def _forget(self, rule: Rule, keys: Iterable[Key]) -> None:
        """Drop what has become too old, as the store itself does with its next row."""
        for key in keys:
            self._database.write(f"DELETE FROM {rule.table} WHERE {_condition(rule)}", key)  # noqa: S608

    def _note_case(self, rule: Rule, row: Fields, fate: Fate) -> None:
        is_head = rule.table == CASES
        origin = row["origin" if rule.refers is None else rule.refers.field]
        before = self._case_fates.get(origin, Fate.UNCHANGED)
        if is_head and fate is Fate.NEW:
            self._case_fates[origin] = Fate.NEW
        elif before is Fate.UNCHANGED:
            self._case_fates[origin] = Fate.UNCHANGED if fate is Fate.UNCHANGED else Fate.UPDATED


def newness(rule: Rule, row: Stored) -> str:
    """Return when the row was last changed, "" where its table does not say."""
    return max((str(row.get(name) or "") for name in rule.newest_by), default="")


def _parts(rule: Rule, rows: Rows) -> Sequence[Sequence[tuple[int, Fields]]]:
    """Return the rows with their numbers; what others of the same table refer to before those others."""
    numbered = list(enumerate(rows, start=1))
    if rule.refers is None or rule.refers.table != rule.table:
        return [numbered]
    field = rule.refers.field
    return [
        [(number, row) for number, row in numbered if not row.get(field)],
        [(number, row) for number, row in numbered if row.get(field)],
    ]


def _is_wanted(rule: Rule, row: Stored, *, with_ids: bool) -> bool:
    """Return whether a row means anything here: settings come and go with the program's versions, and some
    hold an id, which means something else on every machine.
    """
    if rule.table != "settings":
        return True
    name = str(row["name"])
    return is_allowed(name, str(row["value"])) and (with_ids or name not in WITH_IDS)


def _key(rule: Rule, row: Stored) -> Key:
    return tuple(row[name] for name in rule.key)


def _condition(rule: Rule) -> str:
    return " AND ".join(f"{name} = ?" for name in rule.key)


def _latest(rule: Rule, here: Mapping[Key, Stored], incoming: Sequence[Stored]) -> set[Key]:
    """Return the keys that stay when both sides are put together."""
    times: dict[Key, str] = {}
    for row in (*here.values(), *incoming):
        key = _key(rule, row)
        times[key] = max(times.get(key, ""), newness(rule, row))
    # Among equals, the stores' order.
    keys = sorted(sorted(times, key=repr), key=lambda key: times[key], reverse=True)
    return set(keys[: rule.keeps] if rule.keeps else keys)
