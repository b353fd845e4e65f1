#!/usr/bin/env bash
# python-stdnum 2.2: `cn.ric` refuses the number of everybody who holds a residence permit for Hong Kong, Macau or Taiwan.
#
# Guess: the permits that have been given since September 2018 have a citizen's number by GB 11643 with 810000, 820000 or 830000 in
# front, and its table of places has Hong Kong and Macau; so the numbers are valid, as they are for id-validator 1.0.20.
# Behaviour: InvalidComponent, as for an invented place. 81 and 82 stand in the table as provinces with no county behind them, and a place
# without a county is none; 83 does not stand in it. Check sign and date of birth are right. id-validator takes all three. The
# foreigners' permanent residence card, whose number has had the same 18 figures and check sign since December 2023 and begins
# with 9, is refused by both.
# Whom it hits: a driver or escort with a valid paper, whose number is called false on the road.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check python-stdnum==2.2 id-validator==1.0.20 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from id_validator import validator
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

print("python-stdnum", version("python-stdnum"), "id-validator", version("id-validator"))
# Made up: the first of January 1990, and the figures 001 behind it.
for whose, body in (
    ("Beijing", "11010119900101001"),
    ("Hong Kong", "81000019900101001"),
    ("Macau", "82000019900101001"),
    ("Taiwan", "83000019900101001"),
    ("foreigner", "91184019900101001"),
):
    number = body + ric.calc_check_digit(body + "0")
    try:
        said = "valid" if ric.validate(number) else ""
    except ValidationError as refused:
        said = type(refused).__name__
    print(f"{whose} {number[:6]}: stdnum {said}, id-validator {'valid' if validator.is_valid(number) else 'refused'}")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'python-stdnum 2.2 id-validator 1.0.20
Beijing 110101: stdnum valid, id-validator valid
Hong Kong 810000: stdnum InvalidComponent, id-validator valid
Macau 820000: stdnum InvalidComponent, id-validator valid
Taiwan 830000: stdnum InvalidComponent, id-validator valid
foreigner 911840: stdnum InvalidComponent, id-validator refused' ] || { echo "changed" >&2; exit 1; }
