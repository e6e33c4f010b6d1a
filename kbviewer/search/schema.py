"""The index's fields, and the number that changes with them."""

from __future__ import annotations

from typing import Any

from whoosh.analysis.analyzers import IDAnalyzer
from whoosh.fields import STORED, TEXT, Schema

# Raise it whenever fields, terms or the files beside the index change; older indexes are then built anew.
FORMAT = 3

TITLE = "title"
NAMES = "names"
BODY = "body"


def make_schema() -> Any:
    """Return the fields: terms of title, names (keywords, products, ids) and section, and its text.

    Positions are not kept: phrases are looked for in the texts of the best candidates, which costs less.
    """
    return Schema(
        title=TEXT(IDAnalyzer(), phrase=False),
        names=TEXT(IDAnalyzer(), phrase=False),
        body=TEXT(IDAnalyzer(), phrase=False),
        section=STORED(),
    )
