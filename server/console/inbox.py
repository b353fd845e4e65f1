"""The inbox: what came in, the gravest first to the eye, and everything that waits for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from markupsafe import Markup

from checklists.facts.situation import LAW_ZONE
from checklists.goods.listing import Goods, Tables
from checklists.wire import instant
from server.accounts import Scope
from server.console import findings, pieces
from server.console.apart import Pieces
from server.console.findings import Text
from server.console.knowledge import Knowledge, goods_of
from server.console.pieces import Ticket
from server.gate import shape
from server.parts import unpack
from server.store import bodies, photos, queue, reading, unchanged, unsealed
from server.store.models import Device, Record
from server.store.reading import NEEDS, Counts, Wanted

STATES = ("received", "processed", "parked", "conflict")
SEVERITIES = ("I", "II", "III", "none")
PAGE = 40


@dataclass(frozen=True)
class Filters:
    """The filter bar as filled in; what is not understood is empty, so that a bad address still shows a list."""

    state: str = ""
    need: str = ""
    severity: str = ""
    agency: str = ""
    text: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Return the filters of a query string."""
        before = query.get("before", "")
        return cls(
            state=_one_of(query.get("state"), STATES),
            need=_one_of(query.get("need"), NEEDS),
            severity=_one_of(query.get("severity"), SEVERITIES),
            agency=query.get("agency", "")[:8].strip(),
            text=query.get("text", "").replace("\0", "").strip()[:60],
            since=_day_text(query.get("since")),
            until=_day_text(query.get("until")),
            before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None,
        )

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return self.query != {}

    @property
    def query(self) -> dict[str, str]:
        """The filters that are set, as they stand in an address; the place in the list is not one of them."""
        named = ("state", "need", "severity", "agency", "text", "since", "until")
        return {name: held for name in named if (held := getattr(self, name))}

    @property
    def wanted(self) -> Wanted:
        """The filters as the store takes them: days here become times in UTC."""
        return Wanted(
            self.state, self.need, self.severity, self.agency, self.text, _start(self.since), _start(self.until, 1)
        )


@dataclass(frozen=True)
class Row:
    """One line of the list. `tier` is what the eye shall find first: red, amber, new, calm or clear."""

    record: Record
    tier: str
    plate: str
    colour: str
    carrier: str
    un: str
    site: str
    goods: Goods | None
    severities: Sequence[tuple[str, int]]
    new: int
    photos: tuple[int, int]
    tickets: Sequence[Ticket]
    device: Sequence[str]
    at: str


@dataclass(frozen=True)
class InboxPage:
    """All that the template draws. `agencies` are offered where the reader sees more than one.

    `late`: the oldest record of the queue has waited for longer than it should. Where it is not `ended`, records before
    these were not looked at at all. `aside`: files that were handed over, and how many of them do not fit. In `drawn`
    the lines stay as a page has them.
    """

    rows: Sequence[Row]
    filters: Filters
    counts: Counts
    more: int | None
    agencies: Mapping[str, Text]
    nothing: bool
    aside: tuple[int, int]
    late: bool = False
    ended: bool = True
    drawn: dict[str, Markup] = field(default_factory=dict)


def inbox_page(knowledge: Knowledge, scope: Scope, filters: Filters, late_seconds: int = 900) -> InboxPage:
    """Return what the inbox shows. Reads the store."""
    page = unchanged.same(_page, knowledge, scope, filters)
    return replace(page, late=queue.age_seconds() > late_seconds)


def _page(knowledge: Knowledge, scope: Scope, filters: Filters) -> InboxPage:
    definitions = knowledge.definitions()
    empty = reading.Page([])
    listed = empty if scope.nothing else reading.page(scope, filters.wanted, before=filters.before, limit=PAGE)
    ours = [code for code, one in definitions.agencies.items() if one.get("regime", "CN") == "CN"]
    agencies = {code: findings.agency_text(definitions, code) for code in ours}
    return InboxPage(
        rows=_rows(knowledge, scope, listed.rows),
        filters=filters,
        counts=reading.counts(scope),
        more=listed.more,
        ended=listed.ended,
        agencies=agencies if scope.agencies is None or len(scope.agencies) > 1 else {},
        nothing=scope.nothing,
        aside=unsealed.count(scope),
    )


