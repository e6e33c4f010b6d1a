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
    # Opening an article from the cache must not pay for this import.
    import tomllib

    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_TOML_BYTES:
            raise ValueError(f"{size_bytes} bytes, at most {MAX_TOML_BYTES}")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ContentError(
            message(N_("{file} cannot be read: {reason}"), file=path.name, reason=reason),
            message(N_("Correct it or put the last working copy back.")),
        ) from error
