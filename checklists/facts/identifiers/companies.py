"""Numbers of companies: credit code, carrier licence, vehicle permit."""

from __future__ import annotations

import re

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import SEPARATORS, Check, Problem, compact, in_form, one_problem

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLACES = (*(_SIGNS,) * 2, *("0123456789",) * 6, *(_SIGNS,) * 10)
"""The signs that stand at each place: six digits of the area behind the first two."""
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_uscc(text: str) -> Check:
    """Check a unified social credit code: 18 signs with a check sign. Errors that a reason may keep."""
    value = in_form(compact(text, SEPARATORS), _is_whole)
    whole = _is_whole(value)
    if whole and _sign(value) == value[17]:
        return Check("uscc", value)
    guesses = meant(value, _PLACES, lambda one: _sign(one) == one[17])
    problems = [Problem("check_sign", "error", {"found": value[17]}, overridden=True)] if whole else []
    if guesses:
        problems.append(Problem("confusable", "error", {"suggestion": "、".join(guesses)}, overridden=True))
    if problems:
        return Check("uscc", value, tuple(problems))
    code = "uscc_old" if re.fullmatch(r"[0-9]{15}|[0-9A-Z]{8}[0-9X]", value) else "format"
    return one_problem("uscc", value, code, "error", {"expected": "18"}, overridden=True)


def check_permit(text: str) -> Check:
    """Check a vehicle's road transport permit number (道路运输证号): 6 to 24 signs, figures among them. Warnings."""
    value = compact(text)
    if not 6 <= len(value) <= 24 or not re.search("[0-9]", value):
        return one_problem("permit", value, "format", "warn", {"expected": "6-24"})
    return Check("permit", value)


def check_licence(text: str) -> Check:
    """Check a carrier's road transport licence number (经营许可证号): any text with twelve digits. Warnings."""
    value = compact(text)
    if not re.search(r"(?<![0-9])[0-9]{12}(?![0-9])", value):
        return one_problem("licence", value, "format", "warn", {"expected": "12"})
    return Check("licence", value)


def _is_whole(value: str) -> bool:
    return bool(re.fullmatch(f"[{_SIGNS}]{{18}}", value))


def _sign(value: str) -> str:
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(value, _WEIGHTS, strict=False))
    return _SIGNS[(31 - total % 31) % 31]
