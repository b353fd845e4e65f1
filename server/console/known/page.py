"""What a 360° page shows: the papers with their days, the figures, the list that was chosen, a carrier's tier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from checklists import words as kernel
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.zone import in_law_zone
from server import clock
from server.cases.ends import day_text
from server.console import findings, pieces
from server.console.knowledge import Knowledge
from server.console.pieces import Ticket
from server.console.tiers import page as tiers
from server.console.visitor import Visitor
from server.console.worklist.lines import Line, lines
from server.exporting import masks
from server.store import check_briefs, known, known_lists, reading
from server.store.feed_models import CheckBrief
from server.store.known import OF_ROLE, Subject
from server.store.known_lists import LISTS, MOST, Found, Place
from server.store.models import Record

PATHS = {"carrier": "carriers", "vehicle": "vehicles", "person": "people", "tank": "tanks"}
_DATED = (
    *("permit", "licence", "qualification", "safety_inspection", "compulsory_insurance", "liability_insurance"),
    "inspection",
)
_HIDDEN = {"id_number": "number", "phone": "number", "address": "name"}
"""What of a person is shown by its beginning and end alone."""

SOON_DAYS = 30


def _(words: str) -> str:
    return words


WORDS: Mapping[str, str] = {
    "checks": _("checks"),
    "findings": _("findings"),
    "cases": _("cases"),
    "decided": _("decided cases"),
    "orders": _("orders"),
    "alerts": _("alerts"),
}
KINDS: Mapping[str, str] = {
    "carrier": _("Carrier"),
    "vehicle": _("Vehicle"),
    "person": _("Person with an identity number"),
    "tank": _("Tank"),
}


@dataclass(frozen=True)
class Figure:
    """How many rows a list has, at least so many where `more`, and where it stands."""

    name: str
    count: int
    more: bool
    address: str
    chosen: bool


@dataclass(frozen=True)
class Paper:
    """A paper of the registry; `days` until it ends, negative since, None where no end is known."""

    path: str
    number: str
    until: str
    days: int | None
    status: str


@dataclass(frozen=True)
class Link:
    """Something else that was aboard: its role, what is shown of it, and the address of its page."""

    role: str
    shown: str
    address: str


@dataclass(frozen=True)
class Check:
    """A check with what else was aboard and the cases that followed."""

    brief: CheckBrief
    links: Sequence[Link]
    tickets: Sequence[Ticket]


@dataclass(frozen=True)
class FindingLine:
    """A finding with its record; `party` is who answers, in words of his role alone where he is a person."""

    severity: str
    text: Mapping[str, str]
    title: Mapping[str, str]
    role: str
    party: str
    at: str
    digest: str


@dataclass(frozen=True)
class KnownPage:
    """All that the template draws."""

    subject: Subject
    here: str
    name: str
    plate: str
    colour: str
    figures: Sequence[Figure]
    papers: Sequence[Paper]
    facts: Sequence[tuple[str, str | Sequence[str]]]
    as_of: str
    list: str
    checks: Sequence[Check]
    found: Sequence[FindingLine]
    cases: Sequence[Line]
    orders: Sequence[Any]
    alerts: Sequence[Any]
    next: str
    first: bool
    tier: tiers.Standing | None
    carrier: Link | None
    today: str


def address_of(kind: str, sign: str) -> str:
    """Return the address of a page."""
    return f"/console/{PATHS[kind]}/{quote(sign, safe='')}"


def shown_of(one: Subject) -> str:
    """Return how a subject is called in words that anybody may read over a shoulder."""
    return masks.number(one.key) if one.kind == "person" else one.key.partition("|")[0]


def known_page(knowledge: Knowledge, who: Visitor, one: Subject, query: Mapping[str, str]) -> KnownPage:
    """Return the page that a query asks for. Reads the store."""
    name = query.get("list", "")
    name = name if name in LISTS else LISTS[0]
    after = _after(query.get("after", ""))
    page = known_lists.page(one, who.scope, name, after)
    counts, row = known_lists.figures(one, who.scope), known.registered(one)
    data = dict(row["data"]) if row is not None else {}
    plate, _bar, colour = one.key.partition("|") if one.kind == "vehicle" else ("", "", "")
    tier = tiers.standing(who.scope, one.key) if one.kind == "carrier" else None
    here = address_of(one.kind, one.sign)
    rows: dict[str, Sequence[Any]] = {"checks": (), "found": (), "cases": (), "orders": (), "alerts": ()}
    rows |= _rows(knowledge, who, name, page.rows)
    return KnownPage(
        subject=one,
        here=here,
        name=str(data.get("name") or (str(tier.row.name) if tier else "")),
        plate=plate,
        colour=colour or (str(data.get("colour") or "") or read_plate(plate).colour if plate else ""),
        figures=[_figure(each, counts[each], here, name) for each in LISTS],
        papers=list(_papers(one.kind, data)),
        facts=list(_facts(one.kind, data)),
        as_of=str(row["as_of"]) if row is not None else "",
        list=name,
        next=f"{here}?{urlencode({'list': name, 'after': '~'.join(page.after)})}#list" if page.after else "",
        first=after is None,
        tier=tier,
        carrier=_carrier(data) if one.kind == "vehicle" else None,
        today=day_text(clock.now()),
        **rows,
    )


def _after(text: str) -> Place | None:
    at, bar, id_ = text.partition("~")
    return (at[:40], id_[:80]) if bar and id_ else None


def _figure(name: str, count: int, here: str, chosen: str) -> Figure:
    return Figure(name, min(count, MOST), count > MOST, f"{here}?list={name}#list", name == chosen)


def _rows(knowledge: Knowledge, who: Visitor, name: str, rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    if name == "checks":
        return {"checks": _checks(knowledge, who, rows)}
    if name == "findings":
        return {"found": _findings(knowledge, rows)}
    if name in ("cases", "decided"):
        held = known_lists.cases_by_id(rows)
        told = lines(knowledge.definitions(), held)
        return {"cases": [told[str(one.id)] for one in held]}
    return {name: rows}


def _checks(knowledge: Knowledge, who: Visitor, inspections: Sequence[str]) -> list[Check]:
    held, cases = check_briefs.by_ids(inspections), reading.cases(inspections)
    shown = [held[ref] for ref in inspections if ref in held]
    about = {str(one.inspection): pieces.about_of(one) for one in shown}
    people = {number for one in about.values() for role, number in one.items() if OF_ROLE.get(role) == "person"}
    signs, definitions = known.signs_of(sorted(people)), knowledge.definitions()
    return [
        Check(
            brief=one,
            links=list(_links(about[str(one.inspection)], signs)),
            tickets=pieces.tickets_of(definitions, who.scope, cases.get(str(one.inspection), ())),
        )
        for one in shown
    ]


def _links(about: Mapping[str, str], signs: Mapping[str, str]) -> Iterator[Link]:
    for role, number in about.items():
        kind = OF_ROLE.get(role)
        sign = signs.get(number, "") if kind == "person" else number
        if kind and sign:
            shown = masks.number(number) if kind == "person" else number.partition("|")[0]
            yield Link(role, shown, address_of(kind, sign))


def links_of(record: Record) -> list[Link]:
    """Return the pages of all that was aboard at a check. Reads the store."""
    about = pieces.about_of(record)
    people = [number for role, number in about.items() if OF_ROLE.get(role) == "person"]
    return list(_links(about, known.signs_of(people)))


def _findings(knowledge: Knowledge, rows: Iterable[Found]) -> list[FindingLine]:
    held = list(rows)
    records = check_briefs.by_ids({one.inspection for one in held})
    codes = {str(one.finding["violation"]) for one in held if one.finding.get("violation")}
    titles = findings.violation_titles(knowledge.definitions(), codes)
    return [_finding(one, titles, records) for one in held]


def _finding(one: Found, titles: Mapping[str, Mapping[str, str]], records: Mapping[str, CheckBrief]) -> FindingLine:
    told, party = one.finding, one.finding.get("party") or {}
    role, record = str(party.get("role") or ""), records.get(one.inspection)
    unit = OF_ROLE.get(role) != "person"
    return FindingLine(
        severity=str(told.get("severity") or ""),
        text=told.get("text") or {},
        title=titles.get(str(told.get("violation") or ""), {}),
        role=role,
        party=str(party.get("name") or "") if unit else "",
        at=one.at,
        digest=str(record.digest) if record is not None else "",
    )


def _papers(kind: str, data: Mapping[str, Any]) -> Iterator[Paper]:
    today = in_law_zone(clock.read(clock.now())).date()
    for name in _DATED:
        held = data.get(name)
        if isinstance(held, Mapping):
            until = str(held.get("valid_until") or "")
            number, status = str(held.get("number") or ""), str(held.get("status") or "")
            number = masks.number(number) if kind == "person" and number else number  # often that of his identity
            yield Paper(f"{kind}.{name}", number, until, _days(until, today), status)


def _days(until: str, today: date) -> int | None:
    try:
        return (date.fromisoformat(until) - today).days
    except ValueError:
        return None


def _facts(kind: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str | Sequence[str]]]:
    """Yield what else the registry says, by the path that has words; of a person no whole number."""
    for name, value in data.items():
        if value in (None, "", [], {}) or isinstance(value, Mapping) or name not in kernel.PARTS:
            continue
        if isinstance(value, list | tuple):
            if all(isinstance(one, str) for one in value):
                yield name, value
        elif kind == "person" and name in _HIDDEN:
            yield name, masks.hide(_HIDDEN[name], str(value), masks.ALL)
        else:
            yield name, str(value)


def _carrier(data: Mapping[str, Any]) -> Link | None:
    held = known.by_number("carrier", str(data.get("carrier_uscc") or ""))
    return Link("carrier", str(data.get("carrier") or held.key), address_of("carrier", held.sign)) if held else None
