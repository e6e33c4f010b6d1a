"""The facts about an article that stand at its end; what the source leaves out is said too. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kbviewer.model.article import Article, ArticleState, TranslationMethod
from kbviewer.ui.article.contracts import Texts


class Property(NamedTuple):
    """One line of the panel.

    Attributes:
        values: one or more; drawn as tags when `tags`.
        copied: what the copy button copies, "" for no button.
    """

    key: str
    label: str
    values: tuple[str, ...]
    tags: bool = False
    copied: str = ""


def properties(article: Article, languages: Sequence[str], texts: Texts) -> tuple[Property, ...]:
    """Return the panel's lines in the reader's language."""
    gettext = texts.gettext
    reviewed = article.last_reviewed
    shown_id = next((alias for alias in article.aliases), article.id)
    others = tuple(alias for alias in article.aliases if alias != shown_id)
    found = [
        Property("id", gettext("Article id"), (shown_id,), copied=shown_id),
        Property("aliases", gettext("Also known as"), others) if others else None,
        Property(
            "reviewed",
            gettext("Last reviewed"),
            (texts.long_date(reviewed.date()) if reviewed else gettext("Unknown"),),
        ),
        Property(
            "revision",
            gettext("Revision"),
            (article.revision,) if article.revision else (texts.pgettext("revision", "Unknown"),),
        ),
        Property("state", gettext("Status"), (state_name(article.state, texts),)),
        Property(
            "applies-to",
            gettext("Applies to"),
            article.applies_to or (gettext("Not stated"),),
        ),
        Property(
            "keywords",
            gettext("Keywords"),
            article.keywords or (texts.pgettext("keywords", "None stated"),),
            tags=bool(article.keywords),
        ),
        Property("languages", gettext("Languages"), _languages(article, languages, texts)),
    ]
    return tuple(line for line in found if line is not None)


def state_name(state: ArticleState, texts: Texts) -> str:
    """Return the name of a state."""
    gettext = texts.gettext
    match state:
        case ArticleState.ARCHIVED:
            return gettext("Archived")
        case ArticleState.UNSUPPORTED:
            return gettext("No longer updated")
        case _:
            return gettext("Current")


def _languages(article: Article, languages: Sequence[str], texts: Texts) -> tuple[str, ...]:
    gettext = texts.gettext
    found = []
    for tag in languages or (article.language,):
        name = texts.language_name(tag)
        if tag == article.language:
            status = _status(article, texts)
            found.append(
                gettext("{language} (shown; {status})").format(language=name, status=status)
                if status
                else gettext("{language} (shown)").format(language=name)
            )
        else:
            found.append(name)
    return tuple(found)


def _status(article: Article, texts: Texts) -> str:
    gettext = texts.gettext
    if article.is_language_guessed:
        return gettext("language guessed")
    if article.translation is None:
        return gettext("original")
    match article.translation.method:
        case TranslationMethod.EDITORIAL:
            return gettext("written for this library")
        case TranslationMethod.RESTORED:
            return gettext("restored for this library")
        case TranslationMethod.MACHINE:
            return gettext("machine translated")
        case _:
            return gettext("translated")
