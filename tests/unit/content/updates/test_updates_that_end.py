"""An update that is ended anywhere leaves the old content or the new, and the next one completes it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.tree import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are forked")
def test_ended_at_any_change_or_killed_it_leaves_the_old_or_the_new() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.updates", "--kills", "4"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 60
