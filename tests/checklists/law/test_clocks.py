"""Terms counted in days, working days, hours, months and years."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.authoring.loader import load_law
from checklists.goods.listing import load_tables
from checklists.law.clocks import Calendar, Due, calendar_of, due, is_workday, working_days_between
from checklists.law.model import UNITS, Term
from checklists.words import DUE, TERM_SENSES, TERM_STARTS, TERM_UNITS

TABLES = load_tables()
CALENDAR = calendar_of(TABLES)
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


def test_a_last_day_on_which_nobody_works_stays_and_is_marked():
    assert due(term(3, "days"), date(2026, 9, 30), CALENDAR) == Due("due", date(2026, 10, 3), rest_day=True)


def test_a_day_outside_the_calendar_is_never_guessed():
    assert due(term(7, "working_days"), date(2026, 12, 22), CALENDAR) == Due("uncovered")
    assert due(term(1, "working_days"), date(2003, 12, 1), CALENDAR) == Due("uncovered")
    assert is_workday(date(2027, 1, 4), CALENDAR) is None
    assert working_days_between(date(2026, 12, 20), date(2027, 1, 5), CALENDAR) is None


def test_calendar_days_need_no_calendar_but_say_that_the_last_day_is_open():
    assert due(term(90, "days"), date(2026, 11, 21), CALENDAR) == Due("due", date(2027, 2, 19), rest_day=None)


def test_the_last_days_of_the_last_year_wait_for_the_next_notice():
    assert is_workday(date(2026, 12, 24), CALENDAR) is True
    assert is_workday(date(2026, 12, 28), CALENDAR) is None


def test_a_term_without_a_number_has_no_day():
    assert due(TERMS["handover"], date(2026, 9, 28), CALENDAR) == Due("no_fixed_term")


def test_without_a_table_no_day_is_covered():
    assert is_workday(date(2026, 9, 28), Calendar.of(())) is None
    assert due(term(5, "working_days"), date(2026, 9, 28), Calendar.of(())) == Due("uncovered")


def test_working_days_between_count_the_last_day_and_not_the_first():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 23), CALENDAR) == 1
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 20), CALENDAR) == -1
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 23), CALENDAR) == 0


DAYS = st.dates(date(2005, 1, 1), date(2026, 10, 1))


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between_an_event_and_the_end_of_its_term(day, amount):
    end = due(term(amount, "working_days"), day, CALENDAR).last
    assert isinstance(end, date)
    assert working_days_between(day, end, CALENDAR) == amount
    assert is_workday(end, CALENDAR)


@given(DAYS, st.integers(1, 90), st.sampled_from([one for one in UNITS if one != "hours"]))
def test_a_longer_term_never_ends_earlier(day, amount, unit):
    shorter, longer = (due(term(one, unit), day, CALENDAR).last for one in (amount, amount + 1))
    assert shorter is None or longer is None or shorter <= longer


@pytest.mark.parametrize("one", TERMS.values(), ids=lambda one: one.id)
def test_every_term_of_the_data_can_be_counted(one):
    found = due(one, datetime.fromisoformat("2026-03-02T09:30:00+08:00"), CALENDAR)
    assert found.status == ("no_fixed_term" if one.amount is None else "due")
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
        ("police_evidence_registration", 7, "days", "police-case-rules", "110"),
    ],
)
def test_terms_that_were_read_name_their_clause(name, amount, unit, law, clause):
    held = TERMS[name]
    assert (held.amount, held.unit, held.verified) == (amount, unit, True)
    assert (held.basis[0].law, held.basis[0].clause) == (law, clause)


@pytest.mark.parametrize("name", ["review", "suit", "crime_transfer_decision", "case_opening_local", "police_report"])
def test_a_term_without_a_clause_that_was_read_is_not_verified(name):
    assert not TERMS[name].verified


def test_the_answers_have_words():
    assert {"uncovered", "no_fixed_term", "rest_day"} <= set(DUE)


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
