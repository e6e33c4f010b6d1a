"""The tests, room by room; `tests.support` is what several of them share."""
