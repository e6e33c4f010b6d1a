"""Measurements, run by `python3 dev.py bench`: they print figures and ratios and assert nothing about time."""
