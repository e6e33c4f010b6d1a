"""The window: Qt Widgets that show state and emit intent, in feature folders."""
