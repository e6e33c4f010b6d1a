"""Searching in a real window over a small library; `search.window` measures a large one."""

from __future__ import annotations

from pathlib import Path

from kbviewer.app.paths import data_folders
from tests.benchmarks.search.window import measure_window, print_figures

ARTICLES, QUERIES = 300, 4


def test_search_in_the_window(tmp_path: Path) -> None:
    """Goals: 50 ms from key to list, no turn of the event loop later than 16 ms."""
    figures = measure_window(data_folders().content, ARTICLES, tmp_path, queries=QUERIES)

    print(f"\n{ARTICLES} articles")
    print_figures(figures)
    assert not figures["failed"]
