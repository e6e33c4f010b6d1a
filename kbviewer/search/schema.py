"""The index's fields, and the number that changes with them."""

from __future__ import annotations

from typing import Any

from whoosh.fields import ID, STORED, Schema

# Raise it whenever fields, words or the files beside the index change; older indexes are then built anew.
FORMAT = 12

WORDS = "words"
TEXTS = "texts"


def make_schema() -> Any:
    """Return the fields: one document per variant of an article, with the words it has and what it says.

    The weight of a posting is the finished impact of the word in the variant (see `impacts`), so that a query
    only adds up. Positions are not kept: phrases are looked for in the texts of the best candidates.
    """
    return Schema(words=ID(), texts=STORED())
