"""The cards of the home page: real buttons that draw themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kbviewer.i18n.translator import Translator
from kbviewer.model.article import ArticleState
from kbviewer.ui.home.sorted_articles import ArticleItem
from kbviewer.ui.home.view_model import CaseItem, ProgressItem
from kbviewer.ui.theme.chips import Chip, ChipTone, chip_font, chip_height, chip_width, paint_chips
from kbviewer.ui.theme.icons import paint_icon
from kbviewer.ui.theme.surfaces import paint_surface
from kbviewer.ui.theme.text_lines import line_height, paint_lines, wrap_lines
from kbviewer.ui.theme.theme import Theme
from kbviewer.ui.theme.tokens import CORNER_PX, FOCUS_RING_PX

PADDING_PX = 16
_BAR_PX = 6
_TEXT_LINES = 4
_ICON_PX = 16


def title_font(theme: Theme) -> QFont:
    """Return the font of a card's title."""
    font = theme.body_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def text_font(theme: Theme) -> QFont:
    """Return the font of a card's text."""
    font = theme.body_font()
    font.setPointSizeF(font.pointSizeF() * 0.92)
    return font


def card_height(theme: Theme) -> int:
    """Return the height of a full card: four lines and a row of chips."""
    lines = 2 * line_height(title_font(theme)) + 2 * line_height(text_font(theme))
    return round(2 * PADDING_PX + lines + 10 + chip_height(chip_font(text_font(theme))))


def progress_height(theme: Theme) -> int:
    """Return the height of a card with two lines, a bar and a line below it; cases share bands with it."""
    title, text = line_height(title_font(theme)), line_height(text_font(theme))
    progress = 2 * title + text + 2 * 10 + _BAR_PX
    case = title + 3 * text + 2 * 4
    return round(2 * PADDING_PX + max(progress, case))


def compact_height(theme: Theme) -> int:
    """Return the height of a small card: title and one line."""
    return round(2 * (PADDING_PX - 3) + line_height(title_font(theme)) + line_height(text_font(theme)) + 2)


