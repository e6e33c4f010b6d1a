"""The command palette without its widget: what it offers, what it finds, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import OutlineEntry
from kbviewer.model.inline import Run
from kbviewer.ui.shell.actions import ActionId
from kbviewer.ui.shell.palette_entries import offered, section_entries
from kbviewer.ui.shell.palette_matching import Entry, find_entries, words_of
from kbviewer.ui.shell.palette_model import PaletteModel

I18N = Path(__file__).parents[3] / "i18n"

OPEN = Entry("open", "Öppna biblioteksmapp", "Arkiv", "Ctrl+O", ("Open library folder", "File"))
COPY = Entry("copy", "Kopiera", "Redigera", "Ctrl+C", ("Copy", "Edit"))
COPY_LINK = Entry("copy-link", "Kopiera länk", "Redigera", "Ctrl+Skift+C", ("Copy link", "Edit"))
DARK = Entry("dark", "Mörkt", "Tema", "", ("Dark", "Theme"), is_on=True)
ZOOM = Entry("zoom", "Zooma in", "Visa", "Ctrl++", ("Zoom in", "View"))
SECTION = Entry("#copies", "Gå till Kopior", "Innehåll", is_section=True)
ALL = (OPEN, COPY, COPY_LINK, DARK, ZOOM, SECTION)


def keys(entries: Sequence[Entry]) -> list[str]:
    return [entry.key for entry in entries]


@pytest.fixture
def model() -> PaletteModel:
    model = PaletteModel(Translator(I18N, "sv"))
    model.set_entries(ALL)
    return model


def test_without_a_query_everything_stands_in_the_order_of_the_menus() -> None:
    assert keys(find_entries(ALL, " ")) == keys(ALL)


def test_the_last_used_stand_first_while_nothing_is_typed() -> None:
    assert keys(find_entries(ALL, "", ["zoom", "copy"]))[:3] == ["zoom", "copy", "open"]


@pytest.mark.parametrize("query", ["öppna", "oppna", "ÖPP", "bibl öpp", "  öppna   bib "])
def test_words_are_found_begun_in_any_order_and_without_diacritics(query: str) -> None:
    """A foreign keyboard has no ö."""
    assert keys(find_entries(ALL, query)) == ["open"]


def test_all_words_must_fit() -> None:
    assert keys(find_entries(ALL, "kopiera")) == ["copy", "copy-link"]
    assert keys(find_entries(ALL, "kopiera länk")) == ["copy-link"]
    assert find_entries(ALL, "kopiera zooma") == []


def test_beginnings_of_words_come_before_their_insides() -> None:
    inside = Entry("inside", "Förkopia")

    assert keys(find_entries((inside, COPY), "kopi")) == ["copy", "inside"]


def test_the_menu_helps_to_narrow_down() -> None:
    assert keys(find_entries(ALL, "tema")) == ["dark"]
    assert keys(find_entries(ALL, "mörk tema")) == ["dark"]


def test_the_name_in_the_other_language_is_the_second_choice() -> None:
    """Somebody may know the English name; the Swedish one goes first all the same."""
    swedish = Entry("swedish", "Copyright")

    assert keys(find_entries((COPY, swedish), "copy")) == ["swedish", "copy"]
    assert keys(find_entries(ALL, "dark theme")) == ["dark"]


def test_sections_stand_after_the_actions_even_when_they_fit_better() -> None:
    inside = Entry("inside", "Förkopia")

    assert keys(find_entries((SECTION, inside), "kopi")) == ["inside", "#copies"]


def test_of_equally_good_ones_the_last_used_is_first() -> None:
    assert keys(find_entries(ALL, "kopiera", ["copy-link"])) == ["copy-link", "copy"]


def test_signs_alone_find_nothing() -> None:
    """They are no words; showing everything would look like an answer."""
    assert words_of("… ++") == ()
    assert find_entries(ALL, "++") == []


def test_what_cannot_be_done_now_is_not_offered() -> None:
    specs = offered(lambda action: action is not ActionId.BACK)

    assert {spec.id for spec in specs} == set(ActionId) - {ActionId.BACK, ActionId.PALETTE}


def test_headings_become_places_to_go_to() -> None:
    outline = (OutlineEntry("password", 2, (Run("Lösenord"),)),)

    (entry,) = section_entries(outline, Translator(I18N, "sv"))

    assert (entry.key, entry.text, entry.is_section) == ("#password", "Gå till Lösenord", True)


def test_a_row_is_spoken_with_state_menu_and_shortcut(model: PaletteModel) -> None:
    """What is seen beside the name is heard, too."""
    assert model.spoken(0) == "Öppna biblioteksmapp, Arkiv, Ctrl+O"
    assert model.spoken(model.row_of("dark")) == "Mörkt, på, Tema"


def test_the_number_of_results_is_told_or_what_to_do(model: PaletteModel) -> None:
    model.set_query("kopiera")
    assert model.summary == "2 resultat"
    model.set_query("xyz")
    assert model.summary == "Ingenting heter så. Prova ett annat ord."
    assert model.row_of("copy") == -1


def test_only_the_latest_five_are_remembered(model: PaletteModel) -> None:
    """More would bury the order of the menus."""
    for key in ("open", "copy", "copy-link", "dark", "zoom", "copy", "other"):
        model.remember(key)
    model.set_query("")

    assert keys(model.rows) == ["copy", "zoom", "dark", "copy-link", "open", "#copies"]


def test_other_entries_keep_the_query(model: PaletteModel) -> None:
    """As when the language is switched."""
    model.set_query("copy")
    model.set_entries([Entry("copy", "Copy", "Edit", "", ("Kopiera", "Redigera")), Entry("dark", "Dark")])

    assert keys(model.rows) == ["copy"]
