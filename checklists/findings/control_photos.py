"""Control photos: which items of a check are to be photographed though nothing is wrong, drawn by the vehicle's tier.

One touch says that a section has no deviation. So that nobody gets used to saying it without looking, a few items are
drawn of which a picture is asked first. The draw is fixed by the inspection's id, so that it cannot be tried again
until it falls conveniently, and the office can draw it anew. How many are drawn is ours, not law.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from checklists.findings.finding import ItemState
from checklists.law.cases import Known, holds
from checklists.values import frozen

RATES = {"low": 100, "medium": 150, "high": 200}
"""Photos per hundred full checks, by tier (`tiers`): a full check always has one, a high tier two. Ours."""

QUICK_RATES = {"low": 10, "medium": 25, "high": 100}
"""The same on a short checklist, which an officer confirms as a whole by his PIN: no tier is never looked at. Ours."""

_UNSEEN = ("OPR", "EDU")
"""Sections of talk and teaching, of which a picture shows nothing."""


@frozen
class Drawn:
    """An item of which a control photo is asked before its section may be cleared."""

    section: str
    item: str


def draw(
    inspection: str, level: str, items: Iterable[ItemState], *, quick: bool = False, known: Known | None = None
) -> tuple[Drawn, ...]:
    """Return what is drawn, at most one item of a section, in walking order; the same for the same inspection.

    Drawn are items that a picture can show and that the rules do not already settle; with `known`, the facts of this
    vehicle, only those that apply for sure: nobody photographs a permit that this load does not have. A tier that this
    version does not know counts as high.
    """
    sections: dict[str, list[ItemState]] = {}
    for one in items:
        shows = one.state == "open" and one.item.photo != "never" and one.section not in _UNSEEN
        if shows and (known is None or holds(one.item.applies_when, known)):
            sections.setdefault(one.section, []).append(one)
    order = sorted(sections, key=lambda section: _chance(inspection, section))
    chosen = order[: _count(inspection, (QUICK_RATES if quick else RATES).get(level, RATES["high"]))]
    return tuple(
        Drawn(section, min(mine, key=lambda one: _chance(inspection, one.item.id)).item.id)
        for section, mine in sections.items()
        if section in chosen
    )


def _count(inspection: str, rate: int) -> int:
    """Return how many are drawn at so many per hundred; the rest is left to chance."""
    whole, rest = divmod(rate, 100)
    return whole + (_chance(inspection, "count") % 100 < rest)


def _chance(inspection: str, what: str) -> int:
    return int.from_bytes(sha256(f"{inspection}/{what}".encode()).digest()[:8], "big")
