"""Libraries on shares: what lies there is copied to this computer, and only the copies are read."""
