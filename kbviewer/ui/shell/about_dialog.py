"""What this is, how old its articles are, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy
from kbviewer.ui.shell.about_facts import AboutFacts
from kbviewer.ui.shell.faulty_policy import FAULTY_POLICY
from kbviewer.ui.theme.dialog import Dialog


class AboutDialog(Dialog):
    """Shows AboutFacts."""

    def __init__(
        self,
        facts: AboutFacts,
        translator: Translator,
        parent: QWidget | None = None,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(translator.gettext("Knowledge base"), translator, parent, width_px=560)
        _ = translator.gettext
        self.add_text(f"kbviewer {facts.version}")
        self.add_text(_("Content dated {date}").format(date=facts.content_date or _("Unknown")))
        lines = [
            "\n".join(
                part
                for part in (
                    f"{item.title} {item.version}".strip(),
                    item.path,
                    item.origin.render(_) if item.origin else "",
                )
                if part
            )
            for item in facts.libraries
        ]
        if lines:
            self.add_text(_("Open libraries:") + "\n" + "\n".join(lines))
        if policy is not None and policy.faults:
            self.add_text(_(FAULTY_POLICY))
        elif policy is not None and policy.source and not policy.is_kiosk:
            self.add_text(_("Your organisation decides what can be done here."))
        self.add_text(_("The program is under the MIT licence, its own articles under CC BY 4.0."))
        rows = "\n".join(f"{item.name} {item.version}, {item.licence}" for item in facts.components)
        self.add_source(rows, _("Components and their licences"), 130)
        self.add_close_button()
