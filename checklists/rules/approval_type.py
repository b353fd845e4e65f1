"""R7: what the vehicle is built and approved as, against what its goods need. ADR 7.4.2, 9.1.1.2; GB 21668.

That GB 21668 asks for the same types was not read: the law is shown as to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from checklists.goods.listing import Goods
from checklists.goods.required_signs import vehicle_fits
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import is_tank

CASE = "vehicle_type"

LEAST = "AT"
"""What every tank vehicle is at least: goods that need no more ask nothing of it."""

_PACKED_EXPLOSIVES = ("V2", "EX/II")
"""The special provision for class 1 in packages, and the least vehicle that it asks. ADR 7.2.4 V2."""


def r7_approval_type(context: Context) -> Iterator[Result]:
    """Tractor and trailer each; a type that nobody named cannot be told. Nothing where the goods ask nothing."""
    if context.ordinary:
        return
    asked, by_some = _asked(context)
    if not asked | by_some:
        return
    for unit in ("vehicle", "trailer") if context.has_trailer else ("vehicle",):
        yield _unit(context, unit, asked, by_some)


def _unit(context: Context, unit: str, asked: frozenset[str], by_some: frozenset[str]) -> Result:
    look = Look(context, "R7")
    held = look.text(f"{unit}.approval_type")
    look.note("goods.vehicle_type", "、".join(sorted(asked | by_some)))
    fits, open_ = (_fits(context, held, types) for types in (asked, by_some))
    if held is not None and False not in fits and None in fits:
        look.lack(f"{unit}.approval_type")
    if by_some:
        look.warn("goods.vehicle_type", " / ".join(sorted(by_some | {LEAST})))
    if held is not None and not all(open_):
        look.lack("goods.vehicle_type")
    return look.says(CASE, conflict=False in fits, subject=unit)


def _fits(context: Context, held: str | None, types: frozenset[str]) -> list[bool | None]:
    return [] if held is None else [vehicle_fits(one, type_of(held), context.tables.vehicle_types) for one in types]


def type_of(text: str) -> str:
    """Return a type as the table writes it: `fl` is FL, `EXIII` and `EX-III` are EX/III."""
    bare = "".join(one for one in text.upper() if one.isalnum())
    return f"EX/{bare[2:]}" if bare in ("EXII", "EXIII") else bare


def _asked(context: Context) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types that goods ask for beyond any tank vehicle: by every edition in force, and by some alone.

    Of an open entry only what all entries ask.
    """
    each = [{_types(context, goods) for goods in load} for load in context.certain]
    told = [next(iter(types)) for types in each if len(types) == 1]
    certain = {next(iter(types)) for types in told if len(types) == 1}
    by_some = {one for types in told if len(types) > 1 for one in types}
    return frozenset(certain - {"", LEAST}), frozenset(by_some - {"", LEAST})


def _types(context: Context, goods: Goods) -> frozenset[str]:
    if is_tank(context):
        return frozenset(goods.told("vehicle_for_tank") if "vehicle_for_tank" in goods.row else ())
    provision, least = _PACKED_EXPLOSIVES
    packed = context.situation.seen.containment == "packages" or not context.has_tank
    return frozenset({least if packed and provision in goods.row.get("sp_packages", "").split(";") else ""})
