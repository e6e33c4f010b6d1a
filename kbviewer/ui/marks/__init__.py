"""What the reader marks for himself: the list of bookmarks and the list of notes."""
