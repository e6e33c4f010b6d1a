"""Real documentation beside the checkout, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

COMMERCE_KB = Path(__file__).parents[3] / "shared" / "corpora" / "commerce-kb"

needs_commerce_kb = pytest.mark.skipif(
    not COMMERCE_KB.is_dir(), reason="there is no shared/corpora/commerce-kb beside the checkout"
)
