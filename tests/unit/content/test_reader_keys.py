"""Keys: unique, the author's where there are any, and the same in both languages."""

from __future__ import annotations

from textwrap import dedent

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.blocks import block_runs, walk, walk_steps


def read(text: str) -> ReadResult:
    return read_article(dedent(text), article_id="kb1", source="kb1/sv.md")


def keys(text: str) -> list[str]:
    """Return the keys of all blocks, then those of all steps."""
    blocks = read(text).article.blocks
    return [block.key for block in walk(blocks)] + [step.id for step in walk_steps(blocks)]


def targets(text: str) -> list[str]:
    """Return where the links of an article lead."""
    return [run.link.target for b in walk(read(text).article.blocks) for run in block_runs(b) if run.link]


def test_sections_without_ids_are_numbered_by_place() -> None:
    assert keys("# T\n\n## A\n\n### B\n\n### C\n\n## D\n\n#### E\n\n### F\n") == [
        "s1",
        "s1-1",
        "s1-2",
        "s2",
        "s2-1",
        "s2-2",
    ]


def test_an_id_on_one_heading_moves_no_other_key() -> None:
    assert keys("## A {#a}\n\n## B\n\nText\n") == ["a", "s2", "s2/p1"]


def test_blocks_are_counted_by_kind_in_their_section() -> None:
    assert keys("Lead\n\n## A {#a}\n\nEtt\n\n- x\n\nTvå\n\n> [!NOTE]\n> y\n") == [
        "s0/p1",
        "a",
        "a/p1",
        "a/l1",
        "a/l1/1/p1",
        "a/p2",
        "a/c1",
        "a/c1/p1",
    ]


def test_steps_hang_on_their_procedure_and_sub_steps_on_their_step() -> None:
    found = keys("""\
        ## A {#a}

        Så här: {#proc}

        1. Ett {#one}
           1. inre
        2. Två

           Text

           Så här:

           1. djupt
        3. Tre
           1. inre
        """)

    assert found == [
        *("a", "proc", "one/n1", "proc/2/p1", "proc/2/n1", "proc/3/n1"),
        *("one", "proc/2", "proc/3", "one/1", "proc/2/1", "proc/3/1"),
    ]


def test_the_second_procedure_of_a_step_does_not_clash_with_the_first() -> None:
    assert keys("1. Ett {#one}\n\n   1. a\n\n   Eller:\n\n   1. b\n")[-3:] == ["one", "one/1", "one/n2/1"]


def test_answers_have_sections_of_their_own() -> None:
    found = keys('<details id="q"><summary>F</summary>\n\nA\n\n### B\n\nC\n\n</details>\n')

    assert found == ["q", "q/p1", "q/s1", "q/s1/p1"]


def test_anchors_of_html_give_keys() -> None:
    found = keys("""\
        <a name="one"></a>

        ## Ett

        <a id="two"></a>Text

        ***

        1. <a name="three"></a>Steg

        <div id="four">

        X

        </div>
        """)

    assert found == ["one", "two", "one/r1", "one/n1", "four", "three"]


def test_repeated_ids_are_told_apart_and_reported() -> None:
    result = read("## A {#a}\n\n## B {#a}\n\n## C {#a-2}\n")

    assert [block.key for block in result.article.blocks] == ["a", "a-3", "a-2"]
    assert [(problem.kind, problem.line) for problem in result.problems] == [("duplicate-id", 3)]


def test_derived_keys_give_way_to_ids() -> None:
    result = read("## A\n\n## B {#s1}\n")

    assert [block.key for block in result.article.blocks] == ["s1-2", "s1"]
    assert result.problems == ()


def test_links_to_a_further_id_lead_to_the_block() -> None:
    assert targets('<a name="old"></a>\n\n## A {#new}\n\n[x](#old)\n') == ["new"]


def test_links_to_the_text_of_a_heading_lead_to_the_heading() -> None:
    assert targets("[x](#affected-products)\n\n## Affected products?\n") == ["s1"]


def test_links_to_the_title_lead_to_the_top() -> None:
    assert targets("# Titel {#top}\n\nText\n\n[x](#top)\n") == ["s0/p1"]


def test_links_that_lead_nowhere_stay_for_the_check() -> None:
    assert targets("[x](#nowhere)\n") == ["nowhere"]


def test_both_languages_have_the_same_keys() -> None:
    swedish = "# Fel\n\nText.\n\n## Orsak\n\n- a\n\nGör så här:\n\n1. Ett\n2. Två\n\n> [!NOTE]\n> Obs\n"
    english = "# Error\n\nA text.\n\n## Reason\n\n- b\n\nDo this:\n\n1. One\n2. Two\n\n> [!NOTE]\n> Mind\n"

    assert keys(swedish) == keys(english)
