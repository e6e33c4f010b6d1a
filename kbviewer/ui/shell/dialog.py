"""The common look of dialogs, under the name that it had before it moved to `theme`."""

from kbviewer.ui.theme.dialog import Dialog

__all__ = ["Dialog"]
