#!/bin/sh
# A Wayland session with nothing in it but the kiosk. Started by kbviewer-kiosk.service.
# cage shows one program and has no keys of its own. Without -s it does not switch to a text console
# (Ctrl+Alt+F1), and -d leaves the title bar out.
set -eu

# Wayland first: a new window has the size of the screen from its first picture on. Through Xwayland one was
# seen smaller than the screen for more than a second. After a crash both are back in the same time.
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-wayland;xcb}"

folder="${XDG_RUNTIME_DIR:?cage needs it}"
program="$folder/kbviewer-kiosk-program"
ended="$folder/kbviewer-kiosk-ended"
rm -f "$program" "$ended"

# Give a process three seconds to go; the service gives all of it ten.
wait_for() {
    left=30
    while kill -0 "$1" 2>/dev/null && [ "$left" -gt 0 ]; do
        left=$((left - 1))
        sleep 0.1
    done
}

# When the program has ended, cage ends. The system's signal reaches this process alone: the others belong to
# the login session, no more to the service.
end_program() {
    [ -s "$program" ] || return 0
    kill "$(cat "$program")" 2>/dev/null || return 0
    wait_for "$(cat "$program")"
}

# cage 0.1 ends with 0 whatever the program ended with, and also when the screen is unplugged. The service
# would take that for "closed with the PIN" and leave the terminal dark. Hence the program's own code is kept.
# shellcheck disable=SC2016 # the inner shell is to read them
cage -d -- sh -c '"$@" & echo $! >"$0-program"; wait $!; echo $? >"$0-ended"' \
    "$folder/kbviewer-kiosk" "${KBVIEWER:-/usr/bin/kbviewer}" --kiosk "$@" &
cage=$!
trap end_program TERM INT HUP
code=0
# Comes back also after a signal, when the program has been ended.
wait "$cage" || code=$?
wait_for "$cage"

if [ -s "$ended" ]; then
    exit "$(cat "$ended")"
fi
# The program has not ended: cage has, or does not want to.
kill -KILL "$cage" 2>/dev/null || true
end_program
[ "$code" -ne 0 ] || code=1
exit "$code"
