"""The campaigns of a made-up year: one that is long over, one that runs, one to come; checks within them carry them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from checklists.facts.campaign import KIND, Campaign, Target, road_in
from checklists.wire import canonical, instant, to_plain
from checklists.zone import LAW_ZONE
from server.seeding.cast import Cast
from server.seeding.stops import Stop

Row = dict[str, Any]
_LISTS = ("roads", "sites", "agencies", "items", "violations", "targets")


@dataclass(frozen=True)
class Drive:
    """A made-up campaign: when it begins and ends, in days from the last day of the year, and what it looks at."""

    name: str
    why: str
    since: int
    until: int
    roads: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()


DRIVES = (
    Drive(
        "国道 G109 危货运输秋冬整治",
        "去年同期该路段随车器材与标志牌问题多",
        -150,
        -91,
        roads=("G109",),
        items=("PLA-02", "EQP-12", "EQP-14"),
        targets=(Target("un", "1203"), Target("un", "1830"), Target("vehicle", "蒙K88001|yellow")),
    ),
    Drive(
        "化工园区出园查验周",
        "园区出口装载与罐体问题投诉较多",
        -20,
        9,
        sites=("示例化工园区东门", "S24 示例收费站"),
        items=("LOD-02", "TNK-02", "VEH-01"),
        targets=(Target("un", "1203"), Target("un", "1005"), Target("vehicle", "蒙K90210|yellow")),
    ),
    Drive("元旦前危货运输联合检查", "节前运输量增加", 15, 45, agencies=("P", "T"), items=("LIC-01",)),
)


def made(cast: Cast, until: datetime, login: str) -> list[tuple[Campaign, Row]]:
    """Return the campaigns of a year that ends at a time, each with its row."""
    last, at = until.astimezone(LAW_ZONE).date(), instant(until - timedelta(days=200))
    return [_made(one, cast.uuid(int(until.timestamp() * 1000)), last, at, login) for one in DRIVES]


def _made(one: Drive, id_: str, last: date, at: str, login: str) -> tuple[Campaign, Row]:
    held = Campaign(
        id_, one.name, one.why, "示例县交通运输综合行政执法大队", last + timedelta(days=one.since),
        last + timedelta(days=one.until), one.roads, one.sites, one.agencies, one.items, (), one.targets,
    )  # fmt: skip
    told = {name: value for name, value in to_plain(held).items() if name not in _LISTS}
    lists = {name: canonical(to_plain(getattr(held, name))).decode() for name in _LISTS}
    return held, {**told, **lists, "made_by": login, "made_agency": "T", "made_at": at}


def of(campaigns: Sequence[Campaign], stop: Stop, agencies: Sequence[str]) -> tuple[Campaign, ...]:
    """Return the campaigns under which a check was made."""
    day = stop.at.astimezone(LAW_ZONE).date()
    return tuple(one for one in campaigns if one.holds(day, stop.site, road_in(stop.site), agencies))


def notes(under: Sequence[Campaign], first: int) -> Iterator[Mapping[str, Any]]:
    """Yield what the record says of them, as entries from a number on."""
    for number, one in enumerate(under):
        value = {KIND: one.id, "name": one.name}
        yield {"seq": first + number, "kind": "note", "item": KIND, "value": value, "withdraws": None}


def rows(under: Sequence[Campaign], stop: Stop, inspection: str) -> list[Row]:
    """Return what the office keeps of it, with the targets that were met."""
    numbers, un = json.loads(stop.columns["about"]), stop.columns["un"]
    told = {"inspection": inspection}
    return [
        {
            **told,
            "campaign": one.id,
            "name": one.name,
            "targets": canonical([target.text for target in one.met(numbers, [un] if un else [])]).decode(),
        }
        for one in under
    ]
