"""What of the libraries goes into the bundle. Decisions only; nothing is imported or touched here.

Names are those of files in the bundle, with slashes.
"""

from __future__ import annotations

import re
from pathlib import PurePath, PurePosixPath
from typing import Final

LOCALES: Final = ("en", "sv")

# Modules that nothing which the reader can do leads to.
LEFT_OUT_MODULES: Final = (
    "kbviewer.app.gui.screenshots",
    "kbviewer.i18n.catalogue_check",
    "kbviewer.i18n.code_messages",
    "kbviewer.i18n.extraction",
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "PySide6.scripts",
    "_pyrepl",
    "curses",
    "distutils",
    "doctest",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "numpy.f2py",
    "numpy.testing",
    "pdb",
    "pip",
    "pkg_resources",
    "pydoc",
    "pydoc_data",
    "readline",
    "setuptools",
    "sqlite3.test",
    "test",
    "tkinter",
    "unittest",
    "urllib3.contrib.emscripten",
    "wheel",
)

# Plugins of Qt by folder: what is not named here stays out. Names as on Linux, Windows and macOS.
_QT_PLUGINS: Final = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qminimal", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qgtk3", "qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "cocoaprintersupport", "windowsprintersupport"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"fullscreen-shell-v1", "xdg-shell"},
}
_QT_LIBRARIES: Final = {
    "Core",
    "DBus",
    "Gui",
    "PrintSupport",
    "Svg",
    "WaylandClient",
    "Widgets",
    "WlShellIntegration",
    "XcbQpa",
}

# Plugins that load what some desktops have and others do without: none of it becomes a dependency.
OPTIONAL_FILES: Final = re.compile(
    r"/plugins/(platformthemes/libqgtk3|printsupport/libcups|platforms/libqwayland|wayland-)"
    r"|/lib/libQt6(WaylandClient|WlShellIntegration)"
)

# Libraries of the system that go along, because a desktop without root may lack them. OpenSSL and SQLite are
# not among them: every system with a new enough C library has both, and their faults are mended there.
_SYSTEM_LIBRARIES: Final = re.compile(
    r"lib(python3|ffi|bz2|lzma|uuid|mpdec|xcb-(cursor|icccm|image|keysyms|render-util|util|xkb)|xkbcommon-x11)"
    r"\b.*\.so"
)

_UNUSED_FILES: Final = (
    # Of rapidfuzz we use one distance, of two words at a time; it does without what is not here.
    re.compile(r"^rapidfuzz/((fuzz|process|utils)_cpp|distance/metrics_cpp_avx2)"),
    re.compile(
        r"^numpy/(_core/(_multiarray_tests|_operand_flag_tests|_rational_tests|_struct_ufunc_tests|_umath_tests|_simd)|fft/)"
    ),
    # Character sets of East Asia: articles are UTF-8.
    re.compile(r"/lib-dynload/(readline|_curses|_tkinter|_test|_codecs_|_multibytecodec)"),
    re.compile(r"^numpy/.*/tests/|^numpy/.*\.(pyi|pxd|h)$|^PySide6/.*\.pyi$"),
)


def is_shipped(name: str, *, from_system: bool = False) -> bool:
    """Return whether a file goes into the bundle.

    Args:
        name: where it would lie, with slashes.
        from_system: it is a library of the system that builds, not of a Python package.
    """
    path = PurePosixPath(name)
    if any(pattern.search(name) for pattern in _UNUSED_FILES):
        return False
    if "/plugins/" in name:
        folder, stem = path.parent.name, path.name.split(".")[0].removeprefix("lib")
        return stem in _QT_PLUGINS.get(folder, ())
    if path.name.endswith(".qm"):
        return path.name in {f"qtbase_{locale}.qm" for locale in LOCALES}
    if found := re.match(r"(?:lib)?Qt6(\w+?)\.(so|dll|dylib)", path.name):
        return found[1] in _QT_LIBRARIES
    if name.startswith("babel/locale-data/"):
        return is_wanted_locale(path.stem)
    if from_system:
        return _SYSTEM_LIBRARIES.match(path.name) is not None
    return True


def is_system_library(name: str, source: str, environment: str) -> bool:
    """Return whether a file of the bundle is a library of the system that builds.

    Args:
        name: where it would lie in the bundle.
        source: the file that it is a copy of, or what a link says.
        environment: the folder with all Python packages.
    """
    at_top = PurePath(name).parent == PurePath()
    return (
        at_top
        and ".so" in name
        and PurePath(source).is_absolute()
        and not PurePath(source).is_relative_to(environment)
    )


def is_wanted_locale(name: str) -> bool:
    """Return whether a locale such as `sv_SE` is one of a language that the program speaks, or of all."""
    return name == "root" or name.replace("-", "_").split("_")[0] in LOCALES


def is_wanted_icu_item(name: str) -> bool:
    """Return whether an item of ICU's data, such as `coll/sv.res`, is needed.

    Left out: character sets (we read UTF-8 only), transliteration, names of currencies, units, languages and
    the like, which Babel or Qt itself knows, names of characters, boundaries of words, and other languages.
    """
    folder, _, item = name.rpartition("/")
    if (
        item.endswith((".cnv", ".dict"))
        or folder not in ("", "coll")
        or item in ("unames.icu", "confusables.cfu")
    ):
        return False
    stem = item.removesuffix(".res")
    if item.endswith(".res") and re.fullmatch(r"[a-z]{2,3}(_\w+)?", stem):
        return is_wanted_locale(stem)
    return True


def is_strippable(name: str) -> bool:
    """Return whether symbols may be taken out of a file: it has some, and no tool has moved parts of it.

    Libraries that a wheel brings along were changed by auditwheel, which `strip` does not always survive.
    """
    return (
        re.search(
            r"/lib-dynload/|^libpython|^yaml/_yaml|^cryptography/|^_cffi_backend|^numpy/|/libicu(i18n|uc)\.",
            name,
        )
        is not None
    )


def is_of_debian(name: str) -> bool:
    """Return whether a library at the bundle's top is one that Debian has: the system's, but for Python."""
    return _SYSTEM_LIBRARIES.match(name) is not None and not name.startswith("libpython")
