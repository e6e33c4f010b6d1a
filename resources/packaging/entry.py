"""What the bundle's file runs."""

import sys

from kbviewer.app.own_process import run_bundle

sys.exit(run_bundle(sys.argv[1:]))
