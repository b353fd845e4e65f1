"""Campaigns: made with a reason, changed before they begin, ended early with a reason, never deleted; told to tablets.

Tablets hear of one as the feed's kind `campaign` until its last day. What a record says of the campaigns under which
its check was made is kept here; what is counted of it is the figures' (`server.store.figures`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from peewee import SQL, fn

from checklists.facts import campaign as facts
from checklists.facts.campaign import KIND, Target
from checklists.facts.registry import key_fault, row_key
from checklists.inspection.entries import Entry
from checklists.wire import canonical, to_plain, uuid7
from server import clock
from server.accounts import NO_DIVISION, Scope, division, division_fault
from server.cases.casefile import Actor
from server.cases.ends import day_in, day_text
from server.rights import may
from server.store import audit, bulk, feed
from server.store.feed import Told
from server.store.rows import tuples
from server.store.steering_models import Campaign, CampaignCheck

STATES = ("now", "coming", "ended")
LONGEST = 300
"""Signs of a text."""
LONGEST_DAYS = 366
MOST_FOCUS = 40
"""Of more nothing would be in focus. Ours."""
MOST_TARGETS = 300
"""A tablet holds the whole list. Ours."""
_LISTS = ("roads", "sites", "agencies", "items", "violations")


def _(words: str) -> str:
    return words


@dataclass(frozen=True)
class Draft:
    """A campaign as it was typed; days are ISO text. See `Campaign`."""

    name: str = ""
    why: str = ""
    unit: str = ""
    since: str = ""
    until: str = ""
    area: str = ""
    roads: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    uns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What a draft may name: agencies, items of the checklists, violations, UN numbers, sites by `site_name`."""

    agencies: Collection[str]
    items: Collection[str]
    violations: Collection[str]
    uns: Collection[str]
    sites: Collection[str]


