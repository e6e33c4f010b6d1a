"""Narrowing the results down, and whole queries that are offered while one types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kbviewer.model.article import ArticleState
from kbviewer.model.hits import Facet, FacetKind
from kbviewer.search.protocol import Answer
from kbviewer.ui.search.filter_button import FilterButton
from tests.gui.search.conftest import Desk, make_answer, make_hit

FIRST = make_hit("first")
PRODUCTS = (
    Facet(FacetKind.PRODUCT, "Lync 2013", 12),
    Facet(FacetKind.PRODUCT, "R&D tools", 3),
    Facet(FacetKind.PRODUCT, "", 2),
)
LANGUAGES = (Facet(FacetKind.LANGUAGE, "sv", 9), Facet(FacetKind.LANGUAGE, "en", 8))
STATES = (Facet(FacetKind.STATE, "current", 10), Facet(FacetKind.STATE, "archived", 7))
FACETS = (*PRODUCTS, *LANGUAGES, *STATES)


def type_and_answer(desk: Desk, query: str = "join", **more) -> None:
    desk.field.setText(query)
    answer(desk, query=query, **more)


def answer(desk: Desk, *hits, **more) -> None:
    more.setdefault("facets", FACETS)
    desk.controller.deliver(Answer(desk.newest, make_answer(*(hits or (FIRST,)), **more)))


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def filter_button(desk: Desk, kind: FacetKind) -> FilterButton:
    return desk.panel.head.filters.buttons[kind]


def entries(desk: Desk, kind: FacetKind) -> list[str]:
    menu = filter_button(desk, kind).make_menu()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(desk: Desk, kind: FacetKind, entry: str) -> None:
    menu = filter_button(desk, kind).make_menu()
    next(action for action in menu.actions() if action.text().startswith(entry)).trigger()


def test_suggestions_take_two_lines_at_most(make_desk: Callable[..., Desk]) -> None:
    """The results are what is looked for."""
    desk = make_desk(440)
    long = tuple(f"join a meeting that is rather long {number}" for number in range(4))
    type_and_answer(desk, suggestions=long)

    buttons = desk.panel.head.suggestions.buttons
    assert [button.isVisible() for button in buttons] == [True, True, False, False]
    assert buttons[0].y() != buttons[1].y()

    type_and_answer(desk, "joi", suggestions=("join", "joint", "joiner", "joining"))
    assert all(button.isVisible() for button in buttons)


def test_each_kind_offers_its_values_with_counts(desk: Desk) -> None:
    """How much would be left is known before the choice."""
    type_and_answer(desk)

    assert entries(desk, FacetKind.PRODUCT) == [
        "All products",
        "Lync 2013 (12)",
        "R&&D tools (3)",
        "No product (2)",
    ]
    assert entries(desk, FacetKind.LANGUAGE) == ["All languages", "Swedish (9)", "English (8)"]
    assert entries(desk, FacetKind.STATE) == ["All states", "Current (10)", "Archived (7)"]


def test_a_kind_with_one_value_is_no_choice(desk: Desk) -> None:
    """A filter that filters nothing only takes room."""
    type_and_answer(desk, facets=(*LANGUAGES, STATES[0]))
    assert [kind for kind in FacetKind if filter_button(desk, kind).isVisible()] == [FacetKind.LANGUAGE]

    type_and_answer(desk, "joi", facets=(STATES[0],))
    assert not desk.panel.head.filters.isVisible()


@pytest.mark.parametrize(
    ("kind", "entry", "expected"),
    [
        (FacetKind.PRODUCT, "Lync", {"products": ("Lync 2013",)}),
        (FacetKind.PRODUCT, "No product", {"products": ("",)}),
        (FacetKind.LANGUAGE, "English", {"language": "en"}),
        (FacetKind.STATE, "Archived", {"states": (ArticleState.ARCHIVED,)}),
    ],
)
def test_a_choice_asks_again(desk: Desk, kind: FacetKind, entry: str, expected: dict[str, object]) -> None:
    type_and_answer(desk)

    choose(desk, kind, entry)

    query = desk.asked[-1]
    assert query.text == "join"
    assert {name: getattr(query, name) for name in expected} == expected


def test_an_active_filter_is_seen_and_heard(desk: Desk) -> None:
    """Whoever forgets it would wonder where the other results are."""
    type_and_answer(desk)
    button = filter_button(desk, FacetKind.PRODUCT)
    assert not button.isChecked()

    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk)

    assert button.isChecked()
    assert button.text() == "Lync 2013"
    assert button.accessibleName() == "Product: Lync 2013"


@pytest.mark.parametrize("theme_name", ["light", "dark", "contrast"])
def test_the_focus_is_seen_on_an_active_filter(make_desk: Callable[..., Desk], theme_name: str) -> None:
    """A ring in the colour of the button would not show."""
    desk = make_desk(theme_name=theme_name)
    type_and_answer(desk)
    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk)
    button = filter_button(desk, FacetKind.PRODUCT)
    without = button.grab().toImage()

    button.setFocus(Qt.FocusReason.TabFocusReason)

    with_focus = button.grab().toImage()
    middle = button.height() // 2
    assert button.hasFocus()
    assert with_focus.pixelColor(3, middle) != without.pixelColor(3, middle)


def test_a_filter_is_kept_while_typing_and_forgotten_with_the_query(desk: Desk) -> None:
    type_and_answer(desk)
    choose(desk, FacetKind.LANGUAGE, "English")

    desk.field.setText("join a")
    assert desk.asked[-1].language == "en"

    desk.field.clear()
    desk.field.setText("phone")
    assert desk.asked[-1].language == ""


def test_a_search_from_elsewhere_has_no_filters(desk: Desk) -> None:
    """A link that searches for a title knows nothing of them."""
    type_and_answer(desk)
    choose(desk, FacetKind.LANGUAGE, "English")

    desk.controller.set_query("connect")

    assert desk.asked[-1].language == ""


def test_an_active_filter_stays_in_sight_without_facets(desk: Desk) -> None:
    """Otherwise nothing could take it away."""
    type_and_answer(desk)
    choose(desk, FacetKind.PRODUCT, "Lync")

    answer(desk, facets=())

    assert filter_button(desk, FacetKind.PRODUCT).isVisible()


def test_filters_are_cleared_with_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    """Tab, Space; the focus is back in the field."""
    type_and_answer(desk)
    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk)
    for _press in range(10):
        if desk.panel.head.filters.clear_button.hasFocus():
            break
        press(Qt.Key.Key_Tab)

    press(Qt.Key.Key_Space)

    assert desk.asked[-1].products == ()
    assert desk.field.hasFocus()


ENTERS = pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])


@ENTERS
def test_enter_presses_a_suggestion(desk: Desk, enter: Qt.Key) -> None:
    """As Space does; the first hit stays closed."""
    type_and_answer(desk, suggestions=("join a meeting",))
    press(Qt.Key.Key_Tab)

    press(enter)

    assert desk.asked[-1].text == "join a meeting"
    assert desk.field.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@ENTERS
def test_enter_opens_the_menu_of_a_filter(desk: Desk, enter: Qt.Key) -> None:
    type_and_answer(desk)
    filter_button(desk, FacetKind.STATE).setFocus(Qt.FocusReason.TabFocusReason)

    press(enter)

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.parent() is filter_button(desk, FacetKind.STATE)
    menu.close()


@ENTERS
def test_enter_clears_the_filters(desk: Desk, enter: Qt.Key) -> None:
    type_and_answer(desk)
    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk)
    desk.panel.head.filters.clear_button.setFocus(Qt.FocusReason.TabFocusReason)

    press(enter)

    assert desk.asked[-1].products == ()
    assert desk.field.hasFocus()


@ENTERS
def test_enter_searches_for_the_words_as_typed(desk: Desk, enter: Qt.Key) -> None:
    type_and_answer(desk, "jion", corrected="join")
    desk.panel.head.literal_button.setFocus(Qt.FocusReason.TabFocusReason)

    press(enter)

    assert desk.asked[-1].text == '"jion"'


@ENTERS
def test_enter_leads_to_the_topics_when_nothing_was_found(desk: Desk, enter: Qt.Key, qtbot: QtBot) -> None:
    desk.field.setText("qwzx")
    desk.controller.deliver(Answer(desk.newest, make_answer(query="qwzx")))
    desk.panel._status.button.setFocus(Qt.FocusReason.TabFocusReason)

    with qtbot.waitSignal(desk.controller.browse_wanted):
        press(enter)


def test_nothing_left_by_a_filter_offers_to_clear_it(desk: Desk) -> None:
    """The words are fine, the filter is not."""
    type_and_answer(desk)
    choose(desk, FacetKind.PRODUCT, "Lync")
    desk.controller.deliver(Answer(desk.newest, make_answer(facets=FACETS)))
    status = desk.panel._status
    assert status.text.startswith("Nothing is left with these filters.")
    assert not desk.panel.head.filters.clear_button.isVisible()

    assert status.button.text() == "Clear filters"
    status.button.click()

    assert desk.asked[-1].products == ()


def test_suggestions_are_offered_as_they_come(desk: Desk) -> None:
    """Up to four, in whatever language they are."""
    queries = ("join a meeting", "delta i ett möte", "join by phone", "join R&D", "fifth")

    type_and_answer(desk, suggestions=queries)

    shown = [button for button in desk.panel.head.suggestions.buttons if button.isVisible()]
    assert [button.text() for button in shown] == [*queries[:3], "join R&&D"]
    assert shown[0].accessibleName() == "Search for join a meeting"


def test_a_suggestion_replaces_the_query_and_keeps_filter_and_focus(desk: Desk, qtbot: QtBot) -> None:
    """Typing can go on where it ends."""
    type_and_answer(desk)
    choose(desk, FacetKind.LANGUAGE, "English")
    answer(desk, suggestions=("join a meeting",))
    QTest.keyClick(desk.field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is desk.panel.head.suggestions.buttons[0]

    press(Qt.Key.Key_Space)

    assert desk.field.text() == "join a meeting"
    assert desk.asked[-1].text == "join a meeting"
    assert desk.asked[-1].language == "en"
    assert desk.field.hasFocus()


def test_a_click_on_a_suggestion_leaves_the_panel_open(desk: Desk, qtbot: QtBot) -> None:
    """The field keeps the focus all the while."""
    type_and_answer(desk, suggestions=("join a meeting",))

    qtbot.mouseClick(desk.panel.head.suggestions.buttons[0], Qt.MouseButton.LeftButton)

    assert desk.panel.isVisible()
    assert desk.asked[-1].text == "join a meeting"


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 48)])
def test_filters_and_suggestions_are_large_enough_to_hit(desk: Desk, touch: bool, least: int) -> None:
    """24 px for a pointer, 48 px for a finger (WCAG 2.2, 2.5.8)."""
    desk.theme.set_touch(touch)
    desk.theme.apply()
    type_and_answer(desk, suggestions=("a",), corrected="joins")
    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk, suggestions=("a",), corrected="joins")

    shown = [stop for stop in desk.panel.head.stops if stop.isVisible()]
    assert len(shown) == 6
    assert [stop for stop in shown if min(stop.width(), stop.height()) < least] == []


def test_everything_above_the_results_stays_inside_the_panel(make_desk, qtbot: QtBot) -> None:
    """At 320 px it wraps."""
    desk = make_desk(width=320)
    type_and_answer(desk, suggestions=("join a meeting by phone or by computer",) * 4)
    choose(desk, FacetKind.PRODUCT, "Lync")
    answer(desk, suggestions=("join a meeting by phone or by computer",) * 4)

    head = desk.panel.head
    for stop in head.stops:
        if stop.isVisible():
            right = stop.mapTo(head, stop.rect().topRight()).x()
            assert 0 <= right < head.width(), stop.accessibleName()


def test_a_filter_that_was_chosen_keeps_the_focus(desk: Desk, qtbot: QtBot) -> None:
    """The next choice is often made in the same menu; also while the answer takes its time."""
    type_and_answer(desk)
    button = filter_button(desk, FacetKind.STATE)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    choose(desk, FacetKind.STATE, "Archived")
    answer(desk)
    assert button.hasFocus()

    choose(desk, FacetKind.STATE, "All states")

    assert desk.field.hasFocus()


def test_a_status_sends_the_focus_back_to_the_field(desk: Desk, qtbot: QtBot) -> None:
    """It takes the filters away; the focus must not fall through to the window."""
    type_and_answer(desk)
    filter_button(desk, FacetKind.STATE).setFocus(Qt.FocusReason.TabFocusReason)

    desk.panel.show_indexing(1, 40)

    assert desk.field.hasFocus()
    assert desk.panel.isVisible()


def test_the_panel_goes_when_the_focus_leaves_its_buttons(desk: Desk) -> None:
    """What lies over the content gives way, wherever the focus came from."""
    type_and_answer(desk)
    filter_button(desk, FacetKind.STATE).setFocus(Qt.FocusReason.TabFocusReason)
    assert desk.panel.isVisible()

    desk.content.setFocus()

    assert not desk.panel.isVisible()
