"""What docfx, Microsoft Learn and Experience League write around their text."""

from __future__ import annotations

import pytest

from kbviewer.content.reader import ReadResult
from kbviewer.model.blocks import (
    Block,
    BulletList,
    Callout,
    Code,
    Faq,
    Figure,
    Heading,
    Paragraph,
    StepList,
)
from kbviewer.model.inline import LinkKind
from tests.support.reading import blocks, kinds, read, text_of


def _with_files(text: str, **files: str) -> ReadResult:
    """Read a text of `en/help/x.md`; the names of the files have __ for a slash and _dot_ for a dot."""
    paths = {name.replace("__", "/").replace("_dot_", "."): content for name, content in files.items()}
    return read(text, source="en/help/x.md", read_file=paths.get)


def _texts(found: tuple[Block, ...]) -> list[str]:
    return [text_of(block) for block in found]


def test_columns_keep_their_markdown_however_far_they_are_indented() -> None:
    """Four blanks make literal text elsewhere; here they only show where a column begins."""
    left, right = blocks(
        ':::row:::\n    :::column span="2":::\n        Left **column**.\n    :::column-end:::\n'
        "    :::column:::\n        Right.\n    :::column-end:::\n:::row-end:::\n"
    )

    assert isinstance(left, Paragraph)
    assert _texts((left, right)) == ["Left column.", "Right."]


def test_columns_in_a_step_stay_in_it() -> None:
    (steps,) = blocks(
        "1. First.\n\n    :::row:::\n       :::column:::\n          Inside.\n       :::column-end:::\n"
        "    :::row-end:::\n\n2. Second.\n"
    )

    assert isinstance(steps, StepList)
    assert _texts(steps.steps[0].blocks) == ["Inside."]
    assert len(steps.steps) == 2


def test_code_in_a_column_keeps_its_own_blanks() -> None:
    (code,) = blocks(
        ":::row:::\n   :::column:::\n   ```\n   if x:\n       y\n   ```\n   :::column-end:::\n:::row-end:::\n"
    )

    assert isinstance(code, Code)
    assert code.text == "if x:\n    y"


def test_text_behind_a_column_mark_is_a_paragraph() -> None:
    assert _texts(blocks(':::column span="3"::: **What** it is.\n\n:::column-end:::\n')) == ["What it is."]


def test_zones_and_monikers_show_all_their_text() -> None:
    text = '::: moniker range=">= v2"\n\nNew.\n\n::: moniker-end\n:::zone pivot="a"\n\nOne.\n\n:::zone-end\n'

    assert _texts(blocks(text)) == ["New.", "One."]


def test_pictures_and_names_stand_inside_a_line() -> None:
    (paragraph,) = blocks(
        'Select :::image type="icon" source="media/a.png" alt-text="gear"::: in :::no-loc text="Contoso":::.'
    )

    assert isinstance(paragraph, Paragraph)
    assert [run.image for run in paragraph.runs if run.image] == ["media/a.png"]
    assert text_of(paragraph) == "Select gear in Contoso."


def test_a_line_may_begin_with_a_picture() -> None:
    (paragraph,) = blocks(
        ':::image type="icon" source="media/a.png" alt-text="gear"::: opens the settings.\n'
    )

    assert text_of(paragraph) == "gear opens the settings."


def test_a_long_description_is_shown_below_its_picture() -> None:
    figure, description = blocks(
        ':::image type="complex" source="media/a.png" alt-text="Short.":::\n     Long.\n:::image-end:::\n'
    )

    assert isinstance(figure, Figure)
    assert text_of(description) == "Long."


