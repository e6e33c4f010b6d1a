"""The lock file beside a translation: what each text of the original said when it was accepted.

`kb307294/en.md.lock` belongs to `kb307294/en.md`. It is written by `kbviewer translate` and by nothing else,
in the order of the original and always in the same form, so that a version control system shows what has
changed:

{"format": "kbviewer-translation", "version": 1, "from": "sv", "blocks": [
{"key": "lan/p2", "text": "…", "hash": "…", "translation": {"key": "lan/p2", "hash": "…"}},
…
]}

`text` is kept for translators, who see what has changed; `hash` tells that nobody has edited it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kbviewer.content.translation.units import digest_of
from kbviewer.model.errors import ContentError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.system_errors import system_reason

SUFFIX: Final = ".lock"
MAX_LOCK_BYTES: Final = 16 * 1024 * 1024
MAX_BLOCKS: Final = 50_000
MAX_KEY: Final = 1_000

_FORMAT: Final = "kbviewer-translation"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Accepted:
    """One text of the original, and the translation that was accepted for it.

    Attributes:
        key: of the text, when it was accepted.
        text: what the original said.
        into: key of the translation.
        digest: hash of the translation.
    """

    key: str
    text: str
    into: str
    digest: str


@dataclass(frozen=True, slots=True)
class TranslationLock:
    """What was accepted of one article in one language.

    Attributes:
        source_language: of the original.
        accepted: in the order of the original.
    """

    source_language: str
    accepted: tuple[Accepted, ...] = ()


def lock_source(source: str) -> str:
    """Return the path of the lock file of the article file `source`."""
    return source + SUFFIX


def read_lock(path: Path, source: str) -> TranslationLock | None:
    """Return the lock in `path`, None when there is none.

    Raises:
        ContentError: the file is over the limits, or not what `write_lock` returns.
    """
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_LOCK_BYTES:
            raise _bad(
                source,
                message(N_("it has {size} bytes, at most {limit}"), size=size_bytes, limit=MAX_LOCK_BYTES),
            )
        with path.open("rb") as file:
            data = file.read(MAX_LOCK_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _bad(
            source, message(N_("it cannot be read ({reason})"), reason=system_reason(error))
        ) from error
    return parse_lock(data, source)


def parse_lock(data: bytes, source: str) -> TranslationLock:
    """Return the lock that `data` holds.

    Raises:
        ContentError: see `read_lock`.
    """
    try:
        values = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _bad(source, message(N_("it is not valid JSON"))) from error
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        raise _bad(source, message(N_("it is something else")))
    if values.get("version") != _VERSION:
        raise ContentError(
            message(N_("{path}: the lock file is of a later version"), path=source),
            message(N_("Use a later version of kbviewer.")),
        )
    blocks = values.get("blocks")
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
        raise _bad(source, message(N_("it has no list of at most {limit} blocks"), limit=MAX_BLOCKS))
    try:
        return TranslationLock(_text(values["from"], 100), tuple(map(_accepted, blocks)))
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(source, message(N_("a block in it is incomplete or was edited"))) from error


def write_lock(lock: TranslationLock) -> bytes:
    """Return the lock as the file has it."""
    head = {"format": _FORMAT, "version": _VERSION, "from": lock.source_language}
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    lines = ",\n".join(json.dumps(_values(entry), ensure_ascii=False) for entry in lock.accepted)
    return f'{opening}, "blocks": [\n{lines}\n]}}\n'.encode()


def _values(entry: Accepted) -> dict[str, Any]:
    translation = {"key": entry.into, "hash": entry.digest}
    return {
        "key": entry.key,
        "text": entry.text,
        "hash": digest_of(entry.text),
        "translation": translation,
    }


def _accepted(values: Any) -> Accepted:
    text, translation = _text(values["text"]), values["translation"]
    if values["hash"] != digest_of(text):
        raise ValueError("edited")
    return Accepted(
        _text(values["key"], MAX_KEY),
        text,
        _text(translation["key"], MAX_KEY),
        _text(translation["hash"], 64),
    )


def _text(value: Any, most: int = MAX_LOCK_BYTES) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise TypeError("not a text")
    return value


def _bad(source: str, reason: Message) -> ContentError:
    return ContentError(
        message(N_("{path}: the lock file cannot be used: {reason}"), path=source, reason=reason),
        message(N_("Put the last working copy back, or remove it and accept the translation anew.")),
    )
