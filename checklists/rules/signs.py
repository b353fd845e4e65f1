"""R10: orange plates and diamonds as seen, against the goods declared. GB 13392-2023, 29号令 art. 44."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Loaded, Look, Result
from checklists.seen import Panel


def r10_signs(context: Context) -> Iterator[Result]:
    """Each orange plate and each side's diamonds against the waybill.

    A sign that differs from the waybill says that one of them is wrong, not which. What the officers establish as
    loaded decides: the declared goods make the sign wrong, others the waybill; until then it is unresolved.
    """
    seen = context.situation.seen
    yield from _panels(context)
    if seen.placards:
        for side in sorted(seen.placards):
            yield _placards(context, side)
    else:
        look = Look(context, "R10")
        look.lack("seen.placards")
        yield look.says("placard_missing", conflict=False, subject="placards")


def _panels(context: Context) -> Iterator[Result]:
    panels = context.situation.seen.panels
    if not panels:
        look = Look(context, "R10")
        look.lack("seen.panels")
        yield look.says("panel_missing", conflict=False, subject="panels")
    for side in sorted(panels):
        yield _panel(context, side, panels[side])


def _panel(context: Context, side: str, panel: Panel) -> Result:
    look = Look(context, "R10")
    look.note(f"seen.panels.{side}", panel_text(panel), "officer")
    declared = context.declared
    if declared is None:
        look.lack("waybill.lines")
        return look.says("panel_wrong", conflict=False, subject=side)
    look.note("waybill.lines", "、".join(_expected(one) for one in declared), "waybill")
    if not panel.present:
        return look.says("panel_missing", conflict=True, subject=side)
    if panel.un is None:
        look.lack(f"seen.panels.{side}.un")
        return look.says("panel_wrong", conflict=False, subject=side)
    if panel.un in {one.line.un for one in declared}:
        numbers = {goods.hazard_id for one in declared for goods in one.goods if goods.un == panel.un}
        if None in numbers or "" in numbers or not numbers:
            look.lack("goods.hazard_id")
            return look.says("panel_wrong", conflict=False, subject=side)
        return look.says("panel_wrong", conflict=panel.hazard_id not in numbers, subject=side)
    return look.says(_difference(context, look), conflict=True, subject=side)


def _difference(context: Context, look: Look) -> str:
    goods = context.situation.seen.goods
    look.note("seen.goods", goods, "officer")
    if goods is None:
        return "panel_unresolved"
    declared = {one.line.un for one in context.declared or ()}
    return "panel_wrong" if goods in declared else "goods_differ"


def _placards(context: Context, side: str) -> Result:
    look = Look(context, "R10")
    shown = set(context.situation.seen.placards[side])
    look.note(f"seen.placards.{side}", "、".join(sorted(shown)) or None, "officer")
    if context.on_board is None:
        look.lack("waybill.lines")
        return look.says("placard_wrong", conflict=False, subject=side)
    wanted = {placard for goods in context.on_board for placard in goods.placards}
    look.note("goods.placards", "、".join(sorted(wanted)))
    if not shown:
        return look.says("placard_missing", conflict=bool(wanted), subject=side)
    return look.says("placard_wrong", conflict=shown != wanted, subject=side)


def panel_text(panel: Panel) -> str | None:
    """Return an orange plate as `80/1832`."""
    if not panel.present:
        return None
    return f"{panel.hazard_id or '?'}/{panel.un or '?'}"


def _expected(one: Loaded) -> str:
    numbers = sorted({goods.hazard_id or "?" for goods in one.goods}) or ["?"]
    return f"{'|'.join(numbers)}/{one.line.un or '?'}"
