#!/usr/bin/env python3
"""The one command of this checkout: makes its environment when needed, then runs, tests or builds.

Only the standard library, and no syntax newer than Python 3.7: a Python that is too old must get far enough
to say so. `python3 dev.py --help` lists the commands.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
LOCK_STAMP = VENV / "kbviewer-lock.stamp"
SYSTEM_STAMP = VENV / "kbviewer-system.stamp"
LINKER_CACHE = Path("/etc/ld.so.cache")

OLDEST_PYTHON = (3, 11)
CLEANED = (
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
)

# What Qt loads at run time and its wheels do not carry: file that must load, Debian package that has it.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# Programs that the tests drive or read with: any of these files, Debian package that has it.
TEST_PROGRAMS = {
    "xvfb": ("/usr/bin/Xvfb",),
    "xdotool": ("/usr/bin/xdotool",),
    "x11-xkb-utils": ("/usr/bin/setxkbmap",),
    "openbox": ("/usr/bin/openbox",),
    "cage": ("/usr/bin/cage",),
    "dbus": ("/usr/bin/dbus-run-session",),
    "at-spi2-core": ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"),
    "poppler-utils": ("/usr/bin/pdftotext",),
    "desktop-file-utils": ("/usr/bin/desktop-file-validate",),
    "appstream": ("/usr/bin/appstreamcli",),
    "python3-pyatspi": ("/usr/lib/python3/dist-packages/pyatspi/__init__.py",),
}

NO_DISPLAY = (
    "There is no display to open the window on: use `kbviewer show ARTICLE` or `kbviewer search QUERY` "
    "(here: python3 dev.py run show ARTICLE), or set QT_QPA_PLATFORM=offscreen to run the window unseen."
)


class SetupError(Exception):
    """The environment cannot be made; the text is one sentence with the remedy."""


def say(text: str) -> None:
    """Progress goes to stderr: the standard output belongs to the program that is run."""
    print(text, file=sys.stderr, flush=True)


# -- Python and the virtual environment


def complaint_about_python(version: tuple[int, ...]) -> str | None:
    """Says what is wrong with this Python, or nothing."""
    if version[:2] >= OLDEST_PYTHON:
        return None
    wanted = "{}.{}".format(*OLDEST_PYTHON)
    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    remedy = f"install Python {wanted} and run dev.py with it"
    if newer:
        remedy = f"run `{newer[0]} dev.py` instead"
    return f"kbviewer needs Python {wanted} or newer and this is {version[0]}.{version[1]}: {remedy}."


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure_environment() -> None:
    """Makes `.venv` hold exactly what the lock file says. Does nothing when it already does."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if venv_python().exists() and LOCK_STAMP.exists() and LOCK_STAMP.read_text() == wanted:
        return
    if not _venv_is_whole():
        _make_venv()
    say("Installing the locked dependencies (once, about a minute) …")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    install = ["install", "--quiet", "--require-hashes", "--no-deps", "-r", str(LOCK)]
    finished = subprocess.run(pip + install, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SetupError(
            "The dependencies could not be installed; check the network and run this again. pip said:\n"
            + finished.stderr.strip()
        )
    _put_checkout_on_path()
    LOCK_STAMP.write_text(wanted)


def _venv_is_whole() -> bool:
    """False when there is none, when its Python has gone, and when making it was interrupted."""
    packages = "Lib/site-packages/pip" if os.name == "nt" else "lib/python*/site-packages/pip"
    return venv_python().exists() and any(VENV.glob(packages))


def _make_venv() -> None:
    try:
        import ensurepip  # noqa: F401  # Debian takes it out of the standard library
    except ImportError:
        require_packages(["python3-venv"], "Python's venv module")
    import venv

    say("Making the virtual environment in .venv …")
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    except subprocess.CalledProcessError as error:
        raise SetupError(
            f"The virtual environment could not be made ({error}): remove .venv and run this again, "
            "on Debian after `sudo apt-get install python3-venv`."
        ) from error


def _put_checkout_on_path() -> None:
    """A path file instead of an editable install: no build, nothing to go stale."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [str(venv_python()), "-c", question], capture_output=True, text=True, check=True
    ).stdout.strip()
    (Path(answer) / "kbviewer-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


# -- System libraries and programs (Linux only: the wheels for Windows and macOS need nothing)


def ensure_system(libraries: dict[str, str], programs: dict[str, tuple[str, ...]]) -> None:
    """Sees to it that Qt's libraries can be loaded and the programs exist."""
    if not sys.platform.startswith("linux"):
        return
    absent = [package for package, paths in programs.items() if not any(Path(p).exists() for p in paths)]
    if not absent and SYSTEM_STAMP.exists() and SYSTEM_STAMP.read_text() == _system_state(libraries):
        return
    absent += [package for soname, package in libraries.items() if not _loads(soname)]
    if absent:
        require_packages(absent, "what Qt and its tests need")
    SYSTEM_STAMP.write_text(_system_state(libraries))


def _system_state(libraries: dict[str, str]) -> str:
    """Changes when the wanted libraries change and when any library comes or goes on this system."""
    cache_time = LINKER_CACHE.stat().st_mtime_ns if LINKER_CACHE.exists() else 0
    return "{} {}".format(cache_time, " ".join(sorted(libraries)))


def _loads(soname: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def require_packages(packages: list[str], what: str) -> None:
    """Installs Debian packages as root, after saying so; otherwise says which command would."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupError(f"This system lacks {what}. Install what your system calls: {names}")
    if os.geteuid() != 0:
        raise SetupError(
            f"This system lacks {what}. Install it and run this again:\n  sudo apt-get install {names}"
        )
    say(f"This system lacks {what}; installing with apt-get: {names}")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    lists = Path("/var/lib/apt/lists")
    fresh = lists.is_dir() and any(lists.glob("*_Packages*"))
    # Old lists can name package versions that are gone: then the second try has new ones.
    if fresh and _succeeds(install, quiet):
        return
    _succeeds(["apt-get", "update", "-q"], quiet)
    if not _succeeds(install, quiet):
        raise SetupError(f"apt-get could not install {names}: run `{' '.join(install)}` to see why.")


def _succeeds(command: list[str], environment: dict[str, str]) -> bool:
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


# -- Commands


def opens_window(arguments: list[str]) -> bool:
    """Tells whether these arguments of `kbviewer` ask for the window: no command or `open` does."""
    if {"-h", "--help", "--version"} & set(arguments):
        return False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("--library", "--language", "--profile"):
            rest = rest[1:]
        elif not word.startswith("-"):
            return word == "open"
    return True


def has_display(environment: dict[str, str]) -> bool:
    """Tells whether Qt will find a display, or has been told to do without."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in wanted)


def run(arguments: list[str]) -> int:
    """Starts kbviewer; everything after `run` is its own."""
    arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
    window = opens_window(arguments)
    if window and not has_display(dict(os.environ)):
        say(NO_DISPLAY)
        return 2
    ensure_environment()
    if window:
        libraries = dict(OFFSCREEN_LIBRARIES)
        libraries.update(X11_LIBRARIES if os.environ.get("DISPLAY") else {})
        libraries.update(WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else {})
        ensure_system(libraries, {})
    elif "print" in arguments:
        ensure_system(OFFSCREEN_LIBRARIES, {})
    return _become(["-m", "kbviewer", *arguments])


def _become(arguments: list[str]) -> int:
    command = [str(venv_python()), *arguments]
    # Without bytecode every start compiles the whole program again: 0.2 s of 0.7 s.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def test(arguments: list[str]) -> int:
    """Runs every check, then the tests. One failure does not hide the next."""
    fast = "--fast" in arguments
    rest = [word for word in arguments if word != "--fast"]
    # One more than there are cores: many tests wait for a process of their own (see tests/support/order.py).
    spread = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]
    pytest = ["-m", "pytest", *spread, *(["--ignore=tests/e2e"] if fast else []), *rest]
    ensure_environment()
    libraries = dict(OFFSCREEN_LIBRARIES)
    if not fast:
        libraries.update(X11_LIBRARIES | WAYLAND_LIBRARIES)
    ensure_system(libraries, {} if fast else TEST_PROGRAMS)
    lint_imports = "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"
    checks = [
        ("ruff check", ["-m", "ruff", "check", "."]),
        ("ruff format", ["-m", "ruff", "format", "--check", "."]),
        ("mypy", ["-m", "mypy"]),
        ("import-linter", ["-c", lint_imports]),
        ("catalogues", ["-m", "kbviewer.i18n.extraction", "--check"]),
        ("articles", ["-m", "kbviewer", "check", "content"]),
    ]
    failed = [name for name, command in checks if not _passes(name, command)]
    print("\n== pytest", flush=True)
    if _offscreen(pytest):
        failed.append("pytest")
    if failed:
        say("FAILED: " + ", ".join(failed))
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    passed = _offscreen(command) == 0
    print(f"== {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return passed


def _offscreen(arguments: list[str]) -> int:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    # The tests start hundreds of processes: see `_become`.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.call([str(venv_python()), *arguments], cwd=str(ROOT), env=environment)


def in_checkout(*command: str) -> int:
    """Runs one of the project's own programs, without a display, in the root of the checkout."""
    ensure_environment()
    ensure_system(OFFSCREEN_LIBRARIES, {})
    return _offscreen(list(command))


def clean() -> int:
    """Removes what tools left behind; `.venv` stays."""
    for name in CLEANED:
        shutil.rmtree(str(ROOT / name), ignore_errors=True)
    for folder in ("kbviewer", "tests"):
        for cache in sorted((ROOT / folder).rglob("__pycache__")):
            shutil.rmtree(str(cache), ignore_errors=True)
    for compiled in (ROOT / "i18n").rglob("*.mo"):
        compiled.unlink()
    return 0


HELP = """usage: python3 dev.py COMMAND [ARGS…]

  run [ARGS…]               start kbviewer; ARGS are its own, for example: run show KB307294
  test [--fast] [ARGS…]     every check and test; --fast leaves out the real window and the wheel;
                            ARGS go to pytest
  check                     check the articles in content/
  bench                     measure against a bare window
  bench search [ARGS…]      measure the search against other engines on 10,000 articles, minutes long
  screenshots               take the pictures in resources/screenshots/
  catalogues                extract the texts and merge them into the catalogues
  package [ARGS…]           build wheel, bundle, Debian package and list of parts in dist/; --test then
                            installs the package in a Debian of its own (root); --help names the rest
  lock                      resolve the lock files anew
  clean                     remove caches and built files
"""
COMMANDS = ("run", "test", "check", "bench", "screenshots", "catalogues", "package", "lock", "clean")


def dispatch(command: str, arguments: list[str]) -> int:
    """Runs one command."""
    if command == "run":
        return run(arguments)
    if command == "test":
        return test(arguments)
    if command == "bench" and arguments[:1] == ["search"]:
        return in_checkout("-m", "tests.benchmarks.search.compare", *arguments[1:])
    if command == "bench":
        ensure_environment()
        # One of them types into a real window.
        ensure_system({**OFFSCREEN_LIBRARIES, **X11_LIBRARIES}, TEST_PROGRAMS)
        return in_checkout("-m", "pytest", "tests/benchmarks", "-s", *arguments)
    if command == "check":
        return in_checkout("-m", "kbviewer", "check", "content", *arguments)
    if command == "screenshots":
        return in_checkout(
            "-m", "kbviewer.app.gui.screenshots", "resources/screenshots", "--small", *arguments
        )
    if command == "catalogues":
        return in_checkout("-m", "kbviewer.i18n.extraction", *arguments)
    if command in ("package", "lock"):
        return in_checkout("-m", f"resources.packaging.{command}", *arguments)
    return clean()


def main(arguments: list[str]) -> int:
    """Parses the first word; the rest belongs to the command."""
    complaint = complaint_about_python(tuple(sys.version_info[:3]))
    if complaint:
        say(complaint)
        return 1
    command = arguments[0] if arguments else "--help"
    if command in ("-h", "--help"):
        print(HELP, end="")
        return 0
    if command not in COMMANDS:
        say(f"dev.py has no command '{command}'; it has {', '.join(COMMANDS)}.")
        return 2
    try:
        return dispatch(command, arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
