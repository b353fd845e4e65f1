#!/usr/bin/env bash
# Kivy 2.3.1: in .kv an expression that calls a method of a property is worked out once and never again.
#
# Guess: `disabled: not field.text.strip()` follows `field.text` as `disabled: not field.text` does; the language is
# documented to watch what an expression names.
# Behaviour: what is watched is the dotted name up to its end, here `field.text.strip`: `strip` is no property, so nothing
# is bound, and `text` before it is not bound either. The value stays that of the first look; nothing is logged. A bracket
# ends the name: `not (field.text or "").strip()` follows.
# So: no method behind a property's name in .kv; `not field.text`, or a bracket around it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check kivy==2.3.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import os

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1")
import kivy
from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.widget import Widget


class Field(Widget):
    text = StringProperty("")


class Light(Widget):
    off = BooleanProperty(False)


held = Builder.load_string("""
Widget:
    Field:
        id: field
    Light:
        id: plain
        off: not field.text
    Light:
        id: called
        off: not field.text.strip()
    Light:
        id: bracket
        off: not (field.text or "").strip()
""")
held.ids.field.text = "words"
Clock.tick()
print("kivy", kivy.__version__)
print("off:", *(f"{name} {held.ids[name].off}" for name in ("plain", "called", "bracket")))
PY
seen=$(KIVY_HOME="$work/kivy" "$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "kivy 2.3.1
off: plain False called True bracket False" ] || { echo "changed" >&2; exit 1; }
