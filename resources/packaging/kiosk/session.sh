#!/bin/sh
# Runs a session of the kiosk, named by the arguments, and ends as the program in it has ended.
# Started by kbviewer-kiosk.service and kbviewer-kiosk-x11.service, each with its session.
set -eu

here=$(dirname "$(readlink -f "$0")")

# /run/user is not there for the service (ProtectHome): sockets lie in the folder that systemd makes for it.
# The user's own bus stays behind in /run/user.
export XDG_RUNTIME_DIR="${RUNTIME_DIRECTORY:-${XDG_RUNTIME_DIR:?is not set}}"
unset DBUS_SESSION_BUS_ADDRESS

# What xinit and cage say when they end is not how the program ended: xinit says 0 when the X server has crashed,
# cage 0.1 always. The service would take that for "closed with the PIN" and leave the terminal dark.
export KIOSK_PROGRAM="${KBVIEWER:-/usr/bin/kbviewer}"
export KBVIEWER="$here/program.sh"
export KIOSK_FILES="$XDG_RUNTIME_DIR/kbviewer-kiosk"
program="$KIOSK_FILES-program"
ended="$KIOSK_FILES-ended"
rm -f "$program" "$ended"

# Three seconds to go; the service gives all of it ten.
end_program() {
    [ -s "$program" ] && kill "$(cat "$program")" 2>/dev/null || return 1
    left=30
    while kill -0 "$(cat "$program")" 2>/dev/null && [ "$left" -gt 0 ]; do
        left=$((left - 1))
        sleep 0.1
    done
}

# Sessions end when the program in them has ended; cage 0.1 aborts when it is told to end itself. The system's signal
# reaches this process alone: the others belong to the login session, no more to the service.
stop() {
    end_program || kill -TERM "$session" 2>/dev/null || true
}

# As a child, not with exec: the main process of a unit with PAMName has a child of systemd's, and cage 0.1.4, which
# waits for any child when it cannot open the screen, would wait for that one for ever instead of being restarted.
exec 3<&0
"$@" <&3 3<&- &
session=$!
trap stop TERM INT HUP
code=0
while :; do
    wait "$session" || code=$?
    # Still there: it was a signal of ours that ended the waiting.
    kill -0 "$session" 2>/dev/null || break
    code=0
done

if [ -s "$ended" ]; then
    exit "$(cat "$ended")"
fi
# The session has gone from under the program. 0 would say that staff have closed it.
echo "the session has ended (exit code $code), and the program with it" >&2
end_program || true
[ "$code" -ne 0 ] || code=1
exit "$code"
