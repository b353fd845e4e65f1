"""Carriers in their tiers: worked out when something happened to one, set by a person with a reason and an end, told.

A look at a page or a list reads these rows alone. What is due is worked off behind the receipt, a few at a time.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from peewee import fn

from checklists.definitions.carrier_formula import CARRIER_LEVELS, CarrierFormula, formula_on
from checklists.facts import carrier_standing
from checklists.findings.carrier_tier import CarrierReason, CarrierTier, carrier_tier
from checklists.wire import canonical, to_plain
from checklists.zone import in_law_zone
from server import clock
from server.folding import fold
from server.store import bulk, case_law, feed, outage, tier_facts
from server.store.engine import Store
from server.store.feed import Told
from server.store.models import FAR
from server.store.rows import finds, tuples
from server.store.tier_facts import Facts
from server.store.tier_models import CarrierTier as Row
from server.store.tier_models import CarrierTierChange

_log = logging.getLogger(__name__)

KIND = carrier_standing.KIND
OFFICE = "office"
MOST_REASONS = 40
"""So many reasons are kept for the page; a tablet gets the first few."""

_KEPT = [one.name for one in Row._meta.sorted_fields if one.name not in ("key", "due_at")]


@dataclass(frozen=True)
class Worked:
    """What was worked out of a carrier that was due at `due_at`."""

    key: str
    due_at: str
    formula: CarrierFormula | None
    tier: CarrierTier
    facts: Facts


def due(limit: int) -> list[tuple[str, str]]:
    """Return (key, due_at) of the carriers that are to be worked out now, those that wait longest first."""
    query = Row.select(Row.key, Row.due_at).where(Row.due_at <= clock.now())
    return [(str(key), str(at)) for key, at in tuples(query.order_by(Row.due_at, Row.key).limit(limit))]


def work_out(key: str, due_at: str) -> Worked:
    """Work out where a carrier stands by the formula in force today; without one it is unknown."""
    bench, now = case_law.current(), clock.read(clock.now())
    today = in_law_zone(now).date()
    formula = formula_on(bench.definitions.carrier_tiers, today)
    if formula is None:
        return Worked(key, due_at, None, CarrierTier("unknown", 0, (), 0, 0), Facts("", (), (), ""))
    facts = tier_facts.facts_of(key, formula, bench, now)
    return Worked(key, due_at, formula, carrier_tier(formula, facts.checks, facts.against, today), facts)


def work(store: Store, limit: int = 50) -> int:
    """Work out some of what is due, and return how many; the writer is held for the result alone."""
    done, failed = list[Worked](), list[str]()
    for key, at in store.read_now(due, limit):
        try:
            done.append(store.read_now(work_out, key, at))
        except Exception as problem:
            if outage.away(problem) or outage.passing(problem):
                raise
            _log.exception("a carrier's tier could not be worked out")
            failed.append(key)
    if done or failed:
        store.write_now(lambda: _keep(done, failed))
    return len(done)


def _keep(done: Iterable[Worked], failed: Iterable[str]) -> None:
    """Keep what was worked out; what failed stands in nobody's way and is tried again in an hour."""
    for one in done:
        put(one)
    for key in failed:
        bulk.update(Row, {"due_at": clock.later(hours=1)}, key=key)


def put(done: Worked) -> None:
    """Keep what was worked out and tell tablets; what happened since lets it be worked out again."""
    row = bulk.by_key(Row, done.key)
    if row is None:
        return
    row.found, row.points, row.checks = done.tier.level, done.tier.points, done.tier.checks
    row.name, row.last_check = done.facts.name or str(row.name), done.facts.last_check
    row.formula, row.computed_at = done.formula.version if done.formula else "", clock.now()
    row.reasons = canonical([_plain(one) for one in done.tier.reasons[:MOST_REASONS]]).decode()
    row.salt = str(row.salt) or uuid4().hex[:16]
    settle(row, OFFICE)
    # What was noted meanwhile, also by another process, is left due.
    bulk.update(Row, {"due_at": _next(done, row)}, key=done.key, due_at=done.due_at)


def _plain(one: CarrierReason) -> dict[str, Any]:
    held = {name: value for name, value in to_plain(one).items() if value not in ("", 0, None, [])}
    return {**held, "counts": dict(one.counts)} if one.counts else held


def _next(done: Worked, row: Row) -> str:
    """Return when a carrier is to be worked out again though nothing happens to it."""
    ends = date.fromisoformat(str(row.hand_until)) if row.hand_level else None
    starts = (clock.start_of(done.tier.changes_on), clock.start_of(ends, 1), done.facts.changes_at)
    return min(one or FAR for one in starts)


