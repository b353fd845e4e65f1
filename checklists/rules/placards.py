"""The diamonds and marks of R10: each side seen against what is on board."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.goods.listing import Goods
from checklists.goods.required_signs import (
    MARKS,
    PLACARD_SIDES,
    Load,
    certain_placards,
    has_mark,
    on_vehicle,
    placards,
    shown_by,
)
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import in_compartment, seen_numbers, weigh
from checklists.values import frozen

_MARK_CASES = {"MARK_HOT": "heat_mark_missing", "MARK_ENV": "environment_mark_missing"}


@frozen
class Right:
    """The sets of diamonds that are right for some loads, any of which; None where one is not known.

    `by_plate` are those of the entries that the orange plates name by their `numbers`, `certain` those of every entry
    that these leave. `differ`: editions of the list have other labels.
    """

    wanted: frozenset[frozenset[str]] | None
    by_plate: frozenset[frozenset[str]] | None
    certain: frozenset[frozenset[str]]
    numbers: tuple[str, ...]
    differ: bool

    @classmethod
    def of(cls, context: Context, loads: tuple[Load, ...]) -> Right:
        """Return what is right for these loads."""
        numbers = {load[0].un: seen_numbers(context, load[0].un) for load in loads if load}
        told = tuple(shown_by(load, numbers[load[0].un]) if load else load for load in loads)
        seen = sorted(number for load in loads if load for number in numbers[load[0].un])
        differ = any(goods.differs("labels") for load in loads for goods in load)
        return cls(placards(loads), placards(told), certain_placards(told), tuple(seen), differ)


def placard_results(context: Context) -> Iterator[Result]:
    """Each side's diamonds that were seen, and those sides that nobody spoke of: these cannot be told."""
    shown = context.situation.seen.placards
    # Both sides and the rear of a vehicle show the same load.
    right: dict[str, Right] = {}
    for side in sorted(shown):
        yield from _placards(context, side, right)
    bases = {side.partition(".")[0] for side in shown}
    missing = [f"seen.placards.{side}" for side in PLACARD_SIDES if side not in bases]
    if missing:
        look = Look(context, "R10")
        look.lack(*(missing if shown else ("seen.placards",)))
        yield look.says("placard_missing", conflict=False, subject="placards")


def _placards(context: Context, side: str, known: dict[str, Right]) -> Iterator[Result]:
    look = Look(context, "R10")
    shown = {on_vehicle(one) for one in context.situation.seen.placards[side]} - set(MARKS)
    look.note(f"seen.placards.{side}", "、".join(sorted(shown)) or None, "officer")
    loads, number = _loads_beside(look, side), side.partition(".")[2]
    right = None if loads is None else known.get(number) or known.setdefault(number, Right.of(context, loads))
    if right is None or right.wanted is None:
        look.lack(*(() if look.missing else (context.lacking,)))
        yield look.says("placard_wrong", conflict=False, subject=side)
        return
    look.note("goods.placards", _listed(right.wanted))
    weigh(look)
    if not shown:
        if side.partition(".")[0] in PLACARD_SIDES:
            yield look.says("placard_missing", conflict=frozenset() not in right.wanted, subject=side)
        return
    if shown in right.wanted and right.by_plate is not None and shown not in right.by_plate:
        look.note("seen.panels.hazard_id", "、".join(right.numbers), "officer")
        look.note("goods.placards", _listed(right.by_plate))
        yield look.says("placard_wrong", conflict=True, subject=side)
        return
    if shown in right.wanted and shown not in right.certain:
        look.lack("waybill.lines.packing_group")
    if right.differ:
        look.warn("goods.labels", _listed(right.wanted))
    yield look.says("placard_wrong", conflict=shown not in right.wanted, subject=side)


def _listed(sets: frozenset[frozenset[str]]) -> str:
    return " / ".join(sorted("、".join(sorted(one)) for one in sets))


def _loads_beside(look: Look, side: str) -> tuple[tuple[Goods, ...], ...] | None:
    """Return the loads whose diamonds hang at a side: all of them, or what the compartment holds."""
    loads, number = look.context.loads, side.partition(".")[2]
    if loads is None or not number:
        return loads
    held = in_compartment(look.context, number)
    beside = tuple(load for load in loads if load[0].un in held)
    if not beside:
        look.lack("waybill.lines.compartment")
        return None
    return beside


def mark_results(context: Context) -> Iterator[Result]:
    """Where the goods always need a mark. What lists no mark on any side may not have looked for one."""
    seen = context.situation.seen.placards
    for mark, case in _MARK_CASES.items():
        if not has_mark(context.loads or (), mark):
            continue
        look = Look(context, "R10")
        with_mark = [side for side in sorted(seen) if mark in seen[side]]
        look.note(f"seen.placards.{mark}", "、".join(with_mark) or None, "officer")
        weigh(look)
        if not with_mark:
            look.lack(f"seen.placards.{mark}")
        bases = {side.partition(".")[0] for side in with_mark}
        without = [side for side in PLACARD_SIDES if side in seen and side not in bases]
        yield look.says(case, conflict=bool(with_mark and without), subject=mark)
