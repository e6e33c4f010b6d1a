"""What the reader decides, made visible: page, outline, progress and title."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article, outline
from kbviewer.model.errors import KbError
from kbviewer.model.inline import Link, LinkKind
from kbviewer.model.library import Problem
from kbviewer.model.messages import N_, message
from kbviewer.model.progress import Progress, has_steps
from kbviewer.ui.shell.link_notice import search_words
from kbviewer.ui.shell.open_library import OpenLibrary
from kbviewer.ui.shell.page_area import PageArea
from kbviewer.ui.shell.reader import Obstacle, Opening, Reader
from kbviewer.ui.shell.side_pane import SidePane
from kbviewer.ui.theme.announce import announce

if TYPE_CHECKING:
    from kbviewer.ui.article.guided_page import GuidedPage
    from kbviewer.ui.article.page import ArticlePage

_SAVE_AFTER_MS = 800


class Reading(QObject):
    """Keeps page and side pane showing what is read.

    Signals:
        title_changed(title): title of the page, "" for home.
        page_changed(): another kind of page is shown.
        article_wanted(reference, anchor): a link to an article was followed.
        link_unresolved(link): a link that no page answers.
        search_wanted(text): the reader should search for that.
        reload_wanted(): look at the files again.
        libraries_wanted(): show which libraries are on.
        stop_wanted(): do not read the library any further.
        help_wanted(), comment_wanted(anchor): the reader asks for these.
        place_commanded(command, key): something is to be done with a place of the article.
        section_changed(): another section is being read.
        said(text): a short note for the reader.
        resumed(): an article has opened in its middle, where it was left.
    """

    title_changed = Signal(str)
    page_changed = Signal()
    article_wanted = Signal(str, str)
    link_unresolved = Signal(object)
    search_wanted = Signal(str)
    reload_wanted = Signal()
    libraries_wanted = Signal()
    stop_wanted = Signal()
    help_wanted = Signal()
    comment_wanted = Signal(str)
    place_commanded = Signal(object, str)
    section_changed = Signal()
    said = Signal(str)
    resumed = Signal()

    def __init__(
        self,
        reader: Reader,
        library: OpenLibrary,
        area: PageArea,
        pane: SidePane,
        show_home: Callable[[], None],
        show_own_page: Callable[[str], str | None],
        translator: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._library = library
        self._area = area
        self._pane = pane
        self._show_home = show_home
        self._show_own_page = show_own_page
        # Shows the page of the program that is in front anew, and returns its title.
        self._show_again: Callable[[], str] = self._show_start
        self._translator = translator
        self.section = ""
        # Whether a section was opened in another tab, because the click asked for it.
        self.opens_elsewhere: Callable[[str], bool] = lambda _anchor: False
        # Whether there are libraries that are not open.
        self.has_closed_libraries: Callable[[], bool] = lambda: False
        self._obstacle: Obstacle | None = None
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SAVE_AFTER_MS)
        self._saving.timeout.connect(reader.save_place)
        area.article_page_made.connect(self._connect_page)
        reader.home_wanted.connect(lambda: self._to_own(self._show_start))
        reader.own_page_wanted.connect(self._to_own_page)
        reader.opened.connect(self._to_article)
        reader.obstructed.connect(self._to_obstacle)
        pane.anchor_chosen.connect(self.go_to_section)

    @property
    def page(self) -> ArticlePage | None:
        """The article page while it is shown, else None."""
        return self._area.article_page if self._area.shows_article else None

    @property
    def column(self) -> ArticlePage | None:
        """The column of the article that has the focus; there are two when it is shown side by side."""
        return self._area.focused_column if self._area.shows_article else None

    @property
    def guided(self) -> GuidedPage | None:
        """The guided view while it is shown, else None."""
        return self._area.guided_page if self._area.shows_guided else None

    def go_to_section(self, anchor: str) -> None:
        """Move to a section of the article, and be able to come back."""
        page, guided = self.page, self.guided
        if guided is not None and not self.opens_elsewhere(anchor):
            guided.section_wanted.emit(anchor)
        elif page is not None and not self.opens_elsewhere(anchor):
            self._jump(page, anchor)

    def go_to_top(self) -> None:
        """Move to the beginning of the article, and be able to come back."""
        page = self.page
        if page is not None:
            self._jump(page, "")

    def _jump(self, page: ArticlePage, anchor: str) -> None:
        left = page.place()
        page.go_to(anchor)
        if page.place() != left:
            self._reader.note_jump(left, anchor)

    def follow_link(self, link: Link) -> None:
        """Go where a link leads, when it leads anywhere in this library."""
        if link.kind is LinkKind.SECTION:
            self.go_to_section(link.target)
        elif link.kind is LinkKind.ARTICLE and self._library.find(link.target) is not None:
            self.article_wanted.emit(link.target, link.anchor)
        else:
            self.link_unresolved.emit(link)

    def show_loading(self) -> None:
        """Say that articles are being read."""
        self._leave_article()
        from kbviewer.ui.shell.obstacles import loading_status

        page = self._area.to_status()
        page.show_status(loading_status(self.stop_wanted.emit))
        page.repaint()

    def show_share(self, done: int, total: int) -> None:
        """Say how many articles have been read, when the page says that they are being read."""
        page = self._area.status_page
        # How many there are is not known before a share has answered.
        if total and page is not None and self._area.current is page:
            numbers = QLocale()
            text = message(
                N_("Reading articles: {done} of {total}"),
                done=numbers.toString(done),
                total=numbers.toString(total),
            )
            page.show_share(done, total, text)

    def show_copied(self, done_kb: int, total_kb: int) -> None:
        """Say how much has been copied from a share, when the page says that articles are awaited."""
        page = self._area.status_page
        if total_kb and page is not None and self._area.current is page:
            numbers = QLocale()
            text = message(
                N_("Copying from the share: {done} of {total} MB"),
                done=numbers.toString(done_kb / 1024, "f", 1),
                total=numbers.toString(total_kb / 1024, "f", 1),
            )
            page.show_share(done_kb, total_kb, text)

    def show_stopped(self, again: Callable[[], object], other: Callable[[], object] | None) -> None:
        """Say that the articles have not been read; offer to read on, or another folder if one may."""
        from kbviewer.ui.shell.obstacles import stopped_status

        self._area.to_status().show_status(stopped_status(again, other))

    def show_unreachable(
        self, error: KbError, again: Callable[[], object], other: Callable[[], object] | None
    ) -> None:
        """Say why the articles cannot be reached, and offer to try again or to open another folder."""
        from kbviewer.ui.shell.obstacles import unreachable_status

        self._area.to_status().show_status(unreachable_status(error, again, other))

    def show_variant(self) -> None:
        """Show what is on the page in the language that is on now."""
        page = self.guided or self.page
        if page is None:
            if self._obstacle is not None:
                self._to_obstacle(self._obstacle)
            else:
                self.title_changed.emit(self._show_again())
            return
        article = self._reader.variant()
        if article is None:
            self._reader.reload()
            return
        if page is self.guided and not has_steps(article):
            # Its author has taken them out; there is nothing to go through any more.
            page.leave()
            return
        page.switch_article(article)
        if page is self.page:
            self._describe(article)
        else:
            self.title_changed.emit(article.title)

    def reload(self) -> None:
        """Show the page anew, from files that may have changed; what is not about files stays as it is."""
        is_own = self._reader.article is None and self._obstacle is None
        if is_own or self.guided is not None:
            self.show_variant()
        else:
            self._reader.reload()

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong with a file, and offer what can be read of its article."""
        self._reader.save_place()
        self._to_obstacle(self._reader.explain(problem))

    def refresh_steps(self, article_id: str = "") -> None:
        """Show results and choices that were changed from outside the page, in any article for ""."""
        page, article = self.guided or self.page, self._reader.article
        if page is not None and article is not None and article_id in ("", article.id):
            page.refresh_steps()

    def show_anew(self) -> None:
        """Show data that was changed from outside the window: ticks and choices, or what home lists."""
        if self.page is not None:
            self.refresh_steps()
        elif self._area.shows_home:
            self._show_home()

    def flush(self) -> None:
        """Keep the reading place and notes now."""
        self._saving.stop()
        self.keep_notes()
        self._reader.save_place()

    def _show_start(self) -> str:
        self._show_home()
        return ""

    def _to_own_page(self, name: str) -> None:
        def show() -> str:
            title = self._show_own_page(name)
            # One that another version of the program has kept is home in this one.
            return self._show_start() if title is None else title

        self._to_own(show)

    def _to_own(self, show: Callable[[], str]) -> None:
        self._leave_article()
        self._obstacle = None
        self._show_again = show
        self.title_changed.emit(show())
        self.page_changed.emit()

    def _to_article(self, opening: Opening) -> None:
        self.keep_notes()
        self._saving.stop()
        self._obstacle = None
        page = self._area.to_article()
        languages = self._translator.in_order(opening.entry.variants)
        page.show_article(opening.article, languages, place=opening.place, anchor=opening.anchor)
        lost = (
            bool(opening.anchor) and opening.place is None and not page.stage.page.areas.get(opening.anchor)
        )
        if lost and opening.remembered is not None:
            page.show_article(opening.article, languages, place=opening.remembered)
        self._describe(opening.article)
        self.page_changed.emit()
        if lost:
            text = self._translator.gettext("This article has no place called “{anchor}”.")
            self.said.emit(text.format(anchor=opening.anchor))
        elif opening.place is not None and opening.place is opening.remembered and page.is_past_beginning:
            self.resumed.emit()

    def _to_obstacle(self, obstacle: Obstacle) -> None:
        self._leave_article()
        self._obstacle = obstacle
        from kbviewer.ui.shell.obstacles import obstacle_status

        status = obstacle_status(
            obstacle,
            search=lambda: self.search_wanted.emit(search_words(obstacle.title) or obstacle.reference),
            reload=self.reload_wanted.emit,
            home=self._reader.go_home,
            other=lambda: self._reader.open(obstacle.reference),
            libraries=self.libraries_wanted.emit if self.has_closed_libraries() else None,
        )
        page = self._area.to_status()
        page.show_status(status)
        self.title_changed.emit(status.title.render(self._translator.gettext))
        self.page_changed.emit()

    def _describe(self, article: Article) -> None:
        page = self._area.article_page
        if page is None:
            return
        self._pane.show_outline(outline(article), self.section)
        self._show_progress(page.progress())
        self.title_changed.emit(article.title)

    def _show_progress(self, progress: Progress) -> None:
        page = self._area.article_page
        self._pane.set_progress(progress, can_reset=page is not None and page.has_results)

    def _leave_article(self) -> None:
        self._saving.stop()
        self.keep_notes()
        self.section = ""
        self._pane.show_outline(())
        self._pane.set_progress(Progress(0, 0))

    def keep_notes(self) -> None:
        """Save notes on steps that are being written."""
        if self._area.article_page is not None:
            self._area.article_page.keep_notes()
        if self.guided is not None:
            self.guided.keep_note()

    def _connect_page(self, page: ArticlePage) -> None:
        page.link_activated.connect(self.follow_link)
        page.section_entered.connect(self._enter_section)
        page.progress_changed.connect(self._show_progress)
        page.place_changed.connect(self._note_place)
        page.outline_changed.connect(self._refresh_outline)
        page.jumped.connect(lambda _from, to: self._reader.note_jump(page.place(), to))
        page.help_requested.connect(self.help_wanted)
        page.feedback_requested.connect(self.comment_wanted)
        page.place_commanded.connect(self.place_commanded)
        page.announced.connect(lambda text: announce(page, text))
        page.copied.connect(self.say_copied)

    def _enter_section(self, anchor: str) -> None:
        self.section = anchor
        self._pane.set_active(anchor)
        self.section_changed.emit()

    def _note_place(self) -> None:
        self._saving.start()
        page = self.page
        if page is not None:
            self._reader.note_place(page.place())

    def _refresh_outline(self) -> None:
        article = self._reader.article
        if article is not None and self.page is not None:
            self._pane.show_outline(outline(article), self.section)

    def say_copied(self, text: str) -> None:
        """Say what has been copied."""
        short = text if len(text) <= 40 else text[:39] + "…"
        self.said.emit(self._translator.gettext("Copied: {text}").format(text=short.replace("\n", " ")))
