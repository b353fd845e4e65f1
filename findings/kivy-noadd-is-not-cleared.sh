#!/usr/bin/env bash
# Kivy 2.3.1: a drawing made with `noadd=True` stays on the canvas after `canvas.clear()`.
#
# Guess: `noadd=True` says only that a new instruction does not join the canvas that is being drawn on, so that it can be
# kept and put on several canvases with `add`; `clear()` empties a canvas whatever is on it.
# Behaviour: `clear()` passes over whatever was made with `noadd=True`, without a word: each redraw leaves one more copy at
# the place of the one before. `remove(instruction)` does take it off. Held in an ordinary group, it goes with the group.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check kivy==2.3.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import os

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1", KIVY_WINDOW="", KIVY_GL_BACKEND="mock")
import kivy
import kivy.core.window as window


class NoWindow(window.WindowBase):
    def flip(self): ...
    def mainloop(self): ...


window.Window = NoWindow()
from kivy.graphics import Canvas, InstructionGroup


def left(make, take_off=lambda canvas, one: canvas.clear()):
    canvas = Canvas()
    one = make()
    canvas.add(one)
    take_off(canvas, one)
    return len(canvas.children)


def in_a_group():
    group = InstructionGroup()
    group.add(InstructionGroup(noadd=True))
    return group


print("kivy", kivy.__version__)
print("made plainly, after clear:", left(InstructionGroup))
print("made with noadd, after clear:", left(lambda: InstructionGroup(noadd=True)))
print("made with noadd, after remove:", left(lambda: InstructionGroup(noadd=True), lambda canvas, one: canvas.remove(one)))
print("made with noadd, in a plain group, after clear:", left(in_a_group))
PY
seen=$(KIVY_HOME="$work/kivy" "$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "kivy 2.3.1
made plainly, after clear: 0
made with noadd, after clear: 1
made with noadd, after remove: 0
made with noadd, in a plain group, after clear: 0" ] || { echo "changed" >&2; exit 1; }
