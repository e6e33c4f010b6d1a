"""The choices in scope matrices, written as the article is shown to the technician."""

from __future__ import annotations

from kbviewer.model.article import Article
from kbviewer.model.blocks import ScopeMatrix
from kbviewer.model.case_changes import find_matrix
from kbviewer.model.errors import ModelError
from kbviewer.model.messages import N_, message
from kbviewer.state.case_rows import RowChanges, Table, delete, put, read_row
from kbviewer.state.database import Database


def matrix_with(article: Article, matrix: str, row: int | None, column: int | None) -> ScopeMatrix:
    """Return the matrix with block key `matrix`.

    Raises:
        ModelError: the article has no such matrix, or the matrix no such row or column.
    """
    found = find_matrix(article, matrix)
    if (
        found is None
        or (row is not None and not 0 <= row < len(found.rows))
        or (column is not None and not 0 <= column < len(found.columns))
    ):
        raise ModelError(
            message(
                N_("Article {article} has no such cell in “{matrix}”."), article=article.id, matrix=matrix
            )
        )
    return found


def put_choice(
    database: Database,
    key: tuple[int, str, str],
    matrix: ScopeMatrix,
    row: int | None,
    column: int | None,
    language: str,
    now: str,
) -> RowChanges:
    """Write a choice; None and None forgets it, the same again changes nothing. Belongs in a `writing` block.

    Args:
        database: where.
        key: case, article and block key of the matrix.
        matrix: as it is shown, for the words of the choice.
        row: counted from 0.
        column: counted from 0.
        language: of the words when the matrix has none of its own.
        now: the time of the choice.
    """
    if row is None and column is None:
        return delete(database, Table.ANSWERS, key)
    chosen = (
        row,
        column,
        "" if row is None else matrix.rows[row],
        "" if column is None else matrix.columns[column],
        "" if row is None or column is None else matrix.cells[row][column].category,
        matrix.language or language,
    )
    before = read_row(database, Table.ANSWERS, key)
    if before is not None and before[3:-1] == chosen:
        return []
    return put(database, Table.ANSWERS, (*key, *chosen, now))
