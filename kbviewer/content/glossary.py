"""Terms with explanations and synonyms: glossary.toml.

[[term]]
id = "nat"
sv = {term = "NAT", tip = "Network Address Translation: …", synonyms = ["adressöversättning"]}
en = {term = "NAT", tip = "Network Address Translation: …"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbviewer.content.toml_file import load_toml
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, message


@dataclass(frozen=True, slots=True)
class Wording:
    """A term in one language."""

    term: str
    tip: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One concept with its wording per language."""

    id: str
    wordings: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a library; without any when it has no glossary."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """Read a glossary.toml.

        Raises:
            ContentError: the file cannot be read, is no TOML or has a value of another type.
        """
        return cls.from_data(load_toml(path), path.name)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], source: str = "glossary.toml") -> Glossary:
        """Build a glossary from the values of a glossary.toml.

        Raises:
            ContentError: a value has another type than it should.
        """
        try:
            return cls(tuple(_term(entry) for entry in data.get("term", ())))
        except (AttributeError, KeyError, TypeError) as error:
            raise ContentError(
                message(N_("{file}: {reason}"), file=source, reason=error),
                message(N_("Every [[term]] needs an id and a table with a term for each language.")),
            ) from error

    def tips(self, language: str) -> dict[str, str]:
        """Return explanations in `language` by case-folded term; synonyms are explained too."""
        tips: dict[str, str] = {}
        for wording in self._wordings(language):
            if wording.tip:
                tips[wording.term.casefold()] = wording.tip
                for synonym in wording.synonyms:
                    tips.setdefault(synonym.casefold(), wording.tip)
        return tips

    def concepts(self) -> tuple[Mapping[str, Sequence[str]], ...]:
        """Return by language what each term is called, the preferred word first."""
        return tuple(
            {language: (wording.term, *wording.synonyms) for language, wording in term.wordings.items()}
            for term in self.terms
        )

    def _wordings(self, language: str) -> list[Wording]:
        return [term.wordings[language] for term in self.terms if language in term.wordings]


def _term(entry: Any) -> Term:
    wordings = {language: _wording(value) for language, value in entry.items() if isinstance(value, dict)}
    return Term(_text(entry["id"]), wordings)


def _wording(value: Any) -> Wording:
    synonyms = tuple(_text(synonym) for synonym in value.get("synonyms", ()))
    return Wording(_text(value["term"]), _text(value.get("tip", "")), synonyms)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a text")
    return value
