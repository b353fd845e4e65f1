"""Whether a violation may be decided on the spot (简易程序): by the amounts that the law sets, never by a guess.

行政处罚法 51 sets a limit for persons and one for legal persons, 道路交通安全法 107 one for the police. The limits are
data (`limits_cny` in law/general.yaml); the answer is never more generous than the catalogue's own column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from checklists.facts.parties import Party, kind_of
from checklists.law.model import GeneralRule, Penalty, Violation, printable
from checklists.values import frozen

USE = "simple_procedure"
KINDS = ("person", "unit")
_STRICTNESS = ("yes", "partly", "no")
_CODES = {"yes": "within_limit", "partly": "depends_on_amount", "no": "above_limit"}


@frozen
class Because:
    """Why, as a code of `words.SIMPLE_REASONS` with the values that its sentence names; amounts in yuan."""

    code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


NO_REASON = Because()


@frozen
class Simple:
    """Whether the procedure is `allowed`: yes, no, partly (up to the limit) or unknown."""

    allowed: str
    because: Because = NO_REASON


def simple(violation: Violation, party: Party, general: Iterable[GeneralRule], day: date) -> Simple:
    """Return whether the violation may be decided on the spot for that party and conduct on that day.

    Where the data set no limits at all (an older package), the catalogue's column stands without a reason.
    """
    rule = limits_for(violation, general)
    if rule is None:
        return Simple(violation.simple)
    if not printable([rule], day):
        return Simple("unknown", Because("limit_unverified"))
    if not violation.penalty:
        return Simple("unknown", Because("penalty_unknown"))
    fines = [one for one in violation.penalty if not one.subject and (one.min_cny, one.max_cny) != (None, None)]
    if not fines:
        return _without_amount(violation, day)
    kinds = (kind_of(party),) if kind_of(party) else KINDS
    limits = [rule.limits_cny[kind] for kind in kinds if kind in rule.limits_cny]
    return _by_amount(violation, fines, limits, day)


def simple_of(rows: Iterable[Violation], party: Party, general: Iterable[GeneralRule], day: date) -> Simple:
    """Return the answer on which all rows that may hold agree; while the law itself is open they seldom do."""
    rules = tuple(general)
    answers = [simple(row, party, rules, day) for row in rows]
    if len({one.allowed for one in answers}) == 1:
        return answers[0]
    return Simple("unknown", Because("law_case_open"))


def limits_for(violation: Violation, general: Iterable[GeneralRule], use: str = USE) -> GeneralRule | None:
    """Return the clause whose limits hold for the agency that gets the case, or None where none sets any."""
    agency = violation.agency[0] if violation.agency else ""
    rules = (one for one in general if one.limits_cny and use in (one.use, one.instead_of))
    return next((one for one in rules if not one.agency or agency in one.agency), None)


def _without_amount(violation: Violation, day: date) -> Simple:
    """A penalty without an amount, such as a revocation: nothing to hold against a limit."""
    if not all(_verified(one, day) for one in violation.penalty if not one.subject):
        return Simple("unknown", Because("penalty_unverified"))
    return Simple("no", Because("no_amount")) if violation.simple == "no" else Simple("unknown", Because("no_amount"))


def _by_amount(violation: Violation, fines: list[Penalty], limits: list[int], day: date) -> Simple:
    """An unverified range leaves the answer open wherever it could change it."""
    verified = [one for one in fines if _verified(one, day)]
    answers = {_against(fines, limit) for limit in limits}
    if not verified or answers != {_against(verified, limit) for limit in limits}:
        return Simple("unknown", Because("penalty_unverified"))
    if len(answers) != 1:
        return Simple("unknown", Because("party_unknown", {"limits": "–".join(map(str, sorted(limits)))}))
    (answer,) = answers
    if violation.simple in _STRICTNESS and _STRICTNESS.index(violation.simple) > _STRICTNESS.index(answer):
        return Simple(violation.simple, Because("catalogue"))
    return Simple(answer, Because(_CODES[answer], _amounts(fines, min(limits))))


def _against(fines: Iterable[Penalty], limit: int) -> str:
    ranges = [(one.min_cny or 0, one.max_cny) for one in fines]
    if all(most is not None and most <= limit for _, most in ranges):
        return "yes"
    return "no" if all(least > limit for least, _ in ranges) else "partly"


def _amounts(fines: Iterable[Penalty], limit: int) -> dict[str, str]:
    held = list(fines)
    least = min(one.min_cny or 0 for one in held)
    most = None if any(one.max_cny is None for one in held) else max(one.max_cny or 0 for one in held)
    return {"least": str(least), "limit": str(limit), **({} if most is None else {"most": str(most)})}


def _verified(penalty: Penalty, day: date) -> bool:
    return bool(penalty.basis and printable([penalty.basis], day))
