"""`python -m kbviewer`."""

import sys

from kbviewer.cli import main

if __name__ == "__main__":
    sys.exit(main())
