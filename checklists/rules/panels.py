"""The orange plates of R10: each one seen against the goods declared, and the places where one was not looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists.facts.identifiers.keys import fold
from checklists.facts.observation import Panel
from checklists.facts.waybill_values import compartment
from checklists.goods.listing import Goods, un_digits
from checklists.goods.required_signs import PANEL_SIDES, hazard_ids
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import (
    declared_uns,
    fuel_plate,
    in_compartment,
    is_tank,
    knows_fuel_plate,
    several,
    unnamed,
    uns,
    waybill_text,
    weigh,
)
from checklists.rules.small_load import is_relieved

LONG_SIDES = ("left", "right")
SILENT = "required.panels"
"""Missing where it is the rule itself that is not known: whether a plate may be blank or numbered at this place."""


OLD_PLATES_UNTIL = date(2026, 12, 31)
"""The last day for orange plates made to the rules of before 2005. ADR 2025, 1.6.1.8; not for China."""


def panel_results(context: Context) -> Iterator[Result]:
    """Each plate that was seen, and those places that nobody spoke of: these cannot be told."""
    panels = context.situation.seen.panels
    for side in sorted(panels):
        yield from _panel(context, side, panels[side])
        yield from _made_before_2005(context, side, panels[side])
    there = {_place(side) for side in panels}
    missing = [f"seen.panels.{side}" for side in looked_for(context) if side not in there]
    if missing:
        look = Look(context, "R10")
        look.lack(*(missing if panels else ("seen.panels",)))
        yield look.says("panel_missing", conflict=False, subject="panels")
    yield from _contradiction(context)


def _contradiction(context: Context) -> Iterator[Result]:
    """Both ends show numbers that are good for the goods, and not the same: one of them is wrong. ADR 5.3.2.3."""
    ends = [
        one
        for end in PANEL_SIDES
        if (one := context.situation.seen.panels.get(end)) and one.present and fold("un", one.un)
    ]
    shown = {(un_digits(one.un or ""), fold("hazard_id", one.hazard_id)) for one in ends}
    numbers, uns_shown = {number for _, number in shown} - {""}, {un for un, _ in shown}
    if len(numbers) < len(PANEL_SIDES) or len(uns_shown) > 1:
        return
    good = hazard_ids(_entries(context, *uns_shown), in_tank=is_tank(context))
    if good is None or numbers <= good:
        look = Look(context, "R10")
        for end in PANEL_SIDES:
            look.note(f"seen.panels.{end}", panel_text(context.situation.seen.panels[end]), "officer")
        yield look.says("panel_wrong", conflict=True, subject="panels")


def _entries(context: Context, un: str) -> tuple[Goods, ...]:
    """Return what goods of a number may be, by the waybill where it names them."""
    return tuple(entry for one in context.declared or () for entry in one.goods if entry.un == un) or context.goods(un)


def _made_before_2005(context: Context, side: str, panel: Panel) -> Iterator[Result]:
    if context.by_adr and panel.present and panel.pre_2005:
        look = Look(context, "R10")
        look.note(f"seen.panels.{side}.pre_2005", "yes", "officer")
        look.note("limit", OLD_PLATES_UNTIL.isoformat())
        yield look.says("panel_old", conflict=context.situation.day > OLD_PLATES_UNTIL, subject=side)


def looked_for(context: Context) -> tuple[str, ...]:
    """Return where a plate has to be looked for: the ends, and beside each compartment of a tank of several goods."""
    if not is_tank(context) or several(context) is False:
        return PANEL_SIDES
    bill, tank = context.situation.waybill, context.situation.tank
    numbers = {one.number for one in (tank and tank.compartments) or () if one.number and one.un}
    numbers |= {line.compartment for line in (bill and bill.lines) or () if line.compartment}
    each = sorted({compartment(number) for number in numbers})
    return (*PANEL_SIDES, *(f"{side}.{number}" for number in each for side in LONG_SIDES))


def _place(side: str) -> str:
    """Return a side as `looked_for` names it, however its compartment is written."""
    end, dot, number = side.partition(".")
    return f"{end}{dot}{compartment(number)}"


def _panel(context: Context, side: str, panel: Panel) -> Iterator[Result]:
    look = Look(context, "R10")
    look.note(f"seen.panels.{side}", panel_text(panel), "officer")
    if context.declared is None:
        yield from _without_waybill(look, side, panel)
        return
    look.note("waybill.lines", waybill_text(context), "waybill")
    weigh(look)
    if not panel.present:
        if side.partition(".")[0] not in LONG_SIDES or several(context) is not False:
            yield look.says(
                "panel_missing", conflict=_wrongly_absent(look, side) and not is_relieved(look), subject=side
            )
    elif panel.blank:
        yield look.says("panel_blank", conflict=_wrongly_blank(look, side), subject=side)
    elif not fold("un", panel.un):
        look.lack(f"seen.panels.{side}.un")
        yield look.says("panel_wrong", conflict=False, subject=side)
    else:
        case, wrong = _numbers(look, side, panel, fold("un", panel.un))
        yield look.says(case, conflict=wrong, subject=side)


def _without_waybill(look: Look, side: str, panel: Panel) -> Iterator[Result]:
    """What a plate tells without a waybill, where officers or the last load tell the goods.

    An uncleaned tank counts as loaded (ADR 5.3.2.1.7), so that a plate that is not there is missing. What one has to
    say only goods tell that the officers established.
    """
    found = sorted(uns(look.context))
    look.note("seen.goods" if look.context.situation.seen.goods else "tank.last_goods", "、".join(found) or None)
    if not found:
        look.lack("waybill.lines")
        yield look.says("panel_wrong", conflict=False, subject=side)
    elif not panel.present and side not in LONG_SIDES:
        yield look.says("panel_missing", conflict=not is_relieved(look), subject=side)
    elif panel.present:
        named = fold("un", panel.un) if look.context.situation.seen.goods and not panel.blank else ""
        look.lack(*(() if named else ("waybill.lines",)))
        yield look.says("panel_wrong", conflict=bool(named) and named not in found, subject=side)


def _wrongly_absent(look: Look, side: str) -> bool:
    """Whether a plate has to be there.

    The sides of a tank of several fuels may be bare where both ends show the most dangerous (ADR 5.3.2.1.3); GB
    13392-2023 was not read, so that in China nothing is sure unless the ends are blank or bare too.
    """
    ends = fuel_plate(look.context)
    if side.partition(".")[0] not in LONG_SIDES:
        return True
    if unnamed(look.context):
        look.lack("waybill.lines.un")
        return False
    if not ends:
        return True
    panels = look.context.situation.seen.panels
    unseen = [f"seen.panels.{end}" for end in PANEL_SIDES if end not in panels]
    look.lack(*unseen)
    shown = {un_digits(panels[end].un or "") for end in PANEL_SIDES if end in panels}
    if not unseen and shown == {""}:
        return True
    if knows_fuel_plate(look.context):
        return not unseen and not shown <= ends
    look.lack(SILENT)
    return False


def _wrongly_blank(look: Look, side: str) -> bool:
    """A blank plate lacks its numbers on a tank of one goods and beside a compartment; at the ends of several not.

    For packages and bulk GB 13392-2023 was not read; by ADR it is right on packages, but of class 7 not always.
    """
    context = look.context
    if "." in side or (is_tank(context) and several(context) is False):
        return True
    if is_tank(context) and several(context) is None:
        look.lack("waybill.lines.un")
    elif not is_tank(context) and context.situation.seen.containment is None:
        look.lack("seen.containment")
    elif not (side in PANEL_SIDES and (is_tank(context) or _may_be_blank(context))):
        look.lack(SILENT)
    return False


def _may_be_blank(context: Context) -> bool:
    packed = context.by_adr and context.situation.seen.containment == "packages"
    return packed and all(goods.class_ != "7" for one in context.declared or () for goods in one.goods)


def _numbers(look: Look, side: str, panel: Panel, un: str) -> tuple[str, bool]:
    """Return the case of a numbered plate and whether it is wrong; of several goods only the compartment tells."""
    context, (_, _, number) = look.context, side.partition(".")
    established = context.found or un
    look.lack(*(["seen.goods"] if context.found == "" else []))
    if unnamed(context) and not {un, established} <= declared_uns(context):
        look.lack("waybill.lines.un")
        return "panel_wrong", False
    if un not in declared_uns(context):
        return _difference(look), True
    if established not in declared_uns(context):
        look.note("seen.goods", established, "officer")
        return "panel_wrong", True
    ends = fuel_plate(context)
    if side in PANEL_SIDES and ends and un not in ends:
        look.note("required.panels", "、".join(sorted(ends)))
        return "panel_wrong", True
    held = in_compartment(context, number)
    if number and held and un not in held:
        look.note(f"tank.compartments.{number}", "、".join(sorted(held)))
        return "panel_other_compartment", True
    wrong = _wrong_hazard_id(look, side, panel, un)
    if not wrong and not held and unnamed(context):
        look.lack("waybill.lines.un")
    elif (
        not wrong
        and not held
        and several(context)
        and not (side in PANEL_SIDES and un in ends and knows_fuel_plate(context))
    ):
        look.lack("waybill.lines.compartment" if side not in PANEL_SIDES else SILENT)
    return "panel_wrong", wrong


def _wrong_hazard_id(look: Look, side: str, panel: Panel, un: str) -> bool:
    goods = _entries(look.context, un)
    numbers = hazard_ids(goods, in_tank=is_tank(look.context))
    if numbers is None:
        look.lack("goods.hazard_id")
        return False
    seen = fold("hazard_id", panel.hazard_id)
    if not seen:
        look.lack(f"seen.panels.{side}.hazard_id")
        return False
    if any(one.differs("hazard_id") for one in goods):
        look.warn("goods.hazard_id", "、".join(sorted(numbers)))
    return seen not in numbers


def _difference(look: Look) -> str:
    found = look.context.found
    look.note("seen.goods", look.context.situation.seen.goods, "officer")
    if not found:
        return "panel_unresolved"
    return "panel_wrong" if found in declared_uns(look.context) else "goods_differ"


def panel_text(panel: Panel) -> str | None:
    """Return an orange plate as `80/1832`, a blank one as `—/—`."""
    if not panel.present:
        return None
    if panel.blank:
        return "—/—"
    return f"{panel.hazard_id or '?'}/{panel.un or '?'}"
