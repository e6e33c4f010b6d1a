"""Sentences that exported articles carry, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kbviewer.model.article import Article, ArticleState, Translation, TranslationMethod
from kbviewer.model.blocks import CalloutKind, FigureKind, ListRole, ParagraphRole
from kbviewer.model.inline import Mark, Run
from kbviewer.model.messages import Gettext

_QUOTES = {"sv": "””", "fi": "””", "nb": "«»", "da": "»«", "de": "„“", "fr": "«»"}
_DEFAULT_QUOTES = "“”"


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of the interface.

    Attributes:
        gettext: looks sentences up.
        format_date: puts a day into the reader's form.
        language_name: names a language; the tag itself when nothing better is known.
    """

    gettext: Gettext
    format_date: Callable[[date], str] = date.isoformat
    language_name: Callable[[str], str] = str

    def callout(self, kind: CalloutKind) -> str:
        """Return the heading of a callout."""
        gettext = self.gettext
        return {
            CalloutKind.NOTE: gettext("Note"),
            CalloutKind.TIP: gettext("Tip"),
            CalloutKind.IMPORTANT: gettext("Important"),
            CalloutKind.WARNING: gettext("Warning"),
            CalloutKind.CAUTION: gettext("Caution"),
            CalloutKind.BOUNDARY: gettext("Limits of support"),
        }[kind]

    def paragraph(self, role: ParagraphRole) -> str:
        """Return what stands before a paragraph of that role, "" for most."""
        gettext = self.gettext
        return {
            ParagraphRole.RESULT: gettext("Result"),
            ParagraphRole.PREREQUISITE: gettext("Before you begin"),
            ParagraphRole.MISSING: gettext("Missing in the source"),
        }.get(role, "")

    def list(self, role: ListRole) -> str:
        """Return what stands before a list of that role, "" for most."""
        return self.gettext("One of these:") if role is ListRole.ALTERNATIVES else ""

    def figure(self, kind: FigureKind) -> str:
        """Return what a figure is called."""
        return self.gettext("Video") if kind is FigureKind.VIDEO else self.gettext("Picture")

    def missing_link(self) -> str:
        """Return what stands after a link whose address the source lost."""
        return self.gettext("link missing in the source")

    def shown_in(self, language: str) -> str:
        """Return the label of a piece that only another language has."""
        return self.gettext("Shown in {language}").format(language=self.language_name(language))

    def banners(self, article: Article) -> Iterator[str]:
        """Yield what a reader must know before the text."""
        gettext = self.gettext
        if article.state is ArticleState.ARCHIVED:
            yield gettext("This article is archived. It is offered “as is” and is no longer updated.")
        elif article.state is ArticleState.UNSUPPORTED:
            yield gettext(
                "The products in this article are no longer supported. It is offered “as is” and is no longer"
                " updated."
            )
        if article.support_end:
            day = self.format_date(article.support_end.day)
            yield gettext("Support for {product} ended on {date}.").format(
                product=article.support_end.product, date=day
            )
        if article.translation:
            yield self.provenance(article.translation)
        if article.part:
            part = article.part
            yield gettext("Part {number} of {total} of the guide “{title}”").format(
                number=part.number, total=len(part.titles), title=part.title
            )

    def provenance(self, translation: Translation) -> str:
        """Return where a translated text comes from."""
        gettext = self.gettext
        sentence = {
            TranslationMethod.HUMAN: gettext("Translated from {language}."),
            TranslationMethod.MACHINE: gettext("Machine translated from {language}."),
            TranslationMethod.EDITORIAL: gettext(
                "The source has no edition in this language. The text was written from the {language} edition"
                " for this library."
            ),
            TranslationMethod.RESTORED: gettext(
                "The source lost parts of this text. They were rewritten from the {language} edition for this"
                " library."
            ),
        }[translation.method].format(language=self.language_name(translation.source_language))
        if translation.origin:
            origin = self.language_name(translation.origin)
            sentence += " " + gettext("The first edition is in {language}.").format(language=origin)
        if translation.note:
            sentence += " " + translation.note
        return sentence

    def properties(self, article: Article) -> Iterator[tuple[str, str]]:
        """Yield name and value of what is known, and of what a reader may ask for although it is not."""
        gettext = self.gettext
        unknown = gettext("Unknown")
        reviewed = article.last_reviewed
        yield gettext("Article id"), article.uid or article.id
        if article.aliases:
            yield gettext("Also known as"), ", ".join(article.aliases)
        yield gettext("Last reviewed"), self.format_date(reviewed.date()) if reviewed else unknown
        yield gettext("Revision"), article.revision or unknown
        products = ", ".join(article.applies_to or ()) or gettext("Not stated")
        yield gettext("Applies to"), products
        if article.keywords:
            yield gettext("Keywords"), ", ".join(article.keywords)
        if article.help_offer:
            yield gettext("Still need help?"), f"{article.help_offer.label} ({article.help_offer.address})"


def quoted(run: Run, language: str) -> str:
    """Return the text of `run`, in the quotation marks of `language` when it quotes a program."""
    if Mark.QUOTE not in run.marks or not run.text.strip():
        return run.text
    quotes = _QUOTES.get(language.partition("-")[0], _DEFAULT_QUOTES)
    return f"{quotes[0]}{run.text}{quotes[1]}"
