#!/usr/bin/env bash
# holidays 0.109: China's calendar added to any other no longer knows the weekend days on which people work.
#
# Guess: `CN(...) + own`, the documented way to join two calendars, keeps what each of them says: whoever adds the one day of an office's
# own still has the Saturdays and Sundays that are worked to make up for a long holiday (调休).
# Behaviour: the sum holds the holidays of both, and its set `weekend_workdays` is empty, even in CN + CN. All six worked weekend
# days of 2026 are days of rest in it, and 9 to 28 February has nine working days instead of eleven. Nothing is raised. The same
# day put in with `update` (or `append`) leaves them as they are.
# Whom it hits: a term counted in working days ends a day or two late in the weeks after the Spring Festival, and a fine that was
# decided in time, or an appeal that was not, is taken for the other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109 2>/dev/null
cat > "$work/try.py" <<'PY'
from datetime import date
from importlib.metadata import version

import holidays


def told(what, calendar):
    worked = [day for day in sorted(holidays.CN(years=2026).weekend_workdays) if day.year == 2026]
    kept = sum(calendar.is_working_day(day) for day in worked)
    count = calendar.get_working_days_count(date(2026, 2, 9), date(2026, 2, 28))
    print(f"{what}: {kept} of {len(worked)} worked weekend days, {count} working days from 9 to 28 February")


own = holidays.HolidayBase()
own.update({date(2026, 12, 2): "the office is closed"})
joined = holidays.CN(years=2026)
joined.update({date(2026, 12, 2): "the office is closed"})
print("holidays", version("holidays"))
told("CN", holidays.CN(years=2026))
told("CN with update", joined)
told("CN + own", holidays.CN(years=2026) + own)
told("CN + CN", holidays.CN(years=2026) + holidays.CN(years=2026))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'holidays 0.109
CN: 6 of 6 worked weekend days, 11 working days from 9 to 28 February
CN with update: 6 of 6 worked weekend days, 11 working days from 9 to 28 February
CN + own: 0 of 6 worked weekend days, 9 working days from 9 to 28 February
CN + CN: 0 of 6 worked weekend days, 9 working days from 9 to 28 February' ] || { echo "changed" >&2; exit 1; }
