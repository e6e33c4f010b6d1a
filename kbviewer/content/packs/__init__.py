"""A library in one file: building, reading, verifying and installing packs (.kbp)."""
