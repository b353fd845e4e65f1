"""R12: the equipment that these labels, this mass and this crew require, against what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checklists.facts.transport import Vehicle
from checklists.goods.equipment import Kind, Requirement, demands, required, required_by_all
from checklists.goods.kept import kept
from checklists.goods.listing import Tables
from checklists.rules.context import ABSURD_KG, Context, amount
from checklists.rules.crosscheck import Look, Result
from checklists.rules.small_load import RELIEF, is_small

EXPIRED = "extinguisher_expired"
"""The key under which officers count the extinguishers that are out of date; the other counts include them."""

_ABSURD = 1000
"""So many pieces, or kilograms of extinguishers, are a slip of the finger."""


def r12_equipment(context: Context) -> Iterator[Result]:
    """Each required piece against the count seen; an expired extinguisher is not counted. JT/T 617.7.

    A piece that nobody looked for cannot be told; what is required is unknown while the goods are, and nothing is
    where all travels as ordinary goods. Of a load that is or may be within ADR 1.1.3.6 only what even the relief
    leaves can be short for sure, because it is not verified that JT/T 617 grants that relief. Of one that is within it
    for sure the extinguisher that is left comes first, and what nobody looked for besides is one question.
    """
    if context.on_board is None:
        look = Look(context, "R12")
        look.lack(context.lacking)
        yield look.says("wheel_chock", conflict=False, subject="equipment")
        return
    if not context.on_board:
        return
    if _expired(context):
        look = Look(context, "R12")
        look.number(f"seen.equipment.{EXPIRED}")
        yield look.says(EXPIRED, conflict=True, subject=EXPIRED)
    relief = Look(context, "R12")
    small = is_small(context, relief)
    floor = None if small is False else _floor(context)
    every = needs(context)
    asked = [need for need in every if not (small and _is_waived(context, need, floor or {}))]
    for need in asked:
        yield _piece(context, need, relief, floor, enough=bool(small))
    if len(asked) < len(every):
        relief.lack(*_unproven(context))
        yield relief.says("wheel_chock", conflict=False, subject="equipment")


def _unproven(context: Context) -> tuple[str, ...]:
    """What a small load leaves open: nothing where ADR alone is in force."""
    return () if context.by_adr else (RELIEF,)


def _is_waived(context: Context, need: Requirement, floor: Mapping[str, int]) -> bool:
    """Whether the relief asks nothing of a piece and nobody looked for it."""
    return not floor.get(need.key) and need.key not in context.situation.seen.equipment


def needs(context: Context) -> tuple[Requirement, ...]:
    """Return the equipment that is required on board, the strictest of all goods; none while they are not known."""
    aboard = context.situation.seen.aboard
    crew = sum(one.role != "passenger" for one in aboard) if aboard is not None else None
    kinds = tuple((goods.every_label, goods.states) for goods in context.on_board or ())
    vehicles = 2 if context.has_trailer else 1
    least, most = (_required(kinds, mass, crew, vehicles, context.tables) for mass in _unit_mass(context))
    return least if least == most else _required(kinds, None, crew, vehicles, context.tables)


def _unit_mass(context: Context) -> tuple[int, int]:
    """Return the least and the most that the transport unit may weigh by its papers: vehicle and trailer. ADR 8.1.4.1.

    A tractor's limit may be its own or that of both; what no paper says may be anything above the kerb mass.
    """
    now = context.situation
    units = (now.vehicle, now.trailer) if context.has_trailer else (now.vehicle,)
    known = [_permitted(one) for one in units]
    least = [mass or amount(one.kerb_mass_kg if one else None) or 0 for one, mass in zip(units, known, strict=True)]
    return max(least), sum(map(int, filter(None, known))) if all(known) else ABSURD_KG


def _permitted(unit: Vehicle | None) -> int | None:
    """Return what a vehicle may weigh: its limit, else its kerb mass and the load that it may carry."""
    if unit is None:
        return None
    kerb, load = amount(unit.kerb_mass_kg), amount(unit.approved_mass_kg)
    return amount(unit.gross_limit_kg) or (kerb + load if kerb and load else None)


@kept
def _required(
    kinds: tuple[Kind, ...], mass_kg: int | None, crew: int | None, vehicles: int, tables: Tables
) -> tuple[Requirement, ...]:
    return required_by_all(kinds, mass_kg, crew, exempt=False, asked=demands(tables), vehicles=vehicles)


def _piece(
    context: Context, need: Requirement, relief: Look, floor: Mapping[str, int] | None, *, enough: bool
) -> Result:
    """Return what is to be said of a piece. `enough`: what the relief leaves is enough for sure, which is then said."""
    look = Look(context, "R12")
    left = (floor or {}).get(need.key, 0)
    wanted = left if enough and left else _wanted(need)
    seen = _usable(look, need, wanted)
    look.note(f"required.{need.key}", wanted)
    if enough and left:
        look.values += relief.values
        look.caveats.extend(_unproven(context))
    if wanted is None:
        look.lack(need.missing)
    few = seen is not None and (seen == 0 or (wanted is not None and seen < wanted))
    certain = not need.assumed or (seen == 0 and need.assumed == ("mass",))
    if few and not certain:
        look.lack(*need.assumed)
    if few and floor is not None and seen is not None and seen >= floor.get(need.key, 0):
        certain = False
        look.values += relief.values
        look.lack(*_unproven(context), *relief.missing)
    return look.says(need.key, conflict=few and certain, subject=need.key)


def _usable(look: Look, need: Requirement, wanted: int | None) -> int | None:
    """What was seen of a piece, without expired extinguishers; None where it is open which of them those are."""
    seen = look.amount(f"seen.equipment.{need.key}")
    if seen is not None and seen > _ABSURD:
        look.lack(f"seen.equipment.{need.key}")
        seen = None
    expired = _expired(look.context)
    if seen is None or not expired or not need.key.startswith("extinguisher"):
        return seen
    look.number(f"seen.equipment.{EXPIRED}")
    held = look.context.situation.seen.equipment.get("extinguisher_count")
    if need.key == "extinguisher_count":
        return max(seen - expired, 0)
    if held is not None and expired >= held:
        return 0
    if wanted is not None and seen < wanted:
        return seen
    look.lack(f"seen.equipment.{need.key}")
    return None


def _floor(context: Context) -> Mapping[str, int]:
    """The least of each piece that the relief of ADR 1.1.3.6 still asks: one extinguisher, and its capacity."""
    left = required(context.labels, context.states, None, None, exempt=True, asked=demands(context.tables))
    counts = {one.key: one.count for one in left if one.count is not None}
    capacity = max((one.min_capacity_kg or 0 for one in left if one.key.startswith("extinguisher")), default=0)
    return {**counts, "extinguisher_capacity": capacity}


def _wanted(need: Requirement) -> int | None:
    return need.count if need.count is not None else need.min_capacity_kg


def _expired(context: Context) -> int:
    return max(context.situation.seen.equipment.get(EXPIRED, 0), 0)
