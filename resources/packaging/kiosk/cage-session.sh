#!/bin/sh
# A Wayland session with nothing in it but the kiosk. Started by kbviewer-kiosk.service.
# cage shows one program and has no keys of its own. Without -s it does not switch to a text console
# (Ctrl+Alt+F1), and -d leaves the title bar out.
set -eu

# Wayland first: a new window has the size of the screen from its first picture on. Through Xwayland one was
# seen smaller than the screen for more than a second. After a crash both are back in the same time.
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-wayland;xcb}"

# cage 0.1 ends with 0 whatever the program ended with, and also when the screen is unplugged. The service
# would take that for "closed with the PIN" and leave the terminal dark.
ended="${XDG_RUNTIME_DIR:?cage needs it}/kbviewer-kiosk-ended"
rm -f "$ended"
code=0
# shellcheck disable=SC2016 # the inner shell is to read them
cage -d -- sh -c '"$@"; echo $? >"$0"' "$ended" "${KBVIEWER:-/usr/bin/kbviewer}" --kiosk "$@" || code=$?

if [ -s "$ended" ]; then
    exit "$(cat "$ended")"
fi
# The program has not ended, hence cage has.
[ "$code" -ne 0 ] || code=1
exit "$code"
