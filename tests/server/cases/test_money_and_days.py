"""What is confiscated is owed; nothing is served, paid or sent before it could be; nothing stays seized unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.cases.asking import Ask
from server.cases.casefile import MACHINE
from server.cases.fields import FIELDS, fits
from server.cases.machine import MOVES, NEW
from server.cases.money import owed, sum_of
from server.cases.money_guards import owed_now
from tests.server.cases.clerks import HANDLER, LEADER, TWO, case, do, law, missing
from tests.server.cases.test_courses import (
    FINE,
    FIRST,
    PROOF,
    clock,
    days,
    deciding,
    demanded,
    investigating,
    issued,
    noticed,
    on,
    reviewed,
    served,
)

TAKEN = FIRST | {"kind": "confiscation", "amount_cny": 3_000, "text": "没收违法所得"}


def executing(*penalties: dict[str, Any]) -> Any:
    rows = list(penalties)
    now = do(noticed(penalties=rows), "terms_over_or_waived", HANDLER, waiver=PROOF["proof"])
    now = do(now, "decide", LEADER, penalties=rows, text="x")
    return do(now, "served", HANDLER, served_at=on(0), method="in_hand", **PROOF)


def pays(now: Any, fen: int) -> Any:
    return do(now, "payment_received", HANDLER, amount_fen=fen, paid_at=on(0), receipt="1")


def test_what_is_confiscated_is_owed_beside_the_fine() -> None:
    now = pays(executing(*FINE, TAKEN), 500_000)
    assert missing(now, "paid_in_full", HANDLER) == {"owed"}
    assert do(pays(now, 300_000), "paid_in_full", HANDLER).state == "executed"


def test_a_confiscated_sum_alone_is_paid_or_the_court_is_asked() -> None:
    now = executing(TAKEN)
    assert missing(now, "carried_out", HANDLER, text="x") == {"fine_owed"}
    assert clock(now, "court_application") and not clock(now, "payment"), "67 gives days for a fine"
    assert do(pays(now, 300_000), "paid_in_full", HANDLER).state == "executed"


def test_goods_that_are_confiscated_are_no_money() -> None:
    goods = {name: value for name, value in TAKEN.items() if name != "amount_cny"}
    assert not sum_of([goods]) and do(executing(goods), "carried_out", HANDLER, text="x").state == "executed"


def test_nothing_is_added_to_what_is_confiscated() -> None:
    held = owed(1_000, "2026-03-15", "2026-03-25", [("2026-03-16", 100_000)], confiscated_cny=5_000)
    assert (held.surcharge_fen, held.left) == (3_000, 503_000)


@pytest.mark.parametrize(
    ("row", "fitting"),
    [
        ({"kind": "fine", "amount_cny": 500}, True),
        ({"kind": "fine", "amount_cny": 0}, False),
        ({"kind": "fine"}, False),
        ({"kind": "confiscation", "amount_cny": 500}, True),
        ({"kind": "confiscation"}, True),
        ({"kind": "warning"}, True),
        ({"kind": "warning", "amount_cny": 500}, False),
        ({"kind": "suspension", "amount_cny": 500}, False),
    ],
)
def test_a_sum_stands_beside_a_fine_and_what_is_taken_only(row: dict[str, Any], fitting: bool) -> None:
    assert fits(FIELDS["penalties"], [FIRST | row]) is fitting


def test_a_notice_is_not_served_before_it_was_made() -> None:
    now = issued(do(reviewed(), "penalty_planned", HANDLER, days(3), penalties=FINE), "notice", at=days(3))
    told = {"method": "in_hand", "hearing_right": True, **PROOF}
    assert missing(now, "notice_served", HANDLER, days(4), served_at=on(2), **told) == {"earlier_than"}
    assert not missing(now, "notice_served", HANDLER, days(4), served_at=on(3)[:10], **told), "on the same day"


def test_a_court_is_not_asked_before_the_application_was_made() -> None:
    now = issued(demanded(), "court_application", at=days(200))
    assert "earlier_than" in missing(now, "court_applied", LEADER, days(201), applied_at=on(199))


def test_any_paper_is_served_on_the_day_it_was_made_at_the_earliest() -> None:
    now = served()
    told = {"paper": next(one.id for one in now.papers if one.kind == "notice"), "method": "in_hand", **PROOF}
    assert missing(now, "document_served", HANDLER, days(5), served_at=on(-1), **told) == {"earlier_than"}
    assert not missing(now, "document_served", HANDLER, days(5), served_at=on(1), **told)


def test_nothing_is_tried_or_paid_before_the_decision() -> None:
    now = do(deciding(), "decide", LEADER, days(5), penalties=FINE, text="x")
    tried = {"method": "in_hand", "outcome": "x"}
    assert missing(now, "service_tried", HANDLER, days(6), tried_at=on(4), **tried) == {"earlier_than"}
    now = do(now, "served", HANDLER, days(6), served_at=on(6), method="in_hand", **PROOF)
    paid = {"amount_fen": 100, "receipt": "1"}
    assert missing(now, "payment_received", HANDLER, days(7), paid_at=on(1), **paid) == {"earlier_than"}


def test_a_clue_is_not_ended_while_its_vehicle_is_seized() -> None:
    now = do(case(), "measure_urgent", HANDLER, object="vehicle", what="x", at=on(0), officers=TWO, **PROOF)
    assert missing(now, "discard", LEADER, reason="x") == {"side_open"}
    now = do(now, "measure_lifted", LEADER, side=now.sides[0].id, at=on(0), reason="x")
    assert do(now, "discard", LEADER, reason="x").state == "closed_no_case"


def test_a_seizure_that_stands_still_is_extended_when_the_appraisal_is_back() -> None:
    now = do(investigating(), "measure_asked", HANDLER, object="vehicle", what="x", reason="x")
    side = {"side": now.sides[0].id}
    now = do(now, "measure_approved", LEADER, at=on(0), **side)
    now = do(now, "appraisal_ordered", HANDLER, days(10), at=on(10), what="残液", **side)
    assert missing(now, "measure_extended", LEADER, days(12), reason="x", **side) == {"appraisal_out"}
    now = do(now, "appraisal_back", HANDLER, days(20), at=on(20), result="x", **side)
    facts = now.sides[0].facts
    assert (facts["at"], facts["what"], facts["result"]) == (on(0), "x", "x"), "the measure's own, not the appraisal's"
    assert clock(do(now, "measure_extended", LEADER, days(21), reason="x", **side), "seizure_extension")


def surcharge(now: Any, day: int) -> int:
    return owed_now(Ask(now, MOVES[0], {}, MACHINE, days(day), law())).surcharge_fen


def test_what_was_late_before_later_payment_was_asked_for_stays_owed() -> None:
    now = do(demanded(), "instalments_asked", HANDLER, days(35), reason="困难", until=on(90)[:10])
    late = surcharge(now, 34)
    now = do(now, "instalments_granted", LEADER, days(38), until=on(90)[:10], reason="x")
    assert late > 0 and surcharge(now, 38) == surcharge(now, 90) == late, "from the day on which it was asked for"
    assert surcharge(now, 92) == late + 2 * 15_000
    early = do(served(), "instalments_asked", HANDLER, days(3), reason="困难", until=on(90)[:10])
    early = do(early, "instalments_granted", LEADER, days(40), until=on(90)[:10], reason="x")
    assert surcharge(early, 90) == 0, "who asked in time is not charged for the office's time"


def test_what_was_paid_too_much_is_named_and_given_back_before_the_case_is_closed() -> None:
    now = pays(do(served(), "appeal_filed", HANDLER, appeal="review", at=on(0), body="县政府", **PROOF), 500_000)
    lower = [FIRST | {"kind": "fine", "amount_cny": 2_000}]
    end = {"side": now.sides[-1].id, "at": on(0), "text": "变更", "penalties": lower, **PROOF}
    now = issued(do(do(now, "appeal_changed", HANDLER, **end), "paid_in_full", HANDLER), "closing_report")
    assert "overpaid" in missing(now, "close", HANDLER)
    back = {"paid_at": on(0), "receipt": "2", **PROOF}
    assert missing(now, "payment_returned", HANDLER, amount_fen=300_001, **back) == {"not_overpaid"}
    now = do(now, "payment_returned", HANDLER, amount_fen=300_000, **back)
    assert "overpaid" not in missing(now, "close", HANDLER)
    assert missing(now, "payment_returned", HANDLER, amount_fen=1, **back) == {"not_overpaid"}


def test_what_was_paid_on_a_decision_that_is_revoked_is_given_back() -> None:
    now = do(pays(served(), 500_000), "decision_revoked", LEADER, reason="x", revoked_at=on(0))
    assert {"overpaid"} <= missing(now, "archive", HANDLER) & missing(now, "reopen", LEADER, reason="x")
    now = do(now, "payment_returned", HANDLER, amount_fen=500_000, paid_at=on(0), receipt="2", **PROOF)
    assert not {"overpaid"} & (missing(now, "archive", HANDLER) | missing(now, "reopen", LEADER, reason="x"))


def test_the_limitation_waits_for_the_opening_alone_unless_it_had_run_out_by_then() -> None:
    opened = {"what": "inspection", "tier": "high", "found_at": on(0)}
    new = replace(case(), state=NEW, clocks=())
    late, soon = (do(new, "opened", MACHINE, **opened, conduct_at=on(one)) for one in (-800, -1))
    assert clock(late, "limitation") and clock(soon, "limitation")
    asked = [do(one, "accept", HANDLER) for one in (late, soon)]
    asked = [do(one, "propose_opening", HANDLER, cause="x", investigators=TWO) for one in asked]
    late, soon = (do(one, "opening_approved", LEADER) for one in asked)
    assert clock(late, "limitation") and not clock(soon, "limitation")
