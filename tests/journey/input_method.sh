#!/bin/sh
# A screen of its own (Xvfb), an input method (ibus with libpinyin) and somebody who types; everything ends with it.
set -eu
export DISPLAY=":$2" XMODIFIERS=@im=ibus LC_ALL=C.UTF-8 HOME="$3" XDG_RUNTIME_DIR="$3" KIVY_HOME="$3/kivy"
Xvfb "$DISPLAY" -screen 0 1024x768x24 >/dev/null 2>&1 &
screen=$!
# The engine writes its words as it ends: the folder is its maker's again only when it has gone.
trap 'ibus exit || true; kill $screen; for _ in 1 2 3 4 5 6 7 8 9 10; do pgrep -f ibus-engine-libpinyin >/dev/null || break; sleep 0.5; done' EXIT
sleep 1
ibus-daemon --daemonize --xim --panel=disable >/dev/null 2>&1
"$1" -m tests.journey.input_method
