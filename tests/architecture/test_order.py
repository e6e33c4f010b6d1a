"""The order in which files of tests are handed out."""

from __future__ import annotations

from pathlib import Path

from tests.support.order import spread

E2E = Path("/tests/e2e")


def test_whole_programs_run_between_the_others_and_the_smallest_file_is_the_last() -> None:
    """At the end nobody is to wait for one file; no test is lost, and those of a file stay together."""
    few, many = Path("/tests/few.py"), Path("/tests/many.py")
    program, other = E2E / "a.py", E2E / "b.py"
    tests = [(few, "f"), (many, "m1"), (many, "m2"), (program, "a1"), (program, "a2"), (other, "b")]

    assert spread(tests, E2E) == ["a1", "a2", "m1", "m2", "b", "f"]
    assert spread(tests[:3], E2E) == ["m1", "m2", "f"]
    assert spread(tests[3:], E2E) == ["a1", "a2", "b"]
