"""Reads a folder of real documentation: time per article, problems by kind, and words that were lost.

The folder is the argument, else the variable KBVIEWER_CORPUS, else `shared/corpora/commerce-kb` beside the
checkout. A word counts as lost when the article has it nowhere.
"""

from __future__ import annotations

import html
import os
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.model.blocks import Code, Figure, StepList, block_runs, walk
from kbviewer.model.errors import ContentError
from kbviewer.model.inline import plain_text

# What is not text: front matter, comments, addresses, labels, fences, attributes, tags, list numbers.
_INVISIBLE = [
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"(?<=\])\((?:[^()\s]|\([^()]*\))*\)"),
    re.compile(r"\[!(?:DNL|UICONTROL|NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO)\b"),
    re.compile(r"^[ >]*```.*$", re.MULTILINE),
    re.compile(r"\{(?:#|width=|align=|zoomable=)[^}]*\}"),
    re.compile(
        r"</?(?:[abpu]|t[drh]|table|thead|tbody|[uo]l|li|strong|su[bp]|code|pre|br|div|span|em)\b[^<>]*>"
    ),
    re.compile(r"^[ >]*\d+[.)] ", re.MULTILINE),
]
_WORD = re.compile(r"[^\W_]+")


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
        lost = _words(_visible(text)) - _words(_shown(result.article))
        if lost:
            sys.stdout.write(f"{source}: {dict(lost)}\n")
    if times:
        mean, median = statistics.fmean(times), statistics.median(times)
        sys.stdout.write(
            f"{len(times)} articles, mean {mean:.1f} ms, median {median:.1f} ms, most {max(times):.0f} ms\n"
        )
        sys.stdout.write(f"problems: {dict(kinds)}\n")


def _visible(text: str) -> str:
    """Return roughly what a reader of the Markdown should see."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    for pattern in _INVISIBLE:
        text = pattern.sub(" ", text)
    return re.sub("[\u200b\ufeff]", "", html.unescape(text))


def _shown(article: Article) -> str:
    """Return all text of an article."""
    parts = [article.title]
    for block in walk(article.blocks):
        # Once joined, once apart: the cells of a table follow each other without a blank.
        parts += [plain_text(block_runs(block)), *(run.text for run in block_runs(block))]
        if isinstance(block, Code):
            parts.append(block.text)
        elif isinstance(block, Figure):
            parts.append(block.alt)
        elif isinstance(block, StepList):
            parts += [plain_text(step.runs) for step in block.steps]
    return "\n".join(parts)


def _words(text: str) -> Counter[str]:
    """Return the words of a text."""
    return Counter(set(_WORD.findall(text)))


if __name__ == "__main__":
    main()
