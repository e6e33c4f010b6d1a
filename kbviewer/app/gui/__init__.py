"""The window's composition root: makes the concrete parts and runs the application."""
