"""How the program becomes a folder that runs anywhere, and a Debian package: `python3 dev.py package`."""
