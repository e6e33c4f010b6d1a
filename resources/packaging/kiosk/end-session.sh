#!/bin/sh
# Ends what is left of the sessions of the kiosk's user, named by the argument. Started as root by the kiosk's units after
# each end: with PAMName the processes belong to the login session, so that systemd does not end them with the unit;
# what a killed session leaves behind would keep the screen from the next one.
set -eu
for session in $(loginctl show-user "$1" --property=Sessions --value 2>/dev/null); do
    loginctl kill-session "$session" --signal=KILL || true
done
