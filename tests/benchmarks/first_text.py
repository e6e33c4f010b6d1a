"""Starts a program and says after how many milliseconds text stands in the middle of the screen.

Looks from outside, so that a bundle, into which no hook goes, is measured like a checkout. Runs on a display
of its own, with `xcb` as Qt's platform: `python -m tests.benchmarks.first_text RUNS COMMAND…`.
"""

from __future__ import annotations

import subprocess
import sys
import time

from PySide6.QtGui import QGuiApplication, QImage, QScreen

REGION = (420, 250, 400, 300)
SHARE_OF_TEXT = 0.02
PATIENCE_S = 30.0
BETWEEN_LOOKS_S = 0.002


def has_text(screen: QScreen) -> bool:
    """Return whether there are letters in the region: one colour behind, and enough of others."""
    image = screen.grabWindow(0, *REGION).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = bytes(image.constBits())
    return len(pixels) - max(map(pixels.count, set(pixels))) > SHARE_OF_TEXT * len(pixels)


def first_text_ms(command: list[str], screen: QScreen) -> float:
    """Start the program, wait for text and end the program.

    Raises:
        TimeoutError: none came.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command)
    try:
        while time.perf_counter() - started < PATIENCE_S:
            if has_text(screen):
                return 1000 * (time.perf_counter() - started)
            time.sleep(BETWEEN_LOOKS_S)
        raise TimeoutError(f"no text after {PATIENCE_S:.0f} s: {command}")
    finally:
        process.kill()
        process.wait()
        while has_text(screen):
            time.sleep(BETWEEN_LOOKS_S)


def main() -> None:
    """Print one line per run: milliseconds of the first command and of the second, which follows `--`."""
    app = QGuiApplication([])
    screen = app.primaryScreen()
    runs, words = int(sys.argv[1]), sys.argv[2:]
    border = words.index("--")
    first, second = words[:border], words[border + 1 :]
    for run in range(-1, runs):
        times = first_text_ms(first, screen), first_text_ms(second, screen)
        if run >= 0:
            print(*times, flush=True)


if __name__ == "__main__":
    main()
