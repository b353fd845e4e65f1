"""What gauges say: how full each compartment of a tank is, and what that weighs. All whole L, kg, kg/m³, percent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.facts.transport import Line
from checklists.facts.waybill_values import compartment
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look
from checklists.values import frozen

ABSURD_L = 1_000_000
"""More than this is no tank on a road."""

ABSURD_DENSITY = 25_000
"""In kg/m³; nothing that is carried is heavier."""


@frozen
class Chamber:
    """One compartment with the waybill lines in it; `number` is empty for a tank of one."""

    number: str
    volume_l: int | None
    lines: tuple[Line, ...]

    @property
    def subject(self) -> str:
        """What a result about it is about: `tank`, or `tank.2`."""
        return f"tank.{self.number}" if self.number else "tank"


def chambers(context: Context) -> tuple[Chamber, ...]:
    """Return every compartment that plate, waybill or gauges name, by number; one without a number where none do.

    One alone is the whole tank where the plate knows no other; else there may be more of them.
    """
    situation = context.situation
    tank, seen = situation.tank, situation.seen
    lines = tuple(one.line for one in context.declared or ())
    volumes = _folded((one.number, one.volume_l) for one in (tank and tank.compartments) or () if one.number)
    held: dict[str, list[Line]] = {}
    for line in lines:
        held.setdefault(compartment(line.compartment or ""), []).append(line)
    numbers = {*volumes, *_folded(seen.levels.items()), *held} - {""}
    if numbers - volumes.keys() or len(numbers) > 1:
        each = sorted(numbers, key=lambda one: (len(one), one))
        return tuple(Chamber(one, volumes.get(one), tuple(held.get(one, ()))) for one in each)
    only = next(iter(volumes.values()), None)
    return (Chamber("", tank.volume_l if tank and tank.volume_l is not None else only, lines),)


def readings(context: Context) -> Mapping[str, int]:
    """Return what the gauges read, by the number of the compartment; nothing where two readings of one differ."""
    found = _folded(context.situation.seen.levels.items())
    return {number: read for number, read in found.items() if read is not None}


def unplaced(context: Context) -> frozenset[str]:
    """Return the compartments that gauges name and the plate, which names others, does not: A and B, or 1 and 2."""
    tank = context.situation.tank
    known = {compartment(one.number) for one in (tank and tank.compartments) or () if one.number}
    return frozenset(readings(context)) - known if known else frozenset()


def _folded(given: Iterable[tuple[str, int | None]]) -> dict[str, int | None]:
    """Return values by the number of a compartment, however it is written; None where two of them differ."""
    found: dict[str, int | None] = {}
    for written, value in given:
        number = compartment(written)
        found[number] = value if found.get(number, value) == value else None
    return found


def volume_path(chamber: Chamber) -> str:
    """Return the path under which the volume of a compartment is shown."""
    return f"tank.compartments.{chamber.number}.volume_l" if chamber.number else "tank.volume_l"


def volume(look: Look, chamber: Chamber) -> int | None:
    """Return the volume of a compartment in litres, or None and remember that it is missing."""
    look.mind("tank.compartments" if chamber.number else "tank.volume_l")
    return _sound(look, volume_path(chamber), chamber.volume_l, ABSURD_L)


def whole_volume(look: Look) -> int | None:
    """Return the volume of the tank in litres: the plate's, else that of all its compartments."""
    tank = look.context.situation.tank
    each = [one.volume_l for one in (tank and tank.compartments) or ()]
    known = [one for one in each if one is not None and 0 < one <= ABSURD_L]
    total = sum(known) if known and len(known) == len(each) else None
    look.mind("tank.volume_l")
    return _sound(look, "tank.volume_l", tank.volume_l if tank and tank.volume_l is not None else total, ABSURD_L)


