"""kbviewer: an offline reader for knowledge bases of support articles, in Swedish and English."""

__version__ = "0.1.0"
