"""The listing's view of a file whose text has not been parsed: front matter and title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbviewer.content.folder_listing import Record, lead_of, shortened
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.front_matter import split_front_matter
from kbviewer.content.language_guess import guess_language
from kbviewer.content.language_tags import language_of
from kbviewer.content.links import resolve_path
from kbviewer.content.metadata import read_metadata
from kbviewer.content.problem_log import ProblemLog
from kbviewer.model.library import Variant

# What only the reader can judge: characters that no text has.
_SUSPICIOUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TITLE = re.compile(r"^# +(.*?)(?: +#+)? *$", re.MULTILINE)
_MARKUP = re.compile(r"[\\`*_\[\]<>&{}!~]")
_BETWEEN_BLOCKS = re.compile(r"\n(?:[ \t]*\n)+")
# Blocks that may stand before the lead, and those after which a blank line ends nothing.
_SKIPPED = re.compile(r"[>!]|[-*+] |\d+[.)] |\[//\]|\{")
_UNCLEAR = re.compile(r"[ \t`~:<|]|.*\n[-=]+ *(?:\n|$)")
_MAX_LOOKED_AT = 4000
_INCLUDED = re.compile(
    r"\[!(?:INCLUDE|code[\w#+-]*)\s*\[[^\[\]]{0,500}\]\s*\(\s*([^()\s]{1,500})"
    r"|^[ \t>]*:::[ \t]*code\b[^\n]*?\bsource\s*=\s*[\"']?([^\"'\s]{1,500})",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def skim(text: str, file: ArticleFile) -> Record | None:
    """Return the record of an article without parsing its text, None when only parsing tells.

    Raises:
        ContentError: the front matter cannot be read.
    """
    if _SUSPICIOUS.search(text):
        return None
    front, body = split_front_matter(text, file.source)
    language = file.language or guess_language(text, file.beside)
    included = tuple(included_in(body, file.source))
    metadata = read_metadata(front, ProblemLog(file.source), language=language)
    title = _title(body) or metadata.title
    if not title or not body.strip():
        return None
    variant = Variant(
        language=language if file.named_by_language else language_of(metadata.language) or language,
        title=title,
        description=metadata.description or _lead(body),
        source=file.source,
        state=metadata.state,
        applies_to=metadata.applies_to,
        is_guessed=not file.language and not metadata.is_language_stated,
    )
    ids = tuple(filter(None, (metadata.uid, *metadata.aliases)))
    return Record(
        variant, ids, metadata.topic, metadata.part, None, metadata.redirect, included, bool(metadata.uid)
    )


def included_in(body: str, source: str) -> Iterator[str]:
    """Yield the paths of the files whose text an article takes in itself, as its text names them."""
    if "[!" not in body and ":::" not in body:
        return
    found = set()
    for match in _INCLUDED.finditer(body):
        path = resolve_path((match[1] or match[2]).partition("?")[0].partition("#")[0], source)
        if path is not None and path not in found:
            found.add(path)
            yield path


def _lead(body: str) -> str:
    """Return the text of the first paragraph, "" when a section or anything less plain comes first."""
    title = _TITLE.search(body)
    start = title.end() if title else 0
    for block in _BETWEEN_BLOCKS.split(body[start : start + _MAX_LOOKED_AT].strip("\n")):
        if block.startswith("#") or _UNCLEAR.match(block):
            return ""
        if _SKIPPED.match(block):
            continue
        if _MARKUP.search(block):
            # Only what has markup needs the parser, and only for itself.
            from kbviewer.content.reader import read_article

            return lead_of(read_article(f"# Title\n\n{block}\n", article_id="", source="").article)
        return shortened(block)
    return ""


def _title(body: str) -> str:
    """Return the text of the level-1 heading, "" when there is none or it might be inside a block."""
    match = _TITLE.search(body)
    if match is None:
        return ""
    fence = _FENCE.search(body)
    if fence is not None and fence.start() < match.start():
        return ""
    if not _MARKUP.search(match.group(1)):
        return " ".join(match.group(1).split())
    # Only headings with markup need the parser, and only for themselves.
    from kbviewer.content.reader import read_article

    return read_article(match.group(), article_id="", source="").article.title
