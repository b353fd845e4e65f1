"""What the one search box shows: records and cases by the number or name that was hit, and a case's records with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from server.console import pieces
from server.console.knowledge import Knowledge
from server.console.known.page import address_of
from server.console.pieces import Ticket
from server.console.visitor import Visitor
from server.console.worklist.lines import Line, lines
from server.store import case_found, case_rows, known, reading
from server.store.case_found import Hit, Results
from server.store.case_terms import wanted
from server.store.models import Record

LONGEST = 60


def _(words: str) -> str:
    return words


KINDS: Mapping[str, str] = {
    "plate": _("number plate"),
    "trailer": _("trailer"),
    "carrier": _("carrier"),
    "uscc": _("credit code"),
    "driver": _("driver"),
    "escort": _("escort"),
    "officer": _("officer"),
    "person": _("identity number"),
    "card": _("enforcement card"),
    "waybill": _("waybill"),
    "tank": _("tank"),
    "vin": _("VIN"),
    "permit": _("permit or licence"),
    "phone": _("telephone"),
    "consignor": _("consignor"),
    "consignee": _("consignee"),
    "loader": _("loader"),
    "goods": _("goods carried"),
    "un": _("UN number"),
    "paper": _("paper of a tablet"),
    "site": _("site"),
    "case": _("case number"),
    "party": _("party"),
    "document": _("document number"),
    "digest": _("seal"),
}
"""Kind of what was hit → its words."""


@dataclass(frozen=True)
class RecordLine:
    """A record that was found, with the cases that it led to."""

    record: Record
    tickets: Sequence[Ticket]


@dataclass(frozen=True)
class Group:
    """What one number or name leads to. `address` lists all cases of it, where there are more than stand here.

    `known` is the page of all that is known of it, empty where it names no carrier, vehicle, person or tank.
    """

    kind: str
    words: str
    shown: str
    cases: Sequence[Line]
    records: Sequence[RecordLine]
    more: bool
    address: str
    known: str = ""


@dataclass(frozen=True)
class SearchPage:
    """All that the template draws. `only` is the address of the one thing that was found."""

    text: str
    groups: Sequence[Group]
    more: bool
    short: bool
    only: str


def search_page(knowledge: Knowledge, who: Visitor, text: str) -> SearchPage:
    """Return what a text finds within what somebody may see. Reads the store."""
    text = text.strip()[:LONGEST]
    found = case_found.find(who.scope, text)
    cases = lines(knowledge.definitions(), case_rows.by_ids(found.refs("case")))
    records = _records(knowledge, who, found)
    groups = [
        Group(
            kind=one.kind,
            words=KINDS.get(one.kind, one.kind),
            shown=masked(one.kind, one.shown),
            cases=[cases[hit.ref] for hit in one.hits if hit.what == "case" and hit.ref in cases],
            records=[records[hit.ref] for hit in one.hits if hit.what == "record" and hit.ref in records],
            more=one.more,
            address=f"/console/cases?{urlencode({'active': 'all', 'text': one.shown[:LONGEST]})}",
            known=_known(one.kind, one.shown),
        )
        for one in found.groups
    ]
    return SearchPage(text, groups, found.more, not wanted(text), _only(found, records))


_PAGES = {"plate": "vehicle", "trailer": "vehicle", "uscc": "carrier", "person": "person", "tank": "tank"}


def _known(kind: str, shown: str) -> str:
    """Return the page of all that is known of a number; of a person it is there once he has a sign."""
    found = known.by_number(_PAGES[kind], shown) if kind in _PAGES else None
    return address_of(found.kind, found.sign) if found is not None and found.sign else ""


def masked(kind: str, shown: str) -> str:
    """Return an identity number with its middle hidden: who typed it knows it, who reads over a shoulder need not."""
    return shown if kind != "person" or len(shown) < 11 else f"{shown[:6]}{'*' * (len(shown) - 10)}{shown[-4:]}"


def _only(found: Results, records: Mapping[str, RecordLine]) -> str:
    hit: Hit | None = found.only
    if hit is None:
        return ""
    if hit.what == "case":
        return f"/console/cases/{hit.ref}"
    return f"/console/records/{records[hit.ref].record.digest}" if hit.ref in records else ""


def _records(knowledge: Knowledge, who: Visitor, found: Results) -> dict[str, RecordLine]:
    inspections = found.refs("record")
    seals = [one.shown for one in found.groups if one.kind == "digest"]
    held, cases = reading.sealed(who.scope, inspections, seals), reading.cases(inspections)
    definitions = knowledge.definitions()
    return {
        inspection: RecordLine(one, pieces.tickets_of(definitions, who.scope, cases.get(inspection, ())))
        for inspection, one in held.items()
    }
