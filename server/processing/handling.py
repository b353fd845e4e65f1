"""What becomes of one received record: its findings computed again, its cases opened, or why it waits for a person.

Its whole outcome is one transaction. Whatever fails here, also while the outcome is written, is the fate of this
record alone: it is parked, in a transaction of its own, with the place where it failed and none of its values.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from checklists.facts.earlier import HOLDING
from checklists.findings.outcome import ABANDONED
from checklists.inspection import stop_order
from server import clock
from server.cases.ends import day_text
from server.gate import delay, ingest
from server.gate.shape import LATER
from server.office import Office
from server.parts import conduct_at, entries_of
from server.processing import belief, supplements, unverified
from server.processing.alerts import alert_for
from server.processing.in_hand import InHand
from server.processing.recompute import Recomputed, Unknown, Versions, named_in, recompute, vehicles_in
from server.store import (
    alerts,
    bodies,
    campaigns,
    case_search,
    cases,
    feed_history,
    feed_voids,
    figures,
    lessons,
    outage,
    photos_due,
    post_orders,
    queue,
    records,
    release_passes,
    tasks,
    waiting_acts,
    watch,
    way_back_links,
)
from server.store.models import Record
from server.store.outage import DatabaseAway

_log = logging.getLogger(__name__)

_ROUNDS = 3


@dataclass(frozen=True)
class Ended:
    """How a record ended: its state, why it waits, and what is written besides in the same transaction."""

    state: str
    reason: str = ""
    detail: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)
    write: Callable[[], None] = lambda: None


class Waits(Exception):  # noqa: N818 - no fault of the record: it goes on waiting
    """The machine's trouble, which is the cause, and not that of the record with this id."""

    def __init__(self, record: int) -> None:
        super().__init__(record)
        self.record = record


def process(office: Office, versions: Versions, hand: InHand, without: Collection[int] = ()) -> tuple[int, str] | None:
    """Process the record that has waited longest, and return its id and state; None where there is none.

    `without` are left where they are. Raises DatabaseAway, and Waits with what else is the machine's trouble.
    """
    taken = 0
    try:
        with queue.take(office.store.database, without) as record:
            if record is None:
                return None
            hand.take(taken := int(record.id))
            return taken, _handle(office, versions, record)
    except Exception as problem:
        failed = problem
    finally:
        hand.lay_down()
    if isinstance(failed, DatabaseAway) or outage.away(failed):
        outage.drop(office.store.database)
        raise DatabaseAway from failed
    if not taken:
        raise failed
    try:
        if not outage.passing(failed):
            return taken, park(office, taken, failed)
    except Exception as problem:
        failed = problem
    raise Waits(taken) from failed


def park(office: Office, id_: int, failed: BaseException) -> str:
    """Park a record that could not be processed and return its state. Raises what keeps even that from being done."""
    _log.error("record could not be processed", exc_info=failed, extra={"count": id_})
    office.store.write_now(lambda: queue.settle(id_, "parked", "processing_failed", place_of(failed)))
    return "parked"


def place_of(failed: BaseException) -> str:
    """Return what kind of failure it was and where, without a word of its message: that may quote the record."""
    frames = traceback.extract_tb(failed.__traceback__)
    where = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(failed).__name__}{where}"


def _handle(office: Office, versions: Versions, record: Record) -> str:
    for _round in range(_ROUNDS):
        seen = records.processed_digests(str(record.inspection))
        ended = _ended(office, versions, record)
        if _write(office, record, ended, seen):
            return ended.state
    return ""


def _ended(office: Office, versions: Versions, record: Record) -> Ended:
    part, fault = records.opened(record)
    if fault is not None:
        return Ended("parked", "format_unknown") if fault is LATER else Ended("parked", "shape_wrong", str(fault))
    if part["kind"] == stop_order.KIND:
        # Before any doubt of its clock: who leaks on the road leaks by every clock (ADR 0050).
        return Ended("processed", write=lambda: _order(office, versions, record, part))
    seen = record.reason in waiting_acts.SEEN
    if not seen and clock_off(record, part, office.config.late_days):
        return Ended("parked", "clock_off")
    late = records.late_amendments(str(record.inspection))
    parts = {} if part["kind"] == "shift" else records.parts_of(str(record.inspection))
    own = str(record.digest)
    all_ = {digest: one for digest, one in {**parts, own: part}.items() if digest not in late}
    strangers = belief.strangers_in(all_, office.key.public)
    if part["kind"] != "inspection":  # the seal judged what was there; what counted with it goes on counting
        strangers = {digest: those for digest, those in strangers.items() if digest == own}
    if own in strangers:
        return Ended("parked", "not_named", columns=belief.columns(strangers[own]))
    others = [one for digest, one in all_.items() if digest != own and digest not in strangers]
    if not seen and belief.seal_doubted(part, others, office.key.public):
        return Ended("parked", "seal_unproven")
    if part["kind"] == "inspection" and any(one["kind"] == "inspection" for one in others):
        return Ended("conflict", "sealed_twice")
    try:
        counted = () if own in late else (part,)
        queue.alone_with(vehicles_in((*others, *counted)))
        lookup = feed_history.ahead(named_in((*others, *counted)))
        done = recompute(versions, lookup, part, (*others, *counted), office.key.public)
    except Unknown:
        return Ended("parked", "definitions_unknown")
    mistaken = record.reason == records.MISTAKEN or records.is_mistaken(str(record.inspection))
    if is_abandoned(part) and not seen and (done.fuller or done.warned or _contradicts(part)):
        return Ended("parked", "abandoned")
    columns = {**done.columns, "alarm": done.alarm}
    if done.alarm:
        _log.error("kernel alarm: computing again gave other findings", extra={"record": record.digest})
    detail = f"not proven: {done.doubts}" if done.doubts else ""
    if mistaken:
        done = replace(done, cases=())
    days = office.config.way_back_days
    reason = record.reason if record.reason in (records.MISTAKEN, records.ACCEPTED) else ""
    so_far = (*(one for digest, one in parts.items() if digest not in strangers), part)

    def write() -> None:
        records.again(strangers)
        _follow(record, done, so_far, days)

    return Ended("processed", reason, detail, columns, write)


