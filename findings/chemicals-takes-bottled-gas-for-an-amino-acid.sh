#!/usr/bin/env bash
# chemicals 1.5.2: LPG is L-alanine and PX (paraxylene) a medicine; the petrol sold as 92 is uranium.
#
# Guess: `search_chemical` finds a substance by its name, formula or CAS number. An abbreviation of the trade is either known, as MEK and
# DMF are, or it is a ValueError, as PO and "UN1075" are: it is said to raise where a name is not recognised.
# Behaviour: the names are PubChem's with their synonyms, and one substance is told for each. Capital letters do not count. LPG is the amino
# acid alanine, PX pentoxifylline, HC hydrocortisone; a bare number is that of an element, as documented. Nothing is raised, and no second
# one is offered. By their full names propane and p-xylene are right.
# Whom it hits: who looks up what boils off an overturned tanker, and how it burns, by the word that is written on its papers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --no-compile --no-deps --disable-pip-version-check \
    chemicals==1.5.2 fluids==1.3.1 numpy==2.4.6 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from chemicals import search_chemical

print("chemicals", version("chemicals"))
for word in ("MEK", "DMF", "EDC", "propane", "LPG", "lpg", "p-xylene", "PX", "HC", "92", "PO", "UN1075"):
    try:
        found = search_chemical(word)
    except ValueError:
        print(word, "-> refused")
        continue
    print(f"{word} -> {found.common_name}, {found.formula}, CAS {found.CASs}")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'chemicals 1.5.2
MEK -> 2-butanone, C4H8O, CAS 78-93-3
DMF -> n,n-dimethylformamide, C3H7NO, CAS 68-12-2
EDC -> 1,2-dichloroethane, C2H4Cl2, CAS 107-06-2
propane -> propane, C3H8, CAS 74-98-6
LPG -> l-alanine, C3H7NO2, CAS 56-41-7
lpg -> l-alanine, C3H7NO2, CAS 56-41-7
p-xylene -> p-xylene, C8H10, CAS 106-42-3
PX -> pentoxifylline, C13H18N4O3, CAS 6493-05-6
HC -> hydrocortisone, C21H30O5, CAS 50-23-7
92 -> uranium, U, CAS 7440-61-1
PO -> refused
UN1075 -> refused' ] || { echo "changed" >&2; exit 1; }
