"""R7: what the vehicle is built and approved as, against what its goods need. ADR 7.4.2, 7.5.5.2.1, 9.1.1.2; GB 21668.

That GB 21668 asks for the same types was not read: the law is shown as to be verified. How much explosives a type may
carry is ADR's: where ADR is not alone in force, more than that is open.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from checklists.goods.listing import Goods
from checklists.goods.required_signs import explosive_limits, kept_for, leading_division, vehicle_fits
from checklists.patterns import pattern
from checklists.rules import gauges
from checklists.rules.context import ABSURD_KG, Context
from checklists.rules.crosscheck import Look, Result, reach
from checklists.rules.sign_places import is_tank
from checklists.rules.small_load import is_packed_explosive, is_relieved

CASE = "vehicle_type"

LEAST = "AT"
"""What every tank vehicle is at least: goods that need no more ask nothing of it."""

_FOR_EXPLOSIVES = "EX/II"
"""The least vehicle for class 1 in packages. ADR 7.2.4 V2."""

_MIXER = "MEMU"
"""A mobile unit that makes explosives."""

_MIXED = frozenset({"3", "5.1", "6.1", "8"})
"""The classes of which it has goods in its tanks. ADR 4.7.1.1."""

SMALL_TANK_L = 1000
"""A fixed or demountable tank of no more makes no tank vehicle. ADR 9.1.1.2."""

_MASS = "explosive_mass_kg"

_BETWEEN = pattern(r"[、,;+和及或]|/(?!I)")
"""What stands between several types; the stroke of EX/II does not."""


def r7_approval_type(context: Context) -> Iterator[Result]:
    """Tractor and trailer each; a type that nobody named cannot be told. Nothing where the goods ask nothing.

    Goods in packages ask nothing where they are a small load for sure.
    """
    relief = Look(context, "R7")
    if context.ordinary or (is_relieved(relief) and not relief.missing):
        return
    asked, by_some = _asked(context)
    if not asked | by_some:
        return
    for unit in _units(context):
        yield _unit(context, unit, asked, by_some)


def _units(context: Context) -> tuple[str, ...]:
    return ("vehicle", "trailer") if context.has_trailer else ("vehicle",)


def _unit(context: Context, unit: str, asked: frozenset[str], by_some: frozenset[str]) -> Result:
    look = Look(context, "R7")
    held = types_of(look.text(f"{unit}.approval_type"))
    look.note("goods.vehicle_type", "、".join(sorted(asked | by_some)))
    fits, open_ = (_fits(context, held, types) for types in (asked, by_some))
    if (held and False not in fits and None in fits) or (not held and look.has(f"{unit}.approval_type")):
        look.lack(f"{unit}.approval_type")
    if by_some:
        look.warn("goods.vehicle_type", " / ".join(sorted(by_some | {LEAST})))
    if held and not all(open_):
        look.lack("goods.vehicle_type")
    if context.most is None:
        look.lack("waybill.lines.un")
    if False in fits:
        spared = _is_kept(look, held) or _may_be_without(look, unit, held, asked)
        return look.says(CASE, conflict=not spared and not is_relieved(look), subject=unit)
    return look.says(CASE, conflict=_is_too_much(look, held), subject=unit)


def _fits(context: Context, held: tuple[str, ...], types: frozenset[str]) -> list[bool | None]:
    """Whether any of the types held is good for each type asked; nothing where none is held."""
    each = [{vehicle_fits(one, mine, context.tables.vehicle_types) for mine in held} for one in types if held]
    return [True if True in found else None if None in found else False for found in each]


def _is_kept(look: Look, held: tuple[str, ...]) -> bool:
    """Whether the type was made for the very goods that now ask for another: an older approval is open."""
    kept = frozenset().union(*(kept_for(one, look.context.tables.vehicle_types) for one in held))
    if not kept or False in _fits(look.context, held, _asked(look.context, but=kept)[0]):
        return False
    look.lack("goods.vehicle_type")
    return True


def _may_be_without(look: Look, unit: str, held: tuple[str, ...], asked: frozenset[str]) -> bool:
    """Whether the goods may be on this unit, or on another, though it is no vehicle of the type: that is open then.

    A lorry that is none for explosives may draw a trailer that is one, but no semi-trailer (7.2.4 V2). A unit that
    makes explosives carries some with a permission, and what it makes them of in tanks (4.7.1). A tank of 1,000 L makes
    no tank vehicle (9.1.1.2).
    """
    context = look.context
    draws = unit == "vehicle" and context.has_trailer and context.situation.vehicle.kind != "tractor"
    if is_tank(context):
        kinds = {goods.class_ for load in context.certain for goods in load}
        volume = gauges.whole_volume(Look(context, "R7"))
        free = (_MIXER in held and kinds <= _MIXED) or (volume is not None and volume <= SMALL_TANK_L)
    else:
        free = asked == {_FOR_EXPLOSIVES} and (draws or _MIXER in held)
    look.lack(*(["goods.vehicle_type"] if free else []))
    return free


def types_of(text: str | None) -> tuple[str, ...]:
    """Return the types that a text names, as the table writes them: `ＦＬ、AT型` is FL and AT, `ex-iii` EX/III."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text or "").upper())
    return tuple(dict.fromkeys(filter(None, map(_type, parts))))


