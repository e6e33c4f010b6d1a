#!/bin/sh
# Runs inside a Debian that has nothing but its base: installs the package as an administrator would, reads as a
# reader would, upgrades, removes. pristine.py prepares the place; PACKAGE, NEXT and PACK lie in /trial.
set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive DISPLAY=
reader() { su reader -c "DISPLAY=$DISPLAY LC_ALL=C.UTF-8 PATH=$PATH $*"; }
ok() { echo "ok: $*"; }
fail() { echo "FAILED: $*"; exit 1; }
quietly() { "$@" >/trial/last.log 2>&1 || { tail -n 40 /trial/last.log; fail "$*"; }; }
files() { find / -xdev \( -path /proc -o -path /trial -o -path /tmp -o -path /var/cache -o -path /var/log \
    -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /home \) -prune -o -print | sort; }
# Until a window with this in its title is there, at most 30 seconds.
window() {
    for _ in $(seq 300); do
        reader xdotool search --onlyvisible --name "'$1'" >/trial/window 2>/dev/null && [ -s /trial/window ] && return 0
        sleep 0.1
    done
    fail "no window called $1; there are: $(reader "xdotool search --onlyvisible --name . getwindowname %@" 2>&1)"
}
picture() { sleep 1; xwd -root -silent -out "/trial/$1.xwd"; }
leave() { reader "xdotool key ctrl+q" || true; for _ in $(seq 100); do pgrep -u reader kbviewer >/dev/null || return 0; sleep 0.1; done; fail "the program does not end"; }

quietly apt-get update
# What the test itself looks with. None of it is in what the package depends on.
quietly apt-get install -y --no-install-recommends xvfb xdotool x11-apps procps desktop-file-utils shared-mime-info \
    libglib2.0-bin man-db bash-completion openbox
useradd --create-home --shell /bin/bash reader
files >/trial/before
before=$(dpkg-query -W -f '${Package}\n' | wc -l)

quietly apt-get install -y --no-install-recommends /trial/package.deb
ok "installed with $(($(dpkg-query -W -f '${Package}\n' | wc -l) - before)) packages more than the test's own"
reader kbviewer --version
reader kbviewer --language sv search mesenger inlogning >/trial/search.txt 2>/dev/null
grep -q KB307294 /trial/search.txt || grep -qi kb307294 /trial/search.txt || fail "the search found: $(cat /trial/search.txt)"
ok "search, with slips in Swedish, in a process of its own"
reader kbviewer print KB307294 -o /home/reader/article.pdf >/dev/null
head -c 5 /home/reader/article.pdf | grep -q '%PDF-' || fail "no PDF"
ok "printed to PDF"
reader man -w kbviewer >/dev/null && reader "man -w -L sv kbviewer 2>/dev/null" | grep -q /sv/ || fail "no manual pages"
ok "manual pages in both languages"

# Not a display of ours by its number: those of the system around are within reach.
Xvfb -displayfd 3 -screen 0 1366x768x24 3>/trial/display >/dev/null 2>&1 &
for _ in $(seq 100); do [ -s /trial/display ] && break; sleep 0.1; done
export DISPLAY=":$(cat /trial/display)"
reader openbox >/dev/null 2>&1 &
sleep 1
reader "kbviewer --language sv open KB307294" &
window "inloggning"
picture article
ok "a window with the first article"
leave

type_of() { reader gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'; }
echo "no zip at all" >/tmp/text.kbp
[ "$(type_of /tmp/text.kbp)" = application/vnd.kbviewer.pack+zip ] || fail "type by name: $(type_of /tmp/text.kbp)"
[ "$(type_of /trial/library)" = application/vnd.kbviewer.pack+zip ] || fail "type by content: $(type_of /trial/library)"
reader gio mime application/vnd.kbviewer.pack+zip | grep 'kbviewer.desktop' >/dev/null || fail "nothing opens packs"
reader gio mime x-scheme-handler/kb | grep 'kbviewer-link.desktop' >/dev/null || fail "nothing opens links"
reader "gio open /trial/library.kbp" &
window "."
pgrep -u reader -f library.kbp >/dev/null || fail "a window opened, but not with the pack"
picture pack
ok "a pack is known by name and by content, and opens with a click"
leave
reader "gio open kb://kb902534" &
window "Messenger"
ok "a link opens its article"
leave

reader kbviewer data export /home/reader/before.json >/dev/null
quietly apt-get install -y --no-install-recommends /trial/next.deb
dpkg-query -W -f '${Version}\n' kbviewer | grep -q '+next$' || fail "not upgraded"
reader kbviewer data export /home/reader/after.json >/dev/null
grep -v exported_at /home/reader/before.json >/trial/before.json
grep -v exported_at /home/reader/after.json | cmp - /trial/before.json || fail "the upgrade changed the reader's data"
grep -q kb902534 /trial/before.json || fail "the reader's data does not have what was read"
ok "upgraded, and the reader's data is as it was"

quietly apt-get remove -y kbviewer
[ ! -e /usr/lib/kbviewer ] && [ ! -e /usr/bin/kbviewer ] || fail "removed, but files are left"
# It has no configuration, so that there may be nothing left to purge.
quietly dpkg --purge kbviewer
quietly apt-get autoremove -y --purge
files >/trial/after
# Caches that were there before or belong to packages of the test are written anew, never added.
diff /trial/before /trial/after | grep '^[<>]' >/trial/left || true
[ ! -s /trial/left ] || fail "purged, but this is left or gone: $(head -n 20 /trial/left)"
[ -s /home/reader/.local/share/kbviewer/state.sqlite ] || fail "the reader's data is gone"
ok "removed and purged: nothing is left but the reader's own data"
