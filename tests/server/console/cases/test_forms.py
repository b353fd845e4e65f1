"""What a form does when it is refused, stale, sent twice or not to be had; what the page shows of what happened."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.console.cases.choices import choices_of
from server.console.cases.telling import Teller
from server.office import Office
from server.store import case_files, case_history, case_law, case_papers
from server.store.case_models import ActLink, CaseEvent, CaseEvidence, Handover
from server.store.models import Case
from server.store.office_models import Audit, OfficeFile
from tests.server.console.cases.clerk import PDF, Clerk, done, forms, png, primary, sign_up, text
from tests.server.console.cases.test_walk import two, wall
from tests.server.store.office_cases import FILE, TWO, day, do, finding, furnish, opened
from tests.server.story import open_tasks

LONG = "示例县" + "很长的名称" * 30 + "有限责任公司"


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    sign_up(office)
    return office


@pytest.fixture
def investigating(furnished: Office) -> str:
    (case,) = opened(furnished, finding(evidence=["item"]))
    do(furnished, case, "accept")
    do(furnished, case, "propose_opening", cause="x", investigators=TWO)
    do(furnished, case, "opening_approved", "lead")
    return str(case.id)


def codes(page: Any) -> set[str]:
    return set(re.findall(r'data-code="(\w+)"', page.text))


def beside(page: Any, field: str) -> str:
    """What is said beside a field."""
    found = re.search(rf'id="f-{field}".*?(?=<div class="field|<p class="send")', page.text, flags=re.S)
    assert found is not None, f"no field {field}"
    return " ".join(re.findall(r'class="fault" role="alert">([^<]+)<', found[0]))


def test_a_refused_form_says_all_that_is_missing_and_keeps_what_was_typed_and_scanned(
    furnished: Office, investigating: str
) -> None:
    wang = Clerk(furnished, "wang")
    refused = wang.do(investigating, "party_heard", {"proof": PDF}, text="当事人称<b>不知情</b>")
    assert refused.status_code == 422
    assert codes(refused) == {"field_missing"} and refused.text.count("缺少此项") == 4
    assert beside(refused, "how") and beside(refused, "heard_at") and not beside(refused, "proof")
    assert "当事人称&lt;b&gt;不知情&lt;/b&gt;" in refused.text and "proof.pdf" in refused.text
    assert case_history.of_case(investigating)[-1].event == "opening_approved"
    done(wang.fill(refused, {}, {"how": "interview", "heard_at": wall(hours=1)}))
    told = case_history.data_of(case_history.of_case(investigating)[-1])
    assert told["proof"] == str(OfficeFile.get(OfficeFile.name == "proof.pdf").sha256)
    assert told["text"] == "当事人称<b>不知情</b>"


def test_more_bytes_than_a_form_takes_are_refused_with_how_many_it_takes(
    furnished: Office, investigating: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = Clerk(furnished, "wang")
    form = wang.get(f"/console/cases/{investigating}/do/party_heard")
    assert 'data-most="41943040"' in form.text and "一次最多 40 MB" in form.text
    monkeypatch.setattr("server.console.cases.doing.DoResource.limit", 2 * 1024 * 1024)
    refused = wang.fill(form, {"proof": PDF + bytes(3 * 1024 * 1024)}, {"how": "refused"})
    assert refused.status_code == 413 and "一次最多 2 MB" in refused.text


@pytest.mark.parametrize("content", [b"MZ\x90\x00 not a scan", b"<html>%PDF-1.7", b"", b"PK\x03\x04word"])
def test_a_file_is_what_it_holds_and_not_what_it_is_called(
    furnished: Office, investigating: str, content: bytes
) -> None:
    wang = Clerk(furnished, "wang")
    result = wang.do(investigating, "party_heard", {"proof": content}, how="refused", heard_at=wall(hours=1))
    assert result.status_code == 422
    assert "只接受 PDF、JPEG 和 PNG" in beside(result, "proof")
    assert not OfficeFile.select().where(OfficeFile.name == "proof.pdf").exists()


def test_a_stale_form_says_what_changed_and_who_and_keeps_the_text(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    form = wang.get(f"/console/cases/{investigating}/do/party_heard")
    do(furnished, investigating, "note", "bai", text="我也在看")
    do(furnished, investigating, "note", "bai", text="还有一句")
    late = wang.fill(form, {"proof": png()}, {"how": "refused", "heard_at": wall(hours=1), "text": "拒绝陈述"})
    assert late.status_code == 409 and "data-stale" in late.text and "data-refused" not in late.text
    assert text(late.text).count("备注 · bai") == 2 and "拒绝陈述" in late.text and "proof.pdf" in late.text
    done(wang.fill(late, {}, {}))
    assert [one.event for one in case_history.of_case(investigating)][-2:] == ["note", "party_heard"]


def test_a_form_whose_step_is_gone_gives_the_text_back(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    wang = Clerk(furnished, "wang")
    form = wang.get(f"/console/cases/{case.id}/do/propose_opening")
    do(furnished, case, "return_for_supplement", wanted="照片")
    late = wang.fill(form, {}, {"cause": "写了很久的案由"})
    assert late.status_code == 409 and "写了很久的案由" in late.text and "data-form" not in late.text
    assert {"stale", "not_in_state"} & codes(late) == {"not_in_state"}


def test_the_same_form_sent_twice_happens_once(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    form = wang.get(f"/console/cases/{investigating}/do/note")
    for _again in range(3):
        done(wang.fill(form, {}, {"text": "电话已打"}))
    assert [one.event for one in case_history.of_case(investigating)].count("note") == 1
    other = wang.fill(form, {}, {"text": "另一句话"})
    assert other.status_code == 409 and "另一句话" in other.text


def test_a_step_names_the_version_that_it_was_made_from(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    csrf = wang.csrf(investigating)
    assert wang.send(f"/console/cases/{investigating}/do/note", [("csrf", csrf), ("text", "x")]).status_code == 400
    odd = [("csrf", csrf), ("text", "x"), ("version", "９")]
    assert wang.send(f"/console/cases/{investigating}/do/note", odd).status_code == 400
    version = wang.get(f"/console/cases/{investigating}").headers["etag"]
    posted = wang.post(f"/console/cases/{investigating}/do/note", {"csrf": csrf, "text": "x"}, **{"If-Match": version})
    assert posted.status_code == 303
    assert wang.post(f"/console/cases/{investigating}/do/note", {"text": "x", "version": "9"}).status_code == 403


@pytest.mark.parametrize(
    ("login", "event", "status", "words"),
    [
        ("he", "party_heard", 403, "您的角色无权进行此步骤：案件承办人"),
        ("chief", "opening_approved", 404, ""),
        ("wang", "no_such_step", 404, ""),
        ("wang", "accept", 409, "当前状态不能进行此步骤：调查取证中"),
        ("wang", "person_came", 409, "此步骤属于另一程序"),
        ("wang", "measure_approved", 403, "您的角色无权进行此步骤：中队负责人"),
        ("area", "investigation_ended", 403, "您的角色无权进行此步骤：案件承办人"),
    ],
)
def test_whoever_may_not_do_something_reads_why(
    furnished: Office, investigating: str, login: str, event: str, status: int, words: str
) -> None:
    side = ""
    if event == "measure_approved":
        do(furnished, investigating, "measure_asked", object="vehicle", what="x", reason="x")
        from server.store.case_models import SideTrack

        side = f"?side={SideTrack.get(SideTrack.case == investigating).id}"
    shown = Clerk(furnished, login).get(f"/console/cases/{investigating}/do/{event}{side}")
    assert shown.status_code == status
    assert words in text(shown.text)


def test_four_eyes_is_said_beside_the_greyed_button(furnished: Office) -> None:
    (case,) = opened(furnished)
    furnished.store.write_now(lambda: Case.update(owner="lead").where(Case.id == case.id).execute())
    do(furnished, case, "accept", "lead")
    shown = Clerk(furnished, "lead").page(case.id)
    assert primary(shown) == ("propose_opening", "") and "下一步 呈请立案：案件承办人" in text(shown)


def test_evidence_is_added_from_the_board_and_shown_there(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    page = wang.page(investigating)
    assert re.search(r'class="p-missing" data-kind="item"', page)
    query = "?violation=CN-EQP-01&kind=item"
    empty = wang.do(investigating, "evidence_added", query=query)
    assert empty.status_code == 422 and codes(empty) == {"evidence_empty"}
    done(wang.fill(empty, {"evidence.0.file": png()}, {"evidence.0.text": "工具箱照片"}))
    page = wang.page(investigating)
    assert re.search(r'class="p-office" data-kind="item"', page) and "工具箱照片" in page
    file = re.search(rf"/console/cases/{investigating}/files/[0-9a-f]{{64}}", page)
    assert file is not None
    given = wang.get(file[0])
    assert (given.headers["content-type"], given.content) == ("image/png", png())
    assert "sandbox" in given.headers["content-security-policy"]
    assert Clerk(furnished, "liu").get(file[0]).status_code == 404
    assert wang.get(f"/console/cases/{investigating}/files/{FILE}").status_code == 404  # of no step of this case
    assert (Audit.select().where(Audit.subject.startswith("file:")).count()) == 1


def test_what_cannot_be_had_is_written_down(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    why = {"evidence.0.not_obtainable": "现场已撤离"}
    done(wang.do(investigating, "evidence_added", query="?violation=CN-EQP-01&kind=item", **why))
    assert "现场已撤离" in wang.page(investigating)
    assert CaseEvidence.get().not_obtainable == "现场已撤离"


def test_linked_acts_are_decided_on_the_page_itself(furnished: Office) -> None:
    pair = next(sorted(one)[:2] for one in _acts(furnished) if len(one) > 1)
    (case,) = opened(furnished, *(finding(violation=code, item=f"X-{code}") for code in pair))
    do(furnished, case, "accept")
    wang = Clerk(furnished, "wang")
    page = wang.page(case.id)
    assert "是否同一违法行为" in text(page) and primary(page) == ("propose_opening", "")
    held = next(one for one in forms(page) if one.action.endswith("/do/link_decided"))
    refused = wang._sent(held, {"verdict": "same"}, {})
    assert refused.status_code == 422 and beside(refused, "reason")
    done(wang.fill(refused, {}, {"reason": "同一次运输"}))
    assert [(one.one, one.other, one.verdict) for one in ActLink.select()] == [(*sorted(pair), "same")]
    assert "同一次运输" in wang.page(case.id)


def _acts(office: Office) -> Any:
    from server.store import case_law

    return case_law.current().definitions.acts


def test_split_merge_reassign_and_ending_are_acts_with_a_reason(furnished: Office) -> None:
    both = (finding(), finding(violation="CN-TNK-05", item="TNK-07"))
    (first,), (second,) = opened(furnished, *both), opened(furnished)
    wang, lead = Clerk(furnished, "wang"), Clerk(furnished, "lead")
    key = re.search(r'name="keys" value="([^"]+)"', wang.get(f"/console/cases/{first.id}/do/split").text)
    assert key is not None
    done(wang.do(first.id, "split", keys=[key[1]], reason="分别处理"))
    (apart,) = Case.select().where(Case.origin == first.id)
    assert "由本案产生" in wang.page(first.id) and "由其产生" in wang.page(apart.id)
    done(wang.do(second.id, "merge", into=str(first.id), reason="同一车辆同一公司"))
    assert "本案已并入" in wang.page(second.id)
    done(lead.do(first.id, "re_assign", owner="bai", reason="休假"))
    assert Case.get_by_id(first.id).owner == "bai"
    assert lead.do(apart.id, "discard").status_code == 422
    done(lead.do(apart.id, "discard", reason="查无此事"))
    assert Case.select().count() == 3  # nothing is deleted


def test_a_history_that_was_tampered_with_is_said_at_the_head(furnished: Office, investigating: str) -> None:
    wang = Clerk(furnished, "wang")
    assert "校验不符" not in wang.page(investigating)
    row = CaseEvent.get(CaseEvent.case == investigating, CaseEvent.seq == 2)
    furnished.store.write_now(lambda: CaseEvent.update(who="nobody").where(CaseEvent.id == row.id).execute())
    assert "自第 2 行起校验不符" in wang.page(investigating)


def test_notes_and_forms_show_what_is_written_as_text(furnished: Office, investigating: str) -> None:
    evil = "<script>alert(1)</script>\"'&"
    wang = Clerk(furnished, "wang")
    done(wang.do(investigating, "note", text=evil))
    done(wang.do(investigating, "party_corrected", **{"party.name": LONG + evil}, reason=evil))
    page = wang.page(investigating)
    assert "<script>alert" not in page and page.count("&lt;script&gt;") >= 4
    assert "无人" not in re.findall(r"<blockquote>.*?</blockquote>", page)[0]
    form = wang.get(f"/console/cases/{investigating}/do/party_corrected")
    assert "<script>alert" not in form.text


def test_every_form_of_every_state_is_drawn(furnished: Office, investigating: str) -> None:
    for login in ("wang", "lead", "he", "su", "area"):
        clerk = Clerk(furnished, login)
        page = clerk.page(investigating)
        for address in sorted(set(re.findall(r'href="(/console/cases/[^"]+/do/[^"]+)"', page))):
            shown = clerk.get(address.replace("&amp;", "&"))
            assert shown.status_code == 200 and "data-form=" in shown.text, address
            assert not re.search(r"<script(?! src=\"/console/static/)|\son\w+=|\sstyle=", shown.text)


def test_a_request_for_supplement_shows_what_was_asked_and_that_the_tablet_was_silent(
    furnished: Office, investigating: str
) -> None:
    wang = Clerk(furnished, "wang")
    done(wang.do(investigating, "return_for_supplement_case", query="?violation=CN-EQP-01&kind=item"))
    page = wang.page(investigating)
    assert "要求现场补充" in page and "问题部位或物品照片" in page
    assert primary(page)[0] == "supplement_answered"
    assert [one["pieces"] for one in open_tasks("T")] == [[{"evidence": "item", "item": "EQP-14"}]]
    done(wang.do(investigating, "supplement_withdrawn", reason="已自行取得"))
    assert open_tasks("T") == []


def test_a_measure_has_its_own_forms_and_its_own_documents(furnished: Office, investigating: str) -> None:
    wang, lead = Clerk(furnished, "wang"), Clerk(furnished, "lead")
    done(wang.do(investigating, "measure_asked", object="vehicle", what="蒙K12345", reason="拒不改正"))
    side = re.search(r'data-side="([^"]+)" data-track="measure"', lead.page(investigating))
    assert side is not None
    done(lead.do(investigating, "measure_approved", query=f"?side={side[1]}", at=wall(minutes=1)))
    page = wang.page(investigating)
    due = re.search(r'data-draft="measure_decision" href="([^"]+)"', page)
    assert due is not None and side[1] in due[1]
    shown = wang.get(due[1]).text  # its law was not read, so that it is drafted and not issued
    assert "扣押" in shown or "措施" in shown
    assert wang.issue(investigating, "measure_decision", side=side[1]).status_code == 422


def test_officers_of_the_road_are_chosen_with_their_cards(furnished: Office) -> None:
    from server.store import registry

    rows = [{"kind": "officer", "key": "T-9", "as_of": "2026-01-01T00:00:00.000Z",
             "data": {"name": "su", "card": "15069999", "agency": "T"}}]  # fmt: skip
    furnished.store.write_now(lambda: registry.put(rows))
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    wang = Clerk(furnished, "wang")
    both = {**two("investigators", ("wang", "15060001")), "investigators.1.login": "su"}
    done(wang.do(case.id, "propose_opening", cause="x", **both))
    said = case_history.data_of(case_history.of_case(str(case.id))[-1])
    assert said["investigators"][1] == {"login": "su", "name": "su", "card": "15069999"}


def decided_on(office: Office, *findings: dict[str, Any]) -> str:
    """A case that came to where penalties are planned."""
    (case,) = opened(office, *findings)
    do(office, case, "accept")
    do(office, case, "propose_opening", cause="x", investigators=TWO)
    do(office, case, "opening_approved", "lead")
    return str(case.id)


@pytest.mark.parametrize(("cases", "said"), [([{"when": {"hazchem": ["yes"]}}], True), ([], False)])
def test_the_penalty_form_shows_no_range_where_nobody_settled_the_load(
    furnished: Office, cases: list[Any], said: bool
) -> None:
    case = decided_on(furnished, finding(cases=cases))
    held = choices_of(
        Case.get_by_id(case),
        case_files.load(Case.get_by_id(case), case_law.current()).file,
        Teller(case_law.current().definitions),
        {},
        records=False,
    )
    (violation,) = held.violations
    assert violation.open is said
    assert (violation.ranges == ()) is said, "the first row's range holds for no load that is not settled"


def test_a_law_that_names_no_amount_shows_no_range_of_a_fine(furnished: Office) -> None:
    case = decided_on(furnished, finding("CN-LIC-07"))
    (held,) = case_files.load(Case.get_by_id(case), case_law.current()).file.violations
    assert held.verified and {top for _low, top in held.ranges} == {None}
    wang = Clerk(furnished, "wang")
    assert "罚款幅度" not in wang.get(f"/console/cases/{case}").text
    said = text(wang.get(f"/console/cases/{case}/do/investigation_ended").text)
    assert "数额未掌握" in said and "无已核幅度" in said and "–— 元" not in said


def test_a_document_names_laws_as_clerks_know_them_and_not_by_their_codes(
    furnished: Office, investigating: str
) -> None:
    page = Clerk(furnished, "wang").get(f"/console/cases/{investigating}/documents/investigation_report").text
    named = re.search(r'class="card named".*?</section>', page, flags=re.S)
    assert named is not None and "《" in named[0] and "dg-road-rules" not in named[0]
    assert "investigation_report" not in text(page)
    lacks = re.search(r"data-lacks>.*?</div>", page, flags=re.S)
    assert lacks is None or "dg-road-rules" not in lacks[0]


def test_a_documents_page_reads_the_case_once(
    furnished: Office, investigating: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = case_papers.dossier
    monkeypatch.setattr(case_papers, "dossier", lambda *told: made.append("x") or whole(*told))
    Clerk(furnished, "wang").get(f"/console/cases/{investigating}/documents/investigation_report")
    assert made == ["x"]


def test_what_an_appeal_made_of_a_decision_is_written_down_in_its_form(furnished: Office) -> None:
    (case,) = opened(furnished, finding(simple="yes"))
    day = wall(hours=1)[:10]
    do(
        furnished,
        case,
        "simple_decided",
        "su",
        decided_at=day,
        amount_cny=200,
        officers=TWO,
        paper_number="T1",
        reason="减轻",
    )
    do(furnished, case, "appeal_filed", appeal="review", at=day, body="县政府", proof=FILE)
    (side,) = case_files.load(Case.get_by_id(case.id), case_law.current()).file.sides
    he, query = Clerk(furnished, "he"), f"?side={side.id}"
    refused = he.do(
        str(case.id), "appeal_changed", {"proof": PDF}, query, at=day, text="变更", **{"penalties.0.kind": ""}
    )
    assert refused.status_code == 422
    told = {"penalties.0.kind": "fine", "penalties.0.amount_cny": "100"}
    done(he.do(str(case.id), "appeal_changed", {"proof": PDF}, query, at=day, text="变更为100元", **told))
    (row,) = case_files.load(Case.get_by_id(case.id), case_law.current()).file.facts["penalties"]
    assert row["amount_cny"] == 100


def test_the_receiver_of_a_hand_over_reads_what_the_sender_still_has(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    do(furnished, case, "measure_asked", object="vehicle", what="罐车 1 辆", reason="防止证据损毁")
    (side,) = case_files.load(Case.get_by_id(case.id), case_law.current()).file.sides
    do(furnished, case, "evidence_added", evidence=[{"violation": "CN-EQP-01", "kind": "interview", "file": FILE}])
    for kind in ("handover_letter", "handover_list"):
        do(furnished, case, "document_issued", kind=kind)
    do(furnished, case, "hand_over", to="P", sent_at=day(), proof=FILE)
    there = str(Handover.get().incoming)
    liu = Clerk(furnished, "liu")
    assert "罐车" not in liu.page(there), "what was only asked for is not held"
    do(furnished, case, "measure_approved", "lead", side=side.id, at=day())
    page = liu.page(there)
    said = text(page).replace(" ", "")
    assert f"移送机关仍持有本案的下列财物、证据和认定交通执法{case.number}行政强制措施措施执行中" in said
    assert "车辆·具体情况：罐车1辆" in said and "证据固定：询问笔录" in said and "防止证据损毁" not in page
    assert "data-there" not in Clerk(furnished, "wang").page(case.id)
    do(furnished, case, "measure_lifted", side=side.id, at=day(), reason="x")
    assert "罐车" not in liu.page(there), "what was given back is not said to be held"


def test_merged_cases_name_each_other_by_their_numbers(furnished: Office) -> None:
    (one,), (other,) = opened(furnished), opened(furnished)
    do(furnished, one, "merge", into=str(other.id), reason="同一当事人")
    wang = Clerk(furnished, "wang")
    page = text(wang.page(one.id))
    assert page.count(str(other.number)) == 3 and str(other.id)[:8] not in page, "banner, sister case and history"
    assert str(one.number) in text(wang.page(other.id)), "the other says what went into it"
