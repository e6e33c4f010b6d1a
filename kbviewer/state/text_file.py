"""Texts that leave the program as files, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason


def write_text_file(path: Path, text: str, refusal: str) -> None:
    """Write `text` to `path`; a file that is there is replaced.

    Args:
        refusal: the sentence for a file that cannot be written, with {path} and {reason}.

    Raises:
        StateError: the file cannot be written; one that was there is unchanged.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StateError(
            message(refusal, path=path, reason=system_reason(error)),
            message(N_("Choose another folder.")),
        ) from error
