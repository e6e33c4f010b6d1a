"""Updates in the window: looks at sources when the reader asks, and installs what he wants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbviewer.app.paths import Profile
from kbviewer.app.policy_gate import check_may_change_packs
from kbviewer.model.errors import KbError, PackFileError, UntrustedSourceError, UpdateCancelledError
from kbviewer.model.messages import N_, Message, message
from kbviewer.model.policy import Policy, Right
from kbviewer.model.shelf import ShelfItem
from kbviewer.model.updates import KnownSource, OldContent, TrustQuestion, UpdateStage, UpdateView

if TYPE_CHECKING:
    from kbviewer.app.gui.library_desk import LibraryDesk
    from kbviewer.app.local_news import News
    from kbviewer.content.updates.installation import Step
    from kbviewer.content.updates.session import Installed, Offers, Source, UpdateSession


class UpdateDesk(QObject):
    """The talk about updates: what to show, and what each answer does. Nothing is fetched unasked.

    Signals:
        changed(): `view`, or whether something is under way.
        stepped(step): how far an installation has come; an UpdateStep.
        noticed(key, message): a source in a folder seems to have something newer.
        brought(): somebody has opened an update file; `pending` says which.
        pack_named(path): what was named as a source is a pack, which can be installed as such.
    """

    changed = Signal()
    stepped = Signal(object)
    noticed = Signal(str, object)
    brought = Signal()
    pack_named = Signal(str)

    def __init__(
        self,
        desk: LibraryDesk,
        profile: Profile,
        policy: Policy,
        make_session: Callable[[], UpdateSession] | None = None,
    ) -> None:
        """Take what is needed; nothing is read yet.

        Args:
            make_session: by default the client over the profile, imported when it is first wanted.
        """
        super().__init__(desk)
        self._desk = desk
        self._profile = profile
        self._policy = policy
        self._make_session = make_session or self._open_session
        self._made: UpdateSession | None = None
        self._offers: Offers | None = None
        self._asked: tuple[str, str] = ("", "")
        self._is_installing = self._is_watched = False
        self._owed: Callable[[], None] | None = None
        self._before: tuple[KnownSource, ...] = ()
        self._old: tuple[date, OldContent | None] | None = None
        self.view = UpdateView()
        self.pending = ""
        for signal in (desk.reopened, desk.changed):
            signal.connect(self._forget_old)
        desk.changed.connect(self.changed)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way beside the window."""
        return self._desk.work is not None

    def bring(self, path: str) -> None:
        """Keep an update file until somebody can be asked."""
        self.pending = path
        self.brought.emit()

    def glance(self) -> None:
        """See whether a source in a folder seems to have something newer; no network, and nobody waits."""
        if not self._policy.allows(Right.CHANGE_PACKS) or not self._profile.updates.is_dir():
            return
        from kbviewer.app.gui.news_glance import NewsGlance

        NewsGlance(self._profile.updates, self._policy.may_update_from, self).found.connect(self._take_news)

    def open(self) -> None:
        """Begin with the sources, unless something is under way that is to be shown."""
        self._is_watched = True
        if not self._is_installing:
            self._show_sources()

    def left(self) -> None:
        """Nobody looks any more: give a look at a source up, let an installation go on, tell what is new."""
        self._is_watched = False
        if self.is_busy and not self._is_installing:
            self.cancel()
        self._tell()

    def check(self, key: str) -> None:
        """Look at a source that is known."""
        known = next((source for source in self.view.sources if source.key == key), None)
        if known is None:
            return
        if known.is_given:
            self._look(self._policy.update_source, self._policy.update_source)
            return
        source = next((found for found in self._session().sources() if found.key == key), None)
        if source is not None:
            self._look(source, known.publisher)

    def look(self, address: str) -> None:
        """Look at the source at an address, which nobody need know yet."""
        if address.strip():
            self._look(address.strip(), address.strip())

    def trust(self) -> None:
        """Trust the source whose fingerprint has been compared, and see what it offers."""
        address, fingerprint = self._asked
        if self.view.stage is UpdateStage.TRUST and fingerprint:
            self._look(address, address, fingerprint)

    def install(self, only: Collection[str] | None = None, *, accepts_stale: bool = False) -> None:
        """Install what is offered, or of it the packs that the reader has picked."""
        offers = self._offers
        if offers is None or self.view.stage is not UpdateStage.OFFERS or self.is_busy:
            return
        from kbviewer.app import update_jobs

        session, tell = self._session(), partial(self._step, offers)
        job = partial(update_jobs.install, session, offers, accepts_stale, only, tell)
        self._is_installing = True
        work = message(N_("Updating from {publisher} …"), publisher=offers.publisher)
        self._desk.begin(work, job, self._take_installed, self._take_failure)

    def cancel(self) -> None:
        """Give up what is under way; what has been fetched is kept."""
        self._desk.cancel()

    def back(self) -> None:
        """Go back to the sources."""
        if not self.is_busy:
            self._show_sources()

    def forget(self, key: str) -> None:
        """Stop trusting a publisher; packs stay."""
        if self.is_busy:
            return
        try:
            forgotten = self._session().forget(key)
        except KbError as error:
            self._show_sources(error=error)
            return
        text = N_("{publisher} is no longer trusted; the packs that came from there stay.")
        self._show_sources(note=message(text, publisher=forgotten.publisher))

    def with_ages(self, items: Sequence[ShelfItem]) -> list[ShelfItem]:
        """Return libraries, those with a word about their age whose content may be old."""
        from kbviewer.app.content_age import with_ages

        days = self._policy.update_stale_days
        return with_ages(items, self._profile.updates, days, datetime.now(UTC).date(), self._desk.language)

    def old_content(self) -> OldContent | None:
        """Return which libraries may be out of date; looked up once a day, and when they have changed."""
        today = datetime.now(UTC).date()
        if self._old is None or self._old[0] != today:
            from kbviewer.app.content_age import old_content

            days = self._policy.update_stale_days
            packs = self._desk.shelf.days_of_packs(self._desk.language)
            self._old = (today, old_content(packs, self._profile.updates, days, today))
        return self._old[1]

    def _forget_old(self) -> None:
        self._old = None

    def _session(self) -> UpdateSession:
        if self._made is None:
            self._made = self._make_session()
        return self._made

    def _open_session(self) -> UpdateSession:
        from kbviewer.app.updates import open_updates

        return open_updates(self._profile, self._policy)

    def _look(self, source: Source | str, name: str, fingerprint: str = "") -> None:
        try:
            check_may_change_packs(self._policy)
        except KbError as error:
            self._show_sources(error=error)
            return
        if self.is_busy:
            return
        from kbviewer.app import update_jobs

        self._asked = (source if isinstance(source, str) else (*source.addresses, "")[0], fingerprint)
        job = partial(update_jobs.check, self._session(), source, fingerprint)
        work = message(N_("Looking at {source} …"), source=name)
        self._desk.begin(work, job, self._take_offers, self._take_failure)

    def _take_offers(self, offers: Offers) -> None:
        from kbviewer.app.update_view import offered

        self._offers = offers
        shown = offered(offers, self._desk.language, kiosk=self._policy.is_kiosk)
        self._show(UpdateView(stage=UpdateStage.OFFERS, offered=shown))

    def _take_installed(self, result: Installed) -> None:
        from kbviewer.app.update_view import results
        from kbviewer.content.updates.plan import Change

        self._is_installing, self._offers = False, None
        done = [one for one in result.done if one.offer.change is not Change.VOUCH]
        if done:
            new = [one.offer.pack_id for one in done if one.offer.change is Change.NEW]
            self._owed = self._desk.take_updated([one.offer.pack_id for one in done], new)
        elif result.done:
            # The same files, of which it is known now who vouches for them.
            self._desk.reopened.emit()
            self._desk.changed.emit()
        shown = results(result.done, self._desk.language)
        self._show(UpdateView(stage=UpdateStage.RESULTS, results=shown, error=result.stopped_by))
        if not self._is_watched:
            self._tell()
            if result.stopped_by is not None:
                self._desk.failed.emit(result.stopped_by)

    def _take_failure(self, error: KbError) -> None:
        is_installing, self._is_installing = self._is_installing, False
        address, fingerprint = self._asked
        if isinstance(error, UntrustedSourceError) and error.fingerprint and not fingerprint:
            from kbviewer.app.update_view import fingerprint_lines

            self._asked = (address, error.fingerprint)
            question = TrustQuestion(address, fingerprint_lines(error.fingerprint))
            self._show(UpdateView(stage=UpdateStage.TRUST, question=question))
            return
        if isinstance(error, PackFileError):
            self._show_sources()
            self.pack_named.emit(str(Path(address).absolute()))
            return
        if isinstance(error, UpdateCancelledError):
            self._show_sources(note=message(N_("It has been stopped; nothing has been changed.")))
            return
        is_known = any(address in source.addresses for source in self._before)
        self._show_sources(error=error, address="" if is_known or is_installing else address)
        if is_installing and not self._is_watched:
            self._desk.failed.emit(error)

    def _show_sources(
        self, *, error: KbError | None = None, note: Message | None = None, address: str = ""
    ) -> None:
        sources: tuple[KnownSource, ...] = ()
        try:
            sources = self._known()
        except KbError as fault:
            error = error or fault
        self._before = sources
        may_add = not self._policy.is_locked("update_source")
        self._show(UpdateView(sources=sources, may_add=may_add, address=address, error=error, note=note))

    def _known(self) -> tuple[KnownSource, ...]:
        from kbviewer.app.update_view import known_sources

        return known_sources(self._session().sources(), self._policy)

    def _show(self, view: UpdateView) -> None:
        self.view = view
        self.changed.emit()

    def _step(self, offers: Offers, step: Step) -> None:
        """Hand on how far it is; called in another thread."""
        from kbviewer.app.update_view import step_of

        self.stepped.emit(step_of(step, offers, self._desk.language))

    def _take_news(self, news: News) -> None:
        text = N_("{folder} seems to have newer content from {publisher}.")
        self.noticed.emit(news.key, message(text, folder=news.folder, publisher=news.publisher))

    def _tell(self) -> None:
        owed, self._owed = self._owed, None
        if owed is not None:
            owed()
