"""The reader's own data in SQLite: ticks, places, choices, recents, comments, cases, settings.

The only room that knows sqlite3. Every change is on disk before the call that made it returns.
"""
