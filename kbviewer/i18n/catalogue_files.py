"""The template and the catalogues as files that change only when a text does."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from kbviewer.i18n.catalogues import DOMAIN
from kbviewer.i18n.code_messages import CodeMessage

TEMPLATE = f"{DOMAIN}.pot"
_KEPT_HEADERS = ('"Language:', '"Plural-Forms:', '"MIME-Version:', '"Content-T')
_WIDTH = 100


def build_template(messages: Iterable[CodeMessage]) -> Catalog:
    """Return the template: each text once, in the order of the code."""
    catalogue = Catalog(project=DOMAIN, version="", header_comment="", charset="utf-8")
    for message in messages:
        catalogue.add(
            (message.singular, message.plural) if message.plural else message.singular,
            locations=[(message.path, 0)],
            auto_comments=[message.comment] if message.comment else (),
            context=message.context or None,
        )
    return catalogue


def merge(template: Catalog, known: Catalog | None, language: str) -> Catalog:
    """Return the template with the translations that are known; texts that are gone are left out."""
    merged = Catalog(
        locale=language.replace("-", "_"), project=DOMAIN, version="", header_comment="", charset="utf-8"
    )
    for message in texts(template):
        old = find(known, message) if known else None
        merged.add(
            message.id,
            string=old.string if old and isinstance(old.string, str) is isinstance(message.id, str) else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return merged


def texts(catalogue: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalogue if message.id]


def find(catalogue: Catalog, message: Message) -> Message | None:
    """Return the message with the same text and context."""
    key: Any = message.id
    return catalogue.get(key if isinstance(key, str) else key[0], message.context)


def to_bytes(catalogue: Catalog) -> bytes:
    """Return the file's content, without dates, names and line numbers."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=_WIDTH, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines()
    start = lines.index('msgid ""')
    end = lines.index("", start)
    header = [line for line in lines[start:end] if line.startswith((*_KEPT_HEADERS, "msg"))]
    header.insert(2, f'"Project-Id-Version: {DOMAIN}\\n"')
    return ("\n".join([*header, *lines[end:]]).rstrip("\n") + "\n").encode("utf-8")


def read(path: Path, language: str) -> Catalog | None:
    """Return a catalogue, None when there is no such file.

    Raises:
        PoFileError: the file is broken.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
    except FileNotFoundError:
        return None
