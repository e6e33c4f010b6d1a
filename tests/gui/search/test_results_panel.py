"""The list of results: what a row says, where it lies, what a screen reader hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QListView
from pytestqt.qtbot import QtBot

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import Facet, FacetKind
from kbviewer.ui.search.controller import LIMIT
from kbviewer.ui.theme.chips import Chip, ChipTone
from kbviewer.ui.theme.surfaces import SHADOW_PX
from tests.gui.search.conftest import Desk, make_answer, make_hit

MakeDesk = Callable[..., Desk]


def show(desk: Desk, *hits) -> None:
    desk.panel.show()
    desk.panel.show_answer(make_answer(*hits))


def chips(desk: Desk, row: int = 0) -> list[Chip]:
    return desk.panel.model.chips(desk.panel.model.row(row))


def spoken(desk: Desk, row: int = 0) -> str:
    return str(desk.panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def rows(desk: Desk) -> QListView:
    (view,) = desk.panel.findChildren(QListView)
    return view


def height_of_row(desk: Desk, row: int = 0) -> int:
    return rows(desk).visualRect(desk.panel.model.index(row)).height()


def picture_of_row(desk: Desk, row: int = 0) -> QImage:
    view = rows(desk)
    place = view.visualRect(desk.panel.model.index(row))
    return view.viewport().grab(place).toImage()


def share_of(picture: QImage, colour: str) -> float:
    wanted = QColor(colour).rgb()
    size = picture.size()
    hits = sum(picture.pixel(x, y) == wanted for x in range(size.width()) for y in range(0, size.height(), 2))
    return 2 * hits / (size.width() * size.height())


def test_element_08_archived_articles_are_marked(desk: Desk) -> None:
    """Element 8: offered "as is", and seen before it is opened."""
    show(desk, make_hit(state=ArticleState.ARCHIVED))

    assert chips(desk) == [Chip("Archived", ChipTone.WARNING)]


def test_element_07_articles_that_are_no_longer_updated_are_marked(desk: Desk) -> None:
    """Element 7: the text may be out of date."""
    show(desk, make_hit(state=ArticleState.UNSUPPORTED))

    assert chips(desk) == [Chip("No longer updated", ChipTone.WARNING)]


def test_element_12_the_product_stands_in_the_row(desk: Desk) -> None:
    """Element 12: the first one, and how many more there are."""
    show(desk, make_hit(applies_to=("Lync 2013", "Skype")), make_hit(applies_to=("Lync 2013",)), make_hit())

    assert [chips(desk, row) for row in range(3)] == [[Chip("Lync 2013 +1")], [Chip("Lync 2013")], []]


def test_element_48_another_language_is_named(desk: Desk) -> None:
    """Element 48: "may be in English" becomes a badge."""
    show(desk, make_hit(language="sv"))

    assert chips(desk) == [Chip("In Swedish", ChipTone.ACCENT)]


def test_a_hit_from_another_variant_says_where_it_was_found(desk: Desk) -> None:
    """The article opens in the reader's language, where the words of the snippet may not stand."""
    show(desk, make_hit(found_in="sv"))

    assert chips(desk) == [Chip("Found in Swedish", ChipTone.ACCENT)]


def test_words_that_an_article_lacks_are_named(desk: Desk) -> None:
    """Whoever typed them decides whether the article helps all the same."""
    show(desk, make_hit(missing=("crash", "outlook")))

    assert chips(desk) == [Chip("Missing: crash, outlook", ChipTone.MUTED)]
    assert "Missing: crash, outlook" in spoken(desk)


def test_missing_words_are_spelled_as_they_were_searched(desk: Desk) -> None:
    """The note above says which spelling that is."""
    hit = make_hit(missing=("outlok",))

    desk.panel.show_answer(
        make_answer(hit, query="outlok kraschar", corrected="outlook kraschar", left_out=("outlok",))
    )

    assert [chip.text for chip in chips(desk) if chip.tone is ChipTone.MUTED] == ["Missing: outlook"]
    assert "Left out: outlook" in desk.panel.head.caption


def test_a_long_title_takes_two_lines(desk: Desk) -> None:
    """Titles are what hits are told apart by."""
    show(desk, make_hit(title="Short"), make_hit(title="A long title with many words " * 5))

    assert height_of_row(desk, 1) > height_of_row(desk, 0)


