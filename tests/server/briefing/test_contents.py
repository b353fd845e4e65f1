"""A briefing says what its figures carry, and of what is not known that it is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from server.briefing import charts, contents, opening
from server.briefing.blocks import Table
from server.briefing.charts import Bar, Pair
from server.briefing.values import Briefing, Month, Unseen
from server.figures.asking import Asked
from server.figures.rates import share
from server.figures.sums import NOTHING, SUMMED, Sums


def sums(**told: int) -> Sums:
    return tuple(told.get(name, 0) for name in SUMMED)


NOW = sums(checks=200, found=80, violations=120, serious=9, ordered=30, cased=70, decided=10, corrected=40)
BEFORE = sums(checks=100, found=60, violations=90, serious=9, ordered=20, cased=50, decided=45, corrected=50)
TOLD = Briefing(
    "示例县", "2026-11-29 10:00", Asked(date(2026, 8, 1), date(2026, 10, 31)), (), NOW, BEFORE, "2024-01-01",
    (Month("2026-08", NOW, BEFORE), Month("2026-09", NOTHING, None)), (("m5", 150), ("later", 50)), (), 0, (),
    (Unseen("G109", 200, 5), Unseen("not known", 3, 20, named=False)), 4, ("示例化工园区东门",), 2,
)  # fmt: skip


def said(told: Briefing) -> str:
    return "\n".join(opening.sentences(told, str))


def table(told: Briefing, name: str) -> dict[str, tuple[str, ...]]:
    blocks = contents.sheet(told, str).blocks
    one = next(one for one in blocks if isinstance(one, Table) and name in one.name)
    return {row[0]: row[1:] for row in one.rows}


def test_the_opening_has_the_figures_and_the_difference_with_its_interval() -> None:
    text = said(TOLD)
    assert "200 checks were made. In 80 of them something was found, 40.0%" in text and "120" in text
    assert "The share is 20.0 percentage points lower (95 percent interval -31" in text
    assert "At 5 of 24 hours of the day on 1 roads nobody looked, and at 1 of 4 known sites" in text


def test_a_year_before_that_is_not_wholly_known_is_no_zero() -> None:
    told = replace(TOLD, before=None, kept_from="2026-01-05")
    assert "begin on 2026-01-05" in said(told) and "lower" not in said(told)
    rows = table(told, "same days of the year before")
    assert {row[2:] for row in rows.values()} == {("—", "—", "—", "not compared")}


@pytest.mark.parametrize(
    ("before", "words"), [(sums(checks=29, found=1), "fewer than 30"), (NOTHING, "nobody checked: no share")]
)
def test_what_small_numbers_cannot_show_is_not_said(before: Sums, words: str) -> None:
    told = replace(TOLD, before=before)
    assert words in said(told) and "more than chance" not in said(told)


def test_what_had_a_year_more_time_is_not_compared() -> None:
    rows = table(TOLD, "same days of the year before")
    assert (
        rows["checks put right"][-2:]
        == rows["checks with a decision"][-2:]
        == ("—", "the year before had a year more time")
    )
    assert rows["checks with findings"][-1] == "more than chance explains"
    assert rows["vehicles not let go on"][-1] == "may be chance"
    assert rows["checks counted"][3:] == ("—", "—", "—")


def test_of_a_span_without_checks_nothing_is_said_but_that() -> None:
    told = replace(TOLD, now=NOTHING)
    assert "no check is on record" in said(told) and "0 of them" not in said(told)
    assert not [one for one in contents.sheet(told, str).blocks if isinstance(one, Table)]


def test_of_one_item_nothing_is_told_that_may_rest_on_others() -> None:
    told = replace(TOLD, asked=replace(TOLD.asked, item="LOD-02"))
    assert "looked at in 200 checks and failed in 80" in said(told) and "vehicles not let go on" not in said(told)
    assert set(table(told, "same days of the year before")) == {"checks counted", "checks with findings"}


def test_records_that_are_not_counted_yet_are_told() -> None:
    assert any("doubted: 2." in getattr(one, "text", "") for one in contents.sheet(TOLD, str).blocks)


def test_bars_are_as_long_as_their_numbers_and_name_them() -> None:
    drawn = charts.bars([Bar("一", 1.0, "8 (100.0%)"), Bar("<&>", 0.5, "4 (50.0%)")])
    assert 'width="290.0"' in drawn and 'width="145.0"' in drawn and "4 (50.0%)" in drawn and "&lt;&amp;&gt;" in drawn


def test_a_month_in_which_nobody_checked_has_a_question_mark_and_no_bar() -> None:
    drawn = charts.months([Pair("2026-08", share(0, 0), None)], "now", "")
    assert ">?<" in drawn and drawn.count("<rect") == 3  # the hatching's two, and the key
