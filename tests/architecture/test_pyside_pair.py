"""The installed Python and PySide6 get along."""

from __future__ import annotations

import subprocess
import sys
import textwrap

VOID_CALLS = 200_000


def test_void_qt_calls_keep_none_alive() -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None with every void call, then aborts.

    From 3.12 None is immortal and its count does not move.
    """
    program = textwrap.dedent(f"""
        import sys
        from PySide6.QtCore import QObject

        thing = QObject()
        before = sys.getrefcount(None)
        for _ in range({VOID_CALLS}):
            thing.setObjectName("")
        print(sys.getrefcount(None) - before)
    """)

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stderr
    assert int(finished.stdout) > -100
