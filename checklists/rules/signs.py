"""R10: orange plates, diamonds and marks as seen, against the goods declared. GB 13392-2023, 29号令 art. 44."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.goods.listing import un_digits
from checklists.rules.context import EXEMPT_KG, EXEMPT_PATHS, Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.panels import panel_results, panel_text
from checklists.rules.placards import mark_results, placard_results
from checklists.rules.sign_places import declared_uns, unnamed, waybill_text

__all__ = ["panel_text", "r10_signs"]


def r10_signs(context: Context) -> Iterator[Result]:
    """Each orange plate and each side's diamonds against the waybill; where all is exempt, plates of other goods alone.

    A sign that differs from the waybill says that one of them is wrong, not which. What the officers establish as
    loaded decides: the declared goods make the sign wrong, others the waybill; until then it is unresolved.
    """
    if context.situation.seen.loaded == "empty":
        yield from _left_on(context)
    elif not context.ordinary:
        yield from _goods(context)
        yield from panel_results(context)
        yield from placard_results(context)
        yield from mark_results(context)
    else:
        yield from _of_others(context)
        yield from _limited_mark(context)


def _limited_mark(context: Context) -> Iterator[Result]:
    """The mark of limited quantities: whether one is there is open where they are, or may be, above the limit."""
    mass = context.amounts.get("limited", 0)
    if mass is None or mass > EXEMPT_KG:
        look = Look(context, "R10")
        look.note(EXEMPT_PATHS["limited"], mass, "waybill")
        look.lack(*([EXEMPT_PATHS["limited"]] if mass is None else ["required.signs"]))
        yield look.says("placard_missing", conflict=False, subject="limited")


def _of_others(context: Context) -> Iterator[Result]:
    """Plates beside an exempt load that name goods which the waybill does not: whether these are aboard is open."""
    declared, panels = declared_uns(context), context.situation.seen.panels
    for side in sorted(panels):
        if panels[side].present and panels[side].un and un_digits(panels[side].un or "") not in declared:
            look = Look(context, "R10")
            look.note(f"seen.panels.{side}", panel_text(panels[side]), "officer")
            look.note("waybill.lines", waybill_text(context), "waybill")
            look.lack("seen.goods")
            yield look.says("panel_unresolved", conflict=False, subject=side)


def _left_on(context: Context) -> Iterator[Result]:
    """Signs on what is empty and clean: they have to go (PLA-06)."""
    seen = context.situation.seen
    shown = {f"panels.{side}": panel_text(panel) for side, panel in seen.panels.items()}
    shown |= {f"placards.{side}": "、".join(sorted(labels)) or None for side, labels in seen.placards.items()}
    for path in sorted(shown):
        look = Look(context, "R10")
        look.text("seen.loaded")
        look.note(f"seen.{path}", shown[path], "officer")
        yield look.says("signs_left_on", conflict=shown[path] is not None, subject=path)


def _goods(context: Context) -> Iterator[Result]:
    """The officers established goods that the waybill does not name, and no sign names them either."""
    found, declared = context.found, declared_uns(context)
    if found is None or not declared or found in declared:
        return
    if found not in {un_digits(panel.un or "") for panel in context.situation.seen.panels.values()} - {""}:
        look = Look(context, "R10")
        look.lack(*(["waybill.lines.un"] if unnamed(context) else []), *([] if found else ["seen.goods"]))
        look.note("waybill.lines", waybill_text(context), "waybill")
        look.note("seen.goods", context.situation.seen.goods, "officer")
        yield look.says("goods_differ", conflict=not look.missing, subject="goods")
