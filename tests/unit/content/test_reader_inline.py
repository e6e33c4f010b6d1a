"""Text inside blocks: looks, links, terms, and the labels of Microsoft Learn."""

from __future__ import annotations

import pytest

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.blocks import Heading, Paragraph, block_runs
from kbviewer.model.inline import Link, LinkKind, Mark, Run, plain_text


def read(text: str, source: str = "kb1/sv.md") -> ReadResult:
    return read_article(text, article_id="kb1", source=source, glossary={"nat": "Översätter adresser."})


def runs(text: str) -> tuple[Run, ...]:
    """Return the runs of a text that has nothing wrong with it."""
    result = read(text)
    assert result.problems == ()
    return tuple(block_runs(result.article.blocks[0]))


def link(text: str, source: str = "kb1/sv.md") -> Link | None:
    """Return the first link of a text."""
    found = [run.link for block in read(text, source).article.blocks for run in block_runs(block) if run.link]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("**x**", Mark.STRONG),
        ("<b>x</b>", Mark.STRONG),
        ("*x*", Mark.EMPHASIS),
        ("`x`", Mark.CODE),
        ("~~x~~", Mark.STRIKE),
        ("<kbd>x</kbd>", Mark.KEY),
        ("<samp>x</samp>", Mark.QUOTE),
        ("<sub>x</sub>", Mark.SUBSCRIPT),
        ("<sup>x</sup>", Mark.SUPERSCRIPT),
    ],
)
def test_looks(text: str, mark: Mark) -> None:
    assert runs(f"a {text} b\n") == (Run("a "), Run("x", frozenset({mark})), Run(" b"))


def test_looks_combine_across_markdown_and_html() -> None:
    assert runs("**a <kbd>b</kbd>**\n")[1] == Run("b", frozenset({Mark.STRONG, Mark.KEY}))


def test_text_in_another_language_is_marked() -> None:
    assert runs('Knappen <span lang="en">Go to *account*</span>.\n') == (
        Run("Knappen "),
        Run("Go to ", language="en"),
        Run("account", frozenset({Mark.EMPHASIS}), language="en"),
        Run("."),
    )


def test_terms_are_explained_from_the_glossary() -> None:
    assert runs("en <abbr>NAT</abbr>\n")[1] == Run("NAT", tip="Översätter adresser.")


def test_a_term_that_the_glossary_lacks_is_a_problem() -> None:
    assert [problem.kind for problem in read("en <abbr>XYZ</abbr>\n").problems] == ["unknown-term"]


def test_a_term_may_explain_itself() -> None:
    assert runs('<abbr title="Så klart">XYZ</abbr>\n') == (Run("XYZ", tip="Så klart"),)


def test_lines_join_with_blanks_and_break_where_it_is_meant() -> None:
    assert plain_text(runs("ett\ntvå  \ntre<br/> fyra\n")) == "ett två\ntre\nfyra"


def test_neighbours_that_look_alike_are_one_run() -> None:
    assert runs("a &amp; b \\* c <u>d</u>\n") == (Run("a & b * c d"),)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("#lan", Link(LinkKind.SECTION, "lan")),
        ("missing:", Link(LinkKind.MISSING)),
        ("", Link(LinkKind.MISSING)),
        ("search:", Link(LinkKind.SEARCH, "text")),
        ("search:A%20title", Link(LinkKind.SEARCH, "A title")),
        ("xref:902534", Link(LinkKind.ARTICLE, "902534")),
        ("xref:902534#register", Link(LinkKind.ARTICLE, "902534", "register")),
        ("kb://kb902534#register", Link(LinkKind.ARTICLE, "kb902534", "register")),
        ("../kb2/sv.md#x", Link(LinkKind.ARTICLE, "kb2/sv.md", "x")),
        ("sv.md#x", Link(LinkKind.SECTION, "x")),
        ("other.md?view=1", Link(LinkKind.ARTICLE, "kb1/other.md")),
        ("https://example.com/a?b#c", Link(LinkKind.EXTERNAL, "https://example.com/a?b#c")),
        ("HTTP://example.com", Link(LinkKind.EXTERNAL, "HTTP://example.com")),
        ("mailto:a@example.com", Link(LinkKind.EXTERNAL, "mailto:a@example.com")),
        ("//example.com/a", Link(LinkKind.EXTERNAL, "https://example.com/a")),
        ("/docs/page.html", Link(LinkKind.EXTERNAL, "/docs/page.html")),
    ],
)
def test_addresses_have_their_kind(address: str, expected: Link) -> None:
    assert runs(f"[text]({address})\n") == (Run("text", link=expected),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x0A;script:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "C:/windows/x.md",
        "<\\\\\\\\host\\share\\x.md>",
        "../../x.md",
        "%2e%2e/%2e%2e/x.md",
        "/../../x.md",
        "../../../kb1/sv.md/../../../..",
        "assets/patch.zip",
        "https:",
    ],
)
def test_addresses_that_lead_nowhere_good_lose_the_link_and_keep_the_text(address: str) -> None:
    result = read(f"[text]({address})\n")

    (paragraph,) = result.article.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Run("text"),)
    assert len(result.problems) == 1


