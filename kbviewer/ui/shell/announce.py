"""What a screen reader speaks, under the name that it had before it moved to `theme`."""

from kbviewer.ui.theme.announce import announce

__all__ = ["announce"]
