"""What a case does in the office, as it is told: hearing, court, later payment, crime, appeal, on the spot, again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.cases.casefile import MACHINE, CaseFile
from server.cases.clockwork import next_due
from tests.server.cases.clerks import (
    FILE,
    HANDLER,
    LEADER,
    OFFICER,
    REVIEWER,
    START,
    TWO,
    actor,
    answered,
    case,
    do,
    held,
    missing,
    police,
)

PROOF = {"proof": FILE}
FINE = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 5_000}]


def days(count: float) -> datetime:
    return START + timedelta(days=count)


def on(count: float) -> str:
    return days(count).isoformat()


def issued(now: CaseFile, *kinds: str, at: datetime = START) -> CaseFile:
    for kind in kinds:
        now = do(now, "document_issued", HANDLER, at, kind=kind)
    return now


def investigating(**changes: Any) -> CaseFile:
    now = do(case(**changes), "accept", HANDLER)
    now = replace(now, party=replace(now.party, address="一街 1 号"))
    now = do(now, "propose_opening", HANDLER, cause="x", investigators=TWO)
    return do(now, "opening_approved", LEADER)


def reviewed(**changes: Any) -> CaseFile:
    now = do(investigating(**changes), "party_heard", HANDLER, how="interview", heard_at=on(0), **PROOF)
    now = issued(do(now, "investigation_ended", HANDLER, text="x"), "investigation_report")
    return do(now, "review_passed", REVIEWER, answers=["是"] * 9, licence="A", text="x")


def noticed(penalties: Any = None, right: bool = True, **changes: Any) -> CaseFile:
    now = reviewed(**changes)
    plan = penalties or answered(now, 5_000)
    now = issued(do(now, "penalty_planned", HANDLER, penalties=plan), "notice")
    return do(now, "notice_served", HANDLER, served_at=on(0), method="in_hand", hearing_right=right, **PROOF)


def deciding(**changes: Any) -> CaseFile:
    return do(noticed(**changes), "terms_over_or_waived", HANDLER, waiver=FILE)


def served(**changes: Any) -> CaseFile:
    now = do(deciding(**changes), "decide", LEADER, penalties=FINE, text="x")
    return do(now, "served", HANDLER, served_at=on(0), method="in_hand", **PROOF)


def clock(now: CaseFile, rule: str) -> Any:
    return next((one for one in now.open_clocks if one.rule == rule), None)


def test_nothing_is_decided_before_the_terms_have_run_or_were_given_up() -> None:
    now = noticed()
    assert missing(now, "terms_over_or_waived", HANDLER, days(3)) == {"not_yet"}
    assert do(now, "terms_over_or_waived", MACHINE, days(30)).state == "deciding"
    assert do(now, "terms_over_or_waived", HANDLER, days(1), waiver=FILE).state == "deciding"


def test_a_statement_is_answered_before_anything_goes_on() -> None:
    now = do(noticed(), "statement_received", HANDLER, text="不服", received_at=on(0), **PROOF)
    assert missing(now, "terms_over_or_waived", HANDLER, days(30)) == {"statement_unanswered"}
    now = do(now, "statement_answered", HANDLER, text="不采纳", accepted=False)
    assert do(now, "terms_over_or_waived", HANDLER, days(30)).state == "deciding"


def heard() -> CaseFile:
    now = do(noticed(), "hearing_requested", OFFICER, days(2), requested_at=on(2), **PROOF)
    told = {"hearing_at": on(30), "host": "he", "host_name": "何敏", "place": "会议室"}
    now = issued(do(now, "hearing_set", REVIEWER, days(3), **told), "hearing_notice", at=days(3))
    return do(now, "hearing_notice_served", HANDLER, days(4), served_at=on(4), method="in_hand", **PROOF)


def test_a_hearing_is_told_of_in_time_held_reported_and_reviewed_before_the_decision() -> None:
    now = heard()
    assert missing(now, "hearing_held", REVIEWER, days(10), held_at=on(10), text="x") == {"too_early"}
    now = do(now, "hearing_held", REVIEWER, days(30.1), held_at=on(30), text="x")
    assert missing(now, "decide", LEADER, days(31), penalties=FINE, text="x") == {"paper_missing", "hearing_unreviewed"}
    now = issued(now, "hearing_record", "hearing_report", at=days(31))
    told = {"answers": ["是"] * 9, "licence": "A", "text": "x"}
    assert missing(now, "hearing_reviewed", REVIEWER, days(31), **told) == {"four_eyes"}, "who held it"
    now = do(now, "hearing_reviewed", actor("wen", "reviewer"), days(31), **told)
    assert do(now, "decide", LEADER, days(32), penalties=FINE, text="x").state == "decided"


def test_a_hearing_too_soon_to_be_told_of_and_a_host_who_investigated_are_refused() -> None:
    now = do(noticed(), "hearing_requested", OFFICER, days(2), requested_at=on(2), **PROOF)
    told = {"hearing_at": on(5), "host": "su", "host_name": "su", "place": "x"}
    assert missing(now, "hearing_set", REVIEWER, days(3), **told) == {"host_investigated"}
    now = issued(
        do(now, "hearing_set", REVIEWER, days(3), **{**told, "host": "he", "host_name": "he"}), "hearing_notice"
    )
    told = {"served_at": on(3), "method": "in_hand", **PROOF}
    assert missing(now, "hearing_notice_served", HANDLER, days(4), **told) == {"too_late"}


def test_a_late_request_for_a_hearing_needs_a_reason() -> None:
    told = {"requested_at": on(20), **PROOF}
    assert missing(noticed(), "hearing_requested", HANDLER, days(20), **told) == {"too_late"}
    assert do(noticed(), "hearing_requested", HANDLER, days(20), late_reason="住院", **told).state == "hearing"


@pytest.mark.parametrize(
    ("agency", "kind", "amount", "needed"),
    [("P", "unit", 9_999, set()), ("P", "unit", 10_000, {"hearing_right_missing"}),
     ("P", "person", 2_000, {"hearing_right_missing"}), ("T", "unit", 5_000, {"hearing_limit_unknown"})],
)  # fmt: skip
def test_the_right_to_a_hearing_is_told_from_its_limit_on(
    agency: str, kind: str, amount: int, needed: set[str]
) -> None:
    plan = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": amount}]
    now = replace(noticed(), state="notice_draft", agency=agency, keeper=agency, facts={"planned": plan})
    now = replace(now, party=replace(now.party, kind=kind))
    told = {"served_at": on(0), "method": "in_hand", "hearing_right": False, "statement_until": on(5)[:10], **PROOF}
    assert missing(now, "notice_served", replace(HANDLER, agency=agency), **told) == needed


def test_a_revocation_always_offers_a_hearing() -> None:
    plan = [{"violation": "CN-EQP-01", "kind": "revocation"}]
    now = issued(do(reviewed(), "penalty_planned", HANDLER, penalties=plan), "notice")
    told = {
        "served_at": on(0),
        "method": "in_hand",
        "hearing_right": False,
        "reason": "x",
        "statement_until": on(5)[:10],
    }
    assert missing(now, "notice_served", HANDLER, **told, **PROOF) == {"hearing_right_missing"}


@pytest.mark.parametrize(
    ("penalties", "codes"),
    [
        ([{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 20_001}], {"amount_above", "heavier"}),
        ([{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 6_000}], {"heavier"}),
        ([{"violation": "CN-EQP-01", "kind": "suspension"}], {"heavier"}),
        ([{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 500}], {"amount_outside"}),
        (
            [{"violation": "CN-XXX-01", "kind": "fine", "amount_cny": 500}],
            {"violation_foreign", "violation_unanswered", "heavier"},
        ),
        ([*FINE, *FINE], {"fined_twice", "heavier"}),
        ([{"violation": "CN-EQP-01", "kind": "warning"}], set()),
    ],
)
def test_a_decision_keeps_to_the_law_and_to_what_was_told(penalties: Any, codes: set[str]) -> None:
    assert missing(deciding(), "decide", LEADER, penalties=penalties, text="x") == codes


def test_nothing_is_fined_on_law_that_nobody_verified() -> None:
    now = replace(deciding(), violations=(held(verified=False),))
    assert missing(now, "decide", LEADER, penalties=FINE, text="x") == {"law_unverified"}


def test_what_another_case_of_the_stop_fined_is_not_fined_again() -> None:
    now = replace(deciding(), around={"fined_elsewhere": ("CN-EQP-01",)})
    assert missing(now, "decide", LEADER, penalties=FINE, text="x") == {"fined_elsewhere"}
    both = replace(
        deciding(violations=(held(), held("CN-TNK-05"))), around={"same_acts": (("CN-EQP-01", "CN-TNK-05"),)}
    )
    twice = [{"violation": code, "kind": "fine", "amount_cny": 2_000} for code in ("CN-EQP-01", "CN-TNK-05")]
    assert "fined_twice" in missing(both, "decide", LEADER, penalties=twice, text="x")


NONE = {"kind": "none", "ground": "no_fault", "text": "已证明"}
SAME = {"kind": "none", "ground": "same_act", "text": "同一行为"}
FIRST, SECOND = {"violation": "CN-EQP-01"}, {"violation": "CN-TNK-05"}


@pytest.mark.parametrize(
    ("penalties", "codes"),
    [
        ([*FINE], {"violation_unanswered"}),
        ([*FINE, SECOND | NONE], set()),
        ([*FINE, SECOND | NONE, FIRST | NONE], {"answered_twice"}),
        ([FIRST | NONE, SECOND | NONE], {"nothing_imposed"}),
        ([*FINE, SECOND | SAME], {"not_same_act"}),
        ([*FINE, SECOND | {"kind": "none", "text": "x"}], {"field_wrong"}),
        ([*FINE, SECOND | {"kind": "none", "ground": "minor"}], {"field_wrong"}),
        ([*FINE, SECOND | NONE | {"amount_cny": 5}], {"field_wrong"}),
        ([*FINE, SECOND | {"kind": "fine", "amount_cny": 2_000}], {"heavier"}),
    ],
)
def test_no_violation_of_a_case_passes_in_silence(penalties: Any, codes: set[str]) -> None:
    both = deciding(violations=(held(), held("CN-TNK-05")))
    assert missing(both, "decide", LEADER, penalties=penalties, text="x") == codes


def test_nor_is_one_left_out_of_a_notice_or_a_decision_on_the_spot() -> None:
    both = (held(), held("CN-TNK-05"))
    assert missing(reviewed(violations=both), "penalty_planned", HANDLER, penalties=FINE) == {"violation_unanswered"}
    found = case(violations=both)
    told = {"decided_at": on(0), "officers": TWO, "paper_number": "S1", "reason": "x"}
    assert missing(found, "simple_decided", OFFICER, amount_cny=200, **told) == {"violation_unanswered"}
    plan = [FIRST | {"kind": "fine", "amount_cny": 200}, SECOND | {"kind": "warning"}]
    assert missing(found, "simple_decided", OFFICER, amount_cny=300, penalties=plan, **told) == {"field_wrong"}
    assert do(found, "simple_decided", OFFICER, amount_cny=200, penalties=plan, **told).facts["penalties"] == plan


def test_one_act_is_penalised_once_where_that_was_decided() -> None:
    both = deciding(violations=(held(), held("CN-TNK-05")))
    here = replace(both, around={"same_acts": (("CN-EQP-01", "CN-TNK-05"),)})
    assert missing(here, "decide", LEADER, penalties=[*FINE, SECOND | SAME], text="x") == set()
    there = replace(both, around={"fined_elsewhere": ("CN-TNK-05",)})
    assert missing(there, "decide", LEADER, penalties=[*FINE, SECOND | SAME], text="x") == set()


def test_law_that_nobody_verified_keeps_no_violation_from_going_without_a_penalty() -> None:
    now = replace(deciding(violations=(held(), held("CN-TNK-05"))), violations=(held(), held("B-2", verified=False)))
    spared = [*FINE, {"violation": "B-2"} | NONE]
    assert missing(now, "decide", LEADER, penalties=spared, text="x") == set()


def test_a_whole_case_without_a_penalty_needs_no_notice() -> None:
    assert do(reviewed(), "decide_no_penalty", LEADER, ground="no_fault", reason="x").state == "decided"


def test_what_the_load_is_is_settled_where_law_depends_on_it_and_before_the_party_was_told() -> None:
    now = do(investigating(), "load_settled", HANDLER, load={"hazchem": "yes"}, reason="检验报告")
    assert now.facts["load"] == {"hazchem": "yes"}
    assert do(now, "load_settled", HANDLER, load={"hazchem": "no"}, reason="更正").facts["load"] == {"hazchem": "no"}
    told = {"load": {"hazchem": "maybe"}, "reason": "x"}
    assert missing(now, "load_settled", HANDLER, **told) == {"field_wrong"}
    assert missing(now, "load_settled", HANDLER, **told | {"load": {"forged": "none"}}) == {"field_wrong"}
    plain = investigating(violations=(held(hangs_on={}),))
    told = {"load": {"hazchem": "no"}, "reason": "x"}
    assert missing(plain, "load_settled", HANDLER, **told) >= {"load_settles_nothing"}
    assert missing(noticed(), "load_settled", HANDLER, **told) == {"not_in_state"}


def test_by_the_law_of_the_load_nobody_is_fined_for_another() -> None:
    now = replace(deciding(), violations=(held(answers=("driver",)),))
    assert missing(now, "decide", LEADER, penalties=FINE, text="x") == {"answers_other"}
    now = replace(deciding(), violations=(held(answers=("carrier",)),))
    assert missing(now, "decide", LEADER, penalties=FINE, text="x") == set()


def test_a_heavier_penalty_needs_a_new_notice_with_its_own_terms() -> None:
    now = do(deciding(), "heavier_than_noticed", LEADER, days(5), reason="x")
    more = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 9_000}]
    told = {"served_at": on(6), "method": "in_hand", "hearing_right": True, **PROOF}
    assert missing(now, "notice_served", HANDLER, days(6), **told) >= {"penalty_not_planned", "paper_missing"}
    now = do(now, "penalty_planned", HANDLER, days(6), penalties=more)
    assert missing(now, "notice_served", HANDLER, days(6), **told) == {"paper_missing"}, "the old notice does not serve"
    now = do(issued(now, "notice", at=days(6)), "notice_served", HANDLER, days(6), **told)
    assert missing(now, "terms_over_or_waived", HANDLER, days(7)) == {"not_yet"}, "the old waiver does not serve"


def test_a_decision_after_its_time_says_why_and_an_extension_moves_it() -> None:
    now, late = deciding(), days(100)
    assert missing(now, "decide", LEADER, late, penalties=FINE, text="x") == {"too_late"}
    assert do(now, "decide", LEADER, late, penalties=FINE, text="x", late_reason="疫情").state == "decided"
    longer = do(now, "decision_extended", LEADER, days(80), until=on(150)[:10], reason="案情复杂")
    assert clock(longer, "decision") is None and clock(longer, "decision_extended").due == on(150)[:10]
    assert do(longer, "decide", LEADER, late, penalties=FINE, text="x").state == "decided"


def test_money_comes_in_parts_and_a_late_one_costs_three_per_cent_a_day() -> None:
    now = served()
    assert missing(now, "paid_in_full", HANDLER) == {"owed"}
    now = do(now, "payment_received", HANDLER, days(3), amount_fen=400_000, paid_at=on(3), receipt="1")
    due = datetime.fromisoformat(clock(now, "payment").due + "T04:00:00+00:00")
    now = do(now, "payment_received", HANDLER, due, amount_fen=100_000, paid_at=due.isoformat(), receipt="2")
    assert do(now, "paid_in_full", HANDLER, due).state == "executed"
    late = due + timedelta(days=10)
    half = do(served(), "payment_received", HANDLER, late, amount_fen=500_000, paid_at=late.isoformat(), receipt="1")
    assert missing(half, "paid_in_full", HANDLER, late) == {"owed"}
    assert do(do(half, "surcharge_waived", LEADER, late, reason="x"), "paid_in_full", HANDLER, late).state == "executed"


def demanded(at: int = 30) -> CaseFile:
    now = issued(served(), "demand", at=days(at))
    return do(now, "demand_served", HANDLER, days(at), served_at=on(at), method="in_hand", **PROOF)


def test_the_court_is_asked_after_demand_and_remedies_and_within_its_window() -> None:
    now = demanded()
    window = clock(now, "court_application")
    first, last = clock(now, "suit").due_at, window.due_at
    assert window.started == clock(now, "suit").due
    told = {"applied_at": on(40), "body": "法院"}
    assert missing(now, "court_applied", LEADER, days(40), **told) == {"not_yet", "paper_missing"}
    assert missing(now, "document_issued", HANDLER, days(40), kind="court_application") == {"not_yet"}
    inside = datetime.fromisoformat(first) + timedelta(days=5)
    now = issued(now, "court_application", at=inside)
    told["applied_at"] = inside.isoformat()
    done = do(now, "court_applied", LEADER, inside, **told)
    assert do(done, "court_done", HANDLER, inside, result="执行完毕").state == "executed"
    after = datetime.fromisoformat(last) + timedelta(days=1)
    assert missing(now, "court_applied", LEADER, after, applied_at=after.isoformat()) == {"too_late"}
    assert do(now, "execution_ended", LEADER, after, reason="逾期未申请").state == "executed"


def test_an_appeal_stops_the_court_and_the_surcharge() -> None:
    now = do(demanded(), "appeal_filed", HANDLER, days(40), appeal="review", at=on(40), body="县政府", **PROOF)
    assert missing(now, "document_issued", HANDLER, days(300), kind="court_application") == {"appeal_pending"}
    assert "appeal_pending" in missing(now, "court_applied", LEADER, days(300), applied_at=on(300))
    side = now.sides[-1].id
    told = {"side": side, "at": on(90), "text": "维持", **PROOF}
    now = do(now, "appeal_upheld", HANDLER, days(95), **told, received_at=on(95))
    assert clock(now, "court_application") is None and clock(now, "after_appeal").sure == "manual"
    now = issued(now, "court_application", at=days(120))
    assert missing(now, "court_applied", LEADER, days(120), applied_at=on(120)) == {"window_unknown"}
    now = do(
        now, "clock_set", LEADER, days(120), clock="after_appeal", until=on(190)[:10], reason="维持决定送达后三个月"
    )
    assert do(now, "court_applied", LEADER, days(120), applied_at=on(120)).state == "at_court"


def test_later_payment_is_granted_by_another_and_moves_demand_and_court() -> None:
    now = do(served(), "instalments_asked", HANDLER, reason="困难", until=on(90)[:10])
    assert missing(now, "instalments_granted", actor("wang", "leader"), until=on(90)[:10], reason="x") == {"four_eyes"}
    now = do(now, "instalments_granted", LEADER, until=on(90)[:10], reason="x")
    assert clock(now, "payment") is None and clock(now, "instalments").due == on(90)[:10]
    assert clock(now, "court_application").started == on(90)[:10]
    assert missing(now, "document_issued", HANDLER, days(60), kind="demand") == {"not_yet"}
    told = {"served_at": on(60), "method": "in_hand", **PROOF}
    assert missing(now, "demand_served", HANDLER, days(60), **told) == {"not_yet", "paper_missing"}
    now = do(now, "payment_received", HANDLER, days(89), amount_fen=500_000, paid_at=on(89), receipt="1")
    assert do(now, "paid_in_full", HANDLER, days(89)).state == "executed"


def test_a_suspected_crime_is_reported_and_transferred_by_another_and_the_case_waits() -> None:
    now = do(investigating(), "crime_suspected", HANDLER, days(5), reason="x")
    assert missing(now, "transfer_crime", actor("wang", "leader"), days(6), reason="x") == {"four_eyes"}
    now = do(now, "transfer_crime", LEADER, days(6), reason="x")
    assert now.state == "suspended" and clock(now, "decision").paused_from == on(6)[:10]
    assert missing(now, "justice_kept", LEADER, days(8), result="x", received_at=on(8), **PROOF) == {
        "paper_missing",
        "clock_open",
    }
    now = do(issued(now, "crime_transfer", at=days(6)), "crime_sent", HANDLER, days(6), sent_at=on(6), **PROOF)
    before = clock(investigating(), "decision").due
    back = do(now, "justice_returned", HANDLER, days(26), reason="不立案", received_at=on(26), **PROOF)
    assert back.state == "investigating" and clock(back, "decision").paused_days == 20
    assert clock(back, "decision").sure == "provisional", "no clause that was read lets it stand still"
    assert clock(back, "decision").due > before


def test_a_crime_is_transferred_by_one_document_and_by_another_once_justice_returned_the_case() -> None:
    now = do(investigating(), "crime_suspected", HANDLER, days(5), reason="x")
    now = issued(do(now, "transfer_crime", LEADER, days(6), reason="x"), "crime_transfer", at=days(6))
    assert missing(now, "document_issued", HANDLER, days(6), kind="crime_transfer") == {"paper_exists"}
    now = do(now, "crime_sent", HANDLER, days(6), sent_at=on(6), **PROOF)
    now = do(now, "justice_returned", HANDLER, days(26), reason="不立案", received_at=on(26), **PROOF)
    now = do(do(now, "crime_suspected", HANDLER, days(27), reason="y"), "transfer_crime", LEADER, days(28), reason="y")
    sent = {"sent_at": on(28), **PROOF}
    assert missing(now, "crime_sent", HANDLER, days(28), **sent) == {"paper_missing"}, "the first went with the first"
    assert do(issued(now, "crime_transfer", at=days(28)), "crime_sent", HANDLER, days(28), **sent).state == "suspended"


def test_a_later_payment_and_a_revocation_are_one_document_each() -> None:
    now = do(served(), "instalments_asked", HANDLER, reason="困难", until=on(90)[:10])
    now = issued(do(now, "instalments_granted", LEADER, until=on(90)[:10], reason="x"), "instalment_notice")
    assert missing(now, "document_issued", HANDLER, kind="instalment_notice") == {"paper_exists"}
    now = do(now, "instalments_asked", HANDLER, reason="困难", until=on(120)[:10])
    now = issued(do(now, "instalments_granted", LEADER, until=on(120)[:10], reason="x"), "instalment_notice")
    assert [one.status for one in now.papers if one.kind == "instalment_notice"] == ["past", "issued"]
    now = do(now, "decision_revoked", LEADER, days(5), reason="事实不清", revoked_at=on(5))
    now = issued(now, "revocation", at=days(5))
    assert missing(now, "document_issued", HANDLER, days(5), kind="revocation") == {"paper_exists"}


def test_a_decision_on_the_spot_is_filed_and_its_cash_handed_in() -> None:
    told = {
        "decided_at": on(0),
        "amount_cny": 100,
        "officers": TWO,
        "paper_number": "T0001-S1",
        "cash": True,
        "reason": "x",
    }
    now = do(case(), "simple_decided", OFFICER, **told)
    assert {one.rule for one in now.open_clocks} >= {"simple_report", "cash_hand_in", "payment", "review", "suit"}
    now = issued(do(now, "filed", OFFICER), "simple_decision")
    now = issued(do(now, "paid_in_full", HANDLER), "closing_report")
    assert missing(now, "close", HANDLER) == {"cash_not_in", "clock_open"}
    now = do(now, "cash_handed_in", OFFICER, handed_at=on(0), receipt="B1", **PROOF)
    assert do(now, "close", HANDLER).state == "closed"


def test_a_decision_on_the_spot_is_one_document_and_another_only_once_it_is_void() -> None:
    told = {"decided_at": on(0), "amount_cny": 100, "officers": TWO, "paper_number": "T0001-S1", "reason": "x"}
    now = issued(do(case(), "simple_decided", OFFICER, **told), "simple_decision")
    assert missing(now, "document_issued", HANDLER, kind="simple_decision") == {"paper_exists"}
    paper = next(one.id for one in now.papers if one.kind == "simple_decision")
    now = issued(do(now, "document_voided", LEADER, paper=paper, reason="日期错误"), "simple_decision")
    assert [one.status for one in now.papers if one.kind == "simple_decision"] == ["void", "issued"]


@pytest.mark.parametrize(("agency", "amount"), [("T", 3_001), ("P", 201)])
def test_a_decision_on_the_spot_keeps_to_its_limit(agency: str, amount: int) -> None:
    told = {"decided_at": on(0), "amount_cny": amount, "officers": TWO, "paper_number": "1", "reason": "x"}
    by = replace(OFFICER, agency=agency)
    assert missing(case(agency=agency), "simple_decided", by, **told) == {"simple_too_much"}
    grave = replace(case(), violations=(held(simple="no"),))
    assert missing(grave, "simple_decided", OFFICER, **{**told, "amount_cny": 100}) == {"not_simple"}


def test_a_revoked_decision_is_void_and_the_case_can_be_looked_into_again() -> None:
    now = do(served(), "decision_published", HANDLER, published_at=on(0))
    now = do(now, "decision_revoked", LEADER, days(5), reason="事实不清", revoked_at=on(5))
    assert {one.status for one in now.papers if one.kind == "decision"} == {"void"}
    assert clock(now, "withdraw_publication") and not now.has("decision")
    assert "clock_open" in missing(now, "archive", HANDLER, days(6))
    now = do(now, "publication_withdrawn", HANDLER, days(6), published_at=on(6))
    again = do(now, "reopen", LEADER, days(7), reason="新证据", new_evidence=True)
    assert again.state == "investigating" and clock(again, "decision") and not again.facts.get("penalties")


def test_a_case_with_a_decision_in_force_is_not_taken_up_again() -> None:
    now = do(served(), "payment_received", HANDLER, amount_fen=500_000, paid_at=on(0), receipt="1")
    now = issued(do(now, "paid_in_full", HANDLER), "closing_report")
    for one in now.papers_due:
        now = do(now, "document_waived", LEADER, kind=one.kind, reason="x")
    now = do(now, "close", HANDLER)
    assert missing(now, "reopen", LEADER, reason="x", new_evidence=True) == {"decision_stands"}


def test_service_by_notice_to_the_public_waits_for_its_days() -> None:
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    told = {"served_at": on(10), "method": "public_notice", **PROOF}
    assert missing(now, "served", HANDLER, days(10), **told) == {"no_clock"}
    now = do(now, "service_tried", HANDLER, tried_at=on(0), method="public_notice", outcome="下落不明")
    wait = clock(now, "public_notice")
    code = missing(now, "served", HANDLER, days(10), **told)
    assert code == {"not_yet"} and wait is not None


def test_electronic_service_needs_consent() -> None:
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    now = replace(now, party=replace(now.party, electronic=False))
    assert missing(now, "served", HANDLER, served_at=on(0), method="electronic", **PROOF) == {"consent_missing"}


def test_nothing_is_served_before_it_was_decided_or_in_the_future() -> None:
    now = do(deciding(), "decide", LEADER, days(3), penalties=FINE, text="x")
    told = {"method": "in_hand", **PROOF}
    assert missing(now, "served", HANDLER, days(4), served_at=on(1), **told) == {"earlier_than"}
    assert missing(now, "served", HANDLER, days(4), served_at=on(9), **told) == {"in_future"}
    assert missing(now, "served", HANDLER, days(4), served_at=on(4), method="in_hand") == {"proof_missing"}
    assert do(now, "served", HANDLER, days(4), served_at=on(4), method="in_hand", proof_reason="档案遗失").state


def test_the_police_detain_no_load_and_a_measure_is_approved_by_another() -> None:
    told = {"object": "load", "what": "硫酸", "at": on(0), "officers": TWO, **PROOF}
    mine = case(agency="P")
    assert missing(mine, "measure_urgent", police(OFFICER), **told) == {"load_not_detained"}
    now = do(mine, "measure_urgent", police(OFFICER), **{**told, "object": "vehicle"})
    side = now.sides[0].id
    assert {one.rule for one in now.open_clocks if one.side} == {"seizure", "compulsion_report", "police_vehicle"}
    assert missing(now, "measure_approved", replace(police(OFFICER), role="leader"), side=side, reason="x") == {
        "four_eyes"
    }
    now = do(now, "measure_approved", police(LEADER), side=side, reason="x")
    assert {one.rule for one in now.open_clocks if one.side} == {"seizure", "police_vehicle"}
    longer = do(now, "measure_extended", police(LEADER), days(20), side=side, reason="x")
    end = clock(now, "seizure").due
    assert clock(longer, "seizure_extension").started == end and clock(longer, "seizure") is None
    assert missing(longer, "measure_extended", police(LEADER), days(21), side=side, reason="x") == {"not_in_state"}
    assert "too_late" in missing(now, "measure_extended", police(LEADER), days(40), side=side, reason="x")


def test_a_correction_is_cleared_by_another_than_who_brought_the_proof() -> None:
    now = do(case(), "rectification_ordered", OFFICER, by=on(10)[:10], what="补齐")
    side = now.sides[0].id
    assert missing(now, "rectification_not_done", HANDLER, days(5), side=side, reason="x") == {"not_yet"}
    now = do(now, "rectification_proof", HANDLER, days(5), side=side, text="照片")
    assert missing(now, "rectification_cleared", HANDLER, days(6), side=side, text="x") == {"four_eyes"}
    assert do(now, "rectification_cleared", LEADER, days(6), side=side, text="x").sides[0].state == "cleared"


def test_a_dispute_is_answered_by_somebody_who_neither_found_nor_investigated() -> None:
    now = do(investigating(), "dispute_filed", OFFICER, text="不服")
    side = now.sides[0].id
    assert missing(now, "dispute_taken", HANDLER, side=side) == {"four_eyes"}
    now = do(now, "dispute_taken", REVIEWER, side=side)
    assert do(now, "dispute_upheld", REVIEWER, side=side, reason="x").sides[0].state == "upheld"


def test_an_investigation_ends_with_all_evidence_or_why_it_cannot_be_had() -> None:
    now = do(investigating(), "party_heard", HANDLER, how="refused", heard_at=on(0), **PROOF)
    lacking = replace(now, violations=(held(missing=("interview", "appraisal")),))
    assert missing(lacking, "investigation_ended", HANDLER, text="x") == {"evidence_missing"}
    assert do(now, "investigation_ended", HANDLER, text="x").state == "review"


def test_a_document_on_unverified_law_is_not_issued() -> None:
    law = [{"law": "dg-road-rules", "version": "2026-02", "clause": "59", "verified": False}]
    assert missing(investigating(), "document_issued", HANDLER, kind="other", law=law) == {"law_unverified"}
    assert missing(investigating(), "document_issued", HANDLER, kind="decision") == {"paper_by_event"}
    assert missing(investigating(), "document_issued", HANDLER, kind="demand") == {"paper_not_now"}


def test_a_voided_document_that_was_due_falls_due_again() -> None:
    now = do(investigating(), "crime_suspected", HANDLER, reason="x")
    now = issued(do(now, "transfer_crime", LEADER, reason="x"), "crime_transfer")
    paper = next(one.id for one in now.papers if one.kind == "crime_transfer")
    now = do(now, "document_voided", LEADER, paper=paper, reason="日期错误")
    assert [one.kind for one in now.papers_due if one.kind == "crime_transfer"] == ["crime_transfer"]


def test_grave_violations_are_not_minor_and_the_owner_does_not_drop_a_middle_one() -> None:
    told = {"reason": "x", "corrected": True, "harmless": True, "lesson": True}
    for severity, by, codes in (
        ("I", LEADER, {"too_grave"}),
        ("II", HANDLER, {"leader_needed"}),
        ("III", HANDLER, set()),
    ):
        now = replace(do(case(), "accept", HANDLER), violations=(held(severity=severity),))
        assert missing(now, "no_penalty_minor", by, **told) == codes
    now = do(case(), "accept", HANDLER)
    assert missing(now, "no_penalty_minor", LEADER, **{**told, "harmless": False}) == {"not_so"}


def test_what_comes_due_first_is_what_the_list_orders_by() -> None:
    now = do(case(), "accept", HANDLER)
    assert next_due(now.clocks)[1] == "case_opening_local"
    assert next_due(noticed().clocks)[1] == "hearing_request"
