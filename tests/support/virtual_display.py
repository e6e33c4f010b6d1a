"""An X display that nobody sees, and a reader of what programs on it tell screen readers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

READER = Path(__file__).with_name("at_spi_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
END_SECONDS = 10.0


@contextmanager
def virtual_display(width: int = 1366, height: int = 768, pictures: Path | None = None) -> Iterator[str]:
    """Starts Xvfb on a free display and yields its name.

    With a folder for `pictures`, `screen_picture.ScreenPicture` can read there what is on the screen.
    """
    read_end, write_end = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write_end),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        # Else the keyboard is forgotten when the program that set it has gone.
        "-noreset",
        *(["-fbdir", str(pictures)] if pictures is not None else []),
    ]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(END_SECONDS)


@contextmanager
def desktop(width: int = 1366, height: int = 768) -> Iterator[str]:
    """Starts a display with a Swedish keyboard and a window manager, and yields its name."""
    with virtual_display(width, height) as name:
        environment = {**os.environ, "DISPLAY": name}
        subprocess.run(["setxkbmap", "se"], env=environment, check=True, timeout=END_SECONDS)
        frames = subprocess.Popen(
            ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield name
        finally:
            frames.terminate()
            frames.wait(END_SECONDS)


@dataclass
class ScreenReader:
    """Asks the reader in the other process; every answer is what AT-SPI says, or an AssertionError."""

    questions: IO[str]
    answers: IO[str]

    def __call__(self, do: str, **arguments: object) -> Any:
        """Asks one question."""
        self.questions.write(json.dumps({"do": do, **arguments}) + "\n")
        self.questions.flush()
        # The services of the session say on the same pipe that they run.
        line = next((said for said in self.answers if said.startswith("{")), "")
        assert line, "the reader has ended"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]


@contextmanager
def screen_reader(
    program: list[str], environment: Mapping[str, str], directory: Path, log: Path
) -> Iterator[ScreenReader]:
    """Starts a program in a session of its own and yields its reader. Nothing of the session survives."""
    command = ["dbus-run-session", "--", SYSTEM_PYTHON, str(READER), *program]
    with log.open("w") as told:
        session = subprocess.Popen(
            command,
            cwd=directory,
            env={**environment, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            start_new_session=True,
        )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        yield ScreenReader(session.stdin, session.stdout)
    finally:
        session.stdin.close()
        try:
            session.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(session.pid, signal.SIGKILL)
            session.wait(END_SECONDS)
        session.stdout.close()
