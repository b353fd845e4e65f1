"""The card for the first minutes of a leak: distances that can be read from two metres, and the guide's words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.facts.situation import in_law_zone
from checklists.goods.listing import Goods, un_digits
from checklists.goods.response import Advice, Most, card
from mobile.inspecting.inspection import Held
from mobile.words import _, words

DAY_BEGINS, NIGHT_BEGINS = 6, 18
"""Hours of Beijing time between which the day's distances are shown. Ours; the officer can change over."""

_KM_M = 1000
_FAR_KM = 11


@dataclass(frozen=True)
class Figure:
    """One distance: what it is for, the value with its unit, and the goods that it comes from."""

    name: str
    value: str
    unit: str
    origin: str


@dataclass(frozen=True)
class GuideCard:
    """What the guidebook says of one material."""

    un: str
    name: str
    labels: tuple[str, ...]
    guide: str
    hazard: str
    action: str
    marks: str


@dataclass(frozen=True)
class ResponseState:
    """The card. `large` and `night` say what it is for; `warning` what is missing from it."""

    large: bool
    night: bool
    figures: tuple[Figure, ...]
    guides: tuple[GuideCard, ...]
    warning: str
    source: str


def response_state(held: Held, now: datetime, large: bool | None = None, night: bool | None = None) -> ResponseState:
    """Return the card of everything on board; a large spill, and day or night by the clock, unless said otherwise."""
    size = True if large is None else large
    dark = not DAY_BEGINS <= in_law_zone(now).hour < NIGHT_BEGINS if night is None else night
    goods, unknown = _aboard(held)
    found = card(goods, held.kit.tables, unknown=unknown, large=size, night=dark)
    downwind = _("Downwind: protect") if found.protection_m else _("Downwind: evacuate")
    return ResponseState(
        size,
        dark,
        (
            _figure(_("All around: isolate"), found.isolation_m),
            _figure(downwind, found.protection_m or found.evacuation_m),
            _figure(_("On fire: all around"), found.fire_isolation_m),
        ),
        tuple(_guide(one, goods) for one in found.advices),
        _warning(found.unlisted, unidentified=not goods and not unknown),
        words.pick(found.edition),
    )


def _aboard(held: Held) -> tuple[list[Goods], list[str]]:
    """Return every entry that the goods on board may mean, and the numbers that no list has."""
    situation, seen = held.assessment.situation, held.assessment.situation.seen.goods
    numbers = [one.un for one in (situation.waybill.lines if situation.waybill else None) or () if one.un]
    # What the signs say counts too: until it is known which is right, the longer distance holds.
    signs = [panel.un for panel in situation.seen.panels.values() if panel.un]
    wanted = list(dict.fromkeys(un_digits(one) for one in (*numbers, *signs, *([seen] if seen else []))))
    table = held.kit.tables.goods
    return [goods for un in wanted for goods in table.lookup(un)], [un for un in wanted if un not in table]


def _figure(name: str, most: Most | None) -> Figure:
    if most is None:
        return Figure(name, "—", "", _("not given: follow the guide"))
    origin = "、".join(f"UN {un}" for un in most.un if un)
    if most.metres < _KM_M:
        return Figure(name, str(most.metres), "m", origin)
    km = f"{most.metres / _KM_M:.1f}".removesuffix(".0")
    return Figure(name, km + ("+" if most.metres >= _FAR_KM * _KM_M else ""), "km", origin)


def _guide(one: Advice, goods: Iterable[Goods]) -> GuideCard:
    labels = next((found.placards for found in goods if found.un == one.un), ())
    marks = {
        _("toxic by inhalation"): one.toxic_by_inhalation,
        _("may polymerise"): one.polymerizes,
        _("not in the guidebook"): bool(one.un) and not one.listed,
    }
    return GuideCard(
        one.un,
        words.pick(one.name) if one.name else _("load not identified"),
        labels,
        f"{_(kernel.RESPONSE['guide'])} {one.guide.number} {words.pick(one.guide.title)}",
        words.pick(one.guide.hazard),
        words.pick(one.guide.action),
        " · ".join(mark for mark, holds in marks.items() if holds),
    )


def _warning(unlisted: tuple[str, ...], *, unidentified: bool) -> str:
    if unidentified:
        return _("Nobody knows what is on board: keep as far away as you can.")
    if unlisted:
        return _("Not in the guidebook, so that it may be farther: UN {un}").format(un="、".join(unlisted))
    return ""
