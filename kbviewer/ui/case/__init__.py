"""Cases in the window: which one is at work, its strip, the list of all, and their dialogs."""