def level(look: Look, chamber: Chamber) -> int | None:
    """Return the gauge reading of a compartment in percent of its volume, or None and remember that it is missing.

    Above 100 is no reading, and neither is 0 where every gauge of a loaded tank shows it.
    """
    levels = readings(look.context)
    path = f"seen.levels.{chamber.number}" if chamber.number else "seen.levels"
    found = levels.get(chamber.number) if chamber.number else next(iter(levels.values()), None)
    look.note(path, found, "officer")
    if found is None or not 0 <= found <= 100 or not any(levels.values()):
        look.lack(path)
        return None
    return found


def density(look: Look, chamber: Chamber) -> int | None:
    """Return the density of what a compartment holds, in kg/m³, or None and remember that it is missing.

    What the officers measured goes before the waybill's, that before the design density on the plate. Of several goods
    that says nothing: a tank made for petrol has diesel in one of its compartments.
    """
    by_plate = () if _several(look.context) else (_designed(look.context),)
    return _density(look, (_measured(look.context), _stated(chamber), *by_plate))


def design_density(look: Look) -> int | None:
    """Return the density that the tank is made for, in kg/m³: the plate's, else that of its one goods."""
    whole = Chamber("", None, tuple(one.line for one in look.context.declared or ()))
    return _density(look, (_designed(look.context), _stated(whole), _measured(look.context)))


def declared_l(chamber: Chamber) -> int | None:
    """Return the volume of all that the waybill puts into a compartment, in litres, or None where a line has none."""
    volumes = [line.volume_l for line in chamber.lines]
    stated = [one for one in volumes if one is not None and 0 < one <= ABSURD_L]
    return sum(stated) if stated and len(stated) == len(volumes) else None


def knows_own_density(context: Context, chamber: Chamber) -> bool:
    """Whether its density is measured or on the waybill; remembers nothing."""
    return any(value for _, value in (_measured(context), _stated(chamber)))


def _density(look: Look, choice: tuple[tuple[str, int | None], ...]) -> int | None:
    path, found = next((one for one in choice if one[1] is not None), ("seen.density_kg_m3", None))
    look.mind(path)
    return _sound(look, path, found, ABSURD_DENSITY)


def _measured(context: Context) -> tuple[str, int | None]:
    """One measurement says nothing of several goods."""
    return "seen.density_kg_m3", None if _several(context) else context.situation.seen.density_kg_m3


def _stated(chamber: Chamber) -> tuple[str, int | None]:
    stated = {line.density_kg_m3 for line in chamber.lines}
    return "waybill.lines.density_kg_m3", next(iter(stated)) if len(stated) == 1 else None


def _designed(context: Context) -> tuple[str, int | None]:
    tank = context.situation.tank
    return "tank.density_kg_m3", tank.density_kg_m3 if tank else None


def _several(context: Context) -> bool:
    return len({one.line.un for one in context.declared or ()}) > 1


def percent(part: int, whole: int) -> str:
    """Return a share in percent with one decimal place, rounded half up, without floats; the whole is above 0."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def gauged_mass_kg(look: Look) -> int | None:
    """Return what the gauges say the tank holds, in kg, rounded half up: every compartment's level × volume × density.

    None, and nothing remembered, where no gauge was read; None with what is missing where a compartment's reading,
    volume or density is not known.
    """
    if not look.context.situation.seen.levels or not look.context.has_tank:
        return None
    total = 0
    known = True
    for chamber in chambers(look.context):
        shown = level(look, chamber)
        if shown == 0:
            continue
        litres, weight = volume(look, chamber), density(look, chamber)
        if shown is None or litres is None or weight is None:
            known = False
        else:
            total += shown * litres * weight
    if not known:
        return None
    mass = (total * 2 + 100_000) // 200_000
    look.note("seen.gauged_mass_kg", mass)
    return mass


def _sound(look: Look, path: str, found: int | None, most: int) -> int | None:
    """Remember a value; nothing, less than 1 and what no tank can have are not known."""
    source = look.context.situation.source(path)
    look.note(path, found, source.kind if source else "")
    if found is None or not 0 < found <= most:
        look.lack(path)
        return None
    return found