def _order(office: Office, versions: Versions, record: Record, part: Mapping[str, Any]) -> None:
    """Make of a leader's act at a post what the office would make of it, and note where it makes nothing."""

    def bases(agency: str) -> Sequence[str]:
        day = date.fromisoformat(day_text(clock.now()))
        try:
            return stop_order.bases(versions.current().definitions, agency, day)
        except Unknown:
            return ()

    answer = post_orders.take(record, part, office.key.public, bases)
    if answer.codes:
        queue.note(int(record.id), "order_refused", ", ".join(answer.codes))


def _write(office: Office, record: Record, ended: Ended, seen: tuple[str, ...]) -> bool:
    """Write how it ended; False where another part of the inspection was processed meanwhile and must be counted in."""

    def job() -> bool:
        if ended.state == "processed" and records.processed_digests(str(record.inspection)) != seen:
            return False
        if queue.settle(int(record.id), ended.state, ended.reason, ended.detail, ended.columns):
            photos_due.make([int(record.id)])
            ended.write()
        return True

    done = job() if queue.in_own_transaction() else office.store.write_now(job)
    if done and ended.state == "parked":
        _log.info("parked", extra={"record": record.digest, "reason": ended.reason})
    return done


def is_abandoned(part: Mapping[str, Any]) -> bool:
    """Whether a part is a check that its officers said to have begun by mistake."""
    return part["kind"] == "inspection" and (part.get("outcome") or {}).get("decided") == ABANDONED


def _contradicts(part: Mapping[str, Any]) -> bool:
    """Whether anything that was compared contradicts itself, such as a stop order that the officers were told of."""
    results = part.get("results") or ()
    return any(isinstance(one, Mapping) and one.get("verdict") == "conflict" for one in results)


def clock_off(record: Record, part: Mapping[str, Any], late_days: int) -> bool:
    """Whether the device's clock must have been wrong by more than a day when it opened or sealed the inspection."""
    received, enrolled = (
        clock.read(str(record.received_at)),
        clock.read(part["certificate"].get("issued_at") or str(record.received_at)),
    )
    times = (clock.read(str(record.sealed_at)), clock.read(conduct_at(part)))
    offset_ms = (part.get("clock") or {}).get("offset_ms") or 0
    return delay.clock_off(received, enrolled, times, offset_ms=int(offset_ms), late_days=late_days)


def _follow(record: Record, done: Recomputed, parts: Sequence[Mapping[str, Any]], link_days: int) -> None:
    """Write what follows from a record that was processed; the party's link opens it for `link_days`.

    `parts` are those of its inspection that were processed before, then its own. One that waited may name photos in a
    way that could not be read when it came.
    """
    inspection, digest, part = str(record.inspection), str(record.digest), parts[-1]
    if record.processed_at is not None:
        photos_due.put(digest, ingest.named(bodies.of(record)))
    if record.kind != "inspection" and done.fuller is not None:
        records.show_anew(inspection, done.columns)
    if done.frozen is not None:
        cases.put_findings(inspection, digest, "frozen", done.frozen)
    if done.fuller is not None:
        cases.put_findings(inspection, digest, "fuller", done.fuller)
    cases.put(inspection, done.cases)
    case_search.index_parts(inspection, parts)
    feed_history.tell([inspection])
    if not records.is_late(part, inspection, digest):
        lessons.put(part, done.columns)
        supplements.answered(inspection, digest, part)
        feed_voids.tell(part)
        watch.acted(inspection, entries_of(part), str(part["device"]))
    release_passes.put(part, done.columns, digest, done.pass_hours)
    way_back_links.take(part, digest, link_days)
    numbers = json.loads(done.columns.get("about") or "{}")
    campaigns.carried(inspection, entries_of(part), str(part["device"]), numbers, done.uns)
    figures.touch(inspection, done.looked, {digest: part})
    if done.fuller is not None:
        at = clock.read(clock.now())
        tasks.settle(inspection, unverified.PREFIX, unverified.tasks_for(inspection, done.unverified, done.columns, at))
        alerts.settle(inspection, alert_for(inspection, done, at))
        alerts.checked_again(inspection)
        if done.columns.get("outcome") in HOLDING:
            queue.again(alerts.passed_since(inspection))
