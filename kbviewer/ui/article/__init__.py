"""The article page: one text document with real widgets over the space that it reserves."""
