"""Papers that show who somebody is, by their numbers: the resident card, and those of people who have none.

Resident card: GB 11643. Foreigners' permanent residence card since 2023-12-01: 18 digits that begin with 9, then the
province, three figures of the country, the date of birth, and a check sign by the same rule; before, three letters and
twelve digits. Residence permits of Hong Kong, Macau (81, 82) and Taiwan (83) have the resident card's form. Passports
and travel permits have no check sign that is known here: their form is all that can be looked at.
"""

from __future__ import annotations

import re
from datetime import date

from checklists.patterns import pattern
from checklists.values import frozen

AREA = pattern("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""First two figures of an identity number: the province."""

_EIGHTEEN = pattern(r"[0-9]{17}[0-9X]")
_FIFTEEN = pattern(r"[0-9]{15}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_EARLIEST = date(1900, 1, 1)
"""Nobody on the road was born before."""

RESIDENT, PERMANENT, OLD = "", "permanent_residence", "resident_old"
UNCHECKED = {
    "permanent_residence_old": "[A-Z]{3}[0-9]{12}",
    "hk_macau_permit": "[HM][0-9]{8}(?:[0-9]{2})?",
    "taiwan_permit": r"[0-9]{8}|[0-9]{10}[A-Z]",
    "passport": "[A-Z]{1,2}[0-9]{6,8}|[A-Z][0-9]{7}[A-Z]|[0-9]{9}|[0-9]{2}[A-Z]{2}[0-9]{5}",
}
"""Papers whose number has no check sign, by their forms; a passport's are those most met, every country has its own."""


@frozen
class Paper:
    """A paper's number: which kind it has the form of (empty: the resident card), and what is wrong (codes)."""

    kind: str
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether area, birth and check sign are right."""
        return not self.faults


def paper_of(value: str, on: date | None = None) -> Paper | None:
    """Return the paper whose form a bare number has, or None; `on` is the day after which nobody was born."""
    if _EIGHTEEN.fullmatch(value):
        return Paper(PERMANENT if value[0] == "9" else RESIDENT, tuple(_faults(value, on)))
    if _is_old(value):
        return Paper(OLD)
    return next((Paper(kind) for kind, form in UNCHECKED.items() if re.fullmatch(form, value)), None)


def modern(value: str) -> str:
    """Return a 15-digit number as the same person's number of 18, and any other as it is."""
    if not _is_old(value):
        return value
    longer = f"{value[:6]}19{value[6:]}"
    return longer + check_sign(longer)


def _is_old(value: str) -> bool:
    return bool(_FIFTEEN.fullmatch(value) and AREA.match(value)) and is_birth(f"19{value[6:12]}", None)


def check_sign(value: str) -> str:
    """Return the check sign of the first seventeen digits (ISO 7064, MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(value, _WEIGHTS, strict=False)) % 11]


def is_birth(digits: str, on: date | None) -> bool:
    """Whether eight digits are a day on which somebody who lives may have been born."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day >= _EARLIEST and (on is None or day <= on)


def _faults(value: str, on: date | None) -> list[tuple[str, str]]:
    area = value[1:3] if value[0] == "9" else value[:2]
    tried = (
        ("id_area", value[:2], AREA.match(area)),
        ("id_birth", value[6:14], is_birth(value[6:14], on)),
        ("check_sign", value[17], value[17] == check_sign(value)),
    )
    return [(code, found) for code, found, right in tried if not right]
