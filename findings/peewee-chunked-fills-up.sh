#!/usr/bin/env bash
# peewee 4.5.3: what `chunked` costs goes by the size that is asked for, not by the things that are given.
#
# Guess: `chunked(things, 400)`, which its documentation names for inserting many rows, costs nothing to speak of where there is
# one thing: one list of one comes back.
# Behaviour: each list is filled up to 400 with a marker, and the markers are taken off again one by one: 399 `pop`s for one
# thing, and as many for the last list of any number. A server that cuts every list so before it asks (SQLite takes so many
# values a statement) pays it for each of its small lists; in ours it was a twentieth of what stands behind a receipt.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check peewee==4.5.3 2>/dev/null
cat > "$work/try.py" <<'PY'
import sys
from importlib.metadata import version

from peewee import chunked


def pops(things, size):
    count = 0

    def heard(_frame, event, function):
        nonlocal count
        count += event == "c_call" and function.__name__ == "pop"

    sys.setprofile(heard)
    cut = list(chunked(things, size))
    sys.setprofile(None)
    return [len(one) for one in cut], count


print("peewee", version("peewee"))
for things, size in ((["a"], 400), (["a"], 4), (list(range(401)), 400), (list(range(400)), 400)):
    print(len(things), "things by", size, "->", *pops(things, size))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
echo "$seen" | grep -q '^peewee 4.5.3$' \
    && echo "$seen" | grep -q '^1 things by 400 -> \[1\] 399$' \
    && echo "$seen" | grep -q '^1 things by 4 -> \[1\] 3$' \
    && echo "$seen" | grep -q '^401 things by 400 -> \[400, 1\] 399$' \
    && echo "$seen" | grep -q '^400 things by 400 -> \[400\] 0$' \
    || { echo "changed" >&2; exit 1; }
