"""Reads one file of a library as an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kbviewer.content.anchors import mark_fallback, resolve_anchors
from kbviewer.content.block_reader import BlockReader
from kbviewer.content.context import ReadingContext
from kbviewer.content.front_matter import split_front_matter
from kbviewer.content.included import Inclusions, ReadFile
from kbviewer.content.keys import assign_keys
from kbviewer.content.links import read_link
from kbviewer.content.markdown_tree import build_tree
from kbviewer.content.metadata import Metadata, read_metadata
from kbviewer.content.problem_log import ProblemLog
from kbviewer.content.tree import Node
from kbviewer.model.article import Article
from kbviewer.model.blocks import Block, Heading, Paragraph, ParagraphRole
from kbviewer.model.errors import ContentError
from kbviewer.model.inline import Run, plain_text
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message

MAX_CHARACTERS = 4_000_000

# Texts have none of these; a file with many of them is a picture or a program.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class ReadResult:
    """An article, and what is wrong with its file.

    Attributes:
        article: what can be shown.
        problems: ordered by line.
        included: paths of the files whose text it takes in, or would if they were there.
        redirect: address that its front matter sends readers on to, else "".
    """

    article: Article
    problems: tuple[Problem, ...]
    included: tuple[str, ...] = ()
    redirect: str = ""


def read_article(
    text: str,
    *,
    article_id: str,
    source: str,
    glossary: Mapping[str, str] | None = None,
    language: str = "",
    is_guess: bool = False,
    read_file: ReadFile | None = None,
) -> ReadResult:
    """Read Markdown with front matter.

    Args:
        text: the file's content.
        article_id: the article's id in its library.
        source: path of the file relative to the library, with forward slashes.
        glossary: casefolded term to its explanation in the article's language.
        language: of the text, when the front matter does not say.
        is_guess: `language` was judged by the text.
        read_file: returns the text of a further file of the library; without it nothing is included.

    Raises:
        ContentError: nothing of it can be shown: front matter that is not YAML, no text, too large.
    """
    log = ProblemLog(source)
    front, body = split_front_matter(clean_text(text, source), source)
    if not front.is_mapping:
        log.add(
            "front-matter",
            1,
            message(N_("what stands between the lines of three hyphens is not keys and values")),
            message(N_("Write 'key: value' on each line, or remove the hyphens.")),
        )
    metadata = read_metadata(front, log, language=language)
    # Imported here because the window starts from the cache, without a Markdown parser. Only files that
    # changed get this far, so a parser per file costs little and keeps the room free of state.
    from kbviewer.content.dialect import Dialect

    dialect = Dialect()

    def build(further: str) -> tuple[Node, tuple[Problem, ...]]:
        complaints = ProblemLog(source)
        return build_tree(clean_text(further, source), dialect, complaints), complaints.problems

    tree = build_tree(body, dialect, log, first_line=front.end + 1)
    inclusions = Inclusions(read_file)
    inclusions.enter(source)
    context = ReadingContext(source, glossary or {}, log, build, inclusions)
    blocks = BlockReader(context).read(tree.children)
    title, blocks = _take_title(blocks, context)
    keyed = assign_keys(_mark_lead(mark_fallback(blocks)), log)
    if keyed and title is not None and title.key:
        context.aliases.setdefault(title.key, keyed[0].key)
    keyed = resolve_anchors(keyed, context.aliases)
    heading = plain_text(title.runs) if title else ""
    name = " ".join(heading.split()) or metadata.title or _name(article_id, source, metadata.language)
    included = tuple(dict.fromkeys(inclusions.sources))
    if metadata.redirect and not keyed:
        # Nothing but the way on: better than an empty page.
        link = read_link(metadata.redirect, source).link
        keyed = assign_keys((Paragraph(line=1, runs=(Run(metadata.redirect, link=link),)),), log)
    article = _article(metadata, article_id, source, name, keyed)
    article = replace(article, is_language_guessed=is_guess and not metadata.is_language_stated)
    return ReadResult(article, log.problems, included, metadata.redirect)


def clean_text(text: str, source: str) -> str:
    """Return the text with plain line ends and without characters that no text has."""
    if len(text) > MAX_CHARACTERS:
        raise ContentError(
            message(
                N_("{path}:1: the file has {size} characters, more than {limit}"),
                path=source,
                size=len(text),
                limit=MAX_CHARACTERS,
            ),
            message(N_("Split it into several articles.")),
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text) + 10:
        raise ContentError(
            message(N_("{path}:1: the file is not text"), path=source),
            message(N_("Save it as UTF-8 Markdown.")),
        )
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def _take_title(blocks: Sequence[Block], context: ReadingContext) -> tuple[Heading | None, list[Block]]:
    """Return the first level-1 heading and the other blocks; further ones move down to level 2."""
    title: Heading | None = None
    rest: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if title is None:
                title = block
                continue
            context.log.add(
                "second-title",
                block.line,
                message(N_("the article has more than one level-1 heading")),
                message(N_("Use level 2 and below for sections.")),
            )
            rest.append(replace(block, level=2))
        else:
            rest.append(block)
    return title, rest


def _mark_lead(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Make the first paragraph the lead, when it stands before any section."""
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and block.role is ParagraphRole.BODY:
            lead = replace(block, role=ParagraphRole.LEAD)
            return (*blocks[:index], lead, *blocks[index + 1 :])
    return tuple(blocks)


def _name(article_id: str, source: str, language: str) -> str:
    """Return a title for an article that has none: its file's name, unless that is only its language."""
    stem = posixpath.splitext(posixpath.basename(source))[0]
    return stem if stem and stem.casefold() != language.casefold() else article_id or source


def _article(
    metadata: Metadata, article_id: str, source: str, title: str, blocks: tuple[Block, ...]
) -> Article:
    """Put the article together."""
    return Article(
        id=article_id,
        language=metadata.language,
        title=title,
        blocks=blocks,
        uid=metadata.uid,
        aliases=metadata.aliases,
        description=metadata.description,
        state=metadata.state,
        applies_to=metadata.applies_to,
        keywords=metadata.keywords,
        last_reviewed=metadata.last_reviewed,
        revision=metadata.revision,
        translation=metadata.translation,
        part=metadata.part,
        support_end=metadata.support_end,
        help_offer=metadata.help_offer,
        topic=metadata.topic,
        source=source,
    )
