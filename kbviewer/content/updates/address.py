"""What a reader writes for a source, and the transport that it means."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from kbviewer.content.packs.file_kind import FileKind, as_argument, kind_of
from kbviewer.content.updates.layout import BUNDLE_SUFFIX
from kbviewer.content.updates.transport import Transport
from kbviewer.model.errors import PackFileError, UpdateError
from kbviewer.model.messages import N_, message

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_MAX_ADDRESS = 2000
_URL = re.compile(r"[!-~]+")


def normal_address(text: str) -> str:
    """Return the address as it is remembered: absolute, always the same for the same source.

    Raises:
        UpdateError: it is none.
    """
    if not text.strip() or len(text) > _MAX_ADDRESS or "\0" in text:
        raise _no_address(text)
    found = _SCHEME.match(text)
    if found is None:
        return os.path.abspath(text)  # noqa: PTH100 - lexical; links stay as they were named
    if found[1].lower() not in ("http", "https") or not _URL.fullmatch(text):
        raise _no_address(text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _no_address(text) from error
    if not host or parts.query or parts.fragment or parts.username or parts.password:
        raise _no_address(text)
    if ":" in host:
        host = f"[{host}]"
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def is_web(address: str) -> bool:
    """Return whether an address is that of a web server."""
    return _SCHEME.match(address) is not None


def is_bundle(address: str) -> bool:
    """Return whether an address is that of a single file, which is used once and not remembered."""
    return not is_web(address) and (address.lower().endswith(BUNDLE_SUFFIX) or _is_file(address))


def open_transport(address: str) -> Transport:
    """Return the way to a source.

    Raises:
        PackFileError: it is a pack.
        UpdateError: it is not there, or no source.
    """
    if is_web(address):
        from kbviewer.content.updates.http_transport import HttpTransport

        return HttpTransport(address)
    path = Path(address)
    if kind_of(path) is FileKind.PACK:
        raise PackFileError(
            message(N_("“{file}” is a pack, not a source of updates."), file=path.name),
            message(
                N_("Install it with “Install a pack” in the window, or “kbviewer pack install {path}”."),
                path=as_argument(path),
            ),
        )
    if is_bundle(address) and not path.is_dir():
        from kbviewer.content.updates.bundle_transport import BundleTransport

        return BundleTransport(path)
    from kbviewer.content.updates.folder_transport import FolderTransport

    return FolderTransport(path)


def _is_file(address: str) -> bool:
    try:
        return Path(address).is_file()
    except (OSError, ValueError):
        return False


def _no_address(text: str) -> UpdateError:
    return UpdateError(
        message(N_("“{address}” is no source of updates."), address=text[:200]),
        message(
            N_("Name a folder, a .kbu file, or an http or https address without user name, “?” and “#”.")
        ),
    )
