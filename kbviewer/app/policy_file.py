"""Where the machine's policy lies, and whether what lies there can be trusted."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kbviewer.model.messages import N_, Message, message
from kbviewer.model.policy import Policy
from kbviewer.model.system_errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

POLICY_VARIABLE: Final = "KBVIEWER_POLICY"
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_ROOT: Final = 0

_log = logging.getLogger(__name__)


def machine_policy(
    place: Path | None = None, environ: Mapping[str, str] | None = None, machine_owner: int = _ROOT
) -> Policy:
    """Return the policy of this computer; without one everything is as it is built in.

    KBVIEWER_POLICY may name another file for tests and trials, but only on a computer that has no policy:
    whoever can set a variable could otherwise lift it. It is not limited to making things stricter, because
    where nothing is restricted there is nothing to lift.

    Args:
        place: where the machine's policy lies; by default where the system wants it.
        environ: by default that of the process.
        machine_owner: whose the machine's file has to be.
    """
    path = machine_place() if place is None else place
    if not is_absent(path):
        return read_policy(path, (machine_owner,))
    named = place_in_force(path, environ)
    if named == path:
        return Policy()
    return read_policy(named, (_ROOT, _own_user()))


def place_in_force(place: Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return which file says what is allowed: that of the variable only on a computer without one."""
    path = machine_place() if place is None else place
    named = (os.environ if environ is None else environ).get(POLICY_VARIABLE, "")
    return Path(named) if named and is_absent(path) else path


def machine_place(platform: str = sys.platform) -> Path:
    """Return where an administrator puts the policy. No variable has a say: readers can set them."""
    if platform == "win32":
        return Path("C:\\ProgramData\\kbviewer\\policies.json")
    if platform == "darwin":
        return Path("/Library/Application Support/kbviewer/policies.json")
    return Path("/etc/kbviewer/policies.json")


def is_absent(path: Path) -> bool:
    """Return whether there is certainly nothing at `path`; what cannot be looked at may be there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def read_policy(path: Path, owners: Iterable[int]) -> Policy:
    """Return the policy in a file, the strictest one when it cannot be trusted or read.

    Args:
        path: of the file.
        owners: the users whose file it may be.
    """
    # A computer without a policy does not pay for what reads one.
    from kbviewer.model.policy_reading import policy_from, strictest_policy

    data, faults = _read_guarded(path, frozenset(owners), with_folder=True)
    return policy_from(data, str(path)) if not faults else strictest_policy(str(path), *faults)


def check_policy(path: Path, place: Path | None = None, machine_owner: int = _ROOT) -> tuple[Message, ...]:
    """Return every fault of a file, those of what is in it too when nobody would be let to it.

    A file that lies elsewhere than the machine's policy is a draft: it may belong to whoever checks it.
    """
    from kbviewer.model.policy_reading import policy_from

    is_installed = path.absolute() == (machine_place() if place is None else place)
    owners = {machine_owner} if is_installed else {machine_owner, _own_user()}
    is_in_force = is_installed or path.absolute() == place_in_force(place).absolute()
    data, faults = _read_guarded(path, frozenset(owners), with_folder=is_in_force)
    return (*faults, *(policy_from(data, str(path)).faults if data else ()))


def log_faults(policy: Policy) -> None:
    """Write to the log what is wrong with a policy."""
    for fault in policy.faults:
        _log.error("policy: %s The strictest reading applies.", fault)


def _own_user() -> int:
    return os.getuid() if hasattr(os, "getuid") else _ROOT


def _read_guarded(
    path: Path, owners: frozenset[int], *, with_folder: bool
) -> tuple[bytes, tuple[Message, ...]]:
    """Return what is in the file, and why it must not be used; what cannot be read is empty."""
    from kbviewer.model.policy_reading import MAX_BYTES, too_large

    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        folder = os.stat(path.parent)  # noqa: PTH116 - beside fstat
        number = os.open(path, flags)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            return b"", (
                message(N_("{path}: this is a link; a policy has to be a file of its own."), path=path),
            )
        return b"", (_unreadable(path, error),)
    try:
        facts = os.fstat(number)
        if not stat.S_ISREG(facts.st_mode):
            return b"", (message(N_("{path}: this is no file."), path=path),)
        if facts.st_size > MAX_BYTES:
            return b"", (too_large(str(path)),)
        looked_at = [(facts, path), *([(folder, path.parent)] if with_folder else [])]
        faults = tuple(fault for each, name in looked_at for fault in _distrusts(each, name, owners))
        try:
            with open(number, "rb", closefd=False) as file:
                return file.read(MAX_BYTES + 1), faults
        except OSError as error:
            return b"", (*faults, _unreadable(path, error))
    finally:
        os.close(number)


def _unreadable(path: Path, error: OSError) -> Message:
    return message(N_("{path}: this cannot be read ({reason})."), path=path, reason=system_reason(error))


def _distrusts(facts: os.stat_result, name: Path, owners: frozenset[int]) -> Iterator[Message]:
    """Yield why somebody else than the administrator may have written a file, or put it into a folder."""
    if os.name == "nt":
        # Rights are lists there, and those of the folder hold for the file.
        return
    if facts.st_uid not in owners:
        yield message(
            N_("{path}: this belongs to user {user}; it has to belong to root."), path=name, user=facts.st_uid
        )
    is_shared_folder = stat.S_ISDIR(facts.st_mode) and facts.st_mode & stat.S_ISVTX
    if facts.st_mode & _OTHERS_WRITE and not is_shared_folder:
        yield message(
            N_("{path}: others than its owner can write to it (mode {mode}); take that right away."),
            path=name,
            mode=f"{stat.S_IMODE(facts.st_mode):04o}",
        )
