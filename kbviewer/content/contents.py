"""Reads TOC.md and toc.yml, in which docfx and Experience League keep a table of contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kbviewer.content.front_matter import load_yaml, split_front_matter
from kbviewer.content.links import read_link, resolve_path
from kbviewer.content.reader import read_article
from kbviewer.model.blocks import Block, BulletList, Heading, Paragraph, StepList
from kbviewer.model.contents import ContentsEntry
from kbviewer.model.errors import ContentError
from kbviewer.model.inline import LinkKind, Runs, plain_text

MAX_ENTRIES = 50_000
_MAX_DEPTH = 40
_HIDDEN = "{hide-from-toc}"
_TOC_NAME = re.compile(r"toc\.(?:md|ya?ml)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|/|$")

Find = Callable[[str], str]
"""Returns the id of the article that a path of the library means, "" when there is none."""


@dataclass(slots=True)
class _Line:
    """A line as written.

    Attributes:
        path: of an article, "" when it names none.
        further: path of another table of contents that stands here.
    """

    title: str
    path: str = ""
    address: str = ""
    further: str = ""
    children: list[_Line] = field(default_factory=list)


def read_contents(texts: Mapping[str, str], find: Find) -> tuple[ContentsEntry, ...]:
    """Return the contents that the files in `texts`, by their paths, make together.

    A file that another one refers to stands where it is named. Several that nobody refers to stand side by
    side, each under the title of its own. What cannot be read has no lines.
    """
    files = {source: _read(source, text) for source, text in texts.items()}
    joined = _Joining({source: lines for source, (_, lines) in files.items()}, find)
    named = {line.further for _, lines in files.values() for line in _all(lines) if line.further}
    roots = [source for source in sorted(files) if source not in named and files[source][1]]
    if not roots and files:
        roots = sorted(source for source in files if files[source][1])[:1]
    made = [ContentsEntry(files[source][0], children=joined.entries(source)) for source in roots]
    return made[0].children if len(made) == 1 else tuple(entry for entry in made if entry.children)


_TOP_HEADING = re.compile(r"^#(?= )", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,5})(?= )", re.MULTILINE)


class _Joining:
    """Puts files into one another; each is used once, so that they cannot go round."""

    def __init__(self, files: Mapping[str, Sequence[_Line]], find: Find) -> None:
        self._files = files
        self._find = find
        self._used: set[str] = set()
        self._made = 0

    def entries(self, source: str) -> tuple[ContentsEntry, ...]:
        """Return the lines of a file."""
        if source in self._used or source not in self._files:
            return ()
        self._used.add(source)
        return self._entries(self._files[source])

    def _entries(self, lines: Iterable[_Line]) -> tuple[ContentsEntry, ...]:
        made = []
        for line in lines:
            self._made += 1
            if self._made > MAX_ENTRIES:
                break
            children = self._entries(line.children)
            if line.further:
                children = (*children, *self.entries(line.further))
            article = self._find(line.path) if line.path else ""
            title = line.title or posixpath.basename(line.path or line.address)
            made.append(ContentsEntry(title, article, "" if article else line.address, children))
        return tuple(made)


def _all(lines: Iterable[_Line]) -> Iterable[_Line]:
    for line in lines:
        yield line
        yield from _all(line.children)


def _read(source: str, text: str) -> tuple[str, list[_Line]]:
    """Return the title of a file, and its lines."""
    folder = posixpath.basename(posixpath.dirname(source)) or posixpath.basename(source)
    try:
        if source.casefold().endswith(".md"):
            return _read_markdown(source, text, folder)
        return folder, _read_yaml(source, load_yaml(text, source, _MAX_DEPTH * 2))
    except ContentError:
        return folder, []


def _read_markdown(source: str, text: str, folder: str) -> tuple[str, list[_Line]]:
    """Return what headings and lists say, the deeper ones below the higher ones."""
    front, body = split_front_matter(text, source)
    if len(_TOP_HEADING.findall(body)) > 1:
        # Of an article the first heading is the title, and others are below it; here they are chapters alike.
        text = "# TOC\n\n" + _HEADING.sub(r"#\1", body)
    stated = front.values.get("user-guide-title")
    article = read_article(text, article_id="", source=source).article
    # The first heading of level 1 is not among the blocks: it names the whole, or the first part of it.
    top: list[_Line] = []
    levels: list[tuple[int, list[_Line]]] = [(1, top)]
    for block in article.blocks:
        if isinstance(block, Heading):
            while len(levels) > 1 and levels[-1][0] >= block.level:
                levels.pop()
            line = _line(block.runs)
            levels[-1][1].append(line)
            levels.append((block.level, line.children))
        else:
            levels[-1][1].extend(_lines(block))
    title = str(stated) if isinstance(stated, str) else article.title
    return title if title.casefold() != "toc" else folder, top


def _lines(block: Block) -> list[_Line]:
    """Return what a list, or a paragraph with a link, says."""
    match block:
        case Paragraph(runs=runs):
            return [_line(runs)]
        case BulletList(items=items):
            found = [_item(item) for item in items]
        case StepList(steps=steps):
            found = [_item((Paragraph(runs=step.runs), *step.blocks)) for step in steps]
        case _:
            return []
    return [line for line in found if line is not None]


def _item(item: Sequence[Block]) -> _Line | None:
    first, *rest = item
    line = _line(first.runs) if isinstance(first, Paragraph) else _Line("")
    if line.title.startswith(_HIDDEN):
        return None
    blocks = rest if isinstance(first, Paragraph) else item
    line.children = [child for block in blocks for child in _lines(block)]
    return line if line.title or line.children else None


def _line(runs: Runs) -> _Line:
    line = _Line(" ".join(plain_text(runs).split()))
    link = next((run.link for run in runs if run.link is not None), None)
    if link is not None and link.kind is LinkKind.ARTICLE:
        line.path = link.target
    elif link is not None and link.kind is LinkKind.EXTERNAL:
        line.address = link.target
    return line


def _read_yaml(source: str, data: object, depth: int = 0) -> list[_Line]:
    if isinstance(data, dict):
        data = data.get("items")
    if not isinstance(data, list) or depth > _MAX_DEPTH:
        return []
    return [_yaml_line(source, item, depth) for item in data if isinstance(item, dict)]


def _yaml_line(source: str, item: Mapping[object, object], depth: int) -> _Line:
    def text(key: str) -> str:
        value = item.get(key)
        return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""

    line = _Line(text("name") or text("displayName") or text("uid"))
    line.children = _read_yaml(source, item.get("items"), depth + 1)
    further = text("tocHref")
    href = text("href")
    if not _ABSOLUTE.match(href) and (href.endswith("/") or _TOC_NAME.fullmatch(posixpath.basename(href))):
        further = further or href
        href = ""
    href = text("topicHref") or text("homepage") or href or text("topicUid") or text("uid")
    if not _ABSOLUTE.match(further):
        line.further = _toc_at(further, source)
    verdict = read_link(href, source) if href else None
    if verdict is not None and verdict.link is not None:
        if verdict.link.kind is LinkKind.ARTICLE:
            line.path = verdict.link.target
        elif verdict.link.kind is LinkKind.EXTERNAL:
            line.address = verdict.link.target
    return line


def _toc_at(further: str, source: str) -> str:
    path = resolve_path(further.partition("#")[0] + ("toc.yml" if further.endswith("/") else ""), source)
    return path or ""
