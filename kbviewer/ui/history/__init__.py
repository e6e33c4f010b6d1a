"""The page of what was read: newest first, by day, to search, to open and to forget."""
