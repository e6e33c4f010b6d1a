"""A computer run by QEMU: a screen, a keyboard, no network, and a root shell through its guest agent."""

from __future__ import annotations

import base64
import json
import platform
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from resources.packaging.places import PackagingError
from resources.packaging.screen import Picture, read_picture

_BOOT_S: Final = 300.0
_ANSWER_S: Final = 15.0
_LOOK_S: Final = 0.2
_TABLET: Final = 32767
# The least that Qt's libraries start on: x86-64-v2. Emulating more takes longer.
_PROCESSOR: Final = "Nehalem"


class Done(NamedTuple):
    """How a command in the machine has ended."""

    code: int
    output: str


class MachineError(PackagingError):
    """The machine does not do what a machine does."""


def can_virtualise() -> bool:
    """Return whether this processor runs machines itself; else QEMU emulates one, some ten times slower."""
    flags = Path("/proc/cpuinfo").read_text("utf-8").split()
    return Path("/dev/kvm").exists() and ("vmx" in flags or "svm" in flags)


class Machine:
    """A machine that has been switched on; commands run as root or as the user `admin`."""

    def __init__(self, place: Path, kernel: Path, start_files: Path, disks: Sequence[Path]) -> None:
        self._control = place / "control"
        self._agent = place / "agent"
        self._picture = place / "screen.ppm"
        self._ids = count(1)
        for path in (self._control, self._agent):
            path.unlink(missing_ok=True)
        self._log = (place / "qemu.log").open("wb")
        self._process = subprocess.Popen(
            self._command(kernel, start_files, disks, place / "console.log"),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def _command(self, kernel: Path, start_files: Path, disks: Sequence[Path], console: Path) -> list[str]:
        how = ["-accel", "kvm", "-cpu", "host"] if can_virtualise() else []
        how = how or ["-accel", "tcg,thread=multi", "-cpu", _PROCESSOR]
        command = [f"qemu-system-{platform.machine()}", *how, "-smp", "2", "-m", "2048"]
        # qxl: a screen without 3D that both cage and Xorg drive, as the plainest of graphics do.
        command += ["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-vga", "qxl"]
        command += ["-device", "qemu-xhci", "-device", "usb-tablet", "-device", "usb-kbd"]
        for number, disk in enumerate(disks):
            command += ["-device", f"virtio-blk-pci,drive=disk{number}"]
            drive = f"id=disk{number},file={disk},format=raw,if=none,cache=unsafe,snapshot=on"
            command += ["-drive", drive]
        command += ["-device", "virtio-serial-pci", "-device"]
        command += ["virtserialport,chardev=agent,name=org.qemu.guest_agent.0"]
        command += ["-chardev", f"socket,path={self._agent},server=on,wait=off,id=agent"]
        command += ["-qmp", f"unix:{self._control},server=on,wait=off", "-serial", f"file:{console}"]
        command += ["-kernel", str(kernel), "-initrd", str(start_files)]
        return [*command, "-append", "root=/dev/vda rw console=tty0 console=ttyS0"]

    def stop(self) -> None:
        """Pull the plug. What was written to the disks is forgotten."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    def wait_for(self, is_so: Callable[[], bool], seconds: float) -> float | None:
        """Return after how many seconds something is so, or nothing when it takes longer."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds:
                return None
            time.sleep(_LOOK_S)
        return time.monotonic() - began

    def wait_until_up(self) -> float:
        """Wait until the machine answers, and return how long that took.

        Raises:
            MachineError: it does not.
        """
        took = self.wait_for(self._answers, _BOOT_S)
        if took is None:
            raise MachineError("The machine does not come up; see console.log and qemu.log beside its disks.")
        return took

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            raise MachineError("QEMU has ended; see qemu.log beside the machine's disks.")
        try:
            return bool(self._ask_agent("guest-ping") == {})
        except (OSError, ValueError):
            return False

    # -- What an administrator does

    def run(self, line: str, *, user: str = "root", seconds: float = 300.0) -> Done:
        """Run a line of shell and wait for it.

        Raises:
            MachineError: it takes longer than it may.
        """
        words = ["-l", user, "-c", line]
        path = "/usr/sbin/runuser"
        if user == "root":
            words, path = ["-c", line], "/bin/sh"
        arguments = {"path": path, "arg": words, "capture-output": True}
        process = self._ask_agent("guest-exec", **arguments)["pid"]
        began = time.monotonic()
        while not (state := self._ask_agent("guest-exec-status", pid=process))["exited"]:
            if time.monotonic() - began > seconds:
                raise MachineError(f"It takes longer than {seconds:.0f} s in the machine: {line}")
            time.sleep(_LOOK_S)
        said = base64.b64decode(state.get("out-data", "")) + base64.b64decode(state.get("err-data", ""))
        code = state.get("exitcode", 128 + state.get("signal", 0))
        return Done(code, said.decode("utf-8", "replace").strip())

    def ask(self, line: str) -> str:
        """Return what a line of shell says, whatever its exit code."""
        return self.run(line).output

    # -- What a visitor does

    def press(self, *chords: str) -> None:
        """Press keys one after the other, as `ctrl-alt-f2`, in QEMU's names."""
        for chord in chords:
            keys = [{"type": "qcode", "data": name} for name in chord.split("-")]
            self._ask_control("send-key", keys=keys)
            time.sleep(_LOOK_S)

    def touch(self, x: float, y: float) -> None:
        """Touch a place on the screen, given in parts of its width and height."""
        # From beside it: a pad that stays where it was moves no pointer, wherever a new session has put that.
        for aside in (0.95, 1.0):
            place = [("x", x * aside), ("y", y * aside)]
            self._send([_event("abs", axis=axis, value=round(part * _TABLET)) for axis, part in place])
        for is_down in (True, False):
            self._send([_event("btn", button="left", down=is_down)])

    def _send(self, events: list[object]) -> None:
        self._ask_control("input-send-event", events=events)
        time.sleep(_LOOK_S)

    def press_power(self) -> None:
        """Press the power key, shortly."""
        self._ask_control("system_powerdown")

    def look(self, copy: Path | None = None) -> Picture:
        """Return what the screen shows, and keep a copy of it as PNG."""
        self._ask_control("screendump", filename=str(self._picture))
        if copy is not None:
            self._ask_control("screendump", filename=str(copy), format="png")
        return read_picture(self._picture.read_bytes())

    # -- QEMU's two sockets, a line of JSON each way

    def _ask_control(self, what: str, **arguments: object) -> None:
        with _lines(self._control) as (write, read):
            read()
            write({"execute": "qmp_capabilities"})
            read()
            write({"execute": what, "arguments": arguments})
            while True:
                answer = read()
                if "error" in answer:
                    raise MachineError(f"QEMU does not do {what}: {answer['error']}")
                if "return" in answer:
                    return

    def _ask_agent(self, what: str, **arguments: object) -> Any:
        with _lines(self._agent) as (write, read):
            # What it still has to say to somebody who has given up waiting comes first.
            number = next(self._ids)
            write({"execute": "guest-sync", "arguments": {"id": number}})
            while read().get("return") != number:
                pass
            write({"execute": what, "arguments": arguments})
            answer = read()
        if "error" in answer:
            raise MachineError(f"The machine does not do {what}: {answer['error']}")
        return answer["return"]


def _event(kind: str, **data: object) -> object:
    return {"type": kind, "data": data}


@contextmanager
def _lines(path: Path) -> Iterator[tuple[Callable[[object], None], Callable[[], dict[str, object]]]]:
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(_ANSWER_S)
        link.connect(str(path))
        with link.makefile("r", encoding="utf-8") as incoming:

            def write(what: object) -> None:
                link.sendall(json.dumps(what).encode() + b"\n")

            def read() -> dict[str, object]:
                line = incoming.readline()
                if not line:
                    raise ConnectionError(f"{path.name} has ended")
                return dict(json.loads(line))

            yield write, read
