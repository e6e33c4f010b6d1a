"""The Debian package: what lies where, what it needs from the system, and the archive."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from kbviewer import __version__
from resources.packaging.bundle import build_epoch, plain_files, settle
from resources.packaging.completion import bash_completion
from resources.packaging.contents import OPTIONAL_FILES, is_of_debian
from resources.packaging.environment import python
from resources.packaging.man_page import man_page
from resources.packaging.places import BUNDLE, DIST, KIOSK, LINUX, ROOT, WORK, PackagingError

MAINTAINER: Final = "The kbviewer contributors <contributors@kbviewer.invalid>"
TREE: Final = WORK / "deb"
_PROGRAM: Final = TREE / "usr" / "lib" / "kbviewer"
_SHARE: Final = TREE / "usr" / "share"
_DOC: Final = _SHARE / "doc" / "kbviewer"
_ICON_SIDES_PX: Final = (16, 24, 32, 48, 64, 128, 256)
# For plugins of Qt: Wayland; printers and the look of GNOME.
_RECOMMENDED: Final = ("fonts-dejavu-core | fonts-noto-core", "libwayland-client0", "libwayland-cursor0")
_SUGGESTED: Final = ("libcups2", "libgtk-3-0", "cage | openbox")
_ABOUT: Final = """\
Description: offline reader for support articles in Swedish and English
 kbviewer shows a knowledge base of support articles without a network. The
 same article can be read in Swedish and in English, side by side or switched in
 the middle of a procedure. Search finds slips, compounds and words of the other
 language; steps can be ticked, and a case gives a report for support.
 .
 På svenska: kbviewer visar en kunskapsbas med supportartiklar utan nätverk.
 Samma artikel kan läsas på svenska och på engelska, sida vid sida eller med
 språkbyte mitt i en procedur. Sökningen hittar trots felskrivning, i
 sammansättningar och med det andra språkets ord; steg kan bockas av, och ett
 ärende ger en rapport.
 .
 The package carries its own Python and Qt.
"""


def architecture() -> str:
    """Return Debian's name for the processor of this system."""
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def package_file() -> Path:
    """Return where the package is written."""
    return DIST / f"kbviewer_{__version__}_{architecture()}.deb"


def lay_out() -> Path:
    """Lay out what the package holds, from the bundle in dist/, and return the folder.

    Raises:
        PackagingError: a tool failed.
    """
    shutil.rmtree(TREE, ignore_errors=True)
    _put_program()
    _put_desktop_files()
    _put_kiosk()
    _put_documents()
    settle(TREE)
    _put_control()
    settle(TREE / "DEBIAN")
    return TREE


def pack() -> Path:
    """Make the package of what was laid out and return it.

    Raises:
        PackagingError: dpkg-deb failed.
    """
    target = package_file()
    build = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "-z9",
        "--threads-max=1",
        "--build",
        str(TREE),
        str(target),
    ]
    _run(build, SOURCE_DATE_EPOCH=str(build_epoch()))
    return target


def _put_program() -> None:
    """Copy the bundle, without the libraries that Debian has: those become dependencies."""
    shutil.copytree(BUNDLE, _PROGRAM, symlinks=True)
    for name in ("LICENSE", "README.txt"):
        (_PROGRAM / name).unlink()
    for path in sorted((_PROGRAM / "_internal").glob("lib*.so*")):
        if not path.is_symlink() and is_of_debian(path.name):
            path.unlink()
    command = TREE / "usr" / "bin" / "kbviewer"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/kbviewer/kbviewer")


def _put_desktop_files() -> None:
    for name in ("kbviewer.desktop", "kbviewer-link.desktop"):
        _copy(LINUX / name, _SHARE / "applications" / name)
    _copy(LINUX / "kbviewer-mime.xml", _SHARE / "mime" / "packages" / "kbviewer.xml")
    metainfo = (LINUX / "org.kbviewer.kbviewer.metainfo.xml.in").read_text("utf-8")
    metainfo = metainfo.replace("@VERSION@", __version__).replace("@DAY@", _day())
    _write(_SHARE / "metainfo" / "org.kbviewer.kbviewer.metainfo.xml", metainfo)
    icons = _SHARE / "icons" / "hicolor"
    drawing = ROOT / "resources" / "kbviewer.svg"
    _copy(drawing, icons / "scalable" / "apps" / "kbviewer.svg")
    _copy(
        LINUX / "kbviewer-pack.svg",
        icons / "scalable" / "mimetypes" / "application-vnd.kbviewer.pack+zip.svg",
    )
    pictures = [icons / f"{side}x{side}" / "apps" / "kbviewer.png" for side in _ICON_SIDES_PX]
    _run([str(python()), "-m", "resources.packaging.icon_pictures", str(drawing), *map(str, pictures)])


