"""From a keystroke to an opened hit."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kbviewer.model.messages import message
from kbviewer.search.protocol import Answer, Failed, Indexing, Ready
from tests.gui.search.conftest import Desk, make_answer, make_hit

FIRST, SECOND = make_hit("first"), make_hit("second")


def type_and_answer(desk: Desk, *hits, query: str = "join", **more) -> None:
    desk.field.setText(query)
    answer = make_answer(*hits, query=query, **more)
    desk.controller.deliver(Answer(desk.newest, answer))


def said(desk: Desk) -> list[str]:
    return [label.text() for label in desk.panel.findChildren(QLabel) if label.isVisible() and label.text()]


def button(desk: Desk, text: str) -> QPushButton:
    (found,) = [b for b in desk.panel.findChildren(QPushButton) if b.isVisible() and b.text() == text]
    return found


def test_every_keystroke_asks_in_the_readers_language(desk: Desk, qtbot: QtBot) -> None:
    """Results come as one types."""
    qtbot.keyClicks(desk.field, "jo")

    assert [(query.text, query.reader_language) for query in desk.asked] == [("j", "en"), ("jo", "en")]


def test_the_answer_opens_the_panel(desk: Desk, qtbot: QtBot) -> None:
    """The first row is the one that Enter opens."""
    with qtbot.waitSignal(desk.controller.opened):
        type_and_answer(desk, FIRST, SECOND)

    assert desk.panel.isVisible()
    assert desk.panel.current_row == 0
    assert "2 results" in said(desk)


def test_an_overtaken_answer_is_dropped(desk: Desk) -> None:
    """A slow answer to "j" may not replace the one to "join"."""
    desk.field.setText("j")
    late = desk.newest
    type_and_answer(desk, FIRST)

    desk.controller.deliver(Answer(late, make_answer(SECOND, query="j")))

    assert desk.panel.current_article() == "first"


def test_an_answer_that_comes_after_esc_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    """The reader has gone back; nothing may lie over the article again."""
    desk.field.setText("join")
    qtbot.keyClick(desk.field, Qt.Key.Key_Escape)

    desk.controller.deliver(Answer(desk.newest, make_answer(FIRST)))

    assert not desk.panel.isVisible()


def test_arrow_keys_and_enter_open_a_hit(desk: Desk, qtbot: QtBot) -> None:
    """The focus stays in the field all the while, so that typing can go on."""
    type_and_answer(desk, FIRST, SECOND)
    qtbot.keyClick(desk.field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is desk.field

    with qtbot.waitSignal(desk.controller.hit_chosen) as chosen:
        qtbot.keyClick(desk.field, Qt.Key.Key_Return)

    assert chosen.args == [SECOND]
    assert not desk.panel.isVisible()


def test_arrow_keys_stop_at_both_ends(desk: Desk, qtbot: QtBot) -> None:
    """A list that starts over hides that it has ended."""
    type_and_answer(desk, FIRST, SECOND)

    qtbot.keyClick(desk.field, Qt.Key.Key_Up)
    assert desk.panel.current_row == 0
    qtbot.keyClick(desk.field, Qt.Key.Key_PageDown)
    assert desk.panel.current_row == 1


def test_enter_before_the_answer_opens_what_it_puts_first(desk: Desk, qtbot: QtBot) -> None:
    """Quick typists press Enter with the last letter."""
    desk.field.setText("join")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)

    with qtbot.waitSignal(desk.controller.hit_chosen) as chosen:
        desk.controller.deliver(Answer(desk.newest, make_answer(SECOND)))

    assert chosen.args == [SECOND]


def test_esc_closes_and_sends_the_reader_back(desk: Desk, qtbot: QtBot) -> None:
    """Two signals: the panel is gone, and the reader asked for it."""
    type_and_answer(desk, FIRST)

    with qtbot.waitSignals([desk.controller.closed, desk.controller.dismissed]):
        qtbot.keyClick(desk.field, Qt.Key.Key_Escape)

    assert not desk.panel.isVisible()
    assert desk.field.text() == "join"


def test_the_panel_goes_when_the_focus_goes(desk: Desk, qtbot: QtBot) -> None:
    """A click into the article is a way back too; nobody takes that focus away again."""
    type_and_answer(desk, FIRST)

    with qtbot.waitSignal(desk.controller.closed), qtbot.assertNotEmitted(desk.controller.dismissed):
        desk.content.setFocus()

    assert not desk.panel.isVisible()


def test_coming_back_to_the_field_shows_the_results_again(desk: Desk) -> None:
    """The query is still there and selected, so that typing replaces it."""
    type_and_answer(desk, FIRST)
    desk.content.setFocus()

    desk.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    desk.controller.deliver(Answer(desk.newest, make_answer(FIRST)))

    assert desk.panel.isVisible()
    assert desk.field.selectedText() == "join"


def test_clearing_the_field_closes_the_panel(desk: Desk) -> None:
    """No question, no answer."""
    type_and_answer(desk, FIRST)

    desk.field.clear()

    assert not desk.panel.isVisible()
    assert desk.newest == 1


def test_the_language_switch_asks_again_and_keeps_query_panel_and_row(desk: Desk) -> None:
    """The same article stays the current one, in whatever row the new answer puts it."""
    type_and_answer(desk, FIRST, SECOND)
    desk.panel.move_current(1)

    desk.translator.set_language("sv")
    desk.controller.retranslate()
    assert desk.panel.isVisible()
    assert desk.asked[-1].reader_language == "sv"
    desk.controller.deliver(Answer(desk.newest, make_answer(SECOND, FIRST)))

    assert desk.field.text() == "join"
    assert desk.panel.current_article() == "second"
    assert "sv:2 results" in said(desk)


def test_a_closed_panel_stays_closed_over_a_language_switch(desk: Desk) -> None:
    """Nobody asked to see results."""
    type_and_answer(desk, FIRST)
    desk.controller.close()

    desk.controller.retranslate()

    assert desk.newest == 1
    assert not desk.panel.isVisible()


def test_a_query_that_is_set_is_asked(desk: Desk) -> None:
    """A link known by title only searches for its title."""
    desk.controller.set_query("connect")

    assert desk.field.text() == "connect"
    assert desk.asked[-1].text == "connect"


def test_setting_the_same_query_asks_again(desk: Desk) -> None:
    """The panel may have been closed meanwhile."""
    desk.controller.set_query("connect")
    desk.controller.set_query("connect")

    assert [query.text for query in desk.asked] == ["connect", "connect"]


def test_nothing_found_says_so_and_what_to_try(desk: Desk) -> None:
    """A blank page leaves the reader alone."""
    type_and_answer(desk, query="qwzx")

    assert said(desk)[:1] == ["Nothing found for “qwzx”."]
    assert len(said(desk)) == 2


def test_a_corrected_spelling_is_told_and_can_be_refused(desk: Desk, qtbot: QtBot) -> None:
    """The words go in quotes: literally these."""
    type_and_answer(desk, FIRST, query="jion meeting", corrected="join meeting")
    assert "Showing results for “join meeting”." in said(desk)
    button = desk.panel.head.literal_button
    assert button.text() == "Search instead for “jion meeting”"

    button.click()

    assert desk.asked[-1].text == '"jion" "meeting"'
    assert QApplication.focusWidget() is desk.field


def test_an_answer_as_typed_tells_of_no_correction(desk: Desk) -> None:
    """The line of the query before is gone."""
    type_and_answer(desk, FIRST, corrected="other")
    type_and_answer(desk, FIRST, query="joi")

    assert not desk.panel.head.literal_button.isVisible()


def test_nothing_found_offers_the_topics(desk: Desk, qtbot: QtBot) -> None:
    """Whoever has no better words may recognise the right place."""
    type_and_answer(desk, query="qwzx")

    with qtbot.waitSignal(desk.controller.browse_wanted):
        button(desk, "Browse topics").click()

    assert not desk.panel.isVisible()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"left_out": ("crashes",)}, "No article has all the words. Left out: crashes"),
        ({"is_related": True}, "Nothing matches exactly. These come close:"),
        ({"is_too_long": True}, "The query was too long; only its first 500 characters were searched."),
    ],
)
def test_what_was_searched_instead_is_told_and_spoken(
    desk: Desk, qtbot: QtBot, more: dict[str, Any], expected: str
) -> None:
    """Results that answer another question than the one asked must say so."""
    spoken: list[str] = []
    desk.panel.announced.connect(spoken.append)

    type_and_answer(desk, FIRST, **more)

    assert expected in said(desk)
    qtbot.waitUntil(lambda: spoken == [f"{expected} 1 result"])


def test_the_next_answer_takes_the_notes_away(desk: Desk) -> None:
    """They belong to one answer only."""
    type_and_answer(desk, FIRST, left_out=("crashes",))
    type_and_answer(desk, FIRST, query="joi")

    assert said(desk) == ["1 result", "↑ ↓ choose   Enter opens   Esc closes"]


def test_indexing_shows_how_far_it_is(desk: Desk) -> None:
    """The first search may come before the index is ready."""
    desk.field.setText("join")
    desk.controller.deliver(Indexing(12, 40))

    assert said(desk)[0] == "Indexing 12 of 40 articles"


def test_articles_that_are_still_counted_have_no_total(desk: Desk) -> None:
    """ "0 of 0" would be nonsense."""
    desk.field.setText("join")
    desk.controller.deliver(Indexing(0, 0))

    assert said(desk)[0] == "Counting the articles …"


def test_indexing_before_any_question_shows_nothing(desk: Desk) -> None:
    """The index is built in the background; the reader reads."""
    desk.controller.deliver(Indexing(1, 40))

    assert not desk.panel.isVisible()


def test_the_answer_replaces_the_progress(desk: Desk) -> None:
    """As soon as the index is ready the question is answered."""
    desk.field.setText("join")
    desk.controller.deliver(Indexing(40, 40))
    desk.controller.deliver(Ready())
    desk.controller.deliver(Answer(desk.newest, make_answer(FIRST)))

    assert "1 result" in said(desk)


def test_a_slow_answer_is_announced_as_under_way(desk: Desk, qtbot: QtBot) -> None:
    """After a moment silence would look like nothing found."""
    desk.field.setText("join")

    qtbot.waitUntil(lambda: said(desk) == ["Searching …"])


def test_old_rows_stay_while_the_next_answer_is_under_way(desk: Desk, qtbot: QtBot) -> None:
    """A list that blinks at every letter cannot be read."""
    type_and_answer(desk, FIRST)

    desk.field.setText("join m")
    qtbot.waitUntil(lambda: "Searching …" in said(desk))

    assert desk.panel.current_article() == "first"


def test_recent_searches_are_offered_in_the_empty_field(desk: Desk, qtbot: QtBot) -> None:
    """Only those that led somewhere, newest first."""
    for query in ("join", "phone"):
        type_and_answer(desk, FIRST, query=query)
        qtbot.keyClick(desk.field, Qt.Key.Key_Return)
        desk.field.clear()
    assert said(desk) == ["Recent searches"]

    qtbot.keyClick(desk.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)

    assert desk.asked[-1].text == "phone"


def test_recent_searches_can_be_forgotten(desk: Desk) -> None:
    """A shared computer need not tell what was looked for."""
    type_and_answer(desk, FIRST)
    desk.controller.deliver(Answer(desk.newest, make_answer(FIRST)))
    desk.recent.record("join")
    desk.field.clear()

    button(desk, "Clear recent searches").click()

    assert desk.recent.latest() == []
    assert not desk.panel.isVisible()
    assert desk.field.hasFocus()


def test_a_failure_says_why_and_offers_another_try(desk: Desk) -> None:
    """One sentence and one next step."""
    desk.field.setText("join")
    desk.controller.deliver(Failed(message("The search process ended.")))
    assert said(desk) == ["The search cannot answer right now.", "The search process ended."]

    button(desk, "Try again").click()

    assert [query.text for query in desk.asked] == ["join", "join"]


def test_a_lone_quotation_mark_asks_nothing(desk: Desk, qtbot: QtBot) -> None:
    """Whoever begins to quote has not asked yet; nothing can have been found or not found."""
    qtbot.keyClicks(desk.field, '"')

    assert not desk.asked
    assert not desk.panel.isVisible()
    qtbot.keyClicks(desk.field, "a")
    assert [query.text for query in desk.asked] == ['"a']
