"""The composition root: the one place that constructs what the rooms offer and ties it together."""
