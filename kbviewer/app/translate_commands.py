"""`kbviewer translate`: how far translations are, and what translators get and give back."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kbviewer.app.commands import FOUND_PROBLEMS, Outcome, Session, as_json_text
from kbviewer.app.translate_table import as_table
from kbviewer.content.check_scope import open_scope
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.language_tags import language_of
from kbviewer.content.same_tree import Tree, trees_of
from kbviewer.content.settled_files import settled_files
from kbviewer.content.translation.comparison import Pair, TextState, accept, compare, count
from kbviewer.content.translation.exchange import Imported, export_article, import_article, split_context
from kbviewer.content.translation.lock_file import lock_source, write_lock
from kbviewer.content.translation.new_variant import new_file
from kbviewer.content.translation.po_file import PoEntry, PoFile, read_po, write_po
from kbviewer.content.translation.saving import save
from kbviewer.content.translation.status import StatusRow, translation_status
from kbviewer.content.translation.workspace import Work, Workspace, open_workspace
from kbviewer.model.errors import ArticleNotFoundError, UsageError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message


def run_translate_command(session: Session, options: argparse.Namespace) -> Outcome:
    """Run the command that the arguments name.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: a file cannot be read or written.
        UsageError: there is nothing at a path, or a language is none.
    """
    to = _language(getattr(options, "to", ""))
    match options.translate_command:
        case "status":
            return show_status(session, options.path, to, as_json=options.json)
        case "export":
            source_language = _language(options.source_language)
            return export_texts(session, options.article, to, source_language, options.output)
        case "import":
            return import_texts(session, options.file, dry_run=options.dry_run)
        case _:
            return accept_texts(session, options.article, to, options.block)


def show_status(session: Session, path: Path | None, to: str, *, as_json: bool) -> Outcome:
    """Count the texts of each article by what has become of them."""
    rows: list[StatusRow] = []
    for tree in [Tree(path)] if path is not None else _trees(session):
        if tree.parts:
            workspace = open_workspace(tree.root, tree.parts)
            chosen = set(workspace.entries())
        else:
            workspace, named = _workspace(tree.root)
            chosen = set(named)
        rows += translation_status(workspace, {to} if to else (), chosen)
    if as_json:
        return Outcome(as_json_text({"translations": [row.to_json() for row in rows]}))
    if not rows:
        return Outcome("", session.translator.gettext("There are no translations."))
    return Outcome(as_table(rows, session.translator))


def export_texts(
    session: Session, reference: str, to: str, source_language: str, output: Path | None
) -> Outcome:
    """Write the texts of an article as a PO file."""
    workspace, entry_id = _find(session, reference)
    work = workspace.work(entry_id, to, source_language)
    if work is None and to in workspace.entries()[entry_id]:
        raise UsageError(
            message(N_("“{language}” is the language of the original"), language=to),
            message(N_("Name the language of the translation after --to.")),
        )
    source = work.source if work else workspace.untranslated(entry_id, source_language)
    pairs = work.pairs if work else compare(source.text.units, (), None)
    data = write_po(export_article(source, to, pairs))
    if output is None:
        return Outcome(data.decode(), _counted(session, pairs))
    save(output.parent, {output.name: data})
    written = session.translator.gettext("Written to {path}.").format(path=output)
    return Outcome("", f"{written} {_counted(session, pairs)}")


def import_texts(session: Session, path: Path, *, dry_run: bool) -> Outcome:
    """Put the texts of a PO file into the articles: of all that it holds, or of none."""
    gettext = session.translator.gettext
    file = read_po(path)
    language = _language(file.language)
    groups: dict[str, list[PoEntry]] = {}
    for entry in file.entries:
        groups.setdefault(split_context(entry.context)[0], []).append(entry)
    done: list[tuple[Workspace, str, Imported]] = []
    problems: list[Problem] = []
    for entry_id, entries in groups.items():
        try:
            workspace, found = _find(session, entry_id, exactly=True)
        except ArticleNotFoundError as error:
            remedy = error.remedy or message(N_("Check the id, or search for a word of the title."))
            problems.append(Problem(path.name, entries[0].line, "translation", error.what, remedy))
            continue
        imported = _imported(workspace, found, language, file, entries, path.name)
        problems += imported.problems
        done.append((workspace, found, imported))
    if problems:
        lines = "".join(f"{problem.render(gettext)}\n" for problem in problems)
        return Outcome(lines, gettext("Nothing was imported."), FOUND_PROBLEMS)
    if not dry_run:
        _save((workspace.root, imported) for workspace, _, imported in done)
    lines = "".join(line for _, found, imported in done for line in _imported_lines(session, found, imported))
    return Outcome(lines, gettext("Nothing has been changed: this was a dry run.") if dry_run else "")


def accept_texts(session: Session, reference: str, to: str, blocks: Sequence[str]) -> Outcome:
    """Take the translations of an article, or of all in a folder, for those of today's original."""
    translator = session.translator
    lines = []
    for workspace, entry_id in _chosen(session, reference):
        for language in workspace.entries()[entry_id]:
            work = workspace.work(entry_id, language) if to in ("", language) else None
            if work is None:
                continue
            _check_keys(work, blocks)
            lock = accept(work.pairs, work.source.file.language, frozenset(blocks))
            source = lock_source(work.target.file.source)
            if work.lock != lock:
                save(workspace.root, {source: write_lock(lock)})
            before, after = (
                count(work.pairs),
                count(compare(work.source.text.units, work.target.text.units, lock)),
            )
            number = after[TextState.TRANSLATED] - before[TextState.TRANSLATED]
            template = translator.ngettext("{count} text accepted", "{count} texts accepted", number)
            lines.append(f"{work.target.file.source}: {template.format(count=number)}\n")
    if not lines:
        raise UsageError(
            message(N_("“{reference}” has no translation whose original is known"), reference=reference[:80]),
            message(
                N_("Say in its front matter what it was translated from: translation: {example}"),
                example="{from: en}",
            ),
        )
    return Outcome("".join(lines))


