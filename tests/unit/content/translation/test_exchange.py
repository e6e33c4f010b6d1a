"""What an import makes of an article: the texts, and nothing but the texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.translation.comparison import TextState, accept, compare
from kbviewer.content.translation.exchange import Imported, export_article, import_article
from kbviewer.content.translation.lock_file import write_lock
from kbviewer.content.translation.new_variant import new_file
from kbviewer.content.translation.po_file import PoEntry
from kbviewer.content.translation.replacing import Refusal, replace_texts, tidied
from kbviewer.content.translation.workspace import draft_of
from tests.support.translating import ORIGINAL, TRANSLATION, Bench

Change = Callable[[PoEntry], PoEntry]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "library")
    bench.lock.write_bytes(write_lock(accept(bench.work.pairs, "en")))
    return bench


def entries(bench: Bench) -> list[PoEntry]:
    work = bench.work
    found = export_article(work.source, "sv", work.pairs).entries
    return [replace(entry, line=100 + index) for index, entry in enumerate(found)]


def take(bench: Bench, found: list[PoEntry], **texts: str) -> Imported:
    """Import entries after the translator has changed some, named by key with "_" for "/"."""
    wanted = {key.replace("__", "/"): text for key, text in texts.items()}
    changed = [
        replace(entry, translation=wanted[key], is_fuzzy=False)
        if (key := entry.context.partition("#")[2]) in wanted
        else entry
        for entry in found
    ]
    return import_article(bench.work.source, bench.work, changed, "x.po")


def data(imported: Imported) -> str:
    assert not imported.problems, [str(problem.what) for problem in imported.problems]
    assert imported.target is not None
    return imported.target.data


def test_a_changed_original_goes_out_fuzzy_with_what_it_said(bench: Bench) -> None:
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    entry = next(entry for entry in entries(bench) if entry.context == "kb1#open")

    assert entry.is_fuzzy
    assert (entry.previous, entry.source, entry.translation) == (
        "Open the lid.",
        "Open the front lid.",
        "Öppna luckan.",
    )
    assert entry.comments == ("step, under “Light”",)
    assert entry.place == "kb1/en.md:18"


@pytest.mark.parametrize(
    ("key", "text", "old", "new"),
    [
        ("@title", "Skrivare: mer", "title: 'Skrivare: hjälp'", "title: 'Skrivare: mer'"),
        ("@description", "Så: kör", "description: Få igång skrivaren.", "description: 'Så: kör'"),
        ("open", "Lyft på luckan.", "1. Öppna luckan. {#open}", "1. Lyft på luckan. {#open}"),
        ("light/c1/p1", "Dra ur.\nNu.", "> Dra ur kontakten först.\n", "> Dra ur.\n> Nu.\n"),
        ("open/p1", "Rör\ninte `tray-1`.", "   Låt `tray-1` sitta kvar.", "   Rör\n   inte `tray-1`."),
        ("light/t1@0.0", "Ljus", "| Lampa  | Betydelse |", "| Ljus  | Betydelse |"),
        ("faq-smoke", "Ryker det?", "<summary>Är rök normalt?</summary>", "<summary>Ryker det?</summary>"),
        ("s0/p1", "En rad.", "Skrivaren gör ingenting.\nTitta på lampan.", "En rad."),
    ],
)
def test_only_the_text_itself_changes(bench: Bench, key: str, text: str, old: str, new: str) -> None:
    assert TRANSLATION.count(old) == 1

    imported = take(bench, entries(bench), **{key: text})

    assert data(imported) == TRANSLATION.replace(old, new)
    assert imported.changed == 1


def test_line_ends_and_a_byte_order_mark_stay(bench: Bench) -> None:
    written = "\ufeff" + TRANSLATION.replace("\n", "\r\n")
    bench.target.write_bytes(written.encode())

    imported = take(bench, entries(bench), **{"s0__p1": "Ett.\nTvå.\nTre."})

    before = "Skrivaren gör ingenting.\r\nTitta på lampan."
    assert data(imported) == written.replace(before, "Ett.\r\nTvå.\r\nTre.")


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("light/p1", "Se ström och tryck.", "the link '#power' is missing"),
        ("light/p1", "Se [ström](#pover).", "the link '#pover' is not in the original"),
        ("light/p1", "Se [ström](#power). {#new}", "the id '{#new}' is not in the original"),
        ("light/p1", "# Se [ström](#power).", "structure"),
        ("light/p1", "Se [ström](#power).\n\nMer.", "structure"),
        ("light/t1@1.1", "[Ingen | ström](#power)", "structure"),
        ("open", "1. Öppna", "structure"),
        ("open", "Öppna {0}", "the placeholder '{0}' is not in the original"),
        ("faq-smoke", "Rök?</summary></details>", "structure"),
        ("power/x1", "a\n```\nb", "structure"),
        ("close", "Stäng <a id='x'></a>", "the id 'x' is not in the original"),
    ],
)
def test_a_text_that_would_break_the_article_is_refused(
    bench: Bench, key: str, text: str, reason: str
) -> None:
    found = entries(bench)
    imported = take(bench, found, **{key: text})

    assert imported.target is None
    problem = imported.problems[0]
    assert any(reason in str(problem.what) for problem in imported.problems)
    assert (problem.path, problem.line) == (
        "x.po",
        next(entry.line for entry in found if entry.context == f"kb1#{key}"),
    )


def test_what_is_fuzzy_or_empty_stays_as_it_was(bench: Bench) -> None:
    bench.edit(bench.source, "Open the lid.", "Open the front lid.")
    found = [
        replace(entry, translation="") if entry.context == "kb1#close" else entry for entry in entries(bench)
    ]

    imported = import_article(bench.work.source, bench.work, found, "x.po")

    assert data(imported) == TRANSLATION
    assert (imported.fuzzy, imported.empty) == (1, 1)
    assert imported.lock is not None
    pairs = compare(bench.work.source.text.units, bench.work.target.text.units, imported.lock)
    assert [pair.key for pair in pairs if pair.state is TextState.STALE] == ["open"]


def test_an_original_that_changed_after_the_export_makes_the_new_text_stale(bench: Bench) -> None:
    """The translator has not seen what it says now."""
    found = entries(bench)
    bench.edit(bench.source, "Open the lid.", "Never open the lid.")

    imported = take(bench, found, open="Lyft luckan.")

    assert "1. Lyft luckan. {#open}" in data(imported)
    assert imported.target is not None
    pairs = compare(bench.work.source.text.units, imported.target.text.units, imported.lock)
    assert [pair.key for pair in pairs if pair.state is not TextState.TRANSLATED] == ["open"]


@pytest.mark.parametrize(
    ("old", "new", "key", "text", "there", "expected"),
    [
        (
            "2. Close the lid. {#close}",
            "2. Wait. {#wait}\n\n3. Close the lid. {#close}",
            "wait",
            "Vänta.",
            "2. Stäng luckan. {#close}",
            "2. Vänta. {#wait}\n\n2. Stäng luckan. {#close}",
        ),
        (
            "- Check the socket.",
            "- Check the socket.\n- Check the fuse.",
            "power/l1/3/p1",
            "Kontrollera säkringen.",
            "- Kontrollera uttaget.",
            "- Kontrollera uttaget.\n- Kontrollera säkringen.",
        ),
        (
            "See [power]",
            "A new one.\n\nSee [power]",
            "light/p1",
            "En ny.",
            "Se [ström]",
            "En ny.\n\nSe [ström]",
        ),
    ],
)
def test_a_new_block_is_put_where_the_original_has_it(
    bench: Bench, old: str, new: str, key: str, text: str, there: str, expected: str
) -> None:
    bench.edit(bench.source, old, new)

    imported = take(bench, entries(bench), **{key: text})

    assert data(imported) == TRANSLATION.replace(there, expected)
    assert imported.target is not None
    pairs = compare(bench.work.source.text.units, imported.target.text.units, imported.lock)
    assert {pair.state for pair in pairs} == {TextState.TRANSLATED}


def test_a_new_article_takes_the_structure_of_the_original(bench: Bench) -> None:
    found = entries(bench)
    source = bench.work.source
    file = new_file(source.file, "sv", [])
    assert file is not None
    assert file.source == "kb1/sv.md"

    imported = import_article(source, None, found, "x.po", file)

    text = data(imported)
    assert "lang: sv\n" in text
    assert "translation: {from: en, method: human}\n---\n" in text
    assert (
        text.partition("---\n# ")[2].split("\n")[3:]
        == TRANSLATION.replace("Lampa  |", "Lampa |").partition("---\n# ")[2].split("\n")[3:]
    )


def test_a_new_article_needs_all_of_its_texts(bench: Bench) -> None:
    source = bench.work.source
    imported = import_article(source, None, entries(bench)[:-1], "x.po", new_file(source.file, "sv", []))

    assert imported.target is None
    assert "power/x1" in str(imported.problems[0].what)


@pytest.mark.parametrize(
    ("source", "others", "path"),
    [
        ("en/help/x.md", ["sv-SE/help/y.md"], "sv-SE/help/x.md"),
        ("en/help/x.md", [], "sv/help/x.md"),
        ("help/x.md", [], None),
    ],
)
def test_a_new_file_stands_where_the_library_has_its_language(
    source: str, others: list[str], path: str | None
) -> None:
    files = [ArticleFile(other, "y", "sv", (0, 0)) for other in others]
    found = new_file(ArticleFile(source, "help/x", "en", (0, 0)), "sv", files)
    assert (found.source if found else None) == path


FILE = ArticleFile("kb1/en.md", "kb1", "en", (0, 0), True)
DRAFT = draft_of(FILE, ORIGINAL)
WILD = st.text(
    st.sampled_from("ab #>-|`*[]()!{}<>/:\\\"'\n\t1.") | st.characters(exclude_categories=["Cs"]), max_size=40
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(st.sampled_from([unit.key for unit in DRAFT.text.units]), WILD, min_size=1, max_size=3)
)
def test_whatever_a_translator_writes_the_rest_of_the_file_stays(texts: dict[str, str]) -> None:
    """Either the texts are there and nothing else has changed, or they are refused."""
    units = {unit.key: unit for unit in DRAFT.text.units}
    wanted = {key: tidied(units[key].kind, text) for key, text in texts.items()}
    wanted = {key: text for key, text in wanted.items() if text.strip()}

    result = replace_texts(DRAFT, wanted)

    if isinstance(result, Refusal):
        return
    assert {unit.key: unit.text for unit in result.text.units} == {
        unit.key: wanted.get(unit.key, unit.text) for unit in DRAFT.text.units
    }
    back = replace_texts(result, {key: units[key].text for key in wanted})
    assert not isinstance(back, Refusal)
    if not {"@title", "@description"} & set(wanted):
        assert back.data == ORIGINAL
