"""Whether a pack.toml says what its publisher means: reading is tolerant, building a pack is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kbviewer.content.folder_index import PACK_FILE
from kbviewer.content.pack import Pack
from kbviewer.content.packs.layout import is_pack_id
from kbviewer.content.toml_file import load_toml
from kbviewer.model.errors import ContentError, PackError
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, Message, message

KEYS: Final = (
    "id",
    "version",
    "languages",
    "publisher",
    "date",
    "license",
    "title",
    "topics",
    "absent",
)
"""What may stand in a pack.toml."""

_LONGEST_NAME: Final = 40
_ID_REMEDY: Final = message(
    N_("Write an id of small letters, digits and dashes into pack.toml, as in {example}."),
    example='id = "office-manual"',
)


def check_description(root: Path) -> tuple[Problem, ...]:
    """Make sure that a pack of `root` gets the name that is written; return what is not understood.

    A folder without a pack.toml has nothing to get wrong: its pack is called after it.

    Raises:
        PackError: pack.toml cannot be read, or its id is none, or a value has another type than it should.
    """
    path = root / PACK_FILE
    if not path.exists():
        return ()
    try:
        data = load_toml(path)
    except ContentError as error:
        raise PackError(error.what, error.remedy) from error
    for key in KEYS:
        if key in data:
            _check_value(path, data, key)
    if "id" not in data:
        raise _refusal(path, 0, message(N_("there is no id")), _ID_REMEDY)
    if not is_pack_id(data["id"]):
        what = message(N_("“{id}” cannot name a pack"), id=data["id"][:_LONGEST_NAME])
        raise _refusal(path, _line_of(path, "id"), what, _ID_REMEDY)
    return tuple(
        Problem(
            PACK_FILE,
            _line_of(path, key),
            "unknown-key",
            message(N_("the key “{key}” is not known and says nothing"), key=key[:_LONGEST_NAME]),
            message(N_("Known are: {keys}."), keys=", ".join(KEYS)),
        )
        for key in data
        if key not in KEYS
    )


def _check_value(path: Path, data: Mapping[str, Any], key: str) -> None:
    try:
        Pack.from_data({key: data[key]})
    except ContentError as error:
        what = message(N_("the value of “{key}” is not what it should be"), key=key)
        raise _refusal(path, _line_of(path, key), what, error.remedy) from error


def _refusal(path: Path, line: int, what: Message, remedy: Message | None) -> PackError:
    if line:
        place = message(N_("{path}:{line}: {reason}."), path=path.name, line=line, reason=what)
    else:
        place = message(N_("{path}: {reason}."), path=path.name, reason=what)
    return PackError(place, remedy)


def _line_of(path: Path, key: str) -> int:
    """Return the line in which a key is set, 0 when it is not found: what reads TOML keeps no lines."""
    wanted = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
    with suppress(OSError, ValueError):
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
            if wanted.match(line):
                return number
    return 0
