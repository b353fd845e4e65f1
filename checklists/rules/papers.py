"""R5 and R6: papers in date. The last valid day counts as valid; the day is Beijing's."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Look, Result, reach

PAPERS = (
    ("vehicle_permit", "vehicle.permit"),
    ("safety_inspection", "vehicle.safety_inspection"),
    ("compulsory_insurance", "vehicle.compulsory_insurance"),
    ("liability_insurance", "vehicle.liability_insurance"),
)
TRAILER_PAPERS = (
    ("trailer_permit", "trailer.permit"),
    ("trailer_safety_inspection", "trailer.safety_inspection"),
)


def r5_papers(context: Context) -> Iterator[Result]:
    """Vehicle permit, safety inspection, compulsory and liability insurance, of tractor and trailer, in date.

    道路运输条例 art. 33 and 35, 道交法 art. 13 and 98.
    """
    for case, path in PAPERS + (TRAILER_PAPERS if context.has_trailer else ()):
        yield _paper(context, "R5", case, path)


def r6_tank_inspection(context: Context) -> Iterator[Result]:
    """Tank inspection in date, by the due date that is printed on the report and never by a computed one."""
    if context.has_tank:
        yield _paper(context, "R6", "tank_inspection", "tank.inspection")


def _paper(context: Context, rule: str, case: str, path: str) -> Result:
    look = Look(context, rule)
    if look.has(f"{path}.number"):
        look.text(f"{path}.number")
    if path.endswith(".permit") and reach(context.situation, f"{path}.carried") is False:
        look.note(f"{path}.carried", "no", "officer")
        return look.says(f"{case}_absent", conflict=True, subject=path)
    if look.has(f"{path}.status") and look.text(f"{path}.status") == "revoked":
        return look.says(f"{case}_revoked", conflict=True, subject=path)
    until = look.day(f"{path}.valid_until")
    if until is not None and until < context.situation.day:
        look.note("day", context.situation.day)
        return look.says(f"{case}_expired", conflict=True, subject=path)
    return look.says(f"{case}_expired", conflict=False, subject=path)
