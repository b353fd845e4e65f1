"""How much of dangerous goods in packages is a small load: categories, factors and points. ADR 1.1.3.6.

That JT/T 617 grants the same relief is not verified. Quantities and points are exact decimals, never floats.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checklists.goods.kept import kept
from checklists.goods.listing import Goods, Row, Tables, un_digits
from checklists.patterns import pattern
from checklists.values import frozen

POINTS = 1000
"""What the points of a load of several categories may come to, 1000 included. ADR 1.1.3.6.4."""

ABSURD = 1_000_000
"""More kg or litres than this is a slip of the finger."""

LIGHTEST, DENSEST, DENSEST_METAL = Decimal("0.5"), Decimal(5), Decimal(14)
"""kg a litre that no liquid goes beyond (pentane 0.63, Clerici solution 4.3, mercury 13.6), where only kg are given."""

_UNITS: Mapping[str, tuple[str, int | Decimal]] = {
    "KG": ("kg", 1), "千克": ("kg", 1), "公斤": ("kg", 1), "T": ("kg", 1000), "吨": ("kg", 1000),
    "G": ("kg", Decimal("0.001")), "克": ("kg", Decimal("0.001")),
    "L": ("L", 1), "升": ("L", 1), "ML": ("L", Decimal("0.001")), "毫升": ("L", Decimal("0.001")),
    "M3": ("L", 1000), "立方米": ("L", 1000),
}  # fmt: skip

_LIQUID = pattern("LIQUID|SOLUTION|MOLTEN")

_GASES = {"1": "L", "2": "kg", "3": "kg", "4": "kg", "5": "kg", "6": "kg", "8": "L", "9": "L"}
"""By the first figure of the code: compressed, adsorbed and chemicals under pressure by the receptacle's litres;
liquefied, refrigerated and dissolved by net mass; aerosols and other articles by mass. ADR 1.1.3.6.3."""


@frozen
class Load:
    """So much of some goods: kg net (class 1: net explosive mass; articles: their mass) or litres (`unit` kg or L)."""

    un: str
    quantity: Decimal
    unit: str
    packing_group: str | None = None


@frozen
class Counted:
    """A load with its category and points; None where a category has no factor, or it is not known.

    `at_least` and `at_most` bound the points where they are not known exactly; `at_most` None has no bound.
    """

    load: Load
    packing_group: str
    category: str
    limit: Decimal | None
    factor: int | None
    points: Decimal | None
    at_least: Decimal
    at_most: Decimal | None
    because: str

    @property
    def row(self) -> tuple[str, int | None]:
        """The row of the table it counts under: note a has a row of its own."""
        return self.category, self.factor


@frozen
class Total:
    """All loads together. `points` is what the loads whose points are known come to; `within` None cannot be told."""

    loads: tuple[Counted, ...]
    points: Decimal
    within: bool | None
    because: str


def quantity(text: str) -> tuple[Decimal, str]:
    """Return an amount as it is typed (`500L`, `20 kg`, `0.3t`) in kg or L. Raises ValueError for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(\D.*)", plain)
    if not found or found[2] not in _UNITS:
        raise ValueError(f"{text!r} is no quantity; write for example 500L, 20kg or 0.3t")
    unit, times = _UNITS[found[2]]
    amount = Decimal(found[1]) * times
    if not 0 < amount <= ABSURD:
        raise ValueError(f"{text!r} is no quantity that a vehicle can carry")
    return amount, unit


def count(loads: Iterable[Load], tables: Tables, *, mildest: bool = False) -> Total:
    """Return the points of each load and whether all together are within ADR 1.1.3.6.

    Where a load may be several entries the strictest is taken (or the mildest, to learn what is over in any case); what
    is over only by the strictest cannot be told. Raises ValueError for a UN number or packing group that the goods list
    has not.
    """
    held = tuple(loads)
    found = _total(held, tables, min if mildest else max)
    mild = found if mildest or found.within is not False else _total(held, tables, min)
    if mild.within is found.within:
        return found
    return replace(found, within=None, because=f"by the strictest {found.because}, by the mildest {mild.because}")


def _total(loads: Iterable[Load], tables: Tables, pick: Callable[..., Counted]) -> Total:
    counted = tuple(_chosen(load, entries(load.un, load.packing_group, tables), tables, pick) for load in loads)
    points = sum((one.points for one in counted if one.points is not None), Decimal(0))
    return Total(counted, points, *judge(counted))


def points_text(points: Decimal) -> str:
    """Return points against what they may come to: `900/1000`."""
    return f"{_plain(points)}/{POINTS}"


def entries(un: str, packing_group: str | None, tables: Tables) -> tuple[Goods, ...]:
    """Return the entries that a number and group may mean. Raises ValueError where the goods list has none."""
    found = tables.goods.lookup(un, packing_group)
    if not found:
        known = dict.fromkeys(one.packing_group or "none" for one in tables.goods.lookup(un))
        had = f"has packing groups {', '.join(known)}" if known else "is not in the goods list"
        raise ValueError(f"UN {un_digits(un)} {had}")
    return found


