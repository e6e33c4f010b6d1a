"""pack.toml: what a library says about itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbviewer.content.pack import Pack
from kbviewer.content.toml_file import MAX_TOML_BYTES
from kbviewer.model.errors import ContentError

TEXT = """
id = "samples"
version = "2026.11"
languages = ["sv", "en"]
date = 2026-11-22

[title]
sv = "Exempel"
en = "Samples"

[topics.sign-in]
sv = "Logga in"

[[absent]]
id = "KB307293"
title = {sv = "Saknas", en = "Absent"}
"""


def load(tmp_path: Path, text: str | bytes) -> Pack:
    path = tmp_path / "pack.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Pack.load(path)


def test_a_pack_is_read_and_survives_the_cache(tmp_path: Path) -> None:
    pack = load(tmp_path, TEXT)

    assert (pack.id, pack.languages, pack.day) == ("samples", ("sv", "en"), date(2026, 11, 22))
    assert Pack.from_data(pack.to_data()) == pack


def test_titles_fall_back_to_what_there_is(tmp_path: Path) -> None:
    pack = load(tmp_path, TEXT)

    assert pack.title("en") == "Samples"
    assert pack.title("de") == "Exempel"
    assert pack.topic_title("sign-in", "en") == "Logga in"
    assert pack.topic_title("unknown", "en") == "unknown"
    assert [pack.absent_title(form, "en") for form in ("307293", "Q307293", "kb307293")] == ["Absent"] * 3
    assert Pack(id="p").title("sv") == "p"


@pytest.mark.parametrize(
    "text",
    [
        "id = ",
        "id = 1",
        "languages = 1",
        "title = 'x'",
        "[topics]\nx = 1",
        "[[absent]]\nid = 'x'",
        "date = 'never'",
        b"\xff",
        b"#" * (MAX_TOML_BYTES + 1),
        "a = " + "[" * 5000,
    ],
)
def test_a_broken_pack_names_its_file_and_a_remedy(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(ContentError) as error:
        load(tmp_path, text)

    assert "pack.toml" in str(error.value.what)
    assert error.value.remedy is not None


def test_a_missing_pack_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"pack\.toml"):
        Pack.load(tmp_path / "pack.toml")
