"""glossary.toml: explanations for the reader, synonyms for the search."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.content.glossary import Glossary
from kbviewer.model.errors import ContentError

TEXT = """
[[term]]
id = "nat"
sv = {term = "NAT", tip = "Adressöversättning", synonyms = ["adressöversättning"]}
en = {term = "NAT", tip = "Address translation"}

[[term]]
id = "options"
en = {term = "Options"}
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    path = tmp_path / "glossary.toml"
    path.write_text(TEXT, encoding="utf-8")
    return Glossary.load(path)


def test_terms_and_their_synonyms_are_explained_whatever_their_case(glossary: Glossary) -> None:
    assert glossary.tips("sv") == {"nat": "Adressöversättning", "adressöversättning": "Adressöversättning"}
    assert glossary.tips("en") == {"nat": "Address translation"}
    assert glossary.tips("de") == {}


def test_words_with_one_meaning_are_grouped_by_language(glossary: Glossary) -> None:
    assert glossary.concepts() == (
        {"sv": ("NAT", "adressöversättning"), "en": ("NAT",)},
        {"en": ("Options",)},
    )


@pytest.mark.parametrize(
    "text", ["[[term]]", "[[term]]\nid = 1", "[[term]]\nid = 'x'\nsv = {tip = 'y'}", "term = 1"]
)
def test_a_broken_glossary_names_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match=r"glossary\.toml"):
        Glossary.load(path)
