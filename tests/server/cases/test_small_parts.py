"""The small pure parts of case work: grouping, escalation, folding, money, fields, numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.wire import instant
from server.cases.casefile import Clock
from server.cases.documents import number_of
from server.cases.ends import day_in, day_text, end_of, over_at
from server.cases.escalation import level_of, responsible
from server.cases.fields import faults
from server.cases.grouping import grouped, tier_of
from server.cases.machine import prospects
from server.cases.money import fine_of, owed
from server.cases.people_guards import _two, people
from server.folding import fold, fold_number, starts
from tests.server.cases.clerks import HANDLER, LEADER, START, case, do, law, missing
from tests.server.cases.test_opening import finding


def test_one_violation_stands_once_with_all_facts_that_show_it() -> None:
    sides = [finding(item="PLA-02", rule="R10", case=f"side-{one}", violation="CN-PLA-02") for one in "abcde"]
    law_row = {"basis": {"law": "x", "clause": "1"}, "min_cny": 1}
    shown = [("tablet", {**one, "penalty": [law_row], "severity": "III"}) for one in sides]
    shown.append(("server", finding(severity="I", simple="no", verified=True)))
    groups = grouped([*shown, *shown])
    assert [(one.violation, one.severity, len(one.facts)) for one in groups] == [
        ("CN-LIC-05b", "I", 1),
        ("CN-PLA-02", "III", 5),
    ]
    assert groups[1].penalty == (law_row,), "the law stands once however many facts there are"
    assert not groups[1].verified and groups[0].simple == "no"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["I", "II", "III"])), max_size=12))
def test_grouping_loses_no_fact_and_doubles_no_violation(rows: list[tuple[str, str]]) -> None:
    given_ = [("tablet", finding(item=str(n), violation=code, severity=sev)) for n, (code, sev) in enumerate(rows)]
    groups = grouped(given_)
    assert sum(len(one.facts) for one in groups) == len(rows)
    assert len({one.violation for one in groups}) == len(groups) == len({code for code, _sev in rows})
    for one in groups:
        assert one.severity == min(sev for code, sev in rows if code == one.violation)


@pytest.mark.parametrize(
    ("severities", "tier"), [(["III", "I"], "high"), (["II"], "medium"), (["III"], "low"), ([], "low")]
)
def test_the_tier_of_a_case_is_that_of_its_gravest_violation(severities: list[str], tier: str) -> None:
    assert tier_of(severities) == tier


def over(hours: float, rule: str = "decision") -> Clock:
    return Clock(rule, rule, "v", "2026-01-01", "x", "2026-03-01", instant(START - timedelta(hours=hours)), "sure")


@pytest.mark.parametrize(
    ("tier", "hours", "owner", "level"),
    [
        ("high", -1, "wang", "owner"),
        ("high", 1, "wang", "leader"),
        ("high", 25, "wang", "supervisor"),
        ("medium", 1, "wang", "owner"),
        ("medium", 25, "wang", "leader"),
        ("medium", 73, "wang", "supervisor"),
        ("low", 71, "wang", "owner"),
        ("low", 169, "wang", "supervisor"),
        ("low", -1, "", "leader"),
        ("low", 1, "", "leader"),
    ],
)
def test_what_is_overdue_goes_up_by_tier_and_nothing_is_unowned(
    tier: str, hours: float, owner: str, level: str
) -> None:
    assert responsible(over(hours), tier, owner, START).level == level


def test_a_right_of_the_party_that_has_run_out_is_nobodys_fault() -> None:
    assert not responsible(over(99, "suit"), "high", "wang", START).overdue
    assert not responsible(replace(over(99), paused_from="2026-02-01"), "high", "wang", START).overdue


def test_a_case_that_nobody_has_taken_is_the_leaders_and_then_the_supervisors() -> None:
    now = case(tier="high")
    assert level_of(now, START).level == "leader"
    assert level_of(now, START + timedelta(days=30)).level == "supervisor"


@pytest.mark.parametrize("text", ["蒙K·12345", "蒙k 12345", "蒙Ｋ１２３４５", "蒙K-12345", " 蒙K.12345"])
def test_however_a_number_is_written_it_is_one(text: str) -> None:
    assert fold(text) == "蒙K12345"


@pytest.mark.parametrize("text", ["示停〔2026〕12号", "示停[2026] 12 号", "示停（２０２６）12号", "示停2026-12号"])
def test_the_number_of_a_document_is_one_in_whatever_brackets(text: str) -> None:
    assert fold_number(text) == "示停2026-12号" != fold_number("示停〔2026〕1-2号")


@given(st.text(max_size=20))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_is_found_from_each_of_its_signs() -> None:
    assert starts("顺达运输", name=True) == ("顺达运输", "达运输", "运输", "输")
    assert "2345" in starts("蒙K12345", name=False) and starts("", name=False) == ()
    assert starts("1203", name=False) == ("1203", "203")
    assert {"0MA0N3K4P0Q", "4P0Q"} <= set(starts("91150600MA0N3K4P0Q", name=False))


@pytest.mark.parametrize(
    ("payments", "today", "idle", "left"),
    [
        ([], "2026-03-15", [], 100_000),
        ([], "2026-03-16", [], 103_000),
        ([], "2026-03-25", [], 130_000),
        ([], "2027-03-25", [], 200_000),
        ([("2026-03-10", 100_000)], "2026-04-01", [], 0),
        ([("2026-03-10", 50_000)], "2026-03-17", [], 53_000),
        ([("2026-03-16", 100_000)], "2026-04-01", [], 3_000),
        ([], "2026-03-25", [("2026-03-18", "2026-03-22")], 115_000),
        ([], "2026-03-25", [("2026-03-16", "")], 100_000),
    ],
)
def test_a_late_fine_grows_by_three_per_cent_a_day_up_to_itself(
    payments: Any, today: str, idle: Any, left: int
) -> None:
    assert owed(1_000, "2026-03-15", today, payments, idle).left == left


@given(st.integers(0, 10_000), st.integers(0, 400), st.lists(st.integers(0, 500_000), max_size=4))
def test_a_surcharge_never_passes_the_fine(fine: int, days: int, paid: list[int]) -> None:
    today = (datetime(2026, 3, 15, tzinfo=UTC) + timedelta(days=days)).date().isoformat()
    told = owed(fine, "2026-03-15", today, [("2026-03-20", one) for one in paid])
    assert 0 <= told.surcharge_fen <= told.fine_fen and told.left >= 0


def test_only_fines_are_money() -> None:
    assert (
        fine_of([{"kind": "fine", "amount_cny": 5}, {"kind": "confiscation", "amount_cny": 7}, {"kind": "warning"}])
        == 5
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"reason": " "}, {("field_wrong", "reason")}),
        ({}, {("field_missing", "reason")}),
        ({"reason": "x", "extra": 1}, {("field_unknown", "extra")}),
        ({"reason": "x\0"}, {("field_wrong", "reason"), ("field_wrong", "data")}),
        ({"reason": "x", "at": "2026-02-30"}, {("field_wrong", "at")}),
        ({"reason": "x", "at": "2026-02-03T10:00:00"}, {("field_wrong", "at")}),
        ({"reason": "x", "at": "9999-12-31"}, {("field_wrong", "at")}),
        ({"reason": "x", "at": "2026-02-03T10:00:00+08:00"}, set()),
        ({"reason": "x", "at": True}, {("field_wrong", "at")}),
        ({"reason": "x" * 20_001}, {("field_wrong", "reason")}),
        ({"reason": "x", "law": [{"law": "a\0"}]}, {("field_wrong", "data")}),
        ({"reason": "x", "law": [{"law": 1.5}]}, {("field_wrong", "data")}),
        (
            {"reason": "x", "penalties": [{"violation": "a", "kind": "fine", "amount_cny": -1}]},
            {("field_wrong", "penalties")},
        ),
        ({"reason": "x", "officers": [{"name": ""}]}, {("field_wrong", "officers")}),
    ],
)
def test_every_field_is_checked_and_all_faults_are_told(data: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert set(faults(("reason",), ("at", "law", "penalties", "officers"), data)) == found


def test_a_number_bears_the_sign_of_the_office_and_of_the_form() -> None:
    assert number_of("示交", "decision", 2026, 7) == "示交罚〔2026〕7号"


def test_ends_are_text_of_the_law_and_an_instant() -> None:
    end = end_of(law(), "payment", "2026-03-02", "party")
    assert (end.due, end.due_at, end.sure) == ("2026-03-17", "2026-03-17T16:00:00.000Z", "sure")
    hours = end_of(law(), "police_report", "2026-03-02T02:00:00Z", "duty")
    assert hours.due == hours.due_at == "2026-03-03T02:00:00.000Z"
    assert end_of(law(), "police_report", "2026-03-02", "duty").why == "time_unknown"
    assert end_of(law(), "nothing", "2026-03-02", "duty").why == "term_unknown"
    assert end_of(law(), "service", "2050-03-02", "duty").sure == "manual"
    assert day_text("2026-03-01T17:00:00Z") == "2026-03-02" and over_at(START) == instant(START)


@pytest.mark.parametrize(
    "text", ["20261210", "2026-W50-4", "2026-12-1", "２０２６-12-10", "2026-12-10 ", "2026-02-30", "", "soon"]
)
def test_a_day_has_one_form_because_days_are_compared_as_text(text: str) -> None:
    assert day_in(text) is None
    assert day_in("2026-12-10") == date(2026, 12, 10)


def test_what_may_be_tried_says_what_stands_in_the_way() -> None:
    now = replace(do(case(), "accept", HANDLER), links=(("CN-EQP-01", "CN-TNK-05"),))
    told = {one.move.event: one.blocked for one in prospects(now, HANDLER, START, law())}
    assert [one.code for one in told["propose_opening"]] == ["link_undecided"]
    assert "opening_approved" not in told and told["return_for_supplement"] == ()
    assert "discard" not in {one.move.event for one in prospects(now, LEADER, START, law())}


def test_late_money_asks_for_nothing_more_once_it_was_demanded_and_the_court_waits_for_the_remedies() -> None:
    from server.cases.casefile import Clock
    from server.cases.clockwork import duty_due, next_due, pending

    def clock(rule: str, started: str, due: str, **more: str) -> Clock:
        return Clock(rule, rule, "x", started, "x", due, f"{due}T16:00:00.000Z", "sure", **more)

    late = clock("payment", "2026-01-05", "2026-01-20")
    assert duty_due([late]) == next_due([late])[0] == late.due_at
    wait, suit = clock("demand_wait", "2026-02-02", "2026-02-16"), clock("suit", "2026-01-05", "2026-07-05")
    court = clock("court_application", "2026-07-05", "2026-10-05")
    held = [late, wait, suit, court]
    assert [one.rule for one in pending(held)] == ["demand_wait", "court_application"]
    assert next_due(held) == (suit.due_at, "demand_wait"), "the court is asked after the party's remedies"
    assert duty_due(held) == court.due_at
    over = clock("demand_wait", "2026-02-02", "2026-02-16", ended_at="2026-10-01T00:00:00.000Z")
    assert pending([late, over]) == (), "at the court nothing is owed by the office"
    later = clock("instalments", "2026-03-01", "2026-06-01")
    assert pending([over, later]) == (later,), "money that was granted later, and is late again"


@pytest.mark.parametrize("at", ["2026-02-30", "0001-01-01", "soon"])
def test_a_day_that_is_none_is_told_and_stops_no_guard(at: str) -> None:
    executing = replace(case(), state="executing")
    assert "field_wrong" in missing(executing, "decision_revoked", LEADER, reason="依据有误", revoked_at=at)


def test_two_officers_of_one_name_are_two_by_their_cards() -> None:
    both = [{"name": "张伟", "card": card} for card in ("15060001", "15060002")]
    assert not list(_two(people(both), "two_officers"))
    for rows in (both[:1], [both[0], both[0]], [both[0], {"name": "", "card": "15060002"}], [both[0], {"name": "李"}]):
        assert list(_two(people(rows), "two_officers"))
