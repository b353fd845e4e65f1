"""No page of the console costs more in a large office than in a small one, nor what is done behind a receipt or later.

The pages are walked in the small office and what they ask of the store is noted; then the office grows to five times as
many checks, and each question is asked again in it. SQLite tells the steps of its machine, PostgreSQL the rows that
its plan touched: both are the same on every machine.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from peewee import Database, PostgresqlDatabase

from benchmarks.console import listened
from benchmarks.copies import Copies, furnish
from benchmarks.walk import Answer, Routes, key_of
from benchmarks.walk import walk as walk_pages
from server.console.ledger import page as ledger
from server.office import Office
from server.store import (
    alerts,
    carrier_tiers,
    case_clocks,
    case_found,
    case_search,
    cases,
    counted,
    feed_history,
    figure_lists,
    figure_reads,
    figures,
    known_lists,
    repeats,
)
from server.store.models import Case, Record
from server.store.tier_models import CarrierTier
from tests.server.browser import Browser
from tests.server.seeded import plant, signed_in

SMALL, LARGE = 12, 48
"""Copies of some forty checks."""
LOGINS = ("seed-supervisor", "seed-t-leader1")
"""Who sees everything, and who sees what is his agency's."""
ENDS = {
    alerts: {"SLICE": 3},
    counted: {"MOST": 40, "LOOKED": 60},
    case_search: {"FEW": 30},
    case_found: {"LOOKED_AT": 30},
    known_lists: {"MOST": 40},
    repeats: {"MOST_CHECKS": 60},
    figure_lists: {"LOOKED": 8, "MOST_LED": 10},
    figure_reads: {"MOST_CROSSED": 10},
    ledger: {"PAGE": 10},
}
"""Where counts and looks end; smaller than in an office, so that a small office has more than that."""
KNOWN = (
    'ORDER BY "t2"."next_due", "t1"."id" LIMIT',
    'COUNT("t1"."id"), SUM("t1"."found")',
    'COALESCE("t2"."what", ',
)
"""What still grows: the open hand-overs of one agency are sorted by what their cases owe next. And what is crossed, or
looked up beside the checks, is asked only where an index was seen to lead to few, which in a small office goes by the
day; the large office is not asked it at all."""
MOST_ASKED = 120
"""So many questions a page asks at most, however many rows it has."""
TICK = 100
"""The steps of SQLite's machine are counted by the hundred: to count each takes longer than to take it."""
RATIO, SLACK = 1.2, 4000
"""So much more may a question cost, and so many steps that do not count: a page that was not full yet, another
check among the first. Merely to go through the small office's checks takes more."""


@dataclass
class Asked:
    """A question, the page that asked it first, and what it cost in the small office."""

    page: str
    text: str
    values: list[Any]
    cost: int = 0


@dataclass
class Walk:
    """What was seen: the pages by their answers, how often each asked, and each question once."""

    pages: dict[str, int] = field(default_factory=dict)
    many: dict[str, int] = field(default_factory=dict)
    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)


@pytest.fixture(scope="module", autouse=True)
def small_ends() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, told in ENDS.items():
            for name, value in told.items():
                patch.setattr(module, name, value)
        yield


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Walk, Office]]:
    """What the pages ask in the small office, and the office after it has grown."""
    address = "" if request.param == "sqlite" else request.getfixturevalue("grown_database")
    office = plant(tmp_path_factory.mktemp("growth"), address, 40)
    copies = Copies()
    office.store.write_now(furnish)
    office.store.write_now(copies.remember)
    grow(office, copies, SMALL)
    seen, cost = walked(office), cost_in(office.store.database)
    for one in seen.asked.values():
        one.cost = cost(one)
    grow(office, copies, LARGE - SMALL)
    yield seen, office
    office.close()


@pytest.fixture(scope="module")
def grown_database(postgres: str) -> Iterator[str]:
    from tests.server.conftest import new_database

    with new_database(postgres) as address:
        yield address


def grow(office: Office, copies: Copies, many: int) -> None:
    for job in copies.add(many):
        office.store.write_now(job)
    if isinstance(office.store.database, PostgresqlDatabase):
        with psycopg.connect(office.config.database, autocommit=True) as link:
            link.execute("VACUUM ANALYZE")


def samples() -> dict[str, str]:
    """What somebody looks for: a vehicle, a carrier that is everywhere, a case, goods, and what is not there."""
    check = Record.select().where(Record.un.is_null(False), Record.plate.is_null(False)).order_by(Record.id).get()
    number = str(Case.select().order_by(Case.id).get().number)
    told = {"absent": "绝无此名", "plate": str(check.plate)[1:], "carrier": str(check.carrier)[:4], "case": number}
    return {**told, "un": str(check.un), "day": str(check.inspected_at)[:10]}


