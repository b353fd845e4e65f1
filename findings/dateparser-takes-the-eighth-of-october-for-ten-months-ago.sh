#!/usr/bin/env bash
# dateparser 1.5.0: `search_dates` reads 10月8日18:00 (8 October, six in the evening) as ten months and eight days ago.
#
# Guess: of a text in Chinese, `search_dates` finds 月 as the month and 日 as the day of the month, with the year of the date before it or
# of now, as the same words with a year in front are read; what it cannot read it leaves out, as `parse` gives None for it.
# Behaviour: 月 and 日 are also the words for "month" and "day" of a span of time, and the search lets a span stand for one that is over,
# with no 前 ("ago") in the text. 10月1日 is read so wherever the language is named, and also without where a time stands right behind it.
# The span is counted back from the date before it, or from `RELATIVE_BASE` where that is given: a ban from 1 to 8 October 2026 ends in
# November 2025, or in January 2026, before it begins. `parse` says None to 10月8日18:00 with the language named. Nothing is raised. With
# the year written out a second time both ends are right.
# Whom it hits: a notice of a ban gives the year once. A truck that rolled on 3 October was in no ban by this reading.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check dateparser==1.5.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from datetime import datetime
from importlib.metadata import version

import dateparser
from dateparser.search import search_dates

NOW = {"RELATIVE_BASE": datetime(2026, 12, 1, 12), "TIMEZONE": "UTC"}
print("dateparser", version("dateparser"))
for text in (
    "10月1日",
    "10月8日18:00",
    "10月1日至10月8日",
    "2026年10月1日6:00至10月8日18:00",
    "2026年10月1日6:00至2026年10月8日18:00",
):
    for languages in (["zh"], None):
        found = search_dates(text, languages=languages, settings=NOW) or []
        print(text, "zh:" if languages else "--:", *(f"{day:%Y-%m-%dT%H:%M}" for _, day in found))
ban = "2026年10月1日6:00至10月8日18:00"
print("no base:", *(f"{day:%Y-%m-%dT%H:%M}" for _, day in search_dates(ban)))
print("parse:", dateparser.parse("10月8日18:00", languages=["zh"], settings=NOW))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'dateparser 1.5.0
10月1日 zh: 2026-01-31T12:00
10月1日 --: 2026-10-01T00:00
10月8日18:00 zh: 2026-01-24T18:00
10月8日18:00 --: 2026-01-24T18:00
10月1日至10月8日 zh: 2026-01-31T12:00 2026-01-24T12:00
10月1日至10月8日 --: 2026-10-01T00:00 2026-10-08T00:00
2026年10月1日6:00至10月8日18:00 zh: 2026-10-01T06:00 2026-01-24T18:00
2026年10月1日6:00至10月8日18:00 --: 2026-10-01T06:00 2026-01-24T18:00
2026年10月1日6:00至2026年10月8日18:00 zh: 2026-10-01T06:00 2026-10-08T18:00
2026年10月1日6:00至2026年10月8日18:00 --: 2026-10-01T06:00 2026-10-08T18:00
no base: 2026-10-01T06:00 2025-11-23T18:00
parse: None' ] || { echo "changed" >&2; exit 1; }
