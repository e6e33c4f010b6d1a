#!/bin/sh
# A Wayland session with nothing in it but the kiosk. Started by kbviewer-kiosk.service through session.sh.
# cage shows one program and has no keys of its own. Without -s it does not switch to a text console
# (Ctrl+Alt+F1), and -d leaves the title bar out.
set -eu

# Wayland first: a new window has the size of the screen from its first picture on. Through Xwayland one was
# seen smaller than the screen for more than a second. After a crash of the window both are back in a second.
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-wayland;xcb}"

exec cage -d -- "${KBVIEWER:-/usr/bin/kbviewer}" --kiosk "$@"
