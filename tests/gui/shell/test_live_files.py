"""Files that somebody is writing while they are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbviewer.app.gui.session import Session
from kbviewer.state.user_state import UserState
from kbviewer.ui.article.guided_page import GuidedPage
from kbviewer.ui.shell.actions import ActionId
from tests.gui.shell.conftest import MakeSession

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)", "a warning of Qt", extend=True
)

ARTICLE = (
    "---\nlang: sv\n---\n# {title}\n\n## Steg {{#s}}\n\n1. Gör {what}. {{#one}}\n\n" + "Stycke.\n\n" * 80
)
Save = Callable[[Path, str], object]


def _folder(root: Path, count: int = 3) -> Path:
    for number in range(count):
        path = root / f"a{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE.format(title=f"Artikel {number}", what="det"), encoding="utf-8")
    return root


def _text(session: Session) -> str:
    """Return the text of the article that is shown."""
    page = session.window.reading.page
    assert page is not None
    return page.view.document().toPlainText()


def _says(session: Session, word: str) -> bool:
    return word in _text(session)


def _save(path: Path, text: str) -> None:
    """Write as editors do: a new file that takes the old one's name."""
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@pytest.mark.parametrize("save", [_save, lambda path, text: path.write_text(text, encoding="utf-8")])
def test_what_is_saved_is_seen_at_the_same_place(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path, state: UserState, save: Save
) -> None:
    """Ticks and place hang on keys, so both stay."""
    folder = _folder(tmp_path / "small")
    session = make_session(folder, "a001")
    window = session.window
    page = window.reading.page
    assert page is not None
    state.ticks.set_done("a001", ["one"], True)
    window.reading.go_to_section("s")
    place = page.place()

    for word in ("annat", "något helt nytt"):
        save(folder / "a001.md", ARTICLE.format(title="Omskriven", what=word))
        qtbot.waitUntil(partial(_says, session, word))

    assert window.windowTitle().startswith("Omskriven")
    assert page.place() == place
    assert state.ticks.done("a001") == {"one"}
    assert page.progress().done == 1
    assert session.window.library.resolve("a001").variants["sv"].title == "Omskriven"


