"""What of an earlier round counts in a later one: notices, waivers, hearings, papers, money, seizures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.cases.asking import Ask
from server.cases.casefile import MACHINE
from server.cases.clockwork import REMEDIES
from server.cases.machine import MOVES
from server.cases.money_guards import owed_now
from tests.server.cases.clerks import law
from tests.server.cases.test_courses import (
    FILE,
    FINE,
    FIRST,
    HANDLER,
    LEADER,
    OFFICER,
    PROOF,
    REVIEWER,
    TWO,
    answered,
    case,
    clock,
    days,
    deciding,
    demanded,
    do,
    heard,
    investigating,
    issued,
    missing,
    noticed,
    on,
    police,
    reviewed,
    served,
)

SPOT = {"decided_at": on(0), "officers": TWO, "paper_number": "S1", "reason": "x"}


@pytest.mark.parametrize("kind", ["revocation", "suspension", "confiscation", "closure"])
def test_on_the_spot_there_is_a_warning_or_a_fine(kind: str) -> None:
    rows = [{"violation": "CN-EQP-01", "kind": kind}]
    assert "not_simple" in missing(case(), "simple_decided", OFFICER, amount_cny=0, penalties=rows, **SPOT)


@pytest.mark.parametrize("rows", [None, [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 500}]])
def test_on_the_spot_an_act_is_not_fined_a_second_time(rows: Any) -> None:
    now = case(around={"fined_elsewhere": ("CN-EQP-01",)})
    told = {**SPOT, "amount_cny": 500, **({"penalties": rows} if rows else {})}
    assert missing(now, "simple_decided", OFFICER, **told) == {"fined_elsewhere"}
    assert do(now, "simple_decided", MACHINE, **told).state == "simple_filed", "what was given on the road is recorded"


@pytest.mark.parametrize(("amount", "code"), [(200, "amount_outside"), (1_000, ""), (0, "")])
def test_on_the_spot_an_amount_outside_the_law_says_why(amount: int, code: str) -> None:
    told = {name: value for name, value in SPOT.items() if name != "reason"}
    assert missing(case(), "simple_decided", OFFICER, amount_cny=amount, **told) == ({code} if code else set())
    assert do(case(), "simple_decided", MACHINE, amount_cny=amount, **told), "what was given on the road is recorded"
    assert do(case(), "simple_decided", OFFICER, amount_cny=amount, reason="减轻", **told)


def test_what_justice_returned_is_told_discussed_and_given_up_anew() -> None:
    now = do(deciding(), "collective_held", LEADER, held_at=on(0), present=TWO, result="x")
    now = issued(do(now, "decide_to_justice", LEADER, days(1), reason="x"), "crime_transfer", at=days(1))
    now = do(now, "crime_sent", HANDLER, days(1), sent_at=on(1), **PROOF)
    now = do(now, "justice_returned", HANDLER, days(20), reason="x", received_at=on(20), **PROOF)
    assert not {"planned", "waiver", "collective"} & set(now.facts)
    told = {"text": "x", "grounds": ["major"]}
    now = issued(do(now, "investigation_ended", HANDLER, days(21), **told), "investigation_report", at=days(21))
    now = do(now, "review_passed", REVIEWER, days(21), answers=["是"] * 9, licence="A", text="x")
    serving = {"served_at": on(21), "method": "in_hand", "hearing_right": True, **PROOF}
    assert {"penalty_not_planned", "paper_missing"} <= missing(now, "notice_served", HANDLER, days(21), **serving)


def test_a_waiver_for_a_small_fine_is_none_for_a_large_one() -> None:
    by = police(HANDLER)
    road = {"served_at": on(0), "officers": TWO, "paper_number": "1", **PROOF}
    now = do(case(agency="P"), "notice_given_at_road", police(OFFICER), **road)
    now = do(now, "person_came", by, days(1), came_at=on(1), officers=TWO)
    now = do(now, "person_told", by, days(1), penalties=answered(now, 1_000), told_at=on(1), waiver=FILE)
    more = answered(now, 20_000)
    now = do(now, "person_told", by, days(1), penalties=more, told_at=on(1), hearing_right=True)
    assert "not_yet" in missing(now, "decide", police(LEADER), days(1), penalties=more, text="x")


def test_who_was_told_of_another_hearing_stayed_away_from_none() -> None:
    now = do(heard(), "hearing_set", REVIEWER, days(5), hearing_at=on(6), host="he", host_name="何敏", place="别处")
    assert missing(now, "hearing_dropped", HANDLER, days(7), dropped="absent") == {"hearing_not_told"}


def test_who_withdraws_his_request_for_a_hearing_may_still_answer() -> None:
    now = issued(do(reviewed(), "penalty_planned", HANDLER, penalties=FINE), "notice")
    told = {"served_at": on(0), "method": "in_hand", "hearing_right": True, "statement_until": on(10)[:10], **PROOF}
    now = do(now, "notice_served", HANDLER, **told)
    now = do(now, "hearing_requested", OFFICER, days(1), requested_at=on(1), **PROOF)
    now = do(now, "hearing_dropped", HANDLER, days(1), dropped="withdrawn", **PROOF)
    assert missing(now, "decide", LEADER, days(1), penalties=FINE, text="x") == {"not_yet"}
    assert do(now, "decide", LEADER, days(11), penalties=FINE, text="x").state == "decided"


def appealed(end: str, appeal: str, at: int) -> Any:
    now = do(demanded(), "appeal_filed", HANDLER, days(40), appeal=appeal, at=on(40), body="法院", **PROOF)
    return do(now, f"appeal_{end}", HANDLER, days(at), side=now.sides[-1].id, at=on(at), text="x", **PROOF)


def test_no_court_is_asked_for_a_decision_that_it_revoked() -> None:
    now = appealed("revoked", "suit", 100)
    assert "decision_stands" in missing(now, "court_applied", LEADER, days(190), applied_at=on(190))
    assert "decision_stands" in missing(now, "document_issued", HANDLER, days(190), kind="court_application")


def test_what_the_appeal_body_revoked_is_neither_demanded_nor_owed_nor_served() -> None:
    now = do(served(), "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    end = {"at": on(20), "text": "撤销", **PROOF}
    now = do(now, "appeal_revoked", HANDLER, days(20), side=now.sides[-1].id, **end)
    assert not {"payment", "review", "suit", "court_application"} & {one.rule for one in now.open_clocks}
    owed = owed_now(Ask(now, MOVES[0], {}, MACHINE, days(60), law()))
    assert (owed.fine_fen, owed.surcharge_fen, owed.left) == (0, 0, 0)
    assert "decision_stands" in missing(now, "document_issued", HANDLER, days(60), kind="demand")
    told = {"served_at": on(60), "method": "in_hand", **PROOF}
    assert "no_fine" in missing(now, "demand_served", HANDLER, days(60), **told)
    assert "no_fine" in missing(now, "instalments_asked", HANDLER, days(60), reason="x", until=on(90)[:10])
    assert "no_fine" in missing(now, "paid_in_full", HANDLER, days(60))
    early = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    early = do(early, "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    early = do(early, "appeal_revoked", HANDLER, days(20), side=early.sides[-1].id, **end)
    assert "decision_stands" in missing(early, "served", HANDLER, days(60), **told)


def test_what_the_second_instance_lets_stand_is_owed_again() -> None:
    now = do(demanded(), "appeal_filed", HANDLER, days(40), appeal="suit", at=on(40), body="法院", **PROOF)
    now = do(now, "appeal_revoked", HANDLER, days(90), side=now.sides[-1].id, at=on(90), text="撤销", **PROOF)
    assert clock(now, "suit_appeal") and "no_fine" in missing(now, "paid_in_full", HANDLER, days(91))
    filed = {"appeal": "second", "at": on(95), "body": "中级人民法院", **PROOF}
    now = do(now, "appeal_filed", HANDLER, days(95), **filed)
    end = {"side": now.sides[-1].id, "at": on(200), "text": "改判驳回诉讼请求", **PROOF}
    now = do(now, "appeal_upheld", HANDLER, days(200), **end)
    assert missing(now, "paid_in_full", HANDLER, days(201)) == {"owed"}
    asked = missing(now, "court_applied", LEADER, days(201), applied_at=on(201))
    assert asked == {"window_unknown", "paper_missing"}


def test_after_a_review_the_party_may_sue_before_the_court_is_asked() -> None:
    now = do(demanded(), "appeal_filed", HANDLER, days(40), appeal="review", at=on(40), body="县政府", **PROOF)
    told = {"side": now.sides[-1].id, "at": on(90), "text": "维持", **PROOF}
    assert missing(now, "appeal_upheld", HANDLER, days(95), **told, received_at=on(89)) == {"earlier_than"}
    known = do(now, "appeal_upheld", HANDLER, days(95), **told, received_at=on(95))
    assert clock(known, "suit") is None and clock(known, "review") is None
    last = clock(known, "suit_after_review")
    assert (last.started, last.due >= on(110)[:10]) == (on(95), True)
    asked = {"applied_at": on(100), "reason": "x"}
    assert "not_yet" in missing(known, "court_applied", LEADER, days(100), **asked)
    sued = do(known, "appeal_filed", HANDLER, days(105), appeal="suit", at=on(105), body="法院", **PROOF)
    assert clock(sued, "after_appeal") is None
    lost = do(sued, "appeal_upheld", HANDLER, days(200), **{**told, "side": sued.sides[-1].id, "at": on(200)})
    assert not {one.rule for one in lost.open_clocks} & {"review", "suit", "suit_after_review"}


def test_while_nobody_knows_when_the_decision_of_a_review_came_the_court_is_not_asked() -> None:
    now = appealed("upheld", "review", 90)
    assert clock(now, "suit_after_review").why == "start_unknown"
    assert "not_yet" in missing(now, "court_applied", LEADER, days(300), applied_at=on(300), reason="x")
    now = do(now, "clock_set", LEADER, days(120), clock="suit_after_review", until=on(110)[:10], reason="送达回证")
    assert "not_yet" not in missing(now, "court_applied", LEADER, days(120), applied_at=on(120), reason="x")


def test_a_review_that_was_withdrawn_leaves_the_time_to_sue() -> None:
    now = appealed("withdrawn", "review", 41)
    assert "not_yet" in missing(now, "court_applied", LEADER, days(46), applied_at=on(46), reason="x")


def sued(**told: Any) -> Any:
    now = do(demanded(), "appeal_filed", HANDLER, days(40), appeal="suit", at=on(40), body="法院", **PROOF)
    end = {"side": now.sides[-1].id, "at": on(90), "text": "驳回诉讼请求", **PROOF, **told}
    return do(now, "appeal_upheld", HANDLER, days(95), **end)


def test_a_judgment_of_first_instance_may_be_appealed_before_the_court_is_asked() -> None:
    asked = {"reason": "x"}
    now = sued(received_at=on(95))
    assert clock(now, "suit_appeal").due >= on(110)[:10] and clock(now, "suit") is None
    assert "not_yet" in missing(now, "court_applied", LEADER, days(100), applied_at=on(100), **asked)
    assert "not_yet" in missing(now, "document_issued", HANDLER, days(100), kind="court_application")
    assert "not_yet" not in missing(now, "court_applied", LEADER, days(120), applied_at=on(120), **asked)
    assert clock(sued(), "suit_appeal").why == "start_unknown"
    assert clock(sued(final=True), "suit_appeal") is None


def test_the_second_instance_is_final_and_follows_a_first_alone() -> None:
    filed = {"appeal": "second", "at": on(105), "body": "中级人民法院", **PROOF}
    assert missing(sued(final=True), "appeal_filed", HANDLER, days(105), **filed) == {"no_judgment"}
    assert missing(demanded(), "appeal_filed", HANDLER, days(105), **filed) == {"no_judgment"}
    now = do(sued(received_at=on(95)), "appeal_filed", HANDLER, days(105), **filed)
    assert clock(now, "suit_appeal") is None
    assert "appeal_pending" in missing(now, "court_applied", LEADER, days(150), applied_at=on(150), reason="x")
    end = {"side": now.sides[-1].id, "at": on(200), "text": "驳回上诉", **PROOF}
    now = do(now, "appeal_upheld", HANDLER, days(200), **end)
    assert clock(now, "suit_appeal") is None
    assert not {"not_yet", "appeal_pending"} & missing(now, "court_applied", LEADER, days(201), applied_at=on(201))


def test_no_day_before_a_judgment_is_final_is_counted() -> None:
    def surcharge(now: Any, day: int) -> int:
        return owed_now(Ask(now, MOVES[0], {}, MACHINE, days(day), law())).surcharge_fen

    pending = do(demanded(), "appeal_filed", HANDLER, days(40), appeal="suit", at=on(40), body="法院", **PROOF)
    now, known = sued(), sued(received_at=on(95))
    assert surcharge(pending, 90) == surcharge(now, 120) == surcharge(known, 110), "its end is not known, or is not yet"
    last = date.fromisoformat(clock(known, "suit_appeal").due) - date.fromisoformat(on(0)[:10])
    assert surcharge(known, last.days + 2) == surcharge(pending, 90) + 2 * 15_000


def test_what_a_review_decided_before_the_service_is_not_asked_for_again() -> None:
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    now = do(now, "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    end = {"side": now.sides[-1].id, "at": on(3), "text": "维持", "received_at": on(4), **PROOF}
    now = do(now, "appeal_upheld", HANDLER, days(4), **end)
    now = do(now, "served", HANDLER, days(5), served_at=on(5), method="in_hand", **PROOF)
    assert {one.rule for one in now.open_clocks} & {*REMEDIES} == {"suit_after_review"}
    assert clock(now, "court_application").started == clock(now, "suit_after_review").due


def test_a_withdrawn_review_leaves_the_windows_of_what_is_served_later() -> None:
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    now = do(now, "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    now = do(now, "appeal_withdrawn", HANDLER, days(2), side=now.sides[-1].id, at=on(2), **PROOF)
    now = do(now, "served", HANDLER, days(5), served_at=on(5), method="in_hand", **PROOF)
    assert clock(now, "review") and clock(now, "suit")


def decided_anew(now: Any, day: int) -> Any:
    """The case after its decision was revoked and another was made, all on one day."""
    at = days(day)
    now = do(now, "decision_revoked", LEADER, at, reason="x", revoked_at=on(day))
    now = do(now, "reopen", LEADER, at, reason="重新作出", new_evidence=False)
    now = do(now, "party_heard", HANDLER, at, how="interview", heard_at=on(day), **PROOF)
    now = issued(do(now, "investigation_ended", HANDLER, at, text="x"), "investigation_report", at=at)
    now = do(now, "review_passed", REVIEWER, at, answers=["是"] * 9, licence="A", text="x")
    now = issued(do(now, "penalty_planned", HANDLER, at, penalties=FINE), "notice", at=at)
    now = do(now, "notice_served", HANDLER, at, served_at=on(day), method="in_hand", hearing_right=True, **PROOF)
    now = do(now, "terms_over_or_waived", HANDLER, at, waiver=FILE)
    return do(now, "decide", LEADER, at, penalties=FINE, text="x")


def test_an_appeal_that_ended_on_the_day_of_a_new_decision_takes_no_remedy_against_it() -> None:
    now = do(served(), "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    end = {"side": now.sides[-1].id, "at": on(20), "text": "撤销", **PROOF}
    now = decided_anew(do(now, "appeal_revoked", HANDLER, days(20), **end), 20)
    now = do(now, "served", HANDLER, days(21), served_at=on(21), method="in_hand", **PROOF)
    assert clock(now, "review") and clock(now, "suit")


def test_what_becomes_of_an_appeal_against_a_decision_that_was_replaced_moves_nothing_of_the_other() -> None:
    now = do(served(), "appeal_filed", HANDLER, days(1), appeal="suit", at=on(1), body="法院", **PROOF)
    now = decided_anew(now, 20)
    told = {"side": now.sides[-1].id, "at": on(30), "text": "确认违法", "received_at": on(30), **PROOF}
    served_ = {"served_at": on(25), "method": "in_hand", **PROOF}
    now = do(now, "served", HANDLER, days(25), **served_)
    before = now.clocks, now.facts
    now = do(now, "appeal_revoked", HANDLER, days(30), **told)
    assert (now.clocks, now.facts) == before and now.sides[-1].state == "revoked"
    assert missing(now, "paid_in_full", HANDLER, days(31)) == {"owed"}, "the new decision stands"
    filed = {"appeal": "second", "at": on(40), "body": "中院", **PROOF}
    assert missing(now, "appeal_filed", HANDLER, days(40), **filed) == {"no_judgment"}


def test_an_order_that_is_withdrawn_and_a_hearing_that_is_not_held_are_announced_no_more() -> None:
    now = do(investigating(), "rectification_ordered", HANDLER, by=on(10)[:10], what="补齐")
    now = do(now, "rectification_ordered", HANDLER, by=on(10)[:10], what="培训")
    now = do(now, "rectification_dropped", LEADER, side=now.sides[0].id, reason="已报废")
    states = {one.side: (one.status, one.reason) for one in now.papers if one.kind == "correction_order"}
    assert states == {now.sides[0].id: ("waived", "已报废"), now.sides[1].id: ("due", "")}
    now = do(noticed(), "hearing_requested", OFFICER, days(2), requested_at=on(2), **PROOF)
    told = {"hearing_at": on(30), "host": "he", "host_name": "何敏", "place": "会议室"}
    now = do(now, "hearing_set", REVIEWER, days(3), **told)
    now = do(now, "hearing_dropped", HANDLER, days(3), dropped="withdrawn", **PROOF)
    assert "hearing_notice" not in {one.kind for one in now.papers_due}
    planned = do(reviewed(), "penalty_planned", HANDLER, penalties=FINE)
    planned = do(planned, "decide_no_penalty", LEADER, ground="no_fault", reason="x")
    assert "notice" not in {one.kind for one in planned.papers_due}


def test_what_an_appeal_made_of_a_fine_is_what_is_owed() -> None:
    now = do(served(), "appeal_filed", HANDLER, days(1), appeal="review", at=on(1), body="县政府", **PROOF)
    told = {"side": now.sides[-1].id, "at": on(5), "text": "变更为 2000 元", **PROOF}
    assert missing(now, "appeal_changed", HANDLER, days(5), **told) == {"field_missing"}
    now = do(now, "appeal_changed", HANDLER, days(5), penalties=[FIRST | {"kind": "fine", "amount_cny": 2_000}], **told)
    now = do(now, "payment_received", HANDLER, days(6), amount_fen=200_000, paid_at=on(6), receipt="1")
    assert do(now, "paid_in_full", HANDLER, days(6)).state == "executed"


@pytest.mark.parametrize(
    ("appeal", "more", "codes"),
    [
        ("review", {}, {"heavier_on_appeal"}), ("suit", {}, {"heavier_on_appeal"}),
        ("review", {"reason": "第三人提出相反请求"}, set()), ("review", {"amount_cny": 5_000}, set()),
    ],
)  # fmt: skip
def test_an_appeal_makes_nothing_heavier_or_says_why_it_may(appeal: str, more: dict[str, Any], codes: set[str]) -> None:
    now = do(served(), "appeal_filed", HANDLER, days(1), appeal=appeal, at=on(1), body="县政府", **PROOF)
    fine = FIRST | {"kind": "fine", "amount_cny": more.get("amount_cny", 6_000)}
    told = {"side": now.sides[-1].id, "at": on(5), "text": "变更", "reason": more.get("reason", ""), **PROOF}
    assert missing(now, "appeal_changed", HANDLER, days(5), penalties=[fine], **told) == codes


def confiscated(amount: int) -> list[dict[str, Any]]:
    return [*FINE, FIRST | {"kind": "confiscation", "amount_cny": amount}]


@pytest.mark.parametrize(("amount", "codes"), [(1_000, set()), (999, set()), (900_000, {"heavier"})])
def test_more_of_any_kind_than_was_told_needs_a_new_notice(amount: int, codes: set[str]) -> None:
    now = do(noticed(penalties=confiscated(1_000)), "terms_over_or_waived", HANDLER, waiver=FILE)
    assert missing(now, "decide", LEADER, penalties=confiscated(amount), text="x") == codes


def test_a_case_returns_from_justice_on_a_day_that_was() -> None:
    now = do(investigating(), "crime_suspected", HANDLER, reason="x")
    now = do(now, "transfer_crime", LEADER, days(1), reason="x")
    back = {"reason": "x", "received_at": on(700)}
    assert {"in_future", "proof_missing"} & missing(now, "justice_returned", HANDLER, days(2), **back)


def test_a_seizure_that_ended_is_not_revived_by_an_appraisal() -> None:
    now = do(investigating(), "measure_asked", HANDLER, object="vehicle", what="x", reason="x")
    side = now.sides[0].id
    now = do(now, "measure_approved", LEADER, side=side, at=on(0))
    sent = {"side": side, "what": "x"}
    assert missing(now, "appraisal_ordered", HANDLER, days(50), at=on(50), **sent) == {"too_late"}
    assert missing(now, "appraisal_ordered", HANDLER, days(2), at=on(-365), **sent) == {"too_early"}
    assert not missing(now, "appraisal_ordered", HANDLER, days(10), at=on(10), **sent)


def test_a_case_that_is_reopened_is_handed_over_with_papers_of_its_own() -> None:
    now = issued(investigating(), "handover_letter", "handover_list")
    now = do(now, "hand_over", HANDLER, to="P", sent_at=on(0), **PROOF)
    now = do(now, "receipt_in", HANDLER, days(1), received_at=on(1), **PROOF)
    now = do(now, "result_in", HANDLER, days(2), result="x", received_at=on(2), **PROOF)
    now = do(now, "reopen", LEADER, days(30), reason="x", new_evidence=True)
    assert missing(now, "hand_over", HANDLER, days(31), to="M", sent_at=on(31), **PROOF) == {"paper_missing"}
    now = issued(now, "handover_letter", "handover_list", at=days(31))
    now = do(now, "hand_over", HANDLER, days(31), to="M", sent_at=on(31), **PROOF)
    assert "receipt_missing" in missing(now, "result_in", HANDLER, days(32), result="x", received_at=on(32), **PROOF)


def test_cash_reaches_the_bank_whatever_becomes_of_the_decision() -> None:
    now = do(case(), "simple_decided", OFFICER, amount_cny=100, cash=True, **SPOT)
    now = do(now, "decision_revoked", LEADER, days(1), reason="x", revoked_at=on(1))
    assert clock(now, "cash_hand_in") and "cash_not_in" in missing(now, "archive", HANDLER, days(1))
    now = do(now, "cash_handed_in", OFFICER, days(1), handed_at=on(1), receipt="1", **PROOF)
    assert clock(now, "cash_hand_in") is None


def test_a_public_notice_serves_at_its_end() -> None:
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    now = do(now, "service_tried", HANDLER, tried_at=on(0), method="public_notice", outcome="下落不明")
    told = {"method": "public_notice", **PROOF}
    assert "too_early" in missing(now, "served", HANDLER, days(60), served_at=on(0), **told)
    assert do(now, "served", HANDLER, days(60), served_at=on(60), **told).state == "executing"