def _imported(
    workspace: Workspace, entry_id: str, language: str, file: PoFile, entries: Sequence[PoEntry], name: str
) -> Imported:
    source_language = _language(file.source_language)
    work = workspace.work(entry_id, language, source_language)
    if work is not None:
        return import_article(work.source, work, entries, name)
    source = workspace.untranslated(entry_id, source_language)
    if source.file.language == language:
        what = message(N_("“{language}” is the language of the original"), language=language)
        remedy = message(N_("Correct the language in the head of the file."))
        return Imported(None, None, problems=(Problem(name, 1, "translation", what, remedy),))
    files = [file for variants in workspace.entries().values() for file in variants.values()]
    return import_article(source, None, entries, name, new_file(source.file, language, files))


def _save(imports: Iterable[tuple[Path, Imported]]) -> None:
    """Write what is new in all articles of each library at once."""
    files: dict[Path, dict[str, bytes]] = {}
    for root, imported in imports:
        target, lock = imported.target, imported.lock
        if target is None or lock is None:
            continue
        for source, data in (
            (target.file.source, target.data.encode()),
            (lock_source(target.file.source), write_lock(lock)),
        ):
            path = root / source
            if not path.exists() or path.read_bytes() != data:
                files.setdefault(root, {})[source] = data
    for root, changed in files.items():
        save(root, changed)


