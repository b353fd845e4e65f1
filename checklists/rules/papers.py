"""R5 and R6: papers in date. The last valid day counts as valid; the day is Beijing's."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result, reach
from checklists.rules.small_load import needs_no_approval

OWN = (
    ("safety_inspection", "vehicle.safety_inspection"),
    ("compulsory_insurance", "vehicle.compulsory_insurance"),
)
"""What every vehicle needs."""

DANGEROUS = (
    ("carrier_licence", "carrier.licence"),
    ("vehicle_permit", "vehicle.permit"),
    ("liability_insurance", "vehicle.liability_insurance"),
)
"""What the carriage of dangerous goods needs."""

TRAILER_OWN = (("trailer_safety_inspection", "trailer.safety_inspection"),)
TRAILER_DANGEROUS = (("trailer_permit", "trailer.permit"),)
WHERE_KNOWN = (
    ("compulsory_insurance", "trailer.compulsory_insurance"),
    ("liability_insurance", "trailer.liability_insurance"),
)
"""A trailer may be insured with its tractor: only a policy of its own is looked at."""


def r5_papers(context: Context) -> Iterator[Result]:
    """Carrier licence, vehicle permit, safety inspection and insurances, of tractor and trailer, in date.

    道路运输条例 art. 33 and 35, 道交法 art. 13 and 98. Ordinary goods ask for what every vehicle needs only. A vehicle
    that is empty and clean carries nothing for which a paper that is out of date could be wanted: that is open.
    """
    own, dangerous = (OWN + TRAILER_OWN, DANGEROUS + TRAILER_DANGEROUS) if context.has_trailer else (OWN, DANGEROUS)
    for case, path in () if context.exempt else dangerous:
        yield _paper(context, "R5", case, path, dangerous=True)
    for case, path in own:
        yield _paper(context, "R5", case, path)
    for case, path in WHERE_KNOWN:
        if reach(context.situation, path) is not None and not (context.exempt and case == "liability_insurance"):
            yield _paper(context, "R5", case, path, dangerous=case == "liability_insurance")


def r6_tank_inspection(context: Context) -> Iterator[Result]:
    """Tank inspection in date, by the due date that is printed on the report and never by a computed one."""
    if context.has_tank and not context.exempt:
        yield _paper(context, "R6", "tank_inspection", "tank.inspection", dangerous=True)


def _paper(context: Context, rule: str, case: str, path: str, *, dangerous: bool = False) -> Result:
    look = Look(context, rule)
    if dangerous:
        look.exemption()
    if look.has(f"{path}.number"):
        look.text(f"{path}.number")
    absent = path.endswith(".permit") and reach(context.situation, f"{path}.carried") is False
    if absent:
        look.note(f"{path}.carried", "no", "officer")
    wrong = f"{case}_revoked" if is_revoked(look, path) else ""
    if not wrong and (until := look.day(f"{path}.valid_until")) is not None and until < context.situation.day:
        look.note("day", context.situation.day)
        wrong = f"{case}_expired"
    if absent and (not wrong or context.situation.seen.loaded == "empty"):
        return look.says(f"{case}_absent", conflict=not _is_unasked(look, path), subject=path)
    if wrong and dangerous and context.situation.seen.loaded == "empty":
        look.lack("seen.loaded")
        look.undecided = True
    return look.says(wrong or f"{case}_expired", conflict=bool(wrong) and not _is_unasked(look, path), subject=path)


def _is_unasked(look: Look, path: str) -> bool:
    """Whether nobody asks for the paper here: an approval of the vehicle by ADR, for goods that need none."""
    return path.endswith(".permit") and needs_no_approval(look)


def is_revoked(look: Look, path: str) -> bool:
    """Whether the status of a paper says so; any other word than `valid` leaves it open."""
    status = (look.text(f"{path}.status") or "").strip().lower() if look.has(f"{path}.status") else "valid"
    look.lack(*((f"{path}.status",) if status not in ("valid", "revoked") else ()))
    return status == "revoked"
