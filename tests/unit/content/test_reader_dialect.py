"""What real documentation writes beside plain Markdown: pictures, videos, directives, HTML, includes."""

from __future__ import annotations

import pytest

from kbviewer.model.blocks import (
    Code,
    Figure,
    FigureKind,
    Rule,
    StepList,
)
from kbviewer.model.inline import plain_text
from tests.support.reading import blocks, read, text_of


def test_a_picture_alone_in_a_paragraph_is_a_figure() -> None:
    (figure,) = blocks('![Fönstret](media/a.png "Så ser det ut"){width="50%"}\n')

    assert isinstance(figure, Figure)
    assert (figure.source, figure.alt, plain_text(figure.caption)) == (
        "media/a.png",
        "Fönstret",
        "Så ser det ut",
    )


def test_a_picture_of_the_documentation_root_is_found_from_the_articles_folder() -> None:
    result = read("![](/help/assets/a.png)\n", source="en/help/deep/x.md")

    (figure,) = result.article.blocks
    assert isinstance(figure, Figure)
    assert figure.source == "../assets/a.png"


def test_a_picture_on_the_web_is_never_a_source() -> None:
    (figure,) = blocks("![Fönstret](https://example.com/a.png)\n")

    assert isinstance(figure, Figure)
    assert figure.source == ""
    (run,) = figure.caption
    assert run.link is not None
    assert run.link.target == "https://example.com/a.png"


@pytest.mark.parametrize("address", ["../../etc/passwd.png", "file:///c:/a.png", "data:image/png;base64,AA"])
def test_a_picture_outside_the_library_has_no_source(address: str) -> None:
    result = read(f"![a]({address})\n")

    (figure,) = result.article.blocks
    assert isinstance(figure, Figure)
    assert figure.source == ""
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        "> [!VIDEO https://example.com/v]",
        ">[!VIDEO](https://example.com/v)",
        "[!VIDEO https://example.com/v]",
    ],
)
def test_a_video_is_a_figure_that_names_its_address(text: str) -> None:
    (figure,) = blocks(text + "\n")

    assert isinstance(figure, Figure)
    assert figure.kind is FigureKind.VIDEO
    assert plain_text(figure.caption) == "https://example.com/v"


def test_directives_lose_their_fences_and_keep_their_content() -> None:
    found = blocks("""\
        ## A

        :::row:::
        :::column span="2":::
        Vänster.
        :::column-end:::
        :::row-end:::

        ::: moniker range=">=1.0"

        Nyare.

        ::: moniker-end
        :::image type="content" source="media/a.png" alt-text="Fönstret":::
        """)

    assert [text_of(block) for block in found] == ["A", "Vänster.", "Nyare.", ""]
    assert isinstance(found[-1], Figure)
    assert (found[-1].source, found[-1].alt) == ("media/a.png", "Fönstret")


def test_code_from_a_file_is_named() -> None:
    result = read(':::code language="csharp" source="~/a.cs" range="1-3":::\n')

    assert [text_of(block) for block in result.article.blocks] == ["~/a.cs"]
    assert [problem.kind for problem in result.problems] == ["include"]


def test_code_keeps_every_blank() -> None:
    found = blocks("```bash {.copy}\n  a  b\n```\n\n<pre>\n<code>c  &lt;d&gt;\n e</code></pre>\n\n---\n")

    assert [(b.text, b.syntax) for b in found if isinstance(b, Code)] == [
        ("  a  b", "bash"),
        ("c  <d>\n e", ""),
    ]
    assert isinstance(found[-1], Rule)


def test_html_lists_and_paragraphs_are_read_like_markdown() -> None:
    found = blocks("<ol><li>Ett<ul><li>inre</li></ul><li>Två</ol><p>Text <b>fet</b></p>\n")

    assert isinstance(found[0], StepList)
    assert [plain_text(step.runs) for step in found[0].steps] == ["Ett", "Två"]
    assert text_of(found[1]) == "Text fet"


def test_comments_scripts_and_invisible_characters_are_dropped() -> None:
    found = blocks("Före<!-- inte\ndetta --> efter\u200b&#x200B;.\n\n<script>\nalert(1)\n</script>\n")

    assert [text_of(block) for block in found] == ["Före efter."]


def test_an_unclosed_comment_is_shown() -> None:
    assert "viktigt" in "".join(text_of(block) for block in read("<!-- viktigt\n").article.blocks)


def test_placeholders_in_angle_brackets_are_text() -> None:
    (paragraph,) = blocks("Kör <your-id> i <branch:name> med <db name>.\n")

    assert text_of(paragraph) == "Kör <your-id> i <branch:name> med <db name>."


def test_an_included_text_is_named() -> None:
    result = read("[!INCLUDE [om priser](../includes/price.md)]\n")

    assert [text_of(block) for block in result.article.blocks] == ["om priser"]
    assert [problem.kind for problem in result.problems] == ["include"]
