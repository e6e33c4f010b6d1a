"""Tables, scope matrices and symptom tables."""

from __future__ import annotations

from textwrap import dedent

from kbviewer.content.reader import ReadResult, read_article
from kbviewer.model.blocks import MatrixCell, ScopeMatrix, SymptomTable, Table, Target
from kbviewer.model.inline import Run, plain_text

_SCOPE = """\
    > [!div class="kb-scope"]
    >
    > | Fråga | En | Flera |
    > |---|---|---|
    > | en dator | [Klient](#client) | [Klient](#client) |
    > | flera | Okänt | [Federation](#federation) / [nätverk](#network) |
    """
_SYMPTOMS = """\
    > [!div class="kb-symptoms"]
    >
    > | Symptom | Kategori | Åtgärd |
    > |---|---|---|
    > | Meddelandet <samp>Fel</samp> | Klient | [Klient**problem**](#client) |
    > | Filen öppnas inte | Fil | [Filer](#files) |
    > | Annat | Ej tillämpligt | [Webben](#web) |
    """


def read(text: str) -> ReadResult:
    return read_article(dedent(text), article_id="kb1", source="kb1/sv.md")


def rows(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row] for row in (table.header, *table.rows)]


def test_a_table_has_a_header_and_rows() -> None:
    (table,) = read("| A | **B** |\n|---|:-:|\n| `c | d |\n| e |  |\n").article.blocks

    assert isinstance(table, Table)
    assert rows(table) == [["A", "B"], ["`c", "d"], ["e", ""]]


def test_an_empty_header_is_no_header() -> None:
    (table,) = read("| | |\n|---|---|\n| a | b |\n").article.blocks

    assert isinstance(table, Table)
    assert table.header == ()


def test_cells_beyond_the_last_column_are_kept() -> None:
    (table,) = read("> | A |\n> |---|\n> | b | c *d* |\n> | e |\n").article.blocks

    assert isinstance(table, Table)
    assert rows(table) == [["A", ""], ["b", "c d"], ["e", ""]]


def test_html_tables_keep_spans_as_empty_cells() -> None:
    (_, table) = read("""\
        <table><caption>Versioner</caption>
        <tr><th rowspan="2">A</th><th colspan=2>B</th></tr>
        <tr><td>c</td><td><p>d</p><ul><li>e<li>f</ul></td></tr>
        </table>
        """).article.blocks

    assert isinstance(table, Table)
    assert rows(table) == [["A", "B", ""], ["", "c", "d\n• e\n• f"]]


def test_a_table_may_hold_markdown_between_its_tags() -> None:
    (table,) = read("<table><tr><td>\n\n**fet**\n\n</td><td>b</td></tr></table>\n").article.blocks

    assert isinstance(table, Table)
    assert rows(table) == [[], ["fet", "b"]]


def test_a_scope_matrix_has_categories_and_targets() -> None:
    result = read(_SCOPE)

    (matrix,) = result.article.blocks
    assert isinstance(matrix, ScopeMatrix)
    assert (matrix.question, matrix.rows, matrix.columns) == ("Fråga", ("en dator", "flera"), ("En", "Flera"))
    assert matrix.cells[1] == (
        MatrixCell("Okänt", ()),
        MatrixCell(
            "Federation / nätverk", (Target("Federation", "federation"), Target("nätverk", "network"))
        ),
    )
    assert result.problems == ()


def test_a_ragged_scope_matrix_is_a_plain_table_and_a_problem() -> None:
    result = read(_SCOPE.replace("| [Klient](#client) | [Klient](#client) |", "| [Klient](#client) |"))

    assert [type(block) for block in result.article.blocks] == [Table]
    assert [(problem.kind, problem.line) for problem in result.problems] == [("ragged-matrix", 5)]


def test_a_scope_matrix_without_a_table_is_a_problem() -> None:
    assert [problem.kind for problem in read('> [!div class="kb-scope"]\n> Text\n').problems] == ["no-table"]


def test_a_symptom_leads_to_its_remedy() -> None:
    (table,) = read(_SYMPTOMS).article.blocks

    assert isinstance(table, SymptomTable)
    assert table.headers == ("Symptom", "Kategori", "Åtgärd")
    assert table.rows[0].symptom[0] == Run("Meddelandet ")
    assert (table.rows[0].category, table.rows[0].targets) == ("Klient", (Target("Klientproblem", "client"),))


def test_the_last_symptom_is_the_fallback_when_no_matrix_cell_leads_there() -> None:
    table = read(_SCOPE + "\n" + _SYMPTOMS).article.blocks[-1]

    assert isinstance(table, SymptomTable)
    assert [row.fallback for row in table.rows] == [False, False, True]


def test_without_a_matrix_nothing_is_a_fallback_unless_marked() -> None:
    plain, marked = read(_SYMPTOMS), read(_SYMPTOMS.replace("| Annat |", "| Annat {.fallback} |"))

    (table,) = plain.article.blocks
    assert isinstance(table, SymptomTable)
    assert not any(row.fallback for row in table.rows)
    (table,) = marked.article.blocks
    assert isinstance(table, SymptomTable)
    assert [row.fallback for row in table.rows] == [False, False, True]
    assert plain_text(table.rows[2].symptom) == "Annat"


def test_words_around_the_link_of_a_remedy_are_part_of_its_label() -> None:
    (table,) = read(_SYMPTOMS.replace("[Webben](#web)", "Gå till [webben](#web) nu")).article.blocks

    assert isinstance(table, SymptomTable)
    assert table.rows[2].targets == (Target("Gå till webben nu", "web"),)


def test_a_remedy_that_leads_nowhere_makes_it_a_plain_table() -> None:
    result = read(_SYMPTOMS.replace("[Webben](#web)", "Vänta"))

    assert [type(block) for block in result.article.blocks] == [Table]
    assert [problem.kind for problem in result.problems] == ["symptom-table"]
