"""What the reader chooses about paper, and how it is kept. Qt-free."""

from __future__ import annotations

from typing import Final, NamedTuple

from kbviewer.state.settings import SettingValues

PAPERS: Final = ("A4", "Letter")


class PaperChoices(NamedTuple):
    """How an article goes to paper.

    Attributes:
        paper: one of PAPERS.
        empty: boxes and matrices as if nothing were recorded, to be filled in by hand.
        language: of the variant; "" for the one that is read.
        notes: the reader's own notes follow the article.
    """

    paper: str = "A4"
    landscape: bool = False
    empty: bool = False
    language: str = ""
    notes: bool = False


def kept_choices(values: SettingValues) -> PaperChoices:
    """Return what was chosen the last time; the language is always the one that is read."""
    return PaperChoices(
        values.print_paper, values.print_landscape, values.print_empty, notes=values.print_notes
    )


def to_keep(choices: PaperChoices) -> dict[str, object]:
    """Return the settings that `kept_choices` reads."""
    return {
        "print_paper": choices.paper,
        "print_landscape": choices.landscape,
        "print_empty": choices.empty,
        "print_notes": choices.notes,
    }
