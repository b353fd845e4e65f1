"""A case of each track with the law as it is, from the road to the archive: every document that falls due is issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from checklists.definitions.publication import publish
from checklists.goods.listing import load_tables
from checklists.wire import to_plain
from checklists.zone import in_law_zone
from server import paperwork
from server.documents.forms import FORMS
from server.office import Office
from server.paperwork import Issued, Work, work_of
from server.store import case_files, case_law, case_papers, case_scans, office_details, packages
from server.store.case_models import CaseDocument, DocumentNumber
from server.store.models import Case
from server.store.office_models import User
from tests.loaded import load_all
from tests.server.documents import cast
from tests.server.store.office_cases import FILE, PEOPLE, TWO, TWO_POLICE, actor, day, do, finding, now, opened

PROOF = {"proof": FILE}


@pytest.fixture
def furnished(office: Office) -> Office:
    definitions, reference = publish(load_all()), load_tables().to_plain()

    def job() -> None:
        packages.publish(office.key, "definitions", definitions)
        packages.publish(office.key, "reference", reference)
        for login, role, agency in PEOPLE:
            User.create(login=login, name=login, role=role, agency=agency, password="", made_at="2026-01-01")
        case_scans.keep(FILE, "application/pdf", 1, "scan.pdf", "wang")
        for agency in ("T", "P"):
            office_details.tell(agency, cast.OFFICE)

    office.store.write_now(job)
    return office


def found(code: str, **changes: Any) -> dict[str, Any]:
    row = next(
        one
        for one in case_law.current().definitions.violations
        if one.code == code and one.effective(now().date()) and one.applies_when.get("hazchem", ("yes",)) == ("yes",)
    )
    law = {"duty": to_plain(row.duty), "penalty": to_plain(row.penalty)}
    return finding(code, violation_title=dict(row.title), agency=row.agency[0], **law, **changes)


def issue(
    office: Office,
    case: Case,
    kind: str,
    who: str,
    at: datetime,
    side: str = "",
    data: Mapping[str, Any] | None = None,
    **given: Any,
) -> Issued:
    """Fill in what is given and what a clerk would, where the case does not have it already, and issue."""
    work = work_of(str(case.id), kind, actor(who), side=side, data=data, now=at)
    looked = paperwork.look(work)
    assert looked is not None
    told = looked[0]
    lacks = {one.detail for one in told.missing if one.code == "blank_missing"}
    filled = {name: value for name, value in cast.filled(FORMS[kind]).items() if name in lacks or not told.values[name]}
    filled |= given
    done = paperwork.issue(office, work_of(str(case.id), kind, actor(who), filled, side=side, data=data, now=at))
    assert isinstance(done, Issued), (kind, done)
    return done


def settle(office: Office, case: Case, who: str, at: datetime, *waived: str) -> None:
    """Issue everything that is due; a leader waives what the road has given already."""
    due = CaseDocument.select().where(CaseDocument.case == case.id, CaseDocument.status == "due")
    for kind, side in [(str(one.kind), str(one.side)) for one in due]:
        if kind in waived:
            told = {"kind": kind, "reason": "现场已出具", **({"side": side} if side else {})}
            do(office, case, "document_waived", "lead" if who == "wang" else "chief", at, **told)
        else:
            issue(office, case, kind, who, at, side)


def test_a_transport_case_issues_every_document_that_falls_due(furnished: Office) -> None:
    office, at = furnished, now()
    (case,) = opened(office, found("CN-EQP-01"))
    plan = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 60_000}]
    do(office, case, "accept")
    do(office, case, "propose_opening", cause="未配备应急器材", investigators=TWO)
    issue(office, case, "opening_form", "lead", at)
    do(office, case, "party_corrected", party={"address": "示例县一街 1 号", "kind": "unit"}, reason="营业执照")
    do(office, case, "party_heard", how="interview", heard_at=day(), proof=FILE)
    do(office, case, "evidence_registered", "wang", at=day(), what="灭火器 2 具", officers=TWO, **PROOF)
    side = case_files.load(Case.get_by_id(case.id), case_law.current()).file.sides[0].id
    settle(office, case, "wang", at)
    do(office, case, "registration_decided", side=side, outcome="退还当事人")
    missing = case_files.load(Case.get_by_id(case.id), case_law.current(), None).file.violations[0].missing
    assert missing == ()
    told = {"text": "事实清楚", "penalties": plan}
    done = paperwork.perform(office, Work(str(case.id), "investigation_ended", told, actor("wang"), {}, at))
    assert isinstance(done, tuple), done
    settle(office, case, "wang", at)
    do(office, case, "review_passed", "he", answers=["是"] * 9, licence="A2026", text="同意")
    do(office, case, "penalty_planned", penalties=plan)
    until = (in_law_zone(at) + timedelta(days=7)).date().isoformat()
    issue(office, case, "notice", "he", at, answer_until=until)
    settle(office, case, "he", at)
    told = {"served_at": day(), "method": "in_hand", "hearing_right": True, "statement_until": until}
    do(office, case, "notice_served", **told, **PROOF)
    do(office, case, "statement_received", text="请求从轻", received_at=day(), **PROOF)
    do(office, case, "statement_answered", text="不予采纳", accepted=False)
    settle(office, case, "wang", at)
    do(office, case, "terms_over_or_waived", waiver=FILE)
    said = issue(office, case, "decision", "lead", at, data={"penalties": plan, "text": "按规定裁量"}).draft.sheet.text
    assert "第一百零九条第一款第（四）项" in said and "人民币陆万元整（￥60,000元）" in said
    do(office, case, "served", served_at=day(), method="in_hand", **PROOF)
    term = (in_law_zone(at) + timedelta(days=60)).date().isoformat()
    do(office, case, "instalments_asked", reason="困难", until=term)
    do(office, case, "instalments_granted", "lead", until=term, reason="同意")
    settle(office, case, "wang", at)
    late = at + timedelta(days=65)
    issue(office, case, "demand", "wang", late)
    do(office, case, "demand_served", "wang", late, served_at=late.isoformat(), method="post", **PROOF)
    said = issue(office, case, "court_application", "wang", at + timedelta(days=300)).draft.sheet.text
    assert "加处罚款" in said and "《中华人民共和国行政强制法》第五十三条、第五十四条" in said
    do(office, case, "payment_received", "wang", late, amount_fen=6_900_000, paid_at=late.isoformat(), receipt="R1")
    do(office, case, "paid_in_full", "wang", late)
    settle(office, case, "wang", late)
    issue(office, case, "closing_report", "wang", late)
    do(office, case, "close", "wang", late)
    index = issue(office, case, "file_index", "wang", late)
    assert "行政处罚决定书" in index.draft.sheet.text and "结案报告" in index.draft.sheet.text
    do(office, case, "archive", "wang", late)
    rows = case_papers.issued(str(case.id))
    assert all(paperwork.read(office, str(one.document))[2] for one in rows) and len(rows) > 12
    numbers = [str(one.number) for one in DocumentNumber.select()]
    assert len(set(numbers)) == len(numbers) == sum(bool(str(one.number)) for one in rows)


def test_a_police_case_issues_every_document_that_falls_due(furnished: Office) -> None:
    office, at = furnished, now()
    party = {"role": "carrier", "name": "示例县顺达危货运输有限公司", "key": "91150000MA0EXAMPLE"}
    (case,) = opened(office, found("CN-OPR-01", party=party))
    plan = [{"violation": "CN-OPR-01", "kind": "fine", "amount_cny": 60_000}]
    do(office, case, "notice_given_at_road", "chen", served_at=day(-1), officers=TWO_POLICE, paper_number="P1", **PROOF)
    do(office, case, "party_corrected", "liu", party={"kind": "unit", "address": "一街 1 号"}, reason="营业执照")
    settle(office, case, "liu", at)
    do(office, case, "person_came", "liu", came_at=day(), officers=TWO_POLICE)
    do(office, case, "person_told", "liu", penalties=plan, told_at=day(), hearing_right=True, waiver=FILE)
    settle(office, case, "liu", at)
    told = CaseDocument.select().where(CaseDocument.kind == "told_record").get()
    said = paperwork.read(office, str(told.document), "words")[2].decode()
    assert "公安交通管理行政处罚告知笔录" in said and "［√］2." in said
    done = issue(office, case, "decision", "chief", at, data={"penalties": plan, "text": "罚款", "waiver": FILE})
    assert "公安交通管理行政处罚决定书" in done.draft.sheet.text and done.number == f"P罚〔{at.year}〕1号"
    assert "第一百一十二条第（二）项" in done.draft.sheet.text
    do(office, case, "served", "liu", served_at=day(), method="in_hand", **PROOF)
    do(office, case, "payment_received", "liu", amount_fen=6_000_000, paid_at=day(), receipt="R2")
    do(office, case, "paid_in_full", "liu")
    settle(office, case, "liu", at)
    issue(office, case, "closing_report", "liu", at)
    do(office, case, "close", "liu")
    issue(office, case, "file_index", "liu", at)
    do(office, case, "archive", "liu")
    assert Case.get_by_id(case.id).state == "archived"
