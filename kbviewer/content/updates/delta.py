"""Deltas: what makes a newer pack of an older one, byte for byte.

Members that have not changed are copied from the old pack as they lie there. A delta with its index has every
changed byte in it, and fits every program. One without has the changed texts only: the index and the manifest
are made anew by the client, which has to be the program that has built the pack (`index_recipe`).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import platform
import sys
import zlib
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from kbviewer import __version__
from kbviewer.content.packs.building import BuildIndex
from kbviewer.content.packs.zip_reader import unreadable
from kbviewer.content.updates.delta_file import DeltaReader, Head, write_delta
from kbviewer.content.updates.delta_making import Changes
from kbviewer.content.updates.delta_use import Rebuilding, write_directly
from kbviewer.content.updates.errors import cannot_write
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, message

Progress = Callable[[int, int], None]

# What else the bytes of an index depend on: how articles are read, how words are counted and written.
_LIBRARIES = ("whoosh3", "numpy", "markdown-it-py", "pyyaml")
_CHUNK_BYTES = 1 << 20


def make_delta(old: Path, new: Path, out: Path, *, with_index: bool) -> None:
    """Write what makes the pack `new` of the pack `old`; a file at `out` is replaced when this is complete.

    Raises:
        PackError: a pack is damaged, `new` was written by another program than ours, or `out` cannot be
            written.
    """
    recipe = "" if with_index else index_recipe()
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    with ExitStack() as stack:
        changes = stack.enter_context(closing(Changes(old, new, rebuilt=not with_index)))
        steps = changes.steps()
        head = Head(sha256_of(old), sha256_of(new), changes.size, recipe, steps)
        stack.callback(_remove, temporary)
        try:
            with temporary.open("wb") as file:
                write_delta(file, head, changes.data())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(out)
        except OSError as error:
            raise cannot_write(out, error) from error
        except ValueError as error:
            raise PackError(
                message(N_("“{new}” differs from “{old}” too much for a delta."), new=new.name, old=old.name)
            ) from error


def apply_delta(
    old: Path,
    delta: Path,
    out: Path,
    build_index: BuildIndex,
    on_progress: Progress | None = None,
    *,
    cache_dir: Path | None = None,
) -> None:
    """Write the pack that `delta` makes of the pack `old`; a file at `out` is replaced when it is complete.

    What is needed meanwhile lies beside `out`, in a folder that goes when this ends.

    Args:
        build_index: builds the index of a pack; called when it is not in the delta.
        on_progress: called with the bytes that are written and of all, the index aside.
        cache_dir: for parsed articles.

    Raises:
        PackError: the delta is damaged, is for another pack, or does not make what it says; or the disk is
            full. Nothing is at `out` that was not there before.
    """
    with closing(DeltaReader(delta)) as reader:
        head = reader.head
        if sha256_of(old) != head.old:
            raise PackError(
                message(N_("“{delta}” is for another version than “{old}”."), delta=delta.name, old=old.name),
                message(N_("Take the whole pack instead.")),
            )
        temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            if head.recipe:
                with Rebuilding(old, reader, out, cache_dir) as rebuilding:
                    made = rebuilding.write(temporary, build_index, on_progress)
            else:
                made = write_directly(old, reader, temporary, on_progress)
            if made != head.new:
                raise reader.damaged(message(N_("what it makes is not what it says")))
            temporary.replace(out)
        except OSError as error:
            raise cannot_write(out, error) from error
        finally:
            _remove(temporary)


def delta_head(delta: Path) -> Head:
    """Return what a delta says about itself.

    Raises:
        PackError: it cannot be read, or is no delta.
    """
    with closing(DeltaReader(delta)) as reader:
        return reader.head


def index_recipe() -> str:
    """Return what the bytes of an index that is built here depend on, as one text."""
    versions = [f"{name} {_version(name)}" for name in _LIBRARIES]
    python = "python {}.{}".format(*sys.version_info)
    machine = f"{sys.platform} {platform.machine()} {sys.byteorder}"
    return "; ".join(
        [f"kbviewer {__version__}", python, *versions, f"zlib {zlib.ZLIB_RUNTIME_VERSION}", machine]
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal.

    Raises:
        PackError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise unreadable(path, error) from error
    return digest.hexdigest()


def _version(name: str) -> str:
    """Return a library's version; where it is not known, only programs that do not know either are alike."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "?"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
