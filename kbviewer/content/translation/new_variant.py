"""The first file of an article in another language: the original's, with its front matter changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.front_matter import split_front_matter
from kbviewer.content.language_tags import language_of, split_suffix
from kbviewer.content.reader import clean_text
from kbviewer.content.translation.file_lines import FileLine, join_lines, split_lines
from kbviewer.content.translation.workspace import Draft, draft_of


def new_file(source: ArticleFile, language: str, files: Iterable[ArticleFile]) -> ArticleFile | None:
    """Return where an article's file in `language` belongs, None when the library's names do not tell."""
    folders = source.source.split("/")
    if source.named_by_language:
        path = "/".join([*folders[:-1], f"{language}.md"])
        return replace(source, source=path, language=language)
    if source.own_id:
        shared = split_suffix(folders[-1].rpartition(".")[0], (source.language,))[0]
        path = "/".join([*folders[:-1], f"{shared}.{language}.md"])
        return replace(source, source=path, language=language, own_id=f"{source.entry_id}.{language}")
    if len(folders) < 2 or language_of(folders[0]) != source.language:
        return None
    roots = sorted(
        file.source.partition("/")[0]
        for file in files
        if file.language == language and language_of(file.source.partition("/")[0]) == language
    )
    path = "/".join([roots[0] if roots else language, *folders[1:]])
    return replace(source, source=path, language=language)


def new_variant(translated: Draft, file: ArticleFile) -> Draft:
    """Return the variant whose text is that of `translated`, a copy of the original with all texts replaced.

    Raises:
        ContentError: it cannot be read as an article.
    """
    lines = split_lines(translated.data)
    front, _ = split_front_matter(clean_text(translated.data, file.source), file.source)
    if not front.end:
        return draft_of(file, translated.data)
    places = sorted(front.lines.values())
    gone: set[int] = set()
    stated = front.lines.get("translation")
    if stated is not None:
        following = next((line for line in places if line > stated), front.end)
        gone = set(range(stated - 1, following - 1))
    written: list[FileLine] = []
    for number, line in enumerate(lines):
        if number == front.lines.get("lang", 0) - 1:
            line = FileLine(f"lang: {file.language}", line.end)
        if number == front.end - 1:
            written.append(FileLine(_provenance(translated), line.end or "\n"))
        if number not in gone:
            written.append(line)
    return draft_of(file, join_lines(written))


def _provenance(source: Draft) -> str:
    """Return the line of front matter that says what a translation was made from."""
    revision = source.article.revision
    known = f', revision: "{revision}"' if revision and '"' not in revision and "\\" not in revision else ""
    return f"translation: {{from: {source.file.language}{known}, method: human}}"
