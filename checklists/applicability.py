"""Which items apply to this vehicle and load: named facts derived from the situation.

A fact is a set of values, or None where it is not known. An item applies unless a known fact says that it does not:
unknown never hides an item.
"""

from __future__ import annotations

from collections.abc import Mapping

from checklists.crosscheck import Context
from checklists.definition import Item
from checklists.goods import Goods

Facts = Mapping[str, frozenset[str] | None]

HEAVY_KG = 3500


def facts(context: Context) -> Facts:
    """Return every derived fact that is worked out today; facts that are not here are unknown."""
    situation = context.situation
    tank, seen = situation.tank, situation.seen
    containment = seen.containment or ("tank" if context.has_tank else None)
    mass = situation.vehicle.gross_limit_kg
    goods, declared = context.on_board, context.declared
    classes = None if goods is None else frozenset(one for entry in goods for one in (entry.class_, entry.division))
    return {
        "trailer": _yes(context.has_trailer),
        "containment": _one(containment),
        "tank_kind": _one(tank.kind if tank else None),
        "outlet": _one(tank.outlet if tank else None),
        "labels": context.labels,
        "class": classes,
        "loaded": _one(seen.loaded),
        "quantity": _quantity(context),
        "declared": _one("dangerous" if declared else None),
        "hazardous_waste": _maybe(_waste(context)),
        "several_goods": _maybe(None if declared is None else len({one.line.un for one in declared}) > 1),
        "heavy": _maybe(None if mass is None else mass > HEAVY_KG),
        "small_vehicle": _maybe(None if mass is None else mass <= HEAVY_KG),
        "heavy_or_tractor": _maybe(True if situation.vehicle.kind == "tractor" else None),
        "route_permit": None if classes is None or classes & {"6.1", "2.3"} else _yes(bool(classes & {"1", "7"})),
        "safety_board": None if classes is None or classes & {"6.1", "2.3"} else _yes("1" in classes),
        "highly_toxic": None if classes is None or classes & {"6.1", "2.3"} else _yes(False),
        "leaking": _maybe(seen.leaking),
        "undeclared": _maybe(_undeclared(context)),
    }


def applies(item: Item, known: Facts) -> bool:
    """Whether every condition of the item may hold: only a known fact outside its allowed values hides the item."""
    return all(
        (held := known.get(fact)) is None or bool(held & frozenset(allowed))
        for fact, allowed in item.applies_when.items()
    )


def severity(item: Item, known: Facts) -> str:
    """Return the item's severity, made heavier by a fact that is known to hold."""
    worse = (level for fact, level in item.severity_when.items() if "yes" in (known.get(fact) or ()))
    return min((item.severity, *worse), key=len)


def _quantity(context: Context) -> frozenset[str] | None:
    return None if context.declared is None else frozenset(one.line.quantity for one in context.declared)


def _waste(context: Context) -> bool | None:
    """Whether waste is on board: yes where the table names it, open while sign and waybill differ."""
    seen = {panel.un for panel in context.situation.seen.panels.values() if panel.un}
    if context.on_board is None:
        return None
    if any(_is_waste(context, goods) for goods in context.on_board):
        return True
    open_question = context.situation.seen.goods is None and seen - {goods.un for goods in context.on_board}
    return None if open_question else False


def _is_waste(context: Context, goods: Goods) -> bool:
    return context.tables.waste(goods.un) is not None


def _undeclared(context: Context) -> bool | None:
    if context.situation.seen.goods is None or context.declared is None:
        return None
    return context.situation.seen.goods not in {one.line.un for one in context.declared}


def _one(value: str | None) -> frozenset[str] | None:
    return None if value is None else frozenset({value})


def _maybe(value: bool | None) -> frozenset[str] | None:
    return None if value is None else _yes(value)


def _yes(value: bool) -> frozenset[str]:
    return frozenset({"yes" if value else "no"})
