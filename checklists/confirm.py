"""What an officer confirms by "no deviation": the people, signs and kit that have to be there, as facts he saw.

The list is shown on the tile before he touches it, and the facts become his entries. What he put down himself is never
overwritten, and where it is not known what has to be there, nothing is confirmed and the rule stays unsure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checklists.crosscheck import Context
from checklists.equipment import Requirement, required, strictest

Fact = tuple[str, Any]


def to_confirm(context: Context, section: str) -> tuple[Fact, ...]:
    """Return the facts (path, plain data) that clearing the section would state, without those already stated."""
    make = _BY_SECTION.get(section)
    return tuple(make(context)) if make else ()


def _people(context: Context) -> Iterator[Fact]:
    bill = context.situation.waybill
    if context.situation.seen.aboard is not None or bill is None:
        return
    named = [(role, getattr(bill, role)) for role in ("driver", "escort")]
    if all(person and person.name for _, person in named):
        yield (
            "seen.aboard",
            [
                {"role": role, "name": person.name, **({"id_number": person.id_number} if person.id_number else {})}
                for role, person in named
            ],
        )


def _signs(context: Context) -> Iterator[Fact]:
    seen = context.situation.seen
    declared = context.declared
    if not seen.panels and declared is not None and len(declared) == 1:
        numbers = {goods.hazard_id for goods in declared[0].goods}
        if len(numbers) == 1 and "" not in numbers:
            for side in ("front", "rear"):
                yield f"seen.panels.{side}", {"hazard_id": next(iter(numbers)), "un": declared[0].line.un}
    if not seen.placards and context.on_board is not None:
        placards = sorted({one for goods in context.on_board for one in goods.placards})
        for side in ("left", "right", "rear"):
            yield f"seen.placards.{side}", placards


def _kit(context: Context) -> Iterator[Fact]:
    for need in needs(context):
        amount = need.count if need.count is not None else need.min_capacity_kg
        if need.key not in context.situation.seen.equipment and amount is not None:
            yield f"seen.equipment.{need.key}", amount


def needs(context: Context) -> tuple[Requirement, ...]:
    """Return the equipment that is required on board, the strictest of all goods; none while they are not known."""
    aboard = context.situation.seen.aboard
    groups = [
        required(
            frozenset(goods.labels),
            goods.states,
            context.situation.vehicle.gross_limit_kg,
            len(aboard) if aboard is not None else None,
            exempt=False,
            rows=context.tables.equipment,
            vehicles=2 if context.has_trailer else 1,
        )
        for goods in context.on_board or ()
    ]
    return strictest(*groups)


_BY_SECTION: dict[str, Callable[[Context], Iterator[Fact]]] = {"LIC": _people, "PLA": _signs, "EQP": _kit}
