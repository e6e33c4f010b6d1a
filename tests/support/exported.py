"""What an export holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kbviewer.state.user_state import UserState


def exported(state: UserState, path: Path) -> dict[str, Any]:
    """Return the tables of an export."""
    state.data.export(path)
    return dict(json.loads(path.read_text("utf-8"))["tables"])
