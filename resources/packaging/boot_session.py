"""What has to hold for a kiosk's session on a booted machine, whichever of the two it is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from kbviewer.ui.theme.tokens import LIGHT
from resources.packaging.boot_lines import PIN
from resources.packaging.boot_report import Report
from resources.packaging.machine import Machine
from resources.packaging.screen import Picture, colour

_WINDOW: Final = colour(LIGHT.window)
_ACCENT: Final = colour(LIGHT.accent)
_LEAST_ACCENT: Final = 0.02
_HOME_S: Final = 240.0
_GONE_S: Final = 30.0
_SETTLED_S: Final = 6.0
_STAFF: Final = (0.93, 0.95)
"""Where the button for staff is on the screen that waits for visitors, in parts of its width and height."""
_LIMIT_S: Final = 3.0
_USER: Final = "kiosk"
_PROFILE: Final = "/var/lib/kbviewer-kiosk"
_DROP_IN: Final = "/run/systemd/system/{unit}.d/trial.conf"
PROBE: Final = f"""\
#!/bin/bash
# In the place of the program: what can be done from inside the session. Then a crash of the whole.
exec >{_PROFILE}/probe.txt 2>&1
id -un
(exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -om1 'Address family not supported' || echo 'network: reached'
sudo -n true 2>&1 | grep -om1 'no new privileges' || echo 'sudo: tried'
for place in /etc /usr /home /root /var/tmp /var/lib; do
    touch $place/probe 2>/dev/null && echo "written: $place"
done
ls /home/admin >/dev/null 2>&1 && echo 'seen: /home/admin'
echo done
sleep 2
exit 7
"""
PROBE_EXPECTED: Final = f"{_USER}\nAddress family not supported\nno new privileges\nwritten: /var/tmp\ndone"


class Session(NamedTuple):
    """One of the two sessions."""

    name: str
    unit: str
    screen_owner: str
    """The name of the process that has the screen."""


CAGE: Final = Session("cage", "kbviewer-kiosk.service", "cage")
X11: Final = Session("X11", "kbviewer-kiosk-x11.service", "Xorg")


def is_home(picture: Picture) -> bool:
    """Return whether the screen that waits for visitors fills the screen."""
    return picture.edges() == {_WINDOW} and picture.share(_ACCENT) > _LEAST_ACCENT


class SessionTrial:
    """Tries one session after its unit has been enabled and started as the page says."""

    def __init__(self, machine: Machine, session: Session, report: Report, pictures: Path) -> None:
        self._machine = machine
        self._session = session
        self._report = report
        self._pictures = pictures

    def run(self) -> None:
        """Try everything; what is wrong is in the report."""
        if not self.comes_home("after systemctl enable --now"):
            return
        self._is_as_it_should_be()
        self._keys_do_not_lead_out()
        self._a_visitor_gets_in()
        self._the_window_crashes()
        self._is_killed("the unit's main process", self._main_process())
        owner = self._session.screen_owner
        self._is_killed(owner, self._machine.ask(f"pgrep -o -u {_USER} -x {owner}"))
        self._is_closed_in()
        self._staff_close_it()

    def comes_home(self, when: str, since: float | None = None, limit_s: float | None = None) -> bool:
        """Wait until home is seen; note how long it took since a moment, or from now on."""
        began = time.monotonic() if since is None else since
        took = self._machine.wait_for(self._is_home, _HOME_S)
        seconds = time.monotonic() - began
        self._machine.look(self._pictures / f"{self._session.name}-{_file_name(when)}.png")
        if self._check(f"home fills the screen {when}", took is not None, self._story):
            self._report.figure(f"{self._session.name}: home {when}", seconds, limit_s)
        return took is not None

    def starts(self, verb: str) -> None:
        """Start or restart the unit by hand."""
        began = time.monotonic()
        self._machine.run(f"systemctl {verb} {self._session.unit}")
        self.comes_home(f"after systemctl {verb}", began)

    # -- What is there

    def _is_as_it_should_be(self) -> None:
        unit = self._session.unit
        self._check("the unit is active", self._machine.ask(f"systemctl is-active {unit}") == "active")
        owners = self._machine.ask("ps -C kbviewer -C cage -C Xorg -C openbox -C xinit -o user= | sort -u")
        self._check("everything runs as the kiosk's user", owners == _USER, owners)
        asleep = self._machine.ask("systemctl is-active getty@tty1.service")
        self._check("no login on the first console", asleep == "inactive", asleep)
        found = self._machine.ask(
            f"find / -xdev -user {_USER} -not -path '{_PROFILE}*' -not -path '/proc/*' -not -path '/tmp/*'"
        )
        self._check("it has written to its profile only", not found, found)
        mode = self._machine.ask(f"stat -c '%U %a' {_PROFILE}")
        self._check("nobody else reads the profile", mode == f"{_USER} 700", mode)
        seat = self._machine.ask(f"loginctl show-user {_USER} --property=Sessions --value")
        shown = self._machine.ask(
            f"loginctl show-session {seat} --property=Seat --property=TTY --property=Active"
        )
        self._check(
            "its session has the seat", {"Seat=seat0", "TTY=tty1", "Active=yes"} <= set(shown.split()), shown
        )

    def _keys_do_not_lead_out(self) -> None:
        boot = self.boot_id()
        self._machine.press(
            "ctrl-alt-f2", "ctrl-alt-f1", "ctrl-alt-f3", "ctrl-alt-backspace", "ctrl-alt-delete", "alt-f4"
        )
        self._machine.wait_for(lambda: False, _SETTLED_S)
        console = self._machine.ask("cat /sys/class/tty/tty0/active")
        self._check("keys do not lead to a text console", console == "tty1", console)
        same = self.boot_id() == boot and self._machine.ask("systemctl is-system-running") != "stopping"
        self._check("Ctrl+Alt+Del does not restart the computer", same)

    def _a_visitor_gets_in(self) -> None:
        self._machine.press("esc", "ret")
        left = self._machine.wait_for(lambda: not is_home(self._machine.look()), _GONE_S)
        self._machine.wait_for(lambda: False, _SETTLED_S)
        picture = self._machine.look(self._pictures / f"{self._session.name}-visitor.png")
        filled = picture.share(_WINDOW) + picture.share(colour(LIGHT.page)) > 0.5
        self._check("a key opens the articles", left is not None and filled)

    # -- What goes wrong

    def _the_window_crashes(self) -> None:
        supervisor = self._machine.ask(f"pgrep -o -u {_USER} -x kbviewer")
        main = self._main_process()
        began = time.monotonic()
        self._machine.run(f"kill -SEGV $(pgrep -o -P {supervisor})")
        self.comes_home("after SIGSEGV of the window", began, _LIMIT_S)
        same = self._main_process() == main and self._machine.run(f"kill -0 {supervisor}").code == 0
        self._check("the program has seen to that by itself", same)

    def _is_killed(self, what: str, process: str) -> None:
        before = set(self._machine.ask(f"pgrep -u {_USER} -x 'kbviewer|cage|Xorg|openbox|xinit'").split())
        restarts = self._restarts()
        if not self._check(f"{what} is there", process in before or process == self._main_process()):
            return
        self._leave_home()
        began = time.monotonic()
        self._machine.run(f"kill -KILL {process}")
        self.comes_home(f"after SIGKILL of {what}", began)
        self._check(
            f"systemd has started the unit again after SIGKILL of {what}", self._restarts() > restarts
        )
        now = set(self._machine.ask(f"pgrep -u {_USER} -x 'kbviewer|cage|Xorg|openbox|xinit'").split())
        self._check("nothing of the killed session is left", not now & before, self._story)

    def _is_closed_in(self) -> None:
        """With the trial's own program in the place of kbviewer, which ends with 7."""
        unit = self._session.unit
        drop_in = _DROP_IN.format(unit=unit)
        self._leave_home()
        self._machine.run(
            f"mkdir -p {drop_in.rpartition('/')[0]} && "
            f"printf '[Service]\\nEnvironment=KBVIEWER=/trial/probe.sh\\n' >{drop_in} && "
            f"systemctl daemon-reload && systemctl restart {unit}"
        )
        restarts = self._restarts()
        took = self._machine.wait_for(lambda: self._restarts() > restarts, 90)
        found = self._machine.ask(f"cat {_PROFILE}/probe.txt")
        self._check(
            "no network, no more rights, nothing to write to from inside", found == PROBE_EXPECTED, found
        )
        self._check("another exit code than 0 is started again", took is not None, self._story)
        self._machine.run(f"rm {drop_in} {_PROFILE}/probe.txt; systemctl daemon-reload")
        self.starts("restart")

    def _staff_close_it(self) -> None:
        unit = self._session.unit
        restarts = self._restarts()
        self._machine.touch(*_STAFF)
        self._machine.wait_for(lambda: False, _SETTLED_S)
        self._machine.look(self._pictures / f"{self._session.name}-pin.png")
        self._machine.press(*PIN, "ret")
        ended = self._machine.wait_for(
            lambda: self._machine.ask(f"systemctl is-active {unit}") == "inactive", 60
        )
        self._machine.wait_for(lambda: False, _SETTLED_S)
        state = self._machine.ask(
            f"systemctl show {unit} --property=ActiveState,Result,ExecMainStatus | sort"
        )
        expected = "ActiveState=inactive\nExecMainStatus=0\nResult=success"
        closed = ended is not None and state == expected and self._restarts() == restarts
        self._check(
            "the PIN closes it, and it is not started again", closed, lambda: f"{state}\n{self._story()}"
        )
        if closed:
            self.starts("start")

    # -- Looking

    def boot_id(self) -> str:
        """Return what changes with each start of the machine."""
        return self._machine.ask("cat /proc/sys/kernel/random/boot_id")

    def _main_process(self) -> str:
        return self._machine.ask(f"systemctl show {self._session.unit} --property=MainPID --value")

    def _restarts(self) -> int:
        said = self._machine.ask(f"systemctl show {self._session.unit} --property=NRestarts --value")
        return int(said) if said.isdecimal() else -1

    def _is_home(self) -> bool:
        """Whether home is seen, and a window is there that shows it."""
        if not is_home(self._machine.look()):
            return False
        # Its process listens: what a killed one listened at is gone from this list.
        window = f"grep -q ' 00010000 .* {_PROFILE}/instance.sock$' /proc/net/unix"
        return self._machine.run(window).code == 0

    def _leave_home(self) -> None:
        """Let a visitor in: a new X server shows what the old one has left, and that must not be home."""
        self._machine.press("esc")
        left = self._machine.wait_for(lambda: not is_home(self._machine.look()), _GONE_S)
        self._check("a visitor is there", left is not None)
        self._machine.wait_for(lambda: False, _SETTLED_S)

    def _story(self) -> str:
        return self._machine.ask(
            f"systemctl status {self._session.unit} --no-pager -n 0; ps -u {_USER} -o pid,ppid,args; "
            f"journalctl --no-pager -b -n 25 -o cat _SYSTEMD_UNIT={self._session.unit} "
            f"+ _UID=$(id -u {_USER})"
        )

    def _check(self, what: str, is_so: bool, told: str | Callable[[], str] = "") -> bool:
        return self._report.check(f"{self._session.name}: {what}", is_so, told)


def _file_name(when: str) -> str:
    return re.sub(r"\W+", "-", when.lower()).strip("-")
