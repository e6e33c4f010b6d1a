"""Which tables the reader's data is made of, and how rows from elsewhere are merged into each.

A table that holds something of the reader's stands in `RULES`, any other in `LEFT_OUT` with the reason; a
test fails when a table of the schema stands in neither. Columns are taken from the schema, so that a new
column is exported without a word here. Conventions: a column that ends in `_at` is a time, and `id` is
this machine's own business and never leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kbviewer.model.messages import N_

CASES: Final = "cases"
SETTINGS: Final = "settings"


class Reference(NamedTuple):
    """A column that holds an id; in the file stands what its row is called on every machine.

    Attributes:
        column: which one.
        field: what it is called in the file.
        table: that of the row; the same table is allowed one level deep.
        name: the column there that is unique on every machine.
        is_optional: whether 0, "" in the file, stands for none.
    """

    column: str
    field: str
    table: str
    name: str
    is_optional: bool = False


class Rule(NamedTuple):
    """How a table travels.

    Attributes:
        table: its name, in the schema and in the file.
        kind: what its rows are for the reader, in English; tables with the same kind are counted as one.
        key: columns that say on every machine that two rows are about the same thing.
        newest_by: columns with the time of the last change, the later of them counts: of two rows with the
            same key the later one wins. Without, the row that is here stays.
        keeps: how many rows there may be, the latest; 0 for any number.
        is_work: whether its rows are something that the reader would miss.
        of_case: whether its rows belong to a case and are counted with it.
        refers: the column with an id of another row, None when it has none.
    """

    table: str
    kind: str
    key: tuple[str, ...]
    newest_by: tuple[str, ...] = ()
    keeps: int = 0
    is_work: bool = False
    of_case: bool = False
    refers: Reference | None = None


_CASES = N_("Cases")
CASE_REFERENCE: Final = Reference("case_id", "case", CASES, "origin")


def _of_case(table: str, key: tuple[str, ...], *newest_by: str) -> Rule:
    refers = None if table == CASES else CASE_REFERENCE
    return Rule(table, _CASES, key, newest_by, is_work=True, of_case=True, refers=refers)


RULES: Final = (
    Rule("ticks", N_("Ticks"), ("article", "step"), ("ticked_at",), is_work=True),
    Rule("places", N_("Reading places"), ("article",), ("saved_at",)),
    Rule("choices", N_("Choices in scope matrices"), ("article", "matrix")),
    Rule("open_answers", N_("Open answers"), ("article", "question")),
    Rule("recents", N_("Recently read articles"), ("article",), ("opened_at",), keeps=1000),
    Rule("searches", N_("Searches"), ("query",), ("searched_at",), keeps=10),
    Rule("comments", N_("Comments to the authors"), ("origin",), ("written_at",), is_work=True),
    Rule(
        "bookmarks",
        N_("Bookmarks"),
        ("origin",),
        is_work=True,
        refers=Reference("folder", "folder", "bookmarks", "origin", is_optional=True),
    ),
    Rule("annotations", N_("Notes"), ("article", "anchor"), ("written_at",), is_work=True),
    # Before what belongs to it.
    _of_case(CASES, ("origin",), "changed_at", "started_at"),
    _of_case("case_articles", ("case_id", "article")),
    _of_case("case_answers", ("case_id", "article", "matrix"), "answered_at"),
    _of_case("case_questions", ("case_id", "article", "question"), "answered_at"),
    _of_case("case_steps", ("case_id", "article", "step"), "set_at", "noted_at"),
    _of_case("case_notes", ("origin",), "edited_at", "written_at"),
    Rule(SETTINGS, N_("Settings"), ("name",)),
)
"""In the order in which they are written and merged."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "sqlite_sequence": "SQLite's own",
    "drafts": "what is being typed on this machine and belongs nowhere yet",
    "tabs": "what is open now on this machine",
    "tab_stops": "belongs to tabs",
}
"""Tables that are not exported, each with the reason."""
