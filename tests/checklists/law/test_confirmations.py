from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from checklists.definitions.citation import citable
from checklists.definitions.publication import from_published, publish
from checklists.law.confirmations import Confirmation, confirmed
from checklists.law.model import Citation, Penalty, Violation, bases
from checklists.wire import WireError, to_plain
from tests.loaded import load_all

DAY = date(2026, 12, 1)
OPEN = Citation("order-29", "2019 No. 29", "60(2)", date(2020, 1, 1))
ROW = Violation("CN-LOD-01", {"zh": "运单"}, penalty=(Penalty(OPEN), Penalty(replace(OPEN, clause="61(1)"))))
YES = Confirmation("CN-LOD-01", "penalty", "order-29", "2019 No. 29", "60(2)", DAY, ("张某", "李某"), "ab" * 32)


def test_a_confirmed_clause_counts_as_verified_and_says_who_and_when() -> None:
    (row,) = confirmed((ROW,), (replace(YES, min_cny=2_000, max_cny=20_000),))
    first, second = row.penalty
    assert first.basis is not None and first.basis.verified and first.basis.confirmed == "2026-12-01 张某、李某"
    assert (first.min_cny, first.max_cny) == (2_000, 20_000) and second == ROW.penalty[1]


def test_the_number_that_was_read_stands_in_the_place_of_a_wrong_one() -> None:
    (row,) = confirmed((ROW,), (replace(YES, as_clause="61¶1(2)"),))
    assert row.penalty[0].basis is not None and row.penalty[0].basis.clause == "61¶1(2)"


@pytest.mark.parametrize("change", [{"code": "CN-LOD-02"}, {"part": "duty"}, {"version": "2027"}, {"clause": "60(3)"}])
def test_it_holds_for_its_own_clause_alone(change: dict[str, str]) -> None:
    assert confirmed((ROW,), (replace(YES, **change),)) == (ROW,)


def test_what_the_data_have_is_not_changed() -> None:
    known = replace(ROW, penalty=(Penalty(replace(OPEN, verified=True), 1, 2),))
    assert confirmed((known,), (replace(YES, max_cny=9),)) == (known,)


def test_amounts_that_were_read_replace_those_of_an_open_row_and_without_any_its_own_are_agreed_to() -> None:
    ranged = replace(ROW, penalty=(Penalty(OPEN, 1, 2),))
    (row,) = confirmed((ranged,), (replace(YES, min_cny=5, max_cny=9),))
    assert (row.penalty[0].min_cny, row.penalty[0].max_cny) == (5, 9)
    (row,) = confirmed((ranged,), (YES,))
    assert (row.penalty[0].min_cny, row.penalty[0].max_cny) == (1, 2)


def test_a_package_brings_them_and_one_without_them_is_read_as_before() -> None:
    held = load_all()
    plain = json.loads(json.dumps(publish(held)))
    assert "confirmations" not in plain and from_published(plain).violations == held.violations
    given = {**plain, "confirmations": to_plain((YES,))}
    read = from_published(json.loads(json.dumps(given)))
    rows = [row for row in read.violations if row.code == "CN-LOD-01" and row.effective(DAY)]
    assert rows and all(citable(read, bases(row.penalty), DAY) for row in rows)
    assert read.confirmations == (YES,)
    with pytest.raises(WireError):
        from_published({**plain, "confirmations": [{"code": "x"}]})
