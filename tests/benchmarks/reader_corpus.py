"""Reads a folder of real documentation: time per article, problems by kind, and words that were lost.

The folder is the argument, else the variable KBVIEWER_CORPUS, else `shared/corpora/commerce-kb` beside the
checkout.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from kbviewer.content.reader import read_article
from kbviewer.model.errors import ContentError
from tests.support.source_words import lost_words


def main() -> None:
    """Print the figures."""
    beside = Path(__file__).parents[3] / "shared" / "corpora" / "commerce-kb"
    root = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KBVIEWER_CORPUS", beside))
    times: list[float] = []
    kinds: Counter[str] = Counter()
    for path in sorted(root.rglob("*.md")):
        source, text = path.relative_to(root).as_posix(), path.read_text("utf-8")
        start = time.perf_counter()
        try:
            result = read_article(text, article_id=path.stem, source=source)
        except ContentError as error:
            sys.stdout.write(f"refused: {error}\n")
            continue
        times.append(1000 * (time.perf_counter() - start))
        kinds.update(problem.kind for problem in result.problems)
        lost = lost_words(text, result.article)
        if lost:
            sys.stdout.write(f"{source}: {dict(lost)}\n")
    if times:
        mean, median = statistics.fmean(times), statistics.median(times)
        sys.stdout.write(
            f"{len(times)} articles, mean {mean:.1f} ms, median {median:.1f} ms, most {max(times):.0f} ms\n"
        )
        sys.stdout.write(f"problems: {dict(kinds)}\n")


if __name__ == "__main__":
    main()
