"""What may be written into a case, and how long it may be."""

from __future__ import annotations

from unicodedata import normalize

from kbviewer.model.errors import StateError
from kbviewer.model.messages import N_, Message, message

MOST_REFERENCE = 100
MOST_NOTE = 10_000
MOST_STEP_NOTE = 2_000
MOST_ANSWER = 2_000
MOST_ARTICLES = 50
MOST_STEPS = 2_000
MOST_NOTES = 500
_MOST_KEPT = 2_000


def clean_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """Return `text` without spaces around it and without what no file can hold and no reader can see."""
    # Qt can hand over half an emoji, which has no place in UTF-8.
    whole = normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    whole = whole.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in whole if char >= " " or char in "\n\t").replace("\x7f", "").strip()


def clipped(text: str) -> str:
    """Return text of an article, shortened to what is kept of it."""
    line = clean_line(text)
    return line if len(line) <= _MOST_KEPT else line[: _MOST_KEPT - 1] + "…"


def checked_reference(text: str) -> str:
    """Return the reference as it is kept.

    Raises:
        StateError: it is too long.
    """
    return _within(clean_line(text), MOST_REFERENCE, N_("The reference has {length} characters."))


def checked_note(text: str) -> str:
    """Return a note as it is kept.

    Raises:
        StateError: it is empty or too long.
    """
    clean = clean_text(text)
    if not clean:
        raise StateError(message(N_("The note is empty.")), message(N_("Write a note, or delete it.")))
    return _within(clean, MOST_NOTE, N_("The note has {length} characters."))


def checked_step_note(text: str) -> str:
    """Return the note on a step as it is kept, "" for none.

    Raises:
        StateError: it is too long.
    """
    return _within(clean_text(text), MOST_STEP_NOTE, N_("The note on the step has {length} characters."))


def checked_answer(text: str) -> str:
    """Return the answer to a question as it is kept, "" for none.

    Raises:
        StateError: it is too long.
    """
    return _within(clean_text(text), MOST_ANSWER, N_("The answer has {length} characters."))


def check_count(count: int, most: int, complaint: str) -> None:
    """Make sure that a case does not grow without end.

    Raises:
        StateError: it has more than `most` of something.
    """
    if count > most:
        raise StateError(Message(complaint, {"most": most}), message(N_("Begin a new case.")))


def _within(text: str, most: int, complaint: str) -> str:
    if len(text) > most:
        raise StateError(
            Message(complaint, {"length": len(text)}),
            message(N_("Shorten it to {most} characters."), most=most),
        )
    return text
