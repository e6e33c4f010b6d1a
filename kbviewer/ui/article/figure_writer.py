"""Writes pictures, and what stands for pictures and videos that the source has lost."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextImageFormat

from kbviewer.model.blocks import Figure, FigureKind
from kbviewer.model.inline import plain_text
from kbviewer.ui.article.contracts import Media
from kbviewer.ui.article.inline import Look
from kbviewer.ui.article.page_map import CardLook
from kbviewer.ui.article.pen import PARAGRAPH_GAP, Pen
from kbviewer.ui.article.pictures import MEDIA_SCHEME, picture_size
from kbviewer.ui.article.styles import CAPTION


class FigureWriter:
    """Writes figures."""

    def __init__(self, pen: Pen, article: str, media: Media) -> None:
        self._pen = pen
        self._article = article
        self._media = media

    def write(self, block: Figure) -> None:
        """Write a picture with its caption, or a placeholder when there is no picture."""
        key = self._pen.key(block.key)
        if block.source and block.kind is FigureKind.IMAGE and self._picture(block, key):
            return
        gettext = self._pen.texts.gettext
        if block.kind is FigureKind.VIDEO:
            self._placeholder(block, key, "video", gettext("The video is not part of the source."))
        else:
            self._placeholder(block, key, "picture", gettext("The picture is missing in the source."))

    def _picture(self, block: Figure, key: str) -> bool:
        pen, writer = self._pen, self._pen.writer
        size = picture_size(self._media(self._article, block.source))
        if size is None:
            return False
        width = min(size.width() * max(1.0, pen.styles.measures.zoom), writer.room)
        form = QTextImageFormat()
        form.setName(f"{MEDIA_SCHEME}:{block.source}")
        form.setWidth(width)
        form.setHeight(size.height() * width / size.width())
        form.setToolTip(block.alt)
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
        writer.gap(pen.px(PARAGRAPH_GAP))
        writer.block(line_height=100.0)
        writer.mark_span(key)
        writer.image(form, block.alt or plain_text(block.caption))
        if block.caption:
            writer.gap(pen.px(4))
            writer.block(pen.styles.caption())
            pen.runs.write(
                block.caption, key, pen.language, Look(size=CAPTION, colour=pen.styles.tokens.muted)
            )
        writer.gap(pen.px(PARAGRAPH_GAP))
        return True

    def _placeholder(self, block: Figure, key: str, icon: str, missing: str) -> None:
        pen, writer = self._pen, self._pen.writer
        poster = icon == "video"
        side = pen.px(64 if poster else 28)
        look = CardLook(
            fill="window",
            border="control_border" if pen.styles.tokens.high_contrast else "border",
            icon=icon,
            icon_colour="muted",
            icon_px=side,
            dashed=not poster,
            poster=poster,
        )
        writer.gap(pen.px(8))
        room = pen.px(112) if poster else pen.px(42)
        with writer.card(look, pad=pen.px(16 if poster else 9), side=pen.px(12), icon=room):
            writer.block()
            writer.mark_span(key)
            caption = block.caption
            if caption:
                pen.runs.write(caption, key, pen.language)
                writer.gap(1)
                writer.block(pen.styles.caption())
            writer.generated(missing, pen.styles.caption())
        writer.gap(pen.px(8))
