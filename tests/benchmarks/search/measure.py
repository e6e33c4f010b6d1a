"""Engines asked in turn, query by query, so that a drift of the machine's speed falls on all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
HEADINGS = ("p50", "p95", "p99", "max")
_CELL = 8


class Engine(Protocol):
    """Whatever answers queries."""

    @property
    def name(self) -> str:
        """How tables call it."""

    def search(self, text: str) -> Sequence[object]:
        """Return the best ten hits, each with its snippet."""


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Wall time and CPU time of the process, all threads, from when it was made."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    def read_ms(self) -> tuple[float, float]:
        """Return wall and CPU time since then, milliseconds."""
        # In the reverse order of the start, so that neither clock times the other.
        cpu = time.process_time() - self.cpu
        return 1000 * (time.perf_counter() - self.wall), 1000 * cpu


class Untimed(Generic[T]):
    """Passes things on and knows how long they took to make, which is not the time of whoever takes them.

    Only for takers that do not work on in other threads meanwhile.
    """

    def __init__(self, made: Iterable[T]) -> None:
        self._made = made
        self.wall_ms = 0.0
        self.cpu_ms = 0.0

    def __iter__(self) -> Iterator[T]:
        source = iter(self._made)
        while True:
            watch = Stopwatch()
            try:
                made = next(source)
            except StopIteration:
                return
            finally:
                wall, cpu = watch.read_ms()
                self.wall_ms += wall
                self.cpu_ms += cpu
            yield made


@dataclass(slots=True)
class Samples:
    """What one engine was measured at; times by round, then by query.

    Attributes:
        hits: how many hits each query had, as proof that the engines did comparable work.
    """

    wall_ms: list[list[float]] = field(default_factory=list)
    cpu_ms: list[list[float]] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)

    def first(self) -> list[float]:
        """Return the wall times when each query was new."""
        return self.wall_ms[0]

    def again(self) -> list[float]:
        """Return each query's median wall time when it had been asked before."""
        return _medians(self.wall_ms)

    def again_cpu(self) -> list[float]:
        """Return each query's median CPU time when it had been asked before."""
        return _medians(self.cpu_ms)


def measure(engines: Sequence[Engine], queries: Sequence[str], rounds: int = 3) -> dict[str, Samples]:
    """Ask every engine every query in turn, `rounds` times; in the first, caches know none of them."""
    samples = {engine.name: Samples() for engine in engines}
    for number in range(rounds):
        for taken in samples.values():
            taken.wall_ms.append([])
            taken.cpu_ms.append([])
        with collector_off():
            for turn, query in enumerate(queries):
                # Who comes first changes, because each leaves the processor's caches to the next.
                shift = (turn + number) % len(engines)
                for engine in (*engines[shift:], *engines[:shift]):
                    watch = Stopwatch()
                    found = engine.search(query)
                    wall, cpu = watch.read_ms()
                    taken = samples[engine.name]
                    taken.wall_ms[-1].append(wall)
                    taken.cpu_ms[-1].append(cpu)
                    if not number:
                        taken.hits.append(len(found))
    return samples


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the garbage of one engine from being collected on the time of another."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def percentiles(samples_ms: Sequence[float]) -> tuple[float, float, float, float]:
    """Return p50, p95, p99 and the maximum.

    Raises:
        ValueError: there are no samples.
    """
    if not samples_ms:
        raise ValueError("no samples; ask at least one query")
    ordered = sorted(samples_ms)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99))
    return p50, p95, p99, ordered[-1]


def print_times(title: str, samples: Mapping[str, Samples]) -> None:
    """Print milliseconds by engine: when a query is new, when it is not, and the latter's CPU time."""
    _print_headings(title, ("first", "again", "again, CPU"), HEADINGS)
    for name, taken in samples.items():
        groups = [percentiles(times) for times in (taken.first(), taken.again(), taken.again_cpu())]
        _print_row(name, groups, f"{statistics.fmean(taken.hits):.1f} hits")


def print_ratios(title: str, samples: Mapping[str, Samples]) -> None:
    """Print how many times as long as the first engine each other one takes."""
    (reference, base), *others = samples.items()
    _print_headings(f"{title}, times {reference}", ("first", "again"), (*HEADINGS, "total"))
    for name, taken in others:
        pairs = ((taken.first(), base.first()), (taken.again(), base.again()))
        _print_row(name, [_ratios(*pair) for pair in pairs])


def _ratios(times: Sequence[float], reference: Sequence[float]) -> list[float]:
    pairs = zip((*percentiles(times), sum(times)), (*percentiles(reference), sum(reference)), strict=True)
    return [subject / other for subject, other in pairs]


def _medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return each query's median over all rounds but the first, or over the only one."""
    return [statistics.median(times) for times in zip(*(rounds[1:] or rounds), strict=True)]


def _print_headings(title: str, groups: Sequence[str], columns: Sequence[str]) -> None:
    _print_line(title, [f"{group:>{_CELL * len(columns)}}" for group in groups])
    _print_line("", ["".join(f"{column:>{_CELL}}" for column in columns)] * len(groups))


def _print_row(name: str, groups: Sequence[Sequence[float]], note: str = "") -> None:
    cells = ["".join(f"{value:{_CELL}.2f}" for value in group) for group in groups]
    _print_line(name, [*cells, note])


def _print_line(name: str, groups: Sequence[str]) -> None:
    print(f"{name:<36}{'  | '.join(groups)}".rstrip(" |"))
