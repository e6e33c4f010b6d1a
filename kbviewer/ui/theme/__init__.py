"""Colours, sizes, fonts and icons that every feature folder shares."""
