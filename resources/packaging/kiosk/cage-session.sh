#!/bin/sh
# A Wayland session with nothing in it but the kiosk. Started by kbviewer-kiosk.service.
# cage shows one program and has no keys of its own. Without -s it does not switch to a text console
# (Ctrl+Alt+F1), and -d leaves the title bar out.
set -eu

# The program speaks X11 through Xwayland when Qt finds no Wayland platform; both are full screen here.
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-wayland;xcb}"

exec cage -d -- "${KBVIEWER:-/usr/bin/kbviewer}" --kiosk "$@"
