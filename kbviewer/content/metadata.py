"""What front matter says about an article, in the model's terms.

The names of CONTRIBUTING.md come first; those of docfx and Experience League fill the gaps.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar

from kbviewer.content.front_matter import FrontMatter
from kbviewer.content.problem_log import ProblemLog
from kbviewer.content.unmarked import unmarked
from kbviewer.model.article import (
    ArticleState,
    HelpOffer,
    Part,
    SupportEnd,
    Translation,
    TranslationMethod,
)
from kbviewer.model.messages import N_, message

_TAG = re.compile(r"<[^<>]*>")
_LEADING_ICON = re.compile(r"^[^\w(\[\"'.]+")
_PERCENT = re.compile(r"(\d{1,3})\s*%?")
_MACHINE_BELOW_PERCENT = 50
_HT_NAMES = {"ht": TranslationMethod.HUMAN, "mt": TranslationMethod.MACHINE}

_Choice = TypeVar("_Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an Article that front matter decides. See `Article` for their meaning."""

    title: str
    language: str
    uid: str
    aliases: tuple[str, ...]
    description: str
    state: ArticleState
    applies_to: tuple[str, ...] | None
    keywords: tuple[str, ...]
    last_reviewed: datetime | None
    revision: str
    translation: Translation | None
    part: Part | None
    support_end: SupportEnd | None
    help_offer: HelpOffer | None
    topic: str
    redirect: str = ""
    is_language_stated: bool = True


def read_metadata(front: FrontMatter, log: ProblemLog, *, language: str) -> Metadata:
    """Return the metadata; values that make no sense become problems and are left out."""
    return _MetadataReader(front, log).read(language)


