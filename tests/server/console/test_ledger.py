"""The ledger: what is owed comes from cases and orders, visits are tasks that end once, each line has its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from server import clock
from server.accounts import Scope
from server.cases.ends import day_text
from server.office import Office
from server.store import known, ledger, stop_orders, users, visits
from server.store.case_models import CaseClock
from server.store.education_models import Promise, Visit
from server.store.models import Case
from server.store.office_models import Audit, LessonResult, StopOrder
from server.store.visits import About
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import actor, furnish, opened
from tests.server.store.road import ABOUT, DRIVER, USCC, check, grave

HERE = f"/console/ledger/carriers/{USCC}"
EVIL = "<script>x()</script>"


def day(after: int) -> str:
    return day_text(clock.later(days=after))


@pytest.fixture
def road(office: Office) -> Iterator[Office]:
    furnish(office)
    check(office, "i-1", grave(), days=10)
    check(office, "i-2", about={**ABOUT, "driver": "150624198502020024"}, days=3)
    opened(office, grave(), inspection="i-1")
    office.store.write_now(_furnish)
    yield office


def _furnish() -> None:
    for login, role, agency in (("desk", "handler", "T"), ("cop", "handler", "P"), ("rev", "reviewer", "T")):
        users.create("admin", login=login, name=f"{login}某", role=role, agency=agency, password=PASSWORD)
    stop_orders.issue(actor("lead"), number="停 9", authority="示例县", on="carrier", key=USCC, text="停业整顿")
    told = {"carrier": "示例县顺达危货运输有限公司", "plate": "蒙K12345", "at": clock.now(), "pack": "waste-acid-leak"}
    told |= {"version": "2026.1", "asked": 3}
    for entry, inspection, role, score in (("e-1", "i-1", "driver", 2), ("e-2", "i-2", "driver", 1)):
        LessonResult.create(entry=entry, inspection=inspection, person="张三", role=role, score=score, **told)
    LessonResult.create(entry="e-3", inspection="i-1", person="张三", role="escort", score=0, **told)


def post(browser: Browser, address: str, **fields: str) -> Any:
    return browser.post(address, {"csrf": token(browser.get("/console/account").text), **fields})


def visit(**changes: str) -> dict[str, str]:
    return {"owner": "desk", "until": day(7), "why": f"复查罐体{EVIL}", **changes}


def test_what_is_owed_stands_with_its_source(road: Office) -> None:
    case = Case.get()
    at = clock.later(days=-2)
    row = {
        "case": case.id,
        "rule": "payment",
        "term": "payment",
        "term_version": "1",
        "started": at,
        "started_by": "served",
    }
    road.store.write_now(lambda: CaseClock.create(**row, due=day(-2), due_at=at, sure="sure"))
    page = Browser(road, "desk").get(HERE).text
    assert f"/console/cases/{case.id}" in page and "停业整顿" in page and "逾期" in page
    due = Browser(road, "desk").get("/console/ledger?list=terms").text
    assert f"/console/cases/{case.id}" in due
    assert f"/console/cases/{case.id}" not in Browser(road, "cop").get("/console/ledger?list=terms").text


def test_a_term_that_is_not_over_for_a_party_is_not_called_overdue(road: Office) -> None:
    at, case = clock.later(days=-2), Case.get().id
    row = {"rule": "payment", "term": "payment", "term_version": "1", "started": at, "started_by": "x", "due_at": at}
    other: list[dict[str, str]] = [
        {"due_at": "9999"}, {"ended_at": "x"}, {"paused_from": "x"}, {"rule": "decision"}, {"due_at": ""},
    ]  # fmt: skip
    rows = [{"ended_at": "", "paused_from": "", **row, **one} for one in other]
    road.store.write_now(lambda: [CaseClock.create(case=case, sure="sure", **one) for one in rows])
    assert not road.store.read_now(ledger.overdue_terms, Scope(None))
    road.store.write_now(lambda: CaseClock.create(case=case, sure="sure", **row))
    assert [one.rule for one in road.store.read_now(ledger.overdue_terms, Scope(None))] == ["payment"]
    assert road.store.read_now(ledger.count_overdue, Scope(None)) == 1


def test_a_visit_is_given_stands_in_the_owners_work_and_ends_once(road: Office) -> None:
    browser = Browser(road, "desk")
    source = f"case:{Case.get().id}"
    assert post(browser, f"{HERE}/do/visit", **visit(source=source)).status_code == 303
    assert "1 项" in browser.get("/console/cases").text
    page = browser.get("/console/ledger").text
    assert EVIL not in page and "复查罐体" in page and HERE in page and f"/console/cases/{source[5:]}" in page
    number = str(Visit.get().id)
    told = {"id": number, "result": "partly", "on": day(0), "found": "阀门已换，记录未补"}
    assert post(browser, f"{HERE}/do/done", **told).status_code == 303
    again = post(browser, f"{HERE}/do/done", **told)
    assert again.status_code == 422 and "其他人" in again.text and "阀门已换" in again.text
    assert "复查罐体" not in browser.get("/console/ledger").text
    assert {"visit.give", "visit.done"} <= {str(one.action) for one in Audit.select()}


def week(after: int) -> str:
    """A day by its week, as long as any other."""
    year, number, weekday = date.fromisoformat(day(after)).isocalendar()
    return f"{year}-W{number:02}-{weekday}"


def test_what_is_wrong_with_a_visit_is_said_and_what_was_typed_stays(road: Office) -> None:
    browser = Browser(road, "desk")
    for changes, words in (
        ({"owner": "cop"}, "本机关的经办人"), ({"until": "2020-01-01"}, "今天或以后"),
        ({"until": "9999-99-99"}, "今天或以后"), ({"why": " "}, "回访事由"), ({"until": week(3)}, "今天或以后"),
    ):  # fmt: skip
        page = post(browser, f"{HERE}/do/visit", **visit(**{"why": f"看整改{EVIL}", **changes}))
        assert page.status_code == 422 and words in page.text and EVIL not in page.text
        assert "看整改" in page.text or "why" in changes
    assert not Visit.select().exists()


def test_an_order_whose_last_day_is_over_is_owed_no_more_and_said_so(road: Office) -> None:
    known_page = HERE.replace("/ledger", "") + "?list=orders"
    for closed_on, stands in ((day(1), True), (day(0), False)):
        road.store.write_now(lambda closed_on=closed_on: StopOrder.update(closed_on=closed_on).execute())  # type: ignore[misc]
        assert ("停业整顿" in Browser(road, "desk").get(HERE).text) is stands
        page = Browser(road, "desk").get(known_page).text
        assert "停业整顿" in page and (f'"tag gone">{closed_on} 起失效' in page) is not stands


def test_a_source_that_is_not_this_ones_is_not_taken(road: Office) -> None:
    post(Browser(road, "desk"), f"{HERE}/do/visit", **visit(source="case:somebody-elses"))
    assert Visit.get().source == ""


def test_an_overdue_visit_says_so_everywhere(road: Office) -> None:
    about = About(f"carrier:{USCC}", "顺达")
    told = {"owner": "desk", "until": day(3), "why": "x"}
    road.store.write_now(lambda: visits.give(actor("wang"), about, visits.VisitDraft(**{**told, "owner": "wang"}), ()))
    road.store.write_now(lambda: Visit.update(until=day(-1), owner="desk").execute())
    browser = Browser(road, "desk")
    assert all("逾期" in browser.get(one).text for one in ("/console/ledger", "/console/cases", HERE))
    counts = road.store.read_now(visits.counts, Scope(frozenset({"T"})), "desk")
    assert (counts["mine"], counts["mine_overdue"]) == (1, 1)
    assert road.store.read_now(visits.counts, Scope(frozenset({"P"})), "desk")["visits"] == 0


def test_a_promise_is_looked_at_once(road: Office) -> None:
    browser = Browser(road, "desk")
    assert post(browser, f"{HERE}/do/promise", text="月底前换罐", by=day(20)).status_code == 303
    number = str(Promise.get().id)
    assert post(browser, f"{HERE}/do/settle", id=number, kept="no", how="").status_code == 422
    assert post(browser, f"{HERE}/do/settle", id=number, kept="no", how="回访时仍未换").status_code == 303
    assert post(browser, f"{HERE}/do/settle", id=number, kept="yes", how="x").status_code == 422
    page = browser.get(HERE).text
    assert "未兑现" in page and "回访时仍未换" in page


def test_a_person_has_the_answers_given_in_his_own_role_alone(road: Office) -> None:
    one = road.store.write_now(lambda: known.named("person", DRIVER))
    assert one is not None
    told = [str(row.entry) for row, _digest in road.store.read_now(ledger.lessons, one, Scope(None))]
    assert told == ["e-1"]
    page = Browser(road, "desk").get(f"/console/ledger/people/{one.sign}").text
    assert "2/3" in page and DRIVER not in page and "张三" not in page


def test_of_a_person_a_purpose_is_asked_first(road: Office) -> None:
    one = road.store.write_now(lambda: known.named("person", DRIVER))
    assert one is not None
    asked = Browser(road, "desk", shy=True).get(f"/console/ledger/people/{one.sign}")
    assert asked.headers["location"].startswith("/console/purpose")


def test_only_who_keeps_the_ledger_writes_in_it(road: Office) -> None:
    assert post(Browser(road, "rev"), f"{HERE}/do/visit", **visit()).status_code == 403
    assert "do/visit" not in Browser(road, "rev").get(HERE).text


def test_the_pages_of_what_is_due_hold_every_visit_once(road: Office) -> None:
    row = {"agency": "T", "about": f"carrier:{USCC}", "name": "顺达", "owner": "desk", "why": "x", "made_by": "desk"}
    rows = [{**row, "until": day(one % 3), "made_at": clock.now()} for one in range(7)]
    road.store.write_now(lambda: Visit.insert_many(rows).execute())
    seen: list[int] = []
    after = None
    while page := road.store.read_now(visits.open_visits, Scope(None), "", after, 3):
        seen += [int(one.id) for one in page]
        after = (str(page[-1].until), int(page[-1].id))
    assert len(seen) == 7 == len(set(seen))
