#!/bin/sh
# The program in its session: writes down how it ended, for session.sh.
code=0
"$KIOSK_PROGRAM" "$@" || code=$?
echo "$code" >"$KIOSK_ENDED"
exit "$code"
