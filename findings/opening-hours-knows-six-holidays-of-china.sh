#!/usr/bin/env bash
# opening-hours-py 2.1.4: a ban on "PH" with country="CN" holds on six days of 2026; 5 April (Qingming) and 2 October are none of them.
#
# Guess: the library takes a country so that PH (public holiday, in OpenStreetMap's language for opening hours and for bans by time) has
# that country's days. For China these are at least the thirteen of the State Council's regulation (since 2025), seven festivals;
# the days around them that a notice sets free each year may be left out.
# Behaviour: one day a festival, and of the seven festivals six: Qingming (清明节) is not there at all. Spring Festival is one day of four,
# National Day one of three. The days come from Nager.Date, as the description says; that they are no more is not said, and nothing
# warns.
# Whom it hits: notices close motorways to dangerous goods on holidays. By this calendar a tanker on 5 April or 2 October is on an
# ordinary road on an ordinary day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check opening-hours-py==2.1.4 chinesecalendar==1.11.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from collections import Counter
from datetime import datetime, timedelta
from importlib.metadata import version

from chinese_calendar import get_holiday_detail
from opening_hours import OpeningHours

print("opening-hours-py", version("opening-hours-py"), "chinesecalendar", version("chinesecalendar"))
ban = OpeningHours("PH 00:00-24:00", country="CN")
days = [datetime(2026, 1, 1, 12) + timedelta(days) for days in range(365)]
named = {day: get_holiday_detail(day)[1] for day in days}
free = Counter(name for day, name in named.items() if name and get_holiday_detail(day)[0])
held = Counter(named[day] for day in days if ban.is_open(day))
for festival, many in free.items():
    print(f"{festival}: {many} days off, {held[festival]} PH")
print("PH:", *(f"{day:%m-%d}" for day in days if ban.is_open(day)))
for day in (datetime(2026, 4, 5, 12), datetime(2026, 10, 2, 12)):
    print(f"{day:%m-%d}", "banned" if ban.is_open(day) else "not banned")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "opening-hours-py 2.1.4 chinesecalendar 1.11.0
New Year's Day: 3 days off, 1 PH
Spring Festival: 9 days off, 1 PH
Tomb-sweeping Day: 3 days off, 0 PH
Labour Day: 5 days off, 1 PH
Dragon Boat Festival: 3 days off, 1 PH
Mid-autumn Festival: 3 days off, 1 PH
National Day: 7 days off, 1 PH
PH: 01-01 02-17 05-01 06-19 09-25 10-01
04-05 not banned
10-02 not banned" ] || { echo "changed" >&2; exit 1; }
