#!/usr/bin/env bash
# Babel 2.19.0: `parse_time` with a Chinese locale reads 下午3:05 as five past three at night.
#
# Guess: `parse_time(text, locale="zh_CN", format="ah:mm")` reads what `format_time` writes with the same format and locale, as
# `parse_date` reads 年, 月 and 日; or it says that it cannot.
# Behaviour: where the format has a period of the day, the English "am" and "pm" are looked for in the text, in every locale; what
# else stands around the figures is passed over. 下午 (afternoon) counts for nothing: every time from one o'clock on comes out twelve
# hours early, and half past midnight (上午12:30) as half past noon. Nothing is raised; ParseError is for texts without figures and
# for hours that there are not.
# "3:05 PM" is read rightly with the same locale and format.
# Whom it hits: a truck on the road at 下午10:30 was there at 10:30; a ban by night is judged by the wrong half of the day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check Babel==2.19.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from datetime import time
from importlib.metadata import version

from babel.dates import format_time, parse_date, parse_time

print("Babel", version("Babel"))
print("2026年3月1日 ->", parse_date("2026年3月1日", locale="zh_CN"))
for at in (time(3, 5), time(15, 5), time(22, 30), time(0, 30)):
    written = format_time(at, "ah:mm", locale="zh_CN")
    print(f"{at:%H:%M} {written} -> {parse_time(written, locale='zh_CN', format='ah:mm'):%H:%M}")
print("3:05 PM ->", parse_time("3:05 PM", locale="zh_CN", format="ah:mm"))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'Babel 2.19.0
2026年3月1日 -> 2026-03-01
03:05 上午3:05 -> 03:05
15:05 下午3:05 -> 03:05
22:30 下午10:30 -> 10:30
00:30 上午12:30 -> 12:30
3:05 PM -> 15:05:00' ] || { echo "changed" >&2; exit 1; }
