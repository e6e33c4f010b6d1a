"""What Babel formatted at one start is there at the next."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kbviewer.i18n.kept_formats import KeptFormats

DAY = date(2005, 8, 5)

PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from kbviewer.i18n.kept_formats import KeptFormats
kept = KeptFormats(Path(sys.argv[1]))
print(kept.long_date(date(2005, 8, 5), "sv"), kept.language_name("en", "sv"), "babel" in sys.modules)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "formats.json"


def test_the_next_start_needs_no_babel(path: Path) -> None:
    """Its data take 50 ms to load."""
    kept = KeptFormats(path)
    kept.long_date(DAY, "sv")
    kept.language_name("en", "sv")

    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )

    assert answer.stdout.split() == ["5", "augusti", "2005", "engelska", "False"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"stamp": "1", "texts": {"sv en": "?"}}', '{"texts": {"sv en": "?"}}'],
    ids=["empty", "list", "cut", "another Babel", "no stamp"],
)
def test_what_cannot_be_trusted_is_formatted_again(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")

    assert KeptFormats(path).language_name("en", "sv") == "engelska"
    assert json.loads(path.read_text(encoding="utf-8"))["texts"] == {"sv en": "engelska"}


def test_texts_of_the_wrong_kind_are_formatted_again(path: Path) -> None:
    KeptFormats(path).language_name("en", "sv")
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**kept, "texts": {"sv en": 5}}), encoding="utf-8")

    assert KeptFormats(path).language_name("en", "sv") == "engelska"


def test_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbviewer.i18n.kept_formats._LARGEST", 2)
    kept = KeptFormats(path)
    for tag in ("en", "sv", "fi", "da", "nb"):
        kept.language_name(tag, "sv")

    assert len(json.loads(path.read_text(encoding="utf-8"))["texts"]) <= 2


def test_a_folder_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")

    kept = KeptFormats(tmp_path / "cache" / "formats.json")

    assert kept.long_date(DAY, "en") == "5 August 2005"
