"""What is known of an article file without opening it: a record that the index of the cache keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from kbviewer.content.codec import decode_part, encode_part, texts
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.suffix_pairs import own_articles
from kbviewer.model.article import Article, ArticleState, Part
from kbviewer.model.blocks import Paragraph, ParagraphRole
from kbviewer.model.errors import KbError
from kbviewer.model.inline import plain_text
from kbviewer.model.library import LibraryEntry, Problem, Variant, fold_reference
from kbviewer.model.messages import N_, Message, message

_MAX_LEAD = 400
_PLACED = ("{path}:{line}: {reason}", "{path}:{line}: {reason}.", "{path}: {reason}.")
_PLAIN = {"stamp", "variant"}
_STATES = {state.value: state for state in ArticleState}
_BAD = (LookupError, TypeError, ValueError, AttributeError, RecursionError)


class Record(NamedTuple):
    """One file of the listing: its variant, or the problem that keeps it from being shown.

    Attributes:
        redirect: address that its front matter sends readers on to, else "".
        included: paths of the files whose text it takes in.
        has_uid: whether the first of `ids` is the id that it says is its own.
    """

    variant: Variant | None
    ids: tuple[str, ...] = ()
    topic: str = ""
    part: Part | None = None
    problem: Problem | None = None
    redirect: str = ""
    included: tuple[str, ...] = ()
    has_uid: bool = False

    @property
    def uid(self) -> str:
        """The id that the file says is its own, "" when it says none."""
        return self.ids[0] if self.has_uid and self.ids else ""


def record_of(article: Article, redirect: str = "", included: tuple[str, ...] = ()) -> Record:
    """Return what the listing keeps of an article."""
    variant = Variant(
        language=article.language,
        title=article.title,
        description=article.description or lead_of(article),
        source=article.source,
        state=article.state,
        applies_to=article.applies_to,
        is_guessed=article.is_language_guessed,
    )
    ids = tuple(filter(None, (article.uid, *article.aliases)))
    return Record(variant, ids, article.topic, article.part, None, redirect, included, bool(article.uid))


def lead_of(article: Article) -> str:
    """Return the lead as a text for the listing, "" when there is none."""
    for block in article.blocks:
        if isinstance(block, Paragraph) and block.role is ParagraphRole.LEAD:
            return shortened(plain_text(block.runs))
    return ""


def shortened(text: str) -> str:
    """Return a paragraph on one line, cut at a word when it is longer than any card shows."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_LEAD else f"{line[:_MAX_LEAD].rpartition(' ')[0]}…"


def encode_record(record: Record) -> dict[str, Any]:
    """Return `record` as plain JSON values; what it does not have is left out, as most have little."""
    variant, part, problem = record.variant, record.part, record.problem
    data = {
        "variant": _encode_variant(variant) if variant else None,
        "ids": list(record.ids),
        "topic": record.topic,
        "part": encode_part(part) if part else None,
        "problem": _encode_problem(problem) if problem else None,
        "redirect": record.redirect,
        "included": list(record.included),
        "has_uid": record.has_uid,
    }
    return {name: value for name, value in data.items() if value}


def _encode_variant(variant: Variant) -> list[Any]:
    return [
        variant.language,
        variant.title,
        variant.description,
        variant.source,
        variant.state.value,
        None if variant.applies_to is None else list(variant.applies_to),
        variant.is_guessed,
    ]


def decode_record(data: Any) -> Record | None:
    """Return the record that `encode_record` was given, None when `data` is anything else."""
    try:
        if data.keys() == _PLAIN:
            return Record(_decode_variant(data["variant"]))
        variant, part, problem = data.get("variant"), data.get("part"), data.get("problem")
        if variant is None and problem is None:
            raise ValueError("neither an article nor a reason why not")
        return Record(
            variant=None if variant is None else _decode_variant(variant),
            ids=texts(data.get("ids", [])),
            topic=str(data.get("topic", "")),
            part=None if part is None else decode_part(part),
            problem=None if problem is None else _decode_problem(problem),
            redirect=str(data.get("redirect", "")),
            included=texts(data.get("included", [])),
            has_uid=data.get("has_uid") is True,
        )
    except _BAD:
        return None


def _decode_variant(value: Any) -> Variant:
    language, title, description, source, state, applies_to, is_guessed = value
    # What is no text cannot be joined.
    "".join((language, title, description, source))
    products = None if applies_to is None else texts(applies_to)
    return Variant(language, title, description, source, _STATES[state], products, is_guessed is True)


def _encode_problem(problem: Problem) -> list[Any]:
    what, remedy = _encode_message(problem.what), _encode_message(problem.remedy)
    return [problem.path, problem.line, problem.kind, what, remedy]


