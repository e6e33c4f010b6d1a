#!/bin/sh
# The program in its session: writes down which process it is and how it has ended, for session.sh.
"$KIOSK_PROGRAM" "$@" &
echo $! >"$KIOSK_FILES-program"
code=0
wait $! || code=$?
echo "$code" >"$KIOSK_FILES-ended"
exit "$code"
