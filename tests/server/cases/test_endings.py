"""How cases end: what keeps one from it, what stays open afterwards, and what nobody may call done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.cases.casefile import CaseFile
from server.cases.main_moves import MAIN_MOVES
from server.cases.states import ENDED
from tests.server.cases.clerks import HANDLER, LEADER, OFFICER, PARTY, case, do, held, missing, police
from tests.server.cases.test_courses import FINE, PROOF, TWO, days, deciding, investigating, issued, on, served

GOODS = [*FINE, {"violation": "CN-EQP-01", "kind": "confiscation", "text": "没收吸附材料 20 袋"}]


def with_measure(now: CaseFile) -> CaseFile:
    now = do(now, "measure_asked", OFFICER, object="goods", what="吸附材料 20 袋", reason="x")
    return do(now, "measure_approved", LEADER, side=now.sides[-1].id, at=on(0))


def with_order(now: CaseFile) -> CaseFile:
    return do(now, "rectification_ordered", OFFICER, by=on(10)[:10], what="补齐")


def paid(penalties: Any) -> CaseFile:
    now = deciding(penalties=penalties)
    now = do(now, "decide", LEADER, penalties=penalties, text="x")
    now = do(now, "served", HANDLER, served_at=on(0), method="in_hand", **PROOF)
    now = do(now, "payment_received", HANDLER, days(1), amount_fen=500_000, paid_at=on(1), receipt="1")
    return do(now, "paid_in_full", HANDLER, days(1))


def test_a_fine_that_is_paid_takes_no_goods_and_no_licence() -> None:
    now = paid(GOODS)
    assert "not_carried_out" in missing(now, "close", HANDLER, days(2))
    now = do(now, "part_carried_out", HANDLER, days(2), text="已销毁，见销毁清单", **PROOF)
    assert "not_carried_out" not in missing(now, "close", HANDLER, days(2))
    assert "not_carried_out" not in missing(paid(FINE), "close", HANDLER, days(2))


def test_what_is_confiscated_is_not_lifted_but_kept() -> None:
    now = with_measure(investigating())
    side = now.sides[-1].id
    told = {"side": side, "at": on(0), "outcome": "没收，列入罚没物资", **PROOF}
    assert missing(now, "measure_disposed", LEADER, **told) == {"not_taken"}
    seized = replace(now, clocks=tuple(one for one in now.clocks if one.side == side))
    decided = replace(seized, state="executing", facts={"in_force": True, "penalties": GOODS})
    done = do(decided, "measure_disposed", LEADER, **told)
    assert done.sides[-1].state == "disposed" and not [one for one in done.open_clocks if one.side == side]
    assert not [one for one in done.papers if one.kind == "measure_lifting"]
    sent = replace(seized, state="handed_over", facts={"handed_to": "P"})
    assert do(sent, "measure_disposed", LEADER, **told).sides[-1].state == "disposed"


def test_nothing_is_called_corrected_while_its_order_waits_or_was_not_followed() -> None:
    now = with_order(do(case(violations=(held(severity="III"),)), "accept", HANDLER))
    minor = {"reason": "x", "corrected": True, "harmless": True, "lesson": True}
    assert missing(now, "no_penalty_minor", HANDLER, **minor) == {"side_open"}
    late = do(now, "rectification_not_done", HANDLER, days(12), side=now.sides[-1].id, reason="x")
    assert missing(late, "no_penalty_minor", HANDLER, days(12), **minor) == {"not_so"}
    proven = do(now, "rectification_proof", OFFICER, side=now.sides[-1].id, text="x", **PROOF)
    cleared = do(proven, "rectification_cleared", HANDLER, side=now.sides[-1].id, text="x")
    assert do(cleared, "no_penalty_minor", HANDLER, **minor).state == "closed_no_case"


OTHER = {"name": "示例县另一运输有限公司", "number": "91150000MA0ANOTHER"}


def test_another_is_not_put_in_the_place_of_who_was_told_or_decided_on() -> None:
    change = {"party": OTHER, "reason": "吸收合并"}
    assert missing(served(), "party_corrected", HANDLER, **change) == {"decision_stands"}
    for name, value in OTHER.items():
        corrected = do(served(), "party_corrected", HANDLER, party={name: value}, reason="更名")
        assert getattr(corrected.party, name) == value, "its new name, or a number that was misread"
    assert do(investigating(), "party_corrected", HANDLER, **change).party.name == OTHER["name"]


def test_who_has_not_been_told_is_not_put_in_the_place_of_who_was() -> None:
    driver = {"agency": "P", "party": PARTY}
    now = do(
        case(**driver),
        "notice_given_at_road",
        police(OFFICER),
        served_at=on(0),
        officers=TWO,
        paper_number="1",
        **PROOF,
    )
    now = do(now, "person_came", police(OFFICER), came_at=on(0), officers=TWO)
    told = {"penalties": FINE, "told_at": on(0), "hearing_right": True, "statement_until": on(3)[:10]}
    now = do(now, "person_told", police(HANDLER), **told)
    change = {"party": OTHER, "reason": "x"}
    assert missing(now, "party_corrected", police(HANDLER), **change) == {"another_told"}
    again = do(now, "not_clear", police(HANDLER), reason="当事人有误")
    assert do(again, "party_corrected", police(HANDLER), **change).party.name == OTHER["name"]


ENDS = sorted({one.event for one in MAIN_MOVES if one.to in ENDED and one.to != "archived"})
LIVES_ON = {"decision_revoked", "result_in"}
"""Ends that come from outside, or take back a wrong: they wait for nothing, and the archive waits for what is open."""


@pytest.mark.parametrize("event", ENDS)
def test_no_end_leaves_a_seizure_behind_but_one_that_cannot_wait(event: str) -> None:
    guards = {name for one in MAIN_MOVES if one.event == event for name in one.guards}
    assert bool(guards & {"measures_lifted", "sides_finished"}) is (event not in LIVES_ON)


@pytest.mark.parametrize("event", ["withdraw", "discard"])
def test_an_order_to_correct_outlives_a_case_and_keeps_it_from_the_archive(event: str) -> None:
    now = with_order(case() if event == "discard" else investigating())
    now = do(now, event, LEADER, reason="证据不足")
    assert [one.rule for one in now.open_clocks] == ["rectification"]
    now = issued(now, "correction_order", "file_index") if event == "discard" else now
    assert "side_open" in missing(now, "archive", HANDLER)
    dropped = do(now, "rectification_dropped", LEADER, side=now.sides[-1].id, reason="撤销")
    assert "side_open" not in missing(dropped, "archive", HANDLER) and not dropped.open_clocks
