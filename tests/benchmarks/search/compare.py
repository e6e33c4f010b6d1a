"""Our search beside SQLite FTS5, Xapian and tantivy: one corpus, one run, each query asked of all in turn.

    .venv/bin/python -m pip install tantivy
    apt-get install python3-xapian
    python3 dev.py bench search --articles 10000

The first two lines are for the rivals, which are no dependencies of the program; one that is missing is named
in the output. The corpus is the folder of `--corpus`, else of the variable KBVIEWER_CORPUS, else
`shared/corpora/commerce-kb` beside the checkout. "first" are the wall times of the first round, "again" each
query's median in the others, "CPU" the same of the process's CPU time; milliseconds throughout.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from kbviewer.model.article import Article
from tests.benchmarks.search.corpus import Corpus, Plain, make_corpus, plain, words_of
from tests.benchmarks.search.measure import (
    Engine,
    Stopwatch,
    Untimed,
    measure,
    print_ratios,
    print_times,
)
from tests.benchmarks.search.ours import Kbviewer
from tests.benchmarks.search.queries import all_keystrokes, phrase_queries, typed_queries
from tests.benchmarks.search.rivals import Rivals, open_rivals

CHANGED = 26
"""So many of 2,461 articles differed between two releases of a real library, eight weeks apart."""


class OurEngine(Engine, Protocol):
    """Our engine as this comparison drives it."""

    def build(self, articles: Iterable[Article]) -> None:
        """Index `articles` and open the index."""

    def update(self, articles: Sequence[Article]) -> None:
        """Index `articles` again; the open index goes on answering as it was."""


def our_engine(folder: Path) -> OurEngine | None:
    """Return our engine with its index in `folder`."""
    return Kbviewer(folder)


def main() -> None:
    """Measure at each size that is asked for."""
    arguments = _parse_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        for count in arguments.scale or [arguments.articles]:
            corpus = make_corpus(arguments.corpus, count, Path(folder, "cache"))
            compare(corpus, Path(folder, str(count)), arguments.rounds, ours_only=arguments.ours_only)


def compare(corpus: Corpus, folder: Path, rounds: int, *, ours_only: bool = False) -> None:
    """Build every engine over `corpus` below `folder`, ask them all, and print the tables."""
    # The rivals get a list, because tantivy works on in another thread while the next articles are made.
    documents = [] if ours_only else [plain(article) for article in corpus]
    _print_size(corpus, documents)
    engines: list[Engine] = []
    place = folder / "ours"
    place.mkdir(parents=True)
    ours = our_engine(place)
    if ours is not None:
        articles, watch = Untimed(corpus), Stopwatch()
        ours.build(articles)
        wall, cpu = watch.read_ms()
        _print_build(ours.name, len(corpus), wall - articles.wall_ms, cpu - articles.cpu_ms, place)
        engines.append(ours)
    rivals = Rivals() if ours_only else open_rivals(folder)
    for place, rival in rivals.present.items():
        watch = Stopwatch()
        rival.build(documents)
        _print_build(rival.name, len(corpus), *watch.read_ms(), place)
        engines.append(rival)
    for name, remedy in rivals.absent.items():
        print(f"{name}: not installed; to compare with it: {remedy}")
    documents.clear()
    typed, phrases = typed_queries(corpus), phrase_queries(corpus)
    keys = all_keystrokes(typed)
    for title, queries in (("key", keys), ("full query", typed), ("phrase", phrases)):
        samples = measure(engines, queries, rounds)
        print()
        print_times(f"each {title} ({len(queries)})", samples)
        print_ratios(f"each {title}", samples)
    for rival in rivals.present.values():
        rival.close()
    if ours is not None:
        changed = [corpus.article(number) for number in range(0, len(corpus), len(corpus) // CHANGED)][
            :CHANGED
        ]
        watch = Stopwatch()
        ours.update(changed)
        wall, cpu = watch.read_ms()
        print(f"\n{ours.name}, {CHANGED} articles changed: {wall:.0f} ms wall, {cpu:.0f} ms CPU")


def _print_size(corpus: Corpus, documents: Sequence[Plain]) -> None:
    print(f"\n{len(corpus)} articles")
    if documents:
        size = sum(len(document.text) for document in documents) / 1e6
        words = {word for document in documents for word in words_of(f"{document.title}\n{document.text}")}
        print(f"{size:.1f} million characters, {len(words)} different words")


def _print_build(name: str, count: int, wall_ms: float, cpu_ms: float, folder: Path) -> None:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{name}: {1000 * count / wall_ms:.0f} articles/s, {wall_ms / 1000:.1f} s wall, "
        f"{cpu_ms / 1000:.1f} s CPU, index {size:.1f} MB"
    )


def _parse_arguments() -> argparse.Namespace:
    beside = Path(__file__).parents[4] / "shared" / "corpora" / "commerce-kb"
    parser = argparse.ArgumentParser(description="Compare search engines on one corpus.")
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("KBVIEWER_CORPUS", beside)))
    parser.add_argument("--articles", type=int, default=10_000, help="size of the corpus (10000)")
    parser.add_argument("--scale", type=int, nargs="+", metavar="N", help="sizes to measure one by one")
    parser.add_argument("--rounds", type=int, default=3, help="how often each query is asked (3)")
    parser.add_argument("--ours-only", action="store_true", help="leave the rivals out")
    parser.add_argument("--folder", type=Path, help="where the indexes are kept while it runs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
