"""What goes into the bundle."""

from __future__ import annotations

import pytest

from resources.packaging.contents import (
    LEFT_OUT_MODULES,
    is_of_debian,
    is_shipped,
    is_system_library,
    is_wanted_icu_item,
)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "libQt6PrintSupport.so.6",
        "PySide6/Qt/translations/qtbase_sv.qm",
        "PySide6/QtWidgets.abi3.so",
        "babel/locale-data/sv_SE.dat",
        "babel/locale-data/en_SE.dat",
        "babel/locale-data/root.dat",
        "kbviewer/_data/content/kb307294/sv.md",
        "numpy/random/mtrand.cpython-311-x86_64-linux-gnu.so",
        "rapidfuzz/distance/metrics_cpp.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_the_program_uses_is_shipped(name: str) -> None:
    assert is_shipped(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6Network.so.6",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_sv.qm",
        "babel/locale-data/de.dat",
        "babel/locale-data/svc.dat",
        "rapidfuzz/fuzz_cpp_avx2.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_it_does_not_use_is_not(name: str) -> None:
    assert not is_shipped(name)


def test_of_the_system_only_what_desktops_may_lack_is_taken_along() -> None:
    """A library that is older than the system's brings its faults back."""
    assert is_shipped("libxcb-cursor.so.0", from_system=True)
    assert is_shipped("libpython3.11.so.1.0", from_system=True)
    for name in ("libssl.so.3", "libsqlite3.so.0", "libX11.so.6", "libglib-2.0.so.0", "libstdc++.so.6"):
        assert not is_shipped(name, from_system=True)


def test_a_debian_package_depends_on_what_debian_has() -> None:
    assert is_of_debian("libxcb-cursor.so.0")
    assert not is_of_debian("libpython3.11.so.1.0")
    assert not is_of_debian("libQt6Core.so.6")


def test_libraries_of_the_system_are_told_from_those_of_packages() -> None:
    assert is_system_library("libffi.so.8", "/usr/lib/x86_64-linux-gnu/libffi.so.8", "/env")
    assert not is_system_library(
        "libpyside6.abi3.so.6.11", "/env/lib/PySide6/libpyside6.abi3.so.6.11", "/env"
    )
    assert not is_system_library("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "/env")
    assert not is_system_library("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/_ssl.so", "/env")


def test_icu_keeps_what_sorts_and_tells_time_in_our_languages() -> None:
    for name in (
        "coll/ucadata.icu",
        "coll/sv.res",
        "coll/root.res",
        "root.res",
        "sv_SE.res",
        "zoneinfo64.res",
        "en.res",
    ):
        assert is_wanted_icu_item(name), name
    for name in (
        "coll/zh.res",
        "de.res",
        "gb18030.cnv",
        "brkitr/thaidict.dict",
        "translit/root.res",
        "curr/sv.res",
    ):
        assert not is_wanted_icu_item(name), name


def test_no_command_of_the_reader_is_left_out() -> None:
    """Only what developers run from a checkout may be missing."""
    ours = {name for name in LEFT_OUT_MODULES if name.startswith("kbviewer.")}

    assert ours == {
        "kbviewer.app.gui.screenshots",
        "kbviewer.i18n.catalogue_check",
        "kbviewer.i18n.code_messages",
        "kbviewer.i18n.extraction",
    }
