"""The campaigns under which this check is made, what they look at, and what the record says of them. Pure.

A campaign makes no finding, holds nobody and stands on no paper. It counts on the day on which the check was opened, at
this post and for the agencies that write in the record; where nobody said which post it is, only one of everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from checklists.definitions.definition import Item
from checklists.facts.campaign import ALL, KIND, Campaign, Target, read_all, road_in
from checklists.records.check_history import about
from checklists.zone import in_law_zone
from mobile.inspecting.inspection import Draft, Held


def known(held: Held) -> tuple[Campaign, ...]:
    """Return all campaigns that this tablet knows, those that end first before the others."""
    row = held.kit.lookup(KIND, ALL) or {}
    return read_all((row.get("data") or {}).get("rows") or ())


def under(held: Held, site: str, offset_ms: int) -> tuple[Campaign, ...]:
    """Return the campaigns under which a check at this post is made; `offset_ms` is the office's clock less ours."""
    day, road = _day(held, offset_ms), _road(held, site)
    agencies = {held.officer.agency, *(one.agency for one in held.entries)}
    return tuple(one for one in known(held) if one.holds(day, site, road, agencies))


def said(held: Held) -> frozenset[str]:
    """Return the campaigns that this record carries."""
    return frozenset(str(note.value.get(KIND)) for note in held.all_of("note") if note.item == KIND)


def carried(held: Held, site: str, offset_ms: int) -> tuple[Draft, ...]:
    """Return the notes that the check is made under its campaigns, each once."""
    done = said(held)
    return tuple(
        Draft("note", KIND, {KIND: one.id, "name": one.name})
        for one in under(held, site, offset_ms)
        if one.id not in done
    )


def met(held: Held, campaign: Campaign) -> tuple[Target, ...]:
    """Return what of a campaign's targets stands here."""
    now = held.assessment.situation
    lines = (now.waybill.lines if now.waybill else None) or ()
    return campaign.met(about(now), [line.un for line in lines if line.un])


def in_force(held: Held) -> tuple[Campaign, ...]:
    """Return the campaigns that this record carries, as far as the tablet still knows them."""
    done = said(held)
    return tuple(one for one in known(held) if one.id in done) if done else ()


def looking(campaigns: Iterable[Campaign], item: Item) -> str:
    """Return the name of the first campaign that looks at an item before all; empty where none does."""
    return next((one.name for one in campaigns if one.looks_at(item.id, item.violations)), "")


def focus(campaigns: Iterable[Campaign], items: Iterable[Item]) -> tuple[Item, ...]:
    """Return those of some items that campaigns look at before all."""
    held = tuple(campaigns)
    return tuple(one for one in items if looking(held, one))


def _day(held: Held, offset_ms: int) -> date:
    return in_law_zone(datetime.fromisoformat(held.opened_at) + timedelta(milliseconds=offset_ms)).date()


def _road(held: Held, site: str) -> str:
    row = held.kit.lookup("site", site) if site else None
    return str(((row or {}).get("data") or {}).get("road") or "") or road_in(site)
