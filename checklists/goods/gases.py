"""What the gas table says of a gas in tanks: least test pressure and most kilograms a litre. ADR 2025 4.3.3.2.5.

The figures are ADR's. China has its own (TSG R0005), which were not read: there they are shown and never accuse alone.
A gas may have several mixtures, and a mixture several rows, of which a tank has to meet one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction

from checklists.patterns import pattern
from checklists.values import frozen

Row = Mapping[str, str]

RULE = "ADR 4.3.3.2.5"

_GRADE = pattern(r"(?:MIXTURE|混合物|混合气)\s*([A-C](?:0?[0-9])?|P[12])(?![A-Z0-9])")


@frozen
class Filling:
    """One row: bar of test pressure with thermal insulation and without, and kg a litre; None where it gives none."""

    mixture: str
    insulated: Fraction | None
    bare: Fraction | None
    most: Fraction | None
    complete: bool


def fillings(un: str, rows: Iterable[Row], named: str = "") -> tuple[Filling, ...]:
    """Return the rows of a gas, those of the mixture that a text names (`混合物C`, `Mixture A1`) where it names one."""
    found = tuple(_filling(row) for row in rows if row["un"] == un)
    grade = grade_of(named)
    own = tuple(one for one in found if grade and one.mixture.upper().endswith(f"MIXTURE {grade}"))
    return own or found


def grade_of(text: str) -> str:
    """Return the letter of the mixture that a text names, or nothing where it names none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    found = _GRADE.search(plain) or _GRADE.fullmatch(f"MIXTURE {plain.strip()}")
    return found[1] if found else ""


def pressure_fits(found: Iterable[Filling], bar: Fraction, *, insulated: bool | None) -> bool | None:
    """Whether a tank tested at so many bar is enough; None where mixture, insulation or the table leave it open."""
    every = tuple(found)
    kinds = (True, False) if insulated is None else (insulated,)
    answers = {_enough(every, mixture, bar, kind) for mixture in {one.mixture for one in every} for kind in kinds}
    return answers.pop() if len(answers) == 1 else None


def _enough(found: Iterable[Filling], mixture: str, bar: Fraction, insulated: bool) -> bool | None:
    own = [one for one in found if one.mixture == mixture]
    asked = [value for one in own if (value := one.insulated if insulated else one.bare) is not None]
    return None if not asked or not all(one.complete for one in own) else bar >= min(asked)


def most_kg_per_litre(found: Iterable[Filling]) -> tuple[Fraction, Fraction | None] | None:
    """Return the least and the greatest limit that may hold; None where the table has none, or not of every mixture."""
    limits = [one.most for one in found]
    known = [one for one in limits if one is not None]
    if not known:
        return None
    return min(known), max(known) if len(known) == len(limits) else None


def pressures_text(found: Iterable[Filling]) -> str:
    """Return the pressures as people read them: `21 / 23 bar` with and without insulation, by mixture."""
    told = dict.fromkeys(
        f"{one.mixture} {_plain(one.insulated)} / {_plain(one.bare)} bar".strip()
        for one in found
        if one.insulated is not None or one.bare is not None
    )
    return "; ".join(told)


def _filling(row: Row) -> Filling:
    return Filling(
        mixture=row["mixture"],
        insulated=_number(row["test_pressure_bar_insulated"]),
        bare=_number(row["test_pressure_bar_uninsulated"]),
        most=_number(row["max_kg_per_litre"]),
        complete=not row["see_instead"] and not row["note"],
    )


def _number(cell: str) -> Fraction | None:
    return Fraction(cell) if cell else None


def _plain(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):g}"
