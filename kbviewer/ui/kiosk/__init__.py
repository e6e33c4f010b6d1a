"""A public terminal: what stands between one visitor and the next, and what lets staff out."""
