"""Search measured side by side with other engines, on one corpus, with the same queries, in one run."""
