"""R9 and R18: how heavy it is, against what is permitted and against what is declared. Masses in kg."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.rules.context import ABSURD_KG, Context, amount
from checklists.rules.crosscheck import Look, Result
from checklists.rules.gauges import gauged_mass_kg

TOLERANCE_PERCENT = 2
"""Of the declared net mass, unless the site sets another. Ours, not law (LOD-05 names none)."""

LEFT_KG = 1000
"""What an unloaded vehicle may weigh beyond its kerb mass and people: fuel, kit, what is left. Ours, not law."""

PERSON_KG = 75
"""What somebody aboard is weighed with: the kerb mass holds nobody. Ours, not law."""

UNLOADED = ("empty", "uncleaned")
"""What was seen of a vehicle whose load is gone."""


def r9_mass_limits(context: Context) -> Iterator[Result]:
    """Load against the approved load, gross against the limit, trailer against what the tractor may draw.

    A measured value replaces the declared mass. It holds for ordinary goods too. 危化条例 art. 47, 道交法 art. 92,
    公路安全保护条例 art. 64.
    """
    unit = "trailer" if context.has_trailer else "vehicle"
    look = Look(context, "R9")
    net, approved = net_mass(look), _approved(look, unit)
    yield look.says("over_approved_mass", conflict=_is_over(look, net, approved), subject=unit)

    look = Look(context, "R9")
    gross, limit = _gross(look), look.mass("vehicle.gross_limit_kg")
    yield look.says("over_gross_limit", conflict=_is_over(look, gross, limit), subject="unit")

    # A lorry carries part of the load itself: what its trailer weighs is not known.
    if unit == "trailer" and not carries_itself(context):
        look = Look(context, "R9")
        net, kerb = net_mass(look), look.mass("trailer.kerb_mass_kg")
        drawn = None if net is None or kerb is None else net + kerb
        limit = look.mass("vehicle.traction_mass_kg")
        yield look.says("over_traction", conflict=_is_over(look, drawn, limit), subject="tractor")


def r18_mass_declared(context: Context) -> Iterator[Result]:
    """What was measured or counted against what is declared, the mass beyond the tolerance. 29号令 art. 24.

    Once it is unloaded (empty, or empty and uncleaned) nothing is compared, and what weighs far more than its vehicle
    and people leaves open whether it is. Goods in packages weigh what they do with
    these: anything from the net mass to the gross mass is as declared, and above the net mass it is open where the
    waybill says no gross mass.
    """
    look = Look(context, "R18")
    if context.situation.seen.loaded in UNLOADED:
        weighed = _weighed(Look(context, "R18"))
        if weighed is not None and weighed > LEFT_KG + _crew_kg(context):
            look.note("net_mass_kg", _weighed(look))
            look.lack("seen.loaded")
            yield look.says("mass_differs", conflict=False)
        return
    measured, declared = _measured(look), _declared(look)
    if measured is None or declared is None:
        yield look.says("mass_differs", conflict=False)
    else:
        packaging = _packaging(look, declared)
        if measured > declared and packaging is None:
            packaging = measured - declared
            if packaging * 100 > TOLERANCE_PERCENT * declared:
                look.lack("waybill.lines.gross_mass_kg")
        if measured > declared and packaging:
            declared = min(measured, declared + packaging)
        over = measured - declared
        look.note("net_mass_kg", measured)
        look.note("difference_kg", over)
        look.note("difference_percent", _tenths(over * 1000, declared))
        look.note("tolerance_percent", TOLERANCE_PERCENT)
        # Of a small load those aboard are more than the tolerance.
        beyond = abs(over) * 100 > TOLERANCE_PERCENT * declared and not 0 < over <= _crew_kg(context)
        yield look.says("mass_differs", conflict=beyond)
    if look.has("seen.packages"):
        yield _packages(context)


def _packages(context: Context) -> Result:
    look = Look(context, "R18")
    counted = look.amount("seen.packages")
    if counted is not None and counted > ABSURD_KG:
        look.lack("seen.packages")
        counted = None
    named = [amount(one.line.packages) for one in context.declared or ()]
    known = [one for one in named if one is not None]
    declared = _whole(look, "packages", sum(known) if known and len(known) == len(named) else None, sum(known))
    differ = None not in (declared, counted) and counted != declared
    return look.says("packages_differ", conflict=differ, subject="packages")


def net_mass(look: Look) -> int | None:
    """Return the mass of the load in kg: weighed where it was weighed, else declared; none once it is unloaded."""
    seen = look.context.situation.seen
    if seen.net_mass_kg is not None or seen.gross_mass_kg is not None:
        weighed = _weighed(look)
        if weighed is not None:
            look.note("net_mass_kg", weighed)
        return weighed
    if seen.loaded in UNLOADED:
        look.note("seen.loaded", seen.loaded, "officer")
        return 0
    return _declared(look)


def _crew_kg(context: Context) -> int:
    """Return what people weigh, in kg, where the load was weighed with its vehicle: two where nobody counted them."""
    seen = context.situation.seen
    if seen.net_mass_kg is not None or _weighed(Look(context, "R18")) is None:
        return 0
    return PERSON_KG * (2 if seen.aboard is None else len(seen.aboard))


def _measured(look: Look) -> int | None:
    """Return the mass of the load in kg by weighbridge, or by gauge where the weighbridge does not tell."""
    if look.context.situation.seen.levels and _weighed(Look(look.context, look.rule)) is None:
        return gauged_mass_kg(look)
    return _weighed(look)


def _weighed(look: Look) -> int | None:
    if look.has("seen.net_mass_kg"):
        return look.mass("seen.net_mass_kg")
    gross = look.mass("seen.gross_mass_kg")
    kerbs = _kerbs(look)
    if gross is None or kerbs is None:
        return None
    if gross < kerbs:
        look.lack("seen.gross_mass_kg")
        return None
    return gross - kerbs


def _approved(look: Look, unit: str) -> int | None:
    """Return the approved load of the unit in kg; a lorry with a trailer carries on both."""
    approved = look.mass(f"{unit}.approved_mass_kg")
    if unit == "vehicle" or not carries_itself(look.context):
        return approved
    own = look.mass("vehicle.approved_mass_kg")
    return None if approved is None or own is None else approved + own


def carries_itself(context: Context) -> bool:
    """Whether the drawing vehicle has a load space of its own: a lorry, no tractor."""
    vehicle = context.situation.vehicle
    return vehicle.kind != "tractor" and vehicle.approved_mass_kg is not None


def _gross(look: Look) -> int | None:
    if look.has("seen.gross_mass_kg"):
        return look.mass("seen.gross_mass_kg")
    net, kerbs = net_mass(look), _kerbs(look)
    return None if net is None or kerbs is None else net + kerbs


def _kerbs(look: Look) -> int | None:
    masses = [look.mass("vehicle.kerb_mass_kg")]
    if look.context.has_trailer or look.context.situation.vehicle.kind == "tractor":  # which carries nothing itself
        masses.append(look.mass("trailer.kerb_mass_kg"))
    known = [mass for mass in masses if mass is not None]
    return sum(known) if len(known) == len(masses) else None


def _declared(look: Look) -> int | None:
    masses = [one.line.net_mass_kg for one in look.context.declared or ()]
    known = [mass for mass in masses if mass is not None and 0 < mass <= ABSURD_KG]
    return _whole(look, "net_mass_kg", sum(known) if known and len(known) == len(masses) else None, sum(known))


def _whole(look: Look, of_line: str, of_lines: int | None, least: int) -> int | None:
    """Return what the waybill declares of all goods: the sum of its lines, else the total beside them.

    None where it has neither, where the two differ, and where the lines that have a number are more than the total.
    """
    path = {"net_mass_kg": "waybill.total_mass_kg", "packages": "waybill.total_packages"}[of_line]
    total = look.number(path) if look.has(path) else None
    if of_lines is not None:
        look.note(f"waybill.{of_line}", of_lines, "waybill")
    if (total is None and of_lines is None) or (total is not None and not 0 < total <= ABSURD_KG):
        look.lack(f"waybill.lines.{of_line}")
        return None
    if total is not None and (total < least or of_lines not in (None, total)):
        look.lack(path)
        return None
    return total if of_lines is None else of_lines


def _packaging(look: Look, net: int) -> int | None:
    """Return what packages weigh by the waybill, in kg, None where it does not say that; none in a tank or in bulk.

    A gross mass with which the vehicle itself was weighed is none of packages.
    """
    context = look.context
    containment = context.situation.seen.containment
    if containment not in (None, "packages") or (containment is None and context.has_tank):
        return 0
    masses = [one.line.gross_mass_kg for one in context.declared or ()]
    known = [mass for mass in masses if mass is not None and 0 < mass <= ABSURD_KG]
    if not known or len(known) < len(masses) or sum(known) < net:
        return None
    kerb = context.situation.vehicle.kerb_mass_kg
    if kerb and sum(known) - net >= kerb:
        return None
    look.note("waybill.gross_mass_kg", sum(known), "waybill")
    return sum(known) - net


def _is_over(look: Look, mass: int | None, limit: int | None) -> bool:
    """Whether a mass is over its limit; where only the packages of a declared load make it so, weighing has to tell."""
    if mass is None or limit is None:
        return False
    seen = look.context.situation.seen
    if mass <= limit and seen.net_mass_kg is None and seen.gross_mass_kg is None and seen.loaded not in UNLOADED:
        net = _declared(Look(look.context, look.rule))
        packaging = _packaging(Look(look.context, look.rule), net) if net is not None else None
        if packaging and mass + packaging > limit:
            _packaging(look, net or 0)
            look.lack("seen.gross_mass_kg")
    return mass > limit


def _tenths(numerator: int, denominator: int) -> str:
    """Return a percentage with one decimal place from per-mille integers, rounded half up, without floats."""
    sign = "-" if numerator < 0 else ""
    tenths = (abs(numerator) * 2 + denominator) // (2 * denominator)
    return f"{sign}{tenths // 10}.{tenths % 10}"
