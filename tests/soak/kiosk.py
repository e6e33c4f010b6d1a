"""Works a kiosk over on a display of its own: `python3 -m tests.soak.kiosk --inputs 10000 --seed 1`.

The real program runs under openbox as a kiosk does, and gets what a bored visitor finds: the chords that lead
out of other programs, right clicks, the window system's wish to close it, gestures, random keys and touches.
Between them it looks whether the program still fills the screen, whether anything else has come up, and what
was written where. Needs Xvfb, openbox, xdotool, wmctrl and xprop.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kbviewer.app.pin_hash import hash_pin
from tests.soak.kiosk_inputs import CHORDS, Input, random_inputs
from tests.support.virtual_display import virtual_display

ROOT = Path(__file__).parents[2]
OPENBOX = ROOT / "resources" / "packaging" / "kiosk" / "openbox-rc.xml"
SIZE = (1366, 768)
IDLE_S = 3
BATCH = 50
# Between two pauses that are long enough for the terminal to start over.
VISIT = 500
PATIENCE_S = 30.0
END_S = 10.0
MOST_GROWTH = 1.10
_SMALL_PAUSE_S = 0.05
_PAUSE_S = 0.5


@dataclass
class Report:
    """What was found.

    Attributes:
        inputs: how many were sent.
        resets: how often the terminal started over on its own time.
        findings: what should not be; empty when all is well.
        own_mib: memory of the window's process that is nobody else's, each time that nobody was there.
    """

    inputs: int = 0
    resets: int = 0
    findings: list[str] = field(default_factory=list)
    own_mib: list[float] = field(default_factory=list)

    def find(self, text: str) -> None:
        """Remember a finding, once."""
        if text not in self.findings:
            self.findings.append(text)


class Terminal:
    """A running kiosk, and what can be told about it from outside."""

    def __init__(self, display: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._process = process
        self.folder = folder
        self.log = folder / "profile" / "log" / "kbviewer.log"

    def send(self, inputs: list[Input]) -> None:
        """Send inputs, one after the other."""
        words = [word for each in inputs for word in each]
        subprocess.run(["xdotool", *words], env=self._environment, check=False, timeout=PATIENCE_S)

    def ask_to_close(self) -> None:
        """Have the window manager ask every window to close."""
        for window in self.clients():
            self._run("wmctrl", "-i", "-c", window)

    def clients(self) -> list[str]:
        """Return the windows that the window manager manages."""
        return re.findall(r"0x[0-9a-f]+", self._run("xprop", "-root", "_NET_CLIENT_LIST"))

    def look(self, report: Report) -> None:
        """Find out whether the program is what fills the screen, and nothing else is there."""
        if self._process.poll() is not None:
            report.find(f"the program has ended with {self._process.poll()}")
            return
        if self.log.is_file() and (ends := self.log.read_text(encoding="utf-8").count("has ended")):
            report.find(f"the window has crashed {ends} times")
        # A window may be about to come or to go: what is wrong twice is wrong.
        if self._wrong_clients():
            time.sleep(_PAUSE_S)
            if wrong := self._wrong_clients():
                report.find(wrong)

    def _wrong_clients(self) -> str:
        ask = ("WM_CLASS", "WM_NAME", "_NET_WM_STATE")
        clients = [self._run("xprop", "-id", each, *ask) for each in self.clients()]
        if not any("_NET_WM_STATE_FULLSCREEN" in each for each in clients):
            return "no window fills the screen"
        return next((f"another client: {each!r}" for each in clients if "kbviewer" not in each), "")

    def wait_for_window(self) -> None:
        """Wait for the first client."""
        deadline = time.monotonic() + PATIENCE_S
        while not self.clients():
            if time.monotonic() > deadline:
                raise RuntimeError("the kiosk has not come up")
            time.sleep(_SMALL_PAUSE_S)

    def own_mib(self) -> float:
        """Return the memory that the window's process has asked for.

        Without the pages of program files: for how many others those are counted changes with what other
        processes do.
        """
        window = _children(self._process.pid)[0]
        text = Path(f"/proc/{window}/smaps_rollup").read_text(encoding="ascii")
        return sum(map(int, re.findall(r"^Pss_(?:Anon|Shmem):\s+(\d+) kB", text, re.MULTILINE))) / 1024

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        return done.stdout


@contextmanager
def running_kiosk(folder: Path) -> Iterator[Terminal]:
    """Start a display, a window manager and the kiosk; end them afterwards."""
    policy = folder / "policies.json"
    keys = {"kiosk": True, "idle_reset_seconds": IDLE_S, "language": "sv", "allow_exit": "pin"}
    policy.write_text(json.dumps({"locked": keys | {"exit_pin_hash": hash_pin("918273645546")}}))
    policy.chmod(0o644)
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "TMPDIR": "tmp"}
    environment = {
        name: text for name, text in os.environ.items() if not name.startswith(("KBVIEWER", "XDG"))
    }
    for name, place in places.items():
        (folder / place).mkdir(mode=0o700)
        environment[name] = str(folder / place)
    environment |= {"KBVIEWER_POLICY": str(policy), "QT_QPA_PLATFORM": "xcb"}
    with virtual_display(*SIZE) as display:
        environment["DISPLAY"] = display
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--config-file", str(OPENBOX)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        program = [sys.executable, "-m", "kbviewer", "--kiosk", "--profile", str(folder / "profile")]
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(program, env=environment, cwd=ROOT, stdout=said, stderr=said)
        terminal = Terminal(display, folder, process)
        try:
            terminal.wait_for_window()
            yield terminal
        finally:
            process.terminate()
            process.wait(END_S)
            manager.terminate()
            manager.wait(END_S)


def soak(terminal: Terminal, inputs: int, seed: int) -> Report:
    """Send the known ways out, then random inputs, and look between them."""
    report, chance = Report(), random.Random(seed)
    before = _files(terminal.folder)
    for name, chord in CHORDS.items():
        terminal.send([chord])
        time.sleep(_SMALL_PAUSE_S)
        found = len(report.findings)
        terminal.look(report)
        if len(report.findings) > found:
            report.find(f"after {name}")
    terminal.ask_to_close()
    terminal.look(report)
    while report.inputs < inputs and not report.findings:
        batch = random_inputs(chance, min(BATCH, inputs - report.inputs), SIZE)
        terminal.send(batch)
        report.inputs += len(batch)
        terminal.look(report)
        if report.inputs % VISIT < BATCH:
            terminal.ask_to_close()
            _let_start_over(terminal, report)
    _let_start_over(terminal, report)
    if not report.findings:
        _judge(report, _files(terminal.folder) - before)
    return report


def _let_start_over(terminal: Terminal, report: Report) -> None:
    """Take the hands off for as long as it takes."""
    # A PIN pad may lie over the screen that waits for visitors, and leaves only then.
    terminal.send([("key", "Escape")])
    time.sleep(IDLE_S + 2)
    report.resets += 1
    terminal.look(report)
    if not report.findings:
        report.own_mib.append(terminal.own_mib())


def _judge(report: Report, written: set[str]) -> None:
    report.findings += [f"written outside of the profile: {name}" for name in sorted(written)]
    warm = report.own_mib[len(report.own_mib) // 4]
    most = max(report.own_mib)
    if most > warm * MOST_GROWTH:
        report.find(f"memory has grown from {warm:.1f} to {most:.1f} MiB")


def _files(folder: Path) -> set[str]:
    """Return every file that the program can be expected to write, but for its profile."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    return {str(name) for name in names if name.parts[0] not in ("profile", "said")}


def _children(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def main() -> int:
    """Run the soak; return 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        with running_kiosk(Path(name)) as terminal:
            report = soak(terminal, options.inputs, options.seed)
        said = (Path(name) / "said").read_text(encoding="utf-8", errors="replace").strip()
    memory = " ".join(f"{each:.1f}" for each in report.own_mib)
    print(f"{report.inputs} inputs, seed {options.seed}, {time.monotonic() - began:.0f} s")
    print(f"{len(CHORDS)} known ways out, {report.resets} times started over, own memory then {memory} MiB")
    print("\n".join(report.findings) or "nothing found")
    if report.findings and said:
        print(said[-4000:])
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
