"""How far the translations of a library are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kbviewer.content.translation.comparison import Pair, TextState, count
from kbviewer.content.translation.workspace import Work, Workspace
from kbviewer.model.article import Article
from kbviewer.model.errors import ContentError, KbError

_DONE = (TextState.TRANSLATED, TextState.UNACCEPTED)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One article in one language.

    Attributes:
        entry_id: of the article.
        source_language: of the original.
        language: of the translation.
        counts: texts by state; all of them missing where there is no translation.
        article: the translation, None where there is none.
        is_locked: whether anybody has accepted anything of it.
        error: why nothing is known about it.
    """

    entry_id: str
    source_language: str
    language: str
    counts: Mapping[TextState, int]
    article: Article | None = None
    is_locked: bool = False
    error: KbError | None = None

    @property
    def percent(self) -> int:
        """How much of the original has a translation that nothing speaks against, rounded down."""
        total = sum(number for state, number in self.counts.items() if state is not TextState.EXTRA)
        return 100 * sum(self.counts[state] for state in _DONE) // total if total else 100

    def to_json(self) -> dict[str, Any]:
        """Return the row as values that `json.dumps` takes; the names are a contract with scripts."""
        made = self.article.translation if self.article else None
        reviewed = self.article.last_reviewed if self.article else None
        return {
            "article": self.entry_id,
            "from": self.source_language,
            "to": self.language,
            **{state.value: number for state, number in self.counts.items()},
            "percent": self.percent,
            "accepted_before": self.is_locked,
            "method": made.method.value if made else None,
            "by": made.by if made else "",
            "revision": made.revision if made else "",
            "reviewed": reviewed.isoformat() if reviewed else None,
            "error": str(self.error) if self.error else None,
        }


def translation_status(
    workspace: Workspace, languages: Collection[str], only: Collection[str]
) -> Iterator[StatusRow]:
    """Yield a row for every article and language that it is or could be translated into.

    Args:
        languages: those asked for; empty for all of the library.
        only: ids of the articles to look at; empty for all.
    """
    everywhere = {language for files in workspace.entries().values() for language in files}
    wanted = sorted(languages or everywhere)
    for entry_id in sorted(workspace.entries()):
        if only and entry_id not in only:
            continue
        for language in wanted:
            try:
                row = _row(workspace, entry_id, language)
            except ContentError as error:
                row = StatusRow(entry_id, "", language, dict.fromkeys(TextState, 0), error=error)
            if row is not None:
                yield row


def _row(workspace: Workspace, entry_id: str, language: str) -> StatusRow | None:
    files = workspace.entries()[entry_id]
    if language in files:
        work = workspace.work(entry_id, language)
        return _of(work) if work else None
    original = workspace.untranslated(entry_id)
    units = [unit for unit in original.text.units if unit.text]
    pairs = [Pair(unit, None, TextState.MISSING) for unit in units]
    return StatusRow(entry_id, original.file.language, language, count(pairs))


def _of(work: Work) -> StatusRow:
    return StatusRow(
        work.source.file.entry_id,
        work.source.file.language,
        work.target.file.language,
        count(work.pairs),
        work.target.article,
        work.lock is not None,
    )
