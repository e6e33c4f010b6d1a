"""The one exception tree. Each error says what is wrong, where, and what to do about it."""

from __future__ import annotations

from kbviewer.model.messages import Gettext, Message


class KbError(Exception):
    """Base of every error that the program raises on purpose; caught only at a seam.

    Attributes:
        what: what is wrong and where.
        remedy: the one next step, or None when there is none.
    """

    def __init__(self, what: Message, remedy: Message | None = None) -> None:
        super().__init__(str(what))
        self.what = what
        self.remedy = remedy

    def render(self, gettext: Gettext) -> str:
        """Return "what" and "remedy" as text for the reader."""
        parts = [self.what, self.remedy] if self.remedy else [self.what]
        return " ".join(part.render(gettext) for part in parts)

    def __str__(self) -> str:
        return self.render(lambda text: text)


class ModelError(KbError):
    """A value contradicts the model, for example a matrix that is not rows x columns."""


class ContentError(KbError):
    """A file of a library cannot be read as an article."""


class PackError(KbError):
    """A pack cannot be read, built or installed."""


class UpdateFileError(PackError):
    """What should be a pack is a file of updates."""


class UpdateError(KbError):
    """Updates cannot be fetched, are not to be trusted, or cannot be installed; what is there stays."""


class MissingFileError(UpdateError):
    """A source does not have a file."""


class PackFileError(UpdateError):
    """What should be a source of updates is a pack."""


class UntrustedSourceError(UpdateError):
    """Nobody has said yet that the keys of a source are to be trusted.

    Attributes:
        fingerprint: of its first keys, to be compared with what the publisher has told.
    """

    def __init__(self, what: Message, remedy: Message | None = None, *, fingerprint: str = "") -> None:
        super().__init__(what, remedy)
        self.fingerprint = fingerprint


class StaleSourceError(UpdateError):
    """What a source has signed has expired: installing it needs an explicit yes."""


class UpdateCancelledError(UpdateError):
    """The reader has stopped an update; what was fetched is kept for the next time."""


class ArticleNotFoundError(KbError):
    """No open library has the article that was asked for."""


class CaseNotFoundError(KbError):
    """There is no case with the id that was asked for."""


class SearchError(KbError):
    """The search cannot answer: no index, a dead search process, or a query over the limits."""


class StateError(KbError):
    """The reader's own data cannot be read or written."""


class ChangedSinceError(StateError):
    """A change cannot be undone, because the same has been changed since."""


class CaseClosedError(StateError):
    """A closed case can only be reopened or deleted."""


class UsageError(KbError):
    """The command line was used wrongly; exit code 2."""


class PrintError(KbError):
    """An article cannot be printed, or written as PDF."""


class PolicyError(KbError):
    """This computer's administrator does not allow what was asked for."""


class ShareError(KbError):
    """What lies on a share cannot be copied: it does not answer, is not there, or there is no room."""


class CopyingError(ShareError):
    """What lies on a share is being copied for the first time: no fault, but there is nothing to read yet."""