def judge(counted: Sequence[Counted]) -> tuple[bool | None, str]:
    """Whether loads are within the limits together, with the reason.

    One category is held to its own limit, several to 1000 points; category 0 is never within, and what is not known
    leaves it open unless the rest is already over.
    """
    if any(one.category == "0" for one in counted):
        return False, "category 0: any quantity is over (1.1.3.6.3)"
    rows = {one.row for one in counted}
    least = sum((one.at_least for one in counted), Decimal(0))
    sure = [one.at_most for one in counted if one.at_most is not None]
    complete = len(sure) == len(counted)
    most = sum(sure, Decimal(0))
    limit, rule = Decimal(POINTS), "1.1.3.6.4"
    if len(rows) == 1 and counted[0].limit is not None:
        limit, rule = counted[0].limit * (counted[0].factor or 0), "1.1.3.6.3"
    if least > limit:
        return False, f"{_plain(least)} points are over {_plain(limit)} ({rule})"
    if not complete or most > limit:
        return None, "; ".join(dict.fromkeys(one.because for one in counted if one.points is None))
    bound = "" if least == most else "at most "
    return True, f"{bound}{_plain(most)} points are not over {_plain(limit)} ({rule})"


def is_nought(goods: Goods, tables: Tables) -> bool | None:
    """Whether goods are of category 0, any quantity of which is over; None where editions in force differ."""
    answers = {row is not None and row["category"] == "0" for row in _limits(goods, tables)}
    return answers.pop() if len(answers) == 1 else None


def unit_of(goods: Goods) -> str | None:
    """Return the unit in which 1.1.3.6 counts the goods, or None where the list does not tell their state."""
    if goods.class_ == "1":
        return "kg"
    if goods.class_ == "2":
        return _GASES.get(goods.classification_code[:1])
    liquid = _LIQUID.search(goods.name_en)
    if "SOLID" in goods.name_en and not liquid:
        return "kg"
    if goods.class_.startswith("4") and not liquid and goods.states == frozenset({"liquid"}):
        return None  # By the tank code alone sodium would be a liquid, because in tanks it travels molten.
    if goods.class_ == "3" and goods.states is None:
        return "L"
    return {frozenset({"solid"}): "kg", frozenset({"liquid"}): "L"}.get(goods.states or frozenset())


def _chosen(load: Load, goods: Sequence[Goods], tables: Tables, pick: Callable[..., Counted]) -> Counted:
    """The load as the strictest or mildest of the entries and editions that it may be; it says so where they differ."""
    found = [_count(load, one, row) for one in goods for row in _limits(one, tables)]
    chosen = pick(found, key=_severity)
    if len({one.row for one in found}) == 1:
        return chosen
    groups = ", ".join(dict.fromkeys(one.packing_group for one in found))
    which = f"no packing group given ({groups})" if len({one.packing_group for one in found}) > 1 else "several entries"
    if len(goods) == 1:
        which = f"editions in force differ ({' / '.join(goods[0].told('transport_category'))})"
    return replace(
        chosen, because=f"{which}, the {'strictest' if pick is max else 'mildest'} is taken: {chosen.because}"
    )


def _count(load: Load, goods: Goods, row: Row | None) -> Counted:
    if row is None:
        none = f"the goods list gives no transport category for UN {goods.un}"
        return Counted(load, goods.packing_group, "", None, None, None, Decimal(0), None, none)
    category = row["category"]
    if not row["factor"].isdecimal():
        nought = f"category {category}: {row['definition_en']}"
        return Counted(load, goods.packing_group, category, Decimal(0), None, None, Decimal(0), None, nought)
    factor = int(row["factor"])
    limit = Decimal(row["max_quantity"]) if row["max_quantity"].isdecimal() else None
    unit = unit_of(goods)
    said = f"category {category}, factor {factor} ({row['rule']})"
    if unit in (None, load.unit) or factor == 0:
        points = load.quantity * factor
        how = "" if unit else "; the list does not tell solid from liquid, the unit is taken as given"
        return Counted(load, goods.packing_group, category, limit, factor, points, points, points, said + how)
    least, most = _bounds(load, goods)
    said = f"{said}; UN {goods.un} is counted in {unit}, not in {load.unit}"
    return Counted(
        load,
        goods.packing_group,
        category,
        limit,
        factor,
        None,
        least * factor,
        None if most is None else most * factor,
        said,
    )


def _bounds(load: Load, goods: Goods) -> tuple[Decimal, Decimal | None]:
    """The least and most that the other unit can come to; None where there is no bound, as for a gas by its mass."""
    if load.unit == "L":
        return Decimal(0), None
    densest = DENSEST_METAL if re.search("MERCURY|AMALGAM|METAL", goods.name_en) else DENSEST
    return load.quantity / densest, None if goods.class_ == "2" else load.quantity / LIGHTEST


def _limits(goods: Goods, tables: Tables) -> list[Row | None]:
    """The row of limits by each edition in force that gives a category; None where none does."""
    told = [one for one in goods.told("transport_category") if one.strip("-")]
    return [_row(goods.un, one, tables) for one in told or [goods.transport_category]]


@kept
def _row(un: str, category: str, tables: Tables) -> Row | None:
    """The row of limits for a number: note a's for the numbers that it names; members give a category that lacks."""
    rows = tables.transport_category
    listed = [row for row in rows if un in row["un_numbers"].split(";")]
    if category in ("", "-"):
        category = next((row["category"] for row in listed if row["kind"] == "members"), category)
    special = (row for row in listed if row["kind"] == "limit_exception" and row["category"] == category)
    usual = (row for row in rows if row["kind"] == "limit" and row["category"] == category)
    return next(special, None) or next(usual, None)


def _severity(one: Counted) -> tuple[int, Decimal]:
    """Order of strictness: category 0, then what is not known, then the factor and the least points."""
    if one.factor is None:
        return (2 if one.category == "0" else 1) * 1000, Decimal(0)
    return one.factor, one.at_least


def _plain(number: Decimal) -> str:
    rounded = round(number, 3)
    return f"{(rounded if rounded else number).normalize():f}"
