"""kbviewer: an offline reader for knowledge bases of support articles, in Swedish and English."""

__version__ = "0.1.0"

RELEASED = "2026-11-27"
"""The day of this version. A clock that stands before it is wrong."""
