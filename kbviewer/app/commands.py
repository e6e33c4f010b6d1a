"""The commands, each from its arguments to the text that is printed and the exit code."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbviewer.app.paths import (
    DataFolders,
    Profile,
    check_libraries,
    is_pack_file,
    is_update_file,
)
from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy
from kbviewer.state.filesystem import on_network

if TYPE_CHECKING:
    from kbviewer.app.shares import Shares
    from kbviewer.content.collection import LibraryCollection
    from kbviewer.model.hits import Hit, SearchAnswer
    from kbviewer.model.library import Problem

FOUND_PROBLEMS = 1


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is given.

    Attributes:
        translator: speaks the reader's language, which is also that of articles when a command names none.
        libraries: folders that were named; empty for the articles that come with the program.
        policy: what this computer's administrator allows.
        shares: has copies of what lies on shares; None where nothing does.
    """

    data: DataFolders
    profile: Profile
    translator: Translator
    libraries: tuple[Path, ...]
    policy: Policy = field(default_factory=Policy)
    shares: Shares | None = None

    def open_libraries(self) -> LibraryCollection:
        """Return the libraries that were named, or those that open by themselves.

        Raises:
            UsageError: one that was named is none.
            PackError: a pack that was named cannot be read.
        """
        from kbviewer.app.libraries import open_libraries

        return open_libraries(self.libraries, self.data.content, self.profile, self.policy, self.shares)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say. `output` goes to the output stream, `remark` to the error stream."""

    output: str
    remark: str = ""
    exit_code: int = 0


def show(session: Session, reference: str, form: str) -> Outcome:
    """Print an article as text, json, html or markdown.

    Raises:
        ArticleNotFoundError: nothing has that reference.
        ContentError: the article is broken.
        UsageError: a library is no folder.
    """
    from kbviewer.app.found_article import find_article
    from kbviewer.content import export
    from kbviewer.i18n.formats import format_date, language_name

    libraries = session.open_libraries()
    speaks = session.translator.language
    found = find_article(libraries, reference, speaks)
    if form == "json":
        return Outcome(as_json_text(export.as_json(found.article, found.entry)))
    if form == "markdown":
        return Outcome(export.as_markdown(found.article))
    render = export.as_html if form == "html" else export.as_text
    return Outcome(
        render(
            found.article,
            session.translator.gettext,
            format_date=lambda day: format_date(day, speaks),
            language_name=lambda tag: language_name(tag, speaks),
        )
    )


def check(session: Session, path: Path, *, as_json: bool) -> Outcome:
    """Report what is wrong in a library, an article or one file.

    Raises:
        UsageError: there is nothing at `path`.
    """
    from kbviewer.content.check import check_path

    report = check_path(path)
    gettext = session.translator.gettext
    exit_code = 0 if report.ok else FOUND_PROBLEMS
    if as_json:
        return Outcome(as_json_text(report.to_json(gettext)), exit_code=exit_code)
    lines = "".join(f"{problem.render(gettext)}\n" for problem in report.problems)
    found = session.translator.ngettext("{count} problem", "{count} problems", len(report.problems))
    looked = session.translator.ngettext("{count} file", "{count} files", report.files)
    # TRANSLATORS: "3 problems in 8 files."
    summary = gettext("{problems} in {files}.").format(
        problems=found.format(count=len(report.problems)), files=looked.format(count=report.files)
    )
    from kbviewer.i18n.formats import format_percent

    # Rounded down: what is not all understood is not called 100 %.
    share = math.floor(10_000 * report.understood) / 10_000
    understood = gettext("Understood: {percent} of {blocks} blocks.").format(
        percent=format_percent(share, session.translator.language, decimals=2), blocks=report.blocks
    )
    guessed = _guessed(session.translator, report.notes)
    kinds = [f"{count:7} {kind}" for kind, count in report.counts.items()]
    return Outcome(lines, "\n".join([*kinds, summary, understood, *guessed]), exit_code)


def _guessed(translator: Translator, notes: Sequence[Problem]) -> list[str]:
    """Return what is to be said of articles whose language nothing states: one line, with an example."""
    if not notes:
        return []
    count = translator.ngettext(
        "The language of {count} file is guessed from its text, for example:",
        "The language of {count} files is guessed from their texts, for example:",
        len(notes),
    )
    return [f"{count.format(count=len(notes))} {notes[0].render(translator.gettext)}"]


def open_in_window(session: Session, reference: str, language: str) -> int:
    """Show an article, or the home page, in the window; return its exit code.

    Raises:
        UsageError: a library is no folder, or there is no display.
    """
    from kbviewer.app.window import open_window, split_place
    from kbviewer.app.window_request import WindowRequest

    libraries = session.libraries
    pack, update = _as_file(reference)
    # A share may not answer, which the window can wait for.
    check_libraries([path for path in libraries if not on_network(path)])
    article, anchor = split_place("" if pack or update else reference)
    return open_window(
        WindowRequest(
            libraries=libraries,
            language=language,
            profile=session.profile.root,
            article=article,
            anchor=anchor,
            pack=pack,
            update=update,
        ),
        session.policy,
    )


def _as_file(reference: str) -> tuple[str, str]:
    """Return the pack and the file of updates that a reference names, of which one or both are "".

    What is in it decides, not what it is called; but of what lies on a share, which may not answer, only the
    name is looked at.
    """
    path = Path(reference)
    is_pack = is_pack_file(path)
    if not is_pack and not is_update_file(path):
        return "", ""
    whole = str(path.absolute())
    if not on_network(path):
        from kbviewer.content.packs.file_kind import FileKind, kind_of

        is_pack = kind_of(path) is not FileKind.UPDATE if is_pack else kind_of(path) is FileKind.PACK
    return (whole, "") if is_pack else ("", whole)


def search(
    session: Session,
    text: str,
    *,
    language: str,
    limit: int,
    as_json: bool,
    explain: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Search the articles; the index is built first when there is none or it is out of date.

    Args:
        language: only articles in this language; "any" or "" for all.
        explain: say of every hit why it is where it is.
        on_progress: called while indexing with the number of articles done and of all.

    Raises:
        SearchError: the index can be neither read nor built.
        UsageError: the limit is out of bounds, or a library is no folder.
    """
    from kbviewer.app.arguments import ANY_LANGUAGE, check_limit
    from kbviewer.model.hits import Query
    from kbviewer.search.library_search import LibrarySearch
    from kbviewer.search.thesaurus import read_terms

    only = "" if language == ANY_LANGUAGE else language
    reader = only or session.translator.language
    query = Query(text, only, reader, check_limit(limit), explain=explain)
    libraries = session.open_libraries()
    terms = read_terms(session.data.terms)
    with closing(
        LibrarySearch(libraries.libraries, session.profile.cache, on_progress, terms=terms)
    ) as engine:
        answer = engine.search(query)
    if as_json:
        return Outcome(as_json_text(_answer_as_json(answer)))
    return Outcome("".join(map(_hit_as_text, answer.hits)), _remark(session, answer))


