"""Exported articles: nothing lost, nothing unsafe, and the JSON that scripts rely on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kbviewer.content.export import as_html, as_json, as_markdown, as_text
from kbviewer.content.export.text_table import text_table
from kbviewer.content.reader import read_article
from kbviewer.model.article import Article
from kbviewer.model.blocks import Heading, Paragraph, walk
from kbviewer.model.inline import Link, LinkKind, Mark, Run
from kbviewer.model.library import LibraryEntry, Variant

TEXT = """---
title: Rubrik
uid: kb1
lang: sv
appliesto: [Windows XP]
keywords: [kbinfo]
kb.aliases: [KB1, Q1]
kb.reviewed: 2005-08-05T11:01:47
kb.revision: "5.0"
kb.state: archived
kb.support_end: {product: Windows XP, date: 2014-04-08}
kb.part: {guide: g, title: Guide, number: 2, parts: [a, b]}
kb.help: {label: Forum, url: https://example.com/}
translation: {from: de, method: human}
---
# Rubrik

Ingress med <samp>Servern svarar inte</samp> och [sajt](https://example.com/a?b=1&c=2).

## Del {#part}

Så här: {#proc}

1. > [!WARNING]
   > Tryck inte än.

   Klicka på **OK**, `certmgr.msc` och <kbd>Ctrl+P</kbd>. {#one}

   1. Under. {#below}

   > [!div class="kb-figure"]
   >
   > Bildtext

2. Gå till [del](#part) eller [annan](xref:902534#register). {#two}

> [!div class="kb-scope"]
>
> | Fråga | En | Flera |
> |---|---|---|
> | en dator | [Del](#part) | [Del](#part) / [steg](#one) |

> [!div class="kb-symptoms"]
>
> | Symtom | Kategori | Åtgärd |
> |---|---|---|
> | Stopp | Nätverk | [Del](#part) |
> | Annat {.fallback} | Övrigt | [Steg](#one) |

<details id="faq"><summary>Varför?</summary>

Därför.

</details>

> [!div class="kb-alternatives"]
>
> - ett
> - två
>
>   - inre

| a | b |
|---|---|
| 1 | 2 |

```sh
ls -l
```

---

[Borta](missing:) och [Titel](search:) samt
<abbr title="Förklaring">NAT</abbr> på <span lang="en">English</span>.
"""


@pytest.fixture
def article() -> Article:
    return read_article(TEXT, article_id="kb1", source="kb1/sv.md").article


@pytest.fixture
def entry() -> LibraryEntry:
    variants = {tag: Variant(tag, "Rubrik", "", f"kb1/{tag}.md") for tag in ("sv", "en")}
    return LibraryEntry(id="kb1", variants=variants)


def test_json_has_the_names_and_types_that_scripts_rely_on(article: Article, entry: LibraryEntry) -> None:
    data = json.loads(json.dumps(as_json(article, entry)))

    assert data["id"] == "kb1"
    assert data["aliases"] == ["KB1", "Q1"]
    assert (data["language"], data["languages"]) == ("sv", ["sv", "en"])
    assert (data["title"], data["state"], data["revision"]) == ("Rubrik", "archived", "5.0")
    assert data["last_reviewed"] == "2005-08-05T11:01:47"
    assert data["applies_to"] == ["Windows XP"]
    assert data["keywords"] == ["kbinfo"]
    assert (data["translation"]["from"], data["translation"]["method"]) == ("de", "human")
    assert (data["part"]["number"], data["part"]["parts"]) == (2, ["a", "b"])


def test_json_blocks_are_flat_and_typed(article: Article, entry: LibraryEntry) -> None:
    blocks = {block["type"]: block for block in as_json(article, entry)["blocks"]}

    assert (blocks["heading"]["level"], blocks["heading"]["id"], blocks["heading"]["text"]) == (
        2,
        "part",
        "Del",
    )
    steps = blocks["steps"]
    assert (steps["id"], steps["title"]) == ("proc", "Så här:")
    first, second = steps["steps"]
    assert (first["id"], first["number"], second["number"]) == ("one", "1", "2")
    assert first["text"] == "Klicka på OK, certmgr.msc och Ctrl+P."
    assert [block["type"] for block in first["blocks"]] == ["callout", "steps", "figure"]
    assert first["blocks"][0]["kind"] == "warning"
    assert first["blocks"][2]["caption"] == "Bildtext"
    assert blocks["matrix"]["rows"] == ["en dator"]
    assert blocks["matrix"]["cells"][0][1]["category"] == "Del / steg"
    assert blocks["matrix"]["cells"][0][1]["targets"] == ["part", "one"]
    assert [row["targets"] for row in blocks["symptoms"]["rows"]] == [["part"], ["one"]]
    assert blocks["faq"]["question"] == "Varför?"
    assert blocks["list"]["items"][0]["text"] == "ett"
    assert blocks["code"]["text"] == "ls -l"
    assert blocks["table"]["rows"] == [["1", "2"]]
    assert {"paragraph", "rule"} <= set(blocks)


def test_what_the_source_does_not_say_is_null(entry: LibraryEntry) -> None:
    bare = Article(id="x", language="en", title="T", blocks=())

    data = as_json(bare, entry)

    unknown = ("applies_to", "last_reviewed", "revision", "translation", "part")
    assert [data[name] for name in unknown] == [None] * len(unknown)


def test_markdown_reads_back_as_the_same_article(article: Article) -> None:
    again = read_article(as_markdown(article), article_id="kb1", source="kb1/sv.md").article

    assert as_markdown(again) == as_markdown(article)
    assert encoded(again) == encoded(article)


def encoded(article: Article) -> str:
    """Return everything about an article but its line numbers."""
    return re.sub(r"line=\d+", "line=0", repr(article))


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` [d](e) <b>f</b> &amp; ~~g~~ | {#h} \\ ![i](j)",
        "# no heading",
        "1. no list",
        "12) no list",
        "- no list",
        "+ no list",
        "> no quote",
        "=== no underline",
        "::: no directive",
        "[!NOTE] no callout",
        "snake_case and _edges_",
        "ends in braces {#x}",
        "first\n# second\n- third",
        "2 * 3 * 4 ** 5",
        "https://example.com/a_b_c",
        "&lt; &#35; &nbsp;",
    ],
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    article = Article(
        id="x", language="en", title=text.split("\n")[0], blocks=(Paragraph(key="s1/p1", runs=(Run(text),)),)
    )
    article = replace(article, blocks=(Heading(key="h", level=2, runs=(Run("H"),)), *article.blocks))

    again = read_article(as_markdown(article), article_id="x", source="x/en.md").article

    (paragraph,) = [block for block in again.blocks if isinstance(block, Paragraph)]
    assert paragraph.runs == (Run(text),)
    assert again.title == article.title


@pytest.mark.parametrize("text", ["`", "``", "a`b", "`a`", "a b", "|", "\\", "<b>", "*"])
def test_any_literal_survives_markdown(text: str) -> None:
    literal = Run(text, frozenset({Mark.CODE}))
    blocks = (Heading(key="h", level=2, runs=(Run("H"),)), Paragraph(key="h/p1", runs=(Run("Kör "), literal)))

    written = as_markdown(Article(id="x", language="en", title="T", blocks=blocks))

    (paragraph,) = [
        block
        for block in read_article(written, article_id="x", source="x/en.md").article.blocks
        if isinstance(block, Paragraph)
    ]
    assert paragraph.runs == (Run("Kör "), literal)


def test_text_shows_every_word_and_the_properties(article: Article) -> None:
    text = as_text(article, str)
    words = re.sub(r"[^\w”]+", " ", text)

    for block in walk(article.blocks):
        if isinstance(block, Paragraph):
            for word in re.findall(r"\w+", "".join(run.text for run in block.runs)):
                assert word in words
    assert "”Servern svarar inte”" in text
    assert "│ Warning:" in text
    assert text.index("Tryck inte än.") < text.index("Klicka på OK")
    assert "   a. Under." in text
    assert "Fråga" in text
    assert "Last reviewed: 2005-08-05" in text
    assert "Support for Windows XP ended on 2014-04-08." in text
    assert "(link missing in the source)" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("width", [40, 80, 100])
def test_text_keeps_to_its_width(article: Article, width: int) -> None:
    assert max(map(len, as_text(article, str, width=width).split("\n"))) <= width


def test_text_holds_no_terminal_codes() -> None:
    hostile = Article(
        id="x", language="en", title="\x1b[31mT\x07", blocks=(Paragraph(runs=(Run("\x1b]0;x\x07y"),)),)
    )

    assert "\x1b" not in as_text(hostile, str)
    assert "\x07" not in as_text(hostile, str)


def test_labels_are_translated(article: Article) -> None:
    swedish = {"Warning": "Varning", "Applies to": "Gäller för"}

    text = as_text(article, lambda sentence: swedish.get(sentence, sentence))

    assert "│ Varning:" in text
    assert "Gäller för: Windows XP" in text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def test_html_is_complete_and_well_nested(article: Article) -> None:
    html = as_html(article, str)
    page = parsed(html)

    assert html.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "sv"}) in page.tags
    assert any(tag == "details" and "open" in attrs and attrs["id"] == "faq" for tag, attrs in page.tags)
    assert ("span", {"lang": "en"}) in page.tags
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {"part", "proc", "one", "below", "two", "faq"} <= set(ids)


def test_html_links_lead_where_their_kind_says(article: Article) -> None:
    links = [attrs["href"] for tag, attrs in parsed(as_html(article, str)).tags if tag == "a"]

    assert "https://example.com/a?b=1&c=2" in links
    assert "kb://902534#register" in links
    assert "#part" in links
    assert len(links) == 3 + 5  # and the targets of matrix and symptoms


def test_html_escapes_everything_and_runs_nothing() -> None:
    bad = '"><script>alert(1)</script>'
    link = Link(LinkKind.EXTERNAL, f"javascript:alert(1){bad}")
    hostile = Article(
        id=bad,
        language=bad,
        title=bad,
        blocks=(Paragraph(key=bad, language=bad, runs=(Run(bad, link=link, language=bad, tip=bad),)),),
        aliases=(bad,),
        keywords=(bad,),
    )

    page = parsed(as_html(hostile, str))

    assert "script" not in {tag for tag, _ in page.tags}
    assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in page.tags)
    assert not any(name.startswith("on") or name == "src" for _, attrs in page.tags for name in attrs)


def test_a_block_in_another_language_says_so_everywhere(article: Article, entry: LibraryEntry) -> None:
    filled = replace(article, blocks=(Paragraph(key="p", language="en", runs=(Run("Only English"),)),))

    assert "[Shown in en]" in as_text(filled, str)
    assert '<div lang="en">' in as_html(filled, str)
    assert as_json(filled, entry)["blocks"][0]["language"] == "en"


def test_a_table_whose_words_do_not_fit_is_written_row_by_row() -> None:
    header = ["Fråga", "En enskild användare", "Flera användare"]
    rows = [["Går det att ansluta?", "Nätverksanslutningsproblem", "Klientproblem"], ["Annat", "", "Nej"]]

    assert text_table(header, rows, 40) == [
        "Fråga: Går det att ansluta?",
        "  En enskild användare:",
        "    Nätverksanslutningsproblem",
        "  Flera användare: Klientproblem",
        "",
        "Fråga: Annat",
        "  Flera användare: Nej",
    ]


def test_no_heading_of_text_is_raw_markup(article: Article) -> None:
    assert "###" not in as_text(article, str)
