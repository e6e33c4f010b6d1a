"""Procedures, lists and callouts of the shipped articles, as their sources have them."""

from __future__ import annotations

import re

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.blocks import (
    BulletList,
    Callout,
    CalloutKind,
    ListRole,
    Paragraph,
    ParagraphRole,
    StepList,
    walk,
    walk_steps,
)
from kbviewer.model.inline import LinkKind
from tests.content.looking import (
    ACCOUNT,
    MEETINGS,
    MESSENGER,
    REGISTER,
    all_of,
    both_languages,
    callouts,
    runs,
    section,
    step_counts,
    text,
)


@both_languages
def test_element_21_24_messenger_procedures(library: FolderLibrary, language: str) -> None:
    article = library.article(MESSENGER, language)

    assert step_counts(article.blocks) == [5, 3, 4, 2, 3, 4, 2]
    places = ["net-passport-issues", "manual-sign-in", "automatic-sign-in", "lan", "firewall-nat", "password"]
    assert [step_counts(section(article, place)) for place in places] == [[5], [3], [4], [2], [3], [4, 2]]


@both_languages
def test_element_21_registration_has_thirteen_and_four_steps(library: FolderLibrary, language: str) -> None:
    assert step_counts(library.article(REGISTER, language).blocks) == [13, 4]


@both_languages
def test_element_22_sub_steps_of_the_client_section(library: FolderLibrary, language: str) -> None:
    article = library.article(MEETINGS, language)
    procedures = [block for block in section(article, "client") if isinstance(block, StepList)]

    assert [len(procedure.steps) for procedure in procedures] == [2, 2]
    assert [step_counts(step.blocks) for step in procedures[1].steps] == [[5], [4]]
    (association,) = [block for block in section(article, "file-association") if isinstance(block, StepList)]
    assert [step_counts(step.blocks) for step in association.steps] == [[3], []]


@both_languages
def test_element_23_lead_in_lines_are_titles(library: FolderLibrary, language: str) -> None:
    titled = {
        procedure.key
        for procedure in all_of(library.article(MESSENGER, language), StepList)
        if procedure.title
    }

    assert {"verification-mail", "connection-type", "password-change", "password-reset"} <= titled


@both_languages
def test_element_25_text_that_belongs_to_a_step_stays_in_it(library: FolderLibrary, language: str) -> None:
    (manual,) = [
        block
        for block in section(library.article(MESSENGER, language), "manual-sign-in")
        if isinstance(block, StepList)
    ]

    assert any(isinstance(block, Paragraph | BulletList) for block in manual.steps[0].blocks)


@both_languages
def test_element_26_results_are_set_apart(library: FolderLibrary, language: str) -> None:
    for name, count in ((MESSENGER, 1), (ACCOUNT, 2)):
        results = [
            paragraph
            for paragraph in all_of(library.article(name, language), Paragraph)
            if paragraph.role is ParagraphRole.RESULT
        ]
        assert len(results) >= count


@both_languages
def test_element_27_go_to_step_leads_to_the_step(library: FolderLibrary, language: str) -> None:
    for name, target in ((MEETINGS, "credentials"), (REGISTER, "associate-account")):
        article = library.article(name, language)
        links = {run.link.target for run in runs(article) if run.link and run.link.kind is LinkKind.SECTION}
        steps = {step.id: step.number for step in walk_steps(article.blocks)}
        assert target in links
        assert steps[target] == {"credentials": "2", "associate-account": "11"}[target]


@both_languages
def test_element_28_prerequisites_and_deadlines_stand_before_the_first_step(
    library: FolderLibrary, language: str
) -> None:
    for name in (REGISTER, MEETINGS):
        blocks = list(walk(library.article(name, language).blocks))
        first = next(index for index, block in enumerate(blocks) if isinstance(block, StepList))
        roles = [block.role for block in blocks[:first] if isinstance(block, Paragraph)]
        assert ParagraphRole.PREREQUISITE in roles
    shown = text(library.article(ACCOUNT, language))
    assert re.search("sju dagar" if language == "sv" else r"\bseven days\b", shown)
    assert "24" in shown
    assert "30" in shown


@both_languages
def test_element_29_bullets_hold_paragraphs_and_bullets(library: FolderLibrary, language: str) -> None:
    (issues,) = [
        block
        for block in section(library.article(MESSENGER, language), "typical-issues")
        if isinstance(block, BulletList)
    ]
    (federation,) = [
        block
        for block in section(library.article(MEETINGS, language), "federation")
        if isinstance(block, BulletList)
    ]

    assert len(issues.items) == 4
    assert len(issues.items[2]) > 1
    nested = [block for block in federation.items[0] if isinstance(block, BulletList)]
    assert [len(inner.items) for inner in nested] == [4]


@both_languages
def test_element_30_guidelines_and_triage_questions(library: FolderLibrary, language: str) -> None:
    guidelines = section(library.article(MESSENGER, language), "password")
    triage = [
        block
        for block in all_of(library.article(MEETINGS, language), BulletList)
        if block.role is ListRole.TRIAGE
    ]

    assert [len(block.items) for block in guidelines if isinstance(block, BulletList)] == [3]
    assert [len(block.items) for block in triage] == [3]


@both_languages
def test_element_31_32_36_messenger_callouts(library: FolderLibrary, language: str) -> None:
    assert callouts(library.article(MESSENGER, language)) == [
        CalloutKind.NOTE,
        CalloutKind.WARNING,
        CalloutKind.IMPORTANT,
    ]


@both_languages
def test_element_32_35_account_callouts_hold_a_bullet(library: FolderLibrary, language: str) -> None:
    found = all_of(library.article(ACCOUNT, language), Callout)

    assert [callout.kind for callout in found] == [CalloutKind.IMPORTANT, CalloutKind.TIP]
    assert all(isinstance(callout.blocks[0], BulletList) for callout in found)


@both_languages
def test_element_33_34_a_note_inside_a_step_and_a_warning_before_its_action(
    library: FolderLibrary, language: str
) -> None:
    (procedure,) = [
        block
        for block in section(library.article(MEETINGS, language), "web-app")
        if isinstance(block, StepList)
    ]
    first, second = procedure.steps

    assert [guard.kind for guard in first.guards] == [CalloutKind.WARNING]
    assert [block.kind for block in second.blocks if isinstance(block, Callout)] == [CalloutKind.NOTE]
