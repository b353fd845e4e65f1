"""What is where, for R10: the goods that ask for signs, whether in a tank, and what each compartment holds."""

from __future__ import annotations

from checklists.facts.identifiers.keys import fold
from checklists.facts.waybill_values import compartment
from checklists.goods.listing import un_digits
from checklists.goods.required_signs import AVIATION, for_tanks, fuel_ends
from checklists.rules.context import Context, Loaded
from checklists.rules.crosscheck import Look


def weigh(look: Look) -> None:
    """Leave open what is not certain: whether the load is exempt, and what limited quantities above it show."""
    look.exemption()
    regulated = look.context.regulated
    if regulated and all(one.line.quantity != "full" for one in regulated) and not look.undecided:
        look.lack("required.signs")
        look.undecided = True


def in_compartment(context: Context, number: str) -> frozenset[str]:
    """Return the UN numbers that the waybill, else the tank's data, put into a compartment; none where neither does."""
    number = compartment(number)
    lines = [one.line for one in context.declared or () if number and compartment(one.line.compartment or "") == number]
    if lines:
        numbers = frozenset(un_digits(line.un or "") for line in lines)
        return frozenset() if "" in numbers else numbers
    tank = context.situation.tank
    return frozenset(
        un_digits(one.un)
        for one in (tank and tank.compartments) or ()
        if number and compartment(one.number or "") == number and one.un
    )


def is_tank(context: Context) -> bool:
    """Whether the load is in a tank, as seen or as far as is known."""
    return (context.situation.seen.containment or ("tank" if context.has_tank else "")) == "tank"


def declared_uns(context: Context) -> frozenset[str]:
    """Return every UN number on the waybill."""
    return frozenset(un_digits(one.line.un) for one in context.declared or () if one.line.un)


def uns(context: Context) -> frozenset[str]:
    """Return the UN numbers that ask for signs: exempt lines do not; without a waybill those known to be aboard."""
    if context.declared is None:
        return frozenset(goods.un for load in context.loads or () for goods in load)
    return frozenset(un_digits(one.line.un) for one in _asking(context) if one.line.un)


def unnamed(context: Context) -> bool:
    """Whether a line of the waybill has no UN number: it may be of any goods."""
    return any(not one.line.un for one in context.declared or ())


def several(context: Context) -> bool | None:
    """Whether goods of several UN numbers ask for signs; None where lines without a number decide it."""
    named = len(uns(context))
    may_be = named + sum(not one.line.un for one in _asking(context)) > 1
    return named > 1 or (None if may_be else False)


def _asking(context: Context) -> tuple[Loaded, ...]:
    """Return the lines of the waybill that ask for signs, as far as that is known."""
    return (context.declared if context.regulated is None else context.regulated) or ()


def waybill_text(context: Context) -> str:
    """Return the plates that the waybill's goods ask for, as `80/1830`, in one order."""
    return "、".join(sorted(_expected(one, in_tank=is_tank(context)) for one in context.declared or ()))


def _expected(one: Loaded, *, in_tank: bool) -> str:
    numbers = sorted({goods.hazard_id or "?" for goods in (for_tanks(one.goods) if in_tank else one.goods)}) or ["?"]
    return f"{'|'.join(numbers)}/{one.line.un or '?'}"


def fuel_plate(context: Context) -> frozenset[str]:
    """Return the UN numbers that may stand at the ends of a tank of several fuels, its sides bare; else none."""
    whole = context.loads is not None and all(context.loads)
    return fuel_ends(uns(context), context.tables.fuel_plates) if whole and is_tank(context) else frozenset()


def knows_fuel_plate(context: Context) -> bool:
    """Whether the exception for fuels holds for sure: ADR alone is in force, and none of them is for aviation only."""
    return context.by_adr and not uns(context) & AVIATION


def seen_numbers(context: Context, un: str) -> frozenset[str]:
    """Return the hazard numbers of the orange plates that were seen over a UN number."""
    panels = context.situation.seen.panels.values()
    held = (fold("hazard_id", one.hazard_id) for one in panels if un_digits(one.un or "") == un)
    return frozenset(held) - {""}