def _imported_lines(session: Session, entry_id: str, imported: Imported) -> Iterator[str]:
    translator = session.translator
    counts = (
        (
            imported.changed,
            translator.ngettext("{count} text changed", "{count} texts changed", imported.changed),
        ),
        (
            imported.fuzzy,
            translator.ngettext(
                "{count} is still marked fuzzy", "{count} are still marked fuzzy", imported.fuzzy
            ),
        ),
        (
            imported.empty,
            translator.ngettext("{count} has no translation", "{count} have no translation", imported.empty),
        ),
        (
            imported.gone,
            translator.ngettext(
                "{count} is no longer in the original", "{count} are no longer in the original", imported.gone
            ),
        ),
    )
    told = [
        template.format(count=number) for number, template in counts if number or template is counts[0][1]
    ]
    where = imported.target.file.source if imported.target else entry_id
    yield f"{where}: {', '.join(told)}\n"


def _counted(session: Session, pairs: Sequence[Pair]) -> str:
    """Return how many texts a translator gets, and how many wait for him."""
    counts = count(pairs)
    gettext = session.translator.gettext
    return gettext("{all} texts: {changed} changed since, {missing} missing.").format(
        all=sum(1 for pair in pairs if pair.source is not None),
        changed=counts[TextState.STALE],
        missing=counts[TextState.MISSING],
    )


def _check_keys(work: Work, blocks: Sequence[str]) -> None:
    known = {pair.source.key for pair in work.pairs if pair.source} | {
        pair.source.block for pair in work.pairs if pair.source
    }
    for key in blocks:
        if key not in known:
            raise UsageError(
                message(N_("{path} has no block “{key}”"), path=work.source.file.source, key=key[:80]),
                message(N_("Use a key that the check names, such as “lan/p2”.")),
            )


def _trees(session: Session) -> Sequence[Tree]:
    """Return the folders of the libraries; one tree in several languages is one."""
    return trees_of(session.libraries or (session.data.content,))


def _find(session: Session, reference: str, *, exactly: bool = False) -> tuple[Workspace, str]:
    """Return the library of an article, and its id there."""
    path = Path(reference)
    if not exactly and path.exists() and not path.is_dir():
        return next(_chosen(session, reference))
    missing: ArticleNotFoundError | None = None
    for tree in _trees(session):
        library = FolderLibrary(tree.root, None, tree.parts)
        if exactly and not library.has(reference):
            continue
        try:
            entry_id = library.resolve(reference).id
        except ArticleNotFoundError as error:
            missing = error
            continue
        workspace = open_workspace(tree.root, tree.parts)
        if entry_id not in workspace.entries():
            raise UsageError(
                message(N_("no name tells which language “{article}” is in"), article=entry_id[:80]),
                message(
                    N_("Call its files after their languages, such as {example}."),
                    example="vpn.sv.md, vpn.en.md",
                ),
            )
        return workspace, entry_id
    if missing is not None:
        raise missing
    raise ArticleNotFoundError(
        message(N_("no article “{reference}” in the open libraries"), reference=reference[:80]),
        message(N_("Name the library that has it after --library.")),
    )


def _chosen(session: Session, reference: str) -> Iterator[tuple[Workspace, str]]:
    """Yield the articles that a path or an id names."""
    if not Path(reference).exists():
        yield _find(session, reference)
        return
    workspace, named = _workspace(Path(reference))
    for entry_id in named:
        if entry_id in workspace.entries():
            yield workspace, entry_id


def _workspace(path: Path) -> tuple[Workspace, Sequence[str]]:
    """Return the library around a path, and the ids of the articles that the path names."""
    scope = open_scope(path)
    files = settled_files(scope.root, scope.library_files)
    sources = {file.source for file in scope.files}
    named = dict.fromkeys(file.entry_id for file in files if file.source in sources)
    return Workspace(scope.root, files, scope.pack.languages), list(named)


def _language(tag: str) -> str:
    """Return a language as files are listed under it, without its region.

    Raises:
        UsageError: it is no tag.
    """
    language = language_of(tag, (tag.lower(),)) if tag else ""
    if tag and not language:
        raise UsageError(
            message(N_("“{tag}” is not the tag of a language"), tag=tag[:40]),
            message(N_("Write one such as sv or en.")),
        )
    return language
