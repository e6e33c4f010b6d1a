"""Two commands in turn, so that a ratio holds when the machine's speed drifts."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of wall time in ms, and the median of the ratios pair by pair."""

    subject_ms: float
    reference_ms: float
    ratio: float


def wall_ms(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return how long `command` runs, milliseconds."""
    start = time.perf_counter()
    subprocess.run(
        command, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL, timeout=60
    )
    return 1000 * (time.perf_counter() - start)


def measure_pair(
    subject: Sequence[str], reference: Sequence[str], environment: Mapping[str, str], runs: int = 15
) -> Pair:
    """Run both once to warm up, then `runs` times in turn."""
    wall_ms(subject, environment)
    wall_ms(reference, environment)
    pairs = [(wall_ms(subject, environment), wall_ms(reference, environment)) for _ in range(runs)]
    return Pair(
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )
