"""R2 and R7: whether these goods may be on this carrier's vehicle and in this tank at all."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Look, Result
from checklists.goods import Goods
from checklists.tanks import fits


def r2_scope(context: Context) -> Iterator[Result]:
    """Class, division or named goods of everything on board lie inside the permitted scope. 29号令 art. 22."""
    scopes = [("carrier_scope", "carrier.licence.scope"), ("vehicle_scope", "vehicle.permit.scope")]
    if context.has_trailer:
        scopes.append(("vehicle_scope", "trailer.permit.scope"))
    for case, path in scopes:
        look = Look(context, "R2")
        scope = look.texts(path)
        goods = context.on_board
        if goods is None:
            look.lack("waybill.lines")
        for one in goods or ():
            look.note("goods", f"UN {one.un} {one.division}")
        outside = scope is not None and any(not covers(scope, one) for one in goods or ())
        yield look.says(case, conflict=outside, subject=path.partition(".")[0])


def covers(scope: tuple[str, ...], goods: Goods) -> bool:
    """Whether a scope names the class, the division or the UN number of the goods; class 2 covers 2.1 to 2.3."""
    wanted = {goods.class_, goods.division, f"UN{goods.un}", goods.un}
    named = {one.replace(" ", "").upper().removeprefix("第").removesuffix("类").removesuffix("项") for one in scope}
    return bool(wanted & named)


def r7_tank_goods(context: Context) -> Iterator[Result]:
    """The goods are on the tank's permitted list; where it is not known, the tank code decides. 29号令 art. 23."""
    if not context.has_tank:
        return
    look = Look(context, "R7")
    media = look.texts("tank.media") if look.has("tank.media") else None
    goods = context.on_board
    if goods is None:
        look.lack("waybill.lines")
        yield look.says("goods_not_on_list", conflict=False)
        return
    if media is not None:
        listed = {one.upper().replace(" ", "").removeprefix("UN") for one in media}
        look.note("goods", "、".join(sorted({f"UN {one.un}" for one in goods})))
        yield look.says("goods_not_on_list", conflict=any(one.un not in listed for one in goods))
        return
    code = look.text("tank.code")
    if code is None:
        look.lack("tank.media")
    judged = [fits(one.tank_code, code, context.tables.tank_codes) for one in goods] if code else []
    look.note("goods.tank_code", "、".join(sorted({one.tank_code or "?" for one in goods})))
    if any(one.fits is None for one in judged):
        look.lack("tank.media")
    yield look.says("tank_code_unfit", conflict=any(one.fits is False for one in judged))
