"""Builds the index of a library, or brings it up to date."""

from __future__ import annotations

import json
import os
import shutil
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kbviewer.model.article import Article
from kbviewer.search.alignment import Aligner
from kbviewer.search.analysis import Analyzer
from kbviewer.search.catalogue import describe, parse, read_lines, write_lines
from kbviewer.search.compounds import Splitter, made_of_any
from kbviewer.search.documents import encode_sections, make_variant
from kbviewer.search.index_files import IndexDamagedError, locked, new_generation, sweep, switch_to, verify
from kbviewer.search.inversion import Inversion
from kbviewer.search.languages import LANGUAGES, languages_bit
from kbviewer.search.postings import PostingReader
from kbviewer.search.query_text import words_of
from kbviewer.search.relations import Relations, relate
from kbviewer.search.segment_writer import VariantWriter
from kbviewer.search.stemming import make_stem
from kbviewer.search.titles import Titles
from kbviewer.search.translations import Translations
from kbviewer.search.word_pairs import PairCollector, WordPairs
from kbviewer.search.word_table import WordTable

Progress = Callable[[int, int], None]

_FACTS = "facts.json"
_OWN_FILES = (
    "words.txt",
    "words.npy",
    "relations.npy",
    "titles.npy",
    "pairs.npy",
    "variants.jsonl.z",
    "translations.json",
    _FACTS,
)
# An update adds a segment, and each query reads all segments; from here on a new index is the better one.
_MOST_SEGMENTS = 8
_MOST_CHANGED_SHARE = 0.2
# Of the time that an article takes; the rest is for writing its words.
_READING_SHARE = 0.7


class Articles(Protocol):
    """Where the articles come from."""

    def stamps(self) -> Mapping[str, str]:
        """Return by source path a text that changes when the file does, of every readable variant."""

    def read(self, sources: Iterable[str]) -> Iterator[Article]:
        """Yield the variants with these source paths; one that has become unreadable is left out."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do, and who watches.

    Attributes:
        articles: the library's.
        signature: what the library's state is known by; a changed one means that the index is out of date.
        on_progress: called with the number of articles done and of all.
        cancelled: asked between articles; when it says yes, the old index stays.
    """

    articles: Articles
    signature: str
    on_progress: Progress | None = None
    cancelled: Callable[[], bool] = lambda: False


class _Cancelled(Exception):  # noqa: N818 - not an error
    """Nobody waits for the index any more."""


def build(job: Job, directory: Path) -> bool:
    """Build the index in `directory`, or add to it what has changed; until it is complete, the old one stays.

    Returns:
        Whether the new index is in use; False when it was cancelled.

    Raises:
        IndexLockedError: another process builds it.
        OSError: the folder cannot be written.
    """
    with locked(directory):
        sweep(directory)
        stamps = job.articles.stamps()
        old = _old_generation(directory)
        folder = new_generation(directory)
        try:
            if old is None or not _update(job, old, folder, stamps):
                _build_anew(job, folder, stamps)
            switch_to(directory, folder, job.signature)
        except _Cancelled:
            shutil.rmtree(folder, ignore_errors=True)
            return False
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        sweep(directory)
    return True


def _old_generation(directory: Path) -> Path | None:
    try:
        return verify(directory)[1]
    except IndexDamagedError:
        return None


class _Additions:
    """New variants on their way into a segment."""

    def __init__(self, job: Job, stamps: Mapping[str, str]) -> None:
        self._job = job
        self._stamps = stamps
        self.inversion = Inversion(Analyzer())
        self.pairs = PairCollector()
        self.aligner = Aligner()
        self.lines: list[str] = []
        self._total = 0

    def take(self, writer: VariantWriter, sources: Iterable[str], total: int) -> None:
        """Read the articles and give their texts to `writer`."""
        self._total = total
        self._tell(0)
        for done, article in enumerate(self._job.articles.read(sources), start=1):
            variant = make_variant(article)
            self.inversion.add(variant)
            self.pairs.add(words_of(variant.whole_text()))
            self.aligner.add(variant)
            self.lines.append(describe(variant, self._stamps.get(variant.source, "")))
            writer.add(encode_sections(variant.sections))
            self._tell(_READING_SHARE * done / max(done, total))

    def written(self, share: float) -> None:
        """Tell what share of the words is written."""
        self._tell(_READING_SHARE + (1 - _READING_SHARE) * share)

    def finished(self) -> None:
        """Tell that all is done."""
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        """Report progress, an article counting when its words are written too.

        Raises:
            _Cancelled: nobody waits any more.
        """
        if self._job.on_progress:
            self._job.on_progress(int(share * self._total), self._total)
        if self._job.cancelled():
            raise _Cancelled


