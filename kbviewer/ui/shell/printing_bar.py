"""The strip above a print preview: where one is, how large it is shown, and the way to the choices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.ui.article.page_stack import FIT_PAGE, FIT_WIDTH
from kbviewer.ui.shell.bar_button import BarButton
from kbviewer.ui.theme.choice_field import ChoiceField
from kbviewer.ui.theme.theme import Theme

_FIXED = (0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
_STEPS_FROM_PX = 480
_PAGES_FROM_PX = 620


class PreviewBar(QWidget):
    """Shows page and scale.

    Attributes:
        choices, close_button: for a window that has no room for them elsewhere.

    Signals:
        turned(by): go on (1) or back (-1) by a page.
        stepped(direction): larger (1) or smaller (-1).
        fit_chosen(fit): fit pages to the view.
        scale_chosen(scale): show pages at that scale.
        panel_toggled(shown): the choices are wanted in place of the pages.
    """

    turned = Signal(int)
    stepped = Signal(int)
    fit_chosen = Signal(str)
    scale_chosen = Signal(float)
    panel_toggled = Signal(bool)

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._translator = translator
        _ = translator.gettext
        self._before = self._button("chevron-up", _("Previous page"), lambda: self.turned.emit(-1))
        self._after = self._button("chevron-down", _("Next page"), lambda: self.turned.emit(1))
        self._page = QLabel()
        self._smaller = self._button("minus", _("Zoom out"), lambda: self.stepped.emit(-1))
        self._larger = self._button("plus", _("Zoom in"), lambda: self.stepped.emit(1))
        self.scale = ChoiceField(theme)
        self.scale.setAccessibleName(_("Size of the pages"))
        self.scale.addItem(_("Fit width"), FIT_WIDTH)
        self.scale.addItem(_("Fit page"), FIT_PAGE)
        for scale in _FIXED:
            self.scale.addItem(self._percent(scale), scale)
        self.scale.activated.connect(self._choose)
        self.choices = self._button("settings", _("Choices for paper"), lambda: None)
        self.choices.setCheckable(True)
        self.choices.toggled.connect(self.panel_toggled)
        self.close_button = self._button("close", _("Close"), lambda: None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        left: list[QWidget] = [self._before, self._after, self._page]
        right: list[QWidget] = [self._smaller, self.scale, self._larger, self.choices, self.close_button]
        for part in left:
            layout.addWidget(part)
        layout.addStretch(1)
        for part in right:
            layout.addWidget(part)

    @property
    def page_text(self) -> str:
        """What is said about the page."""
        return self._page.text()

    def show_page(self, page: int, count: int) -> None:
        """Show that `page` of `count` is in view."""
        text = self._translator.gettext("Page {number} of {total}").format(number=page, total=count)
        self._page.setText(text if count else "")
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < count)

    def show_scale(self, fit: str, scale: float) -> None:
        """Show how pages are fitted, or at which scale they are shown."""
        index = self.scale.findData(fit) if fit else -1
        if index < 0:
            near = [at for at, fixed in enumerate(_FIXED) if abs(fixed - scale) < 0.005]
            index = 2 + near[0] if near else -1
        self.scale.setCurrentIndex(index)
        self.scale.setPlaceholderText(self._percent(scale))

    def _percent(self, scale: float) -> str:
        return self._translator.gettext("{percent}%").format(percent=round(100 * scale))

    def fold(self, width: int) -> None:
        """Leave out what there is no room for; the list of sizes and the keys do the same."""
        for button in (self._smaller, self._larger):
            button.setVisible(width >= _STEPS_FROM_PX)
        for button in (self._before, self._after):
            button.setVisible(width >= _PAGES_FROM_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the height alone: what does not fit is left out."""
        return QSize(0, super().minimumSizeHint().height())

    def _choose(self, index: int) -> None:
        value = self.scale.itemData(index)
        if isinstance(value, str):
            self.fit_chosen.emit(value)
        else:
            self.scale_chosen.emit(value)

    def _button(self, icon: str, name: str, act: object) -> BarButton:
        button = BarButton(self._theme, icon)
        button.set_name(name)
        button.clicked.connect(act)
        return button
