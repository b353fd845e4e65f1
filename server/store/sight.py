"""What a scope lets somebody see of records and cases: every list, count and single row asks here.

The agency is that of the case and of who took part in the record; the area is that of the site at which the check was
made, as somebody of the office said it (`site_areas`). What lies nowhere known is seen by those alone who see all.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, fn

from server.accounts import Scope
from server.store import site_areas
from server.store.feed_models import CheckBrief
from server.store.models import Case, Device, Record


def records(scope: Scope) -> list[Any]:
    """A record is shown to the agencies that took part or whose device sealed it, and to who got a case from it."""
    here = [within(Record.inspection, scope.area)] if scope.area else []
    if scope.agencies is None:
        return here
    own = Device.select(Device.id).where(Device.agency.in_(scope.agencies))
    given = Case.select(Case.id).where(Case.inspection == Record.inspection, Case.agency.in_(scope.agencies))
    took_part = reduce(or_, (Record.agencies.contains(f"|{one}|") for one in sorted(scope.agencies)), SQL("1 = 0"))
    return [Record.device.in_(own) | fn.EXISTS(given) | took_part, *here]


def briefs(scope: Scope) -> list[Any]:
    """As `records`, of the short rows of checks: their agencies hold also that of the tablet."""
    here = [CheckBrief.site.in_(site_areas.within(scope.area))] if scope.area else []
    if scope.agencies is None:
        return here
    given = Case.select(Case.id).where(Case.inspection == CheckBrief.inspection, Case.agency.in_(scope.agencies))
    took_part = reduce(or_, (CheckBrief.agencies.contains(f"|{one}|") for one in sorted(scope.agencies)), SQL("1 = 0"))
    return [took_part | fn.EXISTS(given), *here]


def cases(scope: Scope) -> list[Any]:
    """Return the area's condition on a list of cases; which of a case's agencies counts, the list says itself."""
    return [within(Case.inspection, scope.area)] if scope.area else []


def sees_case(scope: Scope, case: Case) -> bool:
    """Whether a case is shown to somebody: the agency's own, or one that it keeps, within the area."""
    mine = scope.holds(str(case.agency)) or scope.holds(str(case.keeper))
    return mine and sees_inspection(scope, str(case.inspection))


def sees_inspection(scope: Scope, inspection: str) -> bool:
    """Whether the area of a scope holds the site of an inspection."""
    if not scope.area:
        return True
    at = Record.site.in_(site_areas.within(scope.area))
    return bool(Record.select(Record.id).where(Record.inspection == inspection, at).exists())


def within(inspection: Any, area: str) -> Any:
    """Whether some processed part of the inspection names a site of the area."""
    part = Record.alias()
    held = part.select(part.id).where(part.inspection == inspection, part.site.in_(site_areas.within(area)))
    return fn.EXISTS(held)
