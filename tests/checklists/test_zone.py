"""Every time that a person reads is Beijing's, to the minute."""

from datetime import UTC, datetime

import pytest

from checklists import words
from checklists.facts.situation import Situation
from checklists.goods.listing import load_tables
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look
from checklists.zone import clock_text, read_clock

NIGHT = datetime(2026, 11, 28, 17, 30, 22, 684000, UTC)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("2026-11-28 13:33:22.684000+00:00", "2026-11-28 21:33"),
        ("2026-11-28T17:30:22.684Z", "2026-11-29 01:30"),
        ("2026-11-28T21:33:22+08:00", "2026-11-28 21:33"),
        ("2026-11-28 21:33", "2026-11-28 21:33"),
        ("2026-11-28", "2026-11-28"),
        ("2026-13-41T17:30:22Z", "2026-13-41T17:30:22Z"),
        ("蒙K12345", "蒙K12345"),
    ],
)
def test_a_time_of_an_old_record_is_read_in_beijing_to_the_minute(raw, read):
    assert read_clock(raw) == read
    assert words.value(raw, words.say("zh_CN")) == read


def test_a_rule_remembers_times_as_they_are_read():
    look = Look(Context(Situation(NIGHT), load_tables()), "R14")
    look.note("at", NIGHT)
    assert look.values[0].value == "2026-11-29 01:30"


def test_a_time_at_the_end_of_all_years_can_still_be_shown():
    assert clock_text(datetime.max.replace(tzinfo=UTC)).startswith("9999-12-31")


@pytest.mark.parametrize("rule", ["R14", "R20", "R22"])
def test_no_result_shows_seconds_or_another_zone(rule, results):
    shown = [
        value.value
        for result in results({"terminal.last_fix_at": "2026-11-21T01:30:22.684Z", "terminal.online": True})
        for value in (*result.values, *result.warnings)
        if result.rule == rule and value.value
    ]
    assert not any("+00:00" in one or one.endswith("Z") or one.count(":") > 1 for one in shown)