def _type(text: str) -> str:
    bare = "".join(one for one in text if one.isalnum()).removesuffix("型")
    return f"EX/{bare[2:]}" if bare in ("EXII", "EXIII") else bare


def _is_too_much(look: Look, held: tuple[str, ...]) -> bool:
    """Whether more explosives are aboard than the type may carry; unlike tractor and trailer are open.

    Net explosive mass of the transport unit, all of it as its most dangerous division. ADR 7.5.5.2.
    """
    limits = {} if look.context.situation.seen.loaded == "uncleaned" else _limits(look.context, held)
    masses = _masses(look) if limits else {}
    leading = leading_division(masses)
    if not masses or sum(masses.values()) <= limits[leading]:
        return False
    look.note(f"waybill.{_MASS}", "、".join(f"{one} {mass}" for one, mass in sorted(masses.items())), "waybill")
    shown = sorted({*masses, leading})
    look.note(f"limit.{_MASS}", "、".join(f"{one} {limits[one]}" for one in shown))
    units = [types_of(reach(look.context.situation, f"{one}.approval_type")) for one in _units(look.context)]
    if look.context.by_adr and all(_limits(look.context, types) == limits for types in units):
        return True
    look.lack(f"limit.{_MASS}")
    return False


def _limits(context: Context, held: tuple[str, ...]) -> Mapping[str, Decimal]:
    """Return the limits by division of the largest of the types; none for what is no vehicle for explosives."""
    each = [explosive_limits(one, context.tables.vehicle_types) for one in held]
    return max(each, key=lambda limits: max(limits.values(), default=Decimal(0)), default={})


def _masses(look: Look) -> Mapping[str, Decimal]:
    """Return the net explosive mass by division, 1.1A by itself and without 1.4S; a line without it is remembered."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in look.context.sure:
        divisions = {_division(goods) for goods in one.goods if goods.class_ == "1"} - {""}
        mass = one.line.explosive_mass_kg
        if len(divisions) == 1 and mass is not None and 0 < mass <= ABSURD_KG:
            found[divisions.pop()] += mass
        elif divisions:
            look.lack(f"waybill.lines.{_MASS}")
    return found


def _division(goods: Goods) -> str:
    code = f"{goods.division}{goods.compatibility_group}"
    return {"1.1A": code, "1.4S": ""}.get(code, goods.division)


def _asked(context: Context, but: frozenset[str] = frozenset()) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types that goods ask for beyond any tank vehicle: by every edition in force, and by some alone.

    Of an open entry only what all entries ask; nothing of the UN numbers that are left out.
    """
    each = [{_types(context, goods) for goods in load} for load in context.certain if load[0].un not in but]
    told = [next(iter(types)) for types in each if len(types) == 1]
    certain = {next(iter(types)) for types in told if len(types) == 1}
    by_some = {one for types in told if len(types) > 1 for one in types}
    return frozenset(certain - {"", LEAST}), frozenset(by_some - {"", LEAST})


def _types(context: Context, goods: Goods) -> frozenset[str]:
    if is_tank(context):
        return frozenset(goods.told("vehicle_for_tank") if "vehicle_for_tank" in goods.row else ())
    packed = context.situation.seen.containment == "packages" or not context.has_tank
    return frozenset({_FOR_EXPLOSIVES if packed and is_packed_explosive(goods) else ""})
