#!/usr/bin/env bash
# chemparse 0.3.2: Na2S·9H2O has no water in it, and with a full stop for the dot nine tenths of the sulphur and one water.
#
# Guess: the dot of a hydrate, which stands in any list of chemicals, is read as "and this many of that", or refused; a parser of formulas
# that promises fractions, groups and nested brackets does not pass over a part of one.
# Behaviour: with the dot of chemistry (·, also ⋅ and •) what stands behind it is left out without a word, and Na2S·9H2O and Na2S are the
# same. With the full stop, as plain keyboards write it, the number behind is a fraction of the atom before: S0.9, then one H2O.
# So does periodictable 2.1.0 with the full stop (fractions are documented, "+" is its sign for hydrates); the dot it refuses.
# pyvalem 3.0.2 reads both ways of writing; molmass 2026.1.8 reads the full stop and refuses the dot.
# Whom it hits: sodium sulphide with 30% of water or more is UN 1849, class 8; with less, or without, it is UN 1385, class 4.2. By
# this reading 68% is none, or 19%.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    chemparse==0.3.2 periodictable==2.1.0 pyvalem==3.0.2 molmass==2026.1.8 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

import chemparse
import molmass
import periodictable
from pyvalem.formula import Formula

print(*(f"{name} {version(name)}" for name in ("chemparse", "periodictable", "pyvalem", "molmass")))
MASSES = {
    "periodictable": lambda formula: periodictable.formula(formula).mass,
    "pyvalem": lambda formula: Formula(formula).rmm,
    "molmass": lambda formula: molmass.Formula(formula).mass,
}


def mass(of, formula):
    """The molar mass, or that the formula was refused."""
    try:
        return f"{of(formula):.1f}"
    except Exception:
        return "refused"


for formula in ("Na2S", "Na2S(H2O)9", "Na2S·9H2O", "Na2S.9H2O", "CaCl2·2H2O", "CaCl2.2H2O"):
    atoms = "".join(f"{atom}{many:g} " for atom, many in sorted(chemparse.parse_formula(formula).items()))
    print(f"{formula}: {atoms}|", *(f"{name} {mass(of, formula)}" for name, of in MASSES.items()))
for formula in ("Na2S(H2O)9", "Na2S·9H2O", "Na2S.9H2O"):
    atoms = chemparse.parse_formula(formula)
    whole = sum(many * periodictable.elements.symbol(atom).mass for atom, many in atoms.items())
    print(f"{formula}: {atoms.get('O', 0) * 18.015 / whole:.0%} water by chemparse")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'chemparse 0.3.2 periodictable 2.1.0 pyvalem 3.0.2 molmass 2026.1.8
Na2S: Na2 S1 | periodictable 78.0 pyvalem 78.0 molmass 78.0
Na2S(H2O)9: H18 Na2 O9 S1 | periodictable 240.2 pyvalem 240.2 molmass 240.2
Na2S·9H2O: Na2 S1 | periodictable refused pyvalem 240.2 molmass refused
Na2S.9H2O: H2 Na2 O1 S0.9 | periodictable 92.8 pyvalem 240.2 molmass 240.2
CaCl2·2H2O: Ca1 Cl2 | periodictable refused pyvalem 147.0 molmass refused
CaCl2.2H2O: Ca1 Cl2.2 H2 O1 | periodictable 136.1 pyvalem 147.0 molmass 147.0
Na2S(H2O)9: 68% water by chemparse
Na2S·9H2O: 0% water by chemparse
Na2S.9H2O: 19% water by chemparse' ] || { echo "changed" >&2; exit 1; }
