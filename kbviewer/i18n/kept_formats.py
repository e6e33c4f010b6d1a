"""What Babel has formatted, kept between starts: its data take 50 ms to load, the start should not wait."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kbviewer.i18n import formats

_FORM = 1
"""Counts up when `formats` writes the same value in another way."""

_LARGEST = 500
"""Texts; a library has some ten dates and as many languages."""


class KeptFormats:
    """Formats dates and names of languages. Loads Babel only for what was never asked before."""

    def __init__(self, path: Path | None) -> None:
        """Keep the texts in a JSON file, or only in memory."""
        self._path = path
        self._stamp = ""
        self._texts: dict[str, str] | None = None

    def long_date(self, day: date, language: str) -> str:
        """Return the day in words: "5 augusti 2005"."""
        return self._get(f"{language} {day.isoformat()}", lambda: formats.format_date(day, language))

    def language_name(self, tag: str, in_language: str) -> str:
        """Return what a language is called in another."""
        return self._get(f"{in_language} {tag}", lambda: formats.language_name(tag, in_language))

    def _get(self, key: str, make: Callable[[], str]) -> str:
        if self._texts is None:
            self._stamp = _babel_stamp()
            self._texts = self._read()
        text = self._texts.get(key)
        if text is None:
            text = make()
            if len(self._texts) >= _LARGEST:
                self._texts.clear()
            self._texts[key] = text
            self._write()
        return text

    def _read(self) -> dict[str, str]:
        """Return what was kept; nothing when it is missing, damaged or another Babel's."""
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            texts = kept["texts"] if kept["stamp"] == self._stamp else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            return {}
        return texts

    def _write(self) -> None:
        """Replace the file as a whole; failing is no harm."""
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            content = json.dumps({"stamp": self._stamp, "texts": self._texts}, ensure_ascii=False)
            draft.write_text(content, encoding="utf-8")
            draft.replace(self._path)


def _babel_stamp() -> str:
    """Return what changes when another Babel is installed, without importing it."""
    found = importlib.util.find_spec("babel")
    if found is None or found.origin is None:
        return ""
    with contextlib.suppress(OSError):
        state = Path(found.origin).stat()
        return f"{_FORM} {state.st_mtime_ns} {state.st_size}"
    return ""
