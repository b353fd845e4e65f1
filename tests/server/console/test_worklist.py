"""My work, the search box and the hand-over centre over a made-up year, on both engines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.cases.ends import day_text
from server.console.worklist.filters import filters_of
from server.exporting.jobs import Exporter
from server.office import Office
from server.store import audit, case_apply, case_files, case_filters, case_lists
from server.store.case_apply import Applied
from server.store.case_lists import Wanted
from server.store.case_models import CaseClock, Handover
from server.store.models import FAR, Case, Record
from server.store.office_models import ExportJob
from tests.server.browser import Browser, token
from tests.server.conftest import new_database
from tests.server.seeded import plant, signed_in

T = Scope(frozenset({"T"}))
RIGHTS = ("limitation", "review", "suit", "hearing_request", "statement", "public_notice", "demand_wait")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    if request.param == "sqlite":
        held = plant(folder, "", 120)
        yield held
        held.close()
        return
    with new_database(str(request.getfixturevalue("postgres"))) as address:
        held = plant(folder, address, 120)
        yield held
        held.close()


def text(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def opened(page: str) -> list[str]:
    """The cases in the order of the list."""
    return re.findall(r'class="open" href="/console/cases/([0-9a-f-]{36})"', page)


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return html.unescape(found[1]) if found else ""


def test_it_is_the_first_page_of_who_works_on_cases(office: Office) -> None:
    browser = signed_in(office, "seed-t-handler1")
    assert browser.get("/").headers["location"] == "/console/cases"
    page = browser.get("/console/cases").text
    mine = case_lists.page(T, Wanted(owner="seed-t-handler1"), limit=100)
    assert opened(page) == [str(one.id) for one in mine.rows]


@pytest.mark.parametrize("login", ["seed-t-handler1", "seed-t-leader1", "seed-t-reviewer1", "seed-supervisor"])
def test_a_head_counts_the_list_that_it_opens(office: Office, login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.console.worklist.page.PAGE", 500)
    browser = signed_in(office, login)
    heads = re.findall(
        r'<a class="h-\w+(?: zero)?" href="([^"]+)"[^>]*><b>(\d+)</b>', browser.get("/console/cases?active=open").text
    )
    assert len(heads) >= 7
    for address, count in heads:
        page = browser.get(html.unescape(address)).text
        assert len(opened(page)) == int(count) and 'aria-current="true"><b>' in page, address


def test_the_list_is_that_of_the_store_page_by_page_and_back_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.console.worklist.page.PAGE", 7)
    browser = signed_in(office, "seed-supervisor")
    address, pages = "/console/cases?active=all", []
    while address:
        page = browser.get(address).text
        pages.append((address, opened(page)))
        address = link(page, "next")
    seen = [one for _address, rows in pages for one in rows]
    every = case_lists.page(Scope(None), Wanted(active="all"), limit=500)
    assert seen == [str(one.id) for one in every.rows] and len(pages) > 10
    back = link(browser.get(pages[-1][0]).text, "prev")
    for _address, rows in reversed(pages[:-1]):
        page = browser.get(back).text
        assert opened(page) == rows
        back = link(page, "prev")
    assert back == ""


def test_a_line_says_what_comes_next_and_until_when(office: Office) -> None:
    page = signed_in(office, "seed-t-leader1").get("/console/cases?active=open").text
    shown = text(page)
    late = case_lists.count(T, Wanted(due="overdue"))
    assert len(re.findall(r'class="due over"', page)) == min(late, 50)
    assert "逾期" in shown and "无人承办" in shown and "风险等级" in shown
    assert re.search(r"剩 \d+ (天|小时)", shown)


def test_who_answers_for_what_is_late_too_long_is_marked(office: Office) -> None:
    # One in which a duty runs; in what order an engine gives rows, it does not say.
    ours = Case.select().where(Case.keeper == "T", Case.active == 1, Case.duty_due != FAR)
    case = ours.order_by(Case.id).first()

    def let_it_run_out() -> None:
        long_ago = {"due": "2026-01-05", "due_at": "2026-01-05T16:00:00.000Z"}
        duty = (CaseClock.case == case.id) & (CaseClock.ended_at == "") & CaseClock.rule.not_in(RIGHTS)
        CaseClock.update(**long_ago, paused_from="").where(duty).execute()
        clocks = [case_files.clock_of(one) for one in CaseClock.select().where(CaseClock.case == case.id)]
        Case.update(**case_files.due_columns(clocks)).where(Case.id == case.id).execute()

    office.store.write_now(let_it_run_out)
    page = signed_in(office, "seed-t-leader1").get("/console/cases?due=supervisor").text
    assert opened(page) and page.count('class="up"') == len(opened(page))
    assert "由督查人员督促" in page


def test_filters_narrow_the_list_and_stay_in_its_links(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.console.worklist.page.PAGE", 3)
    browser = signed_in(office, "seed-supervisor")
    page = browser.get("/console/cases?active=all&agency=T&tier=high").text
    assert len(opened(page)) == 3 and "agency=T" in link(page, "next") and "tier=high" in link(page, "next")
    wanted = Wanted(active="all", agency="T", tier="high")
    assert f"共{case_lists.count(Scope(None), wanted)}件" in text(page)
    assert '<option value="T" selected>' in page and '<option value="high" selected>' in page


@pytest.mark.parametrize(
    "query",
    ["after=x", "before=0|0|0|x", "now=never", "active=king", "state=x&tier=y", "text=%00", "owner=-&due=ready",
     "after=0|1|1|2026|x&now=2026-01-01T00:00:00.000Z", "text=" + quote("蒙'\"<b>"), "violation=CN-NO-1"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_still_shows_a_list(office: Office, query: str) -> None:
    page = signed_in(office, "seed-t-handler1").get(f"/console/cases?{query}")
    assert page.status_code == 200
    assert '"<b>' not in page.text


@pytest.mark.parametrize(
    ("query", "active"),
    [("closed", "all"), ("archived", "all"), ("clue", "open"), ("", "open")],
)
def test_who_asks_for_a_state_is_not_told_that_there_are_no_such_cases(query: str, active: str) -> None:
    assert filters_of({"state": query, "active": "open"}, Wanted()).wanted.active == active
    assert filters_of({"state": "clue", "active": "ended"}, Wanted()).wanted.active == "all"


def test_one_comes_back_from_a_case_to_the_list_that_one_left(office: Office) -> None:
    browser = signed_in(office, "seed-supervisor")
    page = browser.get("/console/cases?active=all&tier=medium&agency=T").text
    case = browser.get(f"/console/cases/{opened(page)[0]}").text
    back = re.search(r'data-back href="([^"]+)"', case)
    assert back is not None
    there = browser.get(back[1]).headers["location"]
    assert {*there.partition("?")[2].split("&")} == {"active=all", "tier=medium", "agency=T"}
    browser.cookies["lujian_list"] = "https%3A%2F%2Felsewhere"
    assert browser.get(back[1]).headers["location"].startswith("/console/cases?")


def test_a_list_is_kept_under_a_name_opened_and_removed(office: Office) -> None:
    browser = signed_in(office, "seed-t-handler2")
    page = browser.get("/console/cases?active=all&tier=high&owner=-").text
    told = {"csrf": token(page), "query": "active=all&tier=high&owner=-", "name": "急 <b>"}
    there = browser.post("/console/cases/lists", told).headers["location"]
    assert case_filters.filters("seed-t-handler2") == [("急 <b>", Wanted(active="all", tier="high", nobody=True))]
    page = browser.get(there).text
    assert "列表已保存" in page and "急 &lt;b&gt;" in page and 'class="pill chosen"' in page
    browser.post("/console/cases/lists", {**told, "act": "remove"})
    assert case_filters.filters("seed-t-handler2") == []
    there = browser.post("/console/cases/lists", {**told, "name": " "}).headers["location"]
    assert "未保存" in browser.get(there).text and case_filters.filters("seed-t-handler2") == []


def test_a_leader_gives_cases_to_a_handler_and_hears_what_was_refused(office: Office) -> None:
    browser = signed_in(office, "seed-t-leader1")
    page = browser.get("/console/cases?active=open").text
    mine = [one for one in case_lists.page(T, Wanted(), limit=50).rows if one.keeper == "T"][:2]
    police = Case.select().where(Case.keeper == "P", Case.agency == "P", Case.active == 1).order_by(Case.id).first()
    told = {"csrf": token(page), "query": "active=open", "owner": "seed-t-handler5", "reason": "轮换"}
    assert "请先选择" in browser.get(browser.post("/console/cases/assign", told).headers["location"]).text
    answer = browser.post("/console/cases/assign", {**told, "case": str(mine[0].id)})
    assert answer.status_code == 303 and Case.get_by_id(mine[0].id).owner == "seed-t-handler5"
    answer = browser.post("/console/cases/assign", {**told, "case": str(police.id)})
    assert answer.status_code == 200 and "没有该案件" in text(answer.text), "another agency's case is not there"
    answer = browser.post("/console/cases/assign", {**told, "case": str(mine[1].id), "owner": "nobody-here"})
    assert str(mine[1].number) in answer.text and Case.get_by_id(mine[1].id).owner != "nobody-here"
    assert "assign" not in signed_in(office, "seed-t-handler1").get("/console/cases?active=open").text


def test_a_handler_may_not_give_cases(office: Office) -> None:
    browser = signed_in(office, "seed-t-handler1")
    told = {"csrf": token(browser.get("/console/cases").text), "owner": "seed-t-handler1", "case": "x"}
    assert browser.post("/console/cases/assign", told).status_code == 403


def test_the_list_goes_out_as_excel_with_what_it_is_narrowed_to(office: Office) -> None:
    browser = signed_in(office, "seed-t-handler3")
    page = browser.get("/console/cases?active=all&tier=high").text
    told = {"csrf": token(page), "query": "active=all&tier=high"}
    assert browser.post("/console/cases/export", told).status_code == 200, "the purpose is asked for first"
    told |= {"purpose": "supervision", "number": "督〔2026〕3号"}
    assert browser.post("/console/cases/export", told).status_code == 303
    (job,) = ExportJob.select().where(ExportJob.login == "seed-t-handler3")
    assert (job.kind, job.purpose) == ("cases", "supervision")
    assert '"tier":"high"' in job.query and '"active":"all"' in job.query
    assert "下载" not in browser.get("/console/exports").text
    assert Exporter(office).once()
    shown = browser.get("/console/exports").text
    assert f"/console/exports/{job.id}" in shown
    assert browser.get(f"/console/exports/{job.id}").content.startswith(b"PK")
    assert signed_in(office, "seed-t-handler1").get(f"/console/exports/{job.id}").status_code == 404


def test_one_box_finds_a_record_by_its_plate_however_it_is_written(office: Office) -> None:
    browser = signed_in(office, "seed-supervisor")
    record = Record.select().where(Record.plate.is_null(False)).order_by(Record.id.desc()).first()
    plate = str(record.plate)
    spread = f"{plate[:2]}·{plate[2:]}".lower()
    there = browser.get(f"/console/search?q={quote(spread)}")
    assert (there.status_code, there.headers["location"]) == (303, f"/console/records/{record.digest}")


def test_one_box_opens_a_case_by_its_number_and_groups_what_is_several(office: Office) -> None:
    browser = signed_in(office, "seed-supervisor")
    case = Case.select().where(Case.party_name != "", Case.party_role == "carrier").order_by(Case.id).first()
    there = browser.get(f"/console/search?q={quote(str(case.number).lower().replace('-', ' '))}")
    assert there.headers["location"] == f"/console/cases/{case.id}"
    shown = browser.get(f"/console/search?q={quote(str(case.party_name)[2:8])}").text
    assert str(case.party_name) in shown and "承运人" in text(shown) and "当事人" in text(shown)
    assert "UN编号" in text(browser.get("/console/search?q=un1203").text)


def test_a_search_stays_within_what_one_may_see(office: Office) -> None:
    case = Case.select().where(Case.keeper == "T", Case.agency == "T").order_by(Case.id).first()
    assert opened(signed_in(office, "seed-m-handler1").get(f"/console/search?q={case.number}").text) == []


def test_every_search_is_logged_before_it_is_shown(office: Office) -> None:
    browser = signed_in(office, "seed-t-handler1")
    browser.get(f"/console/search?q={quote('蒙K·1')}")
    browser.get(f"/console/cases?text={quote('示例')}")
    told = [(one.who, one.action, one.subject, one.purpose) for one in audit.page(limit=2)]
    assert told == [
        ("seed-t-handler1", "search", "示例", ""),
        ("seed-t-handler1", "search", "蒙K·1", ""),
    ]


@pytest.mark.parametrize(("q", "words"), [("", "要找什么"), ("蒙", "太短"), ("没有这家公司", "没有找到")])
def test_a_search_that_finds_nothing_says_why(office: Office, q: str, words: str) -> None:
    page = signed_in(office, "seed-t-handler1").get(f"/console/search?q={quote(q)}")
    assert page.status_code == 200 and words in text(page.text)


def handed_over(office: Office) -> Handover:
    """A case of the transport agency that is handed to the police now; which ones may be depends on the day."""
    ours, early = (Case.keeper == "T", Case.agency == "T"), ("clue", "found", "investigating")
    last = Case.state == "found"
    case = Case.select().where(*ours, Case.state.in_(early)).order_by(last, Case.state, Case.id).first()
    handler = Actor("seed-t-handler1", "x", "handler", "T")
    steps: list[tuple[str, dict[str, Any]]] = [("accept", {"party_unknown": True})] if case.state == "found" else []
    steps += [("document_issued", {"kind": kind}) for kind in ("handover_letter", "handover_list")]
    sent = {"to": "P", "sent_at": day_text(clock.now()), "proof_reason": "试用"}
    for event, data in (*steps, ("hand_over", sent)):
        done = office.store.write_now(
            lambda event=event, data=data: case_apply.apply_event(str(case.id), event, data, handler)
        )
        assert isinstance(done, Applied), done
    return Handover.get(Handover.case == case.id)


def test_the_centre_shows_both_sides_with_the_state_of_the_other_case(office: Office) -> None:
    out = handed_over(office)
    browser = signed_in(office, "seed-supervisor")
    page = browser.get(f"/console/handovers?agency={out.sender}").text
    left, right = page.split('class="card side"')[1:3]
    assert str(Case.get_by_id(out.case).number) in left and "移出" in left and "移入" in right
    there = browser.get(f"/console/handovers?agency={out.receiver}").text.split('class="card side"')[2]
    assert str(Case.get_by_id(out.case).number) in there
    assert re.search(r'class="fine f-(free|fined|undecided|alone)"', left)


def test_ended_hand_overs_have_a_list_of_their_own(office: Office) -> None:
    browser = signed_in(office, "seed-supervisor")
    done = Handover.select().where(Handover.state == "done").order_by(Handover.id.desc()).first()
    if done is None:
        pytest.skip("none has ended in this year")
    number = str(Case.get_by_id(done.case).number)
    assert number in browser.get(f"/console/handovers?agency={done.sender}&ended=1").text
    assert number not in browser.get(f"/console/handovers?agency={done.sender}").text


def test_another_agency_s_hand_overs_are_not_shown(office: Office) -> None:
    page = signed_in(office, "seed-t-handler1").get("/console/handovers?agency=P").text
    assert "交通执法" in page and 'name="agency"' not in page


@pytest.mark.parametrize("path", ["/console/cases", "/console/search?q=1203", "/console/handovers"])
def test_pages_speak_both_languages_and_run_no_script_of_their_own(office: Office, path: str) -> None:
    browser = signed_in(office, "seed-supervisor")
    for lang in ("zh_CN", "en"):
        page = browser.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert page.status_code == 200
        assert not re.search(r"<script(?! src=\"/console/static/)|\son\w+=|\sstyle=", page.text)


def test_who_keeps_the_machines_sees_no_list(office: Office) -> None:
    from server.store import users

    told = {"login": "seed-system", "name": "孙工", "role": "system_admin", "agency": "T"}
    office.store.write_now(lambda: users.add(**told, password="Grau-Kiesel-Lampe-77", by="seed-system"))
    browser = Browser(office)
    browser.sign_in("seed-system", "Grau-Kiesel-Lampe-77")
    for path in ("/console/cases", "/console/search?q=x", "/console/handovers"):
        assert browser.get(path).status_code == 403
    assert 'class="find"' not in browser.get("/console/inbox").text
