#!/usr/bin/env bash
# Kivy 2.3.1: an event `on_note` and a property `note` in one widget are bound to each other, though nobody bound them.
#
# Guess: `__events__ = ("on_note",)` makes an event that is told by `dispatch`, with the handler `on_note(self, text)`;
# that the widget also has a property `note` changes nothing about the event.
# Behaviour: the default handler of the event is at once the handler of the property's changes, because it is named
# `on_` and the property: setting the property calls it with (instance, value). A handler that takes the event's one
# argument raises TypeError in the middle of setting the property; one that takes any hears an event that nobody told.
# So: no event may be named like a property of its widget.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check kivy==2.3.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import os

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1")
import kivy
from kivy.event import EventDispatcher
from kivy.properties import StringProperty


class Sheet(EventDispatcher):
    __events__ = ("on_note",)
    note = StringProperty("")
    heard = ()

    def on_note(self, *told):
        self.heard += (len(told),)


class Strict(Sheet):
    def on_note(self, text):
        pass


sheet = Sheet()
sheet.dispatch("on_note", "told")
sheet.note = "set"
print("kivy", kivy.__version__)
print("arguments of the event and of the property:", *sheet.heard)
try:
    Strict().note = "set"
except TypeError:
    print("a handler of one argument: TypeError")
PY
seen=$(KIVY_HOME="$work/kivy" "$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "kivy 2.3.1
arguments of the event and of the property: 1 2
a handler of one argument: TypeError" ] || { echo "changed" >&2; exit 1; }
