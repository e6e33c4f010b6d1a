"""What the home page is narrowed down to, and what each choice would leave. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.ui.home.sorted_articles import ArticleItem
from kbviewer.ui.home.view_model import HomeView, TopicGroup


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


# Products, languages, state, opens in another language, has problems, what was found by a closer look.
_Kind = tuple[tuple[str, ...], tuple[str, ...], ArticleState, bool, bool, tuple[Standing, ...]]


@dataclass(frozen=True, slots=True)
class Picked:
    """One value per respect at most, and words.

    Attributes:
        values: by respect; what is not named is not narrowed down.
        words: what titles, or the headings above them, hold; folded.
    """

    values: Mapping[Respect, str]
    words: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.values or self.words)

    def value(self, respect: Respect) -> str | None:
        """Return what was chosen in a respect, None for all."""
        return self.values.get(respect)

    def say(self, text: str) -> Picked:
        """Return the same with other words."""
        return replace(self, words=tuple(text.casefold().split()))

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
        self._counted: Mapping[_Kind, int] = {}

    def look_closer(self) -> None:
        """Find out what takes a look elsewhere."""
        for standing, find in self._finders.items():
            if standing not in self._found:
                self._found[standing] = find()
                self._counted = {}

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
            heading = group.title.casefold()
            items = tuple(
                item
                for item in group.items
                if _is_of(self._kind(item), picked) and _has_words(item, heading, picked.words)
            )
            if items:
                kept.append(replace(group, items=items))
        return kept

    def counts(self, respect: Respect, picked: Picked) -> Mapping[str, int]:
        """Return how many articles each value of a respect would leave, beside the other choices."""
        others = picked.choose(respect, None)
        self._prepare(others)
        found: Counter[str] = Counter()
        for kind, count in self._kinds().items():
            if _is_of(kind, others):
                found.update(dict.fromkeys(_values(kind, respect), count))
        return found

    def _kinds(self) -> Mapping[_Kind, int]:
        """Return how many articles there are of each kind: of ten thousand there are few kinds."""
        if not self._counted:
            self._counted = Counter(map(self._kind, self._items))
        return self._counted

    def _kind(self, item: ArticleItem) -> _Kind:
        found = tuple(standing for standing, ids in self._found.items() if item.id in ids)
        is_other = bool(item.shown_in)
        return (item.products, item.languages, item.state, is_other, item.has_problems, found)

    def _prepare(self, picked: Picked) -> None:
        if picked.value(Respect.STANDING) in self._finders:
            self.look_closer()


def _is_of(kind: _Kind, picked: Picked) -> bool:
    return all(value in _values(kind, respect) for respect, value in picked.values.items())


def _has_words(item: ArticleItem, heading: str, words: Sequence[str]) -> bool:
    if not words:
        return True
    title = item.title.casefold()
    return all(word in title or word in heading for word in words)


def _values(kind: _Kind, respect: Respect) -> Sequence[str]:
    products, languages, state, is_other, has_problems, found = kind
    match respect:
        case Respect.PRODUCT:
            return products or ("",)
        case Respect.LANGUAGE:
            return languages
        case Respect.STANDING:
            standings = [_STATES[state], *found]
            if len(languages) > 1:
                standings.append(Standing.TRANSLATED)
            if is_other:
                standings.append(Standing.OTHER_LANGUAGE)
            if has_problems:
                standings.append(Standing.PROBLEMS)
            return standings


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
