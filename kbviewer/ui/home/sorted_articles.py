"""The articles of a library, sorted and grouped once for each language and kept while the library stays.

Ten thousand articles take 60 ms to sort, which would be felt each time home is opened. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbviewer.i18n.formats import language_name
from kbviewer.model.article import ArticleState
from kbviewer.model.library import LibraryEntry, Variant
from kbviewer.ui.home.sorting import swedish_key

# The reader's language and the one that it is switched with.
_MOST_KEPT = 2

Groups = Mapping[str, tuple["ArticleItem", ...]]


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """One article as listed.

    Attributes:
        id: the article's id.
        title: in the reader's language when there is such a variant.
        languages: tags of all its variants: the one it opens in, then the others in order.
        products: what it applies to; empty when the source does not say.
        shown_in: name of the language that it opens in, "" when that is the reader's.
        has_problems: files of it cannot be read.
    """

    id: str
    title: str
    description: str
    languages: tuple[str, ...]
    state: ArticleState
    products: tuple[str, ...] = ()
    shown_in: str = ""
    has_problems: bool = False


@dataclass(frozen=True, slots=True)
class SortedArticles:
    """All articles that can be read, in one language.

    Attributes:
        by_id: every article, sorted by title.
        by_topic: the same by the key of the topic, "" for those without one.
        by_product: every article under each of its products, "" for those that state none.
    """

    by_id: Mapping[str, ArticleItem]
    by_topic: Groups
    by_product: Groups


class SortedByLanguage:
    """The articles of the libraries that were asked for last."""

    def __init__(self) -> None:
        self._entries: Sequence[LibraryEntry] = ()
        self._kept: dict[tuple[str, str], SortedArticles] = {}

    def of(self, entries: Sequence[LibraryEntry], language: str, interface: str) -> SortedArticles:
        """Return `entries`, sorted for a reader of `language`.

        Args:
            entries: of the library; those that are the same objects as before cost next to nothing.
            language: BCP 47 tag of the language for titles.
            interface: of the language in which other languages are named.
        """
        if entries != self._entries:
            self._entries = entries
            self._kept.clear()
        names = (language, interface)
        kept = self._kept.pop(names, None)
        if kept is None:
            kept = _sorted(entries, _LanguageNames(language, interface))
        self._kept[names] = kept
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return kept


def _sorted(entries: Sequence[LibraryEntry], names: _LanguageNames) -> SortedArticles:
    pairs = [(item, entry.topic) for entry in entries if (item := _item(entry, names))]
    pairs.sort(key=lambda pair: swedish_key(pair[0].title))
    return SortedArticles(
        by_id={item.id: item for item, _topic in pairs},
        by_topic=_grouped((topic, item) for item, topic in pairs),
        by_product=_grouped((product, item) for item, _topic in pairs for product in item.products or ("",)),
    )


def _grouped(pairs: Iterable[tuple[str, ArticleItem]]) -> Groups:
    groups: dict[str, list[ArticleItem]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}


def _pick_variant(entry: LibraryEntry, language: str) -> Variant | None:
    """Return the variant that a reader of `language` gets, None when all files are broken."""
    return entry.variants.get(language) or next(iter(entry.variants.values()), None)


class _LanguageNames:
    """Names of languages, looked up once each and only when one has to be shown."""

    def __init__(self, readers: str, interface: str) -> None:
        self.readers = readers
        self._interface = interface
        self._names: dict[str, str] = {}

    def of_other(self, language: str) -> str:
        """Return the name of `language`, "" when it is the reader's."""
        if language == self.readers:
            return ""
        if language not in self._names:
            self._names[language] = language_name(language, self._interface)
        return self._names[language]


def _item(entry: LibraryEntry, names: _LanguageNames) -> ArticleItem | None:
    variant = _pick_variant(entry, names.readers)
    if variant is None:
        return None
    others = sorted(other for other in entry.variants if other != variant.language)
    return ArticleItem(
        entry.id,
        variant.title,
        variant.description,
        (variant.language, *others),
        variant.state,
        variant.applies_to or (),
        names.of_other(variant.language),
        has_problems=bool(entry.problems),
    )
