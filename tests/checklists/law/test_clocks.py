"""Terms counted in days, working days, hours, months and years."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods import holidays
from checklists.goods.listing import load_tables
from checklists.law.clocks import STATUSES, Calendar, Due, calendar_of, due, is_workday
from checklists.law.model import SENSES, UNITS, Term
from checklists.words import DUE, TERM_SENSES, TERM_STARTS, TERM_UNITS
from tests.loaded import load_law

TABLES = load_tables()
CALENDAR = calendar_of(TABLES)
BY_NOTICE = Calendar.of(TABLES.holidays)
"""What the notices alone tell."""
TERMS = load_law().terms


def term(amount: int | None, unit: str, sense: str = "within") -> Term:
    return Term("t", {}, amount, unit, "order", sense)


def last(amount: int, unit: str, start: str, sense: str = "within") -> str:
    return str(due(term(amount, unit, sense), date.fromisoformat(start), CALENDAR).last)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-13", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-05-01", False),
        ("2026-10-10", True),
        ("2026-11-21", False),
        ("2026-11-23", True),
        ("2025-01-26", True),
        ("2024-02-18", True),
    ],
)
def test_holidays_and_make_up_workdays_are_known(day, works):
    assert is_workday(date.fromisoformat(day), CALENDAR) is works


def test_working_days_before_spring_festival_use_the_made_up_saturday():
    assert last(1, "working_days", "2026-02-13") == "2026-02-14"
    assert last(2, "working_days", "2026-02-13") == "2026-02-24"


@pytest.mark.parametrize(
    ("amount", "start", "end"),
    [(7, "2026-09-28", "2026-10-13"), (5, "2026-09-24", "2026-10-09"), (7, "2026-11-20", "2026-12-01")],
)
def test_working_days_skip_the_holidays(amount, start, end):
    assert last(amount, "working_days", start) == end


def test_the_day_of_the_event_is_not_counted():
    assert last(15, "days", "2026-09-28") == "2026-10-13"
    assert last(1, "working_days", "2026-11-23") == "2026-11-24"


def test_a_term_before_an_event_is_counted_back():
    assert last(7, "working_days", "2026-10-20", "before") == "2026-10-10"
    assert last(3, "days", "2026-10-20", "before") == "2026-10-17"


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (6, "months", "2026-08-31", "2027-02-28"),
        (1, "months", "2027-12-31", "2028-01-31"),
        (3, "months", "2026-11-30", "2027-02-28"),
        (2, "years", "2024-02-29", "2026-02-28"),
        (5, "years", "2026-11-21", "2031-11-21"),
        (90, "days", "2026-11-21", "2027-02-19"),
    ],
)
def test_months_and_years_end_on_the_same_day_or_the_last_of_the_month(amount, unit, start, end):
    assert last(amount, unit, start) == end


def test_hours_run_from_the_minute_through_the_night():
    start = datetime.fromisoformat("2026-09-30T20:15:00+08:00")
    found = due(term(24, "hours"), start, CALENDAR)
    assert (found.last, found.rest_day) == (start + timedelta(hours=24), True)


def test_hours_without_a_time_are_refused():
    with pytest.raises(ValueError, match="hours"):
        due(term(24, "hours"), date(2026, 9, 28), CALENDAR)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        due(term(5, "days"), datetime(2026, 9, 28, 9), CALENDAR)  # noqa: DTZ001 - the mistake under test


def test_the_day_of_an_event_is_the_one_in_beijing():
    late = datetime(2026, 9, 27, 17, 0, tzinfo=UTC)
    assert due(term(15, "days"), late, CALENDAR).last == date(2026, 10, 13)


def test_a_last_day_on_which_nobody_works_stays_and_is_marked_where_no_clause_moves_it():
    found = due(term(3, "days"), date(2026, 9, 30), CALENDAR)
    assert (found.status, found.last, found.rest_day) == ("sure", date(2026, 10, 3), True)


def test_a_clause_moves_the_end_to_the_first_workday():
    rolling = replace(term(3, "days"), rolls_to="next_workday")
    assert due(rolling, date(2026, 9, 30), CALENDAR).last == date(2026, 10, 8)
    assert due(rolling, date(2026, 9, 16), CALENDAR).last == date(2026, 9, 20), "a Sunday that is worked"
    assert due(rolling, date(2026, 11, 18), CALENDAR).last == date(2026, 11, 23), "a plain weekend"


def test_a_day_of_which_not_even_the_law_is_known_is_never_guessed():
    assert due(term(7, "working_days"), date(2026, 12, 22), BY_NOTICE) == Due("manual", why="uncovered")
    assert due(term(1, "working_days"), date(2003, 12, 1), CALENDAR) == Due("manual", why="uncovered")
    assert due(term(7, "working_days"), date(2050, 12, 22), CALENDAR) == Due("manual", why="uncovered")
    assert is_workday(date(2027, 1, 4), CALENDAR) is None


def test_calendar_days_need_no_calendar_but_say_that_the_last_day_is_open():
    found = due(term(90, "days"), date(2026, 11, 21), CALENDAR)
    assert (found.status, found.last, found.rest_day) == ("sure", date(2027, 2, 19), None)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("demand_wait", "2026-09-28", "2026-10-16"),
        ("police_suspension", "2026-09-30", "2026-10-10"),
        ("police_revocation", "2026-09-30", "2026-10-15"),
        ("police_evidence_registration", "2026-09-28", "2026-10-13"),
        ("police_appearance", "2026-09-28", "2026-10-23"),
        ("review", "2026-08-05", "2026-10-08"),
        ("suit", "2026-04-02", "2026-10-08"),
        ("suit_after_review", "2026-09-17", "2026-10-08"),
        ("suit_appeal", "2026-09-17", "2026-10-08"),
        ("points_study", "2026-09-03", "2026-10-08"),
        ("police_hearing_held", "2026-09-25", "2026-10-08"),
        ("cash_hand_in", "2026-09-30", "2026-10-09"),
    ],
)
def test_terms_end_as_their_law_counts_them(name, start, end):
    found = due(TERMS[name], date.fromisoformat(start), CALENDAR)
    assert (found.status, str(found.last), found.rest_day) == ("sure", end, False)
    assert TERMS[name].verified


def test_before_the_notice_who_acts_gets_the_earliest_day_and_who_waits_the_latest():
    duty, wait = (due(term(10, "working_days", one), date(2027, 1, 28), CALENDAR) for one in ("within", "after"))
    assert (duty.status, duty.why) == (wait.status, wait.why) == ("provisional", "notice_not_out")
    assert duty.last == duty.earliest < wait.last == wait.latest
    assert (duty.earliest, duty.latest) == (wait.earliest, wait.latest)


def test_far_from_holidays_a_provisional_end_has_no_range_and_is_still_marked():
    found = due(TERMS["service"], date(2027, 7, 1), CALENDAR)
    assert (found.status, found.earliest, found.latest) == ("provisional", date(2027, 7, 12), date(2027, 7, 12))


def test_the_statutory_rest_days_are_no_workdays_before_any_notice():
    assert is_workday(date(2027, 10, 1), CALENDAR) is False
    assert is_workday(date(2027, 2, 5), CALENDAR) is False, "the eve of the Spring Festival, since the rules of 2024"


def test_days_beyond_the_calendar_of_the_machine_are_counted_by_hand():
    assert due(term(90, "days"), date(9999, 12, 1), CALENDAR) == Due("manual", why="uncovered")


def test_the_last_days_of_the_last_year_wait_for_the_next_notice():
    assert is_workday(date(2026, 12, 24), CALENDAR) is True
    assert is_workday(date(2026, 12, 28), CALENDAR) is None


def test_a_term_without_a_number_has_no_day():
    assert due(TERMS["handover"], date(2026, 9, 28), CALENDAR) == Due("manual", why="no_fixed_term")


def test_without_a_table_no_day_is_covered():
    assert is_workday(date(2026, 9, 28), Calendar.of(())) is None
    assert due(term(5, "working_days"), date(2026, 9, 28), Calendar.of(())) == Due("manual", why="uncovered")


DAYS = st.dates(date(2005, 1, 1), date(2026, 10, 1))


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between_an_event_and_the_end_of_its_term(day, amount):
    end = due(term(amount, "working_days"), day, CALENDAR).last
    assert isinstance(end, date)
    between = (day + timedelta(days=number) for number in range(1, (end - day).days + 1))
    assert sum(bool(is_workday(one, CALENDAR)) for one in between) == amount
    assert is_workday(end, CALENDAR)


WITHOUT = {
    year: Calendar.of([row for row in TABLES.holidays if holidays.year_of(row) < year], TABLES.statutory_days)
    for year in range(2015, 2027)
}
"""What was known before the notice of each year."""
_YEARS: dict[str, set[int]] = {}
for _row in TABLES.holidays:
    _YEARS.setdefault(_row["name_zh"], set()).add(holidays.year_of(_row))
YEARLY = Calendar.of([one for one in TABLES.holidays if len(_YEARS[one["name_zh"]]) > 1], TABLES.statutory_days)
"""What the notices of the years told; a single memorial day, as in September 2015, had a notice of its own."""


@given(st.sampled_from(sorted(WITHOUT)), st.integers(0, 330), st.integers(1, 15), st.sampled_from(SENSES))
def test_what_a_notice_makes_of_a_term_lies_in_the_range_told_before_it(year, day, amount, sense):
    start = date(year, 1, 1) + timedelta(days=day)
    told, held = (due(term(amount, "working_days", sense), start, one) for one in (WITHOUT[year], YEARLY))
    assert told.status == "provisional"
    assert told.earliest <= held.last <= told.latest
    assert told.last <= held.last or sense == "after"
    assert told.last >= held.last or sense != "after"


@given(st.sampled_from(sorted(WITHOUT)), st.integers(0, 330), st.integers(1, 90))
def test_an_end_that_moves_over_rest_days_lies_in_the_range_told_before_the_notice(year, day, amount):
    start, rolling = date(year, 1, 1) + timedelta(days=day), replace(term(amount, "days"), rolls_to="next_workday")
    told, held = (due(rolling, start, one) for one in (WITHOUT[year], YEARLY))
    assert told.earliest <= held.last <= told.latest


@given(DAYS, st.integers(1, 30), st.sets(st.integers(1, 60), max_size=10))
def test_more_rest_days_never_end_a_term_of_working_days_earlier(day, amount, more):
    rest = CALENDAR.rest | {day + timedelta(days=one) for one in more}
    fewer = due(term(amount, "working_days"), day, CALENDAR).last
    assert due(term(amount, "working_days"), day, replace(CALENDAR, rest=rest)).last >= fewer


@given(DAYS, st.integers(1, 90), st.sampled_from([one for one in UNITS if one != "hours"]))
def test_a_longer_term_never_ends_earlier(day, amount, unit):
    shorter, longer = (due(term(one, unit), day, CALENDAR).last for one in (amount, amount + 1))
    assert shorter is None or longer is None or shorter <= longer


@pytest.mark.parametrize("one", TERMS.values(), ids=lambda one: one.id)
def test_every_term_of_the_data_can_be_counted(one):
    found = due(one, datetime.fromisoformat("2026-03-02T09:30:00+08:00"), CALENDAR)
    assert (found.status, found.why) == (("manual", "no_fixed_term") if one.amount is None else ("sure", ""))
    assert one.starts in TERM_STARTS and one.sense in TERM_SENSES and (one.amount is None or one.unit in TERM_UNITS)
    assert not one.extends or one.extends in TERMS


@pytest.mark.parametrize(
    ("name", "amount", "unit", "law", "clause"),
    [
        ("evidence_registration", 7, "working_days", "penalty-law", "56"),
        ("hearing_request", 5, "working_days", "penalty-law", "63–64"),
        ("service", 7, "working_days", "penalty-law", "61"),
        ("payment", 15, "days", "penalty-law", "67"),
        ("decision", 90, "days", "penalty-law", "60"),
        ("seizure", 30, "days", "compulsion-law", "25"),
        ("court_application", 3, "months", "compulsion-law", "53–54"),
        ("simple_report", 5, "days", "transport-procedure-rules", "61(8)"),
        ("police_evidence_registration", 7, "working_days", "police-case-rules", "110"),
        ("demand_wait", 10, "working_days", "compulsion-law", "54"),
        ("police_appearance", 15, "working_days", "traffic-procedure-rules", "25(3)"),
        ("police_report", 24, "hours", "traffic-procedure-rules", "46"),
        ("police_vehicle", 24, "hours", "traffic-procedure-rules", "28"),
        ("police_simple_report", 2, "working_days", "traffic-procedure-rules", "44"),
        ("police_hearing_accept", 2, "days", "police-case-rules", "135"),
        ("police_hearing_held", 10, "days", "police-case-rules", "137"),
        ("police_public_notice", 60, "days", "police-case-rules", "36"),
        ("cash_hand_in", 2, "working_days", "penalty-law", "71"),
        ("withdraw_publication", 3, "working_days", "penalty-law", "48"),
        ("review", 60, "days", "review-law", "20"),
        ("suit", 6, "months", "administrative-litigation-law", "46"),
        ("suit_after_review", 15, "days", "administrative-litigation-law", "45"),
        ("suit_appeal", 15, "days", "administrative-litigation-law", "85"),
        ("points_study", 30, "days", "traffic-points-rules", "29"),
        ("crime_transfer_decision", 3, "days", "crime-transfer-rules", "5"),
    ],
)
def test_terms_that_were_read_name_their_clause(name, amount, unit, law, clause):
    held = TERMS[name]
    assert (held.amount, held.unit, held.verified) == (amount, unit, True)
    assert (held.basis[0].law, held.basis[0].clause) == (law, clause)


WORKING = {
    "penalty-law": ("85", {2, 3, 5, 7}),
    "compulsion-law": ("69", set(range(1, 11))),
    "traffic-procedure-rules": ("81", {2, 3, 5, 7, 10, 15}),
    "review-law": ("88", {3, 5, 7, 10}),
}
"""The terms in days that a law makes working days, and by which clause; 记分办法 36 and 民事诉讼法 85 make none."""


@pytest.mark.parametrize("one", TERMS.values(), ids=lambda one: one.id)
def test_a_term_is_counted_in_working_days_where_its_law_says_so_and_names_the_clause(one):
    laws = {each.law: WORKING[each.law] for each in one.basis if each.law in WORKING}
    named = {(each.law, each.clause) for each in one.basis}
    if one.unit == "working_days":
        assert any((law, clause) in named and one.amount in amounts for law, (clause, amounts) in laws.items())
    if one.unit == "days":
        assert not any(one.amount in amounts for _, amounts in laws.values())


@pytest.mark.parametrize("one", TERMS.values(), ids=lambda one: one.id)
def test_a_term_that_moves_over_rest_days_names_the_clause_that_moves_it(one):
    said = {("police-case-rules", "35"), ("civil-procedure-law", "85"), ("traffic-points-rules", "36")}
    if one.rolls_to or one.start_day:
        assert said & {(each.law, each.clause) for each in one.basis}


@pytest.mark.parametrize("name", ["case_opening_local", "archive", "handover"])
def test_a_term_without_a_clause_that_was_read_is_not_verified(name):
    assert not TERMS[name].verified


def test_the_answers_have_words():
    assert {"uncovered", "no_fixed_term", "notice_not_out", "rest_day", *STATUSES} <= set(DUE)


def test_the_holiday_table_names_its_source_and_lies_within_its_years():
    rows = TABLES.holidays
    assert {row["kind"] for row in rows} == {"rest", "work"}
    assert all(row["source"] and row["name_zh"] for row in rows)
    assert len({row["day"] for row in rows}) == len(rows)
    assert all(date.fromisoformat(row["day"]).weekday() >= 5 for row in rows if row["kind"] == "work")


def test_the_command_tells_the_day_and_what_it_rests_on(capsys):
    assert main(["due", "service", "--from", "2026-09-28", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["due"], told["rest_day"], told["verified"]) == ("2026-10-13", False, True)
    assert [one["clause"] for one in told["basis"]] == ["61", "85"]


def test_the_command_tells_what_a_later_notice_may_move(capsys):
    assert main(["due", "demand_wait", "--from", "2027-01-28", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["why"], told["rest_day"]) == ("provisional", "notice_not_out", None)
    assert told["due"] == told["latest"] > told["earliest"]
    main(["due", "demand_wait", "--from", "2027-01-28"])
    assert "⚠" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["review", "suit", "suit_after_review", "police_suspension", "police_appearance", "police_hearing_held"]
)
def test_no_police_or_review_clock_rests_on_custom(name, capsys):
    main(["due", name, "--from", "2026-09-28"])
    told = capsys.readouterr().out
    assert "按惯例" not in told and "待核" not in told and "第" in told


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["--list"], 0),
        (["service", "--from", "2026-12-22"], 1),
        (["handover", "--from", "2026-09-28"], 1),
        (["compulsion_report", "--from", "2026-09-28T09:30"], 0),
        (["compulsion_report", "--from", "2026-09-28"], 2),
        (["unheard-of", "--from", "2026-09-28"], 2),
        (["payment"], 2),
        (["payment", "--from", "2026-13-28"], 2),
    ],
)
def test_the_command_says_by_its_code_whether_a_day_is_known(said, code, capsys):
    assert main(["due", *said]) == code
    assert any(capsys.readouterr())
