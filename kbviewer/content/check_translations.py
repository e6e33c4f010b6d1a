"""What is wrong between an original and its translations: texts that have changed since, and wrong terms."""

from __future__ import annotations

from collections.abc import Iterator

from kbviewer.content.check_scope import Scope
from kbviewer.content.check_terms import TermCheck
from kbviewer.content.folder_listing import problem_of
from kbviewer.content.settled_files import settled_files
from kbviewer.content.translation.comparison import Pair, TextState
from kbviewer.content.translation.lock_file import lock_source
from kbviewer.content.translation.workspace import Work, Workspace
from kbviewer.model.errors import ContentError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

ORIGINAL_CHANGED = "original-changed"


def check_translations(scope: Scope) -> Iterator[Problem]:
    """Yield problems of all translations among the files to check."""
    settled = settled_files(scope.root, scope.library_files)
    workspace = Workspace(scope.root, settled, scope.pack.languages)
    by_source = {file.source: file for file in settled}
    checks: dict[tuple[str, str], TermCheck] = {}
    for file in (by_source.get(file.source, file) for file in scope.files):
        variants = workspace.entries().get(file.entry_id, {})
        if len(variants) < 2 or variants.get(file.language) != file:
            continue
        has_lock = (scope.root / lock_source(file.source)).exists()
        if not has_lock and not scope.glossary.terms:
            continue
        try:
            work = workspace.work(file.entry_id, file.language)
        except ContentError as error:
            if has_lock:
                yield problem_of(error, lock_source(file.source))
            continue
        if work is None:
            continue
        languages = work.source.file.language, file.language
        if languages not in checks:
            checks[languages] = TermCheck(scope.glossary, *languages)
        yield from checks[languages].problems(work)
        yield from (_changed(work, pair) for pair in work.pairs if pair.state is TextState.STALE)


def _changed(work: Work, pair: Pair) -> Problem:
    source, target = pair.source, pair.target
    assert source is not None and target is not None  # noqa: S101 - a stale pair has both
    what = message(
        N_("the original of “{key}” has changed since ({other}:{line})"),
        key=source.key,
        other=work.source.file.source,
        line=source.line,
    )
    remedy = message(
        N_(
            "Bring the translation up to date, then run: "
            "kbviewer translate accept {article} --to {language} --block '{key}'"
        ),
        article=work.source.file.entry_id,
        language=work.target.file.language,
        key=source.key,
    )
    return Problem(work.target.file.source, target.line, ORIGINAL_CHANGED, what, remedy)
