"""R15: tractor, trailer and tank as permitted."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.road_numbers import other, said, seen_as

NO_TRACTORS = ("lorry", "tank_vehicle", "box_truck", "light_truck")
"""Kinds of vehicle that surely are no tractors; of any other word nobody can tell."""


def r15_pairing(context: Context) -> Iterator[Result]:
    """The trailer is the one that this tractor is permitted with, the tank the one of this vehicle.

    What was seen counts, and where nobody looked what the waybill says. The papers shown are for what was seen. A
    trailer belongs behind a tractor: a lorry with a trailer (货车列车) is forbidden for dangerous goods.
    """
    seen = context.situation.seen
    trailer = context.has_trailer or seen.trailer_plate is not None
    if trailer:
        yield _permitted(context, "trailer", "vehicle.trailer", "seen.trailer_plate", "waybill.trailer_plate")
        yield from _papers(context, "trailer", "trailer.plate", "seen.trailer_plate")
        yield _tractor(context)
    if context.has_tank or seen.tank_number is not None:
        base = "trailer" if trailer else "vehicle"
        yield _permitted(context, "tank", f"{base}.tank", "seen.tank_number", "waybill.tank")
        yield from _papers(context, "tank", "tank.number", "seen.tank_number")


def _permitted(context: Context, unit: str, permitted: str, there: str, declared: str) -> Result:
    look = Look(context, "R15")
    found = seen_as(look, there) if look.has(there) else said(look, declared)
    differ = other(look, unit, permitted, said(look, permitted), found)
    return look.says(f"{unit}_not_permitted", conflict=differ, subject=unit)


def _papers(context: Context, unit: str, papers: str, there: str) -> Iterator[Result]:
    look = Look(context, "R15")
    if look.has(papers) and look.has(there):
        differ = other(look, unit, papers, said(look, papers), seen_as(look, there))
        yield look.says(f"{unit}_papers_differ", conflict=differ, subject=unit)


def _tractor(context: Context) -> Result:
    look = Look(context, "R15")
    kind = look.text("vehicle.kind")
    if kind not in (None, "tractor", *NO_TRACTORS):
        look.lack("vehicle.kind")
    if context.situation.trailer is None and context.situation.seen.trailer_plate is None:
        look.lack("seen.trailer_plate")  # on the waybill alone
        return look.says("not_a_tractor", conflict=False, subject="vehicle")
    return look.says("not_a_tractor", conflict=kind in NO_TRACTORS, subject="vehicle")
