"""What the bundle's file runs."""

import sys

from kbviewer.app.own_process import run_bundle
from kbviewer.cli import main

sys.exit(run_bundle(sys.argv[1:], main))