def test_a_path_from_the_documentation_root_stays_in_its_language() -> None:
    found = link("[text](/help/faq/a.md#b)\n", "sv-SE/help/how-to/general/x.md")

    assert found == Link(LinkKind.ARTICLE, "sv-SE/help/faq/a.md", "b")


def test_only_addresses_in_angle_brackets_are_links_by_themselves() -> None:
    assert runs("Se https://example.com.\n") == (Run("Se https://example.com."),)
    assert link("<https://example.com>\n") == Link(LinkKind.EXTERNAL, "https://example.com")
    assert link("<a@example.com>\n") == Link(LinkKind.EXTERNAL, "mailto:a@example.com")


def test_links_by_reference_work() -> None:
    assert link("[text][1]\n\n[1]: https://example.com\n") == Link(LinkKind.EXTERNAL, "https://example.com")


def test_a_search_link_takes_its_title_from_all_of_its_text() -> None:
    found = runs("[Byta **lösenord**](search:)\n")

    assert {run.link for run in found} == {Link(LinkKind.SEARCH, "Byta lösenord")}


def test_labels_of_learn() -> None:
    assert runs("Välj [!UICONTROL Spara *nu*] i [!DNL Commerce].\n") == (
        Run("Välj "),
        Run("Spara ", frozenset({Mark.STRONG})),
        Run("nu", frozenset({Mark.STRONG, Mark.EMPHASIS})),
        Run(" i Commerce."),
    )


def test_labels_are_read_in_html_too() -> None:
    assert runs("<p>Välj [!UICONTROL Spara] i [!DNL Commerce].</p>\n") == (
        Run("Välj "),
        Run("Spara", frozenset({Mark.STRONG})),
        Run(" i Commerce."),
    )


def test_a_label_may_stand_in_a_link() -> None:
    assert runs("[Om [!DNL Commerce]](https://example.com)\n") == (
        Run("Om Commerce", link=Link(LinkKind.EXTERNAL, "https://example.com")),
    )


def test_attribute_lists_after_links_and_pictures_are_not_text() -> None:
    assert (
        plain_text(runs('Se [a](https://example.com){target="_blank"} och ![b](b.png){align=left}.\n'))
        == "Se a och b."
    )


@pytest.mark.parametrize("text", ["Sätt {store_id} här.", "Sätt {a=b}", "Kör {print $5}", "{}", "Tom {"])
def test_braces_in_the_text_stay(text: str) -> None:
    assert plain_text(runs(text + "\n")) == text


def test_attribute_lists_at_the_end_of_a_block_are_not_text() -> None:
    (heading,) = read('## Lösning {#fix .big}{align="center"}\n').article.blocks

    assert isinstance(heading, Heading)
    assert (heading.key, plain_text(heading.runs)) == ("fix", "Lösning")


def test_a_picture_between_words_stays_in_the_text() -> None:
    assert runs("Klicka på ![kugghjulet](media/gear.png) nu.\n")[1] == Run(
        "kugghjulet", image="media/gear.png"
    )


def test_a_picture_in_a_link_keeps_both() -> None:
    assert runs("Se [![a](a.png)](https://example.com) nu.\n")[1] == Run(
        "a", image="a.png", link=Link(LinkKind.EXTERNAL, "https://example.com")
    )
