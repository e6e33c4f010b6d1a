"""Whole articles: title, lead, procedures, callouts, and the marked parts of CONTRIBUTING.md."""

from __future__ import annotations

import pytest

from kbviewer.content.reader import MAX_CHARACTERS, read_article
from kbviewer.model.blocks import (
    BulletList,
    Callout,
    CalloutKind,
    Faq,
    Figure,
    FigureKind,
    Heading,
    ListRole,
    Paragraph,
    ParagraphRole,
    StepList,
    walk,
    walk_steps,
)
from kbviewer.model.errors import ContentError
from kbviewer.model.inline import plain_text
from tests.support.reading import blocks, kinds, read, text_of


def test_the_first_level_1_heading_is_the_title_and_not_a_block() -> None:
    article = read("# Så *här* gör du\n\nInledning.\n").article

    assert article.title == "Så här gör du"
    assert [type(block) for block in article.blocks] == [Paragraph]


def test_without_a_heading_the_front_matter_names_the_article() -> None:
    assert read("---\ntitle: Namnet\n---\nText.\n").article.title == "Namnet"


@pytest.mark.parametrize(("source", "title"), [("kb1/sv.md", "kb1"), ("help/reset-cron.md", "reset-cron")])
def test_without_any_title_the_file_names_the_article(source: str, title: str) -> None:
    assert read("Text.\n", source=source).article.title == title


def test_a_second_level_1_heading_becomes_a_section() -> None:
    result = read("# A\n\n# B\n")

    assert [
        (block.level, text_of(block)) for block in result.article.blocks if isinstance(block, Heading)
    ] == [(2, "B")]
    assert [problem.kind for problem in result.problems] == ["second-title"]


def test_only_the_first_paragraph_before_a_section_is_the_lead() -> None:
    roles = [b.role for b in blocks("# A\n\nEtt.\n\nTvå.\n\n## B\n\nTre.\n") if isinstance(b, Paragraph)]

    assert roles == [ParagraphRole.LEAD, ParagraphRole.BODY, ParagraphRole.BODY]


def test_an_article_that_begins_with_a_section_has_no_lead() -> None:
    assert not any(
        isinstance(b, Paragraph) and b.role is ParagraphRole.LEAD for b in blocks("# A\n\n## B\n\nText.\n")
    )


def test_a_lead_in_line_becomes_the_title_of_its_procedure() -> None:
    (procedure,) = blocks("Så här gör du: {#proc}\n\n1. Klicka. {#click}\n2. Spara. {#save}\n")

    assert isinstance(procedure, StepList)
    assert (procedure.key, plain_text(procedure.title)) == ("proc", "Så här gör du:")
    assert [(step.id, step.number, plain_text(step.runs)) for step in procedure.steps] == [
        ("click", "1", "Klicka."),
        ("save", "2", "Spara."),
    ]


def test_a_line_with_an_id_leads_in_without_a_colon() -> None:
    (procedure,) = blocks("Gör så här {#proc}\n1. Klicka.\n")

    assert isinstance(procedure, StepList)
    assert plain_text(procedure.title) == "Gör så här"


def test_a_paragraph_that_ends_in_a_full_stop_stays_a_paragraph() -> None:
    assert [type(block) for block in blocks("Läs detta.\n\n1. Klicka.\n")] == [Paragraph, StepList]


def test_numbering_follows_the_source_and_sub_steps_are_lettered() -> None:
    (procedure,) = blocks("""\
        3. Tre:
           1. ett
              1. djupt
              2. djupare
           2. två
        4. Fyra
        """)

    assert [step.number for step in walk_steps((procedure,))] == ["3", "4", "a", "b", "i", "ii"]


def test_the_action_of_a_step_does_not_become_the_title_of_its_sub_steps() -> None:
    (procedure,) = blocks("1. Kontrollera: {#check}\n   1. ett\n")

    assert isinstance(procedure, StepList)
    (step,) = procedure.steps
    assert plain_text(step.runs) == "Kontrollera:"
    assert [type(block) for block in step.blocks] == [StepList]


def test_a_callout_that_opens_a_step_guards_its_action() -> None:
    (procedure,) = blocks("""\
        1. > [!NOTE]
           > Läs först.

           Klistra in adressen. {#paste}

           Mer text.
        """)

    assert isinstance(procedure, StepList)
    (step,) = procedure.steps
    assert step.id == "paste"
    assert plain_text(step.runs) == "Klistra in adressen."
    assert [guard.kind for guard in step.guards] == [CalloutKind.NOTE]
    assert [text_of(block) for block in step.blocks] == ["Mer text."]


def test_warnings_right_after_the_action_guard_it_and_notes_do_not() -> None:
    (procedure,) = blocks("""\
        1. Kör kommandot.

           > [!WARNING]
           > Allt raderas.

           > [!NOTE]
           > Det tar en stund.

           > [!CAUTION]
           > För sent.
        """)

    assert isinstance(procedure, StepList)
    (step,) = procedure.steps
    assert [guard.kind for guard in step.guards] == [CalloutKind.WARNING]
    assert [block.kind for block in step.blocks if isinstance(block, Callout)] == [
        CalloutKind.NOTE,
        CalloutKind.CAUTION,
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "> [!NOTE]\n> Text.",
        ">[!note]\n>Text.",
        "> [!Note] Text.",
        "> [!NOTE]\n>\n> Text.",
        ">[!NOTE]\nText.",
    ],
)
def test_callouts_are_read_however_they_are_spaced(quote: str) -> None:
    (callout,) = blocks(f"## A\n\n{quote}\n")[1:]

    assert isinstance(callout, Callout)
    assert callout.kind is CalloutKind.NOTE
    assert [text_of(block) for block in callout.blocks] == ["Text."]


