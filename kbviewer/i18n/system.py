"""Which language the reader's system speaks, without asking Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from kbviewer.i18n.catalogues import SOURCE_LANGUAGE
from kbviewer.i18n.translator import nearest_language


def system_language(available: Sequence[str], environ: Mapping[str, str] | None = None) -> str:
    """Return the first of the system's languages that is in `available`, else English.

    Follows gettext: LANGUAGE is a list and counts unless the locale is C; then LC_ALL, LC_MESSAGES, LANG.
    """
    for tag in _wanted(os.environ if environ is None else environ):
        if language := nearest_language(tag, list(available)):
            return language
    return SOURCE_LANGUAGE


def _wanted(environ: Mapping[str, str]) -> list[str]:
    """Return the wanted languages, best first, as they are spelled."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    tag = locale.partition(".")[0].partition("@")[0]
    if not tag:
        tag = _windows_language()
    if tag in {"C", "POSIX"}:
        return []
    return [*filter(None, environ.get("LANGUAGE", "").split(":")), tag]


def _windows_language() -> str:
    """Return the language of the Windows interface, "" elsewhere."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
