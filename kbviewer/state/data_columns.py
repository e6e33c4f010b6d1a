"""What the schema says about the columns of a table, and whether a value from outside fits in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.state.clock import to_text
from kbviewer.state.data_rules import Rule
from kbviewer.state.database import Database, Value

LONGEST_TEXT: Final = 20_000
LONGEST_KEY: Final = 2_000
_LARGEST_NUMBER: Final = 2**31 - 1
_KEPT_CONTROLS: Final = "\n\r\t"
_EXAMPLE: Final = "2026-03-01T12:00:00+00:00"
_UNSEEN: Final = {code: None for code in (*range(32), 127) if chr(code) not in _KEPT_CONTROLS}


class Column(NamedTuple):
    """A column that travels.

    Attributes:
        name: in the schema.
        field: in the file.
        refers: whether it holds the id of a row, and in the file what that is called.
        kind: TEXT, INTEGER or REAL.
        nullable: whether it may be empty.
        needed: whether a row without it cannot be stored.
        most: longest text, in characters.
        is_clean: whether its store takes care that a text has no signs that nobody can see.
    """

    name: str
    field: str
    refers: bool
    kind: str
    nullable: bool
    needed: bool
    most: int
    is_clean: bool

    def take(self, value: Any) -> Value:
        """Return a value from outside as it is stored.

        Raises:
            StateError: it does not fit; `what` says what would, as "a number".
        """
        if value is None and self.nullable:
            return None
        if self.kind == "TEXT" or self.refers:
            return self._text(value)
        # True is a number for Python.
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise StateError(message(N_("a number")))
        if self.kind == "INTEGER":
            if not isinstance(value, int) or not 0 <= value <= _LARGEST_NUMBER:
                raise StateError(message(N_("a whole number from 0 to {most}"), most=_LARGEST_NUMBER))
            return value
        if not math.isfinite(value) or not 0 <= value <= 1:
            raise StateError(message(N_("a number from 0 to 1")))
        return float(value)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise StateError(message(N_("a text")))
        if len(value) > self.most:
            raise StateError(message(N_("a text of at most {most} characters"), most=self.most))
        if self.name.endswith("_at") and value:
            return _time(value)
        if value.isprintable():
            return value
        # JSON can spell half an emoji, which has no place in UTF-8.
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return whole.translate(_UNSEEN) if self.is_clean else whole


def columns_of(database: Database, rule: Rule, *, with_ids: bool = False) -> Sequence[Column]:
    """Return the columns of the rule's table that travel, in their order; `id` only within this machine."""
    rows = database.read(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (rule.table,)
    )
    columns = []
    for name, kind, not_null, default, in_key in rows:
        if name == "id" and not with_ids:
            continue
        refers = rule.refers is not None and rule.refers.column == name
        field = rule.refers.field if rule.refers is not None and refers else name
        required = bool(not_null or in_key)
        most = LONGEST_KEY if name in rule.key else LONGEST_TEXT
        columns.append(
            Column(name, field, refers, kind, not required, required and default is None, most, rule.of_case)
        )
    return columns


def take_row(columns: Sequence[Column], row: Mapping[str, Any]) -> dict[str, Value]:
    """Return a row from outside as it is stored; what the table does not know is left out.

    Raises:
        StateError: a value is missing or does not fit; `what` names it and says what would.
    """
    taken: dict[str, Value] = {}
    for column in columns:
        if column.field in row:
            try:
                taken[column.name] = column.take(row[column.field])
            except StateError as error:
                raise StateError(
                    message(N_("“{field}” must be {what}"), field=column.field, what=error.what)
                ) from error
        elif column.needed:
            raise StateError(message(N_("“{field}” is missing"), field=column.field))
    return taken


def _time(text: str) -> str:
    """Return a time as the stores write it: only so does the later text stand for the later time."""
    try:
        moment = datetime.fromisoformat(text)
        return to_text(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise StateError(message(N_("a time such as {example}"), example=_EXAMPLE)) from None
