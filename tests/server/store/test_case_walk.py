"""A case of each track from the finding to the archive, through the store, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.office import Office
from server.store import case_files, case_history, case_law
from server.store.case_models import CaseClock, CaseDocument, CaseEvent, DocumentNumber, Payment, Service
from server.store.models import Case
from tests.server.store.office_cases import FILE, TWO, TWO_POLICE, day, do, finding, furnish, missing, now, opened

PROOF = {"proof": FILE}


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def issue(office: Office, case: Case, *kinds: str, at: object = None, by: str = "wang") -> None:
    for kind in kinds:
        do(office, case, "document_issued", by, at, kind=kind)  # type: ignore[arg-type]


def test_a_transport_case_goes_from_the_finding_to_the_archive(furnished: Office) -> None:
    office, (case,) = furnished, opened(furnished)
    begin = now()
    do(office, case, "accept")
    do(office, case, "propose_opening", cause="未配备应急器材", investigators=TWO)
    do(office, case, "opening_approved", "lead")
    do(office, case, "party_corrected", party={"address": "示例县一街 1 号", "kind": "unit"}, reason="营业执照")
    do(office, case, "party_heard", how="interview", heard_at=day(), proof=FILE)
    do(office, case, "investigation_ended", text="事实清楚")
    issue(office, case, "investigation_report")
    do(office, case, "review_passed", "he", answers=["是"] * 9, licence="A2026", text="同意")
    plan = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 5_000}]
    do(office, case, "penalty_planned", penalties=plan)
    issue(office, case, "notice")
    do(office, case, "notice_served", served_at=day(), method="in_hand", hearing_right=True, **PROOF)
    assert missing(office, case, "terms_over_or_waived")[0].code == "not_yet"
    later = begin + timedelta(days=20)
    do(office, case, "terms_over_or_waived", "", later)
    done = do(office, case, "decide", "lead", later, penalties=plan, text="处罚")
    assert list(done.numbers.values()) == [f"T罚〔{later.year}〕1号"]
    do(office, case, "served", "wang", later, served_at=later.isoformat(), method="in_hand", **PROOF)
    paid = later + timedelta(days=3)
    do(office, case, "payment_received", "wang", paid, amount_fen=500_000, paid_at=paid.isoformat(), receipt="R1")
    do(office, case, "paid_in_full", "wang", paid)
    for paper in CaseDocument.select().where(CaseDocument.case == case.id, CaseDocument.status == "due"):
        issue(office, case, str(paper.kind), at=paid)
    issue(office, case, "closing_report", "file_index", at=paid)
    do(office, case, "close", "wang", paid)
    do(office, case, "archive", "wang", paid)
    row = Case.get_by_id(case.id)
    assert (row.state, row.active, row.next_due, row.owner) == ("archived", 0, "9999", "wang")
    assert case_history.broken_at(str(case.id)) is None
    assert CaseClock.select().where(CaseClock.case == case.id, CaseClock.ended_at == "").count() == 2
    assert [(one.amount_fen, one.receipt) for one in Payment.select()] == [(500_000, "R1")]
    assert {one.event for one in Service.select()} == {"notice_served", "served"}
    given = {one.kind: one.number for one in DocumentNumber.select().where(DocumentNumber.case == case.id)}
    assert given["opening_form"] == f"T立〔{begin.year}〕1号" and set(given) == {"opening_form", "notice", "decision"}


def test_a_police_case_goes_from_the_road_to_the_archive(furnished: Office) -> None:
    office, start = furnished, now()
    (case,) = opened(office, finding(agency="P", party={"role": "driver", "name": "赵某", "key": "150624198301010015"}))
    do(office, case, "measure_voucher", "liu", served_at=day(-1), officers=TWO_POLICE, paper_number="P0001-V1",
       object="vehicle", what="车辆", **PROOF)  # fmt: skip
    side = case_files.load(Case.get_by_id(case.id), case_law.current()).file.sides[0].id
    assert missing(office, case, "measure_approved", "liu", side=side, reason="x")[0].code == "role"
    do(office, case, "measure_approved", "chief", side=side, reason="同意")
    do(office, case, "vehicle_delivered", "chen", side=side, at=day(), place="停车场")
    do(office, case, "person_came", "liu", came_at=day(), officers=TWO_POLICE)
    plan = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 1_500}]
    do(office, case, "person_told", "liu", penalties=plan, told_at=day(), hearing_right=False, waiver=FILE)
    assert {one.code for one in missing(office, case, "decide", "lead", penalties=plan, text="x")} >= {"agency"}
    done = do(office, case, "decide", "chief", penalties=plan, text="罚款", waiver=FILE)
    assert list(done.numbers.values()) == [f"P罚〔{start.year}〕1号"]
    do(office, case, "served", "liu", served_at=day(), method="in_hand", **PROOF)
    do(office, case, "payment_received", "liu", amount_fen=150_000, paid_at=day(), receipt="R2")
    do(office, case, "measure_lifted", "liu", side=side, at=day(), reason="已处理")
    do(office, case, "paid_in_full", "liu")
    due = CaseDocument.select().where(CaseDocument.case == case.id, CaseDocument.status == "due")
    for kind, of in [(str(one.kind), str(one.side)) for one in due]:
        if kind in ("police_notice", "told_record", "measure_voucher"):
            do(office, case, "document_waived", "chief", kind=kind, reason="现场已出具", **({"side": of} if of else {}))
        else:
            do(office, case, "document_issued", "liu", kind=kind, **({"side": of} if of else {}))
    issue(office, case, "closing_report", "file_index", by="liu")
    do(office, case, "close", "liu")
    do(office, case, "archive", "liu")
    assert Case.get_by_id(case.id).state == "archived"
    assert case_history.broken_at(str(case.id)) is None


def test_a_refusal_writes_nothing_and_says_all(furnished: Office) -> None:
    (case,) = opened(furnished)
    before = (CaseEvent.select().count(), Case.get_by_id(case.id).version)
    told = missing(furnished, case, "propose_opening", "liu")
    assert {one.code for one in told} == {"not_in_state"}
    do(furnished, case, "accept")
    told = missing(furnished, case, "propose_opening", "liu")
    assert {(one.code, one.detail) for one in told} == {("agency", "T"), ("field_missing", "cause")}
    assert (CaseEvent.select().count(), Case.get_by_id(case.id).version) == (before[0] + 1, before[1] + 1)


def test_a_second_clerks_form_is_stale_and_told_why(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept", version=1)
    (told,) = missing(furnished, case, "note", "bai", text="x", version=1)
    assert told.code == "stale" and told.detail.startswith("2 accept wang ")


def test_a_history_row_that_was_changed_or_removed_shows(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    do(furnished, case, "note", text="看过")
    assert case_history.broken_at(str(case.id)) is None
    last = CaseEvent.select().where(CaseEvent.case == case.id).order_by(CaseEvent.seq.desc()).first()
    furnished.store.write_now(lambda: CaseEvent.update(who="li").where(CaseEvent.id == last.id).execute())
    assert case_history.broken_at(str(case.id)) == 3
    furnished.store.write_now(lambda: CaseEvent.delete().where(CaseEvent.id == last.id).execute())
    assert case_history.broken_at(str(case.id)) == 3


def test_a_proof_that_the_office_does_not_hold_is_none(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    told = missing(furnished, case, "evidence_added", evidence=[{"violation": "", "kind": "item", "file": "cd" * 32}])
    assert told == (("file_unknown", "cd" * 32),)
