"""What kind of load the law asks about: a listed hazardous chemical, or goods that have a regulation of their own.

Which goods are in the list of hazardous chemicals (危险化学品目录) is in no table: officers state it, as
`seen.facts.hazchem`. Civil explosives, fireworks and radioactive goods are never under the Law on hazardous chemicals
(its art. 121¶2).
"""

from __future__ import annotations

import re

from checklists.goods.listing import Goods
from checklists.patterns import pattern
from checklists.rules.context import Context

OF_ITS_OWN = frozenset({"explosives", "fireworks", "radioactive"})
"""Kinds that have a regulation of their own and are outside of the Law on hazardous chemicals."""

FIREWORKS = frozenset({"0333", "0334", "0335", "0336", "0337"})

BLASTING = pattern(r"BLASTING|, COMMERCIAL|CORD.*, DETONATING", re.IGNORECASE)
"""Explosives for industry by their names in the list. Of other goods of class 1 (signals, air bags, ammunition, black
powder) no table tells whether they are civil explosives (列入民用爆炸物品品名表), for fireworks, or neither."""

_YES, _NO = frozenset({"yes"}), frozenset({"no"})


def hazchem(context: Context) -> frozenset[str] | None:
    """Return whether a listed hazardous chemical is aboard: yes, no, or None where it is not known.

    Highly toxic chemicals and explosive precursors are listed ones by definition.
    """
    said = _stated(context, "hazchem")
    if said in ("yes", "no"):
        return frozenset({said})
    if "yes" in (_stated(context, "highly_toxic"), _stated(context, "toxic_or_precursor")):
        return _YES
    if context.situation.seen.loaded == "empty":
        return _NO
    kinds = special_law(context)
    return _NO if kinds and kinds <= OF_ITS_OWN else None


def special_law(context: Context) -> frozenset[str] | None:
    """Return under which regulation of their own the goods aboard are, `none`: under none; None where that is open."""
    said = _stated(context, "special_law")
    if said in OF_ITS_OWN | {"none"}:
        return frozenset({said})
    if context.situation.seen.loaded == "empty":
        return frozenset({"none"})
    loads = context.loads or [one.goods for one in context.declared or ()]
    kinds = {_kind(goods) for load in loads for goods in load}
    known = context.loads is not None and all(loads) and bool(kinds) and "" not in kinds
    return frozenset(kinds) if known else None


def _kind(goods: Goods) -> str:
    if goods.class_ == "7":
        return "radioactive"
    if goods.un in FIREWORKS:
        return "fireworks"
    if goods.class_ == "1":
        return "explosives" if BLASTING.search(goods.name_en) else ""
    return "none"


def _stated(context: Context, fact: str) -> str:
    return context.situation.seen.facts.get(fact, "").strip()
