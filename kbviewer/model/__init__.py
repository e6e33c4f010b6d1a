"""What everything else speaks of: articles, blocks, library entries, hits, progress, problems.

Standard library only, no input or output. Rooms import the module they mean
(`from kbviewer.model.article import Article`); this package re-exports nothing.
"""
