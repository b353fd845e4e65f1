"""R8: how full the tank is, against its plate, and the tank against the approved load. kg, L, kg/m³ and percent."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.rules import gauges
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.fill_limits import fill_limits, mass_and_density
from checklists.rules.gauges import Chamber
from checklists.rules.load import net_mass
from checklists.rules.sign_places import is_tank

TOLERANCE_PERCENT = 2
"""By how much a tank may hold more than the approved load. Ours, not law (TNK-12 names none)."""

LEAST_FILL_PERCENT = 80
"""Where the plate's degree of filling is not known: what is certainly permitted. Ours; a tank that holds more than the
approved load even at this is oversize, and one that does not hold more when full is not."""


def r8_filling(context: Context) -> Iterator[Result]:
    """Mass and degree of filling against the plate (LOD-09), volume and plate against the approved load (TNK-12).

    Nothing where there is no tank or it is empty and clean; an uncleaned empty one has no filling, nor has one whose
    goods were seen to be in packages or in bulk.
    """
    if not context.has_tank or context.on_board == ():
        return
    if is_tank(context) and context.situation.seen.loaded != "uncleaned":
        yield from [*_masses(context), *_degrees(context)] or [_nothing_known(context)]
        yield from fill_limits(context)
    yield from _sizes(context)


def _masses(context: Context) -> Iterator[Result]:
    look = Look(context, "R8")
    if look.has("tank.max_fill_mass_kg"):
        most, net = look.mass("tank.max_fill_mass_kg"), net_mass(look)
        yield look.says("over_fill_mass", conflict=most is not None and net is not None and net > most, subject="tank")


def _degrees(context: Context) -> Iterator[Result]:
    seen = context.situation.seen
    if not seen.levels and not Look(context, "R8").has("tank.max_fill_percent"):
        return
    for chamber in gauges.chambers(context):
        if not _is_empty(context, chamber):
            yield _degree(context, chamber)


def _is_empty(context: Context, chamber: Chamber) -> bool:
    """Whether the waybill puts nothing into this compartment and no gauge says otherwise."""
    placed = all(one.line.compartment for one in context.declared or ())
    read = gauges.readings(context).get(chamber.number)
    return bool(chamber.number and context.declared and placed and not chamber.lines and read is None)


def _degree(context: Context, chamber: Chamber) -> Result:
    look = Look(context, "R8")
    most = _permitted_percent(look)
    levels = gauges.readings(context)
    if levels and (not chamber.number or chamber.number in levels):
        shown = gauges.level(look, chamber)
        over = shown is not None and most is not None and shown > most
    else:
        over = _over_by_mass(look, chamber, most)
    return look.says("over_fill_degree", conflict=over, subject=chamber.subject)


def _over_by_mass(look: Look, chamber: Chamber, most: int | None) -> bool:
    """Whether mass through density is more than the permitted share of the volume; above 200 % no value is believed."""
    volume = gauges.volume(look, chamber)
    filled = mass_and_density(look, chamber)
    if volume is None or filled is None:
        return False
    mass, density = filled
    whole = volume * density
    if mass * 1000 > 2 * whole:
        look.lack(gauges.volume_path(chamber))
        return False
    look.note("tank.fill_percent", gauges.percent(mass * 1000, whole))
    over = most is not None and mass * 100_000 > most * whole
    litres = gauges.declared_l(chamber)
    if not over and most is not None and litres is not None and litres * 100 > most * volume:
        # By its own volume the waybill fills the tank further than by its mass.
        look.lack("waybill.lines.volume_l")
    return over


def _permitted_percent(look: Look) -> int | None:
    """Return the plate's degree of filling in percent; below 1 and above 100 it is not known."""
    found = look.number("tank.max_fill_percent")
    if found is None or 0 < found <= 100:
        return found
    look.lack("tank.max_fill_percent")
    return None


def _nothing_known(context: Context) -> Result:
    look = Look(context, "R8")
    look.lack("tank.max_fill_mass_kg", "seen.levels")
    return look.says("over_fill_mass", conflict=False, subject="tank")


def _sizes(context: Context) -> Iterator[Result]:
    tank = context.situation.tank
    if tank is None:
        return
    approved = f"{'trailer' if context.has_trailer else 'vehicle'}.approved_mass_kg"
    if tank.volume_l is not None or tank.compartments:
        yield _volume_against_licence(context, approved)
    if tank.max_fill_mass_kg is not None:
        look = Look(context, "R8")
        plate, load = look.mass("tank.max_fill_mass_kg"), look.mass(approved)
        over = plate is not None and load is not None and plate * 100 > load * (100 + TOLERANCE_PERCENT)
        yield look.says("plate_over_licence", conflict=over, subject="tank")


def _volume_against_licence(context: Context, approved: str) -> Result:
    """Volume × design density × degree of filling against the approved load (大罐小标)."""
    look = Look(context, "R8")
    volume, density, load = gauges.whole_volume(look), gauges.design_density(look), look.mass(approved)
    known = _permitted_percent(look) if look.has("tank.max_fill_percent") else None
    if volume is None or density is None or load is None:
        return look.says("oversize_tank", conflict=False, subject="tank")
    look.note("tank.holds_kg", volume * density // 1000)
    limit = load * (100 + TOLERANCE_PERCENT) * 1000
    if volume * density * (known or LEAST_FILL_PERCENT) > limit:
        return look.says("oversize_tank", conflict=True, subject="tank")
    if volume * density * (known or 100) > limit:
        look.lack("tank.max_fill_percent")
    return look.says("oversize_tank", conflict=False, subject="tank")