def test_a_broken_save_keeps_the_old_text_and_says_why(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = _folder(tmp_path / "small")
    session = make_session(folder, "a001")
    window = session.window
    _save(folder / "a001.md", "---\nlang: [sv\n---\n# Trasig\n")
    qtbot.waitUntil(lambda: not window.parts.notice.isHidden())
    assert "a001.md:3" in window.parts.notice.accessibleName()
    assert "Gör det" in _text(session)

    _save(folder / "a001.md", ARTICLE.format(title="Hel", what="igen"))
    qtbot.waitUntil(lambda: "Gör igen" in _text(session))
    assert window.parts.notice.isHidden()


def _pair(folder: Path) -> tuple[Path, Path]:
    """Write one article in two languages, and another one."""
    _folder(folder, 1)
    english, swedish = folder / "vpn.md", folder / "vpn.sv.md"
    english.write_text("---\nlang: en\n---\n# Tunnel\n\nThe English text.\n", encoding="utf-8")
    swedish.write_text("---\nlang: sv\n---\n# Tunnel\n\nDen svenska texten.\n", encoding="utf-8")
    return english, swedish


def _strip(session: Session) -> str:
    notice = session.window.parts.notice
    return "" if notice.isHidden() else notice.accessibleName()


def test_what_the_strip_says_of_a_lost_file_goes_when_another_text_is_shown(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    """“The text before it is still shown” is false above the English text, and above no text at all."""
    english, swedish = _pair(tmp_path / "small")
    session = make_session(tmp_path / "small", "vpn")
    reload = session.window.table[ActionId.RELOAD].trigger
    kept = swedish.read_text("utf-8")

    swedish.unlink()
    qtbot.waitUntil(lambda: "vpn.sv.md" in _strip(session), timeout=10_000)
    assert "svenska" in _text(session)

    reload()
    assert "English" in _text(session)
    assert _strip(session) == ""

    english.unlink()
    qtbot.waitUntil(lambda: "vpn.md" in _strip(session), timeout=10_000)
    reload()
    assert session.window.reading.page is None
    assert _strip(session) == ""

    swedish.write_text(kept, encoding="utf-8")
    reload()
    assert "svenska" in _text(session)
    assert _strip(session) == ""


def test_what_the_strip_says_of_a_broken_save_does_not_follow_to_other_pages(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = _folder(tmp_path / "small")
    session = make_session(folder, "a001")
    _save(folder / "a001.md", "---\nlang: [sv\n---\n# Trasig\n")
    qtbot.waitUntil(lambda: "a001.md:3" in _strip(session))

    session.window.reader.open("a002")

    assert _strip(session) == ""


def test_other_files_of_the_folder_do_not_disturb(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "small")
    session = make_session(folder, "a001")
    shown: list[str] = []
    session._live._watch.changed.connect(lambda: shown.append("x"))  # type: ignore[union-attr]

    _save(folder / "a002.md", "# Annan\n")
    qtbot.wait(400)
    assert shown == []

    os.utime(folder / "a001.md")
    qtbot.waitUntil(lambda: shown == ["x"])


STEPS = "---\nlang: sv\n---\n# Steg\n\n## Gör så här {{#s}}\n\n{steps}"


def _guided(make_session: MakeSession, folder: Path, *steps: str) -> tuple[Session, GuidedPage]:
    """Return a window with the guided view of an article with these steps, at the second one."""
    _save_steps(folder, *steps)
    session = make_session(folder, "steps")
    session.window.table[ActionId.GUIDED].trigger()
    page = session.window.reading.guided
    assert page is not None
    page.go_to(1)
    return session, page


def _save_steps(folder: Path, *steps: str) -> None:
    folder.mkdir(exist_ok=True)
    numbered = "\n".join(f"1. Gör {text}. {{#{text}}}" for text in steps)
    _save(folder / "steps.md", STEPS.format(steps=numbered or "Inga steg mer.") + "\n")


def _step_text(page: GuidedPage) -> str:
    return page.body.view.document().toPlainText()


def test_a_save_is_seen_in_the_guided_view_at_the_same_step(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    """An author reads his procedure step by step while he writes it; what is typed stays, too."""
    folder = tmp_path / "small"
    session, page = _guided(make_session, folder, "ett", "två")
    page.foot.note.setPlainText("påbörjat")

    _save_steps(folder, "noll", "ett", "två")

    qtbot.waitUntil(lambda: "3" in page.head.title.text())
    assert page.step_id == "två"
    assert page.foot.note_text == "påbörjat"
    assert session.window.reading.guided is page

    _save(folder / "steps.md", STEPS.format(steps="1. Gör om två. {#två}\n"))
    qtbot.waitUntil(lambda: "Gör om två" in _step_text(page))


def test_a_step_that_is_taken_out_gives_its_place_to_the_next_and_keeps_what_was_typed(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "small"
    _session, page = _guided(make_session, folder, "ett", "två", "tre")
    page.foot.note.setPlainText("påbörjat")

    with qtbot.waitSignal(page.announced) as announced:
        _save_steps(folder, "ett", "tre")
    assert "tre" in announced.args[0]
    assert page.step_id == "tre"
    assert page.foot.note_text == ""

    _save_steps(folder, "ett", "två", "tre")
    qtbot.waitUntil(lambda: page.walk is not None and len(page.walk.steps) == 3)
    page.go_to(1)
    assert page.foot.note_text == "påbörjat"


def test_without_steps_the_whole_article_is_shown(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "small"
    session, _page = _guided(make_session, folder, "ett", "två")

    _save_steps(folder)

    qtbot.waitUntil(lambda: session.window.reading.guided is None)
    assert "Inga steg mer" in _text(session)
    assert not session.window.table[ActionId.GUIDED].isEnabled()


def test_a_broken_save_leaves_the_guided_view_as_it_is(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "small"
    session, page = _guided(make_session, folder, "ett", "två")

    _save(folder / "steps.md", "---\nlang: [sv\n---\n# Trasig\n")

    qtbot.waitUntil(lambda: not session.window.parts.notice.isHidden())
    assert page.step_id == "två"
    assert session.window.reading.guided is page


def _trees(root: Path, *trees: str) -> list[Path]:
    """Write one article, the same in each tree, and return its files."""
    files = [root / tree / "help" / "first.md" for tree in trees]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text(f"# Title in {file.parts[-3]}\n\nText.\n", encoding="utf-8")
    return files


def test_a_single_file_of_a_pair_of_trees_is_shown_and_its_language_switched(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    """An author opens the file that he writes, and looks at the translation; a save of either is seen."""
    english, swedish = _trees(tmp_path / "repo", "docs", "docs.sv-se")
    session = make_session(_folder(tmp_path / "other"), str(english), language="")
    window = session.window
    assert window.language.current == "en"
    assert window.windowTitle().startswith("Title in docs –")

    window.table[ActionId.SWITCH_LANGUAGE].trigger()
    assert window.windowTitle().startswith("Title in docs.sv-se –")

    _save(swedish, "# Ny titel\n\nOch det som är nytt är att det är på svenska.\n")
    qtbot.waitUntil(partial(_says, session, "nytt"))
    assert window.windowTitle().startswith("Ny titel")


def test_a_language_that_only_a_single_file_has_is_offered(make_session: MakeSession, tmp_path: Path) -> None:
    """The file that was named is what is shown, whatever its language."""
    _english, german = _trees(tmp_path / "repo", "docs.en-us", "docs.de-de")

    window = make_session(_folder(tmp_path / "other"), str(german), language="").window

    assert window.language.current == "de"
    assert window.windowTitle().startswith("Title in docs.de-de")
    assert set(window.language.languages) == {"de", "en", "sv"}


def test_a_broken_translation_of_a_single_file_is_told_when_it_is_saved(
    make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    _english, swedish = _trees(tmp_path / "repo", "docs", "docs.sv-se")
    session = make_session(_folder(tmp_path / "other"), str(swedish))

    _save(swedish, "---\nlang: [sv\n---\n# Trasig\n")

    qtbot.waitUntil(lambda: not session.window.parts.notice.isHidden())
    assert session.window.windowTitle().startswith("Title in docs.sv-se")
