"""Pictures of an article: raster only, recognised by their first bytes, within limits."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QSize, QUrl
from PySide6.QtGui import QImage, QImageReader, QTextDocument

from kbviewer.ui.article.contracts import Media

MEDIA_SCHEME = "kb-media"
MAX_PIXELS = 40_000_000

_MAGIC = {
    b"\x89PNG\r\n\x1a\n": b"png",
    b"\xff\xd8\xff": b"jpg",
    b"GIF87a": b"gif",
    b"GIF89a": b"gif",
    b"BM": b"bmp",
}


def picture_format(data: bytes) -> bytes:
    """Return Qt's name of the format of `data`, b"" when it is no picture that is shown."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return next((name for magic, name in _MAGIC.items() if data.startswith(magic)), b"")


def _reader(data: bytes, buffer: QBuffer) -> QImageReader | None:
    form = picture_format(data)
    if not form:
        return None
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return None
    return reader


def picture_size(data: bytes | None) -> QSize | None:
    """Return the size in pixels, None when `data` is no picture that is shown."""
    if data is None:
        return None
    buffer = QBuffer()
    reader = _reader(data, buffer)
    return reader.size() if reader is not None else None


def read_picture(data: bytes, width_px: int) -> QImage | None:
    """Return the picture, scaled down to `width_px` when it is wider; None when it is damaged."""
    buffer = QBuffer()
    reader = _reader(data, buffer)
    if reader is None:
        return None
    size = reader.size()
    if 0 < width_px < size.width():
        reader.setScaledSize(QSize(width_px, max(1, round(size.height() * width_px / size.width()))))
    image = reader.read()
    return None if image.isNull() else image


def load_picture(media: Media, article: str, kind: int, name: QUrl | str, width_px: int) -> QImage | None:
    """Return a picture that a document of `article` asks for; nothing else that it may ask for."""
    url = QUrl(name)
    if url.scheme() != MEDIA_SCHEME or int(kind) != QTextDocument.ResourceType.ImageResource.value:
        return None
    data = media(article, url.path())
    return read_picture(data, width_px) if data is not None else None
