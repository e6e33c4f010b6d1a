"""What the home page is narrowed down to, and what each choice would leave. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.ui.home.view_model import ArticleItem, HomeView, TopicGroup


class Respect(StrEnum):
    """In what respect articles can be picked out."""

    PRODUCT = "product"
    LANGUAGE = "language"
    STANDING = "standing"


class Standing(StrEnum):
    """How an article stands: its state, its translation, and what the reader has to do with it."""

    CURRENT = "current"
    ARCHIVED = "archived"
    UNSUPPORTED = "unsupported"
    TRANSLATED = "translated"
    OTHER_LANGUAGE = "other-language"
    OUTDATED = "outdated"
    PROBLEMS = "problems"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Picked:
    """One value per respect at most; None for all."""

    values: Mapping[Respect, str]

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.values)

    def value(self, respect: Respect) -> str | None:
        """Return what was chosen in a respect, None for all."""
        return self.values.get(respect)

    def choose(self, respect: Respect, value: str | None) -> Picked:
        """Return the same with another choice in one respect."""
        others = {other: kept for other, kept in self.values.items() if other is not respect}
        return replace(self, values=others if value is None else {**others, respect: value})


ALL = Picked({})


class Picking:
    """Picks articles out of a home page.

    Which translations are out of date, and which articles the reader has worked in, takes a look at files
    and at his data: that is done only when somebody looks.
    """

    def __init__(self, view: HomeView) -> None:
        self._items = [item for group in view.topics for item in group.items]
        self._finders: Mapping[Standing, Callable[[], Collection[str]]] = {
            Standing.OUTDATED: view.outdated,
            Standing.MINE: view.own,
        }
        self._found: dict[Standing, Collection[str]] = {}

    def look_closer(self) -> None:
        """Find out what takes a look elsewhere."""
        for standing, find in self._finders.items():
            if standing not in self._found:
                self._found[standing] = find()

    def groups(self, groups: Iterable[TopicGroup], picked: Picked) -> list[TopicGroup]:
        """Return what is left of groups; those of which nothing is are left out."""
        if not picked.is_on:
            return list(groups)
        self._prepare(picked)
        product = picked.value(Respect.PRODUCT)
        kept = []
        for group in groups:
            # An article with several products stands under each; of these groups one is meant.
            if product is not None and group.product not in (None, product):
                continue
            items = tuple(item for item in group.items if self._passes(item, picked))
            if items:
                kept.append(replace(group, items=items))
        return kept

    def count(self, picked: Picked) -> int:
        """Return how many articles are left."""
        self._prepare(picked)
        return sum(self._passes(item, picked) for item in self._items)

    def counts(self, respect: Respect, picked: Picked) -> Mapping[str, int]:
        """Return how many articles each value of a respect would leave, beside the other choices."""
        others = picked.choose(respect, None)
        self._prepare(others)
        found: Counter[str] = Counter()
        for item in self._items:
            if self._passes(item, others):
                found.update(self._values(item, respect))
        return found

    def _passes(self, item: ArticleItem, picked: Picked) -> bool:
        return all(value in self._values(item, respect) for respect, value in picked.values.items())

    def _values(self, item: ArticleItem, respect: Respect) -> Sequence[str] | set[str]:
        match respect:
            case Respect.PRODUCT:
                return item.products or ("",)
            case Respect.LANGUAGE:
                return item.languages
            case Respect.STANDING:
                return self._standings(item)

    def _standings(self, item: ArticleItem) -> set[str]:
        found: set[str] = {_STATES[item.state]}
        if len(item.languages) > 1:
            found.add(Standing.TRANSLATED)
        if item.shown_in:
            found.add(Standing.OTHER_LANGUAGE)
        if item.has_problems:
            found.add(Standing.PROBLEMS)
        found.update(standing for standing, ids in self._found.items() if item.id in ids)
        return found

    def _prepare(self, picked: Picked) -> None:
        if picked.value(Respect.STANDING) in self._finders:
            self.look_closer()


_STATES = {
    ArticleState.CURRENT: Standing.CURRENT,
    ArticleState.ARCHIVED: Standing.ARCHIVED,
    ArticleState.UNSUPPORTED: Standing.UNSUPPORTED,
}


def respect_name(respect: Respect, translator: Translator) -> str:
    """Return what the button of a respect says."""
    _ = translator.gettext
    match respect:
        case Respect.PRODUCT:
            return _("Product")
        case Respect.LANGUAGE:
            return _("Language")
        case Respect.STANDING:
            return _("State")


def every_name(respect: Respect, translator: Translator) -> str:
    """Return the entry that leaves nothing out."""
    _ = translator.gettext
    match respect:
        case Respect.PRODUCT:
            return _("All products")
        case Respect.LANGUAGE:
            return _("All languages")
        case Respect.STANDING:
            return _("All states")


def value_name(respect: Respect, value: str, translator: Translator) -> str:
    """Return what one value is called."""
    _ = translator.gettext
    match respect:
        case Respect.PRODUCT:
            return value or _("No product")
        case Respect.LANGUAGE:
            return translator.language_name(value).capitalize()
        case Respect.STANDING:
            return _standing_name(Standing(value), translator)


def _standing_name(standing: Standing, translator: Translator) -> str:
    _ = translator.gettext
    match standing:
        case Standing.CURRENT:
            return _("Current")
        case Standing.ARCHIVED:
            return _("Archived")
        case Standing.UNSUPPORTED:
            return _("No longer updated")
        case Standing.TRANSLATED:
            return _("Translated")
        case Standing.OTHER_LANGUAGE:
            return _("Only in another language")
        case Standing.OUTDATED:
            return _("Translation out of date")
        case Standing.PROBLEMS:
            return _("With problems")
        case Standing.MINE:
            return _("With my ticks or notes")
