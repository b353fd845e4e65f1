#!/usr/bin/env bash
# id-validator 1.0.20: the driver who turns sixty on 31 December is sixty from 1 January on.
#
# Guess: `get_info(number)["age"]`, from a citizen's number that holds the whole date of birth, is the age as everybody counts it and the law
# does (周岁): one more on each birthday.
# Behaviour: it is the year of today less the year of birth. Until the birthday, which is half of the people on the average day, it is one
# too many. The date of birth stands beside it in the same answer, right. Nothing is raised; it is named "age" (年龄) and no more is said
# of it. (It was asked for so there.)
# Whom it hits: a driver who is held to an upper age is refused up to a year too early; one who has to be of an age for his licence passes
# up to a year too early.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check id-validator==1.0.20 freezegun==1.5.5 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from freezegun import freeze_time
from id_validator import validator


def number(born):
    """A made-up citizen's number with that date of birth, its check sign by GB 11643."""
    body = "110101" + born.replace("-", "") + "001"
    return body + "10X98765432"[sum(int(figure) * pow(2, 17 - at, 11) for at, figure in enumerate(body)) % 11]


print("id-validator", version("id-validator"))
for today in ("2026-01-01", "2026-06-15", "2026-12-30", "2026-12-31"):
    for born in ("1966-01-01", "1966-06-16", "1966-12-31", "2005-12-31"):
        with freeze_time(today):
            told = validator.get_info(number(born))
        age = int(today[:4]) - int(born[:4]) - (today[5:] < born[5:])
        print(f"{today}: born {told['birthday_code']} is {told['age']}" + ("" if told["age"] == age else f", and {age} by the birthday"))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'id-validator 1.0.20
2026-01-01: born 1966-01-01 is 60
2026-01-01: born 1966-06-16 is 60, and 59 by the birthday
2026-01-01: born 1966-12-31 is 60, and 59 by the birthday
2026-01-01: born 2005-12-31 is 21, and 20 by the birthday
2026-06-15: born 1966-01-01 is 60
2026-06-15: born 1966-06-16 is 60, and 59 by the birthday
2026-06-15: born 1966-12-31 is 60, and 59 by the birthday
2026-06-15: born 2005-12-31 is 21, and 20 by the birthday
2026-12-30: born 1966-01-01 is 60
2026-12-30: born 1966-06-16 is 60
2026-12-30: born 1966-12-31 is 60, and 59 by the birthday
2026-12-30: born 2005-12-31 is 21, and 20 by the birthday
2026-12-31: born 1966-01-01 is 60
2026-12-31: born 1966-06-16 is 60
2026-12-31: born 1966-12-31 is 60
2026-12-31: born 2005-12-31 is 21' ] || { echo "changed" >&2; exit 1; }
