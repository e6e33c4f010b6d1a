"""A window over a small library of real files, with a search that the test answers itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbviewer.app.gui import reading_jobs
from kbviewer.app.gui.qt_translation import QtTranslator
from kbviewer.app.gui.session import Session
from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import Profile, data_folders
from kbviewer.app.window_request import WindowRequest
from kbviewer.i18n.translator import Translator
from kbviewer.model.hits import Query
from kbviewer.model.policy import Policy
from kbviewer.state.user_state import UserState
from kbviewer.ui.shell.about_facts import AboutFacts, Component, LibraryFacts
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.window import MainWindow
from kbviewer.ui.theme.theme import Theme
from tests.support.shelf import FakeLibraries

MakeSession = Callable[..., Session]
I18N = Path(__file__).parents[3] / "i18n"

STEPS = """\
---
title: {title}
uid: steps
lang: {lang}
kb.aliases: [KB1001]
kb.help: {{label: Community, url: "https://example.org/help"}}
---
# {title}

{lead}

## {first} {{#first}}

1. {one} {{#one}}
2. {two} {{#two}}
   1. {three} {{#two-a}}

[{out}](https://example.org/page) [{absent}](xref:4711) [{other}](xref:plain#end) [{work}](search:)

{filler}

## {second} {{#second}}

{filler}

<details id="faq-code"><summary>{question}</summary>

{answer}

</details>
"""
ENGLISH = {
    "lang": "en",
    "title": "Signing in",
    "lead": "How to sign in.",
    "first": "First things",
    "second": "Other things",
    "one": "Press the button.",
    "two": "Wait:",
    "three": "Count to ten.",
    "out": "outside",
    "absent": "absent",
    "other": "other",
    "work": "A work known by title",
    "question": "What is a code?",
    "answer": "A number.",
    "filler": "\n\n".join(f"Paragraph {number} of the filler." for number in range(30)),
}
SWEDISH = ENGLISH | {
    "lang": "sv",
    "title": "Logga in",
    "lead": "Så loggar du in.",
    "first": "Det första",
    "second": "Annat",
    "one": "Tryck på knappen.",
    "two": "Vänta:",
    "three": "Räkna till tio.",
    "question": "Vad är en kod?",
    "answer": "Ett tal.",
    "filler": "\n\n".join(f"Stycke {number} av utfyllnaden." for number in range(30)),
}
PLAIN = "---\ntitle: Ren text\nuid: plain\nlang: sv\n---\n# Ren text\n\nInget.\n\n## Slut {#end}\n\nSlut.\n"
BROKEN = "---\ntitle: [Trasig\nlang: sv\n---\n# Trasig\n"


class FakeSearch(QObject):
    """Remembers what is asked; the test emits the answers."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Query] = []
        self.warmed_up = 0

    def warm_up(self) -> None:
        """Count how often a question was expected."""
        self.warmed_up += 1

    def ask(self, query: Query) -> int:
        """Remember the question and number it."""
        self.asked.append(query)
        return len(self.asked)


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """Three articles: one in two languages, one in Swedish only, one broken."""
    folder = tmp_path / "library"
    for name, text in {
        "steps/sv.md": STEPS.format(**SWEDISH),
        "steps/en.md": STEPS.format(**ENGLISH),
        "plain/sv.md": PLAIN,
        "broken/sv.md": BROKEN,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "pack.toml").write_text(
        'id = "test"\nlanguages = ["sv", "en"]\n'
        '[[absent]]\nid = "4711"\ntitle = {sv = "Saknad del", en = "Missing part"}\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def translator() -> Translator:
    return Translator(I18N, "sv")


@pytest.fixture(scope="session")
def empty_state(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a reader who has done nothing yet; making one takes a dozen commits to the disk."""
    path = tmp_path_factory.mktemp("state") / "state.sqlite"
    UserState.open(path).close()
    return path.read_bytes()


@pytest.fixture
def state(tmp_path: Path, empty_state: bytes) -> Iterator[UserState]:
    path = tmp_path / "state.sqlite"
    path.write_bytes(empty_state)
    with UserState.open(path) as state:
        assert state.saved
        yield state


@pytest.fixture
def search(qapp: QApplication) -> FakeSearch:
    return FakeSearch()


@pytest.fixture
def libraries(qapp: QApplication) -> FakeLibraries:
    return FakeLibraries()


@pytest.fixture
def library(library_folder: Path) -> OpenLibrary:
    return OpenLibrary(open_libraries((library_folder,), library_folder))


@pytest.fixture
def qt_texts(qapp: QApplication, translator: Translator) -> Iterator[None]:
    """Qt's own strings in the reader's language, as in the program."""
    texts = QtTranslator(translator)
    qapp.installTranslator(texts)
    yield
    qapp.removeTranslator(texts)


def about_facts() -> AboutFacts:
    """What the about dialog is told in tests."""
    return AboutFacts(
        version="1.2.3",
        content_date="22 november 2026",
        libraries=[LibraryFacts("Test", "2026.11", "/library")],
        components=[Component("Qt for Python", "6.11.3", "LGPL-3.0")],
    )


def focused() -> QWidget:
    """Return the widget that has the focus; there must be one."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(
    qtbot: QtBot,
    library_folder: Path,
    library: OpenLibrary,
    translator: Translator,
    state: UserState,
    search: FakeSearch,
    libraries: FakeLibraries,
    qt_texts: None,
) -> Iterator[MakeWindow]:
    """Makes shown windows; each is closed at the end."""
    windows: list[MainWindow] = []

    def make(
        article: str = "",
        anchor: str = "",
        size: tuple[int, int] | None = (1366, 768),
        is_large: bool = False,
        state: UserState = state,
        policy: Policy | None = None,
    ) -> MainWindow:
        values = state.settings.values
        theme = Theme(values.theme, values.zoom, touch=values.touch)
        theme.apply()
        window = MainWindow(
            theme,
            translator,
            state,
            library,
            search,
            language=translator.language,
            waits=is_large,
            open_folder=lambda named: open_libraries(named or (library_folder,), library_folder),
            about=about_facts,
            libraries=libraries,
            policy=policy,
        )
        window.first_page.articles_wanted.connect(window.first_page.articles_came)
        windows.append(window)
        qtbot.addWidget(window)
        if article:
            window.open_article(article, anchor)
        if size is not None:
            window.resize(*size)
        with qtbot.waitSignal(window.first_painted):
            window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        return window

    yield make
    for window in windows:
        window.leave()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window that shows home."""
    return make_window()


@pytest.fixture
def article_window(make_window: MakeWindow) -> MainWindow:
    """A window that shows the article with steps."""
    return make_window("steps")


@pytest.fixture
def make_session(
    qapp: QApplication, qtbot: QtBot, profile: Path, state: UserState, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeSession]:
    """Makes shown windows over folders; `large` files make one that is read beside the window."""
    before = QLocale()
    made: list[Session] = []

    def make(folder: Path, article: str = "", large: int = 10_000, language: str = "sv") -> Session:
        monkeypatch.setattr(reading_jobs, "_LARGE", large)
        request = WindowRequest((folder,), language, profile, article)
        session = Session(qapp, request, Profile(profile), data_folders(), state)
        made.append(session)
        qtbot.addWidget(session.window)
        with qtbot.waitSignal(session.window.first_painted):
            session.window.show()
        return session

    yield make
    for session in made:
        session.window.close()
        session.close()
    QLocale.setDefault(before)
