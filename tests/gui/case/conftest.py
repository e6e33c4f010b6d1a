"""A desk over one reader's data and an article in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication

from kbviewer.model.article import Article
from kbviewer.model.errors import KbError
from kbviewer.state.user_state import UserState
from kbviewer.ui.case.desk import CaseDesk
from tests.support.case_article import english, swedish

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Shelf:
    """The articles as they are now; a test may put others there."""

    def __init__(self) -> None:
        self.variants: dict[tuple[str, str], Article] = {}
        self.asked = 0
        self.put(swedish())
        self.put(english())

    def put(self, article: Article) -> Article:
        """Put a variant in the place of the one before."""
        self.variants[article.id, article.language] = article
        return article

    def __call__(self, article_id: str, language: str) -> Article | None:
        self.asked += 1
        return self.variants.get((article_id, language))


@pytest.fixture
def state() -> Iterator[UserState]:
    seconds = count()
    with UserState.in_memory(clock=lambda: NOON + timedelta(seconds=next(seconds))) as state:
        yield state


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def errors() -> list[KbError]:
    return []


@pytest.fixture
def desk(qapp: QApplication, state: UserState, shelf: Shelf, errors: list[KbError]) -> CaseDesk:
    desk = CaseDesk(state, shelf, lambda: "sv")
    desk.failed.connect(errors.append)
    return desk
