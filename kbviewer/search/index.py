"""Builds the index of a library."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whoosh.index import create_in

from kbviewer.model.article import Article
from kbviewer.search.analysis import STEM_MARK, Analyzer
from kbviewer.search.catalogue import describe, write_catalogue
from kbviewer.search.documents import Variant, make_variant
from kbviewer.search.index_files import locked, new_generation, sweep, switch_to
from kbviewer.search.schema import make_schema
from kbviewer.search.synonyms import SYNONYM_MARK, Groups, Synonyms, no_groups

Progress = Callable[[int, int], None]

_BUFFER_MB = 128


def build(
    articles: Iterable[Article],
    directory: Path,
    *,
    signature: str,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    total: int = 0,
    synonyms: Groups = no_groups,
) -> bool:
    """Build the index of `articles` in `directory`; until it is complete, the old one stays in use.

    Args:
        signature: what the articles are known by; a changed one means that the index is out of date.
        on_progress: called with the number of articles done and of all; the latter is 0 when unknown.
        cancelled: asked between articles; when it says yes, the old index stays.
        total: how many articles there are, when that is known.
        synonyms: gives the groups of words with one meaning in a language.

    Returns:
        Whether the new index is in use.

    Raises:
        IndexLockedError: another process builds it.
        OSError: the folder cannot be written.
    """
    with locked(directory):
        sweep(directory)
        folder = new_generation(directory)
        try:
            done = _fill(articles, folder, on_progress, cancelled or (lambda: False), total, synonyms)
            if done:
                switch_to(directory, folder, signature)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        sweep(directory)
    return done


def _fill(
    articles: Iterable[Article],
    folder: Path,
    on_progress: Progress | None,
    cancelled: Callable[[], bool],
    total: int,
    groups: Groups,
) -> bool:
    index: Any = create_in(str(folder), make_schema())
    writer: Any = index.writer(limitmb=_BUFFER_MB)
    variants: list[dict[str, Any]] = []
    frequencies: Counter[str] = Counter()
    analyzer = Analyzer()
    synonyms = Synonyms(groups, analyzer)
    first = 0
    try:
        for done, article in enumerate(articles, start=1):
            if cancelled():
                writer.cancel()
                return False
            variant = make_variant(article)
            variants.append(describe(variant, first))
            first += _add(writer, variant, analyzer, synonyms, frequencies)
            if on_progress:
                on_progress(done, max(done, total))
        writer.commit()
    except BaseException:
        # The generation is thrown away; what counts is that its files are closed, which Windows insists on.
        with contextlib.suppress(Exception):
            writer.cancel()
        raise
    finally:
        index.close()
    write_catalogue(folder, variants, frequencies)
    for leftover in folder.glob("*_WRITELOCK"):
        leftover.unlink()
    return True


def _add(
    writer: Any, variant: Variant, analyzer: Analyzer, synonyms: Synonyms, frequencies: Counter[str]
) -> int:
    """Add the sections of a variant and return how many there are."""
    for number, section in enumerate(variant.sections):
        said = f"{section.heading}\n{section.text}"
        fields = {"body": analyzer.terms(said, variant.language)}
        if number == 0:
            fields["title"] = analyzer.terms(variant.title, variant.language)
            fields["names"] = analyzer.terms(variant.terms, variant.language)
            said = f"{variant.title}\n{variant.terms}\n{said}"
        found = {term for terms in fields.values() for term in terms}
        unsaid = {
            term for words in synonyms.unsaid(said, variant.language) for term in analyzer.all_terms(words)
        }
        fields["body"] += [SYNONYM_MARK + term for term in sorted(unsaid)]
        found |= unsaid
        frequencies.update(term for term in found if not term.startswith(STEM_MARK))
        kept = {name: terms for name, terms in fields.items() if terms}
        writer.add_document(section=(section.anchor, section.heading, section.text), **kept)
    return len(variant.sections)
