"""The words of a Markdown file, found without our parser, beside the words of the article made from it.

Markup, front matter and comments are taken away by rules of their own, so that a fault of the reader does not
hide in both. What is in the file and not in the article is lost.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Block,
    Code,
    Figure,
    ScopeMatrix,
    StepList,
    SymptomTable,
    Table,
    block_runs,
    walk,
)
from kbviewer.model.inline import Run

_WORD = re.compile(r"[^\W_]+")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(
    r"^[ \t>]*(?:[-*+]|\d+[.)])?[ \t>]*(`{3,}(?=[^`\n]*\n)|~{3,})[^\n]*\n(.*?)(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n\s*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT_ALONE = re.compile(r"^ {0,3}<!--.*?-->", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSHOWN = re.compile(
    r"<span class=\"sxs-lookup\">(?:<span\b[^<>]*>.*?</span>|(?!</?span)[\s\S])*?</span>|"
    r"<(script|style|svg|head)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTES = r"(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*"
_PICTURE_TAG = re.compile(rf"<img\b({_ATTRIBUTES})\s*/?>", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\balt(?:-text)?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TAG = re.compile(rf"</?([A-Za-z][\w-]*){_ATTRIBUTES}\s*/?>")
_TAG_NAMES = frozenset(
    "a abbr acronym address article aside audio b base blockquote body br button caption center cite code "
    "col colgroup dd del details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 "
    "header hr i iframe img input ins kbd label legend li link main map mark meta nav nobr object ol option "
    "p param picture pre q s samp section select small source span strike strong sub summary sup table tbody "
    "td textarea tfoot th thead time tr track tt u ul var video wbr".split()
)
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[([^\[\]]*)\]\s*\(([^()\s]*)\)\s*\]", re.IGNORECASE)
_CODE_FILE = re.compile(r"\[!code-?[\w-]*\s*\[([^\[\]]*)\]\s*\([^()]*\)\s*\]", re.IGNORECASE)
_VIDEO = re.compile(r"\[!VIDEO(?:\s*\]\s*\(([^()\s]*)\)|\s+([^\]\s]*)\s*\])", re.IGNORECASE)
_DIV = re.compile(r"\[!div\b[^\]]*\]", re.IGNORECASE)
_ALERT = re.compile(r"\[![A-Za-z]+\](?!\()")
_LABEL = re.compile(r"\[![A-Za-z]+\s")
_TARGET = re.compile(
    r"\](?<!\\\])\([ \t]*(?:<[^<>\n]*>|[^\s()]*(?:\([^()\s]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]^\n]+\]:[ \t]*\S+[^\n]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[[^\[\]\n]*\]")
_CODE_REFERENCE = re.compile(r"\](?<!\\\])\[`[^`\n]*`\]")
_LIST = re.compile(
    r"\{:?[ \t]*(?:[#.][\w.:/-]+|[A-Za-z][\w:-]*[ \t]?=[ \t]?(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s{}]+)|[ \t])+\}"
)
_NUMBER = re.compile(r"^[ \t>*+-]*(?:\d{1,9}[.)][ \t]+)+", re.MULTILINE)
_INLINE_DIRECTIVE = re.compile(r":::[ \t]*(?:image|no-loc)\b(?:[^:\n]|:(?!::))*:::")
_NAME = re.compile(r"""(?<![\w-])text\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_AUTOLINK = re.compile(r"<xref:([^<>?\s]+)[^<>]*>")
_DIRECTIVE = re.compile(
    r"^[ \t>]*:::[ \t]*(?:image|code)\b(?![^\n]*:::[ \t]*$)[^\n]*(?:\n(?!\s*\n)[^\n]*?){0,8}?:::"
    r"|^[ \t>]*:::[ \t]*(?:row|column|zone|moniker)[^:\n]*:::(?=[ \t]*[^\s:])|^[ \t>]*:::[^\n]*",
    re.MULTILINE,
)


