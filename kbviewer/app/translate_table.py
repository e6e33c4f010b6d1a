"""The table of `kbviewer translate status`."""

from __future__ import annotations

from collections.abc import Sequence

from kbviewer.content.translation.comparison import TextState
from kbviewer.content.translation.status import StatusRow
from kbviewer.i18n.translator import Translator

_LEFT_ALIGNED = (0, 1, 8)
_STATES = (
    TextState.TRANSLATED,
    TextState.UNACCEPTED,
    TextState.STALE,
    TextState.MISSING,
    TextState.EXTRA,
)


def as_table(rows: Sequence[StatusRow], translator: Translator) -> str:
    """Return the rows in columns, with a head and, for several, a sum."""
    gettext = translator.gettext
    head = [
        gettext("Article"),
        gettext("Language"),
        gettext("Translated"),
        # TRANSLATORS: a column of texts whose translation nobody has accepted yet.
        gettext("Not accepted"),
        gettext("Changed since"),
        gettext("Missing"),
        gettext("Extra"),
        gettext("Done"),
        gettext("By"),
    ]
    lines = [head, *(_cells(row, translator) for row in rows)]
    if len(rows) > 1:
        lines.append(_sum(rows, translator))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(_line(line, widths) for line in lines)


def _cells(row: StatusRow, translator: Translator) -> list[str]:
    languages = f"{row.source_language or '?'} → {row.language}"
    if row.error is not None:
        return [row.entry_id, languages, *[""] * 6, row.error.what.render(translator.gettext)]
    numbers = [str(row.counts[state]) for state in _STATES]
    return [
        row.entry_id,
        languages,
        *numbers,
        translator.gettext("{percent}%").format(percent=row.percent),
        _made(row),
    ]


def _made(row: StatusRow) -> str:
    """Return who made a translation, from which revision, and when it was looked at last."""
    if row.article is None:
        return ""
    made, reviewed = row.article.translation, row.article.last_reviewed
    parts = [made.by, made.revision] if made else []
    return ", ".join(filter(None, [*parts, reviewed.date().isoformat() if reviewed else ""]))


def _sum(rows: Sequence[StatusRow], translator: Translator) -> list[str]:
    sums = {state: sum(row.counts[state] for row in rows) for state in TextState}
    total = StatusRow("", "", "", sums)
    return [
        translator.gettext("Together"),
        "",
        *(str(sums[state]) for state in _STATES),
        translator.gettext("{percent}%").format(percent=total.percent),
        "",
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if column in _LEFT_ALIGNED else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip() + "\n"
