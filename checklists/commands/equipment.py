"""`equipment --un 1017 --containment tank --mass-t 18 --crew 2 [--quantity 300L]`: what must be on board, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

from checklists.commands.base import command, dated, show, tables_of
from checklists.commands.thresholds import goods_of
from checklists.goods.equipment import Requirement, demands, required_by_all
from checklists.goods.listing import Goods, Tables
from checklists.goods.thresholds import Load, Total, count, entries, quantity

NOT_VERIFIED = "That JT/T 617 grants the relief of ADR 1.1.3.6 is not verified."

_HEAVIEST_T = 1000
_CONTAINMENTS = ("tank", "packages", "bulk")


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "equipment", run, "list the equipment that goods, mass and crew require")
    parser.add_argument("--un", action="append", required=True, metavar="UN[:PG]", help="may be given several times")
    parser.add_argument("--containment", choices=_CONTAINMENTS, help="how the goods are carried")
    parser.add_argument("--mass-t", metavar="T", help="largest permitted mass of the whole unit in tonnes")
    parser.add_argument("--crew", metavar="N", help="people aboard")
    parser.add_argument("--vehicles", metavar="N", default="1", help="tractor and trailer: 2")
    parser.add_argument("--quantity", action="append", metavar="AMOUNT", help="300L, 300kg or 0.3t, for each --un")
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print each piece with its count and why it is required.

    Raises ValueError for goods that the list has not, and for a mass, crew or quantity that cannot be.
    """
    tables = tables_of(options)
    named = [goods_of(text) for text in options.un]
    goods = [entry for un, group in named for entry in entries(un, group, tables)]
    mass = None if options.mass_t is None else _kilograms(options.mass_t)
    crew = None if options.crew is None else _whole(options.crew, "--crew")
    vehicles = _whole(options.vehicles, "--vehicles")
    within, because = _within(options, named, tables)
    full, small = (_needs(goods, mass, crew, vehicles, tables, exempt=exempt) for exempt in (False, True))
    asked = small if within else full
    plain: dict[str, Any] = {
        "items": [_item(one) for one in asked],
        "extinguishers": _extinguishers(asked),
        "within_1136": within,
        "because": because,
    }
    if within:
        plain["without_relief"] = [_item(one) for one in full]
    show(options, plain, [*map(_line, asked), because])
    return 0


def _needs(
    goods: Iterable[Goods], mass: int | None, crew: int | None, vehicles: int, tables: Tables, *, exempt: bool
) -> tuple[Requirement, ...]:
    kinds = [(one.every_label, one.states) for one in goods]
    return required_by_all(kinds, mass, crew, exempt, demands(tables), vehicles=vehicles)


def _within(
    options: argparse.Namespace, named: list[tuple[str, str | None]], tables: Tables
) -> tuple[bool | None, str]:
    """Whether the load is within 1.1.3.6, and why; one amount for several goods is the amount of all of them."""
    amounts = [quantity(text) for text in options.quantity or ()]
    if len(amounts) not in (0, 1, len(named)):
        raise ValueError("give --quantity once for all goods, or once for each --un")
    if options.containment in ("tank", "bulk"):
        return False, f"1.1.3.6 is for packages, not for {options.containment}: everything is required"
    if not amounts:
        return None, "no --quantity: whether 1.1.3.6 applies cannot be told, everything is required"
    if len(amounts) == len(named):
        loads = [Load(un, *amount, group) for (un, group), amount in zip(named, amounts, strict=True)]
        answer = _noted(count(loads, tables))
    else:
        each = [count([Load(un, *amounts[0], group)], tables) for un, group in named]
        answer = _alike(each)
    within, because = answer
    if within and options.containment is None:
        return None, f"{because}; only packages have the relief, and --containment is not given"
    return within, f"{because}. {NOT_VERIFIED}" if within else because


def _noted(total: Total) -> tuple[bool | None, str]:
    """The answer, with what was taken where a load may be several entries."""
    notes = [one.because for one in total.loads if "is taken" in one.because]
    return total.within, "; ".join([total.because, *notes])


def _alike(each: list[Total]) -> tuple[bool | None, str]:
    """The answer for one amount of several goods: the one that holds if it were all of any of them."""
    answers = {one.within for one in each}
    because = "; ".join(dict.fromkeys(one.because for one in each))
    return (answers.pop() if len(answers) == 1 else None), because


def _item(one: Requirement) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": dict(one.name),
        "count": one.count,
        "per": one.per,
        "min_capacity_kg": one.min_capacity_kg,
        "condition": dict(one.condition),
        "rule": one.rule,
        "missing": one.missing or None,
        "assumed": list(one.assumed),
        "because": _because(one),
    }


def _because(one: Requirement) -> str:
    open_ones = ", ".join((*one.assumed, *([one.missing] if one.missing else [])))
    return f"{one.condition['en']} ({one.rule})" + (f"; not known: {open_ones}" if open_ones else "")


def _extinguishers(asked: Iterable[Requirement]) -> Mapping[str, Any]:
    """Number, total capacity, and the least size of the one for the cab and of one more. Masses in kg of powder."""
    by_key = {one.key: one for one in asked}

    def size(key: str) -> int | None:
        return by_key[key].min_capacity_kg if key in by_key else None

    number = by_key.get("extinguisher_count")
    total = size("extinguisher_capacity") or (number and number.min_capacity_kg)
    return {
        "number": number.count if number else None,
        "total_capacity_kg": total,
        "cab_kg": size("extinguisher_cab"),
        "other_kg": size("extinguisher_other"),
        "because": _because(by_key.get("extinguisher_capacity") or number) if number else "",
    }


def _line(one: Requirement) -> str:
    amount = "?" if one.count is None and one.missing else str(one.count or "")
    size = f" ≥{one.min_capacity_kg} kg" if one.min_capacity_kg else ""
    return f"{amount:>3} {one.name['zh']} {one.name['en']}{size}: {one.condition['zh']} ({_because(one)})"


def _kilograms(text: str) -> int:
    try:
        tonnes = Decimal(text)
    except InvalidOperation:
        tonnes = Decimal("NaN")
    if not tonnes.is_finite() or not 0 < tonnes <= _HEAVIEST_T:
        raise ValueError(f"--mass-t {text}: a mass in tonnes is expected, for example 18")
    return ceil(tonnes * 1000)  # A gram over 3.5 t is over 3.5 t.


def _whole(text: str, name: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 100:
        raise ValueError(f"{name} {text}: a number of one or more is expected")
    return int(text)
