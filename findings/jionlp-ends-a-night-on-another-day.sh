#!/usr/bin/env bash
# JioNLP 1.5.31: a ban "from 22:00 on 1 March to 6:00 on the next day" lasts until December, if it is read in December.
#
# Guess: in 2026年3月1日22时至次日6时, as notices of traffic bans write it, 次日 is the day after the one that stands before it, whatever
# day it is when the text is read (`time_base`); 第二天 and 翌日 say the same in other words.
# Behaviour: three words, three nights. 第二天 gives 6:00 on 2 March. 次日 is counted from `time_base`, by default the moment of
# reading: nine months in December, and an end before the beginning when the night is still to come. 翌日 is passed over: the
# span ends at 6:00 on 1 March, sixteen hours before it begins. 当日 is counted from `time_base`, too. Each is "accurate" and a
# "time_span"; nothing is raised. With the date written out again (3月2日6时), and where the base is that day, all is right.
# Whom it hits: a truck that rolled lawfully in June was in a ban; one that rolled in that night was not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check jionlp==1.5.31 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

import jionlp

BASES = {"December": (2026, 12, 1), "February": (2026, 2, 1), "that day": (2026, 3, 1)}
print("jionlp", version("jionlp"))
for text in ("22时至第二天6时", "22时至次日6时", "22时至翌日6时", "22时至3月2日6时", "8时至当日17时"):
    for when, (year, month, day) in BASES.items():
        read = jionlp.parse_time("2026年3月1日" + text, time_base={"year": year, "month": month, "day": day})
        print(text, when, read["type"], read["definition"], *(one[5:16] for one in read["time"]))
PY
seen=$("$work/venv/bin/python" "$work/try.py" | grep -v '^# ')
echo "$seen"
[ "$seen" = 'jionlp 1.5.31
22时至第二天6时 December time_span accurate 03-01 22:00 03-02 06:00
22时至第二天6时 February time_span accurate 03-01 22:00 03-02 06:00
22时至第二天6时 that day time_span accurate 03-01 22:00 03-02 06:00
22时至次日6时 December time_span accurate 03-01 22:00 12-02 06:00
22时至次日6时 February time_span accurate 03-01 22:00 02-02 06:00
22时至次日6时 that day time_span accurate 03-01 22:00 03-02 06:00
22时至翌日6时 December time_span accurate 03-01 22:00 03-01 06:00
22时至翌日6时 February time_span accurate 03-01 22:00 03-01 06:00
22时至翌日6时 that day time_span accurate 03-01 22:00 03-01 06:00
22时至3月2日6时 December time_span accurate 03-01 22:00 03-02 06:00
22时至3月2日6时 February time_span accurate 03-01 22:00 03-02 06:00
22时至3月2日6时 that day time_span accurate 03-01 22:00 03-02 06:00
8时至当日17时 December time_span accurate 03-01 08:00 12-01 17:00
8时至当日17时 February time_span accurate 03-01 08:00 02-01 17:00
8时至当日17时 that day time_span accurate 03-01 08:00 03-01 17:00' ] || { echo "changed" >&2; exit 1; }
