"""PO files, as translators' tools read and write them, under limits and strictly.

Babel takes texts apart and puts them together. Which lines may stand in a file is said here: Babel takes an
unclosed quotation mark without a word and loses the letter before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

MAX_PO_BYTES: Final = 16 * 1024 * 1024
MAX_ENTRIES: Final = 50_000

_STRING = r'"(?:[^"\\\n]|\\[\\"nrt])*"'
_LINE = re.compile(rf"(?:(?:msgctxt|msgid|msgstr)[ \t]+)?{_STRING}")
_BLANK = " \t\r\f\v"


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One text.

    Attributes:
        context: `article#block`.
        source: what the original says.
        translation: "" when there is none.
        is_fuzzy: whether a translator has to look at it.
        previous: what the original said before, "" when it has not changed.
        comments: for the translator, one line each.
        place: `file:line` of the original.
        line: of `msgid` in the file that was read, counted from 1.
    """

    context: str
    source: str
    translation: str = ""
    is_fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    place: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PoFile:
    """All texts of a file, and what its head says."""

    language: str
    source_language: str
    entries: tuple[PoEntry, ...]


def write_po(file: PoFile) -> bytes:
    """Return the file; the same texts give the same bytes."""
    head = (
        f"Language: {file.language}\n"
        f"X-Source-Language: {file.source_language}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        "X-Generator: kbviewer\n"
    )
    parts = [f'msgid ""\nmsgstr {_quoted(head)}\n', *map(_entry_text, file.entries)]
    return "\n".join(parts).encode()


def _entry_text(entry: PoEntry) -> str:
    lines = [f"#. {' '.join(comment.split())}" for comment in entry.comments]
    if entry.place:
        lines.append(f"#: {entry.place}")
    if entry.is_fuzzy:
        lines.append("#, fuzzy")
    if entry.previous:
        lines += [f"#| {line}" for line in f"msgid {_quoted(entry.previous)}".split("\n")]
    lines += [
        f"msgctxt {_quoted(entry.context)}",
        f"msgid {_quoted(entry.source)}",
        f"msgstr {_quoted(entry.translation)}",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return `text` in quotation marks; one of several lines has a line of the file for each of its own."""
    from babel.messages.pofile import escape

    lines = text.split("\n")
    if len(lines) == 1:
        return escape(text)
    whole = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return "\n".join(['""', *map(escape, whole)])


def read_po(path: Path) -> PoFile:
    """Return what a PO file holds.

    Raises:
        ContentError: it cannot be read, is over the limits or is no PO file; the message has file and line.
    """
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_PO_BYTES:
            raise _bad(path.name, 1, _too_large(size_bytes))
        with path.open("rb") as file:
            data = file.read(MAX_PO_BYTES + 1)
    except OSError as error:
        raise ContentError(
            message(N_("{file} cannot be read: {reason}"), file=path.name, reason=system_reason(error)),
            message(N_("Name a file from “translate export”.")),
        ) from error
    return parse_po(data, path.name)


def parse_po(data: bytes, name: str) -> PoFile:
    """Return what the bytes of a PO file hold.

    Raises:
        ContentError: see `read_po`.
    """
    if len(data) > MAX_PO_BYTES:
        raise _bad(name, 1, _too_large(len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(name, data.count(b"\n", 0, error.start) + 1, message(N_("it is not UTF-8"))) from error
    lines = [line.strip(_BLANK) for line in text.split("\n")]
    _check_lines(lines, name)
    return _parse(lines, name)


def _check_lines(lines: Sequence[str], name: str) -> None:
    """Refuse what is no PO file, and what asks for more than an article has."""
    entries = 0
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        if line.startswith(("msgid_plural", "msgstr[")):
            raise _bad(name, number, message(N_("articles have no plural forms")))
        if not _LINE.fullmatch(line):
            raise _bad(name, number, message(N_("this is no line of a PO file")))
        entries += line.startswith("msgid")
        if entries > MAX_ENTRIES:
            raise _bad(name, number, message(N_("the file has more than {limit} texts"), limit=MAX_ENTRIES))


def _parse(lines: Iterable[str], name: str) -> PoFile:
    from babel.messages.pofile import unescape

    head: dict[str, str] = {}
    entries: list[PoEntry] = []
    seen: dict[str, int] = {}
    for block in _blocks(lines, name):
        fields = {field: "".join(map(unescape, strings)) for field, strings in block.strings.items()}
        context, source, translation = (fields.get(field, "") for field in ("msgctxt", "msgid", "msgstr"))
        if not source and not context:
            head = dict(line.split(": ", 1) for line in translation.split("\n") if ": " in line)
            continue
        if context in seen:
            what = N_("the text '{context}' stands in line {line} already")
            raise _bad(name, block.line, message(what, context=context[:100], line=seen[context]))
        seen[context] = block.line
        entries.append(PoEntry(context, source, translation, block.is_fuzzy, line=block.line))
    language = head.get("Language", "").strip().replace("_", "-")
    if not language:
        raise _bad(name, 1, message(N_("the head does not say which language it is in")))
    return PoFile(language, head.get("X-Source-Language", "").strip(), tuple(entries))


class _Block:
    """The lines of one text."""

    def __init__(self) -> None:
        self.strings: dict[str, list[str]] = {}
        self.is_fuzzy = False
        self.line = 0

    def __bool__(self) -> bool:
        return bool(self.strings)


def _blocks(lines: Iterable[str], name: str) -> Iterator[_Block]:
    """Yield the texts; a new one begins with whatever may not follow a `msgstr`."""
    block, field = _Block(), ""
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith(("#~", "#|")):
            continue
        keyword = "" if line.startswith('"') else line.partition(" ")[0].partition("\t")[0]
        if field == "msgstr" and keyword:
            yield block
            block, field = _Block(), ""
        if line.startswith("#"):
            if line.startswith("#,"):
                block.is_fuzzy = block.is_fuzzy or "fuzzy" in {flag.strip() for flag in line[2:].split(",")}
            continue
        if keyword:
            if (
                keyword in block.strings
                or (keyword == "msgctxt" and block)
                or (keyword == "msgstr" and "msgid" not in block.strings)
            ):
                raise _bad(name, number, message(N_("'{keyword}' does not belong here"), keyword=keyword))
            field = keyword
            block.line = number if keyword == "msgid" else block.line
            block.strings[field] = []
        if not field:
            raise _bad(name, number, message(N_("a text without a keyword")))
        block.strings[field].append(line[len(keyword) :].strip(_BLANK))
    if block:
        if field != "msgstr":
            raise _bad(name, block.line, message(N_("a text without 'msgstr'")))
        yield block


def _too_large(size_bytes: int) -> Message:
    return message(N_("the file has {size} bytes, at most {limit}"), size=size_bytes, limit=MAX_PO_BYTES)


def _bad(name: str, line: int, reason: Message) -> ContentError:
    return ContentError(
        message(N_("{path}:{line}: {reason}"), path=name, line=line, reason=reason),
        message(N_("Nothing was imported. Correct the file in a translator's tool, or export it again.")),
    )
