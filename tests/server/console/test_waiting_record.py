"""Records that wait for a person are decided about on their own page; papers are set again from the record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklists.papers.carried import carried
from checklists.papers.paper import Block, Notice, text_of
from checklists.wire import digest
from server.config import Config
from server.office import open_office
from server.store import audit, records, waiting_acts
from tests.server.browser import Browser, token
from tests.server.scene import Stage, deliver, drain, play

NOTICE = Notice(
    "责令改正通知书", "D01-O000001", "示例县交通运输局", (Block("heading", "一、事实"), Block("text", "<b>限期</b>"))
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县", stall_seconds=2))
    made = play(office, many=2)
    tablet = made.tablets["T"]
    good = {
        "kind": "order",
        "number": NOTICE.number,
        "digest": digest(text_of(NOTICE).encode()),
        "notice": carried(NOTICE),
    }
    changed = json.loads(json.dumps({**good, "number": "D01-O000002"}))
    changed["notice"]["blocks"][1]["text"] = "不必改正"
    bare = {"kind": "record", "number": "D01-R000001", "digest": "0" * 64}
    deliver(made, "papers", tablet.seal(papers=[good, changed, bare]))
    drain(office)
    yield made
    office.close()


def state(stage: Stage, name: str) -> str:
    held = records.by_digest(stage.digests[name])
    assert held is not None
    return str(held.state)


def post(stage: Stage, login: str, name: str, act: str, why: str = "looked into it") -> int:
    browser, address = Browser(stage.office, login), f"/console/records/{stage.digests[name]}"
    fields = {"csrf": token(browser.get(address).text), "why": why}
    return int(browser.post(f"{address}/do/{act}", fields).status_code)


def test_only_who_decides_is_shown_the_form(stage: Stage) -> None:
    address = f"/console/records/{stage.digests['late']}"
    assert "/do/release" in Browser(stage.office, "area").get(address).text
    assert "/do/release" not in Browser(stage.office, "police").get(address).text


@pytest.mark.parametrize(("login", "status"), [("police", 403), ("review", 403), ("law", 403), ("system", 404)])
def test_who_does_not_decide_is_refused(stage: Stage, login: str, status: int) -> None:
    browser = Browser(stage.office, login)
    page = browser.get("/console/inbox").text
    fields = {"csrf": token(page), "why": "I want it"}
    told = browser.post(f"/console/records/{stage.digests['late']}/do/release", fields)
    assert told.status_code in (403, status)
    assert state(stage, "late") == "parked"


@pytest.mark.parametrize(("name", "told"), [("late", "检查的实际时间"), ("again", "以哪一份为准")])
def test_the_page_says_what_to_see_to_first_and_what_each_act_does(stage: Stage, name: str, told: str) -> None:
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests[name]}").text
    assert told in page and "<li>" in page.split('class="card decide"')[1].split("</form>")[0]


def test_every_reason_for_which_a_record_waits_says_what_to_do() -> None:
    source = "".join(one.read_text(encoding="utf-8") for one in Path("server/processing").glob("*.py"))
    reasons = set(re.findall(r"""Ended\("(?:parked|conflict)", "(\w+)\"""", source))
    assert reasons <= set(waiting_acts.FIRST) and {"not_named", "seal_unproven"} <= reasons


def test_a_reason_is_asked_for(stage: Stage) -> None:
    assert post(stage, "area", "late", "release", "  ") == 422
    assert state(stage, "late") == "parked"


def test_a_parked_record_is_released_once_and_the_log_says_by_whom_and_why(stage: Stage) -> None:
    assert post(stage, "area", "late", "release", "clock was looked into") == 303
    assert post(stage, "area", "late", "release") == 409
    drain(stage.office)
    assert state(stage, "late") == "processed"
    told = [(one.who, one.action, one.purpose) for one in audit.page() if one.action.startswith("record_")]
    assert told == [("area", "record_release", "clock was looked into")]


def test_a_conflict_is_settled_and_the_rival_stands_back(stage: Stage) -> None:
    assert state(stage, "again") == "conflict"
    assert post(stage, "area", "again", "settle") == 303
    drain(stage.office)
    assert (state(stage, "again"), state(stage, "story")) == ("processed", "conflict")


def test_a_paper_is_set_again_and_what_it_says_is_text(stage: Stage) -> None:
    browser = Browser(stage.office, "transport")
    page = browser.get(f"/console/records/{stage.digests['papers']}/papers/{NOTICE.number}")
    assert page.status_code == 200
    assert "责令改正通知书" in page.text
    assert "&lt;b&gt;限期&lt;/b&gt;" in page.text
    assert audit.page()[0].subject == f"record:{stage.digests['papers']} paper:{NOTICE.number}"


@pytest.mark.parametrize("number", ["D01-O000002", "D01-R000001", "D01-X000009"])
def test_words_that_the_record_does_not_vouch_for_are_not_shown(stage: Stage, number: str) -> None:
    page = Browser(stage.office, "transport").get(f"/console/records/{stage.digests['papers']}/papers/{number}")
    assert page.status_code == 404
    assert "不必改正" not in page.text


def test_another_agency_sees_no_paper(stage: Stage) -> None:
    address = f"/console/records/{stage.digests['papers']}/papers/{NOTICE.number}"
    assert Browser(stage.office, "police").get(address).status_code == 404