class _MetadataReader:
    """Looks keys up and complains about what it finds there."""

    def __init__(self, front: FrontMatter, log: ProblemLog) -> None:
        self._values = front.values
        self._lines = front.lines
        self._log = log

    def read(self, fallback_language: str) -> Metadata:
        """Return everything."""
        stated = self._text("lang") or self._text("locale") or self._text("ms.locale")
        language = stated or fallback_language or "und"
        return Metadata(
            title=unmarked(self._text("title")),
            language=language,
            uid=self._text("uid") or self._text("exl-id"),
            aliases=self._strings("kb.aliases") or (),
            description=unmarked(self._text("description")),
            state=self._choice("kb.state", ArticleState, ArticleState.CURRENT),
            applies_to=self._products(),
            keywords=self._strings("keywords") or (),
            last_reviewed=self._moment("kb.reviewed") or self._moment("ms.date"),
            revision=self._text("kb.revision"),
            translation=self._translation(language),
            part=self._part(),
            support_end=self._support_end(),
            help_offer=self._help_offer(),
            topic=self._text("kb.topic"),
            redirect=self._text("redirect_url"),
            is_language_stated=bool(stated),
        )

    def _reject(self, key: str, value: object, expected: str) -> None:
        """Note that the value of `key` is not what it should be."""
        self._log.add(
            "front-matter",
            self._lines.get(key, 1),
            message(N_("'{key}' has the value '{value}'"), key=key, value=str(value)[:80]),
            message(N_("Write {expected}, or leave the key out."), expected=message(expected)),
        )

    def _text(self, key: str) -> str:
        """Return a single value as text, "" when there is none."""
        value = self._values.get(key)
        if value is None:
            return ""
        if isinstance(value, (list, dict)):
            self._reject(key, value, N_("a text"))
            return ""
        return _plain(value)

    def _strings(self, key: str) -> tuple[str, ...] | None:
        """Return a list, or the parts of a text with commas; None when there is none."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            self._reject(key, value, N_("a list"))
            return None
        items: Iterable[object] = value if isinstance(value, list) else str(value).split(",")
        texts = [_plain(item) for item in items if item is not None and not isinstance(item, (list, dict))]
        return tuple(dict.fromkeys(text for text in texts if text))

    def _products(self) -> tuple[str, ...] | None:
        """Return the products; docfx writes them with icons, links or addresses around."""
        for key in ("appliesto", "product"):
            names = [_LEADING_ICON.sub("", _TAG.sub("", name)).strip() for name in self._strings(key) or ()]
            known = tuple(dict.fromkeys(name for name in names if name))
            if known:
                return known
        return None

    def _choice(self, key: str, kind: type[_Choice], default: _Choice) -> _Choice:
        """Return one of an enum's values."""
        value = self._values.get(key)
        if value is None:
            return default
        return self._member(key, value, kind) or default

    def _member(self, key: str, value: object, kind: type[_Choice]) -> _Choice | None:
        """Return the member that `value` names, None after a complaint."""
        try:
            return kind(str(value).strip().casefold())
        except ValueError:
            names = ", ".join(str(member.value) for member in kind)
            self._log.add(
                "front-matter",
                self._lines.get(key, 1),
                message(N_("'{key}' has the value '{value}'"), key=key, value=str(value)[:80]),
                message(N_("Write one of: {names}."), names=names),
            )
            return None

    def _moment(self, key: str) -> datetime | None:
        """Return a date and time as stated, without its zone."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        moment = _moment(value)
        if moment is None:
            self._reject(key, value, N_("a date such as 2005-08-05, without quotation marks"))
        return moment

    def _mapping(self, key: str) -> Mapping[str, object]:
        """Return a nested mapping, empty when there is none."""
        value = self._values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._reject(key, value, N_("keys and values in braces"))
            return {}
        return {str(name): item for name, item in value.items()}

    def _part(self) -> Part | None:
        """Return the place in a guide."""
        values = self._mapping("kb.part")
        if not values:
            return None
        number, titles = values.get("number"), values.get("parts", [])
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            self._reject("kb.part", number, N_("a number from 1 under 'number'"))
            return None
        if not isinstance(titles, list):
            self._reject("kb.part", titles, N_("a list of titles under 'parts'"))
            titles = []
        return Part(
            guide=_plain(values.get("guide", "")),
            title=_plain(values.get("title", "")),
            number=number,
            titles=tuple(_plain(title) for title in titles),
        )

    def _support_end(self) -> SupportEnd | None:
        """Return the end of support."""
        values = self._mapping("kb.support_end")
        if not values:
            return None
        moment = _moment(values.get("date"))
        if moment is None:
            self._reject("kb.support_end", values.get("date"), N_("a day such as 2014-04-08 under 'date'"))
            return None
        return SupportEnd(_plain(values.get("product", "")), moment.date())

    def _help_offer(self) -> HelpOffer | None:
        """Return where to get help. Only addresses of the web are offered."""
        values = self._mapping("kb.help")
        if not values:
            return None
        address = _plain(values.get("url", ""))
        if not re.match(r"https?://[^\s/]|mailto:\S", address, re.IGNORECASE):
            self._reject("kb.help", address, N_("an https address under 'url'"))
            return None
        return HelpOffer(_plain(values.get("label", "")) or address, address)

    def _translation(self, language: str) -> Translation | None:
        """Return the provenance, also from the keys of docfx and Experience League."""
        values = self._mapping("translation")
        if values:
            method = self._member("translation", values.get("method", ""), TranslationMethod)
            return Translation(
                source_language=_plain(values.get("from", "")),
                method=method or TranslationMethod.HUMAN,
                revision=_plain(values.get("revision", "")),
                by=_plain(values.get("by", "")),
                origin=_plain(values.get("origin", "")),
                note=_plain(values.get("note", "")),
            )
        learned = self._translation_method()
        if learned is None or language.casefold().startswith("en"):
            return None
        # Both systems write in English and translate from it.
        return Translation("en", learned)

    def _translation_method(self) -> TranslationMethod | None:
        """Return the method that `ms.translationtype` or `ht-degree` states."""
        named = _HT_NAMES.get(self._text("ms.translationtype").casefold())
        if named is not None:
            return named
        degree = _PERCENT.fullmatch(self._text("ht-degree"))
        if degree is None:
            return None
        human = int(degree.group(1)) >= _MACHINE_BELOW_PERCENT
        return TranslationMethod.HUMAN if human else TranslationMethod.MACHINE


def _plain(value: object) -> str:
    """Return a scalar as one line of text."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    return " ".join(html.unescape(str(value)).split())


def _moment(value: object) -> datetime | None:
    """Return a date in any of the forms that occur, None when it is not one."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        pass
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.strip(), re.ASCII)
    if american is None:
        return None
    month, day, year = map(int, american.groups())
    try:
        return datetime.combine(date(year, month, day), time.min)
    except ValueError:
        return None
