"""First response to a leak or a fire: distances and guide of one UN number, or of everything on board. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checklists import words as kernel
from checklists.goods.listing import Goods, Tables
from checklists.goods.response import Advice, Most, Response, card
from mobile.library.goods import entry, hits, key_of, name
from mobile.library.shapes import MOST, Block, Card, Row, blocks
from mobile.words import _, words

UNKNOWN = "?"
"""The row of a load that nobody knows."""
ABOARD = "*"
"""The row of everything on board together."""


class ResponseShelf:
    """Goods, each with what to do first."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self, text: str, aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return goods by number or name, once a number; without a text those in hand, and the unknown load."""
        by_number = {one.un: one for one in reversed(hits(self.tables, text, aboard))}
        rows = [
            Row(key_of(one), f"UN {one.un}", name(one), labels=one.placards) for one in reversed(by_number.values())
        ]
        if text.strip():
            return tuple(rows[:MOST])
        together = [Row(ABOARD, _("Everything on board together"))] if len(by_number) > 1 else []
        return (*together, *rows, Row(UNKNOWN, _("Nobody knows what it is"), _("guide 111")))[:MOST]

    def card(self, key: str, aboard: Sequence[Goods]) -> Card | None:
        """Return the card; the longest distance of each kind stands first."""
        goods = {ABOARD: tuple(aboard), UNKNOWN: ()}.get(key)
        if goods is None:
            one = entry(self.tables, key)
            if one is None:
                return None
            goods = (one,)
        found = card(goods, self.tables)
        single = goods[0] if len(goods) == 1 else None
        return Card(
            key=key,
            title=_title(goods),
            subtitle=words.pick(found.edition),
            hazard=single.hazard_id if single else "",
            un=single.un if single else "",
            labels=tuple(dict.fromkeys(label for one in goods for label in one.placards)),
            blocks=(*_distances(found), *(block for one in found.advices for block in _advice(one)), _mind()),
        )


def _title(goods: Sequence[Goods]) -> str:
    if len(goods) == 1:
        return name(goods[0])
    return _("Everything on board together") if goods else _("Nobody knows what it is")


def _distances(found: Response) -> tuple[Block, ...]:
    told = []
    for kind in ("isolation_m", "protection_m", "evacuation_m", "fire_isolation_m"):
        most: Most | None = getattr(found, kind)
        tone = "danger" if most else "neutral"
        told.append(Block(_named(kind), most.shown if most else _("not given"), tone))
    return tuple(told)


def _advice(one: Advice) -> tuple[Block, ...]:
    marks = {
        _("toxic by inhalation"): one.toxic_by_inhalation,
        _("may polymerize"): one.polymerizes,
        _("not in the guidebook"): bool(one.un) and not one.listed,
    }
    warned = "；".join(mark for mark, holds in marks.items() if holds)
    title = f"{_named('guide')} {one.guide.number}" + (f" · UN {one.un}" if one.un else "")
    return (
        *((Block(f"UN {one.un}", warned, "danger"),) if warned else ()),
        *blocks(
            (title, words.pick(one.guide.title)),
            (_named("hazard"), words.pick(one.guide.hazard)),
            (_named("action"), words.pick(one.guide.action)),
        ),
    )


def _named(name: str) -> str:
    return _(kernel.RESPONSE[name])


def _mind() -> Block:
    return Block(_("mind"), _("help for the first minutes; it does not replace the orders of the incident command"))
