"""The lists of the work: cases, records, hand-overs, stop orders, within what somebody may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from checklists import words as kernel
from server.accounts import Scope
from server.cases import states
from server.cases.words import CLOCKS, TIERS
from server.exporting.listing import COMMA, SOME, Asked, Column, Listing, Read, by_id
from server.importing.kinds import ON
from server.rights import may
from server.store import case_filters, case_lists, handover_lists, reading, stop_orders
from server.store.models import FAR, Case, Record
from server.store.office_models import StopOrder


def _(words: str) -> str:
    return words


RECORD_STATES = {
    "received": _("waits to be processed"),
    "processed": _("processed"),
    "parked": _("set aside"),
    "conflict": _("in conflict"),
}
HANDOVERS = {
    "sent": _("sent"),
    "received": _("receipt has come"),
    "done": _("done"),
    "refused": _("refused"),
    "taken": _("taken back"),
}

CASES = (
    Column(_("case number"), width=20),
    Column(_("state"), "code", 22),
    Column(_("agency"), "named"),
    Column(_("kept by"), "named"),
    Column(_("owner"), "person"),
    Column(_("tier"), "code", 10),
    Column(_("party"), "code", 12),
    Column(_("name of the party"), "name", 34),
    Column(_("cause"), width=34),
    Column(_("violations"), "named", 44),
    Column(_("begun"), "time", 20),
    Column(_("opened"), "time", 20),
    Column(_("decided at"), "time", 20),
    Column(_("served"), "time", 20),
    Column(_("closed at"), "time", 20),
    Column(_("next due"), "until", 20),
    Column(_("what is due"), "code", 26),
)
_RECORDS = (
    Column(_("checked"), "time", 20),
    Column(_("plate number")),
    Column(_("plate colour"), "code", 10),
    Column(_("carrier"), width=34),
    Column(_("UN number"), width=10),
    Column(_("outcome"), "code", 20),
    Column(_("severity"), width=10),
    Column(_("site"), width=30),
    Column(_("state"), "code", 18),
    Column(_("reason")),
    Column(_("agencies"), "named", 18),
    Column(_("tablet"), width=20),
    Column(_("received at"), "time", 20),
    Column(_("digest of the record"), width=66),
)
_HANDOVERS = (
    Column(_("case number"), width=20),
    Column(_("from the agency"), "named", 12),
    Column(_("to the agency"), "named", 12),
    Column(_("sent at"), "time", 20),
    Column(_("what"), "text", 40),
    Column(_("state"), "code", 14),
    Column(_("receipt"), "time", 20),
    Column(_("result"), "text", 40),
    Column(_("ended"), "time", 20),
)
ORDERS = (
    Column(_("number of the order"), width=24),
    Column(_("given by"), width=34),
    Column(_("against"), "code", 14),
    Column(_("plate, number, credit code or identity number"), "text", 24),
    Column(_("what must happen"), "text", 44),
    Column(_("since"), width=12),
    Column(_("last day"), width=12),
    Column(_("stands no more from"), width=12),
    Column(_("agency"), "named", 12),
    Column(_("entered by"), "person", 14),
    Column(_("entered"), "time", 20),
    Column(_("lifted"), "time", 20),
    Column(_("lifted by"), "person", 14),
    Column(_("why it was lifted"), "text", 30),
)


def _wanted(asked: Asked) -> case_lists.Wanted:
    told: dict[str, Any] = dict(asked.filters)
    return case_filters.wanted_of({**told, "nobody": told.get("nobody") in ("1", "yes", True)})


def _case_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    # Page by page, each in a read of its own: a walk that the store's read began again would have ended half-way.
    wanted, after, now = _wanted(asked), "", ""
    while True:
        page = read(lambda after=after, now=now: case_lists.page(asked.scope, wanted, after=after, limit=SOME, now=now))
        found = read(reading.violations, [str(one.id) for one in page.rows])
        for one in page.rows:
            yield case_row(one, found.get(str(one.id), ()))
        if not page.next:
            return
        after, now = page.next, page.now


def case_row(one: Case, violations: Sequence[str]) -> Sequence[Any]:
    """Return a case as the list has it."""
    due = "" if one.next_due == FAR else one.next_due
    codes = COMMA.join(dict.fromkeys(violations))
    parts = (one.number, states.MAIN.get(str(one.state), one.state), one.agency, one.keeper, one.owner)
    party = (TIERS.get(str(one.tier), one.tier), kernel.ROLES.get(str(one.party_role), one.party_role))
    times = (one.opened_at, one.opened_law_at, one.decided_at, one.served_at, one.closed_at, due)
    rule = CLOCKS.get(str(one.next_due_rule), one.next_due_rule) if due else ""
    return (*parts, *party, one.party_name, one.cause, codes, *times, rule)


def _record_wanted(filters: Mapping[str, str]) -> reading.Wanted:
    names = ("state", "need", "severity", "agency", "text", "since", "until")
    return reading.Wanted(**{name: filters.get(name, "") for name in names})


def _record_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    wanted = _record_wanted(asked.filters)
    names: dict[str, str] = {}
    for one in _records(read, asked.scope, wanted):
        device = str(one.device)
        if device not in names:
            found = read(reading.devices, [device])
            names[device] = str(found[device].name) if device in found else device
        yield _record_row(one, names[device])


def _records(read: Read, scope: Scope, wanted: reading.Wanted) -> Iterator[Record]:
    """Yield the records of a list page by page, also over pages on which nothing of what was looked at fits."""
    before: int | None = None
    while True:
        page = read(lambda before=before: reading.page(scope, wanted, before=before, limit=SOME))
        yield from page.rows
        if page.more is None:
            return
        before = page.more


def _record_row(one: Record, tablet: str) -> Sequence[Any]:
    known = (
        *(one.plate, kernel.COLOURS.get(str(one.colour), one.colour), one.carrier, one.un),
        *(kernel.OUTCOMES.get(str(one.outcome), one.outcome), one.severity, one.site),
    )
    agencies = COMMA.join(part for part in str(one.agencies or "").split("|") if part)
    state = RECORD_STATES.get(str(one.state), one.state)
    return (one.inspected_at or one.sealed_at, *known, state, one.reason, agencies, tablet, one.received_at, one.digest)


def _handover_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    state = asked.filters.get("state", "")
    for one, case in by_id(lambda before: handover_lists.page(asked.scope, state=state, before=before), read):
        told = (case.number, one.sender, one.receiver, one.sent_at, one.what)
        yield (*told, HANDOVERS.get(str(one.state), one.state), one.receipt_at, one.result, one.ended_at)


def _order_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    for standing in _standing(asked):
        for one in by_id(partial(_order_page, standing), read):
            yield order_row(one)


def order_row(one: StopOrder) -> Sequence[Any]:
    """Return an order as the list has it."""
    told = (
        one.number,
        one.authority,
        ON.get(str(one.on), one.on),
        one.shown,
        one.text,
        one.since,
        one.due,
        one.closed_on,
    )
    return (*told, one.agency, one.who, one.made_at, one.lifted_at, one.lifted_by, one.lifted_why)


def _order_page(standing: bool, before: int | None) -> list[StopOrder]:
    return stop_orders.page(standing=standing, before=before, limit=SOME)


def _standing(asked: Asked) -> tuple[bool, ...]:
    return {"standing": (True,), "lifted": (False,)}.get(asked.filters.get("state", ""), (True, False))


LISTS = (
    Listing(
        "cases",
        _("cases"),
        may("export_cases"),
        lambda _asked: CASES,
        lambda asked: case_lists.count(asked.scope, _wanted(asked)),
        _case_rows,
    ),
    Listing(
        "records",
        _("records"),
        may("export_cases"),
        lambda _asked: _RECORDS,
        lambda asked: reading.count(asked.scope, _record_wanted(asked.filters)),
        _record_rows,
    ),
    Listing(
        "handovers",
        _("hand-overs"),
        may("export_cases"),
        lambda _asked: _HANDOVERS,
        lambda asked: handover_lists.count(asked.scope, asked.filters.get("state", "")),
        _handover_rows,
    ),
    Listing(
        "orders",
        _("stop orders"),
        may("export_orders"),
        lambda _asked: ORDERS,
        lambda asked: sum(stop_orders.count(standing=one) for one in _standing(asked)),
        _order_rows,
    ),
)
