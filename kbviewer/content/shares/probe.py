"""Asks a share something, without waiting for it for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from kbviewer.content.folder_index import OnProgress, ReadingStoppedError
from kbviewer.content.shares.fetch import PATIENCE_S
from kbviewer.content.shares.listing import no_answer, unreachable
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, message

_LOOK_AGAIN_S: Final = 0.05
# What answers at all may be slow.
_READING_S: Final = 30.0

_Answer = TypeVar("_Answer")


def probe(path: Path, patience_s: float = PATIENCE_S) -> ShareError | None:
    """Return why nothing can be read at `path`, None when it can."""
    try:
        _patiently(path, path.stat, patience_s, _go_on)
    except ShareError as error:
        return error
    except OSError as error:
        return unreachable(path, error)
    return None


def silence(path: Path, patience_s: float = PATIENCE_S) -> ShareError | None:
    """Return the error for a share that does not answer; None when it does, whatever it says."""
    try:
        _patiently(path, path.stat, patience_s, _go_on)
    except ShareError as error:
        return error
    except OSError:
        pass
    return None


def ask(
    path: Path, question: Callable[[], _Answer], on_progress: OnProgress, patience_s: float = PATIENCE_S
) -> _Answer:
    """Return the answer to a question about what lies at `path`, in a thread that may wait.

    Args:
        on_progress: asked again and again whether somebody still wants to wait.
        patience_s: how long a share may take to give the first sign.

    Raises:
        ShareError: the share does not answer.
        ReadingStoppedError: `on_progress` wanted it.
        Exception: what `question` raises.
    """
    error = silence(path, patience_s)
    if error is not None:
        raise error
    return _patiently(path, question, max(patience_s, _READING_S), on_progress)


def _patiently(
    path: Path, question: Callable[[], _Answer], patience_s: float, on_progress: OnProgress
) -> _Answer:
    answers: list[_Answer] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answers.append(question())
        except Exception as error:  # handed to whoever waits, on that one's thread
            errors.append(error)

    # A thread that the system does not let go must not keep the program from ending.
    thread = threading.Thread(target=work, name="share", daemon=True)
    thread.start()
    give_up_at = time.monotonic() + patience_s
    while thread.is_alive():
        thread.join(_LOOK_AGAIN_S)
        if not on_progress(0, 0):
            raise ReadingStoppedError(message(N_("The articles have not been read to the end.")))
        if thread.is_alive() and time.monotonic() > give_up_at:
            raise no_answer(path)
    if errors:
        raise errors[0]
    return answers[0]


def _go_on(_done: int, _total: int) -> bool:
    return True
