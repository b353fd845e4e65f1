"""The watch list: entries that end by themselves, who asked and why, whom it is told, and what teams did about it.

An entry accuses nobody. Tablets hear of it as the feed's kind `watch` until it ends or is lifted; each number of people
is told to those tablets alone that may meet it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from peewee import fn

from checklists.facts.registry import key_fault, row_key
from checklists.facts.watch import DO, DONE, KIND, ON, SHOWN
from checklists.inspection.entries import Entry
from checklists.wire import canonical, uuid7
from server import clock
from server.accounts import NO_DIVISION, Scope, division, division_fault
from server.cases.casefile import Actor
from server.cases.ends import day_in, day_text
from server.rights import may
from server.store import audit, bulk, counted, feed
from server.store.counted import Counted
from server.store.feed import Told
from server.store.rows import finds, tuples
from server.store.steering_models import WatchAct, WatchEntry

STATES = ("standing", "ended")
LONGEST = 300
"""Signs of a text: it is read while a lorry rolls up."""


def _(words: str) -> str:
    return words


@dataclass(frozen=True)
class Draft:
    """An entry as it was typed; days are ISO text. See `WatchEntry`."""

    on: str = ""
    key: str = ""
    unit: str = ""
    officer: str = ""
    contact: str = ""
    why: str = ""
    do: str = ""
    text: str = ""
    since: str = ""
    until: str = ""
    agency: str = ""
    area: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; `text` stands in number, unit or reason."""

    state: str = STATES[0]
    on: str = ""
    text: str = ""


