"""The desk as the article page asks for it: by the id of the article that is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from kbviewer.model.article import Article
from kbviewer.model.cases import StepOutcome
from kbviewer.ui.case.desk import CaseDesk

ArticleRead = Callable[[], Article | None]


class PageTicks:
    """Done steps; what has failed or was skipped counts as not done."""

    def __init__(self, desk: CaseDesk, article: ArticleRead) -> None:
        self._desk = desk
        self._article = article

    def done(self, article: str) -> frozenset[str]:
        """Return the ids of the done steps."""
        read = self._article()
        return self._desk.done(read) if read is not None and read.id == article else frozenset()

    def set_done(self, article: str, ids: Iterable[str], done: bool) -> object:
        """Keep that the steps are done, or not."""
        read = self._article()
        if read is None or read.id != article:
            return None
        return self._desk.set_outcome(read, ids, StepOutcome.DONE if done else None)

    def clear(self, article: str) -> frozenset[str]:
        """Forget all results of the article and return the steps that had one."""
        read = self._article()
        if read is None or read.id != article:
            return frozenset()
        marked = frozenset(self._desk.marks(read))
        self._desk.clear(read)
        return marked

    def restore(self, article: str, ids: Set[str]) -> object:
        """Bring back what `clear` returned."""
        return self.set_done(article, ids, True)


class PageChoices:
    """The chosen row and column per matrix."""

    def __init__(self, desk: CaseDesk, article: ArticleRead) -> None:
        self._desk = desk
        self._article = article

    def get(self, article: str, key: str) -> tuple[int | None, int | None]:
        """Return the choice."""
        read = self._article()
        return self._desk.get(read, key) if read is not None and read.id == article else (None, None)

    def set(self, article: str, key: str, row: int | None, column: int | None) -> object:
        """Keep the choice."""
        read = self._article()
        return self._desk.set(read, key, row, column) if read is not None and read.id == article else None
