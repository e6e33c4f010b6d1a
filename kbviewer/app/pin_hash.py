"""The PIN of a kiosk as a hash that can stand in a file which everybody can read."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message

SHORTEST: Final = 6
LONGEST: Final = 12
_SCHEME: Final = "scrypt"
_N, _R, _P = 2**15, 8, 1
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_ROOM_BYTES: Final = 1024 * 1024


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """Return scrypt:N:R:P:SALT:HASH of a PIN, as the policy's `exit_pin_hash` wants it.

    Args:
        pin: digits only, because the pad has nothing else.
        salt: by default a new one.

    Raises:
        UsageError: it is no PIN, or so short that its hash could be tried out in an afternoon.
    """
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        raise UsageError(
            message(N_("A PIN has {low} to {high} digits and nothing else."), low=SHORTEST, high=LONGEST),
            message(N_("Choose another one.")),
        )
    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    return f"{_SCHEME}:{_N}:{_R}:{_P}:{salt.hex()}:{_scrypt(pin, salt, _N, _R, _P, _HASH_BYTES).hex()}"


def is_pin(pin: str, stored: str) -> bool:
    """Return whether a PIN is the one whose hash is stored; takes as long for any PIN.

    Args:
        pin: what was entered.
        stored: has been checked when the policy was read.
    """
    scheme, n, r, p, salt, digest = stored.split(":")
    wanted = bytes.fromhex(digest)
    entered = _scrypt(pin, bytes.fromhex(salt), int(n), int(r), int(p), len(wanted))
    return scheme == _SCHEME and hmac.compare_digest(entered, wanted)


def _scrypt(pin: str, salt: bytes, n: int, r: int, p: int, size: int) -> bytes:
    room = 128 * r * (n + p + 2) + _ROOM_BYTES
    return hashlib.scrypt(pin.encode("utf-8"), salt=salt, n=n, r=r, p=p, maxmem=room, dklen=size)
