"""An office with published law, people of both agencies, and cases as findings open them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from checklists.definitions.publication import publish
from checklists.goods.listing import load_tables
from checklists.wire import instant, uuid7
from server.cases.asking import Missing
from server.cases.casefile import MACHINE, Actor
from server.cases.machine import Refusal
from server.cases.opening import cases_for
from server.office import Office
from server.store import case_apply, case_scans, cases, office_details, packages
from server.store.case_apply import Applied
from server.store.models import Case
from server.store.office_models import User
from tests.loaded import load_all

FILE = "ab" * 32
OFFICE = {
    "address": "示例县示例路 1 号",
    "phone": "0477-0000000",
    "bank": "示例银行",
    "account": "0000",
    "court": "示例县人民法院",
    "review_body": "示例县人民政府",
}
PEOPLE = [
    ("wang", "handler", "T"), ("bai", "handler", "T"), ("lead", "leader", "T"), ("he", "reviewer", "T"),
    ("su", "officer", "T"), ("liu", "handler", "P"), ("chen", "officer", "P"), ("chief", "leader", "P"),
    ("pei", "reviewer", "P"), ("area", "supervisor", "T"),
]  # fmt: skip
ROLES = {login: (role, agency) for login, role, agency in PEOPLE}
TWO = [{"login": "wang", "name": "wang", "card": "15060001"}, {"login": "su", "name": "su", "card": "15060002"}]
TWO_POLICE = [{"login": "liu", "name": "liu", "card": "P1"}, {"login": "chen", "name": "chen", "card": "P2"}]


def actor(login: str) -> Actor:
    role, agency = ROLES.get(login, ("machine", ""))
    return Actor(login, login, role, agency) if login else MACHINE


@lru_cache
def published() -> tuple[dict[str, Any], dict[str, Any]]:
    """Definitions and tables as they are published; the law of two violations is taken as verified for these tests."""
    definitions = json.loads(json.dumps(publish(load_all())))
    for one in definitions["violations"]:
        if one["code"] in ("CN-EQP-01", "CN-TNK-05"):
            one["penalty"] = [{"basis": clause(), "min_cny": 1_000, "max_cny": 20_000, "text": {}}]
            one["duty"] = [clause()]
            one["effective_from"] = one["effective_to"] = None
    return definitions, load_tables().to_plain()


def clause() -> dict[str, Any]:
    told = {"law": "penalty-law", "version": "2021-01-22", "clause": "1", "verified": True}
    return {**told, "in_force_from": None, "in_force_to": None, "source": "test", "note": ""}


def furnish(office: Office) -> None:
    """Publish the law, let people work here, and keep one scan that every proof may name."""
    definitions, reference = published()

    def job() -> None:
        packages.publish(office.key, "definitions", definitions)
        packages.publish(office.key, "reference", reference)
        for login, role, agency in PEOPLE:
            User.create(login=login, name=login, role=role, agency=agency, password="", made_at="2026-01-01")
        for agency in ("T", "P"):
            office_details.tell(agency, OFFICE | {"name": f"示例县{agency}执法大队"})
        case_scans.keep(FILE, "application/pdf", 1, "scan.pdf", "wang")

    office.store.write_now(job)


def finding(violation: str = "CN-EQP-01", **changes: Any) -> dict[str, Any]:
    return {
        "item": "EQP-14",
        "rule": "",
        "case": "",
        "violation": violation,
        "agency": "T",
        "severity": "II",
        "measures": [],
        "party": {"role": "carrier", "name": "示例县顺达危货运输有限公司", "key": "91150000MA0EXAMPLE"},
        "text": {"zh": "无吸附材料", "en": "no absorbent"},
        "simple": "no",
        "evidence": [],
        **changes,
    }


def opened(office: Office, *findings: dict[str, Any], inspection: str = "") -> list[Case]:
    told = cases_for(findings or (finding(),))
    return office.store.write_now(lambda: cases.put(inspection or uuid7(), told))


def now() -> datetime:
    return datetime.now(UTC)


def day(days: int = 0) -> str:
    """That many days from now, told of an event of the same day: never later than a `now()` asked for just before."""
    return instant(now() + timedelta(days=days) - timedelta(seconds=1))


def ask(
    office: Office, case: Any, event: str, who: str = "wang", when: Any = None, version: Any = None, **data: Any
) -> Applied | Refusal:
    id_ = str(getattr(case, "id", case))
    return office.store.write_now(lambda: case_apply.apply_event(id_, event, data, actor(who), version, when))


def do(office: Office, case: Any, event: str, who: str = "wang", when: Any = None, **data: Any) -> Applied:
    done = ask(office, case, event, who, when, **data)
    assert isinstance(done, Applied), f"{event}: {done}"
    return done


def missing(office: Office, case: Any, event: str, who: str = "wang", **data: Any) -> tuple[Missing, ...]:
    done = ask(office, case, event, who, **data)
    return done.missing if isinstance(done, Refusal) else ()
