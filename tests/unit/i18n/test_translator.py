"""Catalogues are found by folder, loaded compiled or from source, and never stop the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator

CATALOGUE = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Open"
msgstr "{open}"

msgctxt "adjective"
msgid "Open"
msgstr "{opened}"

msgid "{{count}} step"
msgid_plural "{{count}} steps"
msgstr[0] "{{count}} steg"
msgstr[1] "{{count}} steg!"
"""


def write_catalogue(directory: Path, language: str, verb: str = "Öppna", adjective: str = "Öppen") -> Path:
    path = directory / language / "LC_MESSAGES" / "kbviewer.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CATALOGUE.format(language=language, open=verb, opened=adjective), encoding="utf-8")
    return path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write_catalogue(tmp_path / "i18n", "sv")
    return tmp_path / "i18n"


def test_text_is_looked_up_in_the_language_of_the_moment(directory: Path) -> None:
    translator = Translator(directory, "sv")
    assert translator.gettext("Open") == "Öppna"
    assert translator.pgettext("adjective", "Open") == "Öppen"
    assert translator.ngettext("{count} step", "{count} steps", 1) == "{count} steg"
    assert translator.ngettext("{count} step", "{count} steps", 2) == "{count} steg!"
    assert translator.npgettext("x", "{count} step", "{count} steps", 2) == "{count} steps"

    translator.set_language("en")

    assert translator.gettext("Open") == "Open"
    assert translator.pgettext("adjective", "Open") == "Open"


def test_third_language_is_a_folder_and_no_code(directory: Path) -> None:
    write_catalogue(directory, "fi", "Avaa")

    translator = Translator(directory, "fi")

    assert translator.languages() == ["en", "fi", "sv"]
    assert translator.gettext("Open") == "Avaa"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("sv-FI", "sv"), ("sv_SE", "sv"), ("SV", "sv"), ("de", "en"), ("", "en"), ("-", "en")],
)
def test_nearest_language_is_spoken(directory: Path, asked: str, spoken: str) -> None:
    assert Translator(directory, asked).language == spoken


def test_without_catalogues_english_is_spoken(tmp_path: Path) -> None:
    translator = Translator(tmp_path / "nowhere", "sv")

    assert (translator.language, translator.languages()) == ("en", ["en"])
    assert translator.gettext("Open") == "Open"


def test_nothing_is_translated_as_nothing(directory: Path) -> None:
    """gettext answers the empty text with the catalogue's header."""
    assert Translator(directory, "sv").gettext("") == ""


def test_folders_that_are_no_languages_are_passed_over(directory: Path) -> None:
    write_catalogue(directory, "old stuff")
    (directory / "de").mkdir()
    (directory / "kbviewer.pot").write_text("", encoding="utf-8")

    assert Translator(directory, "sv").languages() == ["en", "sv"]


def test_compiled_catalogue_is_kept_for_the_next_start(directory: Path, tmp_path: Path) -> None:
    """Compiling imports Babel, which a start cannot afford."""
    cache = tmp_path / "cache"
    Translator(directory, "sv", cache)
    program = (
        "import sys; from pathlib import Path; from kbviewer.i18n.translator import Translator;"
        "translator = Translator(Path(sys.argv[1]), 'sv', Path(sys.argv[2]));"
        "print(ascii(translator.gettext('Open')), 'babel' in sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program, str(directory), str(cache)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == ["'\\xd6ppna'", "False"]


def test_changed_catalogue_replaces_the_kept_one(directory: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Translator(directory, "sv", cache)
    write_catalogue(directory, "sv", "Öppna nu")

    assert Translator(directory, "sv", cache).gettext("Open") == "Öppna nu"
    assert len(list((cache / "catalogues").iterdir())) == 1


def test_damaged_kept_catalogue_is_compiled_again(directory: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Translator(directory, "sv", cache)
    (kept,) = (cache / "catalogues").iterdir()
    for damage in (b"", b"rubbish", kept.read_bytes()[:40], kept.read_bytes()[:-20]):
        kept.write_bytes(damage)

        assert Translator(directory, "sv", cache).gettext("Open") == "Öppna"


def test_cache_that_cannot_be_written_is_no_harm(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")

    assert Translator(directory, "sv", tmp_path / "cache").gettext("Open") == "Öppna"


def test_broken_catalogue_leaves_the_text_in_english(directory: Path) -> None:
    path = directory / "sv" / "LC_MESSAGES" / "kbviewer.po"
    path.write_bytes(b'msgid "Open\nmsgstr \xff')

    assert Translator(directory, "sv").gettext("Open") == "Open"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "sv_FI.UTF-8@euro"}, "sv"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:sv:en"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LC_ALL": "C", "LANGUAGE": "sv"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "sv"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LC_MESSAGES": "sv", "LANG": "C"}, "sv"),
    ],
)
def test_system_language_is_found_as_gettext_finds_it(environ: dict[str, str], language: str) -> None:
    assert system_language(["en", "sv"], environ) == language


def test_installed_catalogue_is_used_as_it_is(directory: Path, tmp_path: Path) -> None:
    """Installing may write the compiled file a moment before its source."""
    cache = tmp_path / "cache"
    Translator(directory, "sv", cache)
    (kept,) = (cache / "catalogues").iterdir()
    source = write_catalogue(directory, "sv", "from source")
    compiled = source.with_suffix(".mo")
    compiled.write_bytes(kept.read_bytes())
    written_ns = source.stat().st_mtime_ns

    os.utime(compiled, ns=(written_ns, written_ns - 10**9))
    assert Translator(directory, "sv").gettext("Open") == "Öppna"
    os.utime(compiled, ns=(written_ns, written_ns - 10**11))
    assert Translator(directory, "sv").gettext("Open") == "from source"
    source.unlink()
    assert Translator(directory, "sv").gettext("Open") == "Öppna"


def test_a_text_is_known_in_the_other_languages_too(tmp_path: Path) -> None:
    """The language that is on is not among them, before and after it is switched."""
    write_catalogue(tmp_path, "sv")
    write_catalogue(tmp_path, "da", verb="Åbn")
    translator = Translator(tmp_path, "sv")

    assert translator.in_other_languages("Open") == ("Åbn", "Open")
    translator.set_language("en")
    assert translator.in_other_languages("Open") == ("Åbn", "Öppna")
    assert translator.in_other_languages("") == ()


def test_languages_have_one_order_everywhere(directory: Path) -> None:
    """Those of the program first: a third one of some library does not push them aside."""
    translator = Translator(directory, "sv")

    assert translator.in_order(("sv", "fi", "en", "de", "sv")) == ("en", "sv", "de", "fi")
    assert translator.in_order(("fi",)) == ("fi",)
