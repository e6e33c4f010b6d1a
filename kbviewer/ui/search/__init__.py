"""The search field, the list of results under it, and what happens between the two."""
