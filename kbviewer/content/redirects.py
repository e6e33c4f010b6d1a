"""Where articles have moved to, as docfx's redirection files and front matter say."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kbviewer.content.folder_files import read_text
from kbviewer.content.folder_scan import blocked
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_

MAX_REDIRECTS = 200_000
_NAME = re.compile(r"\.openpublishing\.redirection(?:\.[\w-]{1,100})?\.json", re.IGNORECASE)
_MAX_HOPS = 10
_SUFFIXES = (".md", ".html", ".htm", ".yml")


def redirection_files(root: Path, parts: Iterable[str] = ()) -> list[str]:
    """Return the paths of the files that may name redirects: docfx keeps them at the top of a tree."""
    found = []
    for part in ("", *parts):
        folder = f"{part}/" if part else ""
        try:
            names = os.listdir(root / part)  # noqa: PTH208 - names are wanted, not paths
        except OSError:
            continue
        found += [folder + name for name in sorted(names) if _NAME.fullmatch(name)]
    return found


def read_redirections(root: Path, files: Iterable[str], problems: list[Problem]) -> dict[str, str]:
    """Return by the path of an article that has moved the address that it has moved to."""
    moved: dict[str, str] = {}
    for source in files:
        text = read_text(root / source, source)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        try:
            found = list(_redirections(json.loads(text), posixpath.dirname(source)))
        except (ValueError, RecursionError):
            problems.append(blocked(source, "redirects", N_("the list of redirects is not valid JSON")))
            continue
        for path, address in found[: MAX_REDIRECTS - len(moved)]:
            moved.setdefault(path, address)
    return moved


def _redirections(data: object, folder: str) -> Iterator[tuple[str, str]]:
    listed = data.get("redirections") if isinstance(data, dict) else None
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, dict):
            continue
        path, address = item.get("source_path") or item.get("source_path_from_root"), item.get("redirect_url")
        if isinstance(path, str) and isinstance(address, str) and path and address:
            yield posixpath.normpath(posixpath.join(folder, path.lstrip("/"))), address


class Destinations:
    """Finds the article that an address of the published site means.

    The site's address of an article is not known offline; what both have in common is the end of the path. An
    article is meant when it alone has the longest common end.

    Args:
        ids: of the articles.
        moved: addresses by the path of an article that has moved.
    """

    def __init__(self, ids: Iterable[str], moved: Mapping[str, str]) -> None:
        self._by_name: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for entry_id in ids:
            self._add(entry_id, entry_id, "")
        for source, address in moved.items():
            self._add(source, "", address)

    def find(self, address: str, source: str) -> str:
        """Return the id of the article that `address` in the file `source` leads to, "" when none."""
        for _ in range(_MAX_HOPS):
            entry_id, further = self._end_of(address, source)
            if entry_id or not further:
                return entry_id
            address = further
        return ""

    def _add(self, path: str, entry_id: str, address: str) -> None:
        segments = _segments(path)
        if segments:
            self._by_name.setdefault(segments[-1], []).append((segments, entry_id, address))

    def _end_of(self, address: str, source: str) -> tuple[str, str]:
        """Return the article that an address means, or the address that such an article has moved to."""
        path = unquote(urlsplit(address.split("#")[0].split("?")[0]).path)
        if not path.startswith(("/", "~")) and "://" not in address:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        wanted = _segments(path)
        candidates = self._by_name.get(wanted[-1], []) if wanted else []
        best: list[tuple[str, str]] = []
        longest = 0
        for segments, entry_id, further in candidates:
            common = _common_end(segments, wanted)
            if common > longest:
                longest, best = common, []
            if common == longest:
                best.append((entry_id, further))
        articles = [pair for pair in best if pair[0]]
        chosen = articles or best
        return chosen[0] if len(chosen) == 1 else ("", "")


def _segments(path: str) -> tuple[str, ...]:
    for suffix in _SUFFIXES:
        path = path.removesuffix(suffix)
    return tuple(part.casefold() for part in path.split("/") if part not in ("", ".", "~"))


def _common_end(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
