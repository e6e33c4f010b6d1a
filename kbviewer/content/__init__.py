"""Files of a library to articles, and articles to other forms."""
