"""What a source offers: a box for each pack, what it would cost, and a yes for what has expired."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kbviewer.i18n.translator import Translator
from kbviewer.model.updates import Offered, PackChange
from kbviewer.ui.library.update_pages import UpdatePage
from kbviewer.ui.library.update_wording import change_text, nothing_text, offer_heading, total_text
from kbviewer.ui.theme.announce import announce
from kbviewer.ui.theme.check_line import CheckLine
from kbviewer.ui.theme.theme import Theme


class OffersPage(UpdatePage):
    """What a source offers, a box to tick for each pack.

    Signals:
        answered(): a box was ticked or cleared.
    """

    answered = Signal()

    def __init__(self, offered: Offered, theme: Theme, translator: Translator) -> None:
        super().__init__(theme, translator)
        _ = translator.gettext
        self.offered = offered
        self.consent: CheckLine | None = None
        self.boxes: dict[str, CheckLine] = {}
        self.add_text(offer_heading(offered, translator), bold=True)
        self.add_text(offered.address, muted=True, silent=True)
        if offered.stale is not None:
            self.add_warning(offered.stale.render(_))
        if not offered.taken:
            self.add_text(nothing_text(offered, translator))
        for change in offered.changes:
            self._add_box(change)
        for title, reason in offered.left:
            text = _("“{title}” is left as it is: {reason}.")
            self.add_text(text.format(title=title, reason=reason.render(_)), muted=True)
        self.total = self.add_text(total_text(offered, self.picked, translator), bold=True)
        self.total.setVisible(bool(offered.changes))
        if offered.changes and offered.stale is not None:
            self._add_consent(offered)
        self.column.addStretch(1)

    def can_go_on(self) -> bool:
        """Return whether what is offered may be installed as things stand."""
        is_answered = self.offered.stale is None or self.accepts_stale
        return self.offered.can_install and is_answered and bool(self.picked)

    @property
    def picked(self) -> frozenset[str]:
        """Ids of the packs that are ticked."""
        return frozenset(pack_id for pack_id, box in self.boxes.items() if box.isChecked())

    @property
    def answers(self) -> tuple[frozenset[str], bool]:
        """What is ticked: packs, and the yes for what has expired."""
        return self.picked, self.accepts_stale

    def take_answers(self, picked: frozenset[str], accepts_stale: bool) -> None:
        """Tick what was ticked on a page before this one."""
        for pack_id, box in self.boxes.items():
            box.setChecked(pack_id in picked)
        if self.consent is not None:
            self.consent.setChecked(accepts_stale)

    @property
    def accepts_stale(self) -> bool:
        """Whether the reader has said yes to what has expired."""
        return self.consent is not None and self.consent.isChecked()

    def _add_box(self, change: PackChange) -> None:
        text = change_text(change, self.translator)
        box = self.boxes[change.pack_id] = CheckLine(text.replace("&", "&&"))
        box.setAccessibleName(text)
        box.setChecked(change.omission is None)
        box.toggled.connect(self._show_total)
        self._said.append(text)
        self.column.addWidget(box)
        if self.first is None:
            self.first = box

    def _show_total(self) -> None:
        text = total_text(self.offered, self.picked, self.translator)
        self.total.setText(text)
        announce(self.total, text)
        self.answered.emit()

    def _add_consent(self, offered: Offered) -> None:
        _ = self.translator.gettext
        if not offered.can_accept:
            self.add_text(_("Nothing is installed from it. Get a newer copy from the publisher."))
            return
        self.add_text(
            _(
                "Somebody who wants you to stay with old content could show you this source for ever. "
                "Put the computer's date right if it is wrong, or get a newer copy from the publisher."
            )
        )
        self.consent = CheckLine(_("Install it all the same; I know that there may be something newer"))
        self.consent.setAccessibleName(self.consent.text())
        self.consent.toggled.connect(self.answered)
        self.column.addWidget(self.consent)
