"""Runs that take long: each is a command of its own."""
