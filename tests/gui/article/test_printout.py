"""Articles on paper: what stands on which page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QSizeF
from PySide6.QtGui import QImage, QPdfWriter
from PySide6.QtWidgets import QApplication

from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.blocks import (
    Faq,
    Figure,
    Heading,
    Paragraph,
    ScopeMatrix,
    Step,
    StepList,
    SymptomTable,
    Table,
    walk,
    walk_steps,
)
from kbviewer.model.errors import PrintError
from kbviewer.model.inline import Link, LinkKind, Run, plain_text
from kbviewer.ui.article.page_breaks import Bond
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.paper_strips import strips_of
from kbviewer.ui.article.printout import PageRange, Printout, paper_size
from kbviewer.ui.theme.theme import Theme
from tests.support.paper_rules import slips
from tests.support.printed import Print, made, pages, picture, squeezed

ROOT = Path(__file__).parents[3]
SHIPPED = ["kb307294", "kb902534", "account-security-info", "online-meetings"]
LANGUAGES = ["sv", "en"]


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


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_torn_on_any_paper(
    on_paper: Print, name: str, language: str, paper: str, landscape: bool
) -> None:
    """No heading alone, no step without its number, no line lost or alone."""
    printout = on_paper(name, language, paper=paper_size(paper, landscape=landscape))

    assert list(slips(printout)) == []


def test_the_check_of_pages_finds_what_is_torn(on_paper: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rules every kind of slip comes up."""
    monkeypatch.setattr(
        "kbviewer.ui.article.printout.strips_of",
        lambda *given: (strip._replace(bond=Bond.NONE) for strip in strips_of(*given)),
    )
    found = " ".join(" ".join(slips(on_paper(name, language))) for name in SHIPPED for language in LANGUAGES)

    assert "ends with the heading" in found
    assert "begins with line" in found


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


def test_short_web_addresses_follow_their_text_and_long_ones_stand_at_the_end(on_paper: Print) -> None:
    """A link on paper leads nowhere; an address that is the text already adds nothing."""
    long = "https://example.com/" + "x" * 180 + "?a=(b)"

    def link(text: str, address: str) -> Paragraph:
        return Paragraph(key=text, runs=(Run(text, link=Link(LinkKind.EXTERNAL, address)), Run(".")))

    text = pages(
        on_paper(
            made(
                link("här", "https://example.org/a"),
                link("example.net/b", "https://example.net/b/"),
                link("långt", long),
                link("samma", long),
                link("annat", long + "2"),
            )
        )
    )[0]

    assert "här (https://example.org/a)." in text
    assert "example.net/b." in text
    assert "långt [1]." in text
    assert "samma [1]." in text
    assert "annat [2]." in text
    assert "Adresser" in text
    assert squeezed(f"[1]{long}[2]{long}2") in squeezed(text)


def test_links_of_a_pdf_lead_to_addresses_and_sections(on_paper: Print) -> None:
    """Qt writes a link where the format of a text says so; ours name web addresses and places only."""
    heading = Heading(key="där", level=2, runs=(Run("Där"),))
    printed = on_paper(
        made(
            Paragraph(key="a", runs=(Run("ut", link=Link(LinkKind.EXTERNAL, "https://example.org/å(b)")),)),
            Paragraph(key="b", runs=(Run("dit", link=Link(LinkKind.SECTION, "där")),)),
            Paragraph(key="c", runs=(Run("fel", link=Link(LinkKind.EXTERNAL, "javascript:alert(1)")),)),
            Paragraph(key="d", runs=(Run("ord", tip="Förklaring."),)),
            heading,
        )
    ).as_pdf()

    assert printed.count(b"/URI (") == printed.count(b"/URI (https://example.org/%C3%A5%28b%29)") == 2
    assert printed.count(b"/Subtype /Link") == 3
    assert b"/Dests" in printed


def test_the_chosen_cell_is_named_and_has_a_frame(on_paper: Print, library: FolderLibrary) -> None:
    """Colour alone is no mark, and many printers have none."""
    article = library.article("online-meetings", "sv")
    matrix = next(block for block in walk(article.blocks) if isinstance(block, ScopeMatrix))
    plain, marked = on_paper(article), on_paper(article, chosen=lambda _key: (1, 2))
    page = next(n for n, text in enumerate(pages(marked), 1) if "Valt: " in text)

    cells = block_texts(marked, marked.paper.tables[0])
    assert sum(cell.startswith(f"Valt: {matrix.cells[1][2].category}") for cell in cells) == 1
    assert not any("Valt" in text for text in pages(plain))
    assert picture(marked, page) != picture(plain, page)


def test_a_choice_that_the_matrix_no_longer_has_is_not_printed(on_paper: Print) -> None:
    """An article may have lost a row since."""
    assert not any("Valt" in text for text in pages(on_paper("online-meetings", chosen=lambda _key: (9, 9))))


def table(rows: int) -> Table:
    return Table(
        key="t",
        header=((Run("Nummer"),), (Run("Innehåll"),)),
        rows=tuple(((Run(f"rad {n}"),), (Run("ord " * (5 + n % 9)),)) for n in range(rows)),
    )


def test_a_table_that_goes_over_pages_repeats_its_header_row(on_paper: Print) -> None:
    """On the second page nobody remembers what the columns are."""
    printed = pages(on_paper(made(table(70))))

    assert [text.splitlines().count("Nummer") for text in printed[:3]] == [1, 1, 1]
    text = squeezed("".join(printed))
    assert all(text.count(f"rad{n}ord") == 1 for n in range(70))


def test_a_table_on_one_page_has_one_header_row(on_paper: Print) -> None:
    """Qt's own printing repeats it on short tables, too."""
    assert "".join(pages(on_paper(made(table(5))))).count("Nummer") == 1


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
