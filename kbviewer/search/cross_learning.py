"""Learns translations from libraries that hold the two languages of the same articles apart."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from kbviewer.search.alignment import Aligner
from kbviewer.search.documents import Variant
from kbviewer.search.languages import LANGUAGES, primary
from kbviewer.search.shard import Shard
from kbviewer.search.translations import Translations

# So many articles teach what there is to learn; more would only take longer.
_MOST_ARTICLES = 3000
_PAIR = "pair-"


def learn_across(shards: Sequence[Shard], cache_dir: Path) -> list[Translations]:
    """Return the translations that pairs of indexes teach; kept in `cache_dir` until one of them changes."""
    learned = []
    used = set()
    for one, other in combinations(shards, 2):
        articles = _common(one, other)
        if articles:
            folder = cache_dir / f"{_PAIR}{_name(one, other)}"
            used.add(folder)
            learned.append(_kept(folder) or _learn(one, other, articles, folder))
    if len(shards) > 1:
        for folder in cache_dir.glob(f"{_PAIR}*"):
            if folder not in used:
                shutil.rmtree(folder, ignore_errors=True)
    return learned


def _common(one: Shard, other: Shard) -> list[str]:
    articles = [article for article in one.catalogue.article_names() if other.catalogue.variants_of(article)]
    step = max(1, len(articles) // _MOST_ARTICLES)
    return articles[::step]


def _learn(one: Shard, other: Shard, articles: Sequence[str], folder: Path) -> Translations:
    aligner = Aligner()
    for article in articles:
        texts = {primary(variant.language): variant for variant in _variants(other, article)}
        texts |= {primary(variant.language): variant for variant in _variants(one, article)}
        if texts.keys() >= set(LANGUAGES):
            aligner.pair(texts["sv"], texts["en"])
    translations = aligner.learn()
    # A cache folder that cannot be written costs a second at the next start, nothing else.
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        translations.save(folder)
    return translations


def _kept(folder: Path) -> Translations | None:
    try:
        return Translations.load(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _variants(shard: Shard, article: str) -> Iterator[Variant]:
    for number in shard.catalogue.variants_of(article):
        yield shard.catalogue.variant(number).with_sections(shard.reader.sections(number))


def _name(one: Shard, other: Shard) -> str:
    text = "\n".join((one.library, one.signature, other.library, other.signature))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
