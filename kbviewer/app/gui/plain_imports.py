"""Imports as Python does them."""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """End what PySide6 does at each import: it reads the module's source, 20 ms for those of the start.

    It looks for `from __feature__ import`, which nothing here uses. Call once, before the other modules.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
