"""Key files: Ed25519, PEM with PKCS #8, readable by their owner only, with a passphrase or without."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.content.packs.pointer import sync_folder
from kbviewer.content.packs.zip_reader import unreadable
from kbviewer.content.updates.errors import cannot_write
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, Key

    # For rooms that may not know whose library this is.
    PrivateKey = CryptoSigner
    PublicKey = Key

RELEASE_KEY = "release.pem"
ROOT_KEYS = "root*.pem"
RELEASE_KEYS = "release*.pem"
_MAX_KEY_BYTES = 1 << 16
_OWNER_ONLY = 0o600

Passphrases = Callable[[Path], Iterable[bytes]]
"""Yields what may open a key file that is locked; the next one is asked for when the one before was wrong."""


def root_key_name(number: int) -> str:
    """Return the name of one of the first root keys."""
    return f"root-{number}.pem"


def make_key(path: Path, passphrase: bytes) -> CryptoSigner:
    """Make a new key in a new file.

    Args:
        passphrase: nothing locks the file when it is empty.

    Raises:
        PackError: there is a file already, or it cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )
    from securesystemslib.signer import CryptoSigner

    private = Ed25519PrivateKey.generate()
    locking: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    )
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locking)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except FileExistsError as error:
        raise key_exists(path) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    return CryptoSigner(private)


def read_key(path: Path, passphrases: Passphrases) -> CryptoSigner:
    """Return the key in a file.

    Raises:
        PackError: it cannot be read, is no key of ours, or no passphrase opens it.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from securesystemslib.signer import CryptoSigner

    private = _unlocked(path, _read(path), passphrases)
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key(path)
    return CryptoSigner(private)


def is_locked(path: Path) -> bool:
    """Return whether a key file has a passphrase.

    Raises:
        PackError: it cannot be read.
    """
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in _read(path)


def key_files(places: Sequence[Path], pattern: str) -> list[Path]:
    """Return the files that are named, and of each folder those whose names fit.

    Raises:
        PackError: there is nothing at a place.
    """
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            files.extend(sorted(place.glob(pattern)))
        elif place.exists():
            files.append(place)
        else:
            raise PackError(
                message(N_("There are no keys at “{path}”."), path=place),
                message(N_("Name the folder or the file of the keys with --keys.")),
            )
    return list(dict.fromkeys(files))


def key_exists(path: Path) -> PackError:
    """Return the error for a key file that would have to be overwritten."""
    return PackError(
        message(N_("“{path}” is there already; a key is never overwritten."), path=path),
        message(N_("Name another place, or move the key away if it is not used.")),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_KEY_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error


def _unlocked(path: Path, data: bytes, passphrases: Passphrases) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        if not is_locked(path):
            return load_pem_private_key(data, None)
        asked = False
        for passphrase in passphrases(path):
            asked = True
            try:
                return load_pem_private_key(data, passphrase)
            except ValueError:
                continue
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if asked:
        raise PackError(
            message(N_("The passphrase does not open the key “{path}”."), path=path),
            message(N_("Try again; nothing has been changed.")),
        )
    raise PackError(
        message(N_("The key “{path}” has a passphrase."), path=path),
        message(N_("Run the command in a terminal, or give a file with --passphrase-file.")),
    )


def _no_key(path: Path) -> PackError:
    return PackError(
        message(N_("“{path}” is no key of kbviewer."), path=path),
        message(N_("A key is a PEM file that “kbviewer repo init” has written.")),
    )
