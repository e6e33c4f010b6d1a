"""The shipped articles hold every fact of their sources, in both languages.

Tests are named after the rows of the list of source elements; what widgets make of a row is tested with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from kbviewer.content.check import check_path
from kbviewer.content.folder import FolderLibrary
from kbviewer.model.article import Article, ArticleState, TranslationMethod, outline
from kbviewer.model.blocks import (
    Block,
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
    ScopeMatrix,
    StepList,
    SymptomTable,
    block_runs,
    walk,
    walk_steps,
)
from kbviewer.model.inline import LinkKind, Mark, Run, plain_text

MESSENGER, REGISTER, ACCOUNT, MEETINGS = "kb307294", "kb902534", "account-security-info", "online-meetings"
ARTICLES = (MESSENGER, REGISTER, ACCOUNT, MEETINGS)

_Kind = TypeVar("_Kind", bound=Block)

both_languages = pytest.mark.parametrize("language", ["sv", "en"])
every_article = pytest.mark.parametrize("name", ARTICLES)


def all_of(article: Article, kind: type[_Kind]) -> list[_Kind]:
    return [block for block in walk(article.blocks) if isinstance(block, kind)]


def runs(article: Article) -> Iterator[Run]:
    for block in walk(article.blocks):
        yield from block_runs(block)


def text(article: Article) -> str:
    return " ".join(plain_text(block_runs(block)) for block in walk(article.blocks))


def marked(article: Article, mark: Mark) -> set[str]:
    return {run.text for run in runs(article) if mark in run.marks}


def section(article: Article, anchor: str) -> list[Block]:
    """Return the blocks under a heading, up to the next heading of its level or above."""
    found: list[Block] = []
    level = 0
    for block in article.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            level = block.level if block.key == anchor else level
        elif level:
            found.append(block)
    return found


def step_counts(blocks: list[Block] | tuple[Block, ...]) -> list[int]:
    """Return the number of steps of each procedure that is no part of a step."""
    counts = []
    for block in blocks:
        if isinstance(block, StepList):
            counts.append(len(block.steps))
        elif isinstance(block, Faq | Callout):
            counts += step_counts(block.blocks)
    return counts


def callouts(article: Article) -> list[CalloutKind]:
    return [callout.kind for callout in all_of(article, Callout)]


def test_the_check_finds_nothing() -> None:
    report = check_path(Path(__file__).parents[2] / "content")

    assert [problem.render(str) for problem in report.problems] == []
    assert report.files == 2 * len(ARTICLES)


def test_the_library_holds_the_articles_in_both_languages(library: FolderLibrary) -> None:
    assert {entry.id: set(entry.variants) for entry in library.entries()} == {
        name: {"sv", "en"} for name in ARTICLES
    }
    assert library.problems() == ()
    assert list(library.languages()) == ["sv", "en"]


@every_article
@both_languages
def test_element_01_and_06_chrome_of_the_old_site_is_not_in_the_text(
    library: FolderLibrary, name: str, language: str
) -> None:
    shown = text(library.article(name, language)).casefold()

    for chrome in ("arbetar offline", "currently offline", "överst på sidan", "back to the top", "visa alla"):
        assert chrome not in shown


@both_languages
def test_element_02_titles_carry_part_number_and_faq_suffix(library: FolderLibrary, language: str) -> None:
    part = library.article(REGISTER, language).title
    faq = library.article(ACCOUNT, language).title

    assert re.search(r"\b[Dd]el 2\b" if language == "sv" else r"\bPart 2\b", part)
    assert faq.endswith("Vanliga frågor och svar" if language == "sv" else "Frequently asked questions")


@every_article
@both_languages
def test_element_03_every_article_has_a_lead(library: FolderLibrary, name: str, language: str) -> None:
    first = library.article(name, language).blocks[0]

    assert isinstance(first, Paragraph)
    assert first.role is ParagraphRole.LEAD


@every_article
def test_element_04_headings_have_the_same_anchors_in_both_languages(
    library: FolderLibrary, name: str
) -> None:
    swedish, english = (outline(library.article(name, language)) for language in ("sv", "en"))

    assert [(entry.anchor, entry.level) for entry in swedish] == [
        (entry.anchor, entry.level) for entry in english
    ]
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", entry.anchor) for entry in swedish)


@both_languages
def test_element_04_messenger_has_nine_sections_under_more_information(
    library: FolderLibrary, language: str
) -> None:
    headings = all_of(library.article(MESSENGER, language), Heading)

    assert [(heading.level, heading.key) for heading in headings] == [
        (2, "more-information"),
        (3, "typical-issues"),
        (3, "net-passport"),
        (3, "net-passport-issues"),
        (3, "first-sign-in"),
        (3, "manual-sign-in"),
        (3, "automatic-sign-in"),
        (3, "lan"),
        (3, "firewall-nat"),
        (3, "password"),
    ]


@both_languages
def test_element_07_08_states(library: FolderLibrary, language: str) -> None:
    states = {name: library.article(name, language).state for name in ARTICLES}

    assert states[MESSENGER] is ArticleState.UNSUPPORTED
    assert states[REGISTER] is ArticleState.ARCHIVED


@both_languages
def test_element_09_end_of_support(library: FolderLibrary, language: str) -> None:
    end = library.article(REGISTER, language).support_end

    assert end is not None
    assert (end.product, end.day) == ("Windows XP", date(2014, 4, 8))


@both_languages
def test_element_10_review_dates_and_revisions(library: FolderLibrary, language: str) -> None:
    messenger, register = (library.article(name, language) for name in (MESSENGER, REGISTER))

    assert messenger.last_reviewed == datetime(2005, 8, 5, 11, 1, 47)  # noqa: DTZ001 - no zone in the source
    assert register.last_reviewed == datetime(2015, 12, 9, 2, 45, 29)  # noqa: DTZ001
    assert (messenger.revision, register.revision) == ("5.0", "1.4")


@pytest.mark.parametrize("reference", ["KB307294", "Q307294", "307294", "kb307294"])
def test_element_11_legacy_ids_find_the_article(library: FolderLibrary, reference: str) -> None:
    assert library.resolve(reference).id == MESSENGER


@both_languages
def test_element_12_products(library: FolderLibrary, language: str) -> None:
    assert library.article(MESSENGER, language).applies_to == (
        "Microsoft Windows Messenger 4.0",
        "Microsoft Windows Messenger 4.5",
        "Microsoft Windows Messenger 4.6",
    )
    assert library.article(REGISTER, language).applies_to == (
        "Microsoft Windows XP Home Edition Service Pack 2 (SP2)",
        "Microsoft Windows XP Professional Service Pack 2 (SP2)",
        "Microsoft Windows XP Home Edition",
        "Microsoft Windows XP Professional",
    )


@both_languages
def test_element_13_keywords(library: FolderLibrary, language: str) -> None:
    messenger = {
        *library.article(MESSENGER, language).keywords,
        *library.article(MESSENGER, language).aliases,
    }
    register = {*library.article(REGISTER, language).keywords, *library.article(REGISTER, language).aliases}

    assert messenger >= {"kbenv", "kbinfo", "kbnetwork", "KB307294"}
    assert register >= {"kbnosurvey", "kbarchive", "kbhowto", "KB902534"}


def test_element_15_provenance_is_stated(library: FolderLibrary) -> None:
    english = library.article(REGISTER, "en").translation
    swedish = library.article(REGISTER, "sv").translation

    assert english is not None
    assert (english.source_language, english.method) == ("de", TranslationMethod.HUMAN)
    assert swedish is not None
    assert (swedish.source_language, swedish.method) == ("en", TranslationMethod.EDITORIAL)
    for name in (ACCOUNT, MEETINGS):
        written = library.article(name, "en").translation
        assert written is not None
        assert (written.source_language, written.method) == ("sv", TranslationMethod.EDITORIAL)


@both_languages
def test_element_16_what_the_source_does_not_say_is_unknown(library: FolderLibrary, language: str) -> None:
    for name in (ACCOUNT, MEETINGS):
        article = library.article(name, language)
        assert article.last_reviewed is None
        assert article.revision == ""
        assert article.applies_to is None


@both_languages
def test_element_18_still_need_help(library: FolderLibrary, language: str) -> None:
    offer = library.article(MEETINGS, language).help_offer

    assert offer is not None
    assert offer.label == "Microsoft Community"


@both_languages
def test_element_19_part_of_a_guide_in_four_parts(library: FolderLibrary, language: str) -> None:
    part = library.article(REGISTER, language).part

    assert part is not None
    assert (part.number, len(part.titles)) == (2, 4)


@both_languages
def test_element_20_related_articles_that_the_library_lacks_have_titles(
    library: FolderLibrary, language: str
) -> None:
    links = [run.link for run in runs(library.article(REGISTER, language)) if run.link]
    absent = [link.target for link in links if link.kind is LinkKind.ARTICLE]

    assert len(absent) == 3
    assert all(library.absent_title(target, language) for target in absent)


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
