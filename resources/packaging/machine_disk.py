"""The disks of the machine that a trial boots: Debian as it comes, and an administrator's stick."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from resources.packaging.debian import architecture, package_file
from resources.packaging.places import ARCHIVE, DIST, WORK, PackagingError
from resources.packaging.pristine import BASE, ensure_base, make_pack, run_inside

PLACE: Final = WORK / "machine"
TOOLS: Final = {
    f"qemu-system-{platform.machine()}": "qemu-system-x86",
    "mkfs.ext4": "e2fsprogs",
    "debootstrap": "debootstrap",
    "unshare": "util-linux",
}
_ROOT: Final = PLACE / "root"
_STAMP: Final = PLACE / "root.stamp"
_SIZE: Final = "6G"
_STICK_SIZE: Final = "600M"
_HOST: Final = "terminal"

# What every Debian on a computer has, the trial's way in, and what the page's own lines will install: that is
# fetched here and installed there, where there is no network.
_PREPARE: Final = f"""\
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
apt-get update
apt-get install -y systemd-sysv dbus sudo udev libpam-systemd initramfs-tools kmod procps xz-utils
apt-get install -y --no-install-recommends linux-image-{{architecture}} qemu-guest-agent
rm /usr/sbin/policy-rc.d
for packages in "$@"; do apt-get install -y --download-only $packages; done
useradd --create-home --shell /bin/bash admin
echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin
echo {_HOST} >/etc/hostname
echo '127.0.0.1 localhost {_HOST}' >/etc/hosts
"""


class Disks(NamedTuple):
    """What a machine starts with."""

    kernel: Path
    start_files: Path
    root: Path
    stick: Path


def make_disks(packages: Sequence[str], extra: dict[str, str]) -> Disks:
    """Make a root without the program, and a stick with all that was built and with files of the trial's.

    Args:
        packages: what will be asked of apt-get, one string for each time.
        extra: texts of files by their names.

    Raises:
        PackagingError: this is not run as root, on a processor that it is not written for, or a tool failed.
    """
    if os.geteuid() != 0:
        raise PackagingError("The trial makes a Debian of its own: run this as root.")
    if architecture() != "amd64":
        raise PackagingError("A machine is booted on amd64 only: others have no screen that the trial knows.")
    _ensure_root(packages)
    root, stick = PLACE / "root.img", PLACE / "stick.img"
    _make_image(root, _ROOT, _SIZE, "root")
    files = PLACE / "stick"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    for path in (package_file(), ARCHIVE, *DIST.glob("*.whl")):
        shutil.copy(path, files)
    make_pack(files / "handbook.kbp")
    for name, text in extra.items():
        (files / name).write_text(text, "utf-8")
    _make_image(stick, files, _STICK_SIZE, "stick")
    boot = _ROOT / "boot"
    (kernel,), (start_files,) = boot.glob("vmlinuz-*"), boot.glob("initrd.img-*")
    return Disks(kernel, start_files, root, stick)


def _ensure_root(packages: Sequence[str]) -> None:
    fields = subprocess.run(
        ["dpkg-deb", "-f", str(package_file()), "Depends", "Recommends"], capture_output=True, check=True
    ).stdout
    script = _PREPARE.replace("{architecture}", architecture())
    wanted = hashlib.sha256(f"{script}{packages}".encode() + fields).hexdigest()
    if _STAMP.is_file() and _STAMP.read_text("ascii") == wanted:
        return
    print("   making the machine's Debian (once; some minutes) …", flush=True)
    ensure_base()
    _STAMP.unlink(missing_ok=True)
    shutil.rmtree(_ROOT, ignore_errors=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(BASE), str(_ROOT)], check=True)
    shutil.copy(package_file(), _ROOT / "tmp" / "package.deb")
    (_ROOT / "tmp" / "prepare.sh").write_text(script, "utf-8")
    log = PLACE / "root.log"
    command = ["/bin/sh", "/tmp/prepare.sh", "/tmp/package.deb", *packages]  # noqa: S108 - inside the new root
    with log.open("wb") as written:
        failed = run_inside(_ROOT, command, written)
    if failed:
        raise PackagingError(f"The machine's Debian could not be made; {log} ends with:\n{_end_of(log)}")
    for name in ("tmp/package.deb", "tmp/prepare.sh", "etc/resolv.conf"):
        (_ROOT / name).unlink()
    _STAMP.write_text(wanted, "ascii")


def _end_of(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:]


def _make_image(image: Path, folder: Path, size: str, label: str) -> None:
    image.unlink(missing_ok=True)
    command = ["mkfs.ext4", "-q", "-F", "-L", label, "-E", "root_owner=0:0", "-d", str(folder)]
    made = subprocess.run([*command, str(image), size], capture_output=True, text=True, check=False)
    if made.returncode:
        raise PackagingError(f"mkfs.ext4 failed; it said:\n{made.stderr[-2000:]}")
