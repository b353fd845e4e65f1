"""In which tier a carrier stands: fading points, levels switched by the last results, and every reason. Pure.

What is not known is never good: a carrier of whom too little was checked is unknown, a short check in which nothing was
found makes nobody clean, and what others than the carrier and its people did counts nothing against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from checklists.definitions.carrier_formula import CarrierFormula, Weight
from checklists.values import frozen

_FADING = ("check", "case_decided")
_STEP = 100 * 100
"""Of points times per cent of the holder times per cent of the age."""


@frozen
class Held:
    """A finding of a check: its severity, the role of who answers, and whether that is this carrier or its people."""

    severity: str
    role: str
    own: bool = True


@frozen
class Check:
    """What a check of one of its vehicles gave. `full` is false of a short one, `on` a day of Beijing.

    `link` leads to it: `inspection:<id>`.
    """

    link: str
    on: date
    found: tuple[Held, ...] = ()
    full: bool = True
    plate: str = ""


@frozen
class Against:
    """A case decided against the carrier, or what stands against it today: `counted` is one of CARRIER_COUNTED.

    `number` is the paper's; `link` leads there: `case:<id>` or `order:<number>`.
    """

    counted: str
    link: str
    number: str
    on: date | None = None


@frozen
class CarrierReason:
    """Why: `code` is one of REASONS, with points (0 where it is a rule), a number, a day and a link, each where known.

    `text` is what a person wrote, `counts` are its figures by name: severities of a check, or the counts of a rule.
    """

    code: str
    points: int = 0
    number: str = ""
    on: date | None = None
    link: str = ""
    text: str = ""
    counts: tuple[tuple[str, int], ...] = ()


REASONS = (
    *("by_hand", "correction_overdue", "stop_order", "watch", "order", "case_decided", "check"),
    *("rejected_of_last", "accepted_since", "points_over", "points_keep", "too_few", "accepted_in_row"),
    "per_checks",
)


@frozen
class CarrierTier:
    """`level` is one of CARRIER_LEVELS; reasons by their weight, rules first.

    `checks` counts those within the window, `counted` those that say something (full, or with a finding); `changes_on`
    is the first day on which the same facts give something else, None where there is none.
    """

    level: str
    points: int
    reasons: tuple[CarrierReason, ...]
    checks: int
    counted: int
    changes_on: date | None = None


def carrier_tier(
    formula: CarrierFormula, checks: Iterable[Check], against: Iterable[Against], today: date
) -> CarrierTier:
    """Return where a carrier stands today by a formula."""
    window = [one for one in checks if 0 <= (today - one.on).days <= formula.window_days]
    window.sort(key=lambda one: (one.on, one.link))
    held = [*_of_checks(formula, window, today), *_of_others(formula, tuple(against), today)]
    telling = [one for one in window if one.full or _rejected(formula, one)]
    points, exposed = _sum(formula, held, len(telling))
    level, rules = _level(formula, telling, points, tightened_by=_tightening(formula, held))
    held.sort(key=lambda one: (-one.points, -(one.on or date.min).toordinal(), one.link))
    return CarrierTier(
        level=level,
        points=points,
        reasons=(*rules, *exposed, *held),
        checks=len(window),
        counted=len(telling),
        changes_on=_changes_on(formula, window, held, today),
    )


def _sum(formula: CarrierFormula, held: Iterable[CarrierReason], counted: int) -> tuple[int, tuple[CarrierReason, ...]]:
    """Return the points: of checks and cases as of so many checks, of what stands today in full; and how they came."""
    fading = sum(one.points for one in held if one.code in _FADING)
    standing = sum(one.points for one in held if one.code not in _FADING)
    if counted <= formula.per_checks or not fading:
        return fading + standing, ()
    share = fading * formula.per_checks // counted
    counts = (("points", fading), ("checks", counted), ("limit", formula.per_checks), ("row", share))
    return share + standing, (CarrierReason("per_checks", counts=counts),)


def _of_checks(formula: CarrierFormula, window: Iterable[Check], today: date) -> Iterator[CarrierReason]:
    for one in window:
        found = _counted(formula, one)
        percent = formula.percent((today - one.on).days)
        points = sum(_points(formula, each, percent) for each in found)
        if found:
            severities = [each.severity or "none" for each in found]
            counts = tuple((name, severities.count(name)) for name in sorted(set(severities)))
            yield CarrierReason("check", points, one.plate, one.on, one.link, counts=counts)


def _counted(formula: CarrierFormula, check: Check) -> list[Held]:
    """Return the findings that count against the carrier at all."""
    return [one for one in check.found if one.own and formula.holders.get(one.role, 0)]


def _points(formula: CarrierFormula, found: Held, percent: int) -> int:
    weight = formula.weight("finding", found.severity)
    return weight.points * formula.holders[found.role] * percent // _STEP if weight else 0


def _of_others(formula: CarrierFormula, against: Iterable[Against], today: date) -> Iterator[CarrierReason]:
    """Cases fade like checks; what stands today counts in full until it does not stand any more."""
    for one in against:
        weight, percent = formula.weight(one.counted), 100
        if one.counted == "case_decided":
            days = (today - one.on).days if one.on else 0
            percent = formula.percent(days) if days >= 0 else 0
        if weight and percent:
            yield CarrierReason(one.counted, weight.points * percent // 100, one.number, one.on, one.link)


def _tightening(formula: CarrierFormula, held: Iterable[CarrierReason]) -> bool:
    weights: list[Weight | None] = [formula.weight(one.code) for one in held if one.code != "check"]
    return any(one is not None and one.tightens for one in weights)


def _rejected(formula: CarrierFormula, check: Check) -> bool:
    return any(one.severity in formula.rejects for one in _counted(formula, check))


def _level(
    formula: CarrierFormula, telling: list[Check], points: int, *, tightened_by: bool
) -> tuple[str, tuple[CarrierReason, ...]]:
    """Return the level with the rules that gave it. What is bad is known by however few checks; what is good is not."""
    results = [not _rejected(formula, one) for one in telling]
    switched, last = _switched(formula, results, points)
    if switched == "tightened":
        return switched, (last,)
    if points >= formula.tighten_from:
        return "tightened", (
            CarrierReason("points_over", counts=(("points", points), ("limit", formula.tighten_from))),
        )
    if tightened_by:
        return "tightened", ()  # what stands against it is a reason of its own
    if len(telling) < formula.least:
        return "unknown", (CarrierReason("too_few", counts=(("checks", len(telling)), ("least", formula.least))),)
    return switched, (last,)


def _switched(formula: CarrierFormula, results: list[bool], points: int) -> tuple[str, CarrierReason]:
    """Walk the results from the first to the last; return where they end, and by which rule."""
    level, row, recent = "normal", 0, list[bool]()
    for accepted in results:
        row, recent = (row + 1 if accepted else 0), [*recent, accepted][-formula.tighten_of :]
        if recent.count(False) >= formula.tighten_count:
            level = "tightened"
        elif (level == "tightened" and row >= formula.relax) or (level == "reduced" and not accepted):
            level = "normal"
        elif level == "normal" and row >= formula.reduce:
            level = "reduced"
    counts = (("rejected", recent.count(False)), ("last", len(recent)), ("row", row))
    if level == "tightened":
        code = "rejected_of_last" if recent.count(False) >= formula.tighten_count else "accepted_since"
        return level, CarrierReason(code, counts=(*counts, ("needed", formula.relax)))
    if level == "reduced" and points < formula.reduce_below:
        return level, CarrierReason("accepted_in_row", counts=(*counts, ("needed", formula.reduce)))
    if level == "reduced":
        return "normal", CarrierReason("points_keep", counts=(("points", points), ("limit", formula.reduce_below)))
    return level, CarrierReason("accepted_in_row", counts=(*counts, ("needed", formula.reduce)))


def _changes_on(
    formula: CarrierFormula, window: Iterable[Check], held: Iterable[CarrierReason], today: date
) -> date | None:
    """Return the next day on which something counts less or not at all."""
    days = {one.on for one in window} | {one.on for one in held if one.code == "case_decided" and one.on}
    ends = (on + timedelta(days=step.until_days + 1) for on in days for step in formula.decay)
    return min((end for end in ends if end > today), default=None)
