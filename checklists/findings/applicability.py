"""Which items apply to this vehicle and load: named facts derived from the situation.

A fact is a set of values, or None where it is not known. An item applies unless a known fact says that it does not:
unknown never hides an item. What an officer states under `seen.facts` stands before what is derived. Nothing derives
tank_fixed, stopped, case_opened, repeated, special_permit, forged and container_unchecked: they are stated, or unknown.
The same facts choose the row of law where it depends on the load (`law.cases`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from checklists.definitions.definition import FACTS, Item
from checklists.facts.provinces import province
from checklists.goods.listing import Goods, un_digits
from checklists.law.cases import Known, may_hold
from checklists.patterns import pattern
from checklists.rules.context import Context, amount
from checklists.rules.load_kind import hazchem, special_law

Facts = Known

HEAVY_KG = 3500

OLD_LAMP = date(2025, 4, 1)
"""From this day GB 13392-2023 holds, which has no triangular lamp. The first registration stands for the making."""

ENVIRONMENT = ("M6", "M7")
ELEVATED = ("M9", "M10", "F2")
"""Classification codes of goods that are dangerous to the environment, or carried hot."""

MOLTEN = pattern("molten|elevated temperature|熔融|高温", re.IGNORECASE)

WASTE = pattern("废|waste", re.IGNORECASE)

TOXIC = frozenset({"6.1", "2.3"})
"""Labels under which highly toxic chemicals (剧毒化学品) may be; which of them are is in no table."""

RESTRICTED = frozenset({"1", "1.4", "1.5", "1.6", "2.1", "2.3", "3", "4.1", "4.2", "4.3", "6.1", "7X", "7E"})
"""Labels of what is explosive, flammable, toxic or radioactive. 公路安全保护条例 art. 42."""


def facts(context: Context) -> Facts:
    """Return every derived fact, and over them what the officers state; facts that are not here are unknown."""
    return {**_vehicle(context), **_load(context), **_law(context), **_stated(context)}


def _vehicle(context: Context) -> Facts:
    situation = context.situation
    tank, first = situation.tank, situation.vehicle.registered_on
    mass = amount(situation.vehicle.gross_limit_kg)
    return {
        "trailer": _yes(context.has_trailer),
        "containment": _one(_containment(context)),
        "tank_kind": _one(tank.kind if tank else None),
        "outlet": _one(tank.outlet if tank else None),
        "heavy": _maybe(None if mass is None else mass > HEAVY_KG),
        "small_vehicle": _maybe(None if mass is None else mass <= HEAVY_KG),
        "heavy_or_tractor": _maybe(True if situation.vehicle.kind == "tractor" else None),
        "made_before_2025_04": _maybe(None if first is None else first < OLD_LAMP),
    }


def _load(context: Context) -> Facts:
    seen, goods, declared = context.situation.seen, context.on_board, context.declared
    labels = context.labels
    explosive, radioactive = _any(goods, lambda one: one.class_ == "1"), _any(goods, lambda one: one.class_ == "7")
    # Toxic goods may be highly toxic; others are not.
    toxic = None if labels is None or labels & TOXIC else False
    environment, hot = _any(goods, _environment), _any(goods, _hot)
    return {
        "labels": labels,
        "class": None if goods is None else frozenset(one for each in goods for one in (each.class_, each.division)),
        "loaded": _one(seen.loaded),
        "quantity": _quantity(context),
        "declared": _one("ordinary" if context.exempt else "dangerous" if declared else None),
        "hazardous_waste": _maybe(_waste(context)),
        "crosses_province": _maybe(_crosses(context)),
        "several_goods": _maybe(_several(context)),
        "highly_toxic": _maybe(toxic),
        "route_permit": _maybe(_or(explosive, radioactive, toxic)),
        "safety_board": _maybe(_or(explosive, toxic)),
        "size_limited_goods": _maybe(_or(explosive, toxic, None if labels is None or "8" in labels else False)),
        "restricted_goods": _maybe(None if labels is None else bool(labels & RESTRICTED)),
        "env_hazard": _maybe(environment),
        "elevated_temp": _maybe(hot),
        "special_plate": _maybe(_or(environment, hot)),
        "leaking": _maybe(seen.leaking),
        "incident": _maybe(seen.leaking or None),
        "undeclared": _maybe(_undeclared(context)),
    }


def _law(context: Context) -> Facts:
    """The facts on which nothing but the law depends."""
    situation = context.situation
    units = (situation.vehicle, situation.trailer) if context.has_trailer else (situation.vehicle,)
    permits = [unit and unit.permit for unit in units]
    issued = all(one and (one.number or one.valid_until) for one in permits)
    offline = situation.terminal is not None and situation.terminal.online is False
    toxic = situation.seen.facts.get("highly_toxic", "").strip() == "yes"
    return {
        "hazchem": hazchem(context),
        "special_law": special_law(context),
        "toxic_or_precursor": _maybe(toxic or None),
        "permit_issued": _maybe(issued or None),
        "terminal_fault": _one("offline" if offline else None),
    }


def _stated(context: Context) -> Facts:
    """Return the facts that officers state by name; a name or a value that no condition may use is ignored."""
    stated = {name: value.strip() for name, value in context.situation.seen.facts.items() if name in FACTS}
    return {name: frozenset({value}) for name, value in stated.items() if value and value in (FACTS[name] or (value,))}


def applies(item: Item, known: Facts) -> bool:
    """Whether every condition of the item may hold: only a known fact outside its allowed values hides the item."""
    return may_hold(item.applies_when, known)


def severity(item: Item, known: Facts) -> str:
    """Return the item's severity, made heavier by a fact that is known to hold."""
    worse = (level for fact, level in item.severity_when.items() if "yes" in (known.get(fact) or ()))
    return min((item.severity, *worse), key=len)


