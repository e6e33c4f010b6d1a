"""What a repository keeps of its past."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kbviewer.content.updates.history import History, PastVersion


def test_a_history_survives_its_json() -> None:
    past = PastVersion("a" * 64, "1", "a.office.kbp")
    history = History({"office": (past, replace(past, version=""))}, {"x.kbd": date(2026, 1, 2)})

    assert History.from_data(json.loads(json.dumps(history.to_data()))) == history
    assert History.from_data({}) == History()
    with pytest.raises(ValueError, match="no history"):
        History.from_data({"retired": {"x": "yesterday"}})
