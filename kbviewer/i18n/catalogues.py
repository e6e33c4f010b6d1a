"""Finding and loading the catalogues of a folder."""

from __future__ import annotations

import contextlib
import gettext
import os
import re
import struct
from pathlib import Path
from typing import BinaryIO

DOMAIN = "kbviewer"
SOURCE_LANGUAGE = "en"
"""The language that the program's own text is written in; needs no catalogue."""

_INSTALLATION_NS = 2_000_000_000
"""Installing writes a catalogue's two files in any order, one right after the other."""

_TAG = re.compile(r"[a-zA-Z]{2,3}(-\w{2,8})*", re.ASCII)


def available_languages(directory: Path) -> list[str]:
    """Return English and every language that has a catalogue, in alphabetical order."""
    found = {SOURCE_LANGUAGE}
    with contextlib.suppress(OSError):
        found.update(
            folder.name
            for folder in directory.iterdir()
            if _TAG.fullmatch(folder.name) and any(path.is_file() for path in _files(directory, folder.name))
        )
    return sorted(found)


def load_catalogue(directory: Path, language: str, cache_dir: Path | None = None) -> gettext.NullTranslations:
    """Return the catalogue of a language, an empty one when it has none that can be read.

    A compiled catalogue is used as it is. One that is newer as source (in a checkout) is compiled
    in memory, and kept in `cache_dir` when there is one, because compiling imports Babel.
    """
    compiled, source = _files(directory, language)
    try:
        source_state = source.stat()
    except OSError:
        return _read(compiled) or gettext.NullTranslations()
    with contextlib.suppress(OSError):
        age_ns = source_state.st_mtime_ns - compiled.stat().st_mtime_ns
        if age_ns <= _INSTALLATION_NS and (known := _read(compiled)):
            return known
    if cache_dir is None:
        return _compile(source, language)[0]
    kept = cache_dir / "catalogues" / f"{language}-{source_state.st_mtime_ns}-{source_state.st_size}.mo"
    if known := _read(kept):
        return known
    catalogue, content = _compile(source, language)
    _keep(kept, content, language)
    return catalogue


def _files(directory: Path, language: str) -> tuple[Path, Path]:
    """Return where a language's catalogue lies, compiled and as source."""
    folder = directory / language / "LC_MESSAGES"
    return folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"


def _read(path: Path) -> gettext.GNUTranslations | None:
    """Return a compiled catalogue, None when it is missing or damaged."""
    try:
        with path.open("rb") as file:
            return _parse(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None


def _parse(file: BinaryIO) -> gettext.GNUTranslations:
    """Parse a compiled catalogue."""
    return gettext.GNUTranslations(file)


def _compile(source: Path, language: str) -> tuple[gettext.NullTranslations, bytes]:
    """Return a source catalogue and its compiled form; both empty when it cannot be read."""
    import io

    from babel.core import UnknownLocaleError
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = io.BytesIO()
    try:
        with source.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language.replace("-", "_"), abort_invalid=True))
        compiled.seek(0)
        return _parse(compiled), compiled.getvalue()
    except (OSError, ValueError, UnknownLocaleError, PoFileError):
        return gettext.NullTranslations(), b""


def _keep(path: Path, content: bytes, language: str) -> None:
    """Write a compiled catalogue for the next start and remove older ones; failing is no harm."""
    if not content:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
        for older in path.parent.glob(f"{language}-[0-9]*-[0-9]*.mo"):
            if older != path:
                older.unlink(missing_ok=True)
