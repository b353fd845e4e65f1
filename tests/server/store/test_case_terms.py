"""What may be looked for in a sealed part: every number and name, by kind; odd shapes hide nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from server.store.case_terms import folded, terms_of, wanted


def entry(kind: str, item: str, value: Any) -> dict[str, Any]:
    return {"kind": kind, "item": item, "value": value}


OFFICER = {"role": "officer", "name": "王志强", "card": "15062401"}
LINES = [{"un": "1203", "name": "汽油"}, {"un": "1230", "name": "甲醇"}]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (entry("fact", "waybill", {"data": {"lines": LINES}}), {("un", "1203"), ("goods", "汽油"), ("un", "1230")}),
        (entry("fact", "waybill.lines", {"data": LINES}), {("un", "1203"), ("goods", "甲醇")}),
        (entry("fact", "seen.panels", {"data": {"front": {"un": "1832"}}}), {("un", "1832")}),
        (entry("fact", "seen.panels.rear", {"data": {"hazard_id": "80", "un": "1830"}}), {("un", "1830")}),
        (entry("signature", "x", OFFICER), {("officer", "王志强"), ("card", "15062401")}),
        (entry("signature", "x", {"role": "driver", "name": "张建国"}), {("driver", "张建国")}),
        (entry("fact", "vehicle.plate", {"data": "蒙K12345"}), {("plate", "蒙K12345")}),
    ],
)  # fmt: skip
def test_numbers_and_names_of_an_entry(told: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert found <= set(terms_of({"entries": [told]}))


@pytest.mark.parametrize(
    "odd", [None, "x", 7, entry("fact", "waybill", None), entry("fact", "waybill", {"data": {"lines": ["x", 3]}}),
            entry("fact", "seen.panels", {"data": "x"}), entry("signature", "x", {"role": ["officer"], "name": "x"})],
)  # fmt: skip
def test_an_odd_entry_hides_no_other(odd: Any) -> None:
    good = entry("fact", "vehicle.plate", {"data": "蒙K12345"})
    assert list(terms_of({"entries": [odd, good]})) == [("plate", "蒙K12345")]


def test_a_un_number_is_found_with_and_without_its_letters() -> None:
    assert wanted("UN 1203") == ["UN1203", "1203"] and folded("un", "1203") == ["1203"]
    assert wanted("·") == [] and wanted("蒙") == []
