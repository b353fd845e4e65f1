"""R1: the waybill exists, is filled in, is this vehicle's and this trip's, and its goods are those of the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checklists.facts.companies import Company, compare_companies
from checklists.facts.identifiers.likeness import DIFFERENT, MAY_BE, SAME, Colours, compare
from checklists.facts.site import WaybillUse
from checklists.facts.situation import clock_text, in_law_zone
from checklists.facts.texts import is_unread
from checklists.goods import names
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result, reach
from checklists.rules.goods_lines import lines_against_table
from checklists.rules.road_numbers import LOOKED_UP, other, said, seen_as

REQUIRED = ("number", "carrier", "consignor", "loader", "consignee", "origin", "destination")
"""What a waybill has to say besides vehicle, people, departure and goods, which are compared one by one.

By the form that 29号令 art. 24 leaves to the ministry; the list is ours and was not read in a standard.
"""

KINDS = {"vehicle": "plate", "trailer": "trailer", "tank": "tank"}
"""What stands on the road → the kind of its number."""

_BLANK = ("", "无", "none", "null")


def r1_waybill(context: Context) -> Iterator[Result]:
    """A waybill is carried, complete, standing, of this vehicle, trailer and tank, and its number is used once.

    Nothing is asked where all is exempt, or empty and clean. 29号令 art. 24.
    """
    if context.ordinary:
        return
    yield _carried(context)
    bill = context.situation.waybill
    if bill is not None and bill.carried is False:
        return
    yield _complete(context)
    yield from _vehicle(context)
    if bill is not None and bill.status is not None:
        look = Look(context, "R1")
        status = look.text("waybill.status")
        if status not in ("valid", "cancelled", "finished"):
            look.lack("waybill.status")
        yield look.says("not_standing", conflict=status in ("cancelled", "finished"))
    yield _used_once(context)
    yield from lines_against_table(context)


def _carried(context: Context) -> Result:
    """One that only the office's registry knows was shown to nobody yet."""
    look = Look(context, "R1")
    bill = context.situation.waybill
    if bill is None:
        look.lack("waybill")
        return look.says("not_carried", conflict=False)
    if bill.carried is not None:
        look.note("waybill.carried", "yes" if bill.carried else "no", "officer")
        return look.says("not_carried", conflict=not bill.carried)
    source = context.situation.source("waybill")
    look.note("waybill.number", bill.number, source.kind if source else "")
    if (source and source.kind == "registry") or not (bill.number or bill.lines or bill.raw):
        look.lack("waybill.carried")
    return look.says("not_carried", conflict=False)


def _complete(context: Context) -> Result:
    """A field that is blank on the waybill is a fault; one that nobody read, or could read, cannot be told."""
    look = Look(context, "R1")
    blank = [name for name in REQUIRED if _is_blank(reach(context.situation, f"waybill.{name}"))]
    for name in REQUIRED:
        if name in blank:
            look.note(f"waybill.{name}", "—", "waybill")
        elif is_unread(look.text(f"waybill.{name}") or ""):
            look.lack(f"waybill.{name}")
    return look.says("incomplete", conflict=bool(blank))


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and names.plain(value) in _BLANK and not is_unread(value)


def _vehicle(context: Context) -> Iterator[Result]:
    """The waybill's numbers against those seen. A permit number is compared where the waybill gives one."""
    bill = context.situation.waybill
    yield _same(context, "vehicle", "waybill.plate", "vehicle.plate")
    if context.has_trailer or context.situation.seen.trailer_plate is not None:
        yield _same(context, "trailer", "waybill.trailer_plate", "seen.trailer_plate", "trailer.plate")
    if context.has_tank or context.situation.seen.tank_number is not None:
        yield _same(context, "tank", "waybill.tank", "seen.tank_number", "tank.number")
    if bill is not None and bill.vehicle_permit is not None:
        look, path = Look(context, "R1"), "waybill.vehicle_permit"
        differ = other(look, "permit", path, said(look, path), said(look, "vehicle.permit.number"))
        yield look.says("other_permit", conflict=differ, subject="permit")
    yield from _carrier(context)


