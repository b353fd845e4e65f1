"""Vehicle identification numbers."""

from __future__ import annotations

import re

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import SEPARATORS, Check, Problem, compact, in_form, one_problem

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_SIGNS = _LETTERS + "0123456789"
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip(_LETTERS, (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
}


def check_vin(text: str) -> Check:
    """Check a vehicle identification number (GB 16735): 17 signs without I, O, Q; check sign in place 9. Warnings."""
    value = in_form(compact(text, SEPARATORS), _is_whole)
    whole = _is_whole(value)
    if whole and _holds(value):
        return Check("vin", value)
    guesses = meant(value, (_SIGNS,) * 17, _holds)
    if not whole:
        guesses = guesses or meant(value, (_SIGNS,) * 17)
        if not guesses:
            return one_problem("vin", value, "format", "warn", {"expected": "17"})
    problems = [Problem("check_sign", "warn", {"found": value[8]})] if whole else []
    if guesses:
        problems.append(Problem("confusable", "warn", {"suggestion": "、".join(guesses)}))
    return Check("vin", value, tuple(problems))


def _is_whole(value: str) -> bool:
    return bool(re.fullmatch(f"[{_SIGNS}]{{17}}", value))


def _holds(value: str) -> bool:
    rest = sum(_VALUES[sign] * weight for sign, weight in zip(value, _WEIGHTS, strict=True)) % 11
    return value[8] == "0123456789X"[rest]
