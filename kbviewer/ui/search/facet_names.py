"""What facets and their values are called."""

from __future__ import annotations

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.model.hits import FacetKind


def kind_name(translator: Translator, kind: FacetKind) -> str:
    """Return what the values of `kind` are."""
    _ = translator.gettext
    match kind:
        case FacetKind.PRODUCT:
            return _("Product")
        case FacetKind.LANGUAGE:
            return _("Language")
        case FacetKind.STATE:
            return _("State")


def every_value(translator: Translator, kind: FacetKind) -> str:
    """Return the entry that leaves nothing out."""
    _ = translator.gettext
    match kind:
        case FacetKind.PRODUCT:
            return _("All products")
        case FacetKind.LANGUAGE:
            return _("All languages")
        case FacetKind.STATE:
            return _("All states")


def value_name(translator: Translator, kind: FacetKind, value: str) -> str:
    """Return what one value is called."""
    match kind:
        case FacetKind.PRODUCT:
            return value or translator.gettext("No product")
        case FacetKind.LANGUAGE:
            return translator.language_name(value).capitalize()
        case FacetKind.STATE:
            return state_name(translator, ArticleState(value))


def state_name(translator: Translator, state: ArticleState) -> str:
    """Return what a state is called."""
    _ = translator.gettext
    match state:
        case ArticleState.CURRENT:
            return _("Current")
        case ArticleState.ARCHIVED:
            return _("Archived")
        case ArticleState.UNSUPPORTED:
            return _("No longer updated")