def _carrier(context: Context) -> Iterator[Result]:
    """The waybill's carrier is that of the vehicle by its permit; a trailer may be another's (甩挂). Law art. 65¶2.

    Where the two certainly differ, a lease, a vehicle under another's name (挂靠) and a name that was changed are left
    to be asked: no violation is named.
    """
    declared, look = ("waybill.carrier", "waybill.carrier_uscc"), Look(context, "R1")
    bill = _company(look, declared)
    if not (bill.name or bill.uscc):
        return
    source = context.situation.source("carrier")
    shown = ("carrier.name", "carrier.uscc") if not (source and source.kind in LOOKED_UP) else ()
    own = ("vehicle.carrier", "vehicle.carrier_uscc")
    there = own if any(map(look.has, own)) else shown
    found = compare_companies(bill, _company(look, there)) if there else MAY_BE
    if found == MAY_BE:
        look.lack(next((path for path in (*(there or own)[1:], declared[1]) if not look.has(path)), declared[0]))
    yield look.says("other_carrier", conflict=found == DIFFERENT, subject="carrier")


def _company(look: Look, paths: tuple[str, ...]) -> Company:
    """Return the company whose name and code stand at the paths; a blank is nothing."""
    said = [(look.text(path) or "") if look.has(path) else "" for path in paths]
    return Company(*("" if _is_blank(one) or is_unread(one) else one for one in said))


def _same(context: Context, unit: str, declared: str, *there: str) -> Result:
    look = Look(context, "R1")
    named, found = said(look, declared), seen_as(look, *there)
    differ = other(look, KINDS[unit], declared, named, found, _colours(context, unit))
    return look.says(f"other_{unit}", conflict=differ, subject=unit)


def _colours(context: Context, unit: str) -> Colours:
    """Return the colours of plates as the waybill says them and as they were seen."""
    bill, vehicle = context.situation.waybill, context.situation.vehicle
    return ((bill and bill.plate_colour) or "", vehicle.colour or "") if unit == "vehicle" else ("", "")


def _used_once(context: Context) -> Result:
    """The number was not met before with another vehicle, nor for another departure."""
    look = Look(context, "R1")
    number, uses = said(look, "waybill.number"), context.situation.waybill_uses
    look.mind("waybill_uses")
    if uses is None or "waybill_uses" in context.situation.incomplete:
        look.lack("waybill_uses")
    before = [one for one in uses or () if number and compare("waybill", one.number, number) == SAME]
    if not before:
        return look.says("used_by_other_vehicle", conflict=False)
    for one in sorted(before, key=lambda one: (one.plate or "", str(one.start_at))):
        look.note("waybill_uses", " ".join(filter(None, (one.plate, _time(one.start_at)))), "registry")
    plate = seen_as(look, "vehicle.plate")
    own = ("", context.situation.vehicle.colour or "")
    if any(other(look, "plate", "waybill_uses", one.plate, plate, own) for one in before):
        return look.says("used_by_other_vehicle", conflict=True)
    return _other_trip(look, before)


def _other_trip(look: Look, before: list[WaybillUse]) -> Result:
    start = look.day("waybill.start_at")
    if any(one.plate is None or one.start_at is None for one in before):
        look.lack("waybill_uses.start_at")
    differ = isinstance(start, datetime) and any(one.start_at and not _same_trip(one.start_at, start) for one in before)
    return look.says("used_on_other_trip", conflict=bool(differ))


def _same_trip(one: datetime, another: datetime) -> bool:
    """Whether two departures are one: the same instant, or the same day of Beijing where one gives no hour."""
    here, there = in_law_zone(one), in_law_zone(another)
    dated = any((at.hour, at.minute, at.second) == (0, 0, 0) for at in (here, there))
    return here == there or (dated and here.date() == there.date())


def _time(at: datetime | None) -> str:
    return clock_text(at) if at else ""
