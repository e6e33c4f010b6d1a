"""Where a translation does not use the glossary's word.

A term in bold is the label of a user interface, which the reader looks for on the screen: only the
glossary's word will do. Elsewhere a synonym of the term will, too, in any of its forms. A term whose id
begins with `ui-` is nothing but a label: in running text, "next" is just a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbviewer.content.glossary import Glossary, Term, Wording
from kbviewer.content.translation.comparison import Pair
from kbviewer.content.translation.units import Unit, UnitKind
from kbviewer.content.translation.workspace import Work
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

_LABEL = re.compile(r"\*\*(.+?)\*\*|\[!UICONTROL ([^\[\]]+)\]|<abbr>(.+?)</abbr>", re.DOTALL)
_LABEL_ID = "ui-"
_SHORTEST_STEM = 4
_LONGEST_ENDING = 2
_PATH = re.compile(r"\s*>\s*")
_MARKUP = re.compile(r"[*_`]|<[^<>]*>|\]\([^()]*\)")


class TermCheck:
    """Knows which words of a language are terms, and what they are called in another.

    Args:
        glossary: of the library.
        source_language: of the originals.
        language: of the translations.
    """

    def __init__(self, glossary: Glossary, source_language: str, language: str) -> None:
        self._language = language
        self._terms: dict[str, Term] = {}
        for term in glossary.terms:
            if source_language in term.wordings and language in term.wordings:
                self._terms.setdefault(_folded(term.wordings[source_language].term), term)
        words = [word for word, term in self._terms.items() if not term.id.startswith(_LABEL_ID)]
        words.sort(key=len, reverse=True)
        alternatives = "|".join(map(re.escape, words))
        self._pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])") if words else None

    def problems(self, work: Work) -> Iterator[Problem]:
        """Yield the terms of an article whose translation says something else."""
        for pair in work.pairs:
            for term in self._wrong(pair):
                yield self._problem(work, pair, term)

    def _wrong(self, pair: Pair) -> Iterator[Term]:
        source, target = pair.source, pair.target
        if not self._terms or source is None or target is None or not target.text:
            return
        if source.kind is UnitKind.CODE:
            return
        said = _folded(_MARKUP.sub("", target.text))
        labels = {word for word in _labels(source) if word in self._terms}
        for word in sorted(labels):
            if _folded(self._terms[word].wordings[self._language].term) not in said:
                yield self._terms[word]
        text = _folded(_MARKUP.sub("", source.text))
        words = self._pattern.findall(text) if self._pattern is not None else []
        for word in sorted(set(words) - labels):
            if not self._says(said, self._terms[word].wordings[self._language]):
                yield self._terms[word]

    @staticmethod
    def _says(said: str, wording: Wording) -> bool:
        return any(_forms(word).search(said) for word in (wording.term, *wording.synonyms))

    def _problem(self, work: Work, pair: Pair, term: Term) -> Problem:
        source, target = pair.source, pair.target
        assert source is not None and target is not None  # noqa: S101 - `_wrong` has looked
        original = work.source.file
        what = message(
            N_("“{term}” in {other}:{line} is “{word}” in the glossary, which is not here"),
            term=term.wordings[original.language].term,
            other=original.source,
            line=source.line,
            word=term.wordings[self._language].term,
        )
        remedy = message(N_("Use the glossary's word, or correct glossary.toml."))
        return Problem(work.target.file.source, target.line, "glossary", what, remedy)


def _labels(unit: Unit) -> Iterator[str]:
    for found in _LABEL.finditer(unit.text):
        yield from (_folded(part) for part in _PATH.split(next(filter(None, found.groups()))))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _forms(term: str) -> re.Pattern[str]:
    """Return what finds a term with any endings: "låser sig" for "låsa sig"."""
    words = [
        re.escape(word[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]) + r"[\w-]*"
        for word in _folded(term).split()
    ]
    return re.compile(" ".join(words))
