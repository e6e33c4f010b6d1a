"""What the home page shows, worked out from the library and the reader's own data. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kbviewer.i18n.formats import language_name
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.model.contents import ContentsEntry, WithContents
from kbviewer.model.library import ArticleRepository, LibraryEntry, Problem, Variant, WithLibraries
from kbviewer.model.progress import Progress, Recent
from kbviewer.ui.home.sorting import swedish_key

_MOST_RECENTS = 6
# Between a heading of the contents and one below it.
_PATH = " › "
_MOST_IN_PROGRESS = 6


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """One article as listed.

    Attributes:
        id: the article's id.
        title: in the reader's language when there is such a variant.
        languages: tags of all its variants, the reader's first.
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
class TopicGroup:
    """Articles under one heading, sorted by title.

    Attributes:
        product: whose articles these are, "" for those without one; None when it is no group of a product.
    """

    title: str
    items: tuple[ArticleItem, ...]
    product: str | None = None


@dataclass(frozen=True, slots=True)
class ProgressItem:
    """A procedure that the reader has begun."""

    id: str
    title: str
    done: int
    total: int
    percent: int


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case that goes on: its name, the articles that it is in, when it began, and whether it is at work."""

    id: int
    name: str
    articles: str
    started: str
    at_work: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home page, in one language.

    Attributes:
        greeting: the page's heading.
        counters: how much the library holds.
        topics: every article once, by topic.
        products: every article under each of its products.
        libraries: every article once, by library in the reader's order; empty when there is only one.
        contents: the articles as the authors' table of contents groups them; empty when there is none.
        recents: newest first.
        in_progress: as handed in.
        cases: the same.
        problems: why files could not be read.
        has_closed_libraries: there are libraries that are not open.
        outdated: finds the articles whose translation stands for an original that has changed since.
        own: finds the articles in which the reader has ticked or noted something.
    """

    greeting: str
    counters: str
    topics: tuple[TopicGroup, ...] = ()
    products: tuple[TopicGroup, ...] = ()
    libraries: tuple[TopicGroup, ...] = ()
    contents: tuple[TopicGroup, ...] = ()
    recents: tuple[ArticleItem, ...] = ()
    in_progress: tuple[ProgressItem, ...] = ()
    cases: tuple[CaseItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_closed_libraries: bool = False
    outdated: Callable[[], Collection[str]] = frozenset
    own: Callable[[], Collection[str]] = frozenset

    @property
    def is_empty(self) -> bool:
        """Whether there is no article that can be read."""
        return not self.topics


def build_home(
    repository: ArticleRepository,
    language: str,
    recents: Sequence[Recent],
    in_progress: Sequence[tuple[str, Progress]],
    translator: Translator,
    cases: Sequence[CaseItem] = (),
    *,
    own: Callable[[], Collection[str]] = frozenset,
    has_closed_libraries: bool = False,
) -> HomeView:
    """Return the home page for a reader of `language`.

    Args:
        repository: the open libraries.
        language: BCP 47 tag of the language for titles.
        recents: newest first; articles that are gone are left out.
        in_progress: article ids with their progress; finished and untouched ones are left out.
        translator: for headings and counters.
        cases: those that go on, newest first.
        own: finds the articles in which the reader has ticked or noted something.
        has_closed_libraries: there are libraries that are not open.
    """
    _ = translator.gettext
    entries = repository.entries()
    names = _LanguageNames(language, translator.language)
    items: list[tuple[ArticleItem, str]] = []
    for entry in entries:
        item = _item(entry, language, names)
        if item:
            items.append((item, entry.topic))
    items.sort(key=lambda pair: swedish_key(pair[0].title))
    by_id = {item.id: item for item, _topic in items}
    named = {topic for _item, topic in items if topic}
    topics = _grouped(
        ((topic, item) for item, topic in items),
        lambda topic: repository.topic_title(topic, language),
        _("Other articles") if named else _("All articles"),
    )
    without_product = _("Product not stated")
    products = _grouped(
        ((product, item) for item, _topic in items for product in item.products or ("",)),
        lambda product: product,
        without_product,
    )
    return HomeView(
        greeting=_("What do you need to solve?"),
        counters=_counters(len(items), len(named), translator),
        topics=topics,
        products=tuple(
            replace(group, product="" if group.title == without_product else group.title)
            for group in products
        ),
        libraries=_libraries(repository, language, by_id),
        contents=_contents(repository, language, by_id),
        recents=_recent_items(recents, by_id),
        in_progress=_progress_items(in_progress, by_id),
        cases=tuple(cases),
        problems=tuple(problem for entry in entries for problem in entry.problems),
        has_closed_libraries=has_closed_libraries,
        own=own,
        outdated=partial(repository.outdated, language)
        if isinstance(repository, WithLibraries)
        else frozenset,
    )


def _pick_variant(entry: LibraryEntry, language: str) -> Variant | None:
    """Return the variant that a reader of `language` gets, None when all files are broken."""
    return entry.variants.get(language) or next(iter(entry.variants.values()), None)


class _LanguageNames:
    """Names of languages, looked up once each and only when one has to be shown."""

    def __init__(self, readers: str, interface: str) -> None:
        self._readers = readers
        self._interface = interface
        self._names: dict[str, str] = {}

    def of_other(self, language: str) -> str:
        """Return the name of `language`, "" when it is the reader's."""
        if language == self._readers:
            return ""
        if language not in self._names:
            self._names[language] = language_name(language, self._interface)
        return self._names[language]


def _item(entry: LibraryEntry, language: str, names: _LanguageNames) -> ArticleItem | None:
    variant = _pick_variant(entry, language)
    if variant is None:
        return None
    others = (other for other in entry.variants if other != variant.language)
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


def _grouped(
    pairs: Iterable[tuple[str, ArticleItem]], title_of: Callable[[str], str], rest: str
) -> tuple[TopicGroup, ...]:
    """Group sorted items by key; the group without a key comes last and is called `rest`."""
    groups: dict[str, list[ArticleItem]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    ungrouped = groups.pop("", [])
    titled = sorted(((title_of(key), items) for key, items in groups.items()), key=_by_title)
    if ungrouped:
        titled.append((rest, ungrouped))
    return tuple(TopicGroup(title, tuple(items)) for title, items in titled)


def _libraries(
    repository: ArticleRepository, language: str, by_id: Mapping[str, ArticleItem]
) -> tuple[TopicGroup, ...]:
    """Return a group for each library, in the reader's order; none when there is only one."""
    shelves = repository.shelves(language) if isinstance(repository, WithLibraries) else ()
    if len(shelves) < 2:
        return ()
    groups = ((title, [by_id[name] for name in names if name in by_id]) for title, names in shelves)
    return tuple(
        TopicGroup(title, tuple(sorted(items, key=lambda item: swedish_key(item.title))))
        for title, items in groups
        if items
    )


def _contents(
    repository: ArticleRepository, language: str, by_id: Mapping[str, ArticleItem]
) -> tuple[TopicGroup, ...]:
    """Return the branches of the authors' contents that hold articles, each under its path."""
    if not isinstance(repository, WithContents):
        return ()
    groups: dict[str, dict[str, ArticleItem]] = {}

    def collect(entries: Sequence[ContentsEntry], path: tuple[str, ...]) -> None:
        for entry in entries:
            item = by_id.get(entry.article)
            below = (*path, entry.title) if entry.children else path
            if item is not None:
                groups.setdefault(_PATH.join(below), {})[item.id] = item
            collect(entry.children, below)

    collect(repository.contents(language), ())
    return tuple(TopicGroup(title, tuple(items.values())) for title, items in groups.items())


def _by_title(group: tuple[str, list[ArticleItem]]) -> str:
    return swedish_key(group[0])


def _counters(articles: int, topics: int, translator: Translator) -> str:
    ngettext = translator.ngettext
    parts = [ngettext("{count} article", "{count} articles", articles).format(count=articles)]
    if topics > 1:
        parts.append(ngettext("{count} topic", "{count} topics", topics).format(count=topics))
    return " · ".join(parts)


def _recent_items(recents: Iterable[Recent], by_id: dict[str, ArticleItem]) -> tuple[ArticleItem, ...]:
    ids = dict.fromkeys(recent.article for recent in recents)
    return tuple(by_id[name] for name in ids if name in by_id)[:_MOST_RECENTS]


def _progress_items(
    in_progress: Iterable[tuple[str, Progress]], by_id: dict[str, ArticleItem]
) -> tuple[ProgressItem, ...]:
    return tuple(
        ProgressItem(name, by_id[name].title, progress.done, progress.total, progress.percent)
        for name, progress in in_progress
        if name in by_id and 0 < progress.done < progress.total
    )[:_MOST_IN_PROGRESS]
