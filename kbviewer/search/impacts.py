"""How much a word says about a variant: one number from 0 to 1, from where it stands and how often.

The text counts as in BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) without its
rarity, which a query knows only after it has found all forms of a word. Title, description, headings and
names each take a share of what is missing to 1.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.uint32]

# A word in a variant is one number: how often the text has it, up to 255, and a bit per place beside it.
MOST_TIMES = 255
IN_TITLE = 1 << 8
IN_DESCRIPTION = 1 << 9
IN_HEADING = 1 << 10
IN_NAMES = 1 << 11

# Impacts are kept in so many steps, which is as fine as their ranking needs and packs well.
STEPS = 63

# Lower than usual: what kind of match it is counts for more than how often it occurs.
_SATURATION = 0.5
_LENGTH_SHARE = 0.7
_TEXT = 0.5
_SHARES = ((IN_TITLE, 0.55), (IN_DESCRIPTION, 0.3), (IN_HEADING, 0.22), (IN_NAMES, 0.3))


def impacts_of(infos: Numbers, lengths: Numbers, average_length: float) -> npt.NDArray[np.uint8]:
    """Return the impact of each posting in steps of 1 / STEPS, at least one step.

    Args:
        infos: (P) what is known of the word in the variant, as above.
        lengths: (P) words in the text of the variant.
        average_length: of all variants.
    """
    times = (infos & MOST_TIMES).astype(np.float32)
    # A single sentence that has a word is not more about it than a text of usual length.
    share = np.maximum(lengths, average_length) / max(average_length, 1.0)
    strength = times / (times + _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * share))
    missing = 1 - _TEXT * strength
    for place, worth in _SHARES:
        missing *= np.where(infos & place, np.float32(1 - worth), np.float32(1))
    return np.maximum(1, np.rint((1 - missing) * STEPS)).astype(np.uint8)
