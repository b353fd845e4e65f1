"""R8, limits that the plate does not tell: long sections without surge plates (ADR 4.3.2.2.4), kg of gas a litre.

kg, L and percent. The gas table is ADR's (4.3.3.2.5): where another edition is in force beside it, as in China (TSG
R0005, not read), it is shown and never accuses alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from checklists.goods import gases
from checklists.goods.listing import Goods, un_digits
from checklists.goods.tanks import GAS, parse
from checklists.patterns import pattern
from checklists.rules import gauges
from checklists.rules.context import ABSURD_KG, Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.gauges import Chamber
from checklists.rules.load import net_mass
from checklists.rules.scope import mixture_text

SECTION_L = 7500
"""A section of a tank may be larger only where it is nearly full or nearly empty. ADR 2025, 4.3.2.2.4."""

FULL_PERCENT, EMPTY_PERCENT = 80, 20
"""From the first on it is full enough, up to the second empty enough; both included. ADR 2025, 4.3.2.2.4."""

FREE = frozenset({"1963", "1966"})
"""Helium and hydrogen, refrigerated: any degree of filling."""

_VISCOUS = pattern(
    r"viscous|n\.o\.s|elevated temperature|\b(?:tars?|bitumen|resin|paint|adhesive|ink)s?\b", re.IGNORECASE
)
"""Names of goods that may be as viscous as 2,680 mm²/s, which any filling is good for; no paper tells the viscosity."""


def fill_limits(context: Context) -> Iterator[Result]:
    """Each compartment whose filling is known, against both limits."""
    for chamber in gauges.chambers(context):
        goods = _inside(context, chamber)
        yield from _surge(context, chamber, goods)
        yield from _gas(context, chamber, goods)


def _inside(context: Context, chamber: Chamber) -> tuple[Goods, ...] | None:
    """What the compartment holds: every entry that the loads in it may be; all loads where none is put into it.

    None where any of it is open.
    """
    numbers = {un_digits(line.un or "") for line in chamber.lines}
    every = tuple(one for load in context.certain for one in load)
    mine = tuple(one for one in every if one.un in numbers)
    if context.loads is None and (not mine or numbers - {one.un for one in mine}):
        return None
    return mine or every


def _surge(context: Context, chamber: Chamber, goods: tuple[Goods, ...] | None) -> Iterator[Result]:
    if goods is not None and all(one.un in FREE or not _flows(one) for one in goods):
        return
    look = Look(context, "R8")
    volume = gauges.volume(look, chamber)
    if volume is None or volume <= SECTION_L:
        return
    share = _share(look, chamber, volume)
    if share is None:
        yield from [look.says("surge_fill", conflict=False, subject=chamber.subject)] if look.missing else ()
        return
    between = EMPTY_PERCENT < share < FULL_PERCENT
    if between:
        look.note("limit", f"≥ {FULL_PERCENT} % / ≤ {EMPTY_PERCENT} % (ADR 4.3.2.2.4)")
    plates = look.flag("tank.surge_plates") if between else True
    if plates is False:
        look.lack(*_open(context, goods))
    yield look.says("surge_fill", conflict=plates is False and not look.missing, subject=chamber.subject)


def _open(context: Context, goods: tuple[Goods, ...] | None) -> Iterator[str]:
    """Yield what would have to be known before anybody is accused."""
    if goods is None:
        yield _unnamed(context)
    elif any(_VISCOUS.search(one.name_en) for each in goods for one in context.goods(each.un)):
        yield "goods.viscosity"


def _unnamed(context: Context) -> str:
    return "waybill.lines.un" if context.declared else "waybill.lines"


def _flows(goods: Goods) -> bool:
    """Whether the goods are a liquid, or a gas that is one in its tank; a compressed gas fills its tank evenly."""
    if goods.class_ == "2":
        return not goods.classification_code.startswith("1")
    return goods.states != frozenset({"solid"})


def _share(look: Look, chamber: Chamber, volume: int) -> Fraction | None:
    """The degree of filling in percent, by the gauge or by mass and density; None where it is not known for sure.

    What lacks is remembered where it alone would tell, without surge plates: a density beside a mass, or which
    compartment it is that a gauge names otherwise than the plate.
    """
    quiet = Look(look.context, look.rule)
    levels = look.context.situation.seen.levels
    if levels:
        shown = gauges.level(quiet, chamber)
        share = None if shown is None else Fraction(shown)
    else:
        held = mass_and_density(quiet, chamber)
        share = None if held is None else Fraction(held[0] * 100_000, volume * held[1])
    if share is None and (_lacks_density_alone(quiet) or (gauges.unplaced(look.context) and not _is_plated(look))):
        look.lack(*quiet.missing)
    if share is None or quiet.missing or not 0 < share <= 200:
        return None
    look.values += quiet.values
    look.stale += quiet.stale
    return share


def _lacks_density_alone(look: Look) -> bool:
    return not _is_plated(look) and bool(look.missing) and all(one.endswith("density_kg_m3") for one in look.missing)


def _is_plated(look: Look) -> bool:
    tank = look.context.situation.tank
    return bool(tank is not None and tank.surge_plates)


def mass_and_density(look: Look, chamber: Chamber) -> tuple[int, int] | None:
    """Return mass in kg and density in kg/m³; a volume on the waybill stands for its mass at 1,000 kg/m³."""
    litres = gauges.declared_l(chamber)
    if litres is not None and not gauges.knows_own_density(look.context, chamber):
        look.note("waybill.lines.volume_l", litres, "waybill")
        return litres, 1000
    mass, density = mass_of(look, chamber), gauges.density(look, chamber)
    return None if mass is None or density is None else (mass, density)


def mass_of(look: Look, chamber: Chamber) -> int | None:
    """Return the mass in a compartment: for a tank of one as weighed, if it was, else as declared for it."""
    if not chamber.number:
        return net_mass(look)
    masses = [line.net_mass_kg for line in chamber.lines]
    known = [mass for mass in masses if mass is not None and 0 < mass <= ABSURD_KG]
    if not masses:
        look.lack("waybill.lines.compartment")
    elif len(known) == len(masses):
        look.note("waybill.net_mass_kg", sum(known), "waybill")
        return sum(known)
    else:
        look.lack("waybill.lines.net_mass_kg")
    return None


def _gas(context: Context, chamber: Chamber, goods: tuple[Goods, ...] | None) -> Iterator[Result]:
    if chamber.volume_l is None:
        return
    if goods is None:
        yield from _any_gas(context, chamber)
        return
    numbers = {one.un for one in goods}
    if len(numbers) != 1:
        return
    un = numbers.pop()
    found = gases.fillings(un, context.tables.gas_table, mixture_text(context, un))
    limits = gases.most_kg_per_litre(found)
    if limits is None:
        return
    look = Look(context, "R8")
    volume, mass = gauges.volume(look, chamber), mass_of(look, chamber)
    over = _over(look, volume, mass, limits)
    if over and not context.by_adr:
        look.lack("limit.kg_per_litre")
    yield look.says("gas_fill", conflict=over and context.by_adr, subject=chamber.subject)


def _any_gas(context: Context, chamber: Chamber) -> Iterator[Result]:
    """Nothing where the tank is by its code for liquids or solids; else what is in it decides."""
    tank = context.situation.tank
    code = parse(tank.code) if tank and tank.code else None
    if code is None or code.parts[0] in GAS:
        look = Look(context, "R8")
        look.lack(_unnamed(context))
        yield look.says("gas_fill", conflict=False, subject=chamber.subject)


def _over(look: Look, volume: int | None, mass: int | None, limits: tuple[Fraction, Fraction | None]) -> bool:
    """Whether more is in the tank than any limit that may hold; between the least and the greatest it is open."""
    least, most = limits
    shown = dict.fromkeys("?" if one is None else f"{float(one):g}" for one in limits)
    look.note("limit.kg_per_litre", f"{' – '.join(shown)} ({gases.RULE})")
    if volume is None or mass is None:
        return False
    look.note("tank.kg_per_litre", f"{mass / volume:.3f}")
    over = most is not None and mass > most * volume
    if mass > least * volume and not over:
        look.lack("waybill.lines.technical_name")
    return over
