"""What an officer confirms by "no deviation": what he then has seen of people, signs, kit, tank and papers.

The list is shown on the tile before he touches it, and the facts become his entries. What he put down himself is never
overwritten; where it is not known what has to be there nothing is confirmed, and the rule stays unsure. What a glance
does not show (a gauge, a ban, the driving time, the weight) is never stated, and what a short checklist does not ask is
not either: that a thing may be there does not say that somebody looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from checklists.facts.waybill_values import compartment
from checklists.goods.required_signs import MARKS, PLACARD_SIDES, has_mark, hazard_ids, on_vehicle, placards, plates
from checklists.rules import closures
from checklists.rules.context import Context
from checklists.rules.kit import needs

Fact = tuple[str, Any]
Asked = Callable[[str, str], bool]
"""Whether the item to which a rule's case belongs is asked of this vehicle."""


def everything(_rule: str, _case: str) -> bool:
    """A full checklist asks all that is stated here."""
    return True


def to_confirm(context: Context, section: str, asked: Asked = everything) -> tuple[Fact, ...]:
    """Return the facts (path, plain data) that clearing the section would state, without those already stated."""
    makers = _BY_SECTION.get(section, ())
    return tuple(chain.from_iterable(make(context, asked) for make in makers))


def _people(context: Context, asked: Asked) -> Iterator[Fact]:
    """Who is aboard; his number only where his paper is held against his face."""
    bill = context.situation.waybill
    if context.situation.seen.aboard is not None or bill is None or not asked("R4", "no_escort"):
        return
    numbered = asked("R3", "driver_mismatch")
    named = [(role, getattr(bill, role)) for role in ("driver", "escort")]
    if all(person and person.name for _, person in named):
        yield (
            "seen.aboard",
            [
                {
                    "role": role,
                    "name": person.name,
                    **({"id_number": person.id_number} if numbered and person.id_number else {}),
                }
                for role, person in named
            ],
        )


def _trailer(context: Context, asked: Asked) -> Iterator[Fact]:
    bill, seen = context.situation.waybill, context.situation.seen
    read = asked("R15", "trailer_papers_differ") or asked("R1", "other_trailer")
    if read and bill and bill.trailer_plate and seen.trailer_plate is None:
        yield "seen.trailer_plate", bill.trailer_plate


def _tank(context: Context, asked: Asked) -> Iterator[Fact]:
    bill, seen = context.situation.waybill, context.situation.seen
    read = asked("R15", "tank_papers_differ") or asked("R1", "other_tank")
    if read and bill and bill.tank and seen.tank_number is None:
        yield "seen.tank_number", bill.tank


def _waybill(context: Context, asked: Asked) -> Iterator[Fact]:
    """A waybill that was read is there; one that only the office knows was shown to nobody."""
    bill, source = context.situation.waybill, context.situation.source("waybill")
    read = bill is not None and (bill.number or bill.lines or bill.raw) and not (source and source.kind == "registry")
    if bill is not None and bill.carried is None and read and asked("R1", "not_carried"):
        yield "waybill.carried", True


def _closures(context: Context, asked: Asked) -> Iterator[Fact]:
    seen = context.situation.seen
    for device in () if context.on_board == () else closures.devices(context):
        known = seen.emergency_valve if device == "emergency_valve" else seen.closures.get(device)
        if known is None and asked("R19", f"{device}_open"):
            yield closures.path(device), "closed"


def _signs(context: Context, asked: Asked) -> Iterator[Fact]:
    if context.ordinary or context.loads is None:
        return
    seen = context.situation.seen
    if not seen.panels and asked("R10", "panel_missing"):
        yield from _panels(context)
    labels = frozenset(on_vehicle(one) for load in context.loads for goods in load for one in goods.placards)
    if not seen.placards and asked("R10", "placard_missing") and labels in (placards(context.loads) or ()):
        marks = [mark for mark in MARKS if has_mark(context.loads, mark)]
        for side in PLACARD_SIDES:
            yield f"seen.placards.{side}", [*sorted(labels), *marks]


def _panels(context: Context) -> Iterator[Fact]:
    """The plates of one kind of goods, or those of a tank of several where each compartment's goods are known."""
    held = plates(context.loads or (), "tank" if context.has_tank else None)
    if len({one.un for one in held if one.un}) > 1:
        yield from _compartments(context)
        return
    for one in held:
        if one.hazard_ids and len(one.hazard_ids) == 1:
            yield f"seen.panels.{one.side}", {"hazard_id": next(iter(one.hazard_ids)), "un": one.un}


def _compartments(context: Context) -> Iterator[Fact]:
    by_number = {compartment(one.line.compartment or ""): one for one in context.regulated or ()}
    numbers = {number: hazard_ids(one.goods, in_tank=True) or frozenset() for number, one in by_number.items()}
    alone = len(by_number) == len(context.regulated or ()) and "" not in by_number
    if context.has_tank and alone and all(len(each) == 1 for each in numbers.values()):
        for side in ("front", "rear"):
            yield f"seen.panels.{side}", {"blank": True}
        for number, one in sorted(by_number.items(), key=lambda pair: pair[0]):
            for side in ("left", "right"):
                panel = {"hazard_id": next(iter(numbers[number])), "un": one.line.un}
                yield f"seen.panels.{side}.{number}", panel


def _card(context: Context, asked: Asked) -> Iterator[Fact]:
    goods = sorted({goods.un for load in context.loads or () for goods in load})
    if goods and asked("R16", "card_absent") and context.situation.seen.safety_card is None and not context.ordinary:
        yield "seen.safety_card", {"present": True, "goods": goods}


def _kit(context: Context, asked: Asked) -> Iterator[Fact]:
    for need in needs(context):
        amount = need.count if need.count is not None else need.min_capacity_kg
        if need.key not in context.situation.seen.equipment and amount is not None and asked("R12", need.key):
            yield f"seen.equipment.{need.key}", amount


_BY_SECTION: dict[str, tuple[Callable[[Context, Asked], Iterator[Fact]], ...]] = {
    "LIC": (_people, _trailer),
    "PLA": (_signs,),
    "TNK": (_tank, _closures),
    "EQP": (_kit, _card),
    "LOD": (_waybill, _trailer, _tank),
}
"""Each section states what its items look at; a number is read on the papers, on the tank and on the waybill alike."""
