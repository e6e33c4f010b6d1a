"""Asks a share whether it is there, without waiting for it for long."""

from __future__ import annotations

import threading
from pathlib import Path

from kbviewer.content.shares.fetch import PATIENCE_S
from kbviewer.content.shares.listing import no_answer, unreachable
from kbviewer.model.errors import ShareError


def probe(path: Path, patience_s: float = PATIENCE_S) -> ShareError | None:
    """Return why nothing can be read at `path`, None when it can."""
    answers: list[ShareError | None] = []

    def ask() -> None:
        try:
            path.stat()
        except OSError as error:
            answers.append(unreachable(path, error))
        else:
            answers.append(None)

    thread = threading.Thread(target=ask, name="share", daemon=True)
    thread.start()
    thread.join(patience_s)
    return answers[0] if answers else no_answer(path)
