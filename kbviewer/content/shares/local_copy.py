"""The copy, on this computer, of one folder or file that lies on a share."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kbviewer.content.cache import dump, write_atomically
from kbviewer.content.packs.layout import SUFFIX
from kbviewer.content.shares.listing import OnStep, Stamp, list_share, stamp_of_file, unreachable
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

_CHUNK_BYTES: Final = 1 << 20
_SPARE_BYTES: Final = 64 << 20
_MAX_NOTE_BYTES: Final = 64 * 1024

_OnBytes = Callable[[int], None]


class LocalCopy:
    """A folder as it was on the share when that answered last, or a pack.

    Only `bring_up_to_date` ever touches the share; everybody else reads `place`.

    Attributes:
        origin: what is copied, on the share.
    """

    def __init__(self, origin: Path, copies: Path, *, may_lack: bool = False) -> None:
        """Args:
        copies: folder on this computer for the copies of all shares; made when it is needed.
        may_lack: a share that answers and has no such folder is as good as one with an empty folder.
        """
        self.origin = origin
        self._may_lack = may_lack
        # Neighbours stay neighbours, for trees that belong together; a folder keeps its name, by which a
        # library without pack.toml is called.
        parent = f"{zlib.crc32(str(origin.parent).encode('utf-8', 'surrogatepass')):08x}"
        self._folder = copies / parent
        self._note = self._folder / f".{origin.name}.json"

    @property
    def parent(self) -> Path:
        """The folder that the copy lies in, with its note."""
        return self._folder

    @property
    def name(self) -> str:
        """What it is called on the share."""
        return self.origin.name

    @property
    def place(self) -> Path:
        """Where the copy lies. Each state of a pack has a place of its own: it may be open."""
        name = self._read_note().get("name")
        return self._folder / (name if isinstance(name, str) and is_name(name) else self.origin.name)

    @property
    def is_there(self) -> bool:
        """Whether there is a copy that was whole once."""
        return bool(self._read_note()) and self.place.exists()

    @property
    def made_at(self) -> datetime | None:
        """When the share has been looked at to its end for the last time, None for never."""
        try:
            return datetime.fromisoformat(str(self._read_note()["at"]))
        except (KeyError, ValueError):
            return None

    def mark_used(self) -> None:
        """Remember that the copy is read now, also while its share does not answer."""
        with contextlib.suppress(OSError):
            os.utime(self._note)

    def bring_up_to_date(self, on_step: OnStep) -> bool:
        """Copy what is new or has changed on the share; return whether anything was.

        Args:
            on_step: called before each thing that the share is asked for; what it raises ends the work.

        Raises:
            ShareError: the share does not give it. What was copied before stays, and stays whole.
        """
        if self.origin.suffix.lower() == SUFFIX:
            return self._copy_pack(on_step)
        return self._copy_folder(on_step)

    def _copy_pack(self, on_step: OnStep) -> bool:
        stamp = stamp_of_file(self.origin, on_step)
        name = f"{self.origin.stem}-{stamp[1]:x}-{stamp[0]:x}{SUFFIX}"
        place = self._folder / name
        if self.place == place and place.exists():
            self._write_note(name)
            return False
        self._copy_file(self.origin, place, stamp, _from(0, stamp[0], on_step))
        self._write_note(name)
        self._sweep(name)
        return True

    def _sweep(self, current: str) -> None:
        """Remove earlier states of a pack, and what a killed process has left."""
        earlier = re.compile(
            rf"\.?{re.escape(self.origin.stem)}-[0-9a-f]+-[0-9a-f]+{re.escape(SUFFIX)}(\..*)?"
        )
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name != current and earlier.fullmatch(path.name):
                    # One that is open on Windows goes the next time.
                    with contextlib.suppress(OSError):
                        path.unlink()

    def _copy_folder(self, on_step: OnStep) -> bool:
        place = self.place
        present = _present(place)
        wanted = self._list(on_step, empty=self._may_lack and not present)
        if present and not wanted:
            # What is left of a share that is not mounted is an empty folder.
            raise unreachable(self.origin, message(N_("the folder is empty")))
        changed = [name for name, stamp in wanted.items() if present.get(name) != stamp]
        done, total = 0, sum(wanted[name][0] for name in changed)
        for name in changed:
            on_step(done, total)
            self._copy_file(self.origin / name, place / name, wanted[name], _from(done, total, on_step))
            done += wanted[name][0]
        gone = present.keys() - wanted.keys()
        for name in gone:
            _remove(place, name)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(place, error) from error
        self._write_note(self.origin.name)
        return bool(changed or gone)

    def _list(self, on_step: OnStep, *, empty: bool) -> dict[str, Stamp]:
        try:
            return list_share(self.origin, on_step)
        except ShareError as error:
            cause = error.__cause__
            if empty and isinstance(cause, FileNotFoundError) and str(cause.filename) == str(self.origin):
                return {}
            raise

    def _copy_file(self, source: Path, target: Path, stamp: Stamp, on_bytes: _OnBytes) -> None:
        draft = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._check_room(stamp[0])
        except OSError as error:
            raise _not_written(target, error) from error
        try:
            self._fill(draft, source, stamp[0], on_bytes)
            os.utime(draft, ns=(stamp[1], stamp[1]))
            draft.replace(target)
        except OSError as error:
            raise _not_written(target, error) from error
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)

    def _fill(self, draft: Path, source: Path, size_bytes: int, on_bytes: _OnBytes) -> None:
        """Copy exactly as many bytes as the listing has seen.

        Raises:
            ShareError: the share gives others.
            OSError: the copy cannot be written.
        """
        done = 0
        with draft.open("xb") as writing:
            try:
                # What has become a pipe since must not be waited for.
                descriptor = os.open(
                    source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
                )
            except OSError as error:
                raise unreachable(source, error) from error
            with open(descriptor, "rb", buffering=0) as reading:  # noqa: PTH123 - a descriptor
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise unreachable(source, message(N_("it is no file")))
                while done <= size_bytes:
                    on_bytes(done)
                    try:
                        chunk = reading.read(_CHUNK_BYTES)
                    except OSError as error:
                        raise unreachable(source, error) from error
                    if not chunk:
                        break
                    done += len(chunk)
                    writing.write(chunk)
            if done != size_bytes:
                raise unreachable(source, message(N_("it is being changed")))

    def _check_room(self, size_bytes: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < size_bytes + _SPARE_BYTES:
            raise ShareError(
                message(
                    N_("The disk of {path} has {free} MB left, too few for a copy of “{name}”."),
                    path=self._folder,
                    free=free >> 20,
                    name=self.origin.name,
                ),
                message(N_("Make room on the disk; copying goes on by itself then.")),
            )

    def _read_note(self) -> dict[str, Any]:
        note = read_note(self._note)
        return note if note.get("origin") == str(self.origin) else {}

    def _write_note(self, name: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            write_atomically(self._note, dump({"origin": str(self.origin), "name": name, "at": at}))
        except OSError as error:
            raise _not_written(self._note, error) from error


def _from(before: int, total: int, on_step: OnStep) -> _OnBytes:
    """Return what is told how much of one file is done, and tells how much of all."""
    return lambda done: on_step(before + done, total)


def read_note(path: Path) -> dict[str, Any]:
    """Return what is known of a copy, nothing when its note is damaged."""
    try:
        if path.stat().st_size > _MAX_NOTE_BYTES:
            return {}
        note = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _present(place: Path) -> dict[str, Stamp]:
    """Return size and time of every file of the copy."""
    found: dict[str, Stamp] = {}
    for folder, _folders, names in os.walk(place):
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                status = path.stat()
                found[path.relative_to(place).as_posix()] = (status.st_size, status.st_mtime_ns)
    return found


def _remove(place: Path, name: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    path = place / name
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == place:
                return
            folder.rmdir()


def is_name(name: str) -> bool:
    """Return whether that is a name in a folder, and leads nowhere else."""
    return bool(name) and name not in {".", ".."} and not any(char in name for char in "/\\:\0")


def _not_written(path: Path, error: OSError) -> ShareError:
    return ShareError(
        message(
            N_("The local copy {path} cannot be written ({reason})."),
            path=path,
            reason=system_reason(error),
        ),
        message(N_("Make room on the disk, or give yourself the right to write there.")),
    )
