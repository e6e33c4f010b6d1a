"""Texts that nobody means well with: nothing but ContentError may come out, and no key twice."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.blocks import (
    Block,
    Code,
    Figure,
    ScopeMatrix,
    StepList,
    SymptomTable,
    block_runs,
    walk,
    walk_steps,
)
from kbviewer.model.errors import ContentError
from kbviewer.model.inline import plain_text

_PIECES = [
    *("# ", "## ", "> ", ">", "- ", "1. ", "   ", "    ", "\n", "\n\n", "```", "---\n", "***", "| a | b |\n"),
    *("|---|---|\n", "|", "**", "*", "_", "`", "~~", "[a](b.md)", "[", "]", "(", ")", "![", "![a](b.png)"),
    *("[!NOTE]", "> [!WARNING]\n", '[!div class="kb-scope"]\n', '> [!div class="kb-symptoms"]\n>\n'),
    *(
        '> [!div class="kb-figure"]\n',
        "[!UICONTROL a]",
        "[!DNL ",
        "[!INCLUDE [a](b)]",
        "[!VIDEO https://a.b]",
    ),
    *(
        ":::",
        ":::image source=a.png:::\n",
        ":::row:::\n",
        "{#a}",
        "{#b}",
        '{a="',
        "{",
        "}",
        "&#x200B;",
        "&amp;",
    ),
    *(
        '<details id="q">',
        "<summary>",
        "</summary>",
        "</details>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
    ),
    *(
        "<th colspan=3 rowspan=2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol start=9>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<pre>",
    ),
    *(
        "</pre>",
        "<br>",
        "<!--",
        "-->",
        "<a name=x></a>",
        '<a href="#a">',
        "</a>",
        "<script>",
        "</script>",
        "<svg>",
    ),
    *(
        "<x-y>",
        "<div>",
        "</div>",
        "<kbd>",
        "<abbr>",
        "</abbr>",
        "<h1>",
        "<h3 id=a>",
        "</h3>",
        "<iframe src=a>",
    ),
    *(
        "+++ a\n",
        "+++\n",
        "# [a](#tab/a)\n",
        "[x] ",
        "- [ ] ",
        ">[!TAB a b]\n",
        ">[!BEGINTABS]\n",
        ">[!ENDTABS]\n",
    ),
    *(
        ":::column span=2:::\n",
        ":::column-end:::\n",
        ":::row-end:::\n",
        "::: moniker range='a'\n",
        ":::zone-end\n",
    ),
    *(
        ':::image type="complex" source="a.png":::\n',
        ":::image-end:::\n",
        ':::no-loc text="a":::',
        "        ",
    ),
    *(
        "[!code-c[a](b.c)]",
        ":::code source=b.c:::\n",
        "<xref:a.b?c=d>",
        '<span class="sxs-lookup">',
        "<span>",
    ),
    *("</span>", "[!BADGE a]", "{{a}}", ">[!MORELIKETHIS]\n", "[^1]", "[^1]: a\n"),
    *("ord", "Så: ", " ", "\t", "\\", "<", ">", "\u00a0", "å", "😀", "\u2028", "\r\n"),
]
_MARKDOWN = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


def read(text: str) -> ReadResult:
    return read_article(text, article_id="a", source="a/sv.md")


def all_text(result: ReadResult) -> str:
    """Return everything that is shown of an article."""
    parts = [result.article.title]
    for block in walk(result.article.blocks):
        parts += _texts(block)
    return "\n".join(parts)


def _texts(block: Block) -> list[str]:
    parts = [plain_text(block_runs(block))]
    match block:
        case Code(text=text):
            parts.append(text)
        case Figure(alt=alt, source=source):
            parts += [alt, source]
        case ScopeMatrix(question=question, rows=rows, columns=columns, cells=cells):
            parts += [question, *rows, *columns, *(cell.category for row in cells for cell in row)]
        case SymptomTable(headers=headers, rows=symptoms):
            parts += [*headers, *(row.category for row in symptoms)]
            parts += [target.label for row in symptoms for target in row.targets]
        case StepList(steps=steps):
            parts += [plain_text(step.runs) for step in steps]
        case _:
            pass
    return parts


def check(result: ReadResult) -> None:
    """Check what holds for every article."""
    keys = [block.key for block in walk(result.article.blocks)]
    keys += [step.id for step in walk_steps(result.article.blocks)]
    assert all(keys)
    assert len(keys) == len(set(keys))
    for block in walk(result.article.blocks):
        for run in block_runs(block):
            assert run.text or run.image
            assert "\u200b" not in run.text


@given(st.text(max_size=400))
def test_any_text_is_an_article_or_a_content_error(text: str) -> None:
    try:
        check(read(text))
    except ContentError as error:
        assert error.remedy is not None


@settings(max_examples=400)
@given(_MARKDOWN)
def test_any_mixture_of_markup_is_an_article(text: str) -> None:
    check(read("Text\n\n" + text))


@given(st.lists(st.sampled_from(_PIECES), max_size=30), st.lists(st.sampled_from(_PIECES), max_size=30))
def test_a_word_is_never_lost(before: list[str], after: list[str]) -> None:
    """Except in a comment, a script or a drawing, which is where it is not text."""
    dropped = ("<!--", "<script>", "<svg>", '<span class="sxs-lookup">')
    text = "".join(p for p in before if not p.startswith(dropped)) + "\n\nGömd\n\n"
    text += "".join(p for p in after if not p.startswith(dropped))

    assert "Gömd" in all_text(read("Text\n\n" + text))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    [
        *(
            "title",
            "lang",
            "uid",
            "appliesto",
            "product",
            "keywords",
            "kb.topic",
            "kb.aliases",
            "kb.reviewed",
        ),
        *(
            "ms.date",
            "kb.revision",
            "kb.state",
            "kb.support_end",
            "kb.part",
            "kb.help",
            "translation",
            "ht-degree",
            "redirect_url",
            "locale",
        ),
    ]
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_any_values_in_front_matter_are_read_or_refused(values: dict[str, object]) -> None:
    lines = [f"{key}: {json.dumps(value)}" for key, value in values.items()]
    try:
        read("\n".join(["---", *lines, "---", "# T", ""]))
    except ContentError as error:
        assert re.match(r"a/sv\.md:\d+: ", str(error.what))


@pytest.mark.parametrize(
    "text",
    [
        "![" * 8_000,
        "[" * 16_000,
        "[" * 8_000 + "]" * 8_000,
        "[a](" * 4_000,
        "<!--" * 4_000,
        '<a x="' * 3_000,
        "*a " * 2_000 + "b*" * 2_000,
        "[!DNL " * 1_500 + "]" * 1_500,
        "> " * 2_000 + "a",
        "- " * 4_000 + "a",
        "\n".join("   " * level + "1. x" for level in range(100)),
        "\n".join("> " * level + "[!NOTE]" for level in range(1, 150)),
        "<div>" * 5_000 + "a",
        "<details>\n\n" * 500 + "a",
        "<b>" * 5_000 + "a",
        "|a|\n|-|\n" + "|x" * 2_000 + "\n" + "|x|\n" * 500,
        "<table>" + "<tr><td colspan=100 rowspan=99>x" * 300,
        "{#a" * 5_000 + "}",
        "## a {#a}\n\n" * 500,
        ":::row:::\n" * 5_000 + "a",
        "".join(f"{' ' * level}:::row:::\n" for level in range(300)) + "a",
        "+++ a\n\n" * 2_000 + "b",
        ":::image " * 4_000,
        ":::no-loc text=" * 3_000 + ":::",
        "[!INCLUDE [a](b.md)] " * 2_000,
        "[!INCLUDE [" * 4_000,
        ":::code source=" + "a" * 20_000,
        '<span class="sxs-lookup">' * 3_000 + "a",
        "- [ ] " * 2_000 + "a",
        "# [a](#tab/a)\n" * 2_000,
        "<xref:" + "a" * 20_000,
        "<details><summary>A <" + "b" * 60 + "> c</summary>d</details>",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_attacks_on_time_and_depth_end_in_an_article(text: str) -> None:
    check(read(text))


def test_text_nested_beyond_reason_is_kept_and_reported() -> None:
    result = read("> " * 200 + "djupt ned")

    assert "djupt ned" in all_text(result)
    assert [problem.kind for problem in result.problems] == ["deep-nesting"]


def test_a_file_of_nothing_but_problems_does_not_list_them_all() -> None:
    assert len(read("a **b\n\n" * 3_000).problems) == 500


_NAMES = st.sampled_from(["a", "b", "c", "sub/d", "../e", "/f", "~/g"])
_TAKING = st.lists(
    st.one_of(
        st.builds("[!INCLUDE [x]({}.md)]\n\n".format, _NAMES),
        st.builds("Text [!INCLUDE [x]({}.md)] on\n\n".format, _NAMES),
        st.builds("| a |\n|---|\n| [!INCLUDE [x]({}.md)] |\n\n".format, _NAMES),
        st.builds("[!code-c[x]({}.md?name=n&range=1-2)]\n\n".format, _NAMES),
        st.builds("> [!NOTE]\n> [!INCLUDE [x]({}.md)]\n\n".format, _NAMES),
        st.sampled_from(_PIECES),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=200)
@given(st.lists(_TAKING, min_size=7, max_size=7), _TAKING)
def test_files_may_take_each_other_in_as_they_like(files: list[str], text: str) -> None:
    """Circles, fans and deep chains end."""
    paths = ["kb/a.md", "kb/b.md", "kb/c.md", "kb/sub/d.md", "e.md", "f.md", "g.md"]
    known = dict(zip(paths, files, strict=True))

    result = read_article("Text\n\n" + text, article_id="a", source="kb/x.md", read_file=known.get)

    check(result)
    assert len(result.included) <= len(set(paths)) + 60
