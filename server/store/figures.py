"""What figures are made from, kept up to date: a check's row and the sums it counts into move in one transaction.

Whatever changes a check (its record processed, an amendment, a case that moves) touches it. Before that transaction is
committed, the check is counted anew from what the office holds, and the sums move by the difference: again changes
nothing. Figures follow and never lead: what fails here is logged, and no record or case waits for it.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from peewee import EXCLUDED, JOIN, SQL, PostgresqlDatabase, fn

from checklists.inspection.entries import Entry, merge
from server.figures.fact import COLUMNS, Fact, Known, fact_of, is_check
from server.figures.sums import SUMMED, Counted, Key, Looked, Sums, Under, moved, target_key
from server.gate import delay, shape
from server.parts import Part, PartHead, ReadPart, entries_of, taken_in
from server.store import bodies, bulk, meta, outage
from server.store.case_models import SideTrack
from server.store.figure_models import CheckFact, CheckFound, CheckLooked, KeptSum
from server.store.models import Case, Device, Record, ServerFinding, database
from server.store.records import MISTAKEN
from server.store.rows import tuples
from server.store.steering_models import Campaign, CampaignCheck

_log = logging.getLogger(__name__)

_NO_PARTS: Mapping[str, Part] = {}
_MARK = "figures_read"
_FIGURES = 0x46494755  # "FIGU": the sums are moved by one process at a time
_LATE_DAYS = 3660
"""A record that a person released counts as it says when it was made, however long ago."""
_ROW = (
    Record.inspection, Record.digest, Record.inspected_at, Record.sealed_at, Record.received_at, Record.site,
    Record.agencies, Record.carrier, Record.un, Record.outcome, Record.reason, Record.id,
    Device.agency.alias("agency"),
)  # fmt: skip
_NAMES = ("inspection", "digest", "inspected_at", "sealed_at", "received_at", "site", "agencies", "carrier", "un",
          "outcome", "reason", "id", "agency")  # fmt: skip
_UNDECIDED = ("terminated",)
"""States in which a decision is no longer in force."""


class Shown(msgspec.Struct):
    """What is read of a finding."""

    item: str = ""
    violation: str = ""
    severity: str = ""


class Touched(NamedTuple):
    """What is known of a check that is counted anew: the items looked at (None: as before), parts that were read."""

    looked: Looked | None = None
    parts: Mapping[str, Part] = _NO_PARTS


class _Here(threading.local):
    def __init__(self) -> None:
        self.touched: dict[str, Touched] = {}


_here = _Here()


def touch(inspection: str, looked: Looked | None = None, parts: Mapping[str, Part] = _NO_PARTS) -> None:
    """Note that something of a check changed in this transaction.

    `looked` are the items that the office's computation looked at; None keeps those that are known of it. `parts` are
    those of its records that the caller has read, by digest.
    """
    before = _here.touched.get(inspection, Touched())
    _here.touched[inspection] = Touched(looked or before.looked, {**before.parts, **parts})


def settle_touched() -> None:
    """Count anew what was touched: the last thing before a commit but for the feed's places.

    Nobody takes a lock of his own after this one, so that two processes never wait for each other.
    """
    touched, _here.touched = _here.touched, {}
    if touched and isinstance(database.obj, PostgresqlDatabase):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_FIGURES,))
    for inspection, told in touched.items():
        _settle_apart(inspection, told)


def _settle_apart(inspection: str, told: Touched) -> None:
    try:
        with database.atomic():
            settle(inspection, *told)
    except Exception as problem:
        if outage.away(problem) or outage.passing(problem):
            raise
        _log.exception("a check could not be counted; `figures rebuild` counts it once that is mended")


def settle(inspection: str, looked: Looked | None = None, parts: Mapping[str, Part] = _NO_PARTS) -> bool:
    """Count a check anew and return whether anything moved; of others, `touch` is the way."""
    before, after = _held(inspection), _made(inspection, looked, parts)
    if looked is not None:
        _keep_looked(inspection, looked)
    if before == after:
        return False
    _put(inspection, after)
    add(moved(before, after))
    return True


def add(changes: Mapping[Key, Sums]) -> None:
    """Move sums by so much; one that comes to nothing goes."""
    bulk.each(_moving, [(*key, *sums) for key, sums in sorted(changes.items())])
    bulk.each(_emptied, [tuple(key) for key, sums in changes.items() if sums[0] < 0])


def _moving() -> Any:
    """Return one statement that begins a sum or adds to it, so that two processes never count over each other."""
    more = {one: one + getattr(EXCLUDED, one.column_name) for one in _SUMS}
    row: dict[Any, Any] = {**dict.fromkeys(_KEY, ""), **dict.fromkeys(_SUMS, 0)}
    return bulk.silent(KeptSum.insert(row).on_conflict(conflict_target=_KEY, update=more))


def _emptied() -> Any:
    return KeptSum.delete().where(*(one == "" for one in _KEY), KeptSum.checks == SQL("0"))


def begin_anew() -> None:
    """Let go everything that was counted, but not which items were looked at; `catch_up` then counts it all again."""
    for table in (CheckFact, CheckFound, KeptSum):
        table.delete().execute()
    meta.put(_MARK, "0")


def catch_up(some: int = 10) -> int:
    """Count some records that came before this was kept, and return how many were left to look at."""
    after = int(meta.held(_MARK) or 0)
    query = Record.select(Record.id, Record.inspection).where(Record.id > after, *_seals())
    rows = tuples(query.order_by(Record.id).limit(some))
    for _id, inspection in rows:
        touch(str(inspection))
    if rows:
        read_to(int(rows[-1][0]))
    return len(rows)


def read_to(record: int) -> None:
    """Note up to which record all are counted."""
    meta.put(_MARK, str(record))


def every() -> list[Counted]:
    """Return every check as it is counted: what a test adds up anew."""
    return [_held(str(one)) for (one,) in tuples(CheckFact.select(CheckFact.inspection))]


def kept() -> dict[Key, Sums]:
    """Return every kept sum."""
    columns = [getattr(KeptSum, name) for name in _KEPT]
    return {Key(*row[:4]): tuple(map(int, row[4:])) for row in tuples(KeptSum.select(*columns))}


def fresh(inspection: str) -> Counted:
    """Return a check counted anew from what the office holds, and change nothing."""
    return _made(inspection)


def seals() -> list[str]:
    """Return every inspection whose seal was processed."""
    return [str(one) for (one,) in tuples(Record.select(Record.inspection).where(*_seals()).distinct())]


def _seals() -> tuple[Any, ...]:
    return Record.kind == "inspection", fn.COALESCE(Record.state, "") == "processed"


def _held(inspection: str) -> Counted:
    rows = bulk.among(CheckFact, COLUMNS, "inspection", [inspection])
    if not rows:
        return Counted(None)
    found = bulk.among(CheckFound, ("what", "code"), "inspection", [inspection])
    of = {name: frozenset(code for what, code in found if what == name) for name in _FOUND}
    looked = Looked(_looked(inspection).conform - of["item"], of["item"])
    return Counted(Fact(*rows[0]), looked, of["violation"], Under(*(of[name] for name in Under._fields)))


def _made(inspection: str, looked: Looked | None = None, parts: Mapping[str, Part] = _NO_PARTS) -> Counted:
    found = bulk.rows(_seal, inspection, "", "inspection", "", "processed", 1)
    row = dict(zip(_NAMES, found[0], strict=True)) if found else None
    if row is None or row["reason"] == MISTAKEN or not is_check(str(row["outcome"] or "")):
        return Counted(None)
    part = parts.get(str(row["digest"]))
    if part is None:
        part = ReadPart(shape.counted(bodies.by_record([row["id"]]).get(row["id"], b"")))
    findings = _findings(inspection, part)
    codes = frozenset(one.violation for one in findings if one.violation)
    known = Known(codes, frozenset(one.severity for one in findings), bool(findings), *_cases(inspection))
    try:
        fact = fact_of(row, part, _entries(inspection, part), _seconds(part, str(row["received_at"])), known)
    except (ValueError, OverflowError):  # of a time that no calendar has
        return Counted(None)
    looked = _looked(inspection) if looked is None else looked
    return Counted(fact, looked, codes, _under(inspection, fact.day, looked.failed | codes))


def _seal() -> Any:
    query = Record.select(*_ROW).join(Device, JOIN.LEFT_OUTER, on=(Device.id == Record.device))
    # Its inspection leads to it: by kind, in the order of numbers, all that came since would be gone through.
    kind, state = fn.COALESCE(Record.kind, ""), fn.COALESCE(Record.state, "")
    return query.where(Record.inspection == "", kind == "", state == "").order_by(Record.id.desc()).limit(1)


def _under(inspection: str, day: str, found: frozenset[str]) -> Under:
    """Return the campaigns that a check counts for: those that its record names and that held on its day.

    `found` are the items that failed in it and the violations.
    """
    said = dict(bulk.among(CampaignCheck, ("campaign", "targets"), "inspection", [inspection]))
    if not said:
        return Under()
    rows = [one for one in Campaign.select().where(Campaign.id.in_(list(said))) if _held_on(one, day)]
    focus = {str(one.id): {*json.loads(str(one.items)), *json.loads(str(one.violations))} for one in rows}
    targets = {target_key(one, text) for one in focus for text in json.loads(str(said[one]))}
    return Under(frozenset(focus), frozenset(one for one in focus if focus[one] & found), frozenset(targets))


def _held_on(campaign: Campaign, day: str) -> bool:
    return str(campaign.since) <= day <= min(str(campaign.until), str(campaign.ended_on or campaign.until))


def _entries(inspection: str, part: Part) -> tuple[Entry, ...]:
    rows = bulk.among(Record, ("id", "kind", "state"), "inspection", [inspection])
    beside = bodies.by_record([number for number, *told in rows if told == ["contribution", "processed"]])
    return merge(entries_of(part), *(entries_of(shape.counted(body)) for body in beside.values()))


def _seconds(part: Part, received_at: str) -> float | None:
    try:
        head = msgspec.convert(part, taken_in(PartHead))
    except msgspec.MsgspecError:
        return None
    return delay.seconds_of(head, received_at, _LATE_DAYS)


def _findings(inspection: str, part: Part) -> list[Shown]:
    """Return what was found: by the office with its fuller data, or as sealed where it did not compute again."""
    found = bulk.among(ServerFinding, ("sense", "difference", "finding"), "inspection", [inspection])
    rows = [(difference, finding) for sense, difference, finding in found if sense == "fuller"]
    if rows:
        return [_shown(json.loads(finding)) for difference, finding in rows if difference != "gone"]
    return [_shown(one) for one in part.get("findings") or () if isinstance(one, Mapping)]


def _shown(finding: Mapping[str, Any]) -> Shown:
    return Shown(*(str(finding.get(name) or "") for name in ("item", "violation", "severity")))


def _cases(inspection: str) -> tuple[bool, bool, bool]:
    """Return whether a case was opened, whether one is decided, whether a correction was found done."""
    rows = bulk.among(Case, ("id", "state", "decided_at"), "inspection", [inspection])
    decided = any(at and state not in _UNDECIDED for _id, state, at in rows)
    named, cleared = [str(id_) for id_, _state, _at in rows], {"kind": "rectification", "state": "cleared"}
    return bool(rows), decided, bool(bulk.among(SideTrack, ("id",), "case", named, **cleared))


def _looked(inspection: str) -> Looked:
    rows = bulk.among(CheckLooked, ("conform", "failed"), "inspection", [inspection])
    return next((Looked(_split(conform), _split(failed)) for conform, failed in rows), Looked())


def _keep_looked(inspection: str, looked: Looked) -> None:
    told = {"conform": joined(looked.conform), "failed": joined(looked.failed)}
    bulk.put(CheckLooked, ("inspection",), [{"inspection": inspection, **told}])


def joined(items: Iterable[str]) -> str:
    """Return items as they are kept: `,EQP-14,TNK-07,`."""
    held = sorted(items)
    return f",{','.join(held)}," if held else ""


def _split(text: str) -> frozenset[str]:
    return frozenset(one for one in text.split(",") if one)


def _put(inspection: str, after: Counted) -> None:
    """Write the check's own rows anew."""
    bulk.run(_found_before, inspection)
    fact, looked, violations, under = after
    if fact is None:
        CheckFact.delete().where(CheckFact.inspection == inspection).execute()
        return
    bulk.put(CheckFact, ("inspection",), [vars(fact)])
    found = {"violation": violations, "item": looked.failed, **under._asdict()}
    rows = [(inspection, what, code, fact.day) for what in _FOUND for code in sorted(found[what])]
    bulk.insert(CheckFound, ("inspection", "what", "code", "day"), rows)


def _found_before() -> Any:
    return CheckFound.delete().where(CheckFound.inspection == "")


_FOUND = ("violation", "item", *Under._fields)
"""What rows stand beside a check's own: see `CheckFound`."""
_KEY = (KeptSum.by, KeptSum.period, KeptSum.key, KeptSum.agencies)
_SUMS = [getattr(KeptSum, name) for name in SUMMED]
_KEPT = (*Key._fields, *SUMMED)
