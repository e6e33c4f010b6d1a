"""Boots a computer and follows ADMIN.md on it, kiosks included: `python3 dev.py package --boot`. Needs root.

The computer is QEMU's: a kernel and a root of Debian's, a screen, a keyboard, a seat, and no network. Nothing
of it is left but its disks and pictures in build/package/machine. Without a processor that runs machines QEMU
emulates one, some ten times slower; figures are then also given at this system's speed.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from contextlib import suppress
from typing import Final

from resources.packaging.boot_lines import PIN, Line, lines, packages
from resources.packaging.boot_report import Report
from resources.packaging.boot_session import CAGE, PROBE, X11, Session, SessionTrial
from resources.packaging.machine import Machine, can_virtualise
from resources.packaging.machine_disk import PLACE, make_disks
from resources.packaging.places import BUNDLE, KIOSK, PackagingError

_PICTURES: Final = PLACE / "pictures"
_SCRATCH: Final = "/tmp/kbviewer-slowness"  # noqa: S108 - an empty profile, here and there
_LINE_S: Final = 900.0
_SETTLED_S: Final = 8.0
_GETS_READY: Final = (
    "mkdir -p /trial && mount LABEL=stick /trial && chmod 755 /trial/probe.sh && "
    "cp /trial/*.* /home/admin && chown -R admin: /home/admin"
)
_LOGIND: Final = "org.freedesktop.login1"
_POWER_KEY: Final = f"busctl get-property {_LOGIND} /org/freedesktop/login1 {_LOGIND}.Manager HandlePowerKey"
_NOT_SHOWN: Final = (
    "graphics with 3D (the screen is QEMU's qxl, so cage draws with pixman), a touch screen, a second screen",
    "the times of real hardware, where the processor is emulated",
    "what firmware, boot loader and cables let through",
)


def boot_package() -> None:
    """Follow the page on a booted machine.

    Raises:
        PackagingError: a check failed, or there is no machine.
    """
    PLACE.mkdir(parents=True, exist_ok=True)
    _PICTURES.mkdir(exist_ok=True)
    disks = make_disks(packages(), {"probe.sh": PROBE})
    machine = Machine(PLACE, disks.kernel, disks.start_files, (disks.root, disks.stick))
    try:
        report = Report()
        report.say(f"the machine is {'run by this processor' if can_virtualise() else 'emulated'}")
        report.say(f"up after {machine.wait_until_up():.1f} s")
        BootTrial(machine, report).run()
    finally:
        machine.stop()
    for what in _NOT_SHOWN:
        report.say(f"not shown: {what}")
    if report.failed:
        listed = "\n  ".join(report.failed)
        raise PackagingError(f"The booted machine failed {len(report.failed)} checks:\n  {listed}")


class BootTrial:
    """Goes through the page's lines, and tries a session after the line that starts it."""

    def __init__(self, machine: Machine, report: Report) -> None:
        self._machine = machine
        self._report = report
        self._cage = SessionTrial(machine, CAGE, report, _PICTURES)
        self._x11 = SessionTrial(machine, X11, report, _PICTURES)

    def run(self) -> None:
        """Follow the page; what is wrong is in the report."""
        ready = self._machine.run(_GETS_READY)
        if ready.code:
            raise PackagingError(f"The machine cannot read its stick: {ready.output}")
        for line in lines():
            if line.not_here:
                self._report.say(f"not run: {line.text}: {line.not_here}")
            elif line.text.endswith("reboot"):
                self._is_locked(self._restart(line.text))
            else:
                self._follow(line)

    def _follow(self, line: Line) -> None:
        if line.text.startswith("kbviewer policy check"):
            self._write_policy()
        if "xserver-xorg" in line.text:
            # One of the two sessions is enough; now the other one's turn, without what only the first needs.
            self._machine.run(f"systemctl disable --now {CAGE.unit}; systemctl mask --now polkit.service")
        began = time.monotonic()
        typed = f"printf %s {shlex.quote(line.typed)} | " if line.typed else ""
        done = self._machine.run(typed + line.text, user="admin", seconds=_LINE_S)
        well = done.code == 0 or line.may_fail
        self._report.check(f"{line.text} ({time.monotonic() - began:.0f} s)", well, done.output)
        if line.may_fail and done.code:
            self._report.say(f"   said, and nothing is wrong: {done.output.splitlines()[-1]}")
        if "./kbviewer_" in line.text:
            self._report.slowness = self._slowness()
        for trial, session in ((self._cage, CAGE), (self._x11, X11)):
            if line.text == f"sudo systemctl enable --now {session.unit}":
                self._try_session(trial, session)

    def _try_session(self, trial: SessionTrial, session: Session) -> None:
        trial.run()
        if session is CAGE:
            trial.comes_home("after the kernel's start", self._restart("reboot"))

    def _restart(self, line: str) -> float:
        """Restart the computer, and return when its kernel has started."""
        before = self._cage.boot_id()
        # It goes down before it can answer.
        with suppress(OSError):
            self._machine.run(line, user="admin" if line.startswith("sudo") else "root")
        took = self._machine.wait_for(lambda: self._has_booted_since(before), 300)
        self._report.check(f"{line}: the computer comes up again", took is not None)
        self._machine.run("mount LABEL=stick /trial")
        return time.monotonic() - float(self._machine.ask("cat /proc/uptime").split()[0])

    def _has_booted_since(self, before: str) -> bool:
        try:
            return self._cage.boot_id() not in ("", before)
        except OSError:
            return False

    def _is_locked(self, since: float) -> None:
        """After the last lines of the page, and a restart, under X11."""
        self._x11.comes_home("after the kernel's start, with all locked", since)
        # Said, too: a key that does nothing might not have been pressed.
        said = self._machine.ask(f"cat /proc/sys/kernel/sysrq; {_POWER_KEY}")
        self._report.check("SysRq and the power key are off", said == '0\ns "ignore"', said)
        boot = self._x11.boot_id()
        self._machine.press("alt-sysrq-b", "ctrl-alt-f2", "ctrl-alt-delete")
        self._machine.press_power()
        self._machine.wait_for(lambda: False, _SETTLED_S)
        same = self._x11.boot_id() == boot and self._machine.ask("systemctl is-system-running") != "stopping"
        self._report.check("SysRq+B, Ctrl+Alt+Del and the power key do nothing", same)
        # Without the session, too: between two sessions keys are the console's.
        self._machine.run(f"systemctl stop {X11.unit}")
        self._machine.press("alt-sysrq-b", "ctrl-alt-f2", "ctrl-alt-delete")
        self._machine.wait_for(lambda: False, _SETTLED_S)
        same = self._x11.boot_id() == boot and self._machine.ask("systemctl is-system-running") != "stopping"
        self._report.check("nor do they while no session runs", same)
        logins = self._machine.ask(
            "systemctl list-units 'getty@*' 'autovt@*' --state=active --plain --no-legend"
        )
        self._report.check("no console has a login", not logins, logins)
        self._x11.starts("start")

    def _write_policy(self) -> None:
        """The policy of the package, with a PIN for staff."""
        typed = f"{PIN}\\n{PIN}\\n"
        said = self._machine.run(f"printf '{typed}' | kbviewer policy hash-pin", user="admin").output
        hashed = next((word for word in said.split() if word.startswith("scrypt:")), "")
        policy = json.loads((KIOSK / "policies.json").read_text("utf-8"))
        policy["locked"] |= {"allow_exit": "pin", "exit_pin_hash": hashed}
        written = f"printf %s {shlex.quote(json.dumps(policy))} >policies.json"
        self._machine.run(written, user="admin")

    def _slowness(self) -> float:
        """Return how many times slower than here the program's libraries load there, at best of three."""
        line = (
            f"TIMEFORMAT=%R; for _ in 1 2 3; do time {{program}} --profile {_SCRATCH} doctor >/dev/null; done"
        )
        there = self._machine.run(line.format(program="kbviewer"), user="admin").output
        here = subprocess.run(
            ["bash", "-c", line.format(program=shlex.quote(str(BUNDLE / "kbviewer")))],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        ).stderr
        slowness = max(1.0, _quickest(there) / _quickest(here))
        self._report.say(f"the machine is {slowness:.1f} times slower than this system")
        return slowness


def _quickest(said: str) -> float:
    return min(float(found) for found in re.findall(r"^\d+\.\d+$", said, re.MULTILINE))