def test_tabs_are_headings_below_their_section() -> None:
    """They are links on level 1, and the same tabs may come several times."""
    found = blocks(
        "# Title\n\n## Install\n\n# [Windows](#tab/windows)\n\nOne.\n\n# [Linux](#tab/linux)\n\nTwo.\n\n***\n"
        "\n## Use\n\n# [Windows](#tab/windows)\n\nThree.\n"
    )
    headings = [block for block in found if isinstance(block, Heading)]

    assert [(heading.level, text_of(heading)) for heading in headings] == [
        (2, "Install"),
        (3, "Windows"),
        (3, "Linux"),
        (2, "Use"),
        (3, "Windows"),
    ]
    assert all(run.link is None for heading in headings for run in heading.runs)
    assert len({block.key for block in found}) == len(found)


def test_tabs_of_experience_league_are_headings_too() -> None:
    found = blocks(
        "## Install\n\n>[!BEGINTABS]\n\n>[!TAB Cloud]\n\nOne.\n\n>[!TAB Local]\n\nTwo.\n\n>[!ENDTABS]\n"
    )

    assert _texts(found) == ["Install", "Cloud", "One.", "Local", "Two."]
    assert [type(block) for block in found] == [Heading, Heading, Paragraph, Heading, Paragraph]


def test_three_plus_signs_unfold() -> None:
    (question,) = blocks("+++**More** about it\n\nInside.\n\n* Item\n\n+++\n")

    assert isinstance(question, Faq)
    assert text_of(question) == "More about it"
    assert [type(block) for block in question.blocks] == [Paragraph, BulletList]


def test_three_plus_signs_that_close_nothing_are_text() -> None:
    assert _texts(blocks("Before.\n\n+++\n\nAfter.\n")) == ["Before.", "+++", "After."]


def test_three_plus_signs_that_nothing_closes_are_text() -> None:
    """A line of a patch would fold the rest of the article away."""
    before, after = blocks("+++ b/file.c\n\nAfter.\n")

    assert _texts((before, after)) == ["+++ b/file.c", "After."]


@pytest.mark.parametrize("name", ["MORELIKETHIS", "PREREQUISITES", "AVAILABILITY", "CONTEXTUALHELP"])
def test_boxes_of_experience_league_are_notes(name: str) -> None:
    (box,) = blocks(f">[!{name}]\n>\n>Text.\n")

    assert isinstance(box, Callout)
    assert _texts(box.blocks) == ["Text."]


def test_tasks_show_their_boxes() -> None:
    (tasks,) = blocks("- [ ] Open\n- [x] Done\n- [link](#a)\n\n## A {#a}\n")[:1]

    assert isinstance(tasks, BulletList)
    assert [text_of(item[0]) for item in tasks.items] == ["☐ Open", "☑ Done", "link"]


def test_a_name_in_angle_brackets_is_a_link_with_the_name_as_its_text() -> None:
    (paragraph,) = blocks("See <xref:System.String?displayProperty=fullName>.\n")

    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph) == "See System.String."
    assert paragraph.runs[1].link is not None
    assert paragraph.runs[1].link.kind is LinkKind.ARTICLE


def test_the_original_beside_a_machine_translation_is_not_shown() -> None:
    """The site hides it; shown, every sentence would stand there twice."""
    (paragraph,) = blocks(
        '<span data-ttu-id="a-1">Klicka.</span><span class="sxs-lookup">'
        '<span data-stu-id="a-1">Click.</span></span>\n'
    )

    assert text_of(paragraph) == "Klicka."


def test_an_included_file_stands_where_it_is_named() -> None:
    result = _with_files(
        "# Title\n\nBefore.\n\n[!INCLUDE [note](../includes/note.md)]\n\nAfter.\n",
        en__includes__note_dot_md="---\ntitle: no\n---\n> [!NOTE]\n> Text with ![](media/a.png).\n\n* Item\n",
    )
    before, note, items, after = result.article.blocks

    assert _texts((before, after)) == ["Before.", "After."]
    assert isinstance(note, Callout)
    assert isinstance(items, BulletList)
    assert note.line == items.line == 5
    (paragraph,) = note.blocks
    assert isinstance(paragraph, Paragraph)
    assert [run.image for run in paragraph.runs if run.image] == ["../includes/media/a.png"]
    assert result.problems == ()
    assert result.included == ("en/includes/note.md",)


