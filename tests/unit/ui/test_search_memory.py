"""What is kept of searches: in the store, and in the log only where a policy wants it there."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.search_memory import SearchMemory


@pytest.mark.parametrize("logs", [True, False])
def test_a_search_is_in_the_log_only_where_the_policy_says_so(
    logs: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Words are typed as patients' names and passwords are."""
    failures: list[object] = []
    with UserState.open(tmp_path / "state.sqlite") as state, caplog.at_level(logging.DEBUG, "kbviewer"):
        memory = SearchMemory(state.searches, failures.append, logs=logs)
        memory.record("skrivare")
        assert memory.latest() == ["skrivare"]
    assert ("skrivare" in caplog.text) is logs
    assert failures == []
