"""Writes what translators have done: all of an article's files, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason


def save(root: Path, files: Mapping[str, bytes]) -> None:
    """Put files in place, in this order, once all of them are on the disk under other names.

    Killed in between, the article is new and its lock is not: then its new texts count as not accepted.

    Raises:
        ContentError: one of them cannot be written; then none has been changed.
    """
    waiting: list[tuple[Path, Path]] = []
    source = ""
    try:
        for source, data in files.items():
            # A link inside the library stays one.
            path = (root / source).resolve()
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((temporary, path))
            _write(temporary, data, path)
        for temporary, path in waiting:
            temporary.replace(path)
    except OSError as error:
        raise ContentError(
            message(N_("{path} cannot be written: {reason}"), path=source, reason=system_reason(error)),
            message(N_("Give this account the right to write there, or free some space, and try again.")),
        ) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _write(temporary: Path, data: bytes, path: Path) -> None:
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
