"""Numbers of people: identity, qualification, telephone."""

from __future__ import annotations

import re
from datetime import date

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.id_papers import OLD, UNCHECKED, paper_of
from checklists.facts.identifiers.model import SEPARATORS, Check, Problem, compact, in_form, one_problem

_DIGIT = "0123456789"
_PLACES = (*(_DIGIT,) * 17, _DIGIT + "X")
_NAMED = {"id_area": "area", "id_birth": "date", "check_sign": "found"}
"""What each fault tells beside its code."""


def check_id(text: str, on: date | None = None) -> Check:
    """Check the number of the paper that shows who somebody is: the resident card (GB 11643), or another.

    Province, real date of birth and check sign of the resident card and of the foreigners' permanent residence card are
    errors where they are wrong; a passport or a travel permit has no check sign, which is a warning. `on` is the day
    after which nobody can have been born, where it is known.
    """
    value = in_form(compact(text, SEPARATORS), lambda one: paper_of(one, on) is not None)
    paper = paper_of(value, on)
    if paper is None:
        return _no_id(value)
    if paper.kind == OLD:
        return Check("id", value, (Problem("id_old", "error"),), OLD)
    if paper.kind in UNCHECKED:
        return Check("id", value, (Problem("id_unchecked", "warn"),), paper.kind)
    problems = tuple(Problem(code, "error", {_NAMED[code]: found}) for code, found in paper.faults)
    return Check("id", value, problems, paper.kind)


def check_qualification(text: str) -> Check:
    """Check an occupational qualification number (从业资格证号): the identity number, or 19 digits of old. Warnings."""
    value = compact(text, SEPARATORS)
    if re.fullmatch(r"[0-9]{19}", value):
        return Check("qualification", value, form="old")
    found = check_id(text)
    problems = tuple(Problem(one.code, "warn", one.params) for one in found.problems)
    return Check("qualification", found.value, problems, form="id")


def check_phone(text: str) -> Check:
    """Check a mainland mobile number: eleven digits from 13 to 19; +86 is left out. Warnings."""
    value = compact(text, SEPARATORS)
    found = re.fullmatch(r"(?:(?:\+|00)86)?(1[3-9][0-9]{9})", value)
    return Check("phone", found[1]) if found else one_problem("phone", value, "format", "warn", {"expected": "11"})


def _no_id(value: str) -> Check:
    if guesses := meant(value, _PLACES, _holds):
        return one_problem("id", value, "confusable", "error", {"suggestion": "、".join(guesses)})
    return one_problem("id", value, "format", "error", {"expected": "18"})


def _holds(value: str) -> bool:
    paper = paper_of(value)
    return paper is not None and paper.kind == "" and paper.holds