def test_a_file_is_included_in_the_middle_of_a_line_and_in_a_cell() -> None:
    result = _with_files(
        "Use [!INCLUDE [name](name.md)] now.\n\n| a | b |\n|---|---|\n| [!INCLUDE [name](name.md)] | x |\n",
        en__help__name_dot_md="**Contoso**\n",
    )

    paragraph, table = result.article.blocks

    assert text_of(paragraph) == "Use Contoso now."
    assert text_of(table) == "abContosox"


def test_included_files_include_others_but_never_themselves() -> None:
    result = _with_files(
        "[!INCLUDE [a](a.md)]\n",
        en__help__a_dot_md="One.\n\n[!INCLUDE [b](sub/b.md)]\n",
        en__help__sub__b_dot_md="Two, see [x](c.md).\n\n[!INCLUDE [a](../a.md)]\n",
    )

    assert _texts(result.article.blocks) == ["One.", "Two, see x.", "a"]
    assert [problem.kind for problem in result.problems] == ["include"]
    (link,) = [run.link for run in result.article.blocks[1].runs if run.link]  # type: ignore[union-attr]
    assert link.target == "en/help/sub/c.md"


def test_a_bomb_of_inclusions_goes_out() -> None:
    """Each file takes in the next one ten times; whole, they would be a hundred thousand."""
    files = {
        f"en__help__f{number}_dot_md": f"[!INCLUDE [f](f{number + 1}.md)]\n\n" * 10 for number in range(6)
    }
    result = _with_files("[!INCLUDE [f](f0.md)]\n", **files, en__help__f6_dot_md="Boom.\n")

    assert len(result.article.blocks) < 2_000


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "C:/secret.md", "https://a.b/c.md"])
def test_nothing_outside_the_library_is_included(path: str) -> None:
    asked: list[str] = []
    result = read(f"[!INCLUDE [text]({path})]\n", source="en/help/x.md", read_file=asked.append)

    assert not any(name.startswith(("/", "..", "C:")) for name in asked)
    assert _texts(result.article.blocks) == ["text"]
    assert [problem.kind for problem in result.problems] == ["include"]


def test_code_is_taken_from_its_file() -> None:
    source = "using A;\n// <main>\n    run();\n      stop();\n// </main>\nend();\n"
    whole, named, numbered = _with_files(
        "[!code-csharp[Main](../code/a.cs)]\n\n"
        ':::code language="csharp" source="../code/a.cs" id="main":::\n\n'
        "[!code-csharp[](../code/a.cs?range=1,6&highlight=1)]\n",
        en__code__a_dot_cs=source,
    ).article.blocks

    assert isinstance(whole, Code) and isinstance(named, Code) and isinstance(numbered, Code)
    assert (whole.text, whole.syntax) == (source.strip(), "csharp")
    assert named.text == "run();\n  stop();"
    assert numbered.text == "using A;\nend();"


def test_code_that_is_not_there_is_named() -> None:
    text = "[!code-csharp[Main](../code/a.cs?name=x)]\n\n[!code[](../code/b.cs)]\n"

    assert _texts(read(text).article.blocks) == ["Main", "../code/b.cs"]
    assert kinds(text) == ["include", "include"]


def test_an_article_that_only_redirects_shows_where_to() -> None:
    result = read("---\ntitle: Old\nredirect_url: /azure/new\n---\n")

    assert result.redirect == "/azure/new"
    assert _texts(result.article.blocks) == ["/azure/new"]


@pytest.mark.parametrize("key", ["lang", "locale", "ms.locale"])
def test_front_matter_tells_the_language(key: str) -> None:
    article = read(f"---\n{key}: sv-se\n---\n# A\n", language="en", is_guess=True).article

    assert (article.language, article.is_language_guessed) == ("sv-se", False)


def test_a_guessed_language_is_called_so() -> None:
    assert read("# A\n", is_guess=True).article.is_language_guessed
    assert not read("# A\n").article.is_language_guessed
