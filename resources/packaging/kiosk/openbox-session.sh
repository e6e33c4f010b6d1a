#!/bin/sh
# An X11 session with nothing in it but the kiosk. Started by kbviewer-kiosk-x11.service through xinit.
set -eu

here=$(dirname "$(readlink -f "$0")")

# The screen stays on; whoever wants it dark at night uses a timer of systemd's.
xset s off -dpms || true

# No rc.xml in a home folder may override ours, and no menu file is read.
# An absolute path: openbox takes its own file when it does not find this one.
openbox --config-file "$here/openbox-rc.xml" --sm-disable &
manager=$!
trap 'kill "$manager" 2>/dev/null || true' EXIT

# Comes back when staff have entered the PIN (exit code 0), or when the libraries are not there (1 or 2).
# A crash of the window is not seen here: the program starts it again by itself.
"${KBVIEWER:-/usr/bin/kbviewer}" --kiosk "$@"