def _put_kiosk() -> None:
    """Copy what makes a session with nothing but the kiosk in it; administrators put it where it counts."""
    for path in sorted(KIOSK.iterdir()):
        _copy(path, _SHARE / "kbviewer" / "kiosk" / path.name)


def _put_documents() -> None:
    _write(_SHARE / "bash-completion" / "completions" / "kbviewer", bash_completion())
    for language, folder in (("en", "man1"), ("sv", "sv/man1")):
        _pack(_SHARE / "man" / folder / "kbviewer.1.gz", man_page(language, __version__, _day()))
    _copy(LINUX / "copyright.in", _DOC / "copyright")
    when = format_datetime(datetime.fromtimestamp(build_epoch(), UTC))
    changes = f"  * What has changed stands in CHANGELOG.md.gz.\n\n -- {MAINTAINER}  {when}\n"
    _pack(_DOC / "changelog.gz", f"kbviewer ({__version__}) stable; urgency=medium\n\n{changes}")
    for name in ("ADMIN.md", "CHANGELOG.md"):
        _pack(_DOC / f"{name}.gz", (ROOT / name).read_text("utf-8"))
    _copy(LINUX / "lintian-overrides", _SHARE / "lintian" / "overrides" / "kbviewer")
    (_DOC / "kbviewer.cdx.json").touch()
    write_parts_list(_PROGRAM, _DOC / "kbviewer.cdx.json")


def _put_control() -> None:
    size_kb = sum(-(-path.stat().st_size // 1024) for path in plain_files(TREE))
    (TREE / "DEBIAN").mkdir()
    control = [
        "Package: kbviewer",
        f"Version: {__version__}",
        f"Architecture: {architecture()}",
        f"Maintainer: {MAINTAINER}",
        f"Installed-Size: {size_kb}",
        f"Depends: {', '.join(_dependencies())}",
        f"Recommends: {', '.join(_RECOMMENDED)}",
        f"Suggests: {', '.join(_SUGGESTED)}",
        "Section: utils",
        "Priority: optional",
    ]
    _write(TREE / "DEBIAN" / "control", "\n".join(control) + "\n" + _ABOUT)
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(TREE)}\n"
        for path in plain_files(TREE / "usr")
    ]
    _write(TREE / "DEBIAN" / "md5sums", "".join(sums))


def _dependencies() -> list[str]:
    """Return what the libraries of the package need of Debian, but for plugins that do without."""
    binaries = [path for path in plain_files(_PROGRAM) if path.read_bytes()[:4] == b"\x7fELF"]
    return _needs(path for path in binaries if not OPTIONAL_FILES.search(path.as_posix()))


def _needs(binaries: Iterable[Path]) -> list[str]:
    place = WORK / "shlibdeps"
    _write(place / "debian" / "control", "Source: kbviewer\n\nPackage: kbviewer\nArchitecture: any\n")
    own = [f"-l{_PROGRAM / '_internal'}", f"-l{_PROGRAM / '_internal/PySide6/Qt/lib'}"]
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "-xkbviewer", *own]
    found = subprocess.run(
        [*command, *(f"-e{path}" for path in binaries)],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    depends = re.search(r"^shlibs:Depends=(.*)$", found.stdout, re.MULTILINE)
    if found.returncode or depends is None:
        raise PackagingError(f"dpkg-shlibdeps failed; it said:\n{found.stderr.strip()[-4000:]}")
    return [need.strip() for need in depends[1].split(",")]


def write_parts_list(folder: Path, target: Path) -> None:
    """List the parts in a folder; runs where their packages are installed."""
    _run([str(python()), "-m", "resources.packaging.parts_list", str(folder), str(target)])


def _day() -> str:
    return datetime.fromtimestamp(build_epoch(), UTC).date().isoformat()


def _run(command: list[str], **environment: str) -> None:
    finished = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise PackagingError(f"{Path(command[0]).name} failed; it said:\n{finished.stderr.strip()[-4000:]}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _pack(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