def test_one_quote_may_hold_several_callouts() -> None:
    found = [b.kind for b in blocks("> [!NOTE]\n> Ett.\n> [!TIP]\n> Två.\n") if isinstance(b, Callout)]

    assert found == [CalloutKind.NOTE, CalloutKind.TIP]


def test_an_unknown_callout_is_a_note_and_a_problem() -> None:
    result = read("> [!HEARSAY]\n> Text.\n")

    assert isinstance(result.article.blocks[0], Callout)
    assert [problem.kind for problem in result.problems] == ["unknown-marker"]


def test_a_plain_quote_keeps_its_paragraphs() -> None:
    assert [type(block) for block in blocks("## A\n\n> Ett.\n>\n> - Två.\n")[1:]] == [Paragraph, BulletList]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("kb-result", ParagraphRole.RESULT),
        ("kb-prerequisite", ParagraphRole.PREREQUISITE),
        ("kb-missing", ParagraphRole.MISSING),
        ("nextstepaction", ParagraphRole.ACTION),
    ],
)
def test_marked_paragraphs_have_their_role(name: str, role: ParagraphRole) -> None:
    (paragraph,) = blocks(f'> [!div class="{name}"]\n>\n> [Text](https://example.com/)\n')

    assert isinstance(paragraph, Paragraph)
    assert paragraph.role is role


@pytest.mark.parametrize(
    ("name", "role"), [("kb-alternatives", ListRole.ALTERNATIVES), ("kb-triage", ListRole.TRIAGE)]
)
def test_marked_lists_have_their_role(name: str, role: ListRole) -> None:
    (found,) = blocks(f'> [!div class="{name}"]\n> - Ett\n> - Två\n')

    assert isinstance(found, BulletList)
    assert found.role is role
    assert [text_of(item[0]) for item in found.items] == ["Ett", "Två"]


def test_a_boundary_is_a_callout() -> None:
    (callout,) = blocks('> [!div class="kb-boundary"]\n>\n> Hit men inte längre.\n')

    assert isinstance(callout, Callout)
    assert callout.kind is CalloutKind.BOUNDARY


@pytest.mark.parametrize(("name", "kind"), [("kb-figure", FigureKind.IMAGE), ("kb-video", FigureKind.VIDEO)])
def test_lost_pictures_keep_their_caption(name: str, kind: FigureKind) -> None:
    (figure,) = blocks(f'> [!div class="{name}"]\n>\n> Inloggning\n')

    assert isinstance(figure, Figure)
    assert (figure.kind, figure.source, plain_text(figure.caption)) == (kind, "", "Inloggning")


def test_an_unknown_marked_part_keeps_its_text() -> None:
    result = read('> [!div class="kb-wonder"]\n>\n> Text.\n')

    assert [text_of(block) for block in result.article.blocks] == ["Text."]
    assert [problem.kind for problem in result.problems] == ["unknown-marker"]


def test_details_with_markdown_inside_are_a_question() -> None:
    (faq, after) = blocks("""\
        <details id="faq-a"><summary>Vad är `sl=1`?</summary>

        Ett **svar**.

        ### Mer {#more}

        1. Klicka.

        </details>

        Efteråt.
        """)

    assert isinstance(faq, Faq)
    assert (faq.key, plain_text(faq.question)) == ("faq-a", "Vad är sl=1?")
    assert [type(block) for block in faq.blocks] == [Paragraph, Heading, StepList]
    assert text_of(after) == "Efteråt."


def test_details_that_never_close_lose_nothing() -> None:
    result = read("<details><summary>Fråga</summary>\n\nSvar.\n\n## Nästa\n")

    (faq,) = result.article.blocks
    assert isinstance(faq, Faq)
    assert [text_of(block) for block in faq.blocks] == ["Svar.", "Nästa"]
    assert [problem.kind for problem in result.problems] == ["unclosed-html"]


@pytest.mark.parametrize("text", ["Ett **fel.\n", "Ett | fel.\n", "Rad {#a} mitt i.\n", "[a](b c d)\n"])
def test_leftovers_of_markup_are_debris(text: str) -> None:
    assert kinds(text) == ["debris"]


@pytest.mark.parametrize(
    "text", ["Ett \\*\\* och \\|.\n", "`a | b`\n", "Läget {på|av}.\n", "| a \\| b |\n|---|\n| c |\n"]
)
def test_meant_characters_are_not_debris(text: str) -> None:
    assert kinds(text) == []


def test_problems_name_the_line_in_the_file() -> None:
    result = read("---\ntitle: A\n---\n# A\n\nEtt\ntvå **fel.\n")

    assert [(problem.path, problem.line) for problem in result.problems] == [("kb1/sv.md", 7)]


def test_blocks_know_their_line() -> None:
    found = read("---\ntitle: A\n---\n# A\n\n## B\n\n- C\n").article.blocks

    assert [block.line for block in walk(found)] == [6, 8, 8]


@pytest.mark.parametrize("text", ["a" * (MAX_CHARACTERS + 1), "GIF89a\0\0", "\x01\x02\x03" * 100])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_article(text, article_id="a", source="a/sv.md")

    assert str(caught.value.what).startswith("a/sv.md:1:")
    assert caught.value.remedy is not None


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "---\n", "---\n---\n", "#", "<details>", "> [!NOTE]"])
def test_next_to_nothing_is_an_article_too(text: str) -> None:
    assert read(text).article.title == "kb1"


def test_line_ends_of_windows_do_not_matter() -> None:
    unix = "---\ntitle: A\n---\n# A\n\n1. Ett\n   två\n\n```\na\nb\n```\n"

    assert read(unix) == read("\ufeff" + unix.replace("\n", "\r\n"))
