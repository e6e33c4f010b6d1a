"""Where the program's own files and the reader's lie."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kbviewer.app.own_process import bundled_program
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message
from kbviewer.state.filesystem import on_network

PROFILE_VARIABLE = "KBVIEWER_PROFILE"
MACHINE_PACKS_VARIABLE = "KBVIEWER_MACHINE_PACKS"
PACK_SUFFIX = ".kbp"
UPDATE_SUFFIX = ".kbu"
PORTABLE_MARKER = "portable"
PORTABLE_PROFILE = "kbviewer-profile"
# Unlike /tmp, it outlives a restart.
_SHARED_TEMPORARY = "/var/tmp"  # noqa: S108 - the folder made in it is looked at before it is used


class DataFolders(NamedTuple):
    """What comes with the program: articles, catalogues, pictures and fonts. Only read."""

    content: Path
    i18n: Path
    resources: Path

    @property
    def terms(self) -> Path:
        """The list of Swedish and English terms that the search uses."""
        return self.resources / "terms-sv-en.tsv"


class Profile(NamedTuple):
    """The reader's folder. Whatever is in `cache` and `log` may be deleted at any time."""

    root: Path

    @property
    def state(self) -> Path:
        """The database with ticks, places and settings."""
        return self.root / "state.sqlite"

    @property
    def cache(self) -> Path:
        """Parsed articles, indexes and compiled catalogues; on a disk of this computer where there is one."""
        return cache_of(self.root)

    @property
    def packs(self) -> Path:
        """The packs that the reader has installed."""
        return self.root / "packs"

    @property
    def updates(self) -> Path:
        """Which publishers the reader trusts, and what has been seen of them."""
        return self.root / "updates"

    @property
    def log(self) -> Path:
        """The log files."""
        return self.root / "log"


def cache_of(root: Path, is_network: Callable[[Path], bool] = on_network) -> Path:
    """Return the cache of the profile in `root`.

    A profile that lies on a network has it elsewhere: each computer keeps its own, and no index is read
    through the network.
    """
    if not is_network(root):
        return root / "cache"
    import zlib

    import platformdirs

    name = f"{root.name}-{zlib.crc32(str(root).encode('utf-8', 'surrogatepass')):08x}"
    folder = platformdirs.user_cache_path("kbviewer", appauthor=False)
    if not is_network(folder) or os.name == "nt":
        return folder / name
    # The whole home folder lies there.
    folder = Path(_SHARED_TEMPORARY, f"kbviewer-{os.getuid()}")
    return folder / name if not is_network(folder) and _is_private(folder) else root / "cache"


def _is_private(folder: Path) -> bool:
    """Make a folder where everybody may make some; return whether it belongs to this user alone."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def data_folders() -> DataFolders:
    """Return the folders of an installed copy, else those of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_data"
    root = installed if installed.is_dir() else package.parent
    return DataFolders(root / "content", root / "i18n", root / "resources")


def find_profile(
    folder: Path | None = None, environ: Mapping[str, str] | None = None, program: Path | None = None
) -> Profile:
    """Return the profile in `folder`, else where KBVIEWER_PROFILE says, else beside a portable program.

    Otherwise it is in the system's place. A program may be portable when it is a bundle, by default this one.
    """
    named = (os.environ if environ is None else environ).get(PROFILE_VARIABLE, "")
    if folder is None and not named:
        folder = portable_profile(program or bundled_program())
    if folder is None and not named:
        import platformdirs

        folder = platformdirs.user_data_path("kbviewer", appauthor=False, roaming=False)
    return Profile(Path(os.path.abspath(folder or named)))  # noqa: PTH100 - lexical; links stay as named


def portable_profile(program: Path | None) -> Path | None:
    """Return the folder beside the bundle's file `program`, when a file `portable` lies there, too."""
    if program is None:
        return None
    beside = program.parent
    if beside.name == "MacOS" and len(beside.parents) > 2:
        # In NAME.app/Contents/MacOS, where nobody would look: beside NAME.app.
        beside = beside.parents[2]
    return beside / PORTABLE_PROFILE if (beside / PORTABLE_MARKER).is_file() else None


def machine_packs(environ: Mapping[str, str] | None = None, *, trusts_environment: bool = True) -> Path:
    """Return the folder of the packs that an administrator has installed for everybody.

    Args:
        environ: by default that of the process.
        trusts_environment: whether KBVIEWER_MACHINE_PACKS counts; a policy may say that it does not.
    """
    environ = os.environ if environ is None else environ
    if not trusts_environment:
        environ = {}
    if named := environ.get(MACHINE_PACKS_VARIABLE, ""):
        return Path(named).absolute()
    if os.name == "nt":
        return Path(environ.get("PROGRAMDATA", "C:\\ProgramData")) / "kbviewer" / "packs"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/kbviewer/packs")
    return Path("/usr/local/share/kbviewer/packs")


def machine_updates(environ: Mapping[str, str] | None = None) -> Path:
    """Return where it is kept whom updates for everybody come from; only an administrator writes there."""
    return machine_packs(environ).parent / "updates"


def machine_trust(environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the roots that an administrator trusts for everybody; only read."""
    return machine_packs(environ).parent / "trust"


def markdown_file(reference: str) -> Path | None:
    """Return the absolute path when `reference` names a Markdown file that exists.

    Of what lies on a share, only the name is looked at: a share may not answer.
    """
    if not reference.casefold().endswith(".md") or "\0" in reference:
        return None
    path = Path(os.path.abspath(reference))  # noqa: PTH100 - lexical; links stay as they were named
    try:
        return path if on_network(path) or path.is_file() else None
    except OSError:
        return None


def is_pack_file(path: Path) -> bool:
    """Return whether `path` is called as packs are and is a file; on a share, only the name is looked at."""
    return _is_file_called(path, PACK_SUFFIX)


def is_update_file(path: Path) -> bool:
    """Return whether `path` is called as update files are and is a file; as with packs."""
    return _is_file_called(path, UPDATE_SUFFIX)


def _is_file_called(path: Path, suffix: str) -> bool:
    try:
        return path.suffix.lower() == suffix and (on_network(path) or path.is_file())
    except (OSError, ValueError):
        return False


def check_folder(path: Path) -> None:
    """Make sure that `path` is a folder.

    Raises:
        UsageError: it is none.
    """
    if not path.is_dir():
        raise UsageError(
            message(N_("There is no folder “{path}”."), path=path),
            message(N_("Name a folder with articles.")),
        )


def check_libraries(paths: Sequence[Path]) -> None:
    """Make sure that each of `paths` is a folder or a pack.

    Raises:
        UsageError: one is not.
    """
    for path in paths:
        if is_update_file(path):
            raise UsageError(
                message(N_("“{path}” is an update file, not a library."), path=path),
                message(
                    N_("Install it with “Look for updates” in the window, or “kbviewer update {path}”."),
                    path=path,
                ),
            )
        if not path.is_dir() and not is_pack_file(path):
            raise UsageError(
                message(N_("There is neither a folder nor a pack “{path}”."), path=path),
                message(N_("Name a folder with articles, or a .kbp file.")),
            )
