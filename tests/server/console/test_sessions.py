"""Education sessions: planned, answered on phones that have no account, counted with denominators, certified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from server import clock
from server.console.desk import without_codes
from server.office import Office
from server.store import known, office_details, registry, seat_answers, sessions, users
from server.store.education_models import EducationSession, Seat, SeatAnswer
from server.store.office_models import Audit
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import furnish
from tests.server.store.road import DRIVER, USCC, check

EVIL = "<script>x()</script>"


@pytest.fixture
def taught(office: Office) -> Iterator[Office]:
    furnish(office)
    check(office, "i-1")
    office.store.write_now(_furnish)
    yield office


def _furnish() -> None:
    for login, role, agency in (("desk", "handler", "T"), ("cop", "handler", "P"), ("rev", "reviewer", "T")):
        users.create("admin", login=login, name=login, role=role, agency=agency, password=PASSWORD)
    data = {"name": "示例县顺达危货运输有限公司"}
    registry.put([{"kind": "carrier", "key": USCC, "data": data, "as_of": "2026-11-01T00:00:00.000Z"}])
    office_details.tell("T", {"name": "示例县交通运输局"})


def post(browser: Browser, address: str, **fields: str) -> Any:
    return browser.post(address, {"csrf": token(browser.get("/console/account").text), **fields})


def typed(**changes: str) -> dict[str, str]:
    soon = clock.later(hours=30)[:16]
    told = {"carrier": USCC, "starts": soon, "place": "公司会议室", "held_by": "王志强", "pack": "waste-acid-leak"}
    return {**told, "asked": "3", **changes}


def planned(browser: Browser) -> str:
    """Plan a session with two people, and return its address."""
    made = post(browser, "/console/sessions", **typed())
    assert made.status_code == 303, made.text
    here = made.headers["location"].partition("?")[0]
    assert post(browser, f"{here}/do/invite", name=f"张三{EVIL}", code="001x", number=DRIVER).status_code == 303
    assert post(browser, f"{here}/do/invite", name="李四").status_code == 303
    return here


def link_of(browser: Browser, here: str) -> str:
    found = re.search(r'https?://[^/"<]+(/s/[\w-]+)', browser.get(here).text)
    assert found is not None
    return found[1]


def rightly(phone: Browser, link: str, number: str, code: str, wrong: int = 0) -> Any:
    """Answer all questions of the open quiz, the first `wrong` of them wrongly."""
    asked = phone.post(link, {"number": number, "code": code}).text
    phase = re.search(r'name="phase" value="(\w+)"', asked)
    assert phase is not None, asked
    one = EducationSession.get(EducationSession.token == link.removeprefix("/s/"))
    given = {}
    for place, each in enumerate(seat_answers.asked(one, int(number))):
        given[f"q-{each.question.id}"] = str((each.right + (place < wrong)) % len(each.options))
    return phone.post(link, {"number": number, "code": code, "phase": phase[1], **given})


def test_what_is_wrong_with_a_plan_is_said_at_once_and_what_was_typed_stays(taught: Office) -> None:
    browser = Browser(taught, "desk")
    page = post(browser, "/console/sessions", **typed(carrier="nobody", starts="x", place=f"室{EVIL}", asked="99"))
    assert page.status_code == 422
    assert all(words in page.text for words in ("统一社会信用代码", "日期和时间", "3 至 20 题"))
    assert "室&lt;script&gt;" in page.text and EVIL not in page.text
    assert not EducationSession.select().exists()


def test_a_session_goes_from_plan_to_certificate(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    assert "/s/" not in browser.get(here).text
    post(browser, f"{here}/do/before")
    link = link_of(browser, here)
    kept = rightly(phone, link, "1", "001X", wrong=2)
    assert kept.status_code == 200 and "答题结果已保存" in kept.text and "正确答案" not in kept.text
    assert "set-cookie" not in kept.headers
    post(browser, f"{here}/do/taught")
    assert phone.get(link).status_code == 409
    post(browser, f"{here}/do/after")
    after = rightly(phone, link, "1", "001x")
    assert "正确答案" in after.text and EVIL not in after.text
    post(browser, f"{here}/do/attend", **{"came-1": "yes", "came-2": "no"})
    assert browser.get(f"{here}/certificates/1").status_code == 404
    post(browser, f"{here}/do/closed")
    page = browser.get(here).text
    assert "1 人两次都答了题" in page and "课前人均答对 1.0 题，课后 3.0 题" in page and "人数少" in page
    paper = browser.get(f"{here}/certificates/1")
    assert paper.content.startswith(b"%PDF") and browser.get(f"{here}/certificates/2").status_code == 404
    assert EVIL not in page and "张三&lt;script&gt;" in page
    told = [str(one.action) for one in Audit.select().where(Audit.subject.startswith("session:"))]
    assert {"session.plan", "session.invite", "session.step", "session.attend", "view", "print"} <= set(told)


def test_answers_are_kept_once_whatever_is_sent_again(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    post(browser, f"{here}/do/before")
    link = link_of(browser, here)
    rightly(phone, link, "1", "001X", wrong=1)
    again = phone.post(link, {"number": "1", "code": "001X", "phase": "before", "q-closures": "0"})
    assert again.status_code == 409 and "不能更改" in again.text
    assert [int(one.score) for one in SeatAnswer.select()] == [2]


def test_a_stale_page_of_the_quiz_before_is_no_answer_after(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    for act in ("before", "taught", "after"):
        post(browser, f"{here}/do/{act}")
    link = link_of(browser, here)
    late = phone.post(link, {"number": "1", "code": "001X", "phase": "before"})
    assert late.status_code == 409 and not SeatAnswer.select().exists()


WRONGLY: list[tuple[dict[str, str], int]] = [
    ({"number": "1", "code": "9999"}, 403),
    ({"number": "77", "code": "001X"}, 403),
    ({"number": "１", "code": "001X"}, 403),
    ({"number": "-1", "code": ""}, 403),
    ({"number": "1", "code": "001X", "phase": "before"}, 422),
    ({"number": "1", "code": "001X", "phase": "after"}, 409),
    ({"number": "1" * 400, "code": EVIL}, 403),
    ({"number": "1", "code": "001X", "phase": "before", "q-closures": "7"}, 422),
]


def test_what_a_phone_sends_wrongly_is_told_in_words_and_nothing_is_kept(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    post(browser, f"{here}/do/before")
    link = link_of(browser, here)
    for fields, status in WRONGLY:
        told = phone.post(link, fields)
        assert told.status_code == status, fields
        assert told.text.startswith("<!DOCTYPE html>") and EVIL not in told.text
        assert status == 422 or "张三" not in told.text
    assert not SeatAnswer.select().exists()


def test_signs_cannot_be_tried_out(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    post(browser, f"{here}/do/before")
    link = link_of(browser, here)
    told = [phone.post(link, {"number": "2", "code": f"{one:04x}"}).status_code for one in range(8)]
    assert told[:5] == [403] * 5 and 429 in told
    assert phone.post(link, {"number": "1", "code": "001X"}).status_code == 200


def test_a_link_ends_by_itself_and_an_unknown_one_says_so(taught: Office) -> None:
    browser, phone = Browser(taught, "desk"), Browser(taught)
    here = planned(browser)
    post(browser, f"{here}/do/before")
    link = link_of(browser, here)
    past = clock.later(hours=-1)
    taught.store.write_now(lambda: EducationSession.update(expires_at=past).execute())
    assert "答题时间已过" in phone.get(link).text and "答题时间已过" in phone.post(link, {}).text
    assert "/s/" not in browser.get(here).text
    assert phone.get("/s/none").status_code == 404 and "链接无效" in phone.get("/s/none").text


def test_of_two_clerks_the_second_is_told(taught: Office) -> None:
    browser = Browser(taught, "desk")
    here = planned(browser)
    assert post(browser, f"{here}/do/before").status_code == 303
    again = post(browser, f"{here}/do/before")
    assert again.status_code == 422 and "其他人" in again.text
    assert post(browser, f"{here}/do/called_off").status_code == 422
    assert post(browser, f"{here}/do/called_off", why="改期").status_code == 303
    assert post(browser, f"{here}/do/invite", name="王五").status_code == 422


def test_a_session_is_its_agencys(taught: Office) -> None:
    here = planned(Browser(taught, "desk"))
    assert Browser(taught, "cop").get(here).status_code == 404
    assert Browser(taught, "rev").get(here).status_code == 200
    assert post(Browser(taught, "rev"), f"{here}/do/before").status_code == 403


def test_to_ask_whether_somebody_is_known_is_logged_whatever_comes_of_it(taught: Office) -> None:
    browser = Browser(taught, "desk")
    here = planned(browser)
    page = post(browser, f"{here}/do/invite", name="王五", number="150624199001011234")
    assert page.status_code == 422 and "没有此身份号码" in page.text and "王五" in page.text
    told = [str(one.subject) for one in Audit.select().where(Audit.action == "search")]
    assert told == [f"person {DRIVER}", "person 150624199001011234"]


def test_of_a_guest_no_identity_number_is_kept(taught: Office) -> None:
    planned(Browser(taught, "desk"))
    held = taught.store.read_now(known.by_number, "person", DRIVER)
    first = Seat.get(Seat.number == 1)
    assert held is not None and first.sign == held.sign != "" and DRIVER not in str(vars(first))
    assert sessions.MOST_SEATS == 200


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[S59]", ""), ("[S1][S59] 检查项 EQP-14", "检查项 EQP-14"), ("[S1][S59]/[M list]；通行做法", "通行做法"),
        ("检查项 PLA-06 [M]；[S30] 器材表", "检查项 PLA-06； 器材表"), ("公开报道", "公开报道"),
    ],
)  # fmt: skip
def test_a_source_is_named_without_the_codes_of_our_list(source: str, shown: str) -> None:
    assert without_codes(source) == shown


def test_a_slide_shows_no_code_of_a_source(taught: Office) -> None:
    desk = Browser(taught, "desk")
    shown = desk.get(f"{planned(desk)}/lesson").text
    assert "关于“5·26”废酸泄漏后联合检查的公开报道" in shown and not re.search(r"\[[A-Z]+\d*\]", shown)
