"""Still need help? What to gather, a summary to copy, and where the source sends its readers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import HelpOffer
from kbviewer.ui.theme.dialog import Dialog


class HelpDialog(Dialog):
    """Helps without a network: nothing is sent, everything can be copied."""

    def __init__(
        self, summary: str, offer: HelpOffer | None, translator: Translator, parent: QWidget | None = None
    ) -> None:
        super().__init__(translator.gettext("Still need help?"), translator, parent, width_px=600)
        _ = translator.gettext
        self.add_text(
            _(
                "Copy the summary below and send it to your support, together with the exact error message, "
                "when it first happened, and who else is affected."
            )
        )
        self.add_source(summary, _("Summary"))
        if offer is not None:
            self.add_text(_("The source refers to: {label}").format(label=offer.label))
            if offer.address:
                address = QLineEdit(offer.address)
                address.setReadOnly(True)
                address.setAccessibleName(_("Address"))
                address.setCursorPosition(0)
                self.body.addWidget(address)
                self.add_copy_button(_("Copy the address"), offer.address, _("Copied"))
        self.add_copy_button(_("Copy the summary"), summary, _("Copied"))
        self.add_close_button()
