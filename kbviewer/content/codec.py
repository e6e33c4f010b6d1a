"""Articles as dicts of plain JSON values, and back: the form in which the cache keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from kbviewer.content.codec_blocks import decode_blocks, encode_blocks
from kbviewer.content.collector import CollectorPause
from kbviewer.model.article import (
    Article,
    ArticleState,
    HelpOffer,
    Part,
    SupportEnd,
    Translation,
    TranslationMethod,
)
from kbviewer.model.errors import ContentError, ModelError
from kbviewer.model.messages import N_, message

FORMAT = 8
"""Raise it whenever the form changes, or the reader's result for an unchanged file."""

_T = TypeVar("_T")
_TEXTS = ("id", "language", "title", "uid", "description", "revision", "topic", "source")
_BAD = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    RecursionError,
    ModelError,
)


def encode(article: Article) -> dict[str, Any]:
    """Return `article` as a dict that `json.dumps` takes and `decode` understands."""
    part, end, offer = article.part, article.support_end, article.help_offer
    return {
        "format": FORMAT,
        **{name: getattr(article, name) for name in _TEXTS},
        "aliases": list(article.aliases),
        "state": article.state.value,
        "applies_to": None if article.applies_to is None else list(article.applies_to),
        "keywords": list(article.keywords),
        "last_reviewed": article.last_reviewed.isoformat() if article.last_reviewed else None,
        "translation": _encode_translation(article.translation) if article.translation else None,
        "part": encode_part(part) if part else None,
        "support_end": [end.product, end.day.isoformat()] if end else None,
        "help_offer": [offer.label, offer.address] if offer else None,
        "is_language_guessed": article.is_language_guessed,
        "blocks": encode_blocks(article.blocks),
    }


def _encode_translation(translation: Translation) -> list[str]:
    return [
        translation.source_language,
        translation.method.value,
        translation.revision,
        translation.by,
        translation.origin,
        translation.note,
    ]


def encode_part(part: Part) -> list[Any]:
    """Return `part` as a list that `decode_part` understands."""
    return [part.guide, part.title, part.number, list(part.titles)]


def decode(data: Mapping[str, Any]) -> Article:
    """Return the article that `encode` was given.

    Raises:
        ContentError: `data` is of another format or damaged.
    """
    try:
        if data["format"] != FORMAT:
            raise ValueError("another format")
        with CollectorPause():
            return _decode(data)
    except _BAD as error:
        raise ContentError(
            message(N_("the cached form of an article is damaged or of another version")),
            message(N_("Read the article from its file again.")),
        ) from error


def _decode(data: Mapping[str, Any]) -> Article:
    applies_to, reviewed = data["applies_to"], data["last_reviewed"]
    named: dict[str, Any] = {name: _text(data[name]) for name in _TEXTS}
    return Article(
        **named,
        aliases=texts(data["aliases"]),
        state=ArticleState(data["state"]),
        applies_to=None if applies_to is None else texts(applies_to),
        keywords=texts(data["keywords"]),
        last_reviewed=None if reviewed is None else datetime.fromisoformat(reviewed),
        translation=_optional(_decode_translation, data["translation"]),
        part=_optional(decode_part, data["part"]),
        support_end=_optional(_decode_support_end, data["support_end"]),
        help_offer=_optional(_decode_help_offer, data["help_offer"]),
        is_language_guessed=data["is_language_guessed"] is True,
        blocks=decode_blocks(data["blocks"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Return a list of texts as a tuple.

    Raises:
        TypeError: `value` is anything else.
    """
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(map(_text, value))


def _optional(decoder: Callable[[Any], _T], value: Any) -> _T | None:
    return None if value is None else decoder(value)


def _decode_translation(value: Any) -> Translation:
    source_language, method, revision, by, origin, note = texts(value)
    return Translation(source_language, TranslationMethod(method), revision, by, origin, note)


def decode_part(value: Any) -> Part:
    """Return what `encode_part` was given.

    Raises:
        TypeError, ValueError: `value` is nothing that `encode_part` returns.
    """
    guide, title, number, titles = value
    if not isinstance(number, int):
        raise TypeError("not a number")
    return Part(_text(guide), _text(title), number, texts(titles))


def _decode_support_end(value: Any) -> SupportEnd:
    product, day = texts(value)
    return SupportEnd(product, date.fromisoformat(day))


def _decode_help_offer(value: Any) -> HelpOffer:
    label, address = texts(value)
    return HelpOffer(label, address)
