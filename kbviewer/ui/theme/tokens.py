"""Design tokens: every colour of the three themes by its role, and the measures they share.

Colours are "#RRGGBB". Text reaches 4.5:1 on the surface it stands on, control edges and focus 3:1
(WCAG 2.2, 1.4.3 and 1.4.11); a test computes every pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

GRID_PX: Final = 4
TOP_BAR_PX: Final = 56
TEXT_COLUMN_PX: Final = 780
SIDE_PANE_PX: Final = 272
FOLD_BELOW_PX: Final = 900
RESULTS_PX: Final = 420
RESULTS_BESIDE_FROM_PX: Final = 1000
BESIDE_FROM_PX: Final = 840
RESULT_ROW_PX: Final = 58
CORNER_PX: Final = 8
CARD_CORNER_PX: Final = 10
STEP_INDENT_PX: Final = 66
STEP_LEVEL_PX: Final = 34
TICK_BOX_PX: Final = 20
STEP_ROW_PX: Final = 32
TOUCH_TARGET_PX: Final = 48
SCROLL_BAR_PX: Final = 12
TOUCH_SCROLL_BAR_PX: Final = 20
MIN_TARGET_PX: Final = 24
FOCUS_RING_PX: Final = 2
BODY_POINT: Final = 11.0
LINE_HEIGHT_PERCENT: Final = 142.0
MOTION_MS: Final = 150

CATEGORY_NAMES: Final = ("client", "identity", "permission", "network", "service")


class Tokens(NamedTuple):
    """One theme. `*_soft` are backgrounds, the role without suffix is text or a mark on them.

    `disabled` is the text of what cannot be used now.
    """

    name: str
    dark: bool
    high_contrast: bool
    page: str
    window: str
    raised: str
    text: str
    muted: str
    border: str
    control_border: str
    disabled: str
    accent: str
    on_accent: str
    accent_soft: str
    done: str
    on_done: str
    done_soft: str
    warning: str
    warning_soft: str
    warning_bar: str
    danger: str
    danger_soft: str
    find: str
    find_current: str
    on_find: str
    categories: Mapping[str, str]


def _categories(*colours: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(CATEGORY_NAMES, colours, strict=True)))


LIGHT: Final = Tokens(
    name="light",
    dark=False,
    high_contrast=False,
    page="#FFFFFF",
    window="#F4F6F9",
    raised="#FFFFFF",
    text="#16202C",
    muted="#535F6D",
    border="#D8DFE8",
    control_border="#6F7D8E",
    disabled="#6F7D8E",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    accent_soft="#E4EFFA",
    done="#14703B",
    on_done="#FFFFFF",
    done_soft="#E6F5EC",
    warning="#8A5200",
    warning_soft="#FFF4DF",
    warning_bar="#D98A00",
    danger="#B3261E",
    danger_soft="#FDECEA",
    find="#FFE38A",
    find_current="#FFB457",
    on_find="#16202C",
    categories=_categories("#0B5CAD", "#6B3FA0", "#8A5200", "#0A6B70", "#B3261E"),
)

DARK: Final = Tokens(
    name="dark",
    dark=True,
    high_contrast=False,
    page="#14181E",
    window="#1A1F26",
    raised="#20262F",
    text="#E8EDF3",
    muted="#A8B4C3",
    border="#353F4B",
    control_border="#8A97A8",
    disabled="#8A97A8",
    accent="#7CB9FF",
    on_accent="#0A1624",
    accent_soft="#1C3048",
    done="#74D99F",
    on_done="#0B2415",
    done_soft="#15301F",
    warning="#F3BC55",
    warning_soft="#33280F",
    warning_bar="#D99A2B",
    danger="#FF9C92",
    danger_soft="#3B1D1B",
    find="#6A5300",
    find_current="#A86400",
    on_find="#FFFFFF",
    categories=_categories("#7CB9FF", "#C9A7F5", "#F3BC55", "#6FD6DB", "#FF9C92"),
)

CONTRAST: Final = Tokens(
    name="contrast",
    dark=True,
    high_contrast=True,
    page="#000000",
    window="#000000",
    raised="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    border="#FFFFFF",
    control_border="#FFFFFF",
    disabled="#A0A0A0",
    accent="#FFFF00",
    on_accent="#000000",
    accent_soft="#000000",
    done="#3FF23F",
    on_done="#000000",
    done_soft="#000000",
    warning="#FFFF00",
    warning_soft="#000000",
    warning_bar="#FFFF00",
    danger="#FF8A8A",
    danger_soft="#000000",
    find="#00FFFF",
    find_current="#FFFF00",
    on_find="#000000",
    categories=_categories(*["#FFFF00"] * 5),
)

THEMES: Final[Mapping[str, Tokens]] = MappingProxyType(
    {tokens.name: tokens for tokens in (LIGHT, DARK, CONTRAST)}
)


def relative_luminance(colour: str) -> float:
    """Return the relative luminance of "#RRGGBB", 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(colour: str, surface: str, share: float) -> str:
    """Return `colour` laid over `surface` with opacity `share`, 0 to 1."""
    mixed = (
        round(int(colour[i : i + 2], 16) * share + int(surface[i : i + 2], 16) * (1 - share))
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{value:02X}" for value in mixed)
