#!/usr/bin/env bash
# Pint 0.25.3 under Python 3.11: "30 ㎥" is 30 of nothing, and "1200 kg／㎥" is 1200 kg; under Python 3.12 both are refused.
#
# Guess: a unit that the registry does not know is an UndefinedUnitError, as "5 吨" is. ℃, ㎥ and ㎏ as one sign, and the wide stroke ／, as
# keyboards and word processors in China write them, are either known as °C, m³, kg and / are, or unknown.
# Behaviour: a text is cut up by Python's own tokenizer, and what it marks as an error is passed over. Up to Python 3.11 those are the
# signs that are neither of a Python name nor of Python's arithmetic: ℃, ㎥, ㎏, ㎫, ％ and ／ are left out before anything is looked up. What
# stands around them is put together: "80 ㎞/h" is 80 per hour, "1200 kg／m³" 1200 kg times m³. 吨 can stand in a name, and is looked up. From
# 3.12 on the tokenizer is another, and the same Pint refuses all of them. (Told there for √ and €.)
# Whom it hits: the density or the volume from a safety data sheet that becomes a bare number, on one server and not on the next one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pint==0.25.3 2>/dev/null
cat > "$work/try.py" <<'PY'
import sys
from importlib.metadata import version

import pint

print("pint", version("pint"), "before Python 3.12" if sys.version_info < (3, 12) else "Python 3.12 or newer")
registry = pint.UnitRegistry()
TEXTS = "30 m³,30 ㎥,30 ㎏,1.6 MPa,1.6 ㎫,25 ℃,31 %,31 ％,80 km/h,80 ㎞/h,1200 kg／m³,1200 kg／㎥,5 吨"
for text in TEXTS.split(","):
    try:
        print(text, "->", f"{registry(text):g}")
    except pint.UndefinedUnitError:
        print(text, "-> refused")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
case $seen in
    *"before Python 3.12"*) wanted='pint 0.25.3 before Python 3.12
30 m³ -> 30 meter ** 3
30 ㎥ -> 30 dimensionless
30 ㎏ -> 30 dimensionless
1.6 MPa -> 1.6 megapascal
1.6 ㎫ -> 1.6 dimensionless
25 ℃ -> 25 dimensionless
31 % -> 31 percent
31 ％ -> 31 dimensionless
80 km/h -> 80 kilometer / hour
80 ㎞/h -> 80 / hour
1200 kg／m³ -> 1200 kilogram * meter ** 3
1200 kg／㎥ -> 1200 kilogram
5 吨 -> refused' ;;
    *) wanted='pint 0.25.3 Python 3.12 or newer
30 m³ -> 30 meter ** 3
30 ㎥ -> refused
30 ㎏ -> refused
1.6 MPa -> 1.6 megapascal
1.6 ㎫ -> refused
25 ℃ -> refused
31 % -> 31 percent
31 ％ -> refused
80 km/h -> 80 kilometer / hour
80 ㎞/h -> refused
1200 kg／m³ -> refused
1200 kg／㎥ -> refused
5 吨 -> refused' ;;
esac
[ "$seen" = "$wanted" ] || { echo "changed" >&2; exit 1; }
