"""The page with all libraries: what there is, what is on, and in which order."""
