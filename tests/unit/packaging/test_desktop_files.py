"""What the desktop reads: entries, type of packs, metadata. Valid, in both languages, and true."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kbviewer.app.arguments import parse
from kbviewer.content.packs.layout import MIMETYPE, MIMETYPE_NAME, SUFFIX
from kbviewer.i18n.translator import Translator
from kbviewer.model.kb_links import SCHEME
from resources.packaging.places import LINUX
from tests.support.packs import make_pack
from tests.support.tree import ROOT

ENTRIES = sorted(LINUX.glob("*.desktop"))
METAINFO = LINUX / "org.kbviewer.kbviewer.metainfo.xml.in"
MIME = LINUX / "kbviewer-mime.xml"
_NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser["Desktop Entry"]


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.name)
def test_entries_are_valid(path: Path) -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("needs desktop-file-utils")

    done = subprocess.run(["desktop-file-validate", str(path)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.name)
def test_entries_speak_both_languages(path: Path) -> None:
    entry = _entry(path)

    for key in ("GenericName", "Comment", "Keywords"):
        assert (key in entry) == (f"{key}[sv]" in entry)
    assert entry["Comment"] != entry["Comment[sv]"]


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.name)
@pytest.mark.parametrize("given", [[], ["something"]])
def test_entries_start_commands_that_there_are(path: Path, given: list[str]) -> None:
    """A desktop leaves the field out when the program is started from its menu."""
    program, *words = _entry(path)["Exec"].split()

    options = parse(
        [*(word for word in words if not word.startswith("%")), *given], Translator(ROOT / "i18n", "en")
    )

    assert program == "kbviewer"
    assert options.command == "open"
    assert options.article == "".join(given)


def test_entries_are_for_packs_and_for_links() -> None:
    taken = [_entry(path)["MimeType"] for path in ENTRIES]

    assert sorted(taken) == [f"{MIMETYPE.decode()};", f"x-scheme-handler/{SCHEME.partition(':')[0]};"]


def test_the_type_is_that_of_packs(tmp_path: Path) -> None:
    """Glob and magic are compared with a pack as it is built, byte by byte."""
    kind = ET.parse(MIME).getroot().find(f"{_NAMESPACE}mime-type")
    assert kind is not None
    assert kind.get("type") == MIMETYPE.decode()
    glob = kind.find(f"{_NAMESPACE}glob")
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    assert {comment.get(_LANGUAGE) for comment in kind.iter(f"{_NAMESPACE}comment")} == {None, "sv"}
    matches = [
        (int(match.get("offset", "")), match.get("value", "")) for match in kind.iter(f"{_NAMESPACE}match")
    ]
    assert matches == [(0, r"PK\003\004"), (30, MIMETYPE_NAME + MIMETYPE.decode())]

    pack = make_pack(tmp_path / "small.kbp").read_bytes()

    for offset, value in matches:
        wanted = value.encode("latin-1").decode("unicode_escape").encode("latin-1")
        assert pack[offset : offset + len(wanted)] == wanted


def test_metadata_is_valid_and_in_both_languages(tmp_path: Path) -> None:
    text = METAINFO.read_text("utf-8").replace("@VERSION@", "1.0").replace("@DAY@", "2026-01-02")
    root = ET.fromstring(text)
    for tag in ("summary", "developer_name", "description/p"):
        assert {part.get(_LANGUAGE) for part in root.findall(tag)} == {None, "sv"}
    assert len(root.findall("description/ul/li")) == 2 * len(root.findall(f"description/ul/li[@{_LANGUAGE}]"))
    if shutil.which("appstreamcli") is None:
        return
    file = tmp_path / METAINFO.name.removesuffix(".in")
    file.write_text(text, "utf-8")

    command = ["appstreamcli", "validate", "--no-net", "--no-color", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_drawings_are_xml() -> None:
    for path in (LINUX / "kbviewer-pack.svg", ROOT / "resources" / "kbviewer.svg"):
        assert ET.parse(path).getroot().tag.endswith("svg")
