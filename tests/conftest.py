"""What holds for every test: an unseen platform, a fixed locale and clock zone, its own profile, no leaks."""

from __future__ import annotations

import gc
import os
import sys
import time

# Before anything imports Qt or reads the locale.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update({"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "en", "TZ": "UTC"})
for _variable in [name for name in os.environ if name.startswith("KBVIEWER_")]:
    del os.environ[_variable]
if hasattr(time, "tzset"):
    time.tzset()

import shutil  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from tests.support.compiled_catalogues import compile_catalogues  # noqa: E402
from tests.support.leaks import leaks_since, let_go_of_keys, take_snapshot  # noqa: E402
from tests.support.order import spread  # noqa: E402

settings.register_profile(
    "kbviewer",
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("kbviewer")


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """Fails the test that leaves a thread, a child process, a window or a running timer.

    First of the function fixtures, so that it looks after all others have cleaned up.
    """
    before = take_snapshot()
    yield
    let_go_of_keys()
    leaks = leaks_since(before)
    assert not leaks, "left behind: " + ", ".join(leaks)


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The test's own profile folder, home and temporary folder; also for the processes it starts.

    The folder does not exist yet, as on a first start. Fails the test that leaves a temporary file behind.
    """
    home = tmp_path / "home"
    home.mkdir()
    # Not below tmp_path: local sockets live here, and their paths may not pass 107 bytes.
    short = Path(tempfile.mkdtemp(prefix="kb-"))
    runtime, temporary = short / "run", short / "tmp"
    runtime.mkdir(mode=0o700)
    temporary.mkdir()
    places = {
        "KBVIEWER_PROFILE": tmp_path / "profile",
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_RUNTIME_DIR": runtime,
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
    }
    for name, place in places.items():
        monkeypatch.setenv(name, str(place))
    monkeypatch.delenv("KBVIEWER_POLICY", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield tmp_path / "profile"
    left = sorted(path.name for path in temporary.iterdir())
    shutil.rmtree(short, ignore_errors=True)
    assert not left, "temporary files left behind: " + ", ".join(left)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before the first process starts, a worker included."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, hand the files out so that all of them end together."""
    if hasattr(config, "workerinput"):
        items[:] = spread(((item.path, item) for item in items), Path(__file__).parent / "e2e")


def pytest_collection_finish() -> None:
    """Take six thousand tests out of the collector's sight: it looks at all it sees after each window."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Take what was copied from the unseen platform, which would let go of it when Python is gone."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
