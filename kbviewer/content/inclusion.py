"""Puts the text of other files where an article takes it in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from kbviewer.content.context import ReadingContext
from kbviewer.content.front_matter import split_front_matter
from kbviewer.content.included import cut_code
from kbviewer.content.links import resolve_path
from kbviewer.content.tree import Node
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message

_ADDRESSES = ("href", "src", "data", "video")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|[#/\\~]|$")
_DIRECTIVE_SOURCE = re.compile(r"""(\bsource\s*=\s*["']?)([^"'\s]+)""")
_QUERY = re.compile(r"[?&#]?([\w-]+)(?:=([^&#]*))?")
_SAFE = "/:%@&=+$,;!*()~'"


def only_include(nodes: Sequence[Node]) -> Node | None:
    """Return the inclusion that a paragraph consists of, None when there is more in it."""
    found = [node for node in nodes if node.tag != "#text" or node.text.strip(" \u200b\ufeff")]
    return found[0] if len(found) == 1 and found[0].tag == "#include" else None


def included_nodes(node: Node, context: ReadingContext) -> list[Node]:
    """Return what the file that `node` names says, [] after a complaint when it cannot be had."""
    if "refused" in node.attrs:
        return []
    resolved = resolve_path(node.attrs["src"].partition("?")[0].partition("#")[0], context.source)
    text = context.inclusions.read(resolved) if resolved else None
    if text is None or resolved is None:
        complain_of_include(node.attrs["src"], node.line, context)
        return []
    context.inclusions.enter(resolved)
    try:
        root, problems = context.build(_body(text, resolved))
        for problem in problems:
            context.log.add(problem.kind, node.line, problem.what, problem.remedy)
        _adopt(root, node.line, resolved, context.source)
        return list(_expanded(root.children, context))
    finally:
        context.inclusions.leave()


def included_code(address: str, attrs: Mapping[str, str], line: int, context: ReadingContext) -> Node | None:
    """Return literal text from a source file, None after a complaint when it cannot be had."""
    path, _, query = address.partition("?")
    path, _, fragment = path.partition("#")
    wanted = {match[1].casefold(): match[2] or "" for match in _QUERY.finditer(query)}
    name = attrs.get("id") or wanted.get("name", "") or ("" if _is_range(fragment) else fragment)
    lines = attrs.get("range") or wanted.get("range", "") or _line_numbers(fragment)
    resolved = resolve_path(path, context.source)
    text = context.inclusions.read(resolved) if resolved else None
    code = cut_code(text, name, lines) if text is not None else None
    if code is None:
        complain_of_include(address, line, context)
        return None
    syntax = attrs.get("language") or attrs.get("syntax") or ""
    return Node("pre", line, code, {"syntax": syntax.partition("-")[0]})


def complain_of_include(address: str, line: int, context: ReadingContext) -> None:
    """Note a text that stays outside the article."""
    context.log.add(
        "include",
        line,
        message(N_("the text of '{path}' is not included"), path=address),
        message(N_("Write the text into the article.")),
    )


def _body(text: str, source: str) -> str:
    try:
        return split_front_matter(text, source)[1]
    except ContentError:
        # What it says about itself is of no use here.
        return text


def _expanded(nodes: Sequence[Node], context: ReadingContext) -> Iterator[Node]:
    """Yield nodes, those that are inclusions themselves replaced while it is known what is open."""
    for node in nodes:
        whole = only_include(node.children) if node.tag == "p" else None
        inner = whole or (node if node.tag == "#include" else None)
        if inner is None or "code" in inner.attrs:
            node.children = list(_expanded(node.children, context))
            yield node
            continue
        replaced = included_nodes(inner, context)
        if not replaced:
            inner.attrs["refused"] = "1"
            yield node
        elif whole is None:
            yield from inline_of(replaced)
        else:
            yield from replaced


def inline_of(nodes: list[Node]) -> list[Node]:
    """Return what stands inside a line where a file is taken in there: of one paragraph, its text."""
    return nodes[0].children if len(nodes) == 1 and nodes[0].tag == "p" else nodes


def _adopt(node: Node, line: int, source: str, article: str) -> None:
    """Make nodes of the file `source` those of an article: its line, addresses as seen from its folder."""
    node.line = line
    for name in _ADDRESSES:
        if name in node.attrs:
            node.attrs[name] = _seen_from(node.attrs[name], source, article)
    if node.tag == "#directive":
        node.text = _DIRECTIVE_SOURCE.sub(
            lambda match: match[1] + _seen_from(match[2], source, article), node.text
        )
    for child in node.children:
        _adopt(child, line, source, article)


def _seen_from(address: str, source: str, article: str) -> str:
    if _ABSOLUTE.match(address):
        return address
    path, *rest = re.split(r"(?=[?#])", address, maxsplit=1)
    resolved = resolve_path(path, source)
    if resolved is None:
        return address
    return quote(posixpath.relpath(resolved, posixpath.dirname(article) or "."), safe=_SAFE) + "".join(rest)


def _is_range(fragment: str) -> bool:
    return bool(_line_numbers(fragment))


def _line_numbers(fragment: str) -> str:
    """Return the lines in `L12-L24` as "12-24", "" when a fragment is a name."""
    match = re.fullmatch(r"L(\d{1,6})(?:-L?(\d{1,6}))?", fragment, re.ASCII)
    return f"{match[1]}-{match[2] or match[1]}" if match else ""