def settle(row: Row, who: str, reason: str = "") -> None:
    """Write a row with the level that holds now, note a change of it, and tell tablets how it stands."""
    was, today = str(row.level), in_law_zone(clock.read(clock.now())).date().isoformat()
    if row.hand_level and str(row.hand_until) < today:
        note(row, OFFICE, str(row.hand_level), str(row.found), "hand_over")
        row.hand_level = row.hand_until = row.hand_reason = row.hand_by = ""
    row.level = str(row.hand_level) or str(row.found)
    if row.level != was or not row.since:
        row.since = today
        if who == OFFICE and row.level != was:
            note(row, who, was, str(row.level), reason)
    bulk.update(Row, {name: getattr(row, name) for name in _KEPT}, key=row.key)
    tell(row)


def note(row: Row, who: str, was: str, level: str, reason: str = "", until: str = "") -> None:
    """Keep that a carrier came into another level, or that a person had a hand in it."""
    told = {"key": row.key, "at": clock.now(), "who": who, "was": was, "level": level, "reason": reason}
    CarrierTierChange.create(**told, until=until, formula=str(row.formula))


def tell(row: Row) -> None:
    """Tell tablets of a carrier; one that was never checked and against which nothing stands is simply unknown.

    Before a formula was published the office gives no tiers at all.
    """
    if not row.formula and not row.hand_level:
        feed.gone(KIND, [str(row.key)])
        return
    if feed.standing("feed", KIND) is None:
        feed.tell("feed", [Told(KIND, "{}", clock.now())])
    reasons = json.loads(str(row.reasons))
    if not row.checks and not row.hand_level and row.level == "unknown":
        feed.gone(KIND, [str(row.key)])
        return
    feed.tell(KIND, [Told(str(row.key), canonical(_told(row, reasons)).decode(), str(row.computed_at))])


def _told(row: Row, reasons: list[dict[str, Any]]) -> dict[str, Any]:
    shown = [{name: one[name] for name in one if name != "link"} for one in reasons]
    if row.hand_level:
        shown = [{"code": "by_hand", "on": str(row.hand_until), "text": str(row.hand_reason)}, *shown]
    held: dict[str, Any] = {"level": str(row.level), "points": int(row.points), "formula": str(row.formula)}
    held |= {"since": str(row.since), "checks": int(row.checks), "reasons": shown[: carrier_standing.MOST]}
    held |= {"until": str(row.hand_until)} if row.hand_level else {}
    if row.level == "reduced":
        formula = current_formula()
        held |= {"salt": str(row.salt), "full_percent": formula.full_percent if formula else 100}
    return held


def current_formula() -> CarrierFormula | None:
    """Return the formula in force today, or None."""
    today = in_law_zone(clock.read(clock.now())).date()
    return formula_on(case_law.current().definitions.carrier_tiers, today)


def by_key(key: str) -> Row | None:
    """Return a carrier, or None."""
    return Row.get_or_none(Row.key == key)


def changes(key: str, limit: int = 30) -> list[CarrierTierChange]:
    """Return what happened to a carrier's tier, the latest first."""
    query = CarrierTierChange.select().where(CarrierTierChange.key == key)
    return list(query.order_by(CarrierTierChange.id.desc()).limit(limit))


def page(level: str, text: str = "", *, after: tuple[int, str] | None = None, limit: int = 50) -> list[Row]:
    """Return carriers of a level, those with most points first; `after` is (points, key) of the last of a page.

    `text` is a part of the name or the beginning of the credit code.
    """
    query = Row.select().where(*_narrowed(level, text))
    if after is not None:
        points, key = after
        query = query.where((Row.points < points) | ((Row.points == points) & (Row.key < key)))
    return list(query.order_by(Row.points.desc(), Row.key.desc()).limit(limit))


def count(level: str, text: str = "") -> int:
    """Return how many carriers the list of the same conditions has."""
    return int(Row.select().where(*_narrowed(level, text)).count())


def _narrowed(level: str, text: str) -> list[Any]:
    found = [finds(text, Row.name) | Row.key.startswith(fold(text) or text)] if text else []
    return [Row.level == level, *found]


def counts() -> Mapping[str, int]:
    """Return how many carriers are in each level."""
    query = Row.select(Row.level, fn.COUNT(Row.key)).group_by(Row.level)
    held = {str(level): int(many) for level, many in tuples(query)}
    return {level: held.get(level, 0) for level in CARRIER_LEVELS}


def waiting() -> int:
    """Return how many carriers are to be worked out now."""
    return int(Row.select().where(Row.due_at <= clock.now()).count())


def judge_anew(version: str) -> int:
    """Let every carrier that was judged by another formula than this version be worked out again; return how many."""
    held = Row.update(due_at=clock.now()).where(Row.formula != version, Row.computed_at != "")
    return int(held.execute())
