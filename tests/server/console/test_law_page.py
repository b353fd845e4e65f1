"""The law page: two people confirm a clause, whoever may not reads why, and what was typed is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from checklists.wire import digest
from server.console.confirmations import REMARKS
from server.office import Office
from server.store import audit, case_law, law_confirmations
from tests.server.console.cases.clerk import PDF, Clerk, text
from tests.server.console.quarters import ESCAPED, HOSTILE, csrf_of, form_of, furnished, sent, shared

ADDRESS = "/console/law"
TYPED = "CN-LIC-05b"
"""A violation whose open clauses are not among the texts of the product."""
WORDS = "（二）使用失效、伪造、变造、被注销等无效道路危险货物运输许可证件从事道路危险货物运输的"
GIVEN = {"text": WORDS, "source": "《道路危险货物运输管理规定》", "note": "挂车道路运输证过期"}


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from shared(tmp_path_factory.mktemp("office"))


def page(clerk: Clerk, code: str = TYPED, **query: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    shown = clerk.get(f"{ADDRESS}?code={code}{asked}")
    assert shown.status_code == 200
    return str(shown.text)


def propose(clerk: Clerk, files: dict[str, bytes] | None = None, **values: str) -> Any:
    return sent(clerk, form_of(page(clerk), ADDRESS, act="propose"), files, **values)


def row(code: str = TYPED) -> Any:
    return law_confirmations.history(code)[0]


def test_two_people_confirm_one_clause_and_a_third_may_end_it(office: Office) -> None:
    furnished(office)
    zhou, lead, pei = (Clerk(office, login) for login in ("zhou", "lead", "pei"))
    done = propose(zhou, {"scan": PDF}, **GIVEN)
    assert done.status_code == 303 and done.headers["location"] == f"{ADDRESS}?code={TYPED}&said=saved"
    mine = page(zhou)
    assert "待第二人确认" in mine and "data-confirm" not in mine
    shown = page(lead)
    assert WORDS in shown and "《道路危险货物运输管理规定》" in shown and "zhou提出" in shown
    assert lead.get(f"{ADDRESS}/scans/{digest(PDF)}").content == PDF
    done = sent(lead, form_of(shown, ADDRESS, act="confirm"))
    assert done.status_code == 303
    (held,) = law_confirmations.in_force()
    assert (held.code, held.by) == (TYPED, ("zhou", "lead"))
    assert "lead确认" in page(zhou) and "data-confirm" not in page(pei)
    done = sent(pei, form_of(page(pei), ADDRESS, act="end"), why="条文已修订")
    assert done.status_code == 303 and law_confirmations.in_force() == ()
    assert "条文已修订" in page(zhou)
    told = [one.action for one in audit.page() if str(one.action).startswith("law.")]
    assert told == ["law.end", "law.confirm", "law.propose"]


def test_the_one_who_proposed_agrees_to_nothing_of_it(office: Office) -> None:
    furnished(office)
    zhou = Clerk(office, "zhou")
    propose(zhou, {"scan": PDF}, **GIVEN)
    ask = form_of(page(zhou), ADDRESS, act="end")
    values = {"act": "confirm", "id": str(row().id), "text_digest": str(row().text_digest)}
    kept = [(name, value) for name, value in ask.values if name not in (*values, "why")]
    done = zhou.send(ADDRESS, [*kept, *values.items()])
    assert done.status_code == 422 and "data-refused" in done.text
    assert not row().confirmed_at and law_confirmations.in_force() == ()


def test_who_agrees_has_read_the_very_words_that_were_proposed(lite: Office) -> None:
    zhou, lead = Clerk(lite, "zhou"), Clerk(lite, "lead")
    propose(zhou, {"scan": PDF}, **GIVEN)
    held = form_of(page(lead), ADDRESS, act="confirm")
    done = sent(lead, held, text_digest="0" * 64)
    assert done.status_code == 422 and not row().confirmed_at
    done = sent(lead, form_of(page(lead), ADDRESS, act="end"), why="重来")
    assert done.status_code == 303


@pytest.mark.parametrize(
    ("login", "status", "proposes", "agrees"),
    [
        ("zhou", 200, True, False), ("lead", 200, False, True), ("chief", 200, False, True), ("he", 200, False, True),
        ("wang", 200, False, False), ("su", 200, False, False), ("area", 200, False, False), ("sun", 403, False, False),
    ],
)  # fmt: skip
def test_what_each_role_may_do_and_the_law_belongs_to_every_agency(
    lite: Office, login: str, status: int, proposes: bool, agrees: bool
) -> None:
    if not any(one.state == "proposed" for one in law_confirmations.waiting(*now(), TYPED)):
        propose(Clerk(lite, "zhou"), {"scan": PDF}, **GIVEN)
    shown = Clerk(lite, login).get(ADDRESS)
    assert shown.status_code == status
    assert ("data-propose" in shown.text, "data-confirm" in shown.text) == (proposes, agrees)


def now() -> tuple[Any, date]:
    return case_law.current().definitions, date(2026, 11, 28)


def test_a_handler_proposes_nothing_even_by_a_form_of_his_own(lite: Office) -> None:
    zhou, wang = Clerk(lite, "zhou"), Clerk(lite, "wang")
    held = form_of(page(zhou, "CN-EDU-02"), ADDRESS, act="propose")
    values = {**dict(held.values), "csrf": csrf_of(wang), "text": WORDS, "source": "x"}
    done = wang.send(ADDRESS, [*values.items()], {"scan": PDF})
    assert done.status_code == 403 and "您的角色无权" in text(done.text)
    assert law_confirmations.history("CN-EDU-02") == []
    assert zhou.send(ADDRESS, [*{**values, "csrf": "x"}.items()]).status_code == 403
    csrf = dict(held.values)["csrf"]
    assert zhou.send(ADDRESS, [("csrf", csrf), ("act", "burn")]).status_code == 400


def test_a_refused_proposal_keeps_its_words_and_its_scan(lite: Office) -> None:
    zhou = Clerk(lite, "zhou")
    code = "CN-EDU-02"
    held = form_of(page(zhou, code), ADDRESS, act="propose")
    done = sent(zhou, held, {"scan": PDF}, text=WORDS, min_cny="五千", note="理由" * 300)
    assert done.status_code == 422
    told = text(done.text)
    assert "出处" in told and "罚款幅度" in told and "None" not in told
    again = form_of(done.text, ADDRESS, act="propose", **{"scan.kept": digest(PDF)})
    assert {"text": WORDS, "min_cny": "五千", "note": "理由" * 300}.items() <= dict(again.values).items()
    done = sent(zhou, again, source="交通运输部令", min_cny="2000", max_cny="5000")
    assert done.status_code == 303
    assert (row(code).scan, row(code).min_cny, row(code).text) == (digest(PDF), 2000, WORDS)


@pytest.mark.parametrize("content", [b"MZ no scan", b"<html>"])
def test_what_is_no_scan_is_refused(lite: Office, content: bytes) -> None:
    done = propose(Clerk(lite, "zhou"), {"scan": content}, **GIVEN)
    assert done.status_code == 422 and "PDF" in text(done.text)


def test_hostile_and_endless_words_are_shown_as_words_or_refused(lite: Office) -> None:
    zhou = Clerk(lite, "zhou")
    code = "CN-LIC-03"
    held = form_of(page(zhou, code), ADDRESS, act="propose")
    assert sent(zhou, held, {"scan": PDF}, text="法" * 20_001, source="x").status_code == 422
    assert sent(zhou, held, {"scan": PDF}, text="a\0b" * 9, source="x").status_code == 400
    told = {"text": f"{HOSTILE} 第一条", "source": HOSTILE, "note": HOSTILE}
    assert sent(zhou, held, {"scan": PDF}, **told).status_code == 303
    shown = page(Clerk(lite, "lead"), code)
    assert shown.count(ESCAPED) >= 3 and "<script>alert" not in shown
    assert "<script>alert" not in page(zhou, HOSTILE.replace("&", "%26").replace("#", ""), state="open")


def test_only_a_scan_of_a_proposal_is_given_and_every_look_is_logged(lite: Office) -> None:
    zhou, wang = Clerk(lite, "zhou"), Clerk(lite, "wang")
    if not law_confirmations.names_scan(digest(PDF)):
        propose(zhou, {"scan": PDF}, **GIVEN)
    given = wang.get(f"{ADDRESS}/scans/{digest(PDF)}")
    assert (given.status_code, given.headers["content-type"]) == (200, "application/pdf")
    assert given.headers["cache-control"] == "private, no-store"
    assert next(iter(audit.page())).subject == f"file:{digest(PDF)}"
    assert wang.get(f"{ADDRESS}/scans/{'ab' * 32}").status_code == 404
    assert Clerk(lite, "sun").get(f"{ADDRESS}/scans/{digest(PDF)}").status_code == 403


def test_a_list_without_clauses_says_so(lite: Office) -> None:
    assert "没有待确认的条款" in page(Clerk(lite, "lead"), "CN-NONE")


def test_the_remarks_of_the_data_are_read_in_the_readers_language(lite: Office) -> None:
    """Whoever writes a new remark into the law's data adds it to REMARKS, and its Chinese to the catalogue."""
    waiting = law_confirmations.waiting(*now())
    assert {one.citation.note for one in waiting} - {""} <= set(REMARKS)
    lead = Clerk(lite, "lead")
    chinese, english = page(lead, ""), page(lead, "", lang="en")
    assert all(one not in chinese for one in REMARKS) and REMARKS[3] in english
    assert "2019年第29号令" in chinese and "2019 No. 29" in english
