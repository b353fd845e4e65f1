"""Numbers of people: identity, qualification, telephone."""

from __future__ import annotations

import re
from datetime import date

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import Check, Problem, compact, one_problem
from checklists.facts.identifiers.plates import SEPARATORS

_AREA = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""First two figures of an identity number: the province."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGIT = "0123456789"
_PLACES = (*(_DIGIT,) * 17, _DIGIT + "X")
_EARLIEST = date(1900, 1, 1)
"""Nobody on the road was born before."""


def check_id(text: str, on: date | None = None) -> Check:
    """Check an 18-digit resident identity number (GB 11643): province, real date of birth, check sign. Errors.

    `on` is the day after which nobody can have been born, where it is known.
    """
    value = compact(text, SEPARATORS)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return _no_id(value)
    problems = []
    if not _AREA.match(value):
        problems.append(Problem("id_area", "error", {"area": value[:2]}))
    if not _is_birth(value[6:14], on):
        problems.append(Problem("id_birth", "error", {"date": value[6:14]}))
    if value[17] != _sign(value):
        problems.append(Problem("check_sign", "error", {"found": value[17]}))
    return Check("id", value, tuple(problems))


def check_qualification(text: str) -> Check:
    """Check an occupational qualification number (从业资格证号): the identity number, or 19 digits of old. Warnings."""
    value = compact(text, SEPARATORS)
    if re.fullmatch(r"[0-9]{19}", value):
        return Check("qualification", value, form="old")
    problems = tuple(Problem(one.code, "warn", one.params) for one in check_id(value).problems)
    return Check("qualification", value, problems, form="id")


def check_phone(text: str) -> Check:
    """Check a mainland mobile number: eleven digits from 13 to 19; +86 is left out. Warnings."""
    value = compact(text, SEPARATORS)
    found = re.fullmatch(r"(?:(?:\+|00)86)?(1[3-9][0-9]{9})", value)
    return Check("phone", found[1]) if found else one_problem("phone", value, "format", "warn", {"expected": "11"})


def _no_id(value: str) -> Check:
    if re.fullmatch(r"[0-9]{15}", value) and _AREA.match(value) and _is_birth(f"19{value[6:12]}", None):
        return one_problem("id", value, "id_old", "error", {})
    if guesses := meant(value, _PLACES, _holds):
        return one_problem("id", value, "confusable", "error", {"suggestion": "、".join(guesses)})
    return one_problem("id", value, "format", "error", {"expected": "18"})


def _holds(value: str) -> bool:
    return bool(_AREA.match(value)) and _is_birth(value[6:14], None) and value[17] == _sign(value)


def _sign(value: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(value, _WEIGHTS, strict=False)) % 11]


def _is_birth(digits: str, on: date | None) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day >= _EARLIEST and (on is None or day <= on)
