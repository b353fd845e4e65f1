#!/usr/bin/env bash
# Kivy 2.3.1: a class in .kv is its bare name, across all modules and folders.
#
# Guess: with one folder a screen, each with its own `view.py` and `view.kv`, two screens may each have a class `Row`; the
# rule `<Row>` in a folder is for the class of that folder, or the class declared last wins.
# Behaviour: the rules of both files are applied to both classes, and `Row:` inside any .kv makes the class that was
# declared FIRST, whatever file it stands in. Nothing is logged. Which screen was opened first decides how both look.
# So: one name for one class in the whole app; a lint that counts them is worth its lines.
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
from kivy.factory import Factory
from kivy.lang import Builder
from kivy.uix.widget import Widget


def declare(module):
    space = {"__name__": module, "Widget": Widget}
    exec("class Row(Widget):\n    pass\n", space)
    return space["Row"]


queue = declare("screens.queue.view")
Builder.load_string("<Row>:\n    width: 111\n", filename="screens/queue/view.kv")
sync = declare("screens.sync.view")
Builder.load_string("<Row>:\n    height: 222\n", filename="screens/sync/view.kv")
inside = Builder.load_string("Widget:\n    Row:\n", filename="screens/sync/page.kv").children[0]
print("kivy", kivy.__version__)
print("size of the queue's row", queue().size, "and of sync's row", sync().size)
print("`Row:` in a file of sync is the class of", type(inside).__module__)
PY
seen=$(KIVY_HOME="$work/kivy" "$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "kivy 2.3.1
size of the queue's row [111, 222] and of sync's row [111, 222]
\`Row:\` in a file of sync is the class of screens.queue.view" ] || { echo "changed" >&2; exit 1; }
