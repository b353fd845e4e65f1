"""The board of alerts: where each stands, who must act next, who was told; what is said of one is kept for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from checklists.wire import instant
from server import clock
from server.office import Office
from server.processing.alert_upkeep import AlertUpkeep
from server.store import alerts, users
from server.store.models import Device
from server.store.office_models import Audit, Task
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD

EVIL = "<script>x()</script>蒙K"


@pytest.fixture
def alarmed(office: Office) -> Iterator[Office]:
    """An office with a leader, a supervisor and an officer of the police, and one alert of half an hour ago."""
    office.store.write_now(_furnish)
    yield office


def _furnish() -> None:
    for login, role, agency in (("lead", "leader", "T"), ("sup", "supervisor", ""), ("ming", "officer", "P")):
        users.create("admin", login=login, name=f"{login}某", role=role, agency=agency or "T", password=PASSWORD)
    told = {"name": "t", "public_key": "", "certificate": "{}", "app": "0.1.0", "enrolled_at": clock.now()}
    Device.create(id="d-1", agency="T", prefix="T0001", token_hash="1", **told)
    at = instant(clock.read(clock.now()) - timedelta(minutes=30))
    row = {
        "id": "alert-1", "kind": "alert", "tier": "high", "title": {"zh": "补查"}, "text": {"zh": f"证过期{EVIL}"},
        "due": instant(clock.read(at) + timedelta(hours=1)), "plate": "蒙K12345", "colour": "yellow",
        "site": "G109 检查点", "inspected_at": at, "case": "", "inspection": "i-1", "created_at": at,
    }  # fmt: skip
    alerts.settle("i-1", row)


def answer(browser: Browser, did: str, note: str, task: str = "alert-1") -> Any:
    shown = browser.get("/console/account").text
    return browser.post(f"/console/alerts/{task}", {"csrf": token(shown), "did": did, "note": note})


def test_it_shows_how_an_alert_stands_to_every_agency(alarmed: Office) -> None:
    AlertUpkeep(alarmed).once()
    board, page = (Browser(alarmed, "ming").get(f"/console/alerts{one}").text for one in ("", "/alert-1"))
    for said in ("G109 检查点", "已提请上级", "lead某", "30 分钟前"):
        assert said in board and said in page, said
    assert "已告知负责人" in page
    assert "平板 1 台" in page and "1 台平板中 0 台自报已收到" in page and "没有该检查点所在道路" in page
    assert "<script>x()" not in board + page and "alert-1" not in board.partition("<main")[0]
    assert 'value="called"' not in page and 'value="acknowledged"' in page


def test_a_leader_sees_on_his_work_list_that_one_has_gone_up(alarmed: Office) -> None:
    browser = Browser(alarmed, "lead")
    assert "已升级到您" not in browser.get("/console/cases").text
    AlertUpkeep(alarmed).once()
    assert "有 1 条预警已升级到您" in browser.get("/console/cases").text
    assert "已升级到您" not in Browser(alarmed, "ming").get("/console/cases").text


def test_a_leader_answers_and_with_the_last_thing_it_is_closed_for_all(alarmed: Office) -> None:
    browser = Browser(alarmed, "lead")
    assert (
        answer(browser, "called", "已联系公司安全员")
        .headers["location"]
        .startswith("/console/alerts/alert-1?said=answered")
    )
    assert "已联系公司安全员" in browser.get("/console/alerts/alert-1").text
    answer(browser, "dispatched", "二中队已出发")
    assert "没有未关闭的预警" in browser.get("/console/alerts").text
    assert "规定事项已办完" in browser.get("/console/alerts?closed=1").text
    assert "二中队已出发" in browser.get("/console/alerts/alert-1").text
    assert str(Task.get_by_id("alert-1").state) == "closed"
    audited = [str(one.action) for one in Audit.select().where(Audit.action.startswith("alert."))]
    assert audited == ["alert.told", "alert.answer", "alert.answer", "alert.closed"]


@pytest.mark.parametrize(
    ("task", "did", "note", "status"),
    [("alert-1", "done", "x", 400), ("alert-1", "called", " ", 422), ("alert-2", "called", "x", 404)],
)
def test_what_is_no_answer_is_refused(alarmed: Office, task: str, did: str, note: str, status: int) -> None:
    assert answer(Browser(alarmed, "sup"), did, note, task).status_code == status
    assert not alarmed.store.read_now(lambda: alerts.of_task(Task.get_by_id("alert-1")).acts)


def test_who_answers_after_it_was_closed_is_told_so(alarmed: Office) -> None:
    alarmed.store.write_now(lambda: alerts.settle("i-1", None))
    assert answer(Browser(alarmed, "lead"), "called", "x").status_code == 409


def stands(browser: Browser) -> str:
    """Return the column in which the one alert stands."""
    board = browser.get("/console/alerts").text
    columns = re.findall(r'<section class="column c-(\w+)".*?</section>', board, re.DOTALL)
    held = re.findall(r'<section class="column c-\w+"(.*?)</section>', board, re.DOTALL)
    return next((name for name, text in zip(columns, held, strict=True) if "/console/alerts/alert-1" in text), "")


def test_what_happened_last_says_in_which_column_it_stands(alarmed: Office) -> None:
    lead, ming = Browser(alarmed, "lead"), Browser(alarmed, "ming")
    assert stands(lead) == "new"
    answer(ming, "acknowledged", "我组已看到")
    assert stands(lead) == "acknowledged"
    AlertUpkeep(alarmed).once()
    assert stands(lead) == "escalated", "seen is not done: it goes up as if nobody had looked"
    answer(lead, "called", "已联系公司")
    assert stands(lead) == "acted"
    answer(ming, "pushed_up", "公司不配合")
    assert stands(lead) == "escalated" and "sup某" in ming.get("/console/alerts").text
    assert answer(ming, "pushed_up", "再报").status_code == 409, "the supervisors have it already"


def test_a_leader_closes_one_with_a_reason_and_an_officer_does_not(alarmed: Office) -> None:
    assert answer(Browser(alarmed, "ming"), "ended", "重复").status_code == 403
    assert answer(Browser(alarmed, "lead"), "ended", "").status_code == 422
    answer(Browser(alarmed, "lead"), "ended", "车辆已报废，核实无误")
    page = Browser(alarmed, "ming").get("/console/alerts/alert-1").text
    assert "车辆已报废，核实无误" in page and "人工关闭" in page and 'name="did"' not in page
    closed = Browser(alarmed, "ming").get("/console/alerts?closed=1").text
    assert "lead某" in closed and "车辆已报废，核实无误" in closed, "the board says who closed it and why"
    audited = [str(one.action) for one in Audit.select().where(Audit.action.startswith("alert."))]
    assert audited == ["alert.told", "alert.answer", "alert.closed"]
    assert Browser(alarmed, "ming").get("/console/alerts/alert-9").status_code == 404
