"""What undo took back, in words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbviewer.i18n.translator import Translator
from kbviewer.state.case_rows import CaseChange, RowChange, Table

_OUTCOME = 4
_WITH_ARTICLE_SECOND = (Table.ARTICLES, Table.ANSWERS, Table.QUESTIONS, Table.STEPS)
_WITH_ARTICLE_FIRST = (Table.TICKS, Table.CHOICES)


def articles_of(change: CaseChange) -> frozenset[str]:
    """Return the ids of the articles in which the change happened."""
    found = set()
    for row in change.rows:
        if row.table in _WITH_ARTICLE_SECOND:
            found.add(str(row.key[1]))
        elif row.table in _WITH_ARTICLE_FIRST:
            found.add(str(row.key[0]))
    return frozenset(found)


def describe_undone(change: CaseChange, at_work: int, translator: Translator) -> str:
    """Return one sentence.

    Args:
        change: what was taken back; empty when only another case had been taken up.
        at_work: the case that is worked in now, 0 for none.
        translator: speaks to the reader.
    """
    _, ngettext = translator.gettext, translator.ngettext
    heads = _of(change.rows, Table.CASES)
    notes = _of(change.rows, Table.NOTES)
    if not change.rows:
        return _resumed(at_work, translator)
    if heads:
        return _head_undone(change.case_id, heads[0], translator)
    if notes:
        if notes[0].before is None:
            return _("The note is taken back.")
        return _("The note is back.") if notes[0].after is None else _("The note is as it was.")
    ticks, steps = _of(change.rows, Table.TICKS), _of(change.rows, Table.STEPS)
    if steps:
        count = len({row.key for row in steps})
        if all(row.before is None for row in steps):
            text = ngettext("{count} result taken back", "{count} results taken back", count)
        else:
            text = ngettext("{count} result is as it was", "{count} results are as they were", count)
        return text.format(count=count)
    if ticks:
        count = len(ticks)
        if ticks[0].before is None:
            text = ngettext("{count} tick taken back", "{count} ticks taken back", count)
        else:
            text = ngettext("{count} tick restored", "{count} ticks restored", count)
        return text.format(count=count)
    if _of(change.rows, Table.QUESTIONS):
        return _("The answers are as they were.")
    return _("The choice in the table is as it was.")


def _resumed(at_work: int, translator: Translator) -> str:
    if at_work:
        return translator.gettext("Case {id} goes on.").format(id=at_work)
    return translator.gettext("No case is at work any more.")


def _head_undone(case_id: int, head: RowChange, translator: Translator) -> str:
    _ = translator.gettext
    before, after = head.before, head.after
    if before is None:
        text = _("Case {id} is not started. What was taken along is back in the article.")
    elif after is None:
        text = _("Case {id} is back.")
    elif before[_OUTCOME] == after[_OUTCOME]:
        text = _("Case {id} has its old reference.")
    elif before[_OUTCOME] == "open":
        text = _("Case {id} is open again.")
    else:
        text = _("Case {id} is closed again.")
    return text.format(id=case_id)


def _of(rows: Iterable[RowChange], table: Table) -> Sequence[RowChange]:
    return [row for row in rows if row.table is table]
