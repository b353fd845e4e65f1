"""What helps to weigh a penalty: from the tables in use and from decided cases, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

from server.cases.discretion import Row
from server.office import Office
from server.store import audit, case_discretion, case_files, case_law
from server.store.models import Case
from tests.server.store.office_cases import FILE, TWO, day, do, furnish, now, opened

ROW = Row("CN-EQP-01", "较轻", "缺少一件", 1000, 5000, "第3项", "2026-01-01")


def publish(office: Office, *rows: Row) -> int:
    return office.store.write_now(lambda: case_discretion.publish("T", "裁量基准〔2026〕1号", rows, "law"))


def decided(office: Office, fine: int) -> Case:
    (case,) = opened(office)
    do(office, case, "accept")
    do(office, case, "propose_opening", cause="未配备应急器材", investigators=TWO)
    do(office, case, "opening_approved", "lead")
    do(office, case, "party_corrected", party={"address": "示例县一街 1 号", "kind": "unit"}, reason="营业执照")
    do(office, case, "party_heard", how="interview", heard_at=day(), proof=FILE)
    do(office, case, "investigation_ended", text="事实清楚")
    do(office, case, "document_issued", kind="investigation_report")
    do(office, case, "review_passed", "he", answers=["是"] * 9, licence="A2026", text="同意")
    plan = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": fine}]
    do(office, case, "penalty_planned", penalties=plan)
    do(office, case, "document_issued", kind="notice")
    do(office, case, "notice_served", served_at=day(), method="in_hand", hearing_right=True, proof=FILE)
    later = now() + timedelta(days=20)
    do(office, case, "terms_over_or_waived", "", later)
    do(office, case, "decide", "lead", later, penalties=plan, text="处罚")
    return case


def test_a_table_is_replaced_as_a_whole_and_logged(office: Office) -> None:
    furnish(office)
    assert publish(office, ROW, Row(**{**ROW.__dict__, "grade": "一般"})) == 0
    assert publish(office, ROW) == 2
    assert [one[1].grade for one in case_discretion.local("T", "CN-EQP-01", date(2026, 6, 1))] == ["较轻"]
    assert case_discretion.local("P", "CN-EQP-01", date(2026, 6, 1)) == ()
    assert case_discretion.local("T", "CN-EQP-01", date(2025, 12, 31)) == ()
    assert [(one[1], one[4]) for one in case_discretion.tables()] == [("裁量基准〔2026〕1号", 1)]
    assert [one.subject for one in audit.page() if one.action == "discretion.published"] == [
        "T 裁量基准〔2026〕1号: 2 -> 1",
        "T 裁量基准〔2026〕1号: 0 -> 2",
    ]


def test_like_cases_show_how_they_ended_until_their_decision_is_revoked(office: Office) -> None:
    furnish(office)
    first = decided(office, 3000)
    (open_,) = opened(office)
    file = case_files.load(Case.get_by_id(open_.id), case_law.current()).file
    (help_,) = case_discretion.of_case(file, case_law.current())
    assert help_.law == ((1000, 20000),)
    assert [(one.number, one.fine_cny) for one in help_.similar.cases] == [(first.number, 3000)]
    assert [one.code for one in help_.factors] == ["again"]
    do(office, first, "decision_revoked", "lead", now() + timedelta(days=21), reason="证据不足", revoked_at=day(21))
    (help_,) = case_discretion.of_case(file, case_law.current())
    assert help_.similar.cases == ()
    assert [one.code for one in help_.factors] == ["first_here"]


def test_the_case_itself_is_not_like_itself(office: Office) -> None:
    furnish(office)
    case = decided(office, 3000)
    assert case_discretion.like("T", "CN-EQP-01", but=str(case.id)).cases == ()
    assert case_discretion.like("P", "CN-EQP-01").cases == ()
