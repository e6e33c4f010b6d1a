"""Real documentation as it is: nothing of it may be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.check import check_path
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_files import read_text
from tests.support.corpora import COMMERCE_KB, needs_commerce_kb
from tests.support.source_words import lost_words

_UNDERSTOOD = 0.995


@needs_commerce_kb
@pytest.mark.parametrize("tree", ["en", "sv-SE"])
def test_the_words_of_the_files_are_the_words_of_the_articles(tree: str) -> None:
    """Every article of a tree, so that no paragraph, cell or item goes missing."""
    root = COMMERCE_KB / tree
    library = FolderLibrary(root)
    lost = {}
    articles = list(library.all_articles())
    for article in articles:
        text = read_text(root / article.source, article.source)
        assert isinstance(text, str)
        words = lost_words(text, article)
        if words:
            lost[article.source] = words

    assert lost == {}
    assert len(articles) > 200
    assert library.problems() == ()


@needs_commerce_kb
@pytest.mark.parametrize("tree", ["en", "sv-SE", "."])
def test_real_trees_are_understood(tree: str) -> None:
    report = check_path(COMMERCE_KB / tree)

    assert report.understood >= _UNDERSTOOD
    assert not any(problem.blocking for problem in report.problems)


def test_the_comparison_finds_what_is_lost(tmp_path: Path) -> None:
    """The measure itself: a paragraph that the article lacks is found by its words."""
    text = "# Title\n\nKept words.\n\nGone paragraph.\n"
    (tmp_path / "a.md").write_text("# Title\n\nKept words.\n", encoding="utf-8")
    (article,) = FolderLibrary(tmp_path).all_articles()

    assert lost_words(text, article) == {"gone": 1, "paragraph": 1}
