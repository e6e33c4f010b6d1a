"""`kbviewer translate` as translators use it: real processes, real files."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.e2e.test_cli import ROOT, assert_one_sentence, run
from tests.support.translating import TRANSLATION, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "library")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_commands_of_the_translators_guide_work(tmp_path: Path) -> None:
    """Each line is taken from CONTRIBUTING.md; nothing of the Markdown changes."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = re.search(r"### Translating.*?```console\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    shutil.copytree(ROOT / "content", tmp_path / "content")
    before = contents(tmp_path)
    commands = block.group(1).splitlines()
    assert len(commands) == 5

    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "kbviewer"
        done = run(*arguments, "--library", "content", "--language", "en", cwd=tmp_path)
        assert done.returncode == 0, done.stderr

    after = contents(tmp_path)
    after.pop("kb307294.po")
    assert after == before


def test_the_shipped_translations_are_accepted_and_complete() -> None:
    done = run("translate", "status", "content", "--json")

    rows = json.loads(done.stdout)["translations"]
    assert {(row["article"], row["from"], row["to"]) for row in rows} == {
        ("account-security-info", "sv", "en"),
        ("kb307294", "sv", "en"),
        ("kb902534", "en", "sv"),
        ("online-meetings", "sv", "en"),
    }
    assert all(row["percent"] == 100 and row["accepted_before"] for row in rows)
    assert not any(row["unaccepted"] or row["stale"] or row["missing"] or row["extra"] for row in rows)


@pytest.mark.parametrize(
    ("language", "head", "done"),
    [
        ("en", "Article  Language  Translated  Not accepted  Changed since  Missing  Extra  Done  By", "90%"),
        (
            "sv",
            "Artikel  Språk    Översatta  Ej godkända  Ändrat sedan dess  Saknas  Extra  Klart  Av",
            "90 %",
        ),
    ],
)
def test_the_status_is_a_table(bench: Bench, language: str, head: str, done: str) -> None:
    run("translate", "accept", bench.root)
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    bench.edit(bench.target, "- Kontrollera kabeln.\n", "")

    lines = run("translate", "status", bench.root, "--language", language).stdout.splitlines()

    assert lines[0] == head
    assert lines[1].split() == f"kb1 en → sv 20 0 1 1 0 {done} Åsa, 1".split()


def test_a_translation_goes_out_and_comes_back(bench: Bench, tmp_path: Path) -> None:
    run("translate", "accept", bench.root)
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    po = tmp_path / "x.po"
    done = run(
        "translate", "export", "kb1", "--to", "sv", "-o", po, "--library", bench.root, "--language", "en"
    )
    assert "22 texts: 1 changed since, 0 missing." in done.stderr
    text = po.read_text(encoding="utf-8")
    assert '#, fuzzy\n#| msgid "Open the lid."\nmsgctxt "kb1#open"' in text

    po.write_text(
        text.replace("#, fuzzy\n", "").replace("Öppna luckan.", "Öppna framluckan."), encoding="utf-8"
    )
    done = run("translate", "import", po, "--library", bench.root, "--dry-run", "--language", "en")
    assert done.stdout == "kb1/sv.md: 1 text changed\n"
    assert bench.target.read_text(encoding="utf-8") == TRANSLATION

    done = run("translate", "import", po, "--library", bench.root, "--language", "en")
    assert done.returncode == 0, done.stderr
    expected = TRANSLATION.replace("Öppna luckan.", "Öppna framluckan.")
    assert bench.target.read_text(encoding="utf-8") == expected
    rows = json.loads(run("translate", "status", bench.root, "--json").stdout)["translations"]
    assert (rows[0]["translated"], rows[0]["stale"]) == (22, 0)


def test_a_first_translation_makes_the_file(bench: Bench, tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    run("translate", "export", "kb1", "--to", "sv", "-o", po, "--library", bench.root)
    bench.target.unlink()

    done = run("translate", "import", po, "--library", bench.root)

    assert done.returncode == 0, done.stderr
    assert "Öppna luckan. {#open}" in bench.target.read_text(encoding="utf-8")
    assert run("check", bench.root).returncode in (0, 1)
    rows = json.loads(run("translate", "status", bench.root, "--json").stdout)["translations"]
    assert (rows[0]["from"], rows[0]["translated"], rows[0]["percent"]) == ("en", 22, 100)


def test_nothing_is_written_when_anything_is_wrong(bench: Bench, tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    run("translate", "export", "kb1", "--to", "sv", "-o", po, "--library", bench.root)
    text = po.read_text(encoding="utf-8")
    po.write_text(
        text.replace("Öppna luckan.", "Lyft.").replace("Se [ström](#power)", "Se ström"), encoding="utf-8"
    )
    before = contents(bench.root)

    done = run("translate", "import", po, "--library", bench.root, "--language", "en")

    assert done.returncode == 1
    line = text[: text.index('msgid "See [power]')].count("\n") + 1
    assert done.stdout == (
        f"x.po:{line}: “light/p1”: the link '#power' is missing; "
        "correct the translation and import the file again; nothing was changed.\n"
    )
    assert done.stderr == "Nothing was imported.\n"
    assert contents(bench.root) == before


def test_an_import_reaches_no_file_outside_the_library(bench: Bench, tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    head = 'msgid ""\nmsgstr "Language: sv\\n"\n\n'
    po.write_text(f'{head}msgctxt "../kb1#open"\nmsgid "Open the lid."\nmsgstr "X"\n', encoding="utf-8")
    before = contents(tmp_path)

    done = run("translate", "import", po, "--library", bench.root)

    assert done.returncode == 1
    assert "x.po:5" in done.stdout
    assert contents(tmp_path) == before


def test_a_minor_edit_keeps_the_translation(bench: Bench) -> None:
    run("translate", "accept", bench.root)
    bench.edit(bench.source, "Open the lid.", "Open the lid!")

    done = run("translate", "accept", "kb1", "--block", "open", "--library", bench.root, "--language", "sv")

    assert done.stdout == "kb1/sv.md: 1 text godkänd\n"
    rows = json.loads(run("translate", "status", bench.root, "--json").stdout)["translations"]
    assert rows[0]["stale"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["export", "kb1", "--to", "en"], 2, ["“en” is the language of the original", "--to"]),
        (["export", "kb1", "--to", "x!"], 2, ["“x!” is not the tag of a language"]),
        (["export", "kb2", "--to", "sv"], 1, ["no article “kb2”"]),
        (["export", "kb1", "--to", "de", "--from", "fr"], 1, ["has no text in “fr”", "en, sv"]),
        (["import", "none.po"], 1, ["none.po cannot be read"]),
        (["accept", "kb1", "--block", "nope"], 2, ["has no block “nope”"]),
        (["accept", "kb1", "--to", "de"], 2, ["has no translation"]),
        (["status", "nowhere"], 2, ["there is no file or folder"]),
    ],
)
def test_mistakes_end_in_one_sentence(
    bench: Bench, arguments: list[str], code: int, parts: list[str]
) -> None:
    done = run("translate", *arguments, "--library", bench.root, "--language", "en")
    assert done.returncode == code
    assert_one_sentence(done, *parts)
