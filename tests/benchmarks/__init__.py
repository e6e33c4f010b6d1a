"""Measurements, run by `python3 dev.py bench`: figures and ratios, no assertion about time."""
