"""Links to a place in an article, as the program writes them and as others hand them over: kb://kb307294#lan."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message

SCHEME: Final = "kb://"
LONGEST_LINK: Final = 2000
"""Characters; what is longer is no link of ours."""

# Ids of articles and blocks may hold these as they are; everything else is written as %XX.
_PLAIN: Final = "/@:+,=~"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")


class KbLink(NamedTuple):
    """Where a link leads: `article` is any form of an id, `anchor` a key in it, "" for its top."""

    article: str
    anchor: str = ""


def format_link(article: str, anchor: str = "") -> str:
    """Return the link to a place in an article."""
    link = SCHEME + quote(article, safe=_PLAIN)
    return f"{link}#{quote(anchor, safe=_PLAIN)}" if anchor else link


def looks_like_link(text: str) -> bool:
    """Return whether `text` is meant as a link of ours, whether or not it is a good one."""
    return text.strip()[: len(SCHEME)].casefold() == SCHEME


def parse_link(text: str) -> KbLink:
    """Return where a link leads. It may come from anywhere; nothing is looked up here.

    Raises:
        UsageError: it is none of ours, or it cannot be one.
    """
    link = text.strip()
    if not looks_like_link(link):
        raise _bad(link, N_("The link “{link}” does not begin with kb://."))
    if len(link) > LONGEST_LINK:
        raise _bad(link, N_("The link “{link}” is too long."))
    article, _, anchor = link[len(SCHEME) :].partition("#")
    if _BROKEN_ESCAPE.search(link):
        raise _bad(link, N_("The link “{link}” has a stray percent sign."))
    try:
        article = unquote(article, errors="strict").strip().strip("/")
        anchor = unquote(anchor, errors="strict").strip()
    except UnicodeDecodeError as error:
        raise _bad(link, N_("The link “{link}” is not readable text.")) from error
    if _CONTROL.search(article + anchor):
        raise _bad(link, N_("The link “{link}” holds characters that no link has."))
    if not article:
        raise _bad(link, N_("The link “{link}” names no article."))
    return KbLink(article, anchor)


def _bad(link: str, what: str) -> UsageError:
    shown = _CONTROL.sub("\ufffd", link)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return UsageError(
        message(what, link=shown), message(N_("A link looks like kb://kb307294 or kb://kb307294#lan."))
    )
