"""The one way TOML files are read: under a size limit, every failure told with its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message

MAX_TOML_BYTES = 1024 * 1024


def load_toml(path: Path) -> dict[str, Any]:
    """Return the values of a TOML file.

    Raises:
        ContentError: the file is unreadable, over 1 MiB, not UTF-8 or no TOML.
    """
    try:
        size_bytes = path.stat().st_size
        data = path.read_bytes() if size_bytes <= MAX_TOML_BYTES else bytes(MAX_TOML_BYTES + 1)
    except OSError as error:
        raise _unreadable(path.name, error.strerror or error) from error
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
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, reason: object) -> ContentError:
    return ContentError(
        message(N_("{file} cannot be read: {reason}"), file=name, reason=reason),
        message(N_("Correct it or put the last working copy back.")),
    )
