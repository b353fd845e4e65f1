"""Strange but lawful orders of events, and days that cannot be: what the party's lawyer would find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.cases.casefile import CaseFile
from server.cases.main_moves import MAIN_MOVES
from tests.server.cases.clerks import HANDLER, LEADER, MACHINE, OFFICER, TWO, case, do, missing, police
from tests.server.cases.test_courses import (
    FINE,
    PROOF,
    clock,
    days,
    deciding,
    investigating,
    issued,
    on,
    reviewed,
    served,
)

IN_HAND = {"method": "in_hand", **PROOF}
MORE = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 15_000}]


def drafted(penalties: Any = FINE) -> CaseFile:
    return issued(do(reviewed(), "penalty_planned", HANDLER, penalties=penalties), "notice")


def test_a_notice_to_the_public_is_served_at_its_end_and_the_answer_begins_there() -> None:
    right = {"hearing_right": True, "method": "public_notice", **PROOF}
    assert "no_clock" in missing(drafted(), "notice_served", HANDLER, days(1), served_at=on(1), **right)
    now = do(drafted(), "service_tried", HANDLER, tried_at=on(0), method="public_notice", outcome="下落不明")
    wait = clock(now, "public_notice")
    assert "not_yet" in missing(now, "notice_served", HANDLER, days(5), served_at=on(5), **right)
    after = days(100)
    if not wait.due:
        now = do(now, "clock_set", LEADER, clock="public_notice", until=on(60)[:10], reason="公告六十日")
    assert "too_early" in missing(now, "notice_served", HANDLER, after, served_at=on(5), **right)
    told = do(now, "notice_served", HANDLER, after, served_at=on(99), **right)
    assert clock(told, "hearing_request").started == on(99) and clock(told, "public_notice") is None


def test_a_notice_that_was_made_anew_is_not_served_by_the_public_notice_of_the_one_before_it() -> None:
    now = do(drafted(), "service_tried", HANDLER, tried_at=on(0), method="public_notice", outcome="下落不明")
    paper = next(one.id for one in now.papers if one.kind == "notice")
    now = do(now, "document_voided", LEADER, days(5), paper=paper, reason="听证权告知有误")
    now = issued(now, "notice", at=days(6))
    told = {"served_at": on(99), "hearing_right": True, "method": "public_notice", **PROOF}
    assert missing(now, "notice_served", HANDLER, days(100), **told) == {"no_clock"}
    now = do(now, "service_tried", HANDLER, days(6), tried_at=on(6), method="public_notice", outcome="下落不明")
    assert do(now, "notice_served", HANDLER, days(100), **told).state == "noticed"


def test_so_is_a_demand_to_the_public() -> None:
    now = issued(served(), "demand", at=days(20))
    told = {"served_at": on(20), "method": "public_notice", **PROOF}
    assert missing(now, "demand_served", HANDLER, days(20), **told) == {"no_clock"}
    assert "paper_missing" in missing(served(), "service_tried", HANDLER, tried_at=on(0), method="post", outcome="x")


def test_a_heavier_notice_was_not_served_with_the_lighter_one_before_it() -> None:
    now = do(drafted(), "penalty_planned", HANDLER, days(9), penalties=MORE)
    now = issued(now, "notice", at=days(10))
    told = {"hearing_right": True, **IN_HAND}
    assert missing(now, "notice_served", HANDLER, days(20), served_at=on(2), **told) == {"earlier_than"}
    assert do(now, "notice_served", HANDLER, days(20), served_at=on(10), **told).state == "noticed"


def over(now: CaseFile) -> CaseFile:
    return do(now, "terms_over_or_waived", MACHINE, days(12))


def noticed() -> CaseFile:
    return do(drafted(), "notice_served", HANDLER, served_at=on(0), hearing_right=True, **IN_HAND)


def test_a_hearing_that_was_asked_for_on_the_last_day_is_held_although_its_letter_came_later() -> None:
    last = clock(noticed(), "hearing_request").due
    now = over(noticed())
    asked = do(now, "hearing_requested", OFFICER, days(13), requested_at=last, **PROOF)
    assert asked.state == "hearing"
    talked = {"held_at": on(12), "present": TWO, "result": "x"}
    early = do(do(now, "collective_held", LEADER, days(12), **talked), "hearing_requested", OFFICER, days(13),
               requested_at=last, **PROOF)  # fmt: skip
    assert not early.facts.get("collective"), "what the heads said before the hearing is said again after it"
    late = {"requested_at": on(11), **PROOF}
    assert missing(now, "hearing_requested", OFFICER, days(13), **late) == {"too_late"}
    assert missing(now, "hearing_requested", OFFICER, days(13), requested_at=on(-1), **PROOF) == {"earlier_than"}


def test_time_that_has_run_out_is_not_extended() -> None:
    now, told = investigating(), {"until": on(200)[:10], "reason": "疑难复杂"}
    assert missing(now, "decision_extended", LEADER, days(120), **told) == {"too_late"}
    assert clock(do(now, "decision_extended", LEADER, days(80), **told), "decision_extended").due == on(200)[:10]


PARTS = [{"by": on(30)[:10], "amount_fen": 300_000}, {"by": on(60)[:10], "amount_fen": 200_000}]


@pytest.mark.parametrize(
    ("plan", "codes"),
    [
        ([], set()),
        (PARTS, set()),
        (PARTS[::-1], {"field_wrong"}),
        (PARTS[:1], {"field_wrong", "plan_sum"}),
        ([PARTS[0], {**PARTS[1], "amount_fen": 900_000}], {"plan_sum"}),
        ([{"by": "下月底", "amount_fen": 500_000}], {"field_wrong"}),
        ([{"by": on(60)[:10], "amount_fen": None}], {"field_wrong"}),
    ],
)
def test_instalments_are_days_in_order_and_together_what_is_owed(plan: Any, codes: set[str]) -> None:
    asked = {"reason": "x", "until": on(60)[:10], "plan": plan}
    assert missing(served(), "instalments_asked", HANDLER, days(2), **asked) == codes


def test_an_appeal_is_filed_after_the_decision_and_ends_after_that() -> None:
    filed = {"appeal": "review", "body": "县政府", **PROOF}
    assert missing(served(), "appeal_filed", HANDLER, days(3), at=on(-2), **filed) == {"earlier_than"}
    now = do(served(), "appeal_filed", HANDLER, days(3), at=on(3), **filed)
    end = {"side": now.sides[-1].id, "text": "维持", **PROOF}
    assert missing(now, "appeal_upheld", HANDLER, days(9), at=on(2), **end) == {"earlier_than"}
    assert missing(now, "appeal_withdrawn", HANDLER, days(9), at=on(2), **end) == {"earlier_than"}


def test_a_seizure_is_not_lifted_before_it_was_made() -> None:
    urgent = {"object": "vehicle", "what": "x", "at": on(0), "officers": [
        {"login": "a", "name": "a", "card": "1"}, {"login": "b", "name": "b", "card": "2"}]}  # fmt: skip
    now = do(case(), "measure_urgent", OFFICER, **urgent, reason="x")
    told = {"side": now.sides[-1].id, "reason": "x"}
    assert missing(now, "measure_lifted", HANDLER, days(2), at=on(-3), **told) == {"earlier_than"}


def test_a_case_that_is_taken_from_the_archive_has_an_index_of_its_own() -> None:
    now = do(served(), "payment_received", HANDLER, days(1), amount_fen=500_000, paid_at=on(1), receipt="1")
    now = issued(do(now, "paid_in_full", HANDLER, days(1)), "file_index", at=days(1))
    now = do(now, "decision_revoked", LEADER, days(2), reason="x", revoked_at=on(2))
    assert "paper_missing" in missing(now, "archive", HANDLER, days(3))


def test_the_party_has_the_rights_that_its_notice_names() -> None:
    now = do(reviewed(), "penalty_planned", HANDLER, penalties=FINE)
    says = {"hearing": "yes", "until": on(8)[:10]}
    now = do(now, "document_issued", HANDLER, kind="notice", says=says)
    told = {"served_at": on(0), "reason": "x", **IN_HAND}
    other = missing(now, "notice_served", HANDLER, hearing_right=False, statement_until=on(4)[:10], **told)
    assert other == {"notice_says_other"}
    assert "notice_says_other" in missing(now, "notice_served", HANDLER, hearing_right=True, **told)
    right = {"hearing_right": True, "statement_until": says["until"]}
    assert do(now, "notice_served", HANDLER, **right, **told).state == "noticed"
    anew = do(now, "penalty_planned", HANDLER, penalties=FINE)
    anew = do(anew, "document_issued", HANDLER, kind="notice", says={"hearing": "yes"})
    assert do(anew, "notice_served", HANDLER, hearing_right=True, **told).state == "noticed", "the last one counts"


def test_no_notice_is_issued_that_withholds_a_hearing() -> None:
    grave = [{"violation": "CN-EQP-01", "kind": "revocation", "text": "吊销"}]
    now = do(reviewed(), "penalty_planned", HANDLER, penalties=grave)
    told = {"kind": "notice", "says": {"hearing": "no"}}
    assert missing(now, "document_issued", HANDLER, **told) == {"hearing_right_missing"}


def test_money_that_comes_before_the_service_or_after_the_enforcement_is_written_down() -> None:
    money = {"amount_fen": 500_000, "receipt": "1"}
    now = do(deciding(), "decide", LEADER, penalties=FINE, text="x")
    now = do(now, "payment_received", HANDLER, days(1), paid_at=on(1), **money)
    now = do(now, "served", HANDLER, days(2), served_at=on(2), **IN_HAND)
    assert do(now, "paid_in_full", HANDLER, days(2)).state == "executed"
    ended = do(served(), "execution_ended", LEADER, days(30), reason="企业注销，无财产可供执行")
    assert do(ended, "payment_received", HANDLER, days(40), paid_at=on(40), **money).facts["payments"]


def test_nobody_is_granted_a_day_that_is_over() -> None:
    asked = {"reason": "x", "until": on(-1)[:10]}
    assert missing(served(), "instalments_asked", HANDLER, days(2), **asked) == {"too_early"}


def test_the_police_too_say_why_a_decision_comes_late() -> None:
    road = {"served_at": on(0), "officers": TWO, "paper_number": "1", **PROOF}
    now = do(case(agency="P"), "notice_given_at_road", police(OFFICER), **road)
    now = do(now, "person_came", police(OFFICER), days(100), came_at=on(100), officers=TWO)
    spared = {"ground": "minor", "reason": "x"}
    assert missing(now, "decide_no_penalty", police(LEADER), days(100), **spared) == {"too_late"}
    late = {**spared, "late_reason": "当事人逾期到案"}
    assert do(now, "decide_no_penalty", police(LEADER), days(100), **late).state == "decided"


@pytest.mark.parametrize("field", ["plan", "penalties", "load", "says", "evidence", "officers", "violations", "party"])
@pytest.mark.parametrize("said", ["x", ["x"], {"x": "y"}, [["x"]], 1])
def test_what_is_not_of_its_kind_is_told_and_ends_no_guard(field: str, said: Any) -> None:
    events = [move for move in MAIN_MOVES if field in (*move.needs, *move.takes)]
    assert events
    for move in events:
        now = replace(served(), state=move.at[0], facts={**served().facts, "in_force": False})
        missing(now, move.event, HANDLER, days(1), **{field: said})
