"""R2 and R7: whether these goods may be on this carrier's vehicle and in this tank at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from checklists.facts.identifiers.keys import un_key
from checklists.goods.listing import Goods, GoodsTable
from checklists.goods.meanings import Meaning, meaning
from checklists.goods.tanks import fits
from checklists.rules.crosscheck import Context, Look, Result

_SCOPE = re.compile(r"(?:UN)?([0-9]{4})|第?([1-9](?:\.[1-6])?)(?:类|项)?")
"""What a scope may name: a UN number, or a class or division as `8`, `第8类`, `2.1项`."""


_MEDIA = re.compile(r"[、;；/\n]|[，,](?!\s*(?:含|不|未|稳|无|液|固|冷|压|溶|干|湿|按|温|装))")
"""What parts the media of a list that is written as one text."""


def r2_scope(context: Context) -> Iterator[Result]:
    """Class, division or named goods of every line lie inside the permitted scope. 29号令 art. 22.

    Ordinary goods need no scope. Words in a scope that name no class leave what they may cover open.
    """
    if context.ordinary:
        return
    scopes = [("carrier_scope", "carrier.licence.scope"), ("vehicle_scope", "vehicle.permit.scope")]
    if context.has_trailer:
        scopes.append(("vehicle_scope", "trailer.permit.scope"))
    for case, path in scopes:
        look = Look(context, "R2")
        look.exemption()
        scope = look.texts(path)
        judged = _each(look, partial(covers, scope))
        look.lack(*(path for verdict in judged if scope and verdict is None))
        yield look.says(case, conflict=False in judged, subject=path.partition(".")[0])


def covers(scope: tuple[str, ...] | None, goods: Goods) -> bool | None:
    """Whether a scope names the class, the division or the UN number of the goods; class 2 covers 2.1 to 2.3.

    None where it is not known, or where it does not but holds words that name no class.
    """
    if scope is None:
        return None
    found = [_SCOPE.fullmatch(one.replace(" ", "").upper()) for one in scope]
    named = {one[1] or one[2] for one in found if one}
    if named & {goods.class_, goods.division, goods.un}:
        return True
    return False if all(found) else None


def r7_tank_goods(context: Context) -> Iterator[Result]:
    """Each line's goods are on the tank's permitted list; without one the tank code decides. 29号令 art. 23."""
    if not context.has_tank or context.ordinary:
        return
    look = Look(context, "R7")
    look.exemption()
    media = look.texts("tank.media") if look.has("tank.media") else None
    if media is None:
        yield _by_code(context)
        return
    judged = _each(look, lambda one: listed(media, one, context.tables.goods))
    look.lack(*("tank.media" for verdict in judged if verdict is None))
    found = look.says("goods_not_on_list", conflict=False in judged)
    yield found
    if found.verdict == "cannot_tell" and (code := _by_code(context)).verdict == "conflict":
        # Words on the list leave it open; the code forbids it whatever they mean.
        yield code


def _by_code(context: Context) -> Result:
    look = Look(context, "R7")
    look.exemption()
    code = look.text("tank.code")
    asked = sorted({one.tank_code or "?" for load in context.certain for one in load})
    look.note("goods.tank_code", "、".join(asked) or None)
    table = context.tables.tank_codes
    judged = _each(look, lambda one: fits(one.tank_code, code, table).fits if code else None)
    look.lack(*("tank.media" for verdict in judged if verdict is None))
    return look.says("tank_code_unfit", conflict=False in judged)


def listed(media: tuple[str, ...], goods: Goods, table: GoodsTable | None = None) -> bool | None:
    """Whether a permitted list names the goods, by UN number or name; None where names on it may still mean them.

    A name that means several numbers names each of them; one that means none, or only begins a name, leaves it open.
    """
    known: list[bool] = []
    for one in (part for text in media for part in _MEDIA.split(text) if part.strip()):
        number = un_key(one)
        means = meaning(table, one) if table is not None and not number else Meaning()
        if number == goods.un or goods.un in means.all or goods.is_named(one):
            return True
        known.append(bool(number or means.own or means.everyday))
    return False if all(known) else None


def _each(look: Look, judge: Callable[[Goods], bool | None]) -> list[bool | None]:
    """Return a verdict for each kind of goods aboard; None where the entries that it may mean differ."""
    context = look.context
    if context.loads is None:
        look.lack("waybill.lines")
    verdicts = []
    for load in sorted(context.certain, key=lambda load: [(one.un, one.variant) for one in load]):
        look.note("goods", "、".join(dict.fromkeys(f"UN {one.un} {one.division}" for one in load)))
        every = {judge(one) for one in load}
        if len(every) > 1:
            look.lack("waybill.lines.packing_group")
        verdicts.append(next(iter(every)) if len(every) == 1 else None)
    return verdicts
