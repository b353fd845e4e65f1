"""Choosing the row of law by the load: what is not known leaves every row standing, and none accuses alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.definitions.citation import in_force
from checklists.definitions.definition import FACTS
from checklists.facts.parties import Party
from checklists.findings.finding import Finding
from checklists.law.cases import candidates, common, holds, may_hold, within
from checklists.law.model import Citation, Penalty, Violation, rows_on
from checklists.papers.paper import Block
from checklists.papers.paragraphs import Facts, finding_blocks
from tests.loaded import load_all

ALL = load_all()
CODES = sorted({row.code for row in ALL.violations if row.code.startswith("CN-")})
YES, NO = {"hazchem": ("yes",)}, {"hazchem": ("no",)}
SHARED = Citation("order-29", "2019 No. 29", "44", verified=True)
LAW = Citation("hazchem-law", "2025-12-27", "69¶1", verified=True)
FINE = Penalty(Citation("hazchem-law", "2025-12-27", "112(2)", verified=True), 50_000, 100_000)
LISTED = Violation("CN-X", {}, (SHARED, LAW), (FINE,), "carrier", ("P",), applies_when=YES)
OTHER = Violation("CN-X", {}, (SHARED,), (), "driver", ("T",), applies_when=NO)


@pytest.mark.parametrize(
    ("known", "chosen"),
    [
        ({"hazchem": frozenset({"yes"})}, (LISTED,)),
        ({"hazchem": frozenset({"no"})}, (OTHER,)),
        ({"hazchem": None}, (LISTED, OTHER)),
        ({}, (LISTED, OTHER)),
        ({"hazchem": frozenset({"yes", "no"})}, (LISTED, OTHER)),
    ],
)
def test_the_load_decides_and_what_is_not_known_decides_nothing(known, chosen):
    assert candidates((LISTED, OTHER), known) == chosen


def test_what_stays_open_says_only_what_every_row_says():
    held = common((LISTED, OTHER))
    assert (held.duty, held.penalty, held.agency, held.subject) == ((SHARED,), (), ("P", "T"), "")
    assert common((LISTED,)) == LISTED


def test_a_load_of_both_kinds_may_be_either_and_is_surely_neither():
    both = {"hazchem": frozenset({"yes", "no"})}
    assert may_hold(YES, both) and may_hold(NO, both)
    assert not holds(YES, both) and holds({}, both)


def test_a_law_that_does_not_cover_the_load_is_left_out():
    duty = (SHARED, LAW)
    assert within(ALL.laws, duty, {"hazchem": frozenset({"no"})}) == ((SHARED,), ())
    assert within(ALL.laws, duty, {"hazchem": None}) == ((SHARED,), (LAW,))
    assert within(ALL.laws, duty, {"hazchem": frozenset({"yes"})}) == ((SHARED, LAW), ())


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
LOADS = st.fixed_dictionaries({
    fact: st.none() | st.frozensets(st.sampled_from(FACTS[fact]), min_size=1)
    for fact in ("hazchem", "special_law", "toxic_or_precursor", "special_permit", "permit_issued", "forged")
})  # fmt: skip


def printed(row: Violation, day: date) -> str:
    """What a paper prints of a finding that rests on the row."""
    finding = Finding("LIC-01", "P", "II", (), Party("carrier"), {"zh": "甲"}, duty=row.duty, penalty=row.penalty)
    facts = Facts("N", "局", "地点", datetime(2026, 11, 28, 9, tzinfo=UTC), (), "hold")
    blocks: list[Block] = finding_blocks(ALL, [finding], facts, day, "zh_CN", handled=True)
    return "\n".join(one.text for one in blocks)


@given(st.sampled_from(CODES), DAYS, LOADS)
def test_nothing_is_printed_that_is_not_in_force_not_read_or_of_another_load(code, day, known):
    rows = candidates(rows_on(ALL.violations, code, day), known)
    text = printed(common(rows), day)
    may = set()
    for row in rows:
        for one in (*row.duty, *(each.basis for each in row.penalty if each.basis)):
            if one.verified and one.clause and in_force(ALL, one, day):
                may.add(ALL.laws[one.law].title["zh"])
    named = {law.title["zh"] for law in ALL.laws.values() if law.title["zh"] in text}
    assert named <= may | {name for name in named if any(name in other for other in may)}
    if len(rows) > 1:
        for law in ("中华人民共和国危险化学品安全法", "民用爆炸物品安全管理条例", "烟花爆竹安全管理条例"):
            every = all(any(ALL.laws[one.law].title["zh"] == law for one in row.duty) for row in rows)
            assert every or law not in text


@given(st.sampled_from(CODES), DAYS, LOADS)
def test_a_row_out_of_its_days_is_never_chosen(code, day, known):
    for row in candidates(rows_on(ALL.violations, code, day), known):
        assert row.effective(day)
        assert row.effective_to is None or day <= row.effective_to
        assert row.effective_from is None or row.effective_from <= day


@given(st.sampled_from(CODES), DAYS)
def test_unverified_clauses_are_never_printed(code, day):
    for row in rows_on(ALL.violations, code, day):
        bare = replace(
            row,
            duty=tuple(replace(one, verified=False) for one in row.duty),
            penalty=tuple(replace(one, basis=one.basis and replace(one.basis, verified=False)) for one in row.penalty),
        )
        assert "《" not in printed(bare, day)


def test_on_every_day_around_a_change_each_load_has_one_row():
    changes = {row.effective_from for row in ALL.violations if row.effective_from}
    for day in {one + timedelta(days=shift) for one in changes for shift in (-1, 0)}:
        for code in CODES:
            rows = rows_on(ALL.violations, code, day)
            assert rows, (code, day)
