"""The cast of case work: who acts, a case as it begins, and what a careful clerk says with each event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from checklists.goods.listing import load_tables
from checklists.law.clocks import calendar_of
from checklists.zone import in_law_zone
from server.cases.casefile import MACHINE, Actor, CaseFile, Held, Party
from server.cases.fields import FIELDS
from server.cases.machine import NEW, Refusal, Step, advance
from server.cases.rules import CaseLaw, limits_of
from tests.loaded import load_law

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FILE = "ab" * 32


def actor(login: str, role: str = "handler", agency: str = "T") -> Actor:
    return Actor(login, login, role, agency)


HANDLER, LEADER, REVIEWER = actor("wang"), actor("lead", "leader"), actor("he", "reviewer")
OFFICER, SUPERVISOR = actor("su", "officer"), actor("area", "supervisor", "X")
TWO = [{"login": "wang", "name": "wang", "card": "15060001"}, {"login": "su", "name": "su", "card": "15060002"}]


def police(one: Actor) -> Actor:
    return replace(one, agency="P")


@lru_cache
def law() -> CaseLaw:
    read = load_law()
    return CaseLaw("test", read.terms, calendar_of(load_tables()), limits_of(read.general))


def held(code: str = "CN-EQP-01", **changes: Any) -> Held:
    told = {
        "keys": (f"{code}|1",),
        "severity": "II",
        "verified": True,
        "ranges": ((1_000, 20_000),),
        "simple": "yes",
        "hangs_on": {"hazchem": ("yes", "no")},
        **changes,
    }
    return Held(code, **told)


PARTY = Party(
    "carrier", "示例县顺达危货运输有限公司", "91150000MA0EXAMPLE", "unit", "示例县一街 1 号", "139", electronic=True
)


def case(**changes: Any) -> CaseFile:
    """A case of the transport agency that nobody has taken, opened by the machine."""
    told = {"agency": "T", "tier": "medium", "party": PARTY, "violations": (held(),), **changes}
    bare = CaseFile("case-1", keeper=told.pop("keeper", told["agency"]), state=NEW, **told)
    at = (START - timedelta(days=1)).isoformat()
    return do(bare, "opened", MACHINE, found_at=at, conduct_at=at)


def ask(
    now: CaseFile, event: str, who: Actor, when: datetime | None = None, fresh: str = "", **data: Any
) -> Step | Refusal:
    return advance(now, event, data, who, when or START, law(), fresh or f"{event}-{now.version}")


def do(now: CaseFile, event: str, who: Actor, when: datetime | None = None, **data: Any) -> CaseFile:
    """The case after the event; a refusal fails the test and says what was missing."""
    done = ask(now, event, who, when, **data)
    assert isinstance(done, Step), f"{event} in {now.state}: {done}"
    return done.after


def missing(now: CaseFile, event: str, who: Actor, when: datetime | None = None, **data: Any) -> set[str]:
    done = ask(now, event, who, when, **data)
    return set(done.codes) if isinstance(done, Refusal) else set()


def told(event: str, needs: Any, takes: Any, now: CaseFile, at: datetime) -> dict[str, Any]:
    """What a careful clerk says: every field of the event with a value that fits the case."""
    known = values(now, at)
    names = [name for name in (*needs, *takes) if name not in ("waiver", "grounds", "tier")]
    said = {name: known[name] if name in known else plain(name, at) for name in names}
    if "method" in said:
        said["method"] = "in_hand"
    if {"amount_cny", "penalties"} <= set(said):
        said["penalties"] = answered(now, said["amount_cny"])
    said.pop("side", None)
    return said


def answered(now: CaseFile, fine_cny: int = 2_000) -> list[dict[str, Any]]:
    """A fine for the first violation, and why the others get none."""
    first, *others = (one.code for one in now.violations)
    spared = [{"violation": code, "kind": "none", "ground": "no_fault", "text": "已证明"} for code in others]
    return [{"violation": first, "kind": "fine", "amount_cny": fine_cny}, *spared]


def values(now: CaseFile, at: datetime) -> Mapping[str, Any]:
    """What fits the case, of the fields that hang on it."""
    return {
        "party": {"phone": "138"},
        "keys": [key for one in now.violations[:1] for key in one.keys],
        "violations": ["CN-EQP-01", "CN-LIC-05b"],
        "evidence": [{"violation": now.violations[0].code if now.violations else "", "kind": "item", "file": FILE}],
        "penalties": answered(now),
        "load": {fact: values[0] for one in now.violations for fact, values in one.hangs_on.items()},
        "officers": TWO,
        "investigators": TWO,
        "present": TWO,
        "answers": ["yes"] * 9,
        "law": [],
        "says": {"hearing": "yes"},
        "plan": [],
        "to": "P" if now.keeper != "P" else "T",
        "hearing_at": (at + timedelta(days=30)).isoformat(),
        "statement_until": (in_law_zone(at) + timedelta(days=5)).date().isoformat(),
        "until": (in_law_zone(at) + timedelta(days=200)).date().isoformat(),
        "by": (in_law_zone(at) + timedelta(days=10)).date().isoformat(),
        "amount_fen": 200_000,
        "surcharge_fen": 0,
        "amount_cny": 200,
        "owner": "wang",
        "host": "he",
        "host_name": "he",
        "object": "vehicle",
        "into": "case-2",
        "kind": "other",
    }


def plain(name: str, at: datetime) -> Any:
    """A value for any other field."""
    field = FIELDS[name]
    kinds = {
        "moment": at.isoformat(),
        "day": in_law_zone(at).date().isoformat(),
        "flag": True,
        "file": FILE,
        "login": "wang",
    }
    return kinds.get(field.kind, field.choices[0] if field.choices else f"text of {name}")
