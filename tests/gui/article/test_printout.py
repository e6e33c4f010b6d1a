"""Articles on paper: what stands on which page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QSizeF
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.model.blocks import (
    Faq,
    Figure,
    Heading,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    walk,
    walk_steps,
)
from kbviewer.model.cases import StepChange, StepMark, StepOutcome
from kbviewer.model.errors import ArticleNotFoundError, PrintError
from kbviewer.model.inline import Link, LinkKind, Run, plain_text
from kbviewer.model.library import LibraryEntry
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import PageRange, Printout
from kbviewer.ui.theme.theme import Theme

ROOT = Path(__file__).parents[3]
SHIPPED = ["kb307294", "kb902534", "account-security-info", "online-meetings"]
LANGUAGES = ["sv", "en"]
Print = Callable[..., Printout]


@pytest.fixture
def library() -> FolderLibrary:
    return FolderLibrary(ROOT / "content")


@pytest.fixture
def on_paper(qapp: QApplication, library: FolderLibrary) -> Print:
    """Lays a shipped article, or one that the test made, out for paper."""

    def resolve(reference: str) -> LibraryEntry | None:
        try:
            return library.resolve(reference)
        except ArticleNotFoundError:
            return None

    def lay_out(
        article: str | Article,
        language: str = "sv",
        done: Iterable[str] = (),
        paper: QSizeF | None = None,
        marks: Mapping[str, StepMark] | None = None,
    ) -> Printout:
        texts = Translator(ROOT / "i18n", language)
        if isinstance(article, str):
            article = library.article(article, language)
        builder = PaperBuilder(texts, library.media, resolve, lambda _reference: "")
        ticked = dict.fromkeys(done, StepMark(StepOutcome.DONE))
        return Printout(builder, texts, article, LANGUAGES, {**ticked, **(marks or {})}, paper)

    return lay_out


def pages(printout: Printout) -> list[str]:
    return [printout.text_of(page).replace("\u00a0", " ") for page in range(1, printout.page_count + 1)]


def squeezed(text: str) -> str:
    """Return text without what a line break changes."""
    return "".join(text.split())


def picture(printout: Printout, page: int) -> QImage:
    """Return a page as it is painted."""
    image = QImage(794, 1123, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    printout.paint(painter, page)
    painter.end()
    return image


def made(*blocks: object) -> Article:
    return Article(id="made", language="sv", title="Titel", blocks=blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_answers_symptoms_and_steps_are_all_printed(
    on_paper: Print, library: FolderLibrary, name: str, language: str
) -> None:
    """Paper cannot be opened, filtered or scrolled."""
    article = library.article(name, language)
    text = squeezed("".join(pages(on_paper(article, language))))

    for block in walk(article.blocks):
        if isinstance(block, Faq):
            assert squeezed(plain_text(block.question)) in text
        elif isinstance(block, SymptomTable):
            assert all(squeezed(row.category) in text for row in block.rows)
        elif isinstance(block, Heading):
            assert squeezed(plain_text(block.runs)) in text
    for step in walk_steps(article.blocks):
        assert squeezed(f"{step.number}.{step.runs[0].text}") in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_no_heading_stands_alone_at_the_end_of_a_page(
    on_paper: Print, library: FolderLibrary, name: str, language: str
) -> None:
    """It belongs to what follows."""
    article = library.article(name, language)
    headings = [squeezed(plain_text(b.runs)) for b in walk(article.blocks) if isinstance(b, Heading)]

    for text in pages(on_paper(article, language)):
        assert squeezed(text.strip().splitlines()[-1]) not in headings


@pytest.mark.parametrize("name", SHIPPED)
def test_no_page_begins_in_the_middle_of_a_short_step(on_paper: Print, name: str) -> None:
    """A step is not cut from its number."""
    printout = on_paper(name)
    paper = printout.paper
    for sheet in printout.sheets[1:]:
        block = paper.geometry.block(sheet.first)
        line = next(
            index
            for index in range(block.layout().lineCount())
            if paper.geometry.origin(block).y() + block.layout().lineAt(index).y() >= sheet.top - 1
        )
        assert line == 0 or (line >= 2 and block.layout().lineCount() - line >= 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scope_matrix_names_its_sections_in_a_table(
    on_paper: Print, library: FolderLibrary, language: str
) -> None:
    """There is no cell to press: every one says where it leads."""
    article = library.article("online-meetings", language)
    matrix = next(block for block in walk(article.blocks) if isinstance(block, ScopeMatrix))
    titles = {
        block.key: plain_text(block.runs) for block in walk(article.blocks) if isinstance(block, Heading)
    }
    printout = on_paper(article, language)
    cells = squeezed("".join(block_texts(printout, printout.paper.tables[0])))

    for heading in (*matrix.rows, *matrix.columns):
        assert squeezed(heading) in cells
    for cell in (cell for row in matrix.cells for cell in row):
        assert squeezed(cell.category) in cells
        assert all(squeezed(titles[target.anchor]) in cells for target in cell.targets)


def block_texts(printout: Printout, rows: Iterable[tuple[int, int]]) -> list[str]:
    return [
        printout.paper.geometry.block(number).text()
        for first, last in rows
        for number in range(first, last + 1)
    ]


def test_a_table_is_not_torn_when_it_fits_a_page(on_paper: Print) -> None:
    """Its heads would be on another page."""
    printout = on_paper("online-meetings")
    first, last = printout.paper.tables[0][0][0], printout.paper.tables[0][-1][1]

    assert any(sheet.first <= first and last <= sheet.last for sheet in printout.sheets)


def test_head_and_foot_say_which_article_and_page_this_is(on_paper: Print) -> None:
    """A loose sheet must be found its place again."""
    swedish, english = on_paper("kb307294", "sv"), on_paper("kb307294", "en")
    total = swedish.page_count

    assert swedish.margin_texts(2)[0].startswith("KB307294 – Vanliga lösningar")
    assert swedish.margin_texts(2)[1:] == (
        "Revision 5.0 · svenska",
        "Innehållet granskat 5 augusti 2005",
        f"sida 2 av {total}",
    )
    assert english.margin_texts(1)[1:] == (
        "Revision 5.0 · English",
        "Content reviewed 5 August 2005",
        f"page 1 of {english.page_count}",
    )
    assert on_paper("online-meetings").margin_texts(1)[1:3] == (
        "Okänd revision · svenska",
        "Innehållets datum är okänt",
    )


def test_recorded_ticks_are_printed_and_others_are_empty(on_paper: Print, library: FolderLibrary) -> None:
    """Who prints half way goes on with a pen."""
    step = next(walk_steps(library.article("kb902534", "sv").blocks))
    empty, ticked = on_paper("kb902534"), on_paper("kb902534", done=[step.id])
    page = next(n for n, text in enumerate(pages(empty), 1) if f"1.\t{step.runs[0].text}" in text)

    assert picture(empty, page) != picture(ticked, page)
    assert picture(empty, page) == picture(on_paper("kb902534"), page)


@pytest.mark.parametrize("outcome", StepOutcome)
def test_every_result_has_a_box_of_its_own(
    on_paper: Print, library: FolderLibrary, outcome: StepOutcome
) -> None:
    """On paper there is no colour to tell them apart."""
    step = next(walk_steps(library.article("kb902534", "sv").blocks))
    others = [on_paper("kb902534")]
    others += [
        on_paper("kb902534", marks={step.id: StepMark(other)})
        for other in StepOutcome
        if other is not outcome
    ]
    shown = on_paper("kb902534", marks={step.id: StepMark(outcome)})
    page = next(n for n, text in enumerate(pages(shown), 1) if f"1.\t{step.runs[0].text}" in text)
    assert all(picture(shown, page) != picture(other, page) for other in others)


def test_results_are_printed_under_their_steps(on_paper: Print) -> None:
    """Whoever takes over reads what was tried, when and why not; a plain tick says it all by itself."""
    at = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    when = f"{at.astimezone():%Y-%m-%d %H:%M}"
    steps = tuple(Step(f"s{n}", str(n), (Run(f"Steg {n}."),)) for n in range(1, 6))
    marks = {
        "s1": StepMark(StepOutcome.DONE, set_at=at),
        "s2": StepMark(StepOutcome.FAILED, "hängde sig\ntvå gånger", at),
        "s3": StepMark(StepOutcome.SKIPPED, set_at=at),
        "s4": StepMark(StepOutcome.DONE, "", at, StepChange.CHANGED, "Steg fyra."),
    }
    printed = on_paper(made(StepList(key="n", steps=steps)), marks=marks)
    lines = [line.strip("\u2028") for line in pages(printed)[0].splitlines() if line.strip()]
    start = lines.index("1.\tSteg 1.")
    assert lines[start : start + 10] == [
        "1.\tSteg 1.",
        "2.\tSteg 2.",
        f"Misslyckades {when} – hängde sig",
        "två gånger",
        "3.\tSteg 3.",
        f"Överhoppat {when}",
        "4.\tSteg 4.",
        f"Klart {when}",
        "Steget har ändrats sedan dess; det löd: ”Steg fyra.”",
        "5.\tSteg 5.",
    ]


def test_a_result_stays_with_its_step(on_paper: Print) -> None:
    """At the top of a page it would speak of nothing."""
    steps = tuple(Step(f"s{n}", str(n), (Run(f"Steg {n}."),)) for n in range(1, 41))
    marks = {step.id: StepMark(StepOutcome.FAILED, "hängde sig") for step in steps}
    printed = on_paper(made(StepList(key="n", steps=steps)), marks=marks)
    assert printed.page_count > 1
    assert not any(page.startswith("Misslyckades") for page in pages(printed))


def test_short_web_addresses_follow_their_text(on_paper: Print) -> None:
    """A link on paper leads nowhere; an address that is the text already, or a long one, adds nothing."""

    def link(text: str, address: str) -> Paragraph:
        return Paragraph(key=text, runs=(Run(text, link=Link(LinkKind.EXTERNAL, address)), Run(".")))

    text = pages(
        on_paper(
            made(
                link("här", "https://example.org/a"),
                link("example.net/b", "https://example.net/b/"),
                link("långt", "https://example.com/" + "x" * 80),
            )
        )
    )[0]

    assert "här (https://example.org/a)." in text
    assert "example.net/b." in text
    assert "långt." in text


def test_a_tall_picture_fits_a_page_with_its_caption(qapp: QApplication, tmp_path: Path) -> None:
    """Cut in two it shows nothing."""
    image = QImage(200, 4000, QImage.Format.Format_RGB32)
    image.save(str(tmp_path / "tall.png"))
    data = (tmp_path / "tall.png").read_bytes()
    texts = Translator(ROOT / "i18n", "sv")
    builder = PaperBuilder(texts, lambda _id, _path: data, lambda _id: None, lambda _id: "")
    figure = Figure(key="f", source="a.png", caption=(Run("Bildtext"),))
    printout = Printout(builder, texts, made(figure), LANGUAGES, {})

    assert any("\ufffc\nBildtext" in text for text in pages(printout))


def test_nothing_on_paper_asks_to_be_pressed(on_paper: Print) -> None:
    """Neither buttons nor the space that they stand in."""
    text = "".join(pages(on_paper("account-security-info", "sv")))

    for words in ("Fäll ut alla", "Expandera alla", "Kommentera", "sök efter detta", "\ufffc"):
        assert words not in text


def test_the_theme_of_the_screen_does_not_reach_the_paper(on_paper: Print) -> None:
    """White letters on white paper, or a page full of black."""
    light = picture(on_paper("kb307294"), 1)
    Theme("dark", 2.0).apply()
    dark = picture(on_paper("kb307294"), 1)
    Theme("light").apply()

    assert light == dark


def test_smaller_paper_takes_more_pages(on_paper: Print) -> None:
    """The printer says what paper it has."""
    assert on_paper("kb307294", paper=QSizeF(559, 794)).page_count > on_paper("kb307294").page_count


def test_a_long_step_with_everything_in_it_comes_out_whole(on_paper: Print) -> None:
    """Higher than a page: broken where it must be, nothing lost or twice."""
    text = "Ord nummer {} i ett mycket långt steg. "
    step = Step(id="s", number="1", runs=(Run("".join(text.format(i) for i in range(900))),))
    printed = squeezed("".join(pages(on_paper(made(StepList(key="l", steps=(step,)))))))

    assert all(printed.count(f"Ordnummer{i}i") == 1 for i in range(900))


def test_a_pdf_is_written_at_once_or_not_at_all(on_paper: Print, tmp_path: Path) -> None:
    """A reader must not find half a file, and hears in one sentence why there is none."""
    printout = on_paper("kb307294")
    target = tmp_path / "paper.pdf"
    printout.save_pdf(target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.glob("*.p*")] == ["paper.pdf"]

    with pytest.raises(PrintError, match=r"could not be written to .*lacking.*Choose another folder"):
        printout.save_pdf(tmp_path / "lacking" / "paper.pdf")


def test_only_the_chosen_pages_are_painted(on_paper: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the reader says in the dialog of the printer."""
    printout = on_paper("kb307294")
    painted: list[int] = []
    monkeypatch.setattr(printout, "paint", lambda _painter, page: painted.append(page))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    printout.print_on(QPdfWriter(buffer), PageRange(2, 3))

    assert painted == [2, 3]