class WatchError(ValueError):
    """An entry that cannot be made or lifted; `faults` are words for the page."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


MISSING = _("Who asks (unit and officer), the reason and what is to be done must be there.")
NO_NUMBER = _("This is no number of that kind: compare it with the paper.")
NO_END = _("An entry needs a last day, today or later, and not before its first day.")
TOO_LONG = _("An entry ends at the latest after as many days as the office has set.")
NO_ROLE = _("Your role does not keep the watch list.")
NO_REASON = _("A reason is needed.")
NOT_HERE = _("There is no such entry that stands.")
OTHERS = _("Only the agency that asked for it lifts it, or a supervisor.")


def add(actor: Actor, told: Draft, most_days: int) -> WatchEntry:
    """Put an entry on the list and tell the tablets of its scope. Raises WatchError with all that is wrong."""
    held = Draft(**{one.name: getattr(told, one.name).replace("\0", "").strip()[:LONGEST] for one in fields(Draft)})
    today = date.fromisoformat(day_text(clock.now()))
    since = held.since or today.isoformat()
    if faults := [*_faults(actor, held), *_days(since, held.until, today, most_days)]:
        raise WatchError(*faults)
    kind = _kind(held.on)
    row = {name: getattr(held, name) for name in _TYPED}
    made = WatchEntry.create(
        **row, id=uuid7(), key=row_key(kind, held.key), shown=held.key, since=since, area=division(held.area),
        made_by=actor.login, made_agency=actor.agency, made_at=clock.now(),
    )  # fmt: skip
    audit.note(who=actor.login, action="watch.add", subject=f"watch:{made.id}", detail={"why": held.why})
    tell([str(made.id)])
    return made


_TYPED = ("on", "unit", "officer", "contact", "why", "do", "text", "until", "agency")


def _faults(actor: Actor, held: Draft) -> list[str]:
    told = (held.unit, held.officer, held.why)
    return [
        words
        for wrong, words in (
            (actor.role not in may("watch_keep"), NO_ROLE),
            (not all(told) or held.do not in DO or held.on not in ON, MISSING),
            (held.on in ON and key_fault(_kind(held.on), held.key) is not None, NO_NUMBER),
            (bool(division_fault(held.area)), NO_DIVISION),
        )
        if wrong
    ]


def _days(since: str, until: str, today: date, most_days: int) -> list[str]:
    first, last = day_in(since), day_in(until)
    if first is None or last is None or last < max(first, today):
        return [NO_END]
    return [TOO_LONG] if last > max(first, today) + timedelta(days=most_days) else []


def _kind(on: str) -> str:
    return {"vehicle": "vehicle", "person": "person"}.get(on, "carrier")


def lift(actor: Actor, entry: str, why: str) -> WatchEntry:
    """Take an entry off the list; it stays among those that ended, with who and why. Raises WatchError."""
    held = WatchEntry.get_or_none(WatchEntry.id == entry)
    faults = [] if actor.role in may("watch_keep") else [NO_ROLE]
    faults += [] if why.strip() else [NO_REASON]
    if held is None or held.lifted_at:
        raise WatchError(*faults, NOT_HERE)
    if actor.role != "supervisor" and actor.agency != held.made_agency:
        faults.append(OTHERS)
    if faults:
        raise WatchError(*faults)
    changed = {"lifted_at": clock.now(), "lifted_by": actor.login, "lifted_why": why.strip()[:LONGEST]}
    WatchEntry.update(**changed).where(WatchEntry.id == entry, WatchEntry.lifted_at == "").execute()
    audit.note(who=actor.login, action="watch.lift", subject=f"watch:{entry}", detail={"why": changed["lifted_why"]})
    tell([entry])
    return WatchEntry.get_by_id(entry)


def tell(entries: Iterable[str]) -> None:
    """Tell tablets of entries as they stand now; what was lifted is gone, and what ends is dropped by its day."""
    rows = list(WatchEntry.select().where(WatchEntry.id.in_(list(entries))))
    feed.tell(KIND, [_told(one) for one in rows if not one.lifted_at])
    feed.gone(KIND, [str(one.id) for one in rows if one.lifted_at])


def recent(after: str, limit: int) -> list[str]:
    """Return the ids of entries behind one, for a feed that was told of none yet."""
    query = WatchEntry.select(WatchEntry.id).where(WatchEntry.id > after, WatchEntry.lifted_at == "")
    return [str(one) for (one,) in tuples(query.order_by(WatchEntry.id).limit(limit))]


def _told(row: WatchEntry) -> Told:
    names = ("id", "on", "key", "unit", "officer", "why", "do", "since", "until", "text", "contact")
    data = {name: str(value) for name in names if (value := getattr(row, name))}
    scope = {"agency": str(row.agency), "area": str(row.area)}
    return Told(str(row.id), canonical(data).decode(), str(row.made_at), until=str(row.until), **scope)


def acted(inspection: str, entries: Iterable[Entry], device: str) -> None:
    """Keep what the entries of a processed part say of the watch list; each once, and only of what is listed."""
    notes = [one for one in entries if one.kind == "note" and one.item == KIND and one.device == device]
    said = [one for one in notes if one.value.get("did") in (SHOWN, DONE) and isinstance(one.value.get("watch"), str)]
    if not said:
        return
    named = {one.value["watch"] for one in said}
    known = {id_ for (id_,) in tuples(WatchEntry.select(WatchEntry.id).where(WatchEntry.id.in_(list(named))))}
    rows = [
        (one.id, one.value["watch"], one.value["did"], one.at, one.officer, one.agency, device, inspection)
        for one in said
        if one.value["watch"] in known
    ]
    bulk.insert(WatchAct, ("id", "watch", "did", "at", "officer", "agency", "device", "inspection"), rows)


def page(scope: Scope, wanted: Wanted, limit: int) -> list[WatchEntry]:
    """Return entries that a scope shows: of those that stand what ends first, of others the latest."""
    order = (WatchEntry.until, WatchEntry.id) if wanted.state == STATES[0] else (WatchEntry.id.desc(),)
    return list(_query(scope, wanted).order_by(*order).limit(limit))


def count(scope: Scope, wanted: Wanted) -> Counted:
    """Return how many entries there are, as far as a page counts."""
    return counted.capped(_query(scope, wanted))


def acts_of(entries: Collection[str]) -> Mapping[str, list[WatchAct]]:
    """Return by entry what teams did about it, the latest first."""
    found: dict[str, list[WatchAct]] = {}
    for one in WatchAct.select().where(WatchAct.watch.in_(list(entries))).order_by(WatchAct.at.desc()):
        found.setdefault(str(one.watch), []).append(one)
    return found


def _query(scope: Scope, wanted: Wanted) -> Any:
    today = day_text(clock.now())
    stands = (WatchEntry.lifted_at == "") & (WatchEntry.until >= today)
    query = _shown(scope).where(stands if wanted.state == STATES[0] else ~stands)
    if wanted.on:
        query = query.where(WatchEntry.on == wanted.on)
    if wanted.text:
        among = (WatchEntry.shown, WatchEntry.key, WatchEntry.unit, WatchEntry.why)
        query = query.where(finds(wanted.text, *among))
    return query


def _shown(scope: Scope) -> Any:
    """Return the query of what a scope shows: what its agencies are told, or asked for, and what reaches its area."""
    query = WatchEntry.select()
    if scope.agencies is not None:
        own = list(scope.agencies)
        query = query.where(WatchEntry.made_agency.in_(own) | WatchEntry.agency.in_([*own, ""]))
    if scope.nothing:
        return query.where(WatchEntry.id == "")
    if scope.area:
        within = fn.SUBSTR(WatchEntry.area, 1, len(scope.area)) == scope.area
        around = WatchEntry.area.in_([scope.area[:size] for size in range(len(scope.area) + 1)])
        query = query.where(within | around)
    return query
