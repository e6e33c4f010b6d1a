"""The states of the search in words."""

from __future__ import annotations

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.ui.search.status_view import Status


def searching(translator: Translator) -> Status:
    """An answer is on its way."""
    return Status(translator.gettext("Searching …"))


def nothing_found(translator: Translator, query: str) -> Status:
    """No article answers `query`."""
    _ = translator.gettext
    sentence = _("Nothing found for “{query}”.").format(query=query.replace('"', ""))
    return Status(sentence, _("Check the spelling, or try fewer or more general words."))


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
    return Status(_("The search cannot answer right now."), reason.render(_), action=_("Try again"))


def result_count(translator: Translator, count: int, limit: int) -> str:
    """Return how many results there are, of at most `limit` that were asked for."""
    template = translator.ngettext("{count} result", "{count} results", count)
    if count >= limit:
        template = translator.gettext("The {count} best results")
    return template.format(count=count)
