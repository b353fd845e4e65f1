#!/usr/bin/env bash
# msgspec 0.22.0: `Meta(multiple_of=0.01)` refuses nearly every amount with two places, 200.00 among them.
#
# Guess: binary fractions being what they are, some amounts fail (0.07, say), as with other validators: jsonschema 4.26.0, which
# divides, refuses one in nine of those up to 1000.00. Whole yuan, at any rate, pass: 200 divided by 0.01 is 20000 exactly.
# Behaviour: what is left over by the C library's `fmod` has to be exactly 0, and 0.01 as a double is a little more than a hundredth: of
# the 100,000 amounts from 0.01 to 1000.00 there are 17 that pass: 0.01 doubled again and again. No whole yuan does.
# 0.1 is alike; 0.5 and 0.25, which a double holds, are as one thinks. The message is true of the text: "Expected `float` that's a
# multiple of 0.01". So: amounts as whole fen, or a `Decimal` and a check of one's own.
# Whom it hits: a peer whose bill of 200.00 yuan is answered with 400 though the published schema says multipleOf 0.01.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check msgspec==0.22.0 jsonschema==4.26.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version
from typing import Annotated

import jsonschema
import msgspec


def passes(text, multiple):
    try:
        msgspec.json.decode(text, type=Annotated[float, msgspec.Meta(multiple_of=multiple)])
    except msgspec.ValidationError:
        return False
    return True


amounts = [f"{fen // 100}.{fen % 100:02}" for fen in range(1, 100_001)]
print("msgspec", version("msgspec"), "jsonschema", version("jsonschema"))
few = [one for one in amounts if passes(one, 0.01)]
print("msgspec, 0.01:", len(few), "of", len(amounts), "pass:", *few)
divides = jsonschema.Draft202012Validator({"multipleOf": 0.01})
held = sum(divides.is_valid(float(one)) for one in amounts)
print("jsonschema, 0.01:", held, "of", len(amounts), "pass; 200.00", divides.is_valid(200.0))
print("msgspec, 0.5:", sum(passes(str(half / 2), 0.5) for half in range(1, 10_001)), "of 10000 pass")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'msgspec 0.22.0 jsonschema 4.26.0
msgspec, 0.01: 17 of 100000 pass: 0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 81.92 163.84 327.68 655.36
jsonschema, 0.01: 88574 of 100000 pass; 200.00 True
msgspec, 0.5: 10000 of 10000 pass' ] || { echo "changed" >&2; exit 1; }
