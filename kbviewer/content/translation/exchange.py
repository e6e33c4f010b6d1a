"""An article as a PO file, and what a translator has written in one back into the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.translation.comparison import Pair, TextState
from kbviewer.content.translation.inserting import insert_texts
from kbviewer.content.translation.lock_file import Accepted, TranslationLock
from kbviewer.content.translation.markup_check import MarkupCheck
from kbviewer.content.translation.new_variant import new_variant
from kbviewer.content.translation.po_file import PoEntry, PoFile
from kbviewer.content.translation.replacing import Refusal, replace_texts, tidied
from kbviewer.content.translation.units import Unit, UnitKind
from kbviewer.content.translation.workspace import Draft, Work
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message

_KINDS: Final = {
    UnitKind.FRONT: "front matter",
    UnitKind.HEADING: "heading",
    UnitKind.PARAGRAPH: "paragraph",
    UnitKind.STEP: "step",
    UnitKind.PROCEDURE: "title of a procedure",
    UnitKind.QUESTION: "question",
    UnitKind.CELL: "cell of a table",
    UnitKind.FIGURE: "description of a picture",
    UnitKind.HTML: "HTML; keep the tags",
    UnitKind.CODE: "code; usually the same in every language",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import makes of one article.

    Attributes:
        target: the variant as its file will be.
        lock: what is accepted then.
        changed: how many texts are new.
        fuzzy: how many entries were left alone because a translator still has to look at them.
        empty: how many have no translation.
        gone: how many belong to what the original no longer has.
        problems: what keeps it from being written; with the lines of the PO file.
    """

    target: Draft | None
    lock: TranslationLock | None
    changed: int = 0
    fuzzy: int = 0
    empty: int = 0
    gone: int = 0
    problems: tuple[Problem, ...] = ()


def export_article(source: Draft, language: str, pairs: Sequence[Pair]) -> PoFile:
    """Return the texts of an original with what there is of their translation."""
    entries = tuple(_entry(source, pair) for pair in pairs if pair.source is not None)
    return PoFile(language, source.file.language, entries)


def context_of(entry_id: str, key: str) -> str:
    """Return the `msgctxt` of a text."""
    return f"{entry_id}#{key}"


def split_context(context: str) -> tuple[str, str]:
    """Return article and key of a `msgctxt`."""
    entry_id, _, key = context.partition("#")
    return entry_id, key


def _entry(source: Draft, pair: Pair) -> PoEntry:
    unit, target = pair.source, pair.target
    assert unit is not None  # noqa: S101 - the caller has looked
    is_stale = pair.state is TextState.STALE
    section = f"under “{unit.section}”" if unit.section and unit.section != unit.text else ""
    return PoEntry(
        context=context_of(source.file.entry_id, unit.key),
        source=unit.text,
        translation=target.text if target is not None else "",
        is_fuzzy=is_stale,
        previous=pair.accepted if is_stale else "",
        comments=(", ".join(filter(None, (_KINDS[unit.kind], section))),),
        place=f"{source.file.source.replace(' ', '%20')}:{unit.line}",
    )


def import_article(
    source: Draft,
    work: Work | None,
    entries: Sequence[PoEntry],
    name: str,
    created: ArticleFile | None = None,
) -> Imported:
    """Return what becomes of an article when a translator's texts are taken in. Nothing is written.

    Args:
        source: the original as it is now.
        work: what there is of the translation, None when the article has none.
        entries: those of the PO file that belong to the article.
        name: of the PO file, for problems.
        created: the file to begin where there is no translation.
    """
    importer = _Importer(source, name)
    texts = importer.take(entries, work)
    if importer.problems:
        return importer.result(None, None)
    if work is not None:
        return importer.into(work, texts)
    return importer.anew(created, texts)


