#!/usr/bin/env bash
# highspy 1.16.0: making a solver writes two lines to standard output, before `output_flag` can be set to False.
#
# Guess: a solver with `output_flag` False, the documented way to have a silent one, writes nothing, so that a command whose output is
# JSON may use it.
# Behaviour: the banner comes from `Highs()` itself, once a process, past Python's `sys.stdout` (it is written by the library in C++);
# options exist only afterwards. What is computed later is silent as asked.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check highspy==1.16.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import contextlib
import io

import highspy

with contextlib.redirect_stdout(io.StringIO()) as caught:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    choice = solver.addBinary()
    solver.maximize(choice)
    again = highspy.Highs()
print(f"through sys.stdout: {caught.getvalue()!r}", flush=True)
PY
seen=$("$work/venv/bin/python" "$work/try.py" | sed 's/git hash: [0-9a-f]*/git hash: …/')
echo "$seen"
[ "$(echo "$seen" | grep -c "Running HiGHS 1.16.0")" = 1 ] || { echo "changed" >&2; exit 1; }
[ "$(echo "$seen" | grep -c "^Includes third-party")" = 1 ] || { echo "changed" >&2; exit 1; }
[ "$(echo "$seen" | grep -c "through sys.stdout: ''")" = 1 ] || { echo "changed" >&2; exit 1; }
