"""What a library says about itself: pack.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kbviewer.content.toml_file import load_toml
from kbviewer.model.errors import ContentError
from kbviewer.model.library import fold_reference
from kbviewer.model.messages import N_, message

Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Name, origin and lists of a library.

    Attributes:
        id: name for machines.
        languages: BCP 47 tags, preferred first.
        day: of publication, None when unknown.
        titles: the library's title per language.
        topics: titles per language by topic key, in the order of the file.
        absent: titles per language of articles that the library knowingly lacks, by folded reference.
    """

    id: str
    version: str = ""
    languages: tuple[str, ...] = ()
    publisher: str = ""
    day: date | None = None
    license: str = ""
    titles: Titles = field(default_factory=dict)
    topics: Mapping[str, Titles] = field(default_factory=dict)
    absent: Mapping[str, Titles] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Pack:
        """Read a pack.toml.

        Raises:
            ContentError: the file cannot be read, is no TOML or has a value of another type.
        """
        return cls.from_data(load_toml(path), path.name)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], source: str = "pack.toml") -> Pack:
        """Build a pack from the values of a pack.toml (`date` as TOML date or as ISO text).

        Raises:
            ContentError: a value has another type than it should.
        """
        try:
            return cls(
                id=_text(data.get("id", "")),
                version=_text(data.get("version", "")),
                languages=tuple(_text(tag) for tag in data.get("languages", ())),
                publisher=_text(data.get("publisher", "")),
                day=_day(data.get("date")),
                license=_text(data.get("license", "")),
                titles=_titles(data.get("title", {})),
                topics={key: _titles(titles) for key, titles in data.get("topics", {}).items()},
                absent={
                    fold_reference(_text(work["id"])): _titles(work["title"])
                    for work in data.get("absent", ())
                },
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ContentError(
                message(N_("{file}: {reason}"), file=source, reason=error),
                message(N_("Compare it with the pack.toml of the sample articles.")),
            ) from error

    def to_data(self) -> dict[str, Any]:
        """Return what `from_data` understands, as plain JSON values."""
        return {
            "id": self.id,
            "version": self.version,
            "languages": list(self.languages),
            "publisher": self.publisher,
            "date": self.day.isoformat() if self.day else None,
            "license": self.license,
            "title": dict(self.titles),
            "topics": {key: dict(titles) for key, titles in self.topics.items()},
            "absent": [{"id": key, "title": dict(titles)} for key, titles in self.absent.items()],
        }

    def title(self, language: str) -> str:
        """Return the library's title in `language`, else in any, else its id."""
        return pick(self.titles, language) or self.id

    def topic_title(self, topic: str, language: str) -> str:
        """Return the topic's title in `language`, else in any, else the key."""
        return pick(self.topics.get(topic, {}), language) or topic

    def absent_title(self, reference: str, language: str) -> str:
        """Return the title of an article that the library knowingly lacks, "" when it is unknown."""
        return pick(self.absent.get(fold_reference(reference), {}), language)


def pick(titles: Titles, language: str) -> str:
    """Return the text in `language`, else in whichever language comes first, else ""."""
    return titles.get(language) or next((text for text in titles.values() if text), "")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a text")
    return value


def _titles(value: Any) -> Titles:
    return {_text(language): _text(text) for language, text in value.items()}


def _day(value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    return date.fromisoformat(_text(value))
