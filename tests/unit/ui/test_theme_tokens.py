"""Every colour pair that the program draws is readable (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest

from kbviewer.ui.theme.tokens import CATEGORY_NAMES, THEMES, Tokens, blend, contrast_ratio

ALL = list(THEMES.values())
TEXT_PAIRS = [
    ("text", "page"),
    ("text", "window"),
    ("text", "raised"),
    ("muted", "page"),
    ("muted", "window"),
    ("muted", "raised"),
    ("accent", "page"),
    ("accent", "window"),
    ("accent", "accent_soft"),
    ("text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_done", "done"),
    ("done", "done_soft"),
    ("text", "done_soft"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
    ("danger", "danger_soft"),
    ("text", "danger_soft"),
    ("on_find", "find"),
    ("on_find", "find_current"),
]
EDGE_PAIRS = [
    ("control_border", "page"),
    ("control_border", "window"),
    ("accent", "page"),
    ("accent", "window"),
]


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_reaches_four_and_a_half_to_one(tokens: Tokens, front: str, back: str) -> None:
    assert contrast_ratio(getattr(tokens, front), getattr(tokens, back)) >= 4.5


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("edge", "back"), EDGE_PAIRS)
def test_control_edges_and_focus_reach_three_to_one(tokens: Tokens, edge: str, back: str) -> None:
    assert contrast_ratio(getattr(tokens, edge), getattr(tokens, back)) >= 3.0


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("category", CATEGORY_NAMES)
def test_category_names_are_readable_on_their_tinted_cell(tokens: Tokens, category: str) -> None:
    colour = tokens.categories[category]
    cell = blend(colour, tokens.page, 0.1)

    assert contrast_ratio(tokens.text, cell) >= 4.5
    assert contrast_ratio(colour, cell) >= 3.0


def test_contrast_ratio_matches_the_standard_extremes() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast_ratio("#123456", "#123456") == pytest.approx(1.0)
