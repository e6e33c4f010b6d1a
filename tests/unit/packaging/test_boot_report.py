"""What a trial on a booted machine says and counts."""

from __future__ import annotations

import pytest

from resources.packaging.boot_report import Report


def test_what_fails_is_counted_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    assert not report.check("the screen is there", False, lambda: "no seat")
    assert report.failed == ["the screen is there"]
    assert capsys.readouterr().out == "   FAILED: the screen is there\n      | no seat\n"


def test_what_holds_is_not_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Asking the machine for a story takes seconds."""
    assert Report().check("the screen is there", True, lambda: pytest.fail("asked"))
    assert capsys.readouterr().out == "   ok: the screen is there\n"


@pytest.mark.parametrize(("seconds", "failures"), [(12.0, 0), (31.0, 1)])
def test_a_limit_is_one_at_this_systems_speed(seconds: float, failures: int) -> None:
    """An emulated processor is ten times slower."""
    report = Report(slowness=10.0)
    report.figure("home", seconds, limit_s=3.0)
    assert len(report.failed) == failures