class CampaignError(ValueError):
    """A campaign that cannot be made, changed or ended; `faults` are words for the page with the values in them."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__("; ".join(words for words, _about in faults))
        self.faults = faults


NO_ROLE = _("Your role does not keep campaigns.")
MISSING = _("Name, unit, reason, first and last day must be there.")
NO_DAYS = _("The last day may not lie before the first, and the first not before today.")
TOO_LONG = _("A campaign begins within a year and lasts at most a year.")
TOO_MANY = _("So many are no focus any more: at most 40 items and violations, 300 targets.")
NOT_KNOWN = _("This is not known here: {what}")
NO_NUMBER = _("This is no number of that kind, compare it with the paper: {what}")
NO_REASON = _("A reason is needed.")
NOT_HERE = _("There is no such campaign, or it has ended.")
BEGUN = _("It has begun, and checks were made under it as it stands: end it, and make another one.")
OTHERS = _("Only the agency that made it changes or ends it, or a supervisor.")
NAMED_SO = _("A campaign of this name with days in common exists: records would not tell them apart.")


def today() -> date:
    """Return the day here."""
    return date.fromisoformat(day_text(clock.now()))


def make(actor: Actor, told: Draft, known: Known) -> Campaign:
    """Make a campaign and tell the tablets of its scope. Raises CampaignError with all that is wrong."""
    row = _row(actor, told, known, "")
    made = Campaign.create(**row, id=uuid7(), made_by=actor.login, made_agency=actor.agency, made_at=clock.now())
    _noted(actor, "campaign.make", made)
    return made


def change(actor: Actor, campaign: str, told: Draft, known: Known) -> Campaign:
    """Change a campaign that has not begun. Raises CampaignError with all that is wrong."""
    held = _own(actor, campaign)
    if str(held.since) <= today().isoformat():
        raise CampaignError((BEGUN, ""))
    row = _row(actor, told, known, campaign)
    Campaign.update(**row, changed_by=actor.login, changed_at=clock.now()).where(Campaign.id == campaign).execute()
    changed: Campaign = Campaign.get_by_id(campaign)
    _noted(actor, "campaign.change", changed)
    return changed


def end(actor: Actor, campaign: str, why: str) -> Campaign:
    """End a campaign today, or before it begins; it stays among those that ended. Raises CampaignError."""
    held, why = _own(actor, campaign), _clean(why)
    if not why:
        raise CampaignError((NO_REASON, ""))
    at, day = clock.now(), today().isoformat()
    ended = {"ended_on": day, "ended_at": at, "ended_by": actor.login, "ended_why": why}
    if not Campaign.update(**ended).where(Campaign.id == held.id, Campaign.ended_on == "").execute():
        raise CampaignError((NOT_HERE, ""))
    audit.note(who=actor.login, action="campaign.end", subject=f"campaign:{campaign}", detail={"why": why})
    tell([campaign])
    changed: Campaign = Campaign.get_by_id(campaign)
    return changed


def _own(actor: Actor, campaign: str) -> Campaign:
    if actor.role not in may("campaigns_keep"):
        raise CampaignError((NO_ROLE, ""))
    held: Campaign | None = Campaign.get_or_none(Campaign.id == campaign)
    if held is None or last_day(held) < today() or held.ended_on:
        raise CampaignError((NOT_HERE, ""))
    if actor.role != "supervisor" and actor.agency != held.made_agency:
        raise CampaignError((OTHERS, ""))
    return held


def _noted(actor: Actor, action: str, row: Campaign) -> None:
    detail = {"name": str(row.name), "why": str(row.why), "since": str(row.since), "until": str(row.until)}
    audit.note(who=actor.login, action=action, subject=f"campaign:{row.id}", detail=detail)
    tell([str(row.id)])


def _row(actor: Actor, told: Draft, known: Known, campaign: str) -> dict[str, Any]:
    held = Draft(**{one.name: _tidy(getattr(told, one.name)) for one in fields(Draft)})
    targets = [*targets_of(held)]
    faults = [*_faults(actor, held), *_days(held), *_unknown(held, known)]
    if not faults and _named_so(held, campaign):
        faults.append((NAMED_SO, ""))
    if faults:
        raise CampaignError(*faults)
    lists = {name: canonical(list(getattr(held, name))).decode() for name in _LISTS}
    words = {name: getattr(held, name) for name in ("name", "why", "unit", "since", "until")}
    named = canonical([to_plain(one) for one in targets]).decode()
    return {**words, **lists, "targets": named, "area": division(held.area)}


def _tidy(value: Any) -> Any:
    return _clean(value) if isinstance(value, str) else tuple(dict.fromkeys(filter(None, map(_clean, value))))


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST]


def targets_of(held: Draft) -> tuple[Target, ...]:
    """Return the targets of a draft under the keys by which stores find them."""
    named = (("vehicle", held.vehicles), ("carrier", held.carriers), ("un", held.uns))
    found = [Target(on, one if on == "un" else row_key(on, one)) for on, some in named for one in some]
    return tuple(dict.fromkeys(one for one in found if one.key))


def _faults(actor: Actor, held: Draft) -> list[tuple[str, str]]:
    focus, targets = len(held.items) + len(held.violations), len(targets_of(held))
    wrong = (
        (actor.role not in may("campaigns_keep"), NO_ROLE),
        (not all((held.name, held.why, held.unit, held.since, held.until)), MISSING),
        (focus > MOST_FOCUS or targets > MOST_TARGETS, TOO_MANY),
        (bool(division_fault(held.area)), NO_DIVISION),
    )
    return [(words, "") for is_wrong, words in wrong if is_wrong]


def _days(held: Draft) -> list[tuple[str, str]]:
    if not (held.since and held.until):
        return []
    first, last = day_in(held.since), day_in(held.until)
    if first is None or last is None or last < first or first < today():
        return [(NO_DAYS, "")]
    too_long = (last - first).days >= LONGEST_DAYS or (first - today()).days > LONGEST_DAYS
    return [(TOO_LONG, "")] if too_long else []


def _unknown(held: Draft, known: Known) -> list[tuple[str, str]]:
    named = (
        (held.agencies, known.agencies),
        (held.items, known.items),
        (held.violations, known.violations),
        (held.uns, known.uns),
        (held.sites, known.sites),
    )
    strange = [one for some, table in named for one in some if one not in table]
    mistyped = [
        one
        for on, some in (("vehicle", held.vehicles), ("carrier", held.carriers))
        for one in some
        if key_fault(on, one) is not None
    ]
    roads = [one for one in held.roads if facts.road_in(one) != one]
    return [(NOT_KNOWN, one) for one in strange] + [(NO_NUMBER, one) for one in (*mistyped, *roads)]


def _named_so(held: Draft, campaign: str) -> bool:
    common = (Campaign.since <= held.until) & (Campaign.until >= held.since) & (Campaign.ended_on == "")
    return bool(Campaign.select().where(Campaign.name == held.name, Campaign.id != campaign, common).exists())


def tell(campaigns: Iterable[str]) -> None:
    """Tell tablets of campaigns as they stand now; one that was ended is gone, and others are dropped by their day."""
    rows = list(Campaign.select().where(Campaign.id.in_(list(campaigns))))
    feed.tell(KIND, [_told(one) for one in rows if not one.ended_on])
    feed.gone(KIND, [str(one.id) for one in rows if one.ended_on])


def recent(after: str, limit: int) -> list[str]:
    """Return the ids of campaigns behind one, for a feed that was told of none yet."""
    query = Campaign.select(Campaign.id).where(Campaign.id > after, Campaign.until >= today().isoformat())
    return [str(one) for (one,) in tuples(query.order_by(Campaign.id).limit(limit))]


def _told(row: Campaign) -> Told:
    held = read(row)
    data = {name: value for name, value in to_plain(held).items() if value}
    agency = held.agencies[0] if len(held.agencies) == 1 else ""
    at = str(row.changed_at or row.made_at)
    return Told(held.id, canonical(data).decode(), at, agency=agency, area=str(row.area), until=str(row.until))


def read(row: Campaign) -> facts.Campaign:
    """Return a campaign as tablets know it."""
    lists = {name: tuple(json.loads(str(getattr(row, name)))) for name in _LISTS}
    targets = tuple(Target(**one) for one in json.loads(str(row.targets)))
    days = {name: date.fromisoformat(str(getattr(row, name))) for name in ("since", "until")}
    words: dict[str, Any] = {name: str(getattr(row, name)) for name in ("id", "name", "why", "unit")}
    return facts.Campaign(**words | days | lists, targets=targets)


def draft_of(row: Campaign) -> Draft:
    """Return a campaign as it would be typed."""
    held = read(row)
    told: dict[str, Any] = {name: getattr(held, name) for name in ("name", "why", "unit", *_LISTS)}
    keys = {on: tuple(one.key for one in held.targets if one.on == on) for on in facts.ON}
    days = {"since": str(row.since), "until": str(row.until), "area": str(row.area)}
    return Draft(**told | days, vehicles=keys["vehicle"], carriers=keys["carrier"], uns=keys["un"])


def last_day(row: Campaign) -> date:
    """Return the last day of a campaign; before its first where it was ended before it began."""
    return date.fromisoformat(min(str(row.until), str(row.ended_on or row.until)))


def state(row: Campaign) -> str:
    """Return how a campaign stands today: one of STATES."""
    if row.ended_on or str(row.until) < today().isoformat():
        return "ended"
    return "coming" if str(row.since) > today().isoformat() else "now"


def page(scope: Scope, wanted: str, limit: int) -> list[Campaign]:
    """Return campaigns in a state that a scope shows: those that end or begin first, of ended ones the latest."""
    order = {"now": Campaign.until, "coming": Campaign.since, "ended": Campaign.until.desc()}[wanted]
    return list(_query(scope, wanted).order_by(order, Campaign.id).limit(limit))


def count(scope: Scope, wanted: str) -> int:
    """Return how many there are."""
    return int(_query(scope, wanted).count())


def seen(scope: Scope, campaign: str) -> Campaign | None:
    """Return a campaign that a scope shows, or None."""
    held: Campaign | None = _shown(scope).where(Campaign.id == campaign).first()
    return held


def beside(scope: Scope, held: Campaign, since: date, until: date) -> list[Campaign]:
    """Return the other campaigns of a span that a scope shows: they too changed what was looked at."""
    common = (Campaign.since <= until.isoformat()) & (Campaign.until >= since.isoformat())
    ended = (Campaign.ended_on == "") | (
        (Campaign.ended_on >= since.isoformat()) & (Campaign.ended_on >= Campaign.since)
    )
    return list(_shown(scope).where(Campaign.id != held.id, common, ended).order_by(Campaign.since, Campaign.id))


def _query(scope: Scope, wanted: str) -> Any:
    day = today().isoformat()
    over = (Campaign.ended_on != "") | (Campaign.until < day)
    if wanted == "ended":
        return _shown(scope).where(over)
    begun = Campaign.since <= day
    return _shown(scope).where(~over, begun if wanted == "now" else ~begun)


def _shown(scope: Scope) -> Any:
    """Return the query of what a scope shows: what its agencies made, or take part in, and what reaches its area."""
    query = Campaign.select()
    if scope.agencies is not None:
        mine = Campaign.made_agency.in_(list(scope.agencies)) | (Campaign.agencies == "[]")
        for one in sorted(scope.agencies):
            mine |= Campaign.agencies.contains(json.dumps(one))
        query = query.where(mine)
    if scope.nothing:
        return query.where(SQL("1 = 0"))
    if scope.area:
        within = fn.SUBSTR(Campaign.area, 1, len(scope.area)) == scope.area
        around = Campaign.area.in_([scope.area[:size] for size in range(len(scope.area) + 1)])
        query = query.where(within | around)
    return query


def carried(
    inspection: str, entries: Iterable[Entry], device: str, numbers: Mapping[str, str], uns: Iterable[str]
) -> None:
    """Keep under which campaigns a processed part says that the check was made, and which of their targets it met.

    `numbers` and `uns` are what the office knows of the whole inspection: targets of earlier parts are read anew.
    """
    said = {
        named: str(one.value.get("name") or "").replace("\0", "")[:LONGEST]
        for one in entries
        if one.kind == "note" and one.item == KIND and one.device == device
        if isinstance(named := one.value.get(KIND), str) and 0 < len(named) <= 60 and "\0" not in named
    }
    known = {str(one.campaign) for one in under(inspection)}
    if not known | said.keys():
        return
    rows = [(inspection, one, name, "[]") for one, name in said.items() if one not in known]
    bulk.insert(CampaignCheck, ("inspection", "campaign", "name", "targets"), rows)
    named = tuple(uns)
    for row in Campaign.select().where(Campaign.id.in_(sorted(known | said.keys()))):
        met = canonical([one.text for one in read(row).met(numbers, named)]).decode()
        which = (CampaignCheck.inspection == inspection) & (CampaignCheck.campaign == row.id)
        CampaignCheck.update(targets=met).where(which).execute()


def under(inspection: str) -> list[CampaignCheck]:
    """Return what records say of the campaigns of an inspection."""
    return bulk.models(CampaignCheck, _under, inspection)


def _under() -> Any:
    return CampaignCheck.select().where(CampaignCheck.inspection == "").order_by(CampaignCheck.id)


def by_id(campaigns: Iterable[str]) -> dict[str, Campaign]:
    """Return campaigns by their id."""
    return {str(one.id): one for one in Campaign.select().where(Campaign.id.in_(list(campaigns)))}
