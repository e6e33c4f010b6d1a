"""What a reader must know before trusting a text: its state, its origin, its language. Qt-free."""

from __future__ import annotations

from typing import NamedTuple

from kbviewer.model.article import Article, ArticleState, Translation, TranslationMethod
from kbviewer.ui.article.contracts import Texts


class Banner(NamedTuple):
    """A box above the text.

    Attributes:
        key: stable name.
        tone: "note" or "warning".
        icon: name of an icon.
    """

    key: str
    tone: str
    icon: str
    title: str
    text: str


def banners(article: Article, texts: Texts) -> tuple[Banner, ...]:
    """Return the banners of `article` in the reader's language, most urgent first."""
    found = [_state(article, texts), _support_end(article, texts), _variant(article, texts)]
    if article.translation is not None:
        found.append(_provenance(article, article.translation, texts))
    found.append(_freshness(article, texts))
    return tuple(banner for banner in found if banner is not None)


def _state(article: Article, texts: Texts) -> Banner | None:
    gettext = texts.gettext
    match article.state:
        case ArticleState.UNSUPPORTED:
            return Banner(
                "state",
                "warning",
                "warning",
                gettext("No longer updated"),
                gettext(
                    "This article is about products that are no longer supported. "
                    "It is offered as it is and is not updated any more."
                ),
            )
        case ArticleState.ARCHIVED:
            return Banner(
                "state",
                "warning",
                "archive",
                gettext("Archived"),
                gettext("This article is archived. It is offered “as is” and is not updated any more."),
            )
        case _:
            return None


def _support_end(article: Article, texts: Texts) -> Banner | None:
    end = article.support_end
    if end is None:
        return None
    gettext = texts.gettext
    return Banner(
        "support-end",
        "warning",
        "calendar",
        gettext("Support for {product} has ended").format(product=end.product),
        gettext("Support for {product} ended on {date}.").format(
            product=end.product, date=texts.long_date(end.day)
        ),
    )


def _variant(article: Article, texts: Texts) -> Banner | None:
    if article.language == texts.language:
        return None
    gettext = texts.gettext
    shown = texts.language_name(article.language)
    wanted = texts.language_name(texts.language)
    return Banner(
        "variant",
        "note",
        "language",
        gettext("Shown in {language}").format(language=shown),
        gettext("This library has no edition of the article in {language}.").format(language=wanted),
    )


def _provenance(article: Article, translation: Translation, texts: Texts) -> Banner:
    gettext = texts.gettext
    source = texts.language_name(translation.source_language)
    shown = texts.language_name(article.language)
    sentences: list[str] = []
    tone = "note"
    match translation.method:
        case TranslationMethod.EDITORIAL:
            title = gettext("Written for this library")
            sentences.append(
                gettext("The source has no edition in this language ({language}).").format(language=shown)
            )
            sentences.append(_written_from(source, translation.revision, texts))
        case TranslationMethod.RESTORED:
            title = gettext("Restored for this library")
            sentences.append(
                gettext(
                    "The source lost parts of this text. They were rewritten from the {language} edition."
                ).format(language=source)
            )
        case TranslationMethod.MACHINE:
            title, tone = gettext("Machine translated from {language}").format(language=source), "warning"
            sentences.append(gettext("No person has checked the translation."))
        case _:
            title = gettext("Translated from {language}").format(language=source)
            if translation.revision:
                sentences.append(
                    gettext("Translated from revision {revision}.").format(revision=translation.revision)
                )
    if translation.origin:
        name = texts.language_name(translation.origin)
        sentences.append(gettext("The first edition was in {language}.").format(language=name))
    if translation.note:
        sentences.append(translation.note)
    return Banner("provenance", tone, "language", title, " ".join(sentences))


def _freshness(article: Article, texts: Texts) -> Banner | None:
    if not article.stale:
        return None
    return Banner(
        "freshness", "warning", "language", texts.gettext("Original changed"), stale_sentence(article, texts)
    )


def stale_sentence(article: Article, texts: Texts) -> str:
    """Return in how many places the original of a text has changed."""
    return texts.ngettext(
        "The original has changed in {count} place since the {language} text was made. It is marked there.",
        "The original has changed in {count} places since the {language} text was made. They are marked.",
        len(article.stale),
    ).format(count=len(article.stale), language=texts.language_name(article.language))


def _written_from(source: str, revision: str, texts: Texts) -> str:
    gettext = texts.gettext
    if revision:
        return gettext(
            "This text was written for this library from the {language} edition, revision {revision}."
        ).format(language=source, revision=revision)
    return gettext("This text was written for this library from the {language} edition.").format(
        language=source
    )
