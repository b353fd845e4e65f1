"""Stop orders that leaders gave or lifted at posts: proven, then made as if they had been typed here, and answered.

The functions are those of the console's page, and so are the refusals. What came of an act is told to the tablets of
its agency, so that a refusal is seen where the order was given; the sealed part stays whatever came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import fn

from checklists.facts.registry import row_key
from checklists.inspection.stop_order import ANSWER, GIVE, LIFTED, REFUSED, STANDS, OrderAct, about, last_day, signed
from checklists.records.origin import act_doubt
from checklists.wire import canonical
from checklists.zone import in_law_zone
from server import clock
from server.cases.casefile import Actor
from server.gate import delay
from server.store import audit, feed, registry, stop_orders
from server.store.feed import Told
from server.store.models import Device, Record
from server.store.rows import tuples
from server.store.stop_orders import StopOrderError

ANSWER_DAYS = 30
"""For how many days tablets are told what came of an act. Ours."""

_NEVER_LATE_DAYS = 36_500


@dataclass(frozen=True)
class Answer:
    """What came of an act: one of the kernel's states, and of a refusal why."""

    state: str
    codes: tuple[str, ...] = ()


def take(record: Record, part: Mapping[str, Any], office_key: str, bases: Callable[[str], Collection[str]]) -> Answer:
    """Make the order, or lift it, in the writing job in hand, and tell what came of it.

    `bases` gives the clauses that may stand under an order of an agency. What a leader sealed before his tablet was
    revoked, or before he left, counts only where it came here before that: who has a lost tablet could date it back.
    """
    act, officer = OrderAct.of(part["order"]), part["signatures"][0]["officer"]
    row = (registry.lookup("officer", officer) or {}).get("data") or {}
    who = Actor(officer, str(row.get("name") or ""), _role(row), str(row.get("agency") or ""))
    codes = _doubts(record, part, act, who, office_key)
    answer = Answer(REFUSED, codes) if codes else _done(act, who, record, part, bases)
    if answer.state == REFUSED:
        subject = f"{act.authority} {act.number}: {', '.join(answer.codes)}"
        audit.note(who=officer, action=f"stop_order.{act.do}_refused", subject=subject, purpose="case")
    tell(str(record.digest), str(part["certificate"]["agency"]), act, answer)
    return answer


def sealed(orders: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return by (authority, number) the digest of the part by which an order was given at a post, none refused."""
    named = {about(*one): one for one in orders}
    state = fn.COALESCE(Record.state, "")  # what they are about leads to them
    query = Record.select(Record.id, Record.inspection, Record.digest).where(Record.inspection.in_(list(named)))
    newest_first = sorted(tuples(query.where(state == "processed", Record.reason == "")), reverse=True)
    return {named[str(inspection)]: str(digest) for _id, inspection, digest in newest_first}


def officers(ids: Iterable[str]) -> dict[str, str]:
    """Return the names of officers whom the office knows, by id."""
    rows = {one: registry.lookup("officer", one) for one in ids}
    return {one: str(row["data"].get("name") or one) for one, row in rows.items() if row is not None}


def _role(row: Mapping[str, Any]) -> str:
    """Return the role that an officer has here: at a post leaders give orders, and nobody else."""
    return "leader" if row.get("leader") else "officer"


def _doubts(record: Record, part: Mapping[str, Any], act: OrderAct, who: Actor, office_key: str) -> tuple[str, ...]:
    said = part["signatures"][0]
    confirmed = said.get("digest") == signed(act, who.login, str(said.get("at")))
    named = part["inspection"] == about(act.authority, act.number)
    proven = not act_doubt(part, who.login, office_key, {who.login: who.agency})
    found = {"origin": not (confirmed and named and proven), "revoked": _too_late(record)}
    return tuple(code for code, holds in found.items() if holds)


def _too_late(record: Record) -> bool:
    late = Device.revoked_at.is_null(False) & (Device.revoked_at < str(record.received_at))
    return bool(Device.select(Device.id).where(Device.id == record.device, late).exists())


def _done(
    act: OrderAct,
    who: Actor,
    record: Record,
    part: Mapping[str, Any],
    bases: Callable[[str], Collection[str]],
) -> Answer:
    try:
        if act.do == GIVE:
            return _given(act, who, first_day(record, part), bases)
        held = stop_orders.by_number(act.authority, act.number)
        stop_orders.lift(who, int(held.id) if held is not None else 0, act.why)
    except StopOrderError as wrong:
        return Answer(LIFTED) if wrong.codes == ("lifted",) else Answer(REFUSED, wrong.codes)
    return Answer(LIFTED)


def _given(act: OrderAct, who: Actor, first: date, bases: Callable[[str], Collection[str]]) -> Answer:
    last = last_day(act, first)
    told = {"number": act.number, "authority": act.authority, "on": act.on, "key": act.key, "text": act.told}
    told |= {"until": last.isoformat() if last else "", "basis": act.basis}
    codes = stop_orders.faults(told, bases(who.agency) if act.basis else ())
    if codes or not act.why.strip():
        return Answer(REFUSED, tuple(codes) or ("reason",))
    stop_orders.issue(who, **told, since=first.isoformat())
    return Answer(STANDS)


def first_day(record: Record, part: Mapping[str, Any]) -> date:
    """Return the day on which an order began: that of its seal by the clock as agreed, of its receipt where it is off.

    A wrong clock keeps no order back: what leaks on the road leaks by every clock.
    """
    received, told = clock.read(str(record.received_at)), part.get("clock") or {}
    enrolled = clock.read(str(part["certificate"].get("issued_at") or record.received_at))
    offset_ms = int(told.get("offset_ms") or 0) if told.get("agreed_at") else 0
    at = clock.read(str(record.sealed_at)) + timedelta(milliseconds=offset_ms)
    off = delay.clock_off(received, enrolled, (at,), offset_ms=0, late_days=_NEVER_LATE_DAYS)
    return in_law_zone(received if off else min(at, received)).date()


def tell(digest: str, agency: str, act: OrderAct, answer: Answer) -> None:
    """Tell the tablets of an agency what came of an act, by the digest of its part."""
    at = clock.now()
    data: dict[str, Any] = {"do": act.do, "number": act.number, "authority": act.authority, "state": answer.state}
    data |= {"key": row_key("orders", act.key), "codes": list(answer.codes)}
    until = (in_law_zone(clock.read(at)).date() + timedelta(days=ANSWER_DAYS)).isoformat()
    feed.tell(ANSWER, [Told(digest, canonical(data).decode(), at, agency=agency, until=until)])
