"""Draws an SVG as PNG files: `python -m resources.packaging.icon_pictures DRAWING.svg 16x16/NAME.png …`.

A folder's name says how large. Runs in the environment for packages, which has Qt.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw(drawing: Path, target: Path) -> None:
    """Draw the picture that `target` names."""
    found = re.search(r"/(\d+)x\1/", target.as_posix())
    if found is None:
        raise ValueError(f"{target} does not say how large it is")
    side = int(found[1])
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(target)):
        raise OSError(f"{target} could not be written")


if __name__ == "__main__":
    for name in sys.argv[2:]:
        draw(Path(sys.argv[1]), Path(name))
