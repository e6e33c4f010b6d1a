"""Matrix, symptoms, questions, figures, links and marks of the shipped articles."""

from __future__ import annotations

import re

from kbviewer.content.folder import FolderLibrary
from kbviewer.model.blocks import (
    BulletList,
    CalloutKind,
    Faq,
    Figure,
    FigureKind,
    Heading,
    ListRole,
    Paragraph,
    ParagraphRole,
    ScopeMatrix,
    SymptomTable,
    walk,
)
from kbviewer.model.inline import LinkKind, Mark
from tests.content.looking import (
    ACCOUNT,
    MEETINGS,
    MESSENGER,
    REGISTER,
    all_of,
    both_languages,
    callouts,
    every_article,
    marked,
    runs,
    section,
    step_counts,
    text,
)


@both_languages
def test_element_37_scope_matrix_has_the_exact_cells(library: FolderLibrary, language: str) -> None:
    (matrix,) = all_of(library.article(MEETINGS, language), ScopeMatrix)
    targets = [[[target.anchor for target in cell.targets] for cell in row] for row in matrix.cells]
    single, several = (
        ("en enda dator", "flera datorer") if language == "sv" else ("a single computer", "several computers")
    )

    assert (len(matrix.rows), len(matrix.columns)) == (2, 5)
    assert single in matrix.rows[0] or "one computer" in matrix.rows[0]
    assert several in matrix.rows[1] or "multiple computers" in matrix.rows[1]
    assert targets[0] == [["client"]] * 5
    assert targets[1][0] == ["identity"]
    assert targets[1][1] == targets[1][3] == ["federation", "network"]
    assert set(targets[1][2]) == set(targets[1][4]) == {"network"}
    assert matrix.cells[1][1] == matrix.cells[1][3]
    assert len(matrix.cells[1][2].targets) == len(matrix.cells[1][4].targets) == 2
    outage = [cell.targets[index].label for cell, index in ((matrix.cells[1][2], 1), (matrix.cells[1][4], 0))]
    assert outage[0] == outage[1]
    assert ("Avbrott" if language == "sv" else "outage") in outage[0]


@both_languages
def test_element_39_40_symptoms_lead_to_their_sections_with_the_fallback_last(
    library: FolderLibrary, language: str
) -> None:
    (table,) = all_of(library.article(MEETINGS, language), SymptomTable)

    assert [[target.anchor for target in row.targets] for row in table.rows] == [
        ["network"],
        ["client"],
        ["client"],
        ["identity"],
        ["federation"],
        ["file-association"],
        ["web-app"],
    ]
    assert [row.fallback for row in table.rows] == [False] * 6 + [True]


@both_languages
def test_element_40_meetings_has_all_nine_sections(library: FolderLibrary, language: str) -> None:
    headings = all_of(library.article(MEETINGS, language), Heading)

    assert [heading.key for heading in headings if heading.level == 2] == [
        "scope",
        "symptoms",
        "client",
        "network",
        "file-association",
        "identity",
        "federation",
        "web-app",
        "third-party",
    ]


@both_languages
def test_element_41_the_limits_of_support_are_a_callout(library: FolderLibrary, language: str) -> None:
    assert CalloutKind.BOUNDARY in callouts(library.article(MEETINGS, language))


@both_languages
def test_element_42_44_ten_questions_with_their_procedures(library: FolderLibrary, language: str) -> None:
    questions = all_of(library.article(ACCOUNT, language), Faq)
    counts = {question.key: step_counts(question.blocks) for question in questions}

    assert len(questions) == 10
    assert [count for counts_ in counts.values() for count in counts_] == [2, 5, 3, 4, 3]
    add = next(question for question in questions if len(counts[question.key]) == 3)
    assert len([block for block in add.blocks if isinstance(block, Heading)]) == 2


@both_languages
def test_element_45_46_video_and_action_button(library: FolderLibrary, language: str) -> None:
    article = library.article(ACCOUNT, language)
    figures = all_of(article, Figure)
    actions = [block for block in all_of(article, Paragraph) if block.role is ParagraphRole.ACTION]

    assert [(figure.kind, figure.source) for figure in figures] == [(FigureKind.VIDEO, "")]
    assert len(actions) == 1
    assert any(run.link and run.link.kind is LinkKind.EXTERNAL for run in actions[0].runs)
    assert not re.search(r"till höger|to the right", text(article))


