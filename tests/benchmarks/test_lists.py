"""How long home takes with ten thousand articles, and a keystroke from the answer to the painted list."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.model.hits import Hit, Query, SearchAnswer
from kbviewer.search.protocol import Answer
from kbviewer.ui.home.page import HomePage
from kbviewer.ui.home.view_model import build_home
from kbviewer.ui.search.controller import SearchController
from kbviewer.ui.search.field import SearchField
from kbviewer.ui.search.panel import ResultsPanel
from kbviewer.ui.theme.theme import Theme
from tests.support.listed_library import ListedLibrary, make_entry
from tests.support.small_catalogue import MarkingTranslator

ARTICLES = 10_000
WORDS = "nätverk möte konto lösenord skrivare server klient brandvägg certifikat åtkomst".split()


def elapsed_ms(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def report(name: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    worst = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    print(f"{name}: median {statistics.median(ordered):.1f} ms, 95 % within {worst:.1f} ms")


def title(number: int) -> str:
    words = (WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 7, 11))
    return f"{' '.join(words)} {number}"


def test_home_with_ten_thousand_articles(qtbot: QtBot) -> None:
    """Goal: 200 ms from the library's list to pixels."""
    entries = [
        make_entry(
            f"a{number}",
            {"sv": title(number), "en": title(number + 1)},
            topic=f"topic {number % 30}",
            products=(f"product {number % 70}",),
        )
        for number in range(ARTICLES)
    ]
    library, translator = ListedLibrary(entries), MarkingTranslator("sv")
    page = HomePage(Theme("light"), translator)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()

    def show() -> None:
        page.show_home(build_home(library, "sv", [], [], translator))
        QApplication.processEvents()
        page.grab()

    def scroll() -> None:
        bar = page.verticalScrollBar()
        bar.setValue(bar.value() + 300)
        QApplication.processEvents()

    report("home, 10,000 articles", [elapsed_ms(show) for _ in range(10)])
    report("home, one turn of the wheel", [elapsed_ms(scroll) for _ in range(40)])


class NoMemory:
    """Recent searches of a reader who has none."""

    def latest(self) -> list[str]:
        return []

    def record(self, query: str) -> None: ...

    def clear(self) -> None: ...


def test_from_answer_to_painted_results(qtbot: QtBot) -> None:
    """Goal: 50 ms from key to list, of which the search itself takes its part."""
    theme, translator = Theme("light"), MarkingTranslator("sv")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    field, panel = SearchField(theme, translator, window), ResultsPanel(theme, translator, window)
    field.setGeometry(300, 8, 620, 40)
    asked: list[Query] = []

    def ask(query: Query) -> int:
        asked.append(query)
        return len(asked)

    controller = SearchController(field, panel, ask, lambda: "sv", NoMemory())
    window.show()
    snippet = "Kontrollera att datorn kan ansluta till rätt nätverk innan du går vidare. " * 3
    hits = tuple(
        Hit(f"a{n}", "", "", "sv", title(n), snippet, "", 1.0, ((26, 33),), applies_to=("Lync",))
        for n in range(20)
    )

    def keystroke() -> None:
        field.setText("ansluta"[: 1 + len(asked) % 7] + str(len(asked)))
        controller.deliver(Answer(len(asked), SearchAnswer(field.text(), hits, 1.0)))
        panel.repaint()
        QApplication.processEvents()

    report("answer to painted results", [elapsed_ms(keystroke) for _ in range(100)])
