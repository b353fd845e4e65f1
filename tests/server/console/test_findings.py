"""Findings on a page: what the law says while the load is open, and measures by the rules of their track."""

from __future__ import annotations

from datetime import date

from server.console.findings import measure, show
from tests.loaded import load_law

DEFINITIONS = load_law()


def test_while_the_load_is_open_each_case_is_shown_and_none_counts_as_a_basis():
    listed = {"law": "hazchem-law", "version": "2025-12-27", "clause": "112(2)", "verified": True}
    case = {"when": {"hazchem": ["yes"]}, "penalty": [{"basis": listed, "min_cny": 50_000, "max_cny": 100_000}]}
    shown = show(DEFINITIONS, 1, "shown", {"item": "LIC-11", "agency": "P", "cases": [case]}, date(2026, 11, 28))
    (one,) = shown.cases
    assert (one.when["zh"], one.fines[0].max_cny) == ("列入目录的危险化学品：是", 100_000)
    assert shown.fines == [] and not shown.penalty_verified


def test_opening_a_case_is_shown_with_the_rules_of_its_track():
    basis = {agency: measure(DEFINITIONS, "C", date(2026, 11, 28), agency).basis[0].text["zh"] for agency in "TP"}
    assert "交通运输行政执法程序规定" in basis["T"] and "公安机关办理行政案件程序规定" in basis["P"]


def test_a_measure_does_not_cite_a_law_that_may_not_cover_the_load():
    assert "危险化学品安全法" not in str(measure(DEFINITIONS, "T:P", date(2026, 11, 28), "T").basis)
