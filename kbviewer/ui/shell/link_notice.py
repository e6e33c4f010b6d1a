"""What to say about a link that leads nowhere in this program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.messages import Gettext
from kbviewer.model.policy import LinkRule, host_of

_NOT_WORDS: Final = re.compile(r"[\"“”„«»]|^(?:KB|Q)?\d+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkNotice:
    """One sentence and one next step.

    Attributes:
        address: to copy, "" for none.
        search_for: what a search could find, "" for nothing.
        can_open: whether the address can go to the browser.
    """

    title: str
    sentence: str
    address: str = ""
    search_for: str = ""
    can_open: bool = False


def describe_link(
    link: Link, absent_title: str, gettext: Gettext, rule: LinkRule = LinkRule.SHOW, *, can_copy: bool = True
) -> LinkNotice:
    """Return what to show for `link`.

    Args:
        absent_title: the title of an article the library lacks.
        rule: what links out of the library may do.
        can_copy: whether the address can be copied.
    """
    _ = gettext
    match link.kind:
        case LinkKind.EXTERNAL:
            return _describe_external(link.target, gettext, rule, can_copy=can_copy)
        case LinkKind.ARTICLE:
            name = absent_title or link.target
            words = search_words(name)
            if not words:
                return LinkNotice(
                    _("Not in this library"),
                    _("The article “{title}” is not in the open library.").format(title=name),
                )
            return LinkNotice(
                _("Not in this library"),
                _("“{title}” is not in this library. Search for a related article instead.").format(
                    title=name
                ),
                search_for=words,
            )
        case LinkKind.SEARCH:
            return LinkNotice(
                _("Known by title only"),
                _("The source names “{title}” without an address. Search for it here.").format(
                    title=link.target
                ),
                search_for=link.target,
            )
        case _:
            return LinkNotice(
                _("Link missing in the source"),
                _("The source has lost the address of this link. Search for its text instead."),
                search_for=link.target,
            )


def _describe_external(address: str, gettext: Gettext, rule: LinkRule, *, can_copy: bool) -> LinkNotice:
    _ = gettext
    title = _("External address")
    if rule is LinkRule.BLOCK:
        return LinkNotice(title, _("Your organisation has switched this link off on this computer."))
    if rule in (LinkRule.ASK, LinkRule.OPEN):
        sentence = _("This link leads out of the library, to {host}.").format(host=host_of(address))
        return LinkNotice(title, sentence, address=address, can_open=True)
    if not can_copy:
        return LinkNotice(title, _("This link leads out of the library. It is never opened here."), address)
    return LinkNotice(
        title,
        _("This link leads out of the library. It is never opened for you; copy the address."),
        address=address,
    )


def search_words(title: str) -> str:
    """Return the words of a title that related articles can share.

    Quotation marks would ask for the exact words, and an id for the articles that name it: both find
    little more than the article with the link.
    """
    return " ".join(_NOT_WORDS.sub(" ", title).split())