@both_languages
def test_element_47_eleven_captions_without_pictures(library: FolderLibrary, language: str) -> None:
    figures = all_of(library.article(REGISTER, language), Figure)

    assert len(figures) == 11
    assert all(figure.caption and not figure.source for figure in figures)


@both_languages
def test_element_48_link_by_article_number(library: FolderLibrary, language: str) -> None:
    targets = [run.link.target for run in runs(library.article(MESSENGER, language)) if run.link]

    assert "307293" in targets
    assert library.absent_title("KB307293", language)


@both_languages
def test_element_49_works_known_by_title_can_be_searched(library: FolderLibrary, language: str) -> None:
    for name, count in ((ACCOUNT, 3), (MEETINGS, 3)):
        titles = {
            run.link.target
            for run in runs(library.article(name, language))
            if run.link and run.link.kind is LinkKind.SEARCH
        }
        assert len(titles) >= count
        assert all(titles)


@both_languages
def test_element_51_52_external_and_lost_links(library: FolderLibrary, language: str) -> None:
    links = [run.link for run in runs(library.article(MESSENGER, language)) if run.link]

    assert any(link.kind is LinkKind.MISSING for link in links)
    for link in links:
        if link.kind is LinkKind.EXTERNAL:
            assert link.target.count("http") == 1


@both_languages
def test_element_53_quoted_messages(library: FolderLibrary, language: str) -> None:
    messenger = marked(library.article(MESSENGER, language), Mark.QUOTE)
    meetings = marked(library.article(MEETINGS, language), Mark.QUOTE)

    assert len(messenger) >= 3
    assert len(meetings) >= 4
    if language == "sv":
        assert "Servern svarar inte" in messenger
        assert {"Sidan hittades inte", "Mötes-URL är inte giltig"} <= meetings
    assert any("43" in message and "241" in message for message in meetings)


@both_languages
def test_element_54_55_56_labels_literals_and_keys(library: FolderLibrary, language: str) -> None:
    meetings, account = library.article(MEETINGS, language), library.article(ACCOUNT, language)

    assert {"certmgr.msc", "?sl=1", ".ocsmeet"} <= marked(meetings, Mark.CODE)
    assert "IssuedBy" in marked(meetings, Mark.STRONG)
    assert ("Ctrl+Skift+P" if language == "sv" else "Ctrl+Shift+P") in marked(account, Mark.KEY)


def test_element_57_text_in_another_language_is_marked(library: FolderLibrary) -> None:
    foreign = {run.language for run in runs(library.article(MESSENGER, "sv")) if run.language}

    assert foreign == {"en"}


@both_languages
def test_element_58_abbreviations_are_explained(library: FolderLibrary, language: str) -> None:
    for name in (MESSENGER, MEETINGS):
        assert any(run.tip for run in runs(library.article(name, language)))


@both_languages
def test_element_59_alternatives_are_a_list(library: FolderLibrary, language: str) -> None:
    lists = [
        block
        for block in all_of(library.article(MESSENGER, language), BulletList)
        if block.role is ListRole.ALTERNATIVES
    ]

    assert lists


@both_languages
def test_element_60_what_the_source_lost_is_said_to_be_missing(library: FolderLibrary, language: str) -> None:
    federation = section(library.article(MEETINGS, language), "federation")
    roles = [block.role for block in walk(tuple(federation)) if isinstance(block, Paragraph)]

    assert ParagraphRole.MISSING in roles


@every_article
@both_languages
def test_element_61_no_debris(library: FolderLibrary, name: str, language: str) -> None:
    article = library.article(name, language)

    for run in runs(article):
        if Mark.CODE not in run.marks:
            assert not re.search(r"\*\*|\\\||\s,|\s\.(?=\s|$)", run.text), run.text
    assert not any(block.language for block in walk(article.blocks)), "a language has what the other lacks"