def words(text: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(_WORD.findall(text.replace("\u200b", "").replace("\ufeff", "").casefold()))


def source_words(text: str) -> Counter[str]:
    """Return the words of a Markdown file that a reader should see, without those of included files."""
    text = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    kept: list[str] = []

    def keep(literal: str) -> str:
        kept.append(literal)
        return " "

    text = _FENCE.sub(lambda match: keep(match[2]), text)
    # Before code is looked for: what stands between backticks in these is not shown either.
    text = _CODE_REFERENCE.sub("] ", _DEFINITION.sub("", _COMMENT_ALONE.sub("", text)))
    text = _SPAN.sub(lambda match: keep(match[2]), text)
    text = _UNSHOWN.sub(" ", _COMMENT.sub(" ", text))
    text = _INLINE_DIRECTIVE.sub(lambda match: keep(" ".join(_descriptions(match[0]))), text)
    text = _DIRECTIVE.sub(lambda match: keep(" ".join(_descriptions(match[0]))), text)
    text = _AUTOLINK.sub(r" \1 ", text)
    text = _PICTURE_TAG.sub(lambda match: keep(html.unescape(" ".join(_descriptions(match[1])))), text)
    text = _TAG.sub(lambda match: " " if match[1].casefold() in _TAG_NAMES else match[0], text)
    text = _INCLUDE.sub(" ", _CODE_FILE.sub(" ", text))
    text = _VIDEO.sub(lambda match: keep(match[1] or match[2] or ""), text)
    text = _LABEL.sub("[", _ALERT.sub(" ", _DIV.sub(" ", text)))
    text = _REFERENCE.sub("] ", _TARGET.sub("] ", text))
    text = _NUMBER.sub("", _LIST.sub(" ", text))
    return words(" ".join([html.unescape(text), *kept]))


def article_words(article: Article) -> Counter[str]:
    """Return the words that an article shows, those that describe its pictures included."""
    pieces = list(_all_pieces(article))
    # Parts of one word may look different, and words may touch where only their looks part them.
    return words(" ".join(map("".join, pieces))) | words(" ".join(map(" ".join, pieces)))


def _all_pieces(article: Article) -> Iterator[Sequence[str]]:
    yield (article.title,)
    for block in walk(article.blocks):
        yield from _texts(block)


def lost_words(text: str, article: Article) -> Counter[str]:
    """Return the words of a file that its article does not show."""
    lost = source_words(text) - article_words(article)
    if not lost:
        return lost
    # A label may touch the word before it, as in `till[!DNL Name]`: one word on screen, two in the file.
    wanted, shown = source_words(text), "".join(_all_words(article))
    return Counter({word: count for word, count in lost.items() if shown.count(word) < wanted[word]})


def _all_words(article: Article) -> Iterator[str]:
    for piece in _all_pieces(article):
        yield from _WORD.findall("".join(piece).casefold())


def _descriptions(attributes: str) -> Iterator[str]:
    for pattern in (_DESCRIPTION, _NAME):
        for match in pattern.finditer(attributes):
            yield match[1] or match[2] or ""


def _texts(block: Block) -> Iterator[Sequence[str]]:
    """Yield the texts of a block, each as the pieces that it is put together from."""
    match block:
        case Table(header=header, rows=rows):
            yield from (_pieces(cell) for line in (header, *rows) for cell in line)
        case StepList(title=title, steps=steps):
            yield from (_pieces(runs) for runs in (title, *(step.runs for step in steps)))
        case Code(text=text):
            yield (text,)
        case Figure(alt=alt, caption=caption):
            # A caption may repeat the description.
            yield _pieces(caption) or (alt,)
        case ScopeMatrix():
            yield block.question, *block.rows, *block.columns
            yield from ((cell.category,) for row in block.cells for cell in row)
        case SymptomTable():
            yield block.headers
            for row in block.rows:
                yield _pieces(row.symptom)
                yield row.category, *(target.label for target in row.targets)
        case _:
            yield _pieces(block_runs(block))


def _pieces(runs: Iterable[Run]) -> tuple[str, ...]:
    return tuple(run.text for run in runs)
