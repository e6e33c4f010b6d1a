"""Extraction and check, on small checkouts of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbviewer.i18n.code_messages import extract_from
from kbviewer.i18n.extraction import check, main, update


@pytest.fixture
def root(tmp_path: Path) -> Path:
    checkout = tmp_path / "checkout"
    (checkout / "kbviewer").mkdir(parents=True)
    catalogue = checkout / "i18n" / "sv" / "LC_MESSAGES" / "kbviewer.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid ""\nmsgstr ""\n"Language: sv\\n"\n', encoding="utf-8")
    return checkout


def write_code(root: Path, code: str) -> None:
    (root / "kbviewer" / "code.py").write_text(code, encoding="utf-8")


def catalogue_of(root: Path) -> Path:
    return root / "i18n" / "sv" / "LC_MESSAGES" / "kbviewer.po"


def translate(root: Path, original: str, translation: str) -> None:
    path = catalogue_of(root)
    text = path.read_text(encoding="utf-8")
    before = f'msgid "{original}"\nmsgstr ""\n'
    assert before in text
    path.write_text(
        text.replace(before, f'msgid "{original}"\nmsgstr "{translation}"\n'), encoding="utf-8", newline="\n"
    )


def findings(root: Path) -> list[str]:
    return [str(slip) for slip in check(root)]


def test_every_way_to_mark_a_text_is_found() -> None:
    code = """
text = N_("one " "sentence")
self.translator.gettext("two")
ngettext("{n} step", "{n} steps", 3)
# TRANSLATORS: a verb
pgettext("menu", "Open")
npgettext("menu", "{n} file", "{n} files", 2)
gettext(N_("nested"))
Annotated[float, Help(N_("annotated"))]
gettext(variable)
other("not this")
"""
    messages, slips = extract_from(code, "kbviewer/code.py")

    assert [(m.singular, m.plural, m.context, m.comment) for m in messages] == [
        ("one sentence", "", "", ""),
        ("two", "", "", ""),
        ("{n} step", "{n} steps", "", ""),
        ("Open", "", "menu", "a verb"),
        ("{n} file", "{n} files", "menu", ""),
        ("nested", "", "", ""),
        ("annotated", "", "", ""),
    ]
    assert slips == []


@pytest.mark.parametrize(
    "code",
    [
        'gettext(f"{count} steps")',
        'gettext("%d steps" % count)',
        'gettext("{} steps".format(count))',
        'gettext("a" + name)',
        "N_(variable)",
        'pgettext("menu", f"Open {name}")',
        'ngettext("step", f"{n} steps", n)',
        'message("no article {id}", id=1)',
    ],
)
def test_text_that_extraction_would_miss_is_reported(code: str) -> None:
    messages, slips = extract_from(f"x = 1\n{code}\n", "kbviewer/code.py")

    assert [(slip.path, slip.line) for slip in slips] == [("kbviewer/code.py", 2)]
    assert messages == []


def test_complete_catalogue_passes(root: Path) -> None:
    write_code(root, 'N_("&Open {name} …")\n')
    update(root)
    translate(root, "&Open {name} …", "&Öppna {name} …".replace("&Ö", "Ö").replace("pp", "&pp"))

    assert findings(root) == []
    assert main(["--check", "--root", str(root)]) == 0


def test_extraction_keeps_translations_and_drops_what_is_gone(root: Path) -> None:
    write_code(root, 'N_("old")\nN_("kept")\n')
    update(root)
    translate(root, "old", "gammal")
    translate(root, "kept", "kvar")
    write_code(root, 'N_("new")\nN_("kept")\n')

    update(root)

    text = catalogue_of(root).read_text(encoding="utf-8")
    assert 'msgid "kept"\nmsgstr "kvar"' in text
    assert 'msgid "new"\nmsgstr ""' in text
    assert "gammal" not in text


def test_similar_text_is_never_guessed(root: Path) -> None:
    """Fuzzy matching gives a wrong sentence the look of a right one."""
    write_code(root, 'N_("Remove the folder")\n')
    update(root)
    translate(root, "Remove the folder", "Ta bort mappen")
    write_code(root, 'N_("Remove the folders")\n')

    update(root)

    assert "Ta bort" not in catalogue_of(root).read_text(encoding="utf-8")


def test_moving_code_changes_no_file(root: Path) -> None:
    write_code(root, 'N_("text")\n')
    update(root)
    before = (root / "i18n" / "kbviewer.pot").read_bytes(), catalogue_of(root).read_bytes()
    write_code(root, '\n\n\nN_("text")\n')

    update(root)

    assert ((root / "i18n" / "kbviewer.pot").read_bytes(), catalogue_of(root).read_bytes()) == before
    assert b"Date" not in before[0] + before[1]


def test_text_that_was_never_extracted_is_reported(root: Path) -> None:
    write_code(root, 'N_("text")\n')
    update(root)
    translate(root, "text", "text")
    write_code(root, 'N_("text")\nN_("newer")\n')

    assert findings(root) == [
        "i18n/kbviewer.pot:1: is not up to date; extract again",
        "i18n/sv/LC_MESSAGES/kbviewer.po:1: “newer” is missing; extract again",
    ]


@pytest.mark.parametrize(
    ("original", "translation", "complaint"),
    [
        ("Open", "", "is not translated"),
        ("Open", "   ", "is not translated"),
        ("Open {name}", "Öppna {namn}", "other fields"),
        ("Open {name}", "Öppna {name", "other fields"),
        ("open %(name)s now", "öppna %(name)d nu", "other fields"),
        ("Open.", "Öppna", "other punctuation"),
        ("Open…", "Öppna", "other punctuation"),
        ("Open: ", "Öppna:", "other punctuation"),
        ("&Open", "Öppna", "0 mnemonics instead of 1"),
        ("&Open", "&Öppna", "other than a to z"),
        ("Open", "Öppna...nu", "three full stops"),
        ("Open", "Öppna  nu", "two spaces"),
        ("Open", "Öppna “nu”", "not Swedish"),
        ("Open", "Öppna - nu", "hyphen"),
    ],
)
def test_wrong_translation_is_reported_with_its_line(
    root: Path, original: str, translation: str, complaint: str
) -> None:
    write_code(root, f'N_("{original}")\n')
    update(root)
    if translation:
        translate(root, original, translation)

    assert any(complaint in finding for finding in findings(root)), findings(root)
    assert all(finding.startswith("i18n/sv/LC_MESSAGES/kbviewer.po:") for finding in findings(root))
    assert main(["--check", "--root", str(root)]) == 1


def test_missing_plural_form_is_reported(root: Path) -> None:
    write_code(root, 'ngettext("{n} step", "{n} steps", 2)\n')
    update(root)
    path = catalogue_of(root)
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgstr[0] ""', 'msgstr[0] "{n} steg"'), encoding="utf-8"
    )

    assert any("is not translated" in finding for finding in findings(root))


def test_slip_in_the_programs_own_text_is_reported_where_it_stands(root: Path) -> None:
    write_code(root, '\nN_("Open...")\n')

    assert "kbviewer/code.py:2: “Open...” has three full stops instead of “…”" in findings(root)


def test_broken_catalogue_is_reported_not_raised(root: Path) -> None:
    write_code(root, 'N_("Open")\n')
    update(root)
    for damage in (b"no catalogue at all\n", b'msgid "\xff"\n', b'msgid "Open\nmsgstr nothing\n'):
        catalogue_of(root).write_bytes(damage)

        assert findings(root)
