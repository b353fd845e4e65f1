"""The diamonds and marks of R10: each side seen against what is on board."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.goods.listing import Goods
from checklists.goods.required_signs import (
    MARKS,
    PLACARD_SIDES,
    certain_placards,
    has_mark,
    on_vehicle,
    placards,
    shown_by,
)
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import in_compartment, seen_numbers, weigh

_MARK_CASES = {"MARK_HOT": "heat_mark_missing", "MARK_ENV": "environment_mark_missing"}


def placard_results(context: Context) -> Iterator[Result]:
    """Each side's diamonds that were seen, and those sides that nobody spoke of: these cannot be told."""
    shown = context.situation.seen.placards
    for side in sorted(shown):
        yield from _placards(context, side)
    bases = {side.partition(".")[0] for side in shown}
    missing = [f"seen.placards.{side}" for side in PLACARD_SIDES if side not in bases]
    if missing:
        look = Look(context, "R10")
        look.lack(*(missing if shown else ("seen.placards",)))
        yield look.says("placard_missing", conflict=False, subject="placards")


def _placards(context: Context, side: str) -> Iterator[Result]:
    look = Look(context, "R10")
    shown = {on_vehicle(one) for one in context.situation.seen.placards[side]} - set(MARKS)
    look.note(f"seen.placards.{side}", "、".join(sorted(shown)) or None, "officer")
    loads = _loads_beside(look, side)
    wanted = None if loads is None else placards(loads)
    if loads is None or wanted is None:
        look.lack(*(() if look.missing else ("waybill.lines",)))
        yield look.says("placard_wrong", conflict=False, subject=side)
        return
    look.note("goods.placards", " / ".join(sorted("、".join(sorted(one)) for one in wanted)))
    weigh(look)
    if not shown:
        if side.partition(".")[0] in PLACARD_SIDES:
            yield look.says("placard_missing", conflict=frozenset() not in wanted, subject=side)
        return
    told = tuple(shown_by(load, seen_numbers(context, load[0].un)) for load in loads)
    by_plate = placards(told)
    if shown in wanted and by_plate is not None and shown not in by_plate:
        numbers = sorted(number for load in loads for number in seen_numbers(context, load[0].un))
        look.note("seen.panels.hazard_id", "、".join(numbers), "officer")
        look.note("goods.placards", " / ".join(sorted("、".join(sorted(one)) for one in by_plate)))
        yield look.says("placard_wrong", conflict=True, subject=side)
        return
    if shown in wanted and shown not in certain_placards(told):
        look.lack("waybill.lines.packing_group")
    if any(goods.differs("labels") for load in loads for goods in load):
        look.warn("goods.labels", " / ".join(sorted("、".join(sorted(one)) for one in wanted)))
    yield look.says("placard_wrong", conflict=shown not in wanted, subject=side)


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
