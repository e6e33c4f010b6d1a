"""The first page: procedures in progress, recent articles, everything by topic and by product."""