def _answer_as_json(answer: SearchAnswer) -> dict[str, Any]:
    """Return the answer as values; names and types are a contract with scripts."""
    return {
        "query": answer.query,
        "took_ms": round(answer.took_ms, 3),
        "corrected": answer.corrected,
        "total": answer.total,
        "left_out": list(answer.left_out),
        "is_related": answer.is_related,
        "hits": [
            {
                "article": hit.article,
                "source": hit.source,
                "language": hit.language,
                "found_in": hit.found_in or hit.language,
                "title": hit.title,
                "snippet": hit.snippet,
                "anchor": hit.anchor,
                "score": round(hit.score, 4),
                **({"language_guessed": True} if hit.is_language_guessed else {}),
                **({"reasons": list(hit.reasons)} if hit.reasons else {}),
            }
            for hit in answer.hits
        ],
    }


def _hit_as_text(hit: Hit) -> str:
    """Return a hit for people: title, where it stands, the matching passage."""
    place = f"{hit.article}#{hit.anchor}" if hit.anchor else hit.article
    language = f"{hit.language}?" if hit.is_language_guessed else hit.language
    languages = f"{language} ← {hit.found_in}" if hit.found_in else language
    lines = [hit.title, f"  {place} ({languages})", *([f"  {hit.snippet}"] if hit.snippet else [])]
    return "\n".join([*lines, *(f"    {reason}" for reason in hit.reasons)]) + "\n\n"


def _remark(session: Session, answer: SearchAnswer) -> str:
    """Return what is to be said about an answer beside its hits."""
    gettext = session.translator.gettext
    if not answer.query.strip(' \t\n"“”„'):
        return ""
    if not answer.hits:
        return gettext("Nothing found for “{query}”.").format(query=answer.query)
    if answer.is_related:
        return gettext("Nothing matches exactly. These come close:")
    if answer.corrected:
        return gettext("Showing results for “{query}”.").format(query=answer.corrected)
    if answer.left_out:
        return gettext("No article has all the words. Left out: {words}").format(
            words=", ".join(answer.left_out)
        )
    return ""


def as_json_text(value: Any) -> str:
    """Return JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_paths(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders, absolute, each once."""
    return tuple(dict.fromkeys(folder.absolute() for folder in folders))