def _build_anew(job: Job, folder: Path, stamps: Mapping[str, str]) -> None:
    additions = _Additions(job, stamps)
    with VariantWriter(folder, is_new=True) as writer:
        additions.take(writer, stamps, len(stamps))
        inverted = additions.inversion.invert()
        writer.commit(inverted, additions.written)
    table = WordTable.of(inverted)
    table.save(folder)
    _relate(table, range(len(table.words))).save(folder)
    Titles.of(inverted).save(folder)
    additions.pairs.finish().save(folder)
    additions.aligner.learn().save(folder)
    write_lines(folder, additions.lines)
    _write_facts(folder, average_length=inverted.average_length, segments=1)
    additions.finished()


def _update(job: Job, old: Path, folder: Path, stamps: Mapping[str, str]) -> bool:
    """Add what has changed to a copy of the old index; return whether that was the thing to do."""
    facts = _read_facts(old)
    lines = read_lines(old)
    rows = [parse(line) if line else None for line in lines]
    known = {row.source: row.stamp for row in rows if row}
    changed = [source for source, stamp in stamps.items() if known.get(source) != stamp]
    gone = [
        number
        for number, row in enumerate(rows)
        if row and (row.source not in stamps or stamps[row.source] != row.stamp)
    ]
    small = max(len(changed), len(gone)) <= _MOST_CHANGED_SHARE * max(1, len(known))
    if not small or facts["segments"] >= _MOST_SEGMENTS:
        return False
    _copy(old, folder)
    additions = _Additions(job, stamps)
    with VariantWriter(folder, is_new=False) as writer:
        writer.delete(gone)
        additions.take(writer, changed, len(changed))
        inverted = additions.inversion.invert(facts["average_length"])
        writer.commit(inverted, additions.written)
    before = _remove(old, lines, gone)
    added = WordTable.of(inverted)
    table, own, others = before.merged(added)
    table.save(folder)
    Relations.load(old).joined(own, _relate(table, _to_relate(before, table, own))).save(folder)
    Titles.load(old).joined(own, Titles.of(inverted), others).save(folder)
    WordPairs.load(old).joined(additions.pairs.finish()).save(folder)
    Translations.load(old).save(folder)
    left = set(gone)
    write_lines(folder, [*("" if at in left else line for at, line in enumerate(lines)), *additions.lines])
    _write_facts(folder, average_length=facts["average_length"], segments=facts["segments"] + 1)
    additions.finished()
    return True


def _remove(folder: Path, lines: Sequence[str], gone: Sequence[int]) -> WordTable:
    """Return the words of the index in `folder`, without counting the variants that are gone."""
    inversion = Inversion(Analyzer())
    with PostingReader(folder) as reader:
        for number in gone:
            inversion.add(parse(lines[number]).with_sections(reader.sections(number)))
    removed = inversion.invert()
    table = WordTable.load(folder)
    places = [bisect_left(table.words, word) for word in removed.words]
    table.frequencies[places] -= removed.frequencies
    return table


def _to_relate(before: WordTable, table: WordTable, own: npt.NDArray[np.uint32]) -> Iterator[int]:
    """Yield the words of `table` whose relations an update adds to.

    These are words that are new, or new in a language, and compounds of which a part is new.

    Args:
        before: the words of the old index.
        table: those of the new one.
        own: the new numbers of the old words.
    """
    languages = np.zeros(len(table.words), dtype=np.uint8)
    languages[own] = before.languages
    new = np.flatnonzero((languages == 0) | (languages != table.languages)).tolist()
    yield from new
    parts = {table.words[number] for number in new}
    seen = set(new)
    for number, word in enumerate(table.words):
        if number not in seen and made_of_any(word, parts):
            yield number


def _relate(table: WordTable, numbers: Iterable[int]) -> Relations:
    stems = {name: make_stem(name) for name in LANGUAGES}
    frequencies: dict[str, int] = dict(zip(table.words, table.frequencies.tolist(), strict=True))
    swedish = np.flatnonzero(table.languages & languages_bit("sv")).tolist()
    stem_frequencies: Counter[str] = Counter()
    for number in swedish:
        word = table.words[number]
        if word.isalpha():
            stem_frequencies[stems["sv"](word)] += frequencies[word]

    def frequency(word: str) -> int:
        return frequencies.get(word, 0)

    def in_any_form(word: str) -> int:
        return frequencies.get(word, 0) or stem_frequencies[stems["sv"](word)]

    return relate(table, numbers, stems, Splitter(frequency, in_any_form))


def _copy(old: Path, folder: Path) -> None:
    """Give the new generation the segments of the old one, which never change once they are written."""
    for path in old.iterdir():
        if path.name not in _OWN_FILES:
            try:
                os.link(path, folder / path.name)
            except OSError:
                shutil.copy2(path, folder / path.name)


def _read_facts(folder: Path) -> Any:
    return json.loads((folder / _FACTS).read_text(encoding="utf-8"))


def _write_facts(folder: Path, **facts: float) -> None:
    (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