def _decode_problem(value: Any) -> Problem:
    path, line, kind, what, remedy = value
    if not isinstance(line, int):
        raise TypeError("not a line")
    return Problem(str(path), line, str(kind), _decode_message(what), _decode_message(remedy), blocking=True)


def _encode_message(text: Message) -> list[Any]:
    values = {name: _encode_value(value) for name, value in text.values.items()}
    return [text.template, values]


def _encode_value(value: object) -> Any:
    if isinstance(value, Message):
        return _encode_message(value)
    return value if isinstance(value, int | float) else str(value)


def _decode_message(value: Any) -> Message:
    template, values = value
    decoded = {
        str(name): _decode_message(item) if isinstance(item, list) else item for name, item in values.items()
    }
    text = Message(str(template), decoded)
    str(text)  # a template without its values would fail only when it is shown
    return text


def problem_of(error: KbError, source: str) -> Problem:
    """Return a reader's refusal as a blocking problem of its file."""
    what, line = error.what, error.what.values.get("line", 0)
    reason = what.values.get("reason")
    if what.template in _PLACED and isinstance(reason, Message):
        # A problem shows its place by itself; saying it twice helps nobody.
        what = reason
    return Problem(
        path=source,
        line=line if isinstance(line, int) else 0,
        kind="broken-article",
        what=what,
        remedy=error.remedy or message(N_("Correct the file.")),
        blocking=True,
    )


@dataclass(slots=True)
class Catalogue:
    """All records of a library, joined to entries."""

    entries: dict[str, LibraryEntry] = field(default_factory=dict)
    sources: dict[tuple[str, str], ArticleFile] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    included: dict[str, tuple[str, ...]] = field(default_factory=dict)


def join(records: Iterable[tuple[ArticleFile, Record]], languages: tuple[str, ...]) -> Catalogue:
    """Return the entries of `records`; `languages` says which variants come first."""
    groups: dict[str, list[tuple[ArticleFile, Record]]] = {}
    for file, record in _settled(list(records)):
        groups.setdefault(file.entry_id, []).append((file, record))
    catalogue = Catalogue()
    rank = {language: position for position, language in enumerate(languages)}
    for entry_id in sorted(groups):
        group = groups[entry_id]
        if rank and len(group) > 1:
            group.sort(key=lambda pair: rank.get(_language(pair), len(rank)))
        _add(catalogue, entry_id, group)
    references = catalogue.references
    for entry in catalogue.entries.values():
        # Ids first: an alias of one article never hides the id of another.
        references[fold_reference(entry.id)] = entry.id
    for entry in catalogue.entries.values():
        for reference in sorted(entry.references):
            references.setdefault(reference, entry.id)
    return catalogue


def _settled(records: list[tuple[ArticleFile, Record]]) -> list[tuple[ArticleFile, Record]]:
    """Return the records, those that are an article of their own under its id."""
    if not any(file.own_id for file, _ in records):
        return records
    own = own_articles((file, _language((file, record)), record.uid) for file, record in records)
    return [
        (replace(file, entry_id=file.own_id) if file.source in own else file, record)
        for file, record in records
    ]


def _language(pair: tuple[ArticleFile, Record]) -> str:
    file, record = pair
    return record.variant.language if record.variant else file.language


def _add(catalogue: Catalogue, entry_id: str, group: list[tuple[ArticleFile, Record]]) -> None:
    variants: dict[str, Variant] = {}
    problems: list[Problem] = []
    references = {fold_reference(entry_id)}
    for file, record in group:
        references.add(fold_reference(file.source))
        if file.own_id:
            references.add(fold_reference(file.own_id))
        if record.ids:
            references.update(map(fold_reference, record.ids))
        if record.part:
            references.add(fold_reference(record.part.reference(record.part.number)))
        if record.problem:
            problems.append(record.problem)
        if record.variant is None:
            continue
        first = variants.setdefault(record.variant.language, record.variant)
        if first is record.variant:
            catalogue.sources[entry_id, first.language] = file
            if record.included:
                catalogue.included[file.source] = record.included
        else:
            problems.append(_second_variant(file, first))
    catalogue.entries[entry_id] = LibraryEntry(
        id=entry_id,
        variants=variants,
        references=frozenset(references),
        topic=next((record.topic for _, record in group if record.topic), ""),
        part=next((record.part for _, record in group if record.part), None),
        problems=tuple(problems),
    )


def _second_variant(file: ArticleFile, first: Variant) -> Problem:
    return Problem(
        path=file.source,
        line=0,
        kind="duplicate-variant",
        what=message(
            N_("{other} is the same article in the same language ({language})"),
            other=first.source,
            language=first.language,
        ),
        remedy=message(N_("Give one of them another id or correct its lang.")),
        blocking=True,
    )
