"""The window around the pages: actions, top bar, side pane, history, notices and dialogs."""
