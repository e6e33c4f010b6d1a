"""The cycle collector while thousands of records are made, of which none is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class CollectorPause:
    """Keeps the collector from looking through new objects until the end of a `with` block."""

    def __init__(self) -> None:
        self._was_enabled = False

    def __enter__(self) -> CollectorPause:
        self._was_enabled = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._was_enabled:
            gc.enable()

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Collect as usual meanwhile: something is done that leaves garbage."""
        if self._was_enabled:
            gc.enable()
        try:
            yield
        finally:
            gc.disable()

    def keep(self) -> None:
        """Take what there is now for good: it is not looked at after the block either.

        Otherwise the first thing to happen after the block would be a look at everything, in which the
        program stands still.
        """
        if self._was_enabled:
            gc.freeze()