def walked(office: Office) -> Walk:
    seen, told, routes = Walk(), samples(), Routes.of(office)
    for login in LOGINS:
        browser = signed_in(office, login)

        def ask(address: str, browser: Browser = browser) -> Answer:
            found = browser.get(address)
            return Answer(found.status_code, found.text if "html" in found.headers.get("content-type", "") else "")

        with listened() as said:
            for one in walk_pages(ask, told, routes):
                page = f"{login} {key_of(one.address)}"
                questions = [(text, values) for text, values in said if text.startswith("SELECT")]
                seen.pages[page], seen.many[page] = one.answer.status, len(questions)
                note(seen, page, questions)
                said.clear()
    for page, job in (("behind a receipt", behind_a_receipt), ("kept up", kept_up)):
        with listened() as said:
            office.store.write_now(job)
            # What is deleted is found first.
            led = ((re.sub(r'^DELETE FROM ("\w+")', r"SELECT 1 FROM \1", text), values) for text, values in said)
            note(seen, page, [(text, values) for text, values in led if text.startswith("SELECT")])
    return seen


def note(seen: Walk, page: str, questions: list[tuple[str, list[Any]]]) -> None:
    for text, values in questions:
        shape = re.sub(r"\((?:\?|%s)(?:, (?:\?|%s))*\)", "(*)", text)
        few = repr(values) if len(values) < 9 else str(len(values) // 10)
        seen.asked.setdefault((shape, few), Asked(page, text, list(values)))


def behind_a_receipt() -> None:
    """Work out again what follows from one check, as when its record is processed."""
    one = Record.select().where(Record.kind == "inspection").order_by(Record.id).get()
    inspection, digest = str(one.inspection), str(one.digest)
    found = cases.findings_of(inspection, "fuller")
    cases.put_findings(inspection, digest, "fuller", found)
    feed_history.tell([inspection])
    figures.settle(inspection)
    alerts.checked_again(inspection)
    alerts.passed_since(inspection)
    carrier_tiers.work_out(str(CarrierTier.select().order_by(CarrierTier.key).get().key), "")


def kept_up() -> None:
    """Look after everything once, as the office's threads do again and again while records wait for the writer."""
    case_clocks.keep_up(most=3)
    alerts.escalate()
    case_search.catch_up()
    figures.catch_up()


def cost_in(database: Database) -> Callable[[Asked], int]:
    if isinstance(database, PostgresqlDatabase):
        return lambda one: rows_touched(json.loads(json.dumps(_explained(database, one)[0]["Plan"])))
    path = Path(str(database.database))
    return lambda one: steps(path, one)


def steps(path: Path, one: Asked) -> int:
    """Return how many steps of SQLite's machine the whole answer took."""
    link, count = sqlite3.connect(path), [0]

    def tick() -> None:
        count[0] += 1

    link.set_progress_handler(tick, TICK)
    link.execute(one.text, one.values).fetchall()
    link.close()
    return TICK * count[0]


def _explained(database: Database, one: Asked) -> list[dict[str, Any]]:
    text = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {one.text}"
    ((told,),) = database.execute_sql(text, one.values).fetchall()  # type: ignore[no-untyped-call] # peewee's own
    return list(told)


def rows_touched(plan: dict[str, Any]) -> int:
    """Return the rows that each node of a plan read or threw away."""
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Join Filter", 0)
    return int(own * plan["Actual Loops"]) + sum(rows_touched(one) for one in plan.get("Plans", ()))


def test_nothing_that_a_list_asks_grows_with_the_office(walk: tuple[Walk, Office]) -> None:
    seen, office = walk
    cost = cost_in(office.store.database)
    grown = [
        (now, one.cost, one.page, one.text, one.values)
        for one in seen.asked.values()
        if (now := cost(one)) > RATIO * one.cost + SLACK and not any(known in one.text for known in KNOWN)
    ]
    assert not grown, "\n".join(map(str, sorted(grown, key=lambda one: one[:3], reverse=True)))


def test_every_list_of_the_menu_was_walked_with_its_filters_and_further_pages(walk: tuple[Walk, Office]) -> None:
    pages = walk[0].pages
    assert not [page for page, status in pages.items() if status >= 500]
    for page in ("/console/cases?after=&now=", "/console/inbox?before=", "/console/handovers?ended=1"):
        assert any(page.split("?")[0] in one and page.split("?")[1].split("=")[0] in one for one in pages), page
    for name in ("need=new", "severity=I", "text=绝无此名", "state=parked", "due=overdue", "waits=", "agency="):
        assert any(name in one for one in pages), name


def test_no_page_asks_for_each_of_its_rows(walk: tuple[Walk, Office]) -> None:
    assert not {page: many for page, many in walk[0].many.items() if many > MOST_ASKED}


def test_no_list_counts_rows_that_it_passes_over(walk: tuple[Walk, Office]) -> None:
    offsets = {int(one) for asked in walk[0].asked.values() for one in _offsets(asked)}
    assert offsets <= {0, counted.LOOKED - 1, figure_lists.LOOKED - 1, repeats.MOST_CHECKS}


def _offsets(one: Asked) -> Iterator[Any]:
    """Yield the values of OFFSET in a statement."""
    marks = [match.start() for match in re.finditer(r"\?|%s", one.text)]
    for match in re.finditer(r"OFFSET (\?|%s|\d+)", one.text):
        at = match.start(1)
        yield one.values[marks.index(at)] if at in marks else one.text[at : match.end()]