def _containment(context: Context) -> str | None:
    """How the goods are held: as seen, a tank where there is one, packages where the waybill counts them."""
    if context.situation.seen.containment or context.has_tank:
        return context.situation.seen.containment or "tank"
    counted = [one.line.packages is not None for one in context.declared or ()]
    return "packages" if counted and all(counted) else None


def _quantity(context: Context) -> frozenset[str] | None:
    """How the goods travel; limited and excepted quantities above their limits count as full too."""
    if context.declared is None or context.exempt is None:
        return None
    kinds = frozenset(one.line.quantity for one in context.declared)
    return kinds if context.exempt else kinds | {"full"}


def _environment(goods: Goods) -> bool | None:
    """Whether the list says that goods endanger the environment; of no others does it say that they do not."""
    return goods.classification_code in ENVIRONMENT or None


def _hot(goods: Goods) -> bool | None:
    """Whether goods are carried hot; any liquid or solid may be, a gas or an article is not."""
    if goods.classification_code in ELEVATED or MOLTEN.search(f"{goods.name_en} {goods.name_zh}"):
        return True
    return False if goods.class_ in ("1", "2") else None


def _crosses(context: Context) -> bool | None:
    bill = context.situation.waybill
    start, end = (province(bill.origin), province(bill.destination)) if bill else (None, None)
    return None if start is None or end is None else start != end


def _waste(context: Context) -> bool | None:
    """Whether waste is on board, exempt or not: yes where the table names it.

    Open while sign and waybill differ, and where the waybill calls goods of any number waste.
    """
    if context.on_board is None:
        return None
    declared = {un_digits(one.line.un or "") for one in context.declared or ()} if context.exempt else set()
    aboard = {goods.un for goods in context.on_board} | declared
    if any(context.tables.waste(un) is not None for un in aboard):
        return True
    signs = {un_digits(panel.un) for panel in context.situation.seen.panels.values() if panel.un}
    named = any(WASTE.search(f"{one.line.name} {one.line.technical_name}") for one in context.declared or ())
    return None if named or (context.situation.seen.goods is None and signs - aboard) else False


def _several(context: Context) -> bool | None:
    """Whether goods of several UN numbers are declared.

    Open where a line without a number may be of any and of several, or other goods were found, perhaps beside these.
    """
    kinds = _declared_numbers(context)
    if kinds is not None and len(kinds - {""}) > 1:
        return True
    return None if kinds is None or "" in kinds or _undeclared(context) else False


def _undeclared(context: Context) -> bool | None:
    """Whether officers established goods that no line names; one without a number may be of these."""
    found, kinds = context.found, _declared_numbers(context)
    if not found or kinds is None:
        return None
    return False if found in kinds else None if "" in kinds else True


def _declared_numbers(context: Context) -> set[str] | None:
    """Return the UN numbers of the lines, an empty one where a line has none."""
    return None if context.declared is None else {un_digits(one.line.un or "") for one in context.declared}


def _any(goods: tuple[Goods, ...] | None, holds: Callable[[Goods], bool | None]) -> bool | None:
    return None if goods is None else _or(*map(holds, goods))


def _or(*values: bool | None) -> bool | None:
    """Whether any holds: yes as soon as one does, unknown where one that does not is unknown."""
    return True if True in values else None if None in values else False


def _one(value: str | None) -> frozenset[str] | None:
    return None if value is None else frozenset({value})


def _maybe(value: bool | None) -> frozenset[str] | None:
    return None if value is None else _yes(value)


def _yes(value: bool) -> frozenset[str]:
    return frozenset({"yes" if value else "no"})
