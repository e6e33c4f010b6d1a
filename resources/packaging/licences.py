"""Under which licences the parts of the bundle come, where they do not say so in a form that tools read.

A part without a known licence stops the build: somebody has to look.
"""

from __future__ import annotations

from importlib.metadata import Distribution
from typing import Final, NamedTuple

from packaging.utils import canonicalize_name
from resources.packaging.places import PackagingError

OURS: Final = "MIT AND CC-BY-4.0"
PYTHON: Final = "PSF-2.0"
PYINSTALLER: Final = "GPL-2.0-or-later WITH Bootloader-exception"

# Packages of Debian whose libraries are taken along, as their copyright files have it.
_DEBIAN: Final = {
    "libbz2-1.0": "bzip2-1.0.6",
    "libffi8": "MIT",
    "liblzma5": "LicenseRef-public-domain",
    "libmpdec3": "BSD-2-Clause",
    "libpython3.11": PYTHON,
    "libuuid1": "BSD-3-Clause",
    "libxcb-cursor0": "X11",
    "libxcb-icccm4": "X11",
    "libxcb-image0": "X11",
    "libxcb-keysyms1": "X11",
    "libxcb-render-util0": "X11",
    "libxcb-util1": "X11",
    "libxcb-xkb1": "X11",
    "libxkbcommon-x11-0": "MIT",
}
_TOLD: Final = ("License-Expression", "License")
_PYTHON_PACKAGES: Final = {"markdown-it-py": "MIT", "mdurl": "MIT"}


class Inside(NamedTuple):
    """What a part has compiled in."""

    name: str
    licence: str
    version: str = ""


SAME_VERSION: Final = "="
"""The version of the part that it is in."""
_QT: Final = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"

# What wheels have compiled in and do not list themselves.
INSIDE: Final = {
    "pyside6-essentials": (
        Inside("qtbase", _QT, SAME_VERSION),
        Inside("qtsvg", _QT, SAME_VERSION),
        Inside("qtwayland", _QT, SAME_VERSION),
        Inside("icu", "ICU", "73.2"),
        Inside("double-conversion", "BSD-3-Clause"),
        Inside("harfbuzz", "MIT-Modern-Variant"),
        Inside("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib"),
        Inside("libpng", "libpng-2.0"),
        Inside("libwebp", "BSD-3-Clause"),
        Inside("md4c", "MIT"),
        Inside("pcre2", "BSD-3-Clause"),
    ),
    "pyyaml": (Inside("libyaml", "MIT"),),
    "babel": (Inside("cldr", "Unicode-3.0"),),
}
# What the lists that wheels bring do not say.
INSIDE_LICENCES: Final = {"openssl": "Apache-2.0"}


def licence_of_distribution(there: Distribution) -> str:
    """Return the licence of a Python package as an SPDX expression.

    Raises:
        PackagingError: it does not say one, and none is written here.
    """
    told = next((there.metadata[name] for name in _TOLD if name in there.metadata), "")
    found = _PYTHON_PACKAGES.get(canonicalize_name(there.name)) or told
    if not found or "\n" in found:
        raise PackagingError(
            f"{there.name} does not say its licence: add it to resources/packaging/licences.py."
        )
    return found


def licence_of_debian_package(name: str) -> str:
    """Return the licence of a library of the system.

    Raises:
        PackagingError: none is written here.
    """
    if name not in _DEBIAN:
        raise PackagingError(
            f"The licence of {name} is not known: read /usr/share/doc/{name}/copyright and add it to "
            "resources/packaging/licences.py."
        )
    return _DEBIAN[name]
