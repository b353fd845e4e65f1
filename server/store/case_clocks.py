"""Clocks over all cases: holidays that are published, open clocks counted again, what happens when one has run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import SQL

from checklists.goods import holidays
from checklists.wire import canonical, instant
from server import clock
from server.cases.casefile import MACHINE
from server.cases.clockwork import Change, recounted
from server.cases.machine import Refusal
from server.store import audit, case_apply, case_files, case_law, case_opening, feed
from server.store.case_models import CaseClock
from server.store.engine import Store
from server.store.feed import Told
from server.store.models import Case
from server.store.office_models import Holiday
from server.store.rows import aside, tuples
from server.store.shares import share

LAPSES = {
    "police_appearance": "term_over",
    "hearing_request": "terms_over_or_waived",
    "statement": "terms_over_or_waived",
    "evidence_registration": "registration_lapsed",
}
"""Clock → what the machine does once it has run; where a guard refuses, a person decides."""


_CLOCKS = 10
"""More open clocks of one version than a case has."""


@dataclass(frozen=True)
class Moved:
    """A clock of a case whose end is another than before."""

    case: str
    number: str
    change: Change


def publish_holidays(rows: Sequence[holidays.Row], who: str) -> list[int]:
    """Take the notice of one or several years, whole, and return the years; `recount` then counts the clocks again.

    Rows are those of the kernel's table (`checklists.goods.holidays`); a year stands in the place of what was there.
    Raises HolidayError with every fault; then nothing changes.
    """
    bench = case_law.current()
    faults = holidays.faults(rows, case_law.rows_of(bench.tables, "statutory_days"))
    if faults:
        raise holidays.HolidayError(faults)
    years = sorted({holidays.year_of(row) for row in rows})
    before = _plain(Holiday.select().where(Holiday.year.in_(years)).order_by(Holiday.day).dicts())
    Holiday.delete().where(Holiday.year.in_(years)).execute()
    at = clock.now()
    for row in rows:
        told = {name: str(row.get(name) or "") for name in holidays.COLUMNS}
        Holiday.insert(**told, year=holidays.year_of(row), published_by=who, published_at=at).execute()
    tell_holidays()
    detail = {"days": [before, _plain(sorted(rows, key=lambda row: row["day"]))]}
    audit.note(who=who, action="holidays.publish", subject=", ".join(map(str, years)), detail=detail)
    return years


def _plain(rows: Iterable[Any]) -> str:
    return ", ".join(f"{row['day']} {row['kind']}" for row in rows)


def published() -> dict[int, tuple[str, str]]:
    """Return by whom and when each year was published that the office published itself."""
    return {int(one.year): (str(one.published_by), str(one.published_at)) for one in Holiday.select()}


def tell_holidays() -> None:
    """Tell tablets of the days that the office published itself, and of those that it does not name any more."""
    days = list(Holiday.select().order_by(Holiday.day))
    data = [canonical({name: str(getattr(one, name)) for name in holidays.COLUMNS}).decode() for one in days]
    feed.tell(
        "holiday", [Told(str(one.day), each, str(one.published_at)) for one, each in zip(days, data, strict=True)]
    )
    feed.gone("holiday", feed.standing_keys("holiday") - {str(one.day) for one in days})


@dataclass(frozen=True)
class Recounted:
    """How many cases were counted again, and which ends moved."""

    cases: int
    moved: tuple[Moved, ...]


def recount(who: str = "", most: int = 20) -> Recounted:
    """Count the open clocks of some cases by the law and calendar in force, those that were counted by others.

    A share at a time, because nothing else is written meanwhile: again until `cases` is 0.
    """
    bench = case_law.current()
    done = {case: _recount(case, bench) for case in share(_counted_by_others(bench.law.version, most))}
    moved = [one for each in done.values() for one in each]
    for one in moved:
        before, after = one.change.before, one.change.after
        told = f"{one.number} {after.rule}: {before.due or before.why} -> {after.due or after.why} ({after.sure})"
        audit.note(who=who or "office", action="case.clock_moved", subject=told[:500])
    return Recounted(len(done), tuple(moved))


def recount_all(store: Store, who: str = "") -> list[Moved]:
    """Count every open clock again, in small jobs, and return which ends moved."""
    moved: list[Moved] = []
    while (done := store.write_now(lambda: recount(who))).cases:
        moved += done.moved
    return moved


def _counted_by_others(version: str, most: int) -> list[str]:
    open_, counted_by = SQL("ended_at = ''"), CaseClock.term_version  # in the words of the index
    order = counted_by, CaseClock.case
    # "Other than this" would be a walk through all that are open: before and after it are two looks.
    asked = (CaseClock.select(CaseClock.case).where(open_, one) for one in (counted_by < version, counted_by > version))
    found = dict.fromkeys(case for query in asked for (case,) in tuples(query.order_by(*order).limit(_CLOCKS * most)))
    return list(found)[:most]


def _recount(case: str, bench: case_law.Bench) -> list[Moved]:
    row = case_apply.locked(case)
    if row is None:
        return []
    loaded = case_files.load(row, bench)
    clocks, changes = recounted(loaded.file.clocks, bench.law)
    if clocks == loaded.file.clocks:
        return []
    case_files.save_clocks(loaded, clocks)
    Case.update(**case_files.due_columns(clocks)).where(Case.id == case).execute()
    return [Moved(case, str(row.number), one) for one in changes]


@dataclass(frozen=True)
class Kept:
    """How much was done, and from which clock the next round goes on (0: from the first)."""

    adopted: int
    recounted: int
    lapsed: int
    next: int


def keep_up(now: datetime | None = None, after: int = 0, most: int = 50) -> Kept:
    """Do some of what is due without anybody's click: the office's program calls this again and again.

    Cases of before get their history, clocks are counted again when law or calendar are new, and terms that have run
    move what the law moves by itself. `after` is the `next` of the round before, so that clocks on which a person has
    to act first hold up no others.
    """
    at = now or clock.read(clock.now())
    adopted = case_opening.adopt(most)
    counted = recount().cases
    over = _ran_out(instant(at), after, most)
    asked = {id_: _lapse(case, rule, side, at) for id_, case, rule, side in share(over)}
    through = len(asked) == len(over) < most
    return Kept(adopted, counted, sum(asked.values()), 0 if through else next(reversed(asked)))


def _ran_out(at: str, after: int, most: int) -> list[tuple[int, str, str, str]]:
    """Return (id, case, clock, side track) of clocks that have run and on which the program acts."""
    over = (CaseClock.ended_at == "") & (CaseClock.due_at != "") & (CaseClock.due_at <= at)
    number = aside(CaseClock.id, "0")  # in its order all clocks of all times would be gone through
    query = CaseClock.select(CaseClock.id, CaseClock.case, CaseClock.rule, CaseClock.side).where(
        over, CaseClock.rule.in_(list(LAPSES)), CaseClock.paused_from == "", number > after
    )
    return [(int(id_), *rest) for id_, *rest in tuples(query.order_by(number).limit(most))]


def _lapse(case: str, rule: str, side: str, at: datetime) -> bool:
    """Whether the machine could do what follows; it asks again later where something is missing."""
    data: dict[str, Any] = {"side": side} if side else {}
    done = case_apply.apply_event(case, LAPSES[rule], data, MACHINE, None, at)
    return not isinstance(done, Refusal)
