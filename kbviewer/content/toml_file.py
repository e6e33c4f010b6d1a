"""The one way TOML files are read: under a size limit, every failure told with its file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

MAX_TOML_BYTES = 1024 * 1024
# What the reader of TOML ends its sentences with.
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def load_toml(path: Path) -> dict[str, Any]:
    """Return the values of a TOML file.

    Raises:
        ContentError: the file is unreadable, over 1 MiB, not UTF-8 or no TOML.
    """
    try:
        size_bytes = path.stat().st_size
        data = path.read_bytes() if size_bytes <= MAX_TOML_BYTES else bytes(MAX_TOML_BYTES + 1)
    except OSError as error:
        raise _unreadable(path.name, system_reason(error)) from error
    return parse_toml(data, path.name)


def parse_toml(data: bytes, name: str) -> dict[str, Any]:
    """Return the values in the bytes of a TOML file called `name`.

    Raises:
        ContentError: they are over 1 MiB, not UTF-8 or no TOML.
    """
    # Opening an article from the cache must not pay for this import.
    import tomllib

    try:
        if len(data) > MAX_TOML_BYTES:
            raise ValueError(f"more than {MAX_TOML_BYTES} bytes")
        return tomllib.loads(data.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(name, error) from error
    except UnicodeDecodeError as error:
        raise _unreadable(name, message(N_("it is not UTF-8"))) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, reason: object) -> ContentError:
    return ContentError(
        message(N_("{file} cannot be read: {reason}"), file=name, reason=reason),
        message(N_("Correct it or put the last working copy back.")),
    )


def _no_toml(name: str, error: ValueError) -> ContentError:
    """Return where a file stops being TOML, in our words: those of the reader are in English only."""
    remedy = message(
        N_("Put texts in quotes, as in {example}, or put the last working copy back."), example='id = "name"'
    )
    place = _PLACE.search(str(error))
    if place is None:
        reason = message(N_("something is missing at the end"))
        return ContentError(message(N_("{path}: {reason}."), path=name, reason=reason), remedy)
    line, column = map(int, place.groups())
    reason = message(N_("this is not valid TOML from column {column} on"), column=column)
    return ContentError(message(N_("{path}:{line}: {reason}."), path=name, line=line, reason=reason), remedy)
