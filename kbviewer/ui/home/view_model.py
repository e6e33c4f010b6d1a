"""What the home page shows, worked out from the library and the reader's own data. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kbviewer.i18n.translator import Translator
from kbviewer.model.contents import ContentsEntry, WithContents
from kbviewer.model.library import ArticleRepository, Problem, WithLibraries
from kbviewer.model.progress import Progress, Recent
from kbviewer.ui.home.sorted_articles import ArticleItem, Groups, SortedByLanguage
from kbviewer.ui.home.sorting import swedish_key

_MOST_RECENTS = 6
# Between a heading of the contents and one below it.
_PATH = " › "
_MOST_IN_PROGRESS = 6


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
        empty_folders: finds the names of the folders that are open and hold no article to read.
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
    empty_folders: Callable[[], Sequence[str]] = tuple
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
    empty_folders: Callable[[], Sequence[str]] = tuple,
    kept: SortedByLanguage | None = None,
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
        empty_folders: finds the names of the folders that are open and hold no article to read.
        kept: what has been sorted, for the next time.
    """
    _ = translator.gettext
    entries = repository.entries()
    articles = (kept or SortedByLanguage()).of(entries, language, translator.language)
    by_id = articles.by_id
    named = sum(bool(topic) for topic in articles.by_topic)
    topics = _titled(
        articles.by_topic,
        lambda topic: repository.topic_title(topic, language),
        _("Other articles") if named else _("All articles"),
    )
    products = _titled(articles.by_product, lambda product: product, _("Product not stated"))
    return HomeView(
        greeting=_("What do you need to solve?"),
        counters=_counters(len(by_id), named, translator),
        topics=tuple(group for _topic, group in topics),
        products=tuple(replace(group, product=product) for product, group in products),
        libraries=_libraries(repository, language, by_id),
        contents=_contents(repository, language, by_id),
        recents=_recent_items(recents, by_id),
        in_progress=_progress_items(in_progress, by_id),
        cases=tuple(cases),
        problems=tuple(problem for entry in entries for problem in entry.problems),
        has_closed_libraries=has_closed_libraries,
        empty_folders=empty_folders,
        own=own,
        outdated=partial(repository.outdated, language)
        if isinstance(repository, WithLibraries)
        else frozenset,
    )


def _titled(groups: Groups, title_of: Callable[[str], str], rest: str) -> Iterator[tuple[str, TopicGroup]]:
    """Yield each group under its title, by its key; the one without a key comes last and is called `rest`."""
    keys = sorted((key for key in groups if key), key=lambda key: swedish_key(title_of(key)))
    yield from ((key, TopicGroup(title_of(key), groups[key])) for key in keys)
    if "" in groups:
        yield "", TopicGroup(rest, groups[""])


def _libraries(
    repository: ArticleRepository, language: str, by_id: Mapping[str, ArticleItem]
) -> tuple[TopicGroup, ...]:
    """Return a group for each library, in the reader's order; none when there is only one."""
    libraries = repository.by_library(language) if isinstance(repository, WithLibraries) else ()
    if len(libraries) < 2:
        return ()
    named = ((title, frozenset(names)) for title, names in libraries)
    groups = ((title, tuple(by_id[name] for name in by_id if name in names)) for title, names in named)
    return tuple(TopicGroup(title, items) for title, items in groups if items)


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


def _counters(articles: int, topics: int, translator: Translator) -> str:
    ngettext = translator.ngettext
    parts = [ngettext("{count} article", "{count} articles", articles).format(count=articles)]
    if topics > 1:
        parts.append(ngettext("{count} topic", "{count} topics", topics).format(count=topics))
    return " · ".join(parts)


def _recent_items(recents: Iterable[Recent], by_id: Mapping[str, ArticleItem]) -> tuple[ArticleItem, ...]:
    ids = dict.fromkeys(recent.article for recent in recents)
    return tuple(by_id[name] for name in ids if name in by_id)[:_MOST_RECENTS]


def _progress_items(
    in_progress: Iterable[tuple[str, Progress]], by_id: Mapping[str, ArticleItem]
) -> tuple[ProgressItem, ...]:
    return tuple(
        ProgressItem(name, by_id[name].title, progress.done, progress.total, progress.percent)
        for name, progress in in_progress
        if name in by_id and 0 < progress.done < progress.total
    )[:_MOST_IN_PROGRESS]
