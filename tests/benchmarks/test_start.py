"""Start to the article on the screen, and memory, against a bare QTextBrowser in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.paired import measure_pair

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ARTICLE, LANGUAGE = "online-meetings", "sv"


def _environment() -> dict[str, str]:
    """Bytecode is on, as for every reader."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _commands(folder: Path) -> tuple[list[str], list[str]]:
    text = folder / "article.txt"
    show = [sys.executable, "-m", "kbviewer", "show", ARTICLE, "--language", LANGUAGE]
    text.write_bytes(subprocess.run(show, env=_environment(), capture_output=True, check=True).stdout)
    subject = [sys.executable, str(HERE / "article_window.py"), str(folder / "profile"), ARTICLE, LANGUAGE]
    return subject, [sys.executable, str(HERE / "bare_window.py"), str(text)]


def test_start_to_article(tmp_path: Path) -> None:
    """Goal: 1.3 times the bare window."""
    subject, reference = _commands(tmp_path)

    pair = measure_pair(subject, reference, _environment())

    print(
        f"\nstart to article: {pair.subject_ms:.0f} ms, bare window {pair.reference_ms:.0f} ms, "
        f"ratio {pair.ratio:.2f} ({os.environ.get('QT_QPA_PLATFORM') or 'xcb'})"
    )
    assert pair.subject_ms > 0


def test_memory_of_the_reading_window(tmp_path: Path) -> None:
    """Goal: 75 MiB PSS of the process tree, 1.5 s after the first paint."""
    subject, reference = _commands(tmp_path)

    window, bare = (_settled_pss_mib([*command, "--stay"]) for command in (subject, reference))

    print(f"\nmemory (PSS): {window:.1f} MiB, bare window {bare:.1f} MiB, ratio {window / bare:.2f}")
    assert window > 0


def _settled_pss_mib(command: list[str]) -> float:
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.strip() == "settled":
                return _pss_kib(process.pid) / 1024
        raise RuntimeError("the window ended before it had settled")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _pss_kib(pid: int) -> int:
    """Return the proportional set size of a process and all below it (Linux, /proc)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return own + sum(_pss_kib(int(child)) for child in children)
