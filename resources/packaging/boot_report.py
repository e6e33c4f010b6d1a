"""What a trial has found: said at once, line by line, and counted."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Final

_LONGEST: Final = 3000


class Report:
    """Collects checks and figures."""

    def __init__(self, slowness: float = 1.0) -> None:
        self.failed: list[str] = []
        self.slowness = slowness
        """How many times slower than this system the machine is."""

    def say(self, what: str) -> None:
        """Print a line."""
        print(f"   {what}", flush=True)

    def check(self, what: str, is_so: bool, told: str | Callable[[], str] = "") -> bool:
        """Note whether something is so, and what explains it when it is not."""
        self.say(f"{'ok' if is_so else 'FAILED'}: {what}")
        if not is_so:
            self.failed.append(what)
            story = told if isinstance(told, str) else told()
            print(textwrap.indent(story[-_LONGEST:], "      | "), flush=True)
        return is_so

    def figure(self, what: str, seconds: float, limit_s: float | None = None) -> None:
        """Note how long something took, beside what it would take on this system, and its limit there."""
        here = seconds / self.slowness
        self.say(f"{what}: {seconds:.1f} s in the machine, about {here:.1f} s at this system's speed")
        if limit_s is not None:
            self.check(f"{what}: within {limit_s:.0f} s at this system's speed", here <= limit_s)
