"""The YAML block at the top of an article, read under limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, Message, message

if TYPE_CHECKING:
    from yaml import SafeLoader

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 12

_CLOSING_LINE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two `---` lines.

    Attributes:
        values: top-level keys and their values.
        lines: line of each top-level key, counted from 1.
        end: number of lines that the block takes, 0 when the file has none.
        is_mapping: False when the block is not keys and values and so belongs to the text.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    end: int = 0
    is_mapping: bool = True


def split_front_matter(text: str, source: str) -> tuple[FrontMatter, str]:
    """Return the front matter of `text` and the rest.

    A file that begins with `---` but never closes it has no front matter.

    Raises:
        ContentError: the block is not YAML, or breaks a limit.
    """
    first, newline, rest = text.partition("\n")
    if first.rstrip() != "---" or not newline:
        return FrontMatter(), text
    closing = _CLOSING_LINE.search(rest)
    if closing is None:
        return FrontMatter(), text
    block, body = rest[: closing.start()], rest[closing.end() :]
    if len(block) > MAX_CHARACTERS:
        raise ContentError(
            message(
                N_("{path}:1: the front matter has {size} characters, more than {limit}"),
                path=source,
                size=len(block),
                limit=MAX_CHARACTERS,
            ),
            message(N_("Shorten it, or close it with a line of three hyphens.")),
        )
    end = block.count("\n") + 2
    values, lines = _load(block, source)
    if values is None:
        return FrontMatter(is_mapping=False), text
    return FrontMatter(values, lines, end), body.removeprefix("\n")


def load_yaml(text: str, source: str, max_depth: int) -> object:
    """Return the plain values that a YAML file holds.

    Raises:
        ContentError: it is not YAML, or breaks a limit.
    """
    return _load_any(text, source, max_depth)[0]


def _load(block: str, source: str) -> tuple[dict[str, object] | None, dict[str, int]]:
    """Return the mapping in `block`, None when it is something else, and the line of each key."""
    loaded, lines = _load_any(block, source, MAX_DEPTH)
    if loaded is None:
        return {}, {}
    if not isinstance(loaded, dict):
        return None, {}
    return {str(key): value for key, value in loaded.items()}, lines


def _load_any(block: str, source: str, max_depth: int) -> tuple[object, dict[str, int]]:
    """Return what `block` holds, and the line of each key of its outermost mapping."""
    import yaml

    # libyaml is several times faster; both build plain values only.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        lines = _check_events(block, source, loader, max_depth)
        return yaml.load(block, Loader=loader), lines  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        # What the library says of it is English, and in words that only its makers use.
        raise _broken(source, line, message(N_("the front matter is not valid YAML"))) from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        # Impossible dates, numbers of thousands of digits, lists as keys.
        raise _broken(
            source, 1, message(N_("the front matter has an impossible value: {reason}"), reason=error)
        ) from error


def _check_events(block: str, source: str, loader: type[SafeLoader], max_depth: int) -> dict[str, int]:
    """Refuse what can expand or recurse, before anything is built; return the lines of the keys.

    Aliases and merge keys are refused because a few hundred bytes of them can stand for gigabytes.
    """
    import yaml

    lines: dict[str, int] = {}
    depth = 0
    key_is_next = True
    for event in yaml.parse(block, Loader=loader):
        line = event.start_mark.line + 2 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _broken(source, line, message(N_("the front matter uses an anchor or alias")))
        if getattr(event, "tag", None):
            raise _broken(source, line, message(N_("the front matter uses a tag")))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > max_depth:
                raise _broken(source, line, message(N_("the front matter is nested too deeply")))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key_is_next = True
        elif isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and not event.style:
                raise _broken(source, line, message(N_("the front matter uses a merge key")))
            if depth == 1:
                if key_is_next:
                    lines.setdefault(event.value, line)
                key_is_next = not key_is_next
    return lines


def _broken(source: str, line: int, reason: Message) -> ContentError:
    """Return the error for front matter that cannot be read."""
    return ContentError(
        message(N_("{path}:{line}: {reason}"), path=source, line=line, reason=reason),
        message(N_("Write plain keys and values; put a text with a colon in quotation marks.")),
    )
