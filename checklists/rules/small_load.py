"""Whether the load of a situation is small enough for the relief of ADR 1.1.3.6, as far as papers and officers tell."""

from __future__ import annotations

from decimal import Decimal

from checklists.goods.listing import Goods, un_digits
from checklists.goods.thresholds import ABSURD, Load, Total, count, is_nought, points_text, unit_of
from checklists.rules.context import Context, Loaded
from checklists.rules.crosscheck import Look

RELIEF = "exempt_1136"
"""What a small load leaves open: that JT/T 617 grants the relief of ADR 1.1.3.6 is not verified."""

PACKED_EXPLOSIVES = "V2"
"""The special provision for class 1 in packages, which asks for EX/II or EX/III. ADR 7.2.4 V2."""

_PER_M3 = 1000


def is_relieved(look: Look) -> bool:
    """Whether what is not there may be rightly so: the load is or may be within ADR 1.1.3.6.

    Of the signs and of the vehicles of 7.2 the relief asks nothing (1.1.3.6.2). What leaves it open is remembered:
    amounts, and where ADR is not alone in force that JT/T 617 grants it; nothing where it is sure.
    """
    quiet = Look(look.context, look.rule)
    small = is_small(look.context, quiet)
    if small is False:
        return False
    look.values += quiet.values
    look.lack(*quiet.missing, *(() if look.context.by_adr else (RELIEF,)))
    return True


def is_freed(look: Look) -> bool:
    """Whether ADR alone asks neither certificates nor instructions in writing of the load, or may not. ADR 1.1.3.6.2.

    Where other law asks for these papers too the relief does not reach them.
    """
    return look.context.by_adr and is_relieved(look)


def needs_no_approval(look: Look) -> bool:
    """Whether ADR alone asks no approval certificate of the vehicle, or may not; what leaves it open is remembered.

    It asks one for tanks and for explosives in packages (9.1.2, 9.1.3, 7.2.4 V2), of no small load and no empty tank.
    """
    context = look.context
    if not context.by_adr:
        return False
    if context.ordinary:
        return True
    kind, loads = context.situation.seen.containment, context.most
    if context.not_in_packages and kind != "bulk":
        return False
    if any(is_packed_explosive(goods) for load in loads or () for goods in load):
        return is_relieved(look)
    look.lack(*(["waybill.lines.un"] if loads is None else []), *([] if kind else ["seen.containment"]))
    return True


def is_packed_explosive(goods: Goods) -> bool:
    """Whether goods in packages need a vehicle for explosives."""
    return PACKED_EXPLOSIVES in goods.row.get("sp_packages", "").split(";")


def is_small(context: Context, look: Look) -> bool | None:
    """Whether everything on board is within ADR 1.1.3.6; None where amounts or packing groups leave it open.

    The relief is for packages: a load in a tank or in bulk never has it. What was read and what is missing is
    remembered in the look; a line without its amount is over only if the rest is, or if any amount of it would be.
    """
    if context.not_in_packages:
        return False
    if context.situation.seen.loaded == "uncleaned":
        return _is_small_empty(context, look)
    lines = _lines(context)
    loads = [_load(one) for one in lines]
    known = [one or _least(line) for one, line in zip(loads, lines, strict=True)]
    if lines and count(known, context.tables, mildest=True).within is False:
        return False
    if not lines or context.loads is None or None in loads:
        look.lack("waybill.lines.net_mass_kg")
        return None
    strict = count(known, context.tables)
    look.note("points_1136", _points(strict))
    if not strict.within:
        look.lack("waybill.lines.volume_l" if _unit_open(strict) else "waybill.lines.packing_group")
        return None
    return True


def _is_small_empty(context: Context, look: Look) -> bool | None:
    """Empty uncleaned packagings are a small load, however many, but of goods of category 0. ADR 1.1.3.6.1."""
    if context.loads is None or context.situation.seen.containment is None:
        look.lack("waybill.lines.un" if context.loads is None else "seen.containment")
        return None
    each = [{is_nought(goods, context.tables) for goods in load} for load in context.loads]
    if {True} in each:
        return False
    if any(one != {False} for one in each):
        look.lack("waybill.lines.packing_group")
        return None
    return True


def _lines(context: Context) -> tuple[Loaded, ...]:
    """The lines that are regulated for sure; none where what the officers found on board is not what they say."""
    lines, found = context.sure, context.found
    return () if found is not None and {found} != {un_digits(one.line.un or "") for one in lines} else lines


def _load(one: Loaded) -> Load | None:
    """The line in the unit in which its goods are counted, where the waybill has that; else in the other unit."""
    line, goods = one.line, one.goods[0]
    mass = line.explosive_mass_kg if goods.class_ == "1" else line.net_mass_kg
    amounts = {"kg": _sane(mass), "L": _sane(line.volume_l)}
    if amounts["L"] is None and amounts["kg"] and line.density_kg_m3 and line.density_kg_m3 > 0:
        amounts["L"] = amounts["kg"] * _PER_M3 / line.density_kg_m3
    unit = unit_of(goods) or "kg"
    other = "L" if unit == "kg" else "kg"
    named = unit if amounts[unit] is not None else other
    amount = amounts[named]
    return None if amount is None else Load(goods.un, amount, named, _group(one))


def _least(one: Loaded) -> Load:
    return Load(one.goods[0].un, Decimal(0), unit_of(one.goods[0]) or "kg", _group(one))


def _group(one: Loaded) -> str | None:
    """The packing group where the line's entries leave no other."""
    groups = {goods.packing_group for goods in one.goods}
    return groups.pop() if len(groups) == 1 else None


def _sane(amount: int | None) -> Decimal | None:
    return Decimal(amount) if amount is not None and 0 < amount <= ABSURD else None


def _unit_open(total: Total) -> bool:
    return any(one.points is None and one.factor is not None for one in total.loads)


def _points(total: Total) -> str | None:
    exact = all(one.points is not None for one in total.loads)
    return points_text(total.points) if exact else None