def test_a_row_is_spoken_with_all_that_is_seen(desk: Desk) -> None:
    """Title, snippet, badges, all products."""
    show(desk, make_hit(state=ArticleState.ARCHIVED, language="sv", applies_to=("Lync", "Skype")))

    assert spoken(desk) == (
        "Join a meeting by phone. Dial the number in the invitation and join with the PIN."
        " Archived. In Swedish. Lync, Skype."
    )


def test_moving_the_row_is_spoken(desk: Desk, qtbot: QtBot) -> None:
    """The focus stays in the field, so that nothing else would tell."""
    show(desk, make_hit(), make_hit("second", title="Second"))

    with qtbot.waitSignal(desk.panel.announced) as told:
        desk.panel.move_current(1)

    assert told.args == [spoken(desk, 1)]


def test_the_number_of_results_is_spoken_once_typing_rests(desk: Desk, qtbot: QtBot) -> None:
    """One message for a word, not one for each letter."""
    told: list[str] = []
    desk.panel.announced.connect(told.append)
    show(desk, make_hit())
    show(desk, make_hit(), make_hit("second"))

    qtbot.waitUntil(lambda: bool(told))

    assert told == ["2 results"]


def test_as_many_hits_as_asked_for_are_the_best_ones(desk: Desk) -> None:
    """There may be more; the list does not pretend to be complete."""
    desk.panel.show()
    hits = [make_hit(f"a{number}") for number in range(LIMIT)]

    desk.panel.show_answer(make_answer(*hits, total=143))

    texts = [label.text() for label in desk.panel.findChildren(QLabel)]
    assert f"The {LIMIT} best of 143 results" in texts


@pytest.mark.parametrize("theme_name", ["light", "dark", "contrast"])
def test_matches_are_marked_in_the_find_colour(make_desk: MakeDesk, theme_name: str) -> None:
    """In every theme, and only where there is a match."""
    desk = make_desk(theme_name=theme_name)
    show(desk, make_hit("none", title="Nothing here", snippet="Nor here"), make_hit())

    without, with_match = picture_of_row(desk, 0), picture_of_row(desk, 1)

    assert share_of(without, desk.theme.tokens.find) == 0
    assert share_of(with_match, desk.theme.tokens.find) > 0.01


def test_rows_take_no_more_height_than_they_need(desk: Desk) -> None:
    """58 px for title and one line; a second line and badges come on top."""
    long = make_hit("long", snippet="Dial the number in the invitation and join with the PIN " * 4)
    show(desk, make_hit(), long, make_hit("third", applies_to=("Lync",)))

    plain, two_lines, with_badge = (height_of_row(desk, row) for row in range(3))
    assert plain == 58
    assert two_lines > plain + 10
    assert with_badge > plain + 15


def test_badges_that_do_not_fit_side_by_side_wrap(make_desk: MakeDesk) -> None:
    """Each says something else; none is left out."""
    every = make_hit(
        state=ArticleState.ARCHIVED,
        language="sv",
        found_in="en",
        missing=("phone", "crash"),
        applies_to=("Lync 2013",),
    )
    heights = []
    for width in (1000, 320):
        desk = make_desk(width=width)
        show(desk, every)
        heights.append(height_of_row(desk))

    assert heights[1] > heights[0] + 15


def test_the_panel_lies_under_the_field(desk: Desk) -> None:
    """Over the content, not instead of it; the field stays free."""
    show(desk, make_hit())

    assert desk.panel.isAncestorOf(rows(desk))
    assert desk.panel.parentWidget() is desk.window
    assert rows(desk).mapTo(desk.window, QPoint(0, 0)).y() > desk.field.geometry().bottom()
    assert not desk.panel.isWindow()


def test_the_panel_follows_the_field(desk: Desk) -> None:
    """A window that changes its width moves the field."""
    desk.window.resize(1800, 700)
    desk.field.move(400, 8)
    show(desk, make_hit())
    before = desk.panel.x()

    desk.field.move(600, 8)

    assert desk.panel.x() == before + 200


