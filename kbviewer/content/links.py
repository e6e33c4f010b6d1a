"""What the address of a link or a picture means."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.messages import N_, Message, message

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_WEB_SCHEMES = frozenset({"http", "https", "mailto"})
_ARTICLE_SUFFIXES = ("", ".md", ".markdown")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an address.

    Attributes:
        link: where the link leads, None when it may lead nowhere.
        kind: kind of the problem, "" when there is none.
        what: the problem.
        remedy: what to do about it.
    """

    link: Link | None
    kind: str = ""
    what: Message | None = None
    remedy: Message | None = None


def read_link(address: str, source: str) -> Verdict:
    """Judge the address of a link in the file `source`.

    Addresses without a meaning for the reader (scripts, local files, places outside the library)
    are refused: the text stays, the link goes.
    """
    address = _CONTROL.sub("", address).strip()
    if address in ("", "#"):
        return Verdict(Link(LinkKind.MISSING))
    if address.startswith("#"):
        return Verdict(Link(LinkKind.SECTION, _anchor(address)))
    scheme = _SCHEME.match(address)
    if scheme:
        return _read_scheme(scheme.group(1).casefold(), address[scheme.end() :], address)
    if address.startswith(("//", "\\\\")):
        # A host without a scheme in Markdown, but a network share to Windows.
        if address.startswith("//") and "\\" not in address:
            return Verdict(Link(LinkKind.EXTERNAL, "https:" + address))
        return _refuse(address)
    return _read_path(address, source)


def resolve_path(path: str, source: str) -> str | None:
    """Return `path` as seen from the library's root, None when it leads out of it.

    A leading slash or `~/` means the root of the documentation, which may be a folder of the
    library: in `en/help/a.md`, `/help/b.md` is `en/help/b.md`.
    """
    path = unquote(path).replace("\\", "/")
    if "\0" in path or re.match(r"[A-Za-z]:", path):
        return None
    folder = posixpath.dirname(source)
    if path.startswith(("/", "~/")):
        path = path.removeprefix("~").lstrip("/")
        parts = folder.split("/")
        top = path.partition("/")[0]
        folder = "/".join(parts[: parts.index(top)]) if top in parts else ""
    resolved = posixpath.normpath(posixpath.join(folder, path))
    if resolved.startswith(("/", "..")) and resolved.partition("/")[0] in ("..", ""):
        return None
    return None if resolved in ("", ".") else resolved


def read_image(address: str, source: str) -> tuple[str, Verdict]:
    """Return the path of a picture relative to its article's folder, "" when it cannot be shown.

    Pictures on the web are never fetched; the verdict then links to their address.
    """
    address = _CONTROL.sub("", address).strip()
    if not address:
        return "", Verdict(None)
    scheme = _SCHEME.match(address)
    if scheme or address.startswith(("//", "\\\\")):
        verdict = read_link(address, source)
        external = verdict.link is not None and verdict.link.kind is LinkKind.EXTERNAL
        return "", verdict if external else _refuse(address)
    resolved = resolve_path(address.partition("?")[0].partition("#")[0], source)
    if resolved is None:
        return "", _outside(address)
    return posixpath.relpath(resolved, posixpath.dirname(source) or "."), Verdict(None)


def _read_scheme(scheme: str, rest: str, address: str) -> Verdict:
    """Judge an address with a scheme."""
    if scheme in _WEB_SCHEMES:
        return Verdict(Link(LinkKind.EXTERNAL, address)) if rest.strip("/") else _refuse(address)
    if scheme == "missing":
        return Verdict(Link(LinkKind.MISSING))
    if scheme == "search":
        return Verdict(Link(LinkKind.SEARCH, unquote(rest)))
    if scheme in ("xref", "kb"):
        reference, _, anchor = rest.removeprefix("//").partition("#")
        reference = unquote(reference.partition("?")[0]).strip("/")
        if not reference:
            target = Link(LinkKind.SECTION, _anchor(anchor)) if anchor else Link(LinkKind.MISSING)
            return Verdict(target)
        return Verdict(Link(LinkKind.ARTICLE, reference, _anchor(anchor)))
    return _refuse(address)


def _read_path(address: str, source: str) -> Verdict:
    """Judge an address without a scheme: a file of the library."""
    path, _, anchor = address.partition("#")
    path = path.partition("?")[0]
    suffix = posixpath.splitext(path)[1].casefold()
    if path.startswith("/") and suffix not in _ARTICLE_SUFFIXES[1:]:
        # A page of the site that the documentation came from.
        return Verdict(Link(LinkKind.EXTERNAL, address))
    if suffix not in _ARTICLE_SUFFIXES:
        return Verdict(
            None,
            "file-link",
            message(N_("link to the file '{address}', which the reader does not open"), address=address),
            message(N_("Link to an article or to a web address.")),
        )
    resolved = resolve_path(path, source)
    if resolved is None:
        return _outside(address)
    if resolved == source and anchor:
        return Verdict(Link(LinkKind.SECTION, _anchor(anchor)))
    return Verdict(Link(LinkKind.ARTICLE, resolved, _anchor(anchor)))


def _anchor(fragment: str) -> str:
    """Return an id as written in an address."""
    return unquote(fragment.removeprefix("#")).strip()


def _refuse(address: str) -> Verdict:
    """Refuse an address that is not of the web."""
    return Verdict(
        None,
        "unsafe-link",
        message(N_("link to '{address}', which is neither an article nor on the web"), address=address[:80]),
        message(N_("Use https:, mailto:, xref: or the id of a section.")),
    )


def _outside(address: str) -> Verdict:
    """Refuse a path that leads out of the library."""
    return Verdict(
        None,
        "link-outside",
        message(N_("'{address}' leads out of the library"), address=address[:80]),
        message(N_("Use a path inside the library.")),
    )
