"""The states of the search in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Hit, SearchAnswer
from kbviewer.model.messages import Message
from kbviewer.ui.search.status_view import Remedy, Status

MOST_CHARACTERS = 500
"""Of a query; what is longer is cut."""
_MOST_QUOTED = 60


def searching(translator: Translator) -> Status:
    """An answer is on its way."""
    return Status(translator.gettext("Searching …"))


def nothing_found(translator: Translator, query: str) -> Status:
    """No article answers `query`."""
    _ = translator.gettext
    return Status(
        _("Nothing found for “{query}”.").format(query=shortened(query.replace('"', ""))),
        _("Check the spelling, or try fewer or more general words."),
        action=_("Browse topics"),
        remedy=Remedy.BROWSE,
    )


def nothing_left(translator: Translator) -> Status:
    """No article that answers the query passes the filters."""
    _ = translator.gettext
    return Status(
        _("Nothing is left with these filters."),
        _("Without them there may be results."),
        action=_("Clear filters"),
        remedy=Remedy.WIDEN,
    )


def link_waiting(translator: Translator) -> Status:
    """What was typed is a link to a place, not words to search for."""
    _ = translator.gettext
    return Status(
        _("This is a link to a place in an article."),
        _("Enter opens it."),
        action=_("Open the link"),
        remedy=Remedy.OPEN_LINK,
    )


def indexing(translator: Translator, done: int, total: int) -> Status:
    """The index is being built; `total` is 0 while the articles are counted."""
    _, ngettext = translator.gettext, translator.ngettext
    next_step = _("Results appear as soon as the index is ready.")
    if not total:
        return Status(_("Counting the articles …"), next_step)
    template = ngettext("Indexing {done} of {total} article", "Indexing {done} of {total} articles", total)
    return Status(template.format(done=done, total=total), next_step, done, total)


def failed(translator: Translator, reason: Message) -> Status:
    """The search cannot answer, for a reason that is told."""
    _ = translator.gettext
    return Status(
        _("The search cannot answer right now."), reason.render(_), action=_("Try again"), remedy=Remedy.RETRY
    )


def notes(translator: Translator, answer: SearchAnswer) -> str:
    """Return what the reader must know before the results, one line each."""
    _ = translator.gettext
    lines = []
    if answer.is_too_long:
        text = _("The query was too long; only its first {count} characters were searched.")
        lines.append(text.format(count=MOST_CHARACTERS))
    if corrected(answer):
        lines.append(_("Showing results for “{query}”.").format(query=shortened(corrected(answer))))
    if answer.hits and answer.left_out:
        text = _("No article has all the words. Left out: {words}")
        lines.append(text.format(words=", ".join(_spelled(answer.left_out, _spelling(answer)))))
    if answer.hits and answer.is_related:
        lines.append(_("Nothing matches exactly. These come close:"))
    return "\n".join(lines)


def corrected(answer: SearchAnswer) -> str:
    """Return the spelling that was searched instead, "" when as typed."""
    return answer.corrected if answer.corrected and answer.corrected != answer.query else ""


def hits_as_searched(answer: SearchAnswer) -> tuple[Hit, ...]:
    """Return the hits; what they lack is spelled as it was searched, like the note above them."""
    spelling = _spelling(answer)
    if not spelling:
        return answer.hits
    return tuple(replace(hit, missing=_spelled(hit.missing, spelling)) for hit in answer.hits)


def _spelling(answer: SearchAnswer) -> Mapping[str, str]:
    """Return by typed word the one that was searched instead."""
    typed, searched = answer.query.split(), corrected(answer).split()
    return dict(zip(typed, searched, strict=True)) if len(typed) == len(searched) else {}


def _spelled(words: Sequence[str], spelling: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(spelling.get(word, word) for word in words)


def shortened(query: str) -> str:
    """Return as much of a query as a sentence bears."""
    return query if len(query) <= _MOST_QUOTED else query[: _MOST_QUOTED - 1].rstrip() + "…"


def result_count(translator: Translator, shown: int, total: int) -> str:
    """Return how many results there are, and how many of them are shown."""
    if total > shown:
        text = translator.ngettext("The best result of {total}", "The {count} best of {total} results", shown)
        return text.format(count=shown, total=total)
    return translator.ngettext("{count} result", "{count} results", shown).format(count=shown)