@pytest.mark.parametrize("size", [(320, 360), (700, 500), (1366, 768)])
def test_the_panel_stays_inside_the_window(make_desk: MakeDesk, size: tuple[int, int]) -> None:
    """A long list scrolls instead; only the shadow may pass the edge."""
    desk = make_desk(*size)
    show(desk, *[make_hit(f"a{number}") for number in range(LIMIT)])

    view = rows(desk)
    place = QRect(view.mapTo(desk.window, QPoint(0, 0)), view.size())
    assert desk.window.rect().contains(place)
    assert view.verticalScrollBar().maximum() > 0


def test_a_click_opens_the_row_and_leaves_the_focus_in_the_field(desk: Desk, qtbot: QtBot) -> None:
    """The mouse may do what the keyboard can."""
    second = make_hit("second")
    show(desk, make_hit(), second)
    place = rows(desk).visualRect(desk.panel.model.index(1)).center()

    with qtbot.waitSignal(desk.panel.hit_activated) as activated:
        qtbot.mouseClick(rows(desk).viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert activated.args == [second]
    assert desk.field.hasFocus()


def test_the_mouse_does_not_move_the_current_row(desk: Desk, qtbot: QtBot) -> None:
    """A pointer that happens to rest there must not decide what Enter opens."""
    show(desk, make_hit(), make_hit("second"))

    qtbot.mouseMove(rows(desk).viewport(), rows(desk).visualRect(desk.panel.model.index(1)).center())

    assert desk.panel.current_row == 0


def test_zoom_makes_rows_higher(desk: Desk) -> None:
    """Who enlarges articles reads their titles too."""
    show(desk, make_hit())
    desk.theme.set_zoom(2.0)

    assert rows(desk).visualRect(desk.panel.model.index(0)).height() > 80


def test_an_index_outside_the_list_has_no_row(desk: Desk) -> None:
    """The view asks for the root's children only."""
    show(desk, make_hit())

    assert desk.panel.model.rowCount(desk.panel.model.index(0)) == 0
    assert desk.panel.model.rowCount(QModelIndex()) == 1


def lies_in_order(desk: Desk) -> bool:
    """Return whether head, rows and foot follow each other and end with the card's inner edge."""
    panel = desk.panel
    places = [part.geometry() for part in (panel.head, rows(desk), panel._foot) if part.isVisible()]
    head = panel.head
    has_room = not head.isVisible() or head.height() == head.heightForWidth(head.width())
    in_order = all(above.bottom() < below.top() for above, below in pairwise(places))
    edge = panel.contentsRect().bottom() - panel._column.contentsMargins().bottom()
    return in_order and places[-1].bottom() == edge and has_room


@pytest.mark.parametrize("width", [320, 500, 700, 1000])
def test_twenty_rows_end_above_the_foot_line(make_desk: MakeDesk, width: int, qtbot: QtBot) -> None:
    """Whatever stood above them before: a wrapped row of suggestions comes and goes with each letter."""
    desk = make_desk(width, 700)
    hits = [make_hit(f"hit-{number}", title="A printer that stays silent " * 3) for number in range(LIMIT)]
    queries = ("printer is offline all day", "printer is missing", "printer driver for the office", "print")
    facets = [
        Facet(kind, value, 3)
        for kind, values in (
            (FacetKind.PRODUCT, ("Lync", "Skype")),
            (FacetKind.LANGUAGE, ("sv", "en")),
            (FacetKind.STATE, ("current", "archived")),
        )
        for value in values
    ]
    plain = make_answer(*hits, total=99)
    noted = make_answer(*hits, total=99, left_out=("silent",), corrected="printers")
    full = make_answer(*hits, total=99, suggestions=queries, facets=facets)
    desk.panel.show()
    for before in (plain, noted, full, None):
        for after in (plain, noted, full):
            if before is None:
                desk.panel.show_recent(queries)
            else:
                desk.panel.show_answer(before)
            qtbot.wait(1)
            desk.panel.show_answer(after)
            QApplication.processEvents()

            assert lies_in_order(desk)
            assert desk.panel.geometry().bottom() - SHADOW_PX < desk.window.height()


def test_a_guessed_language_is_called_so(desk: Desk) -> None:
    """Nothing in the file says which it is."""
    show(desk, replace(make_hit(), is_language_guessed=True))

    assert chips(desk) == [Chip("Language guessed", ChipTone.MUTED)]
    assert "Language guessed" in desk.panel.model.spoken(desk.panel.model.row(0))