class _Importer:
    """One import of one article."""

    def __init__(self, source: Draft, name: str) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._name = name
        self._check = MarkupCheck(source.text.definitions)
        self._by_key = {unit.key: unit for unit in source.text.units if unit.text}
        self._by_text: dict[str, list[Unit]] = {}
        for unit in self._by_key.values():
            self._by_text.setdefault(unit.text, []).append(unit)
        self._lines: dict[str, int] = {}
        self._seen: dict[str, str] = {}
        self._counts = {"changed": 0, "fuzzy": 0, "empty": 0, "gone": 0}

    def take(self, entries: Sequence[PoEntry], work: Work | None) -> dict[str, str]:
        """Return by key of the original what its texts are to be; problems say what cannot be taken."""
        current = {pair.key: pair.target.text for pair in work.pairs if pair.target} if work else {}
        texts: dict[str, str] = {}
        for entry in entries:
            unit = self._meant(entry)
            if unit is None or entry.is_fuzzy or not entry.translation.strip():
                what = "gone" if unit is None else "fuzzy" if entry.is_fuzzy else "empty"
                self._counts[what] += 1
                continue
            # What stands there already is nobody's news, whatever it looks like.
            is_kept = entry.translation == current.get(unit.key)
            text = entry.translation if is_kept else tidied(unit.kind, entry.translation)
            self._lines[unit.key] = entry.line
            self._seen[unit.key] = entry.source
            if text != current.get(unit.key):
                self._counts["changed"] += 1
                for reason in self._check.differences(unit.kind, entry.source, text):
                    self._complain(unit.key, reason)
            texts[unit.key] = text
        return texts

    def _meant(self, entry: PoEntry) -> Unit | None:
        """Return the text of the original that an entry translates: it may have moved or changed since."""
        unit = self._by_key.get(split_context(entry.context)[1])
        if unit is not None and unit.text == entry.source:
            return unit
        same = self._by_text.get(entry.source, ())
        return same[0] if len(same) == 1 else unit

    def into(self, work: Work, texts: Mapping[str, str]) -> Imported:
        """Return the translation with the texts in it."""
        order = {unit.key: index for index, unit in enumerate(work.target.text.units)}
        there = {pair.source.key: pair.target for pair in work.pairs if pair.source and pair.target}
        wanted = {
            there[key].key: text for key, text in texts.items() if key in there and there[key].text != text
        }
        replaced = replace_texts(work.target, wanted)
        if isinstance(replaced, Refusal):
            origin = next((key for key, unit in there.items() if unit.key == replaced.key), "")
            self._complain(origin or next(iter(texts), ""), replaced.reason)
            return self.result(None, None)
        places = {key: order[unit.key] for key, unit in there.items()}
        target = insert_texts(self._source, replaced, places, texts)
        if isinstance(target, Refusal):
            self._complain(target.key, target.reason)
            return self.result(None, None)
        before = {pair.key: pair.accepted for pair in work.pairs if pair.source is not None}
        return self.result(target, self._lock(target, places, before))

    def anew(self, file: ArticleFile | None, texts: Mapping[str, str]) -> Imported:
        """Return a new variant; it takes all texts, or the reader would see the original's among them."""
        if file is None:
            where = message(N_("the names of the library's files do not tell where the translation belongs"))
            self._complain("", where)
            return self.result(None, None)
        lacking = [key for key in self._by_key if key not in texts]
        if lacking:
            what = N_("a new article needs all of its texts; {count} have none yet, the first is “{key}”")
            self._complain(lacking[0], message(what, count=len(lacking), key=lacking[0]))
            return self.result(None, None)
        translated = replace_texts(self._source, texts)
        if isinstance(translated, Refusal):
            self._complain(translated.key, translated.reason)
            return self.result(None, None)
        target = new_variant(translated, file)
        places = {unit.key: index for index, unit in enumerate(self._source.text.units) if unit.text}
        return self.result(target, self._lock(target, places, {}))

    def _lock(self, target: Draft, places: Mapping[str, int], before: Mapping[str, str]) -> TranslationLock:
        """Return what is accepted now: what the translator saw, else what was accepted before."""
        accepted = []
        for key in self._by_key:
            text = self._seen.get(key) or before.get(key, "")
            if text and key in places:
                unit = target.text.units[places[key]]
                accepted.append(Accepted(key, text, unit.key, unit.digest))
        return TranslationLock(self._source.file.language, tuple(accepted))

    def _complain(self, key: str, reason: Message) -> None:
        what = message(N_("“{key}”: {reason}"), key=key, reason=reason) if key else reason
        remedy = message(N_("Correct the translation and import the file again; nothing was changed."))
        self.problems.append(Problem(self._name, self._lines.get(key, 1), "translation", what, remedy))

    def result(self, target: Draft | None, lock: TranslationLock | None) -> Imported:
        """Return what has come of it."""
        return Imported(target, lock, problems=tuple(self.problems), **self._counts)
