"""Files whose names end in a language (`vpn.sv.md`): which are a language of an article, and which one alone.

Names pair them; what their front matter says comes first.
"""

from __future__ import annotations

from collections.abc import Iterable

from kbviewer.content.folder_scan import ArticleFile
from kbviewer.model.library import fold_reference

Member = tuple[ArticleFile, str, str]
"""A file, the language that its article is in, and the uid that it states, "" for none."""


def own_articles(members: Iterable[Member]) -> frozenset[str]:
    """Return the paths of those files that are no language of the article that their names mean.

    Such a file says that it is in the same language as another one, or that it is another article. Both are
    shown then, each as an article.
    """
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(member[0].entry_id, []).append(member)
    own: set[str] = set()
    for group in groups.values():
        if len(group) > 1 and any(file.own_id for file, _, _ in group):
            own.update(_own_of(group))
    return frozenset(own)


def _own_of(group: list[Member]) -> Iterable[str]:
    languages: set[str] = set()
    uid = ""
    for file, language, stated in sorted(group, key=_rank):
        if file.own_id and (language in languages or (uid and stated and fold_reference(stated) != uid)):
            yield file.source
            continue
        languages.add(language)
        uid = uid or fold_reference(stated)


def _rank(member: Member) -> tuple[bool, bool, str]:
    """Return what puts a file before others: the id without a language is its own, its name is right."""
    file, language, _ = member
    return (bool(file.own_id), language != file.language, file.source)
