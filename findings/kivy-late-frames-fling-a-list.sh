#!/usr/bin/env bash
# Kivy 2.3.1: where frames come late, a list that was pushed does not slow down: it swings wider with each frame, without end.
#
# Guess: the movement after a push takes the length of a frame into account (it is given `dt`), so that a list stops at about
# the same place on a slow device as on a fast one, only in fewer steps.
# Behaviour: what is taken off the speed in a frame is speed × friction × dt / std_dt. With the defaults (0.05, 1/60 s) that is
# more than the speed itself from 0.34 s on, and more than twice the speed from 0.67 s on: it turns round and grows. A push of
# 600 a second ends 123 further at 60 frames a second, thousands away after twenty frames of 0.7 s, a million after frames of 1 s.
# An effect of one's own that hands on `min(dt, 0.1)` to `update_velocity` goes about as far as at full speed.
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
from kivy.effects.dampedscroll import DampedScrollEffect
from kivy.effects.kinetic import KineticEffect


def farthest(effect, seconds):
    began = effect.value
    way = []
    for _frame in range(20):
        effect.update_velocity(seconds)
        way.append(abs(effect.value - began))
    return max(way)


print("kivy", kivy.__version__)
for seconds in (1 / 60, 0.2, 0.7, 1.0):
    plain = farthest(KineticEffect(velocity=600), seconds)
    list_ = farthest(DampedScrollEffect(min=-1000, max=0, value=-500, velocity=600), seconds)
    print(f"frames of {seconds:.2f} s: {plain:.0f}, in a list of 1000: {list_:.0f}")
print(f"frames of 1.00 s told as 0.10 s: {farthest(DampedScrollEffect(min=-1000, max=0, value=-500, velocity=600), 0.1):.0f}")
PY
seen=$(KIVY_HOME="$work/kivy" "$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "kivy 2.3.1
frames of 0.02 s: 123, in a list of 1000: 123
frames of 0.20 s: 84, in a list of 1000: 84
frames of 0.70 s: 856, in a list of 1000: 6100
frames of 1.00 s: 228557146, in a list of 1000: 1781320
frames of 1.00 s told as 0.10 s: 144" ] || { echo "changed" >&2; exit 1; }
