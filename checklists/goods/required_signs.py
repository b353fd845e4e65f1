"""What signs a load needs: orange plates, diamonds, marks and type of vehicle. GB 13392-2023, goods list, ADR 5.3.

What goods need comes from the goods list. Where the signs hang was not read in GB 13392-2023,
so a side of which nothing was said is open, never a fault; nor is it known whether a plate may be blank on packages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from functools import lru_cache, reduce

from checklists.goods.listing import Goods, Row
from checklists.values import frozen

Load = tuple[Goods, ...]
"""One kind of goods on board: every entry of the list that it may mean."""

_Options = frozenset[frozenset[str]]

PANEL_SIDES = ("front", "rear")
PLACARD_SIDES = ("left", "right", "rear")

MARKS = {"MARK_HOT": ("M9", "M10"), "MARK_ENV": ("M6", "M7")}
"""The marks by their codes in classes.csv, and the classification codes that always need them: elevated temperature
(ADR 5.3.3) and environmentally hazardous (ADR 5.3.6)."""

_MAY_BE_HOT = ("MOLTEN", "ELEVATED TEMPERATURE")
"""Names of goods that are carried hot, at 100 °C or not: the list does not say."""

EXPLOSIVE = frozenset({"1", "1.4", "1.5", "1.6"})
"""The diamonds of class 1."""

AVIATION = frozenset({"1268", "1863"})
"""Fuels of ADR 5.3.2.1.3 only where they are for aviation, which no paper tells."""

_BY_DANGER = ("1.1A", "1.1", "1.5", "1.2", "1.3", "1.6", "1.4")
"""The divisions of class 1, the most dangerous first. ADR 5.3.1.1.2, 7.5.5.2.2."""

_ON_PACKAGES = ("1", "7")
"""The classes whose diamonds a vehicle shows for packages too. ADR 5.3.1.5."""

_ON_VEHICLES = {
    "9A": "9",
    "1.1": "1",
    "1.2": "1",
    "1.3": "1",
    **dict.fromkeys(("7", "7A", "7B", "7C", "7E", "7X"), "7D"),
}
"""Labels and divisions whose diamond on a vehicle is another model (remarks of classes.csv)."""


@frozen
class Plate:
    """An orange plate that has to be there: `blank`, or with one of the hazard numbers (None: not known) over the UN.

    `blank` is None where it is not known whether it may be without figures.
    """

    side: str
    blank: bool | None
    un: str = ""
    hazard_ids: frozenset[str] | None = None


@frozen
class RequiredSigns:
    """All signs of a load. `placards` are the sets of diamonds any of which is right, None where one is not known.

    `marks` says for each whether it has to be there, None where that is not known; `vehicles` are the types of vehicle
    that the goods ask for, None where the list does not say.
    """

    plates: tuple[Plate, ...] = ()
    placards: frozenset[frozenset[str]] | None = frozenset({frozenset()})
    marks: Mapping[str, bool | None] = field(default_factory=dict)
    vehicles: frozenset[str] | None = frozenset()


def required(loads: Iterable[Load], containment: str | None) -> RequiredSigns:
    """Return what these goods need in a tank, in packages or in bulk; nothing where nothing regulated is loaded."""
    held = tuple(loads)
    return RequiredSigns(
        plates=plates(held, containment),
        placards=placards(held),
        marks={mark: has_mark(held, mark) for mark in MARKS},
        vehicles=vehicles(held) if containment == "tank" else None,
    )


def plates(loads: tuple[Load, ...], containment: str | None) -> tuple[Plate, ...]:
    """Return the orange plates: numbered for one kind of goods; for several in a tank blank, its sides numbered."""
    each = {un: tuple(goods for load in loads for goods in load if goods.un == un) for un in _uns(loads)}
    if len(each) > 1:
        ends = tuple(Plate(side, True if containment == "tank" else None) for side in PANEL_SIDES)
        sides = [(side, un) for un in each for side in ("left", "right") if containment == "tank"]
        return (*ends, *(Plate(side, False, un, hazard_ids(each[un], in_tank=True)) for side, un in sides))
    in_tank = containment == "tank"
    return tuple(
        Plate(side, False if in_tank else None, un, hazard_ids(load, in_tank=in_tank))
        for un, load in each.items()
        for side in PANEL_SIDES
    )


def hazard_ids(load: Load, *, in_tank: bool) -> frozenset[str] | None:
    """Return every hazard number that an edition of the list has for the goods, or None where an entry has none."""
    each = [goods.accepts("hazard_id") - {""} for goods in (for_tanks(load) if in_tank else load)]
    return frozenset().union(*each) if each and all(each) else None


def for_tanks(load: Load) -> Load:
    """Return the entries that may travel in tanks, which are those with a code for one; all where none has any.

    ADR 4.3.2.1.1, and for portable tanks 4.2.
    """
    return tuple(one for one in load if any((*one.told("tank_code"), one.row.get("portable_tank")))) or load


def fuel_ends(uns: Iterable[str], rows: Iterable[Row]) -> frozenset[str]:
    """Return the UN numbers that may stand front and rear of a tank of several fuels whose sides then are bare.

    The most dangerous of them, by fuel_plates.csv; none where it holds one kind of goods, or any but those fuels. ADR
    5.3.2.1.3. Whether GB 13392-2023 has the same exception was not read.
    """
    ranks, held = {row["un"]: int(row["rank"]) for row in rows}, frozenset(uns)
    if len(held) < 2 or not held <= set(ranks):
        return frozenset()
    first = min(ranks[un] for un in held)
    return frozenset(un for un in held if ranks[un] == first)


def shown_by(load: Load, numbers: Iterable[str]) -> Load:
    """Return the entries of goods that bear one of the hazard numbers seen: the number fixes entry and packing group.

    Every entry where none of them bears it: then the plate is wrong, and does not tell. ADR 5.3.2.3.
    """
    seen = frozenset(numbers)
    fitting = tuple(goods for goods in load if goods.accepts("hazard_id") & seen)
    return fitting or load


def placards(loads: Iterable[Load]) -> frozenset[frozenset[str]] | None:
    """Return the sets of diamonds that may be right, by every entry and edition; None where an entry has none."""
    return _sets(loads, lambda one, other: one | other)


def certain_placards(loads: Iterable[Load]) -> frozenset[frozenset[str]]:
    """Return the sets of diamonds that are right whichever entry is meant."""
    return _sets(loads, lambda one, other: one & other) or frozenset()


def shown_for_packages(loads: Iterable[Load]) -> tuple[Load, ...]:
    """Return the loads whose diamonds a vehicle has to show where they are in packages. ADR 5.3.1.5."""
    return tuple(load for load in loads if any(goods.class_ in _ON_PACKAGES for goods in load))


def may_lack_explosive(needed: frozenset[str], shown: frozenset[str], loads: Iterable[Load], *, by_adr: bool) -> bool:
    """Whether all that lacks are diamonds of class 1 that may rightly lack: of several divisions, and all of 1.4S.

    By ADR alone the most dangerous division has to be shown (5.3.1.1.2); whether elsewhere was not read.
    """
    if not (shown <= needed and needed - shown <= EXPLOSIVE):
        return False
    held = {f"{goods.division}{goods.compatibility_group}" for load in loads for goods in load if goods.class_ == "1"}
    divisions = {code[:3] for code in held - {"1.4S"}}
    shows = {on_vehicle(leading_division(divisions))} if by_adr and all(divisions) else EXPLOSIVE
    return bool(shown & shows) or held == {"1.4S"}


def leading_division(divisions: Collection[str]) -> str:
    """Return the most dangerous division of class 1, as which all of a load counts; nothing where there is none.

    Beside 1.5 goods of 1.2 count as 1.1. ADR 5.3.1.1.2, 7.5.5.2.2.
    """
    if {"1.2", "1.5"} <= {*divisions} and not {"1.1A", "1.1"} & {*divisions}:
        return "1.1"
    return next((one for one in _BY_DANGER if one in divisions), "")


def may_lack(needed: frozenset[str], shown: frozenset[str], loads: Iterable[Load]) -> bool:
    """Whether all that lacks are diamonds that the goods may rightly be without (see `Goods.dispensable`)."""
    spared = frozenset().union(*(goods.dispensable for load in loads for goods in load))
    return shown <= needed and needed - shown <= spared


def may_have_more(loads: Iterable[Load]) -> bool:
    """Whether diamonds that the list does not tell may rightly hang there (see `Goods.by_contents`)."""
    return any(goods.by_contents for load in loads for goods in load)


def on_vehicle(label: str) -> str:
    """Return the diamond that a vehicle shows for a label or division: 1 for 1.1D, 7D for 7A."""
    short = label[:3] if label[:2] == "1." else label
    return _ON_VEHICLES.get(short, short)


def has_mark(loads: Iterable[Load], mark: str) -> bool | None:
    """Whether the load needs the mark, or None where the list does not say."""
    held = [_needs(load, mark) for load in loads]
    if True in held:
        return True
    return None if None in held else False


def vehicles(loads: Iterable[Load]) -> frozenset[str] | None:
    """Return the types of tank vehicle that the goods ask for; None where an entry names none, or any two differ.

    Entries of one number may differ, and so may editions in force.
    """
    each = [{one for goods in load for one in _types(goods)} for load in loads]
    if any(len(types) != 1 or "" in types for types in each):
        return None
    return frozenset(one for types in each for one in types)


def vehicle_may(loads: Iterable[Load], vehicle: str, rows: Iterable[Mapping[str, str]]) -> bool | None:
    """Whether a vehicle of this type may carry all of the load in its tank; None where the list is silent."""
    rows = tuple(rows)
    verdicts = set()
    for load in loads:
        each = {vehicle_fits(one, vehicle, rows) for goods in load for one in _types(goods)}
        verdicts.add(next(iter(each)) if len(each) == 1 else None)
    return False if False in verdicts else None if None in verdicts else True


def _types(goods: Goods) -> tuple[str, ...]:
    """The types of vehicle that editions in force name for the goods; an empty one where they name none."""
    return goods.told("vehicle_for_tank") if "vehicle_for_tank" in goods.row else ("",)


def vehicle_fits(asked: str, vehicle: str, rows: Iterable[Mapping[str, str]]) -> bool | None:
    """Whether a vehicle may carry what asks for another type, by vehicle_types.csv; None for a type it has not."""
    also = {row["code"]: frozenset(filter(None, row["may_also_carry"].split(";"))) for row in rows}
    if asked not in also or vehicle not in also:
        return None
    seen: set[str] = set()
    left = {vehicle}
    while left:
        seen |= left
        left = {one for code in left for one in also.get(code, ())} - seen
    return asked in seen


def explosive_limits(vehicle: str, rows: Iterable[Mapping[str, str]]) -> Mapping[str, Decimal]:
    """Return how much net explosive mass in kg a type of vehicle may carry, by 1.1A and the divisions.

    By vehicle_types.csv (ADR 7.5.5.2.1); nothing for a type that is not for explosives. 1.4S has no limit.
    """
    told = next((row.get("explosive_kg", "") for row in rows if row["code"] == vehicle), "")
    pairs = (part.partition("=") for part in told.split(";") if part)
    return {division: Decimal(most) for division, _, most in pairs}


def kept_for(vehicle: str, rows: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Return the UN numbers for which an older type of vehicle was made, by vehicle_types.csv."""
    told = next((row.get("kept_for", "") for row in rows if row["code"] == vehicle), "")
    return frozenset(told.split(";")) - {""}


def _uns(loads: Iterable[Load]) -> tuple[str, ...]:
    return tuple(sorted({goods.un for load in loads for goods in load}))


def _needs(load: Load, mark: str) -> bool | None:
    always = [goods.classification_code in MARKS[mark] for goods in load]
    if always and all(always):
        return True
    hot = any(word in goods.name_en.upper() for goods in load for word in _MAY_BE_HOT)
    return None if mark == "MARK_ENV" or hot or any(always) else False


def _sets(loads: Iterable[Load], join: Callable[[_Options, _Options], _Options]) -> _Options | None:
    """Return one set of diamonds for each way to choose an option of every load; entries' options are joined first."""
    whole: _Options = frozenset({frozenset()})
    for load in loads:
        each = [_options(goods) for goods in load]
        if not each or not all(each):
            return None
        options = reduce(join, each)
        whole = frozenset(one | other for one in whole for other in options)
    return whole


def _options(goods: Goods) -> _Options:
    """Return the diamonds of one entry as each edition has them; nothing where the list does not tell."""
    return frozenset(map(_diamonds, goods.accepts("labels")))


@lru_cache(maxsize=512)
def _diamonds(labels: str) -> frozenset[str]:
    return frozenset(on_vehicle(label) for label in labels.split("+") if label)