def _rows(knowledge: Knowledge, scope: Scope, listed: Sequence[Record]) -> list[Row]:
    definitions, tables = knowledge.definitions(), knowledge.tables()
    inspections = [str(one.inspection) for one in listed]
    found, cases = reading.severities(inspections), reading.cases(inspections)
    others = reading.parts(inspections)
    together = {str(one.digest): _together(one, others) for one in listed}
    digests = {str(part.digest) for parts in together.values() for part in parts}
    tally = photos.tally(sorted(digests))
    devices = reading.devices({str(part.device) for parts in together.values() for part in parts})
    waiting = bodies.packed([int(one.id) for one in listed if one.state != "processed"])
    return [
        _row_apart(
            one,
            waiting,
            tables,
            found.get(str(one.inspection), []) if one.state == "processed" else [],
            _sum(tally.get(str(part.digest), (0, 0)) for part in together[str(one.digest)]),
            pieces.tickets_of(
                definitions, scope, cases.get(str(one.inspection), ()) if one.state == "processed" else ()
            ),
            tuple(dict.fromkeys(_named(devices, part) for part in together[str(one.digest)])),
        )
        for one in listed
    ]


def _together(held: Record, others: Mapping[str, Sequence[Record]]) -> list[Record]:
    """Return the record with the other parts of its inspection; what is not the inspection stands alone."""
    joined = held.kind == "inspection" and held.state == "processed"
    return [held, *(others.get(str(held.inspection), ()) if joined else ())]


def _named(devices: Mapping[str, Device], part: Record) -> str:
    return str(devices[str(part.device)].name) if str(part.device) in devices else ""


def _sum(tallies: Iterable[tuple[int, int]]) -> tuple[int, int]:
    held = list(tallies)
    return sum(here for here, _named in held), sum(named for _here, named in held)


def _row_apart(held: Record, waiting: Mapping[int, bytes], *told: Any) -> Row:
    """Return the row of a record; one that cannot be made stands there bare, and hides no other."""
    pieces_ = Pieces(str(held.digest))
    bare = Row(held, _tier(held, 0), "", "", "", "", "", None, (), 0, (0, 0), (), (), str(held.sealed_at))
    return pieces_.make("row", lambda: _row(held, _columns(held, waiting), *told), otherwise=bare)


def _row(
    held: Record,
    columns: Mapping[str, str],
    tables: Tables | None,
    found: Sequence[tuple[str, str]],
    tally: tuple[int, int],
    tickets: Sequence[Ticket],
    device: Sequence[str],
) -> Row:
    severities = Counter(severity for _difference, severity in found)
    new = sum(difference == "new" for difference, _severity in found)
    counted = [(severity, severities[severity]) for severity in ("I", "II", "III") if severities[severity]]
    return Row(
        record=held,
        tier=_tier(held, new),
        plate=columns["plate"],
        colour=columns["colour"],
        carrier=columns["carrier"],
        un=columns["un"],
        site=columns["site"],
        goods=goods_of(tables, columns["un"]),
        severities=counted,
        new=new,
        photos=tally,
        tickets=tickets,
        device=device,
        at=str(held.inspected_at or held.sealed_at),
    )


def _columns(held: Record, waiting: Mapping[int, bytes]) -> dict[str, str]:
    """A record that was not processed has no columns yet: its bytes say what it is about."""
    if held.state != "processed":
        packed = waiting.get(int(held.id))
        return pieces.brief(shape.counted(unpack(packed)) if packed else {})
    return {name: str(getattr(held, name) or "") for name in ("plate", "colour", "carrier", "un", "site")}


def _tier(held: Record, new: int) -> str:
    if held.alarm or held.state == "conflict" or held.severity == "I":
        return "red"
    if held.state == "parked" or held.severity == "II" or new:
        return "amber"
    if held.state == "received":
        return "new"
    return "calm" if held.severity else "clear"


def _one_of(text: str | None, known: Sequence[str]) -> str:
    return text if text is not None and text in known else ""


def _day_text(text: str | None) -> str:
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return ""


def _start(day: str, after: int = 0) -> str:
    if not day:
        return ""
    try:
        first = date.fromisoformat(day) + timedelta(days=after)
        return instant(datetime.combine(first, time(), LAW_ZONE))
    except OverflowError:
        return ""