class Card(QAbstractButton):
    """A raised surface that can be focused, hovered and pressed; subclasses draw what is on it."""

    def __init__(self, theme: Theme, translator: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.translator = translator
        # The grid moves the focus; it is one group of arrow keys, not hundreds of tab stops.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._is_cut = False

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Draw what is on the card, into the surface without its padding."""
        raise NotImplementedError

    def write(
        self, painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str, most: int = 1
    ) -> int:
        """Draw at most `most` lines of `text` from the top of `rect`; return how many they are.

        What is cut is told by the tool tip.
        """
        lines = wrap_lines(text, font, rect.width(), most)
        if lines and not " ".join(text.split()).endswith(lines[-1]):
            self._is_cut = True
        paint_lines(painter, rect, lines, font, colour)
        return len(lines)

    def event(self, event: QEvent) -> bool:
        """Tell everything that is on the card when some of it is cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            from PySide6.QtWidgets import QToolTip

            QToolTip.showText(event.globalPos(), self.accessibleName() if self._is_cut else "", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Return the size it has; the grid sets it."""
        return self.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens too, as on a link; arrow keys are the grid's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def opens_at(self, _point: QPoint) -> bool:
        """Say that a card opens an article, wherever it is clicked."""
        return True

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover look at once."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the hover look away at once."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface, the focus ring and the content."""
        tokens = self.theme.tokens
        focused, hovered = self.hasFocus(), self.underMouse()
        edge = tokens.accent if focused else tokens.control_border if hovered else tokens.border
        thick = FOCUS_RING_PX if focused or (hovered and tokens.high_contrast) else 1
        painter = QPainter(self)
        fill = tokens.accent_soft if self.isDown() else tokens.raised
        paint_surface(painter, QRectF(self.rect()), fill, edge, edge_px=thick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._is_cut = False
        self.paint_content(painter, QRectF(self.rect()).adjusted(PADDING_PX, 0, -PADDING_PX, 0))
        painter.end()


class ArticleCard(Card):
    """An article: title, what it is about, badges, languages."""

    def show_item(self, item: ArticleItem, *, with_products: bool, compact: bool = False) -> None:
        """Show `item`; a compact card has neither chips nor a second line of text."""
        self._item = item
        self._compact = compact
        self._chips = self._badges(item)
        spoken = [item.title, item.description.rstrip("."), *(chip.text for chip in self._chips)]
        self.setAccessibleName(", ".join(part for part in spoken if part))
        if with_products and item.products:
            more = f" +{len(item.products) - 1}" if len(item.products) > 1 else ""
            self._chips.append(Chip(item.products[0] + more))
            self.setAccessibleDescription(", ".join(item.products))
        else:
            self.setAccessibleDescription("")
        self.update()

    def _badges(self, item: ArticleItem) -> list[Chip]:
        _ = self.translator.gettext
        chips = []
        if item.state is ArticleState.ARCHIVED:
            chips.append(Chip(_("Archived"), ChipTone.WARNING))
        elif item.state is ArticleState.UNSUPPORTED:
            chips.append(Chip(_("No longer updated"), ChipTone.WARNING))
        if item.shown_in:
            chips.append(Chip(_("In {language}").format(language=item.shown_in), ChipTone.ACCENT))
        return chips

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Draw title and text from the top, chips and languages at the bottom."""
        tokens, title, text = self.theme.tokens, title_font(self.theme), text_font(self.theme)
        pad = PADDING_PX - 3 if self._compact else PADDING_PX
        place = rect.adjusted(0, pad, 0, -pad)
        most = 1 if self._compact else 2 if self._item.description else 3
        lines = self.write(painter, place, self._item.title, title, tokens.text, most)
        below = place.adjusted(0, lines * line_height(title) + 2, 0, 0)
        most = 1 if self._compact else _TEXT_LINES - lines
        self.write(painter, below, self._item.description, text, tokens.muted, most)
        if not self._compact:
            self._paint_foot(painter, place)

    def _paint_foot(self, painter: QPainter, place: QRectF) -> None:
        tokens, font = self.theme.tokens, chip_font(text_font(self.theme))
        height = chip_height(font)
        top = place.bottom() - height
        languages = " · ".join(tag.upper() for tag in self._item.languages)
        width = chip_width(languages, font) - 8
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        foot = QRectF(place.right() - width, top, width, height)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, languages)
        paint_chips(painter, QPointF(place.left(), top), place.width() - width - 8, self._chips, font, tokens)


class ProgressCard(Card):
    """A procedure in progress: title, bar, how far, and the invitation to go on."""

    def show_item(self, item: ProgressItem) -> None:
        """Show `item`."""
        self._item = item
        self._steps = (
            self.translator.ngettext(
                "{done} of {total} step done", "{done} of {total} steps done", item.total
            )
        ).format(done=item.done, total=item.total)
        self._go_on = self.translator.gettext("Continue")
        percent = self.translator.gettext("{percent}%").format(percent=item.percent)
        self.setAccessibleName(f"{self._go_on}: {item.title}, {self._steps}, {percent}")
        self.update()

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Draw title, bar and the line below it."""
        tokens, title, text = self.theme.tokens, title_font(self.theme), text_font(self.theme)
        place = rect.adjusted(0, PADDING_PX, 0, -PADDING_PX)
        self.write(painter, place, self._item.title, title, tokens.text, 2)
        small = line_height(text)
        line = QRectF(place.left(), place.bottom() - small, place.width(), small)
        go_on = chip_width(self._go_on, text) + _ICON_PX
        self.write(painter, line.adjusted(0, 0, -go_on, 0), self._steps, text, tokens.muted)
        right = line.adjusted(0, 0, -_ICON_PX - 4, 0)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._go_on)
        arrow = QRectF(line.right() - _ICON_PX, line.center().y() - _ICON_PX / 2, _ICON_PX, _ICON_PX)
        paint_icon(painter, arrow, "arrow-right", tokens.accent)
        bar = QRectF(place.left(), line.top() - 10 - _BAR_PX, place.width(), _BAR_PX)
        edge = tokens.control_border if tokens.high_contrast else tokens.border
        paint_surface(painter, bar, tokens.window, edge, corner=_BAR_PX / 2)
        done = QRectF(bar.left(), bar.top(), max(_BAR_PX, bar.width() * self._item.percent / 100), _BAR_PX)
        paint_surface(painter, done, tokens.done, tokens.done, corner=min(_BAR_PX / 2, CORNER_PX))


class CaseCard(Card):
    """A case that goes on: its name, the articles that it is in, and when it began."""

    def show_item(self, item: CaseItem) -> None:
        """Show `item`."""
        self._item = item
        _ = self.translator.gettext
        self._go_on = _("At work") if item.at_work else _("Resume")
        self.setAccessibleName(f"{self._go_on}: {item.name}, {item.articles}, {item.started}")
        self.update()

    def paint_content(self, painter: QPainter, rect: QRectF) -> None:
        """Draw name, articles and the line below them."""
        tokens, title, text = self.theme.tokens, title_font(self.theme), text_font(self.theme)
        item = self._item
        place, small = rect.adjusted(0, PADDING_PX, 0, -PADDING_PX), line_height(text)
        self.write(painter, place, item.name, title, tokens.text)
        below = place.adjusted(0, line_height(title) + 4, 0, 0)
        self.write(painter, below, item.articles, text, tokens.muted, 2)
        line = QRectF(place.left(), place.bottom() - small, place.width(), small)
        go_on = chip_width(self._go_on, text) + _ICON_PX
        self.write(painter, line.adjusted(0, 0, -go_on, 0), item.started, text, tokens.muted)
        right = line.adjusted(0, 0, -_ICON_PX - 4, 0)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._go_on)
        arrow = QRectF(line.right() - _ICON_PX, line.center().y() - _ICON_PX / 2, _ICON_PX, _ICON_PX)
        paint_icon(painter, arrow, "check" if item.at_work else "arrow-right", tokens.accent)
