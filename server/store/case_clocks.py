"""Clocks over all cases: holidays that are published, open clocks counted again, what happens when one has run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists.wire import instant
from server import clock
from server.cases.casefile import MACHINE
from server.cases.clockwork import Change, next_due, recounted
from server.cases.machine import Refusal
from server.store import audit, case_apply, case_files, case_law, case_opening
from server.store.case_models import CaseClock, Holiday
from server.store.models import FAR, Case, Meta
from server.store.rows import tuples

COUNTED_BY = "case_clocks:law"
"""The name of the value that says by which version of law and calendar the open clocks were counted last."""

KINDS = ("rest", "work")

LAPSES = {
    "police_appearance": "term_over",
    "hearing_request": "terms_over_or_waived",
    "statement": "terms_over_or_waived",
    "evidence_registration": "registration_lapsed",
}
"""Clock → what the machine does once it has run; where a guard refuses, a person decides."""


@dataclass(frozen=True)
class Moved:
    """A clock of a case whose end is another than before."""

    case: str
    number: str
    change: Change


def publish_holidays(rows: Sequence[Mapping[str, str]], who: str) -> list[Moved]:
    """Take a year's notice of holidays, count every open clock again, and return which ends moved.

    Rows are `{day, kind, name_zh, name_en, source, year}`; a year stands in the place of what was there. Raises
    ValueError with all faults; then nothing changes.
    """
    faults = list(_faults(rows))
    if faults:
        raise ValueError("\n".join(faults))
    years = {int(row["year"]) for row in rows}
    Holiday.delete().where(Holiday.year.in_(sorted(years))).execute()
    at = clock.now()
    for row in rows:
        told = {name: str(row.get(name) or "") for name in ("day", "kind", "name_zh", "name_en", "source")}
        Holiday.insert(**told, year=int(row["year"]), published_by=who, published_at=at).execute()
    audit.note(who=who, action="holidays.publish", subject=", ".join(map(str, sorted(years))))
    return recount(who)


def _faults(rows: Sequence[Mapping[str, str]]) -> Iterable[str]:
    days = [str(row.get("day") or "") for row in rows]
    for number, row in enumerate(rows, start=1):
        day = str(row.get("day") or "")
        try:
            held = datetime.fromisoformat(day).date()
        except ValueError:
            yield f"row {number}: {day!r} is no day"
            continue
        if row.get("kind") not in KINDS:
            yield f"row {number}: kind {row.get('kind')!r} is neither rest nor work"
        if row.get("kind") == "work" and held.weekday() < 5:
            yield f"row {number}: {day} is no weekend and is worked anyway"
        if not str(row.get("source") or "").strip() or not str(row.get("name_zh") or "").strip():
            yield f"row {number}: name and source are given"
        if not str(row.get("year") or "").isdecimal() or abs(int(row["year"]) - held.year) > 1:
            yield f"row {number}: the year of the notice is missing"
        if days.index(day) != number - 1:
            yield f"row {number}: {day} stands twice"
    if not rows:
        yield "no day is given"


def recount(who: str = "") -> list[Moved]:
    """Count the open clocks of every case by the law and calendar in force, and return which ends moved."""
    bench = case_law.current()
    moved = [one for case in _with_open_clocks() for one in _recount(case, bench)]
    Meta.insert(name=COUNTED_BY, value=bench.law.version).on_conflict(
        conflict_target=[Meta.name], update={Meta.value: bench.law.version}
    ).execute()
    for one in moved:
        before, after = one.change.before, one.change.after
        told = f"{one.number} {after.rule}: {before.due or before.why} -> {after.due or after.why} ({after.sure})"
        audit.note(who=who or "office", action="case.clock_moved", subject=told[:500])
    return moved


def _with_open_clocks() -> list[str]:
    query = CaseClock.select(CaseClock.case).where(CaseClock.ended_at == "").distinct().order_by(CaseClock.case)
    return [case for (case,) in tuples(query)]


def _recount(case: str, bench: case_law.Bench) -> list[Moved]:
    row = case_apply.locked(case)
    if row is None:
        return []
    loaded = case_files.load(row, bench)
    clocks, changes = recounted(loaded.file.clocks, bench.law)
    if clocks == loaded.file.clocks:
        return []
    case_files.save_clocks(loaded, clocks)
    due, rule = next_due(clocks)
    Case.update(next_due=due or FAR, next_due_rule=rule).where(Case.id == case).execute()
    return [Moved(case, str(row.number), one) for one in changes]


def needs_recount() -> bool:
    """Whether law or calendar are others than those by which the open clocks were counted."""
    held = Meta.get_or_none(Meta.name == COUNTED_BY)
    return held is None or str(held.value) != case_law.current().law.version


def keep_up(now: datetime | None = None, most: int = 200) -> dict[str, int]:
    """Do what is due without anybody's click, and return how much of each: the worker calls this now and then.

    Cases of before get their history, clocks are counted again when law or calendar are new, and terms that have run
    move what the law moves by itself.
    """
    at = now or clock.read(clock.now())
    adopted = case_opening.adopt(most)
    moved = len(recount()) if needs_recount() else 0
    lapsed = sum(_lapse(case, rule, side, at) for case, rule, side in _ran_out(instant(at), most))
    return {"adopted": adopted, "moved": moved, "lapsed": lapsed}


def _ran_out(at: str, most: int) -> list[tuple[str, str, str]]:
    """Return (case, clock, side track) of the clocks that have run and on which the machine acts."""
    over = (CaseClock.ended_at == "") & (CaseClock.due_at != "") & (CaseClock.due_at <= at)
    query = CaseClock.select(CaseClock.case, CaseClock.rule, CaseClock.side).where(
        over, CaseClock.rule.in_(list(LAPSES)), CaseClock.paused_from == ""
    )
    return tuples(query.order_by(CaseClock.due_at, CaseClock.id).limit(most))


def _lapse(case: str, rule: str, side: str, at: datetime) -> bool:
    """Whether the machine could do what follows; it asks again later where something is missing."""
    data: dict[str, Any] = {"side": side} if side else {}
    done = case_apply.apply_event(case, LAPSES[rule], data, MACHINE, None, at)
    return not isinstance(done, Refusal)
