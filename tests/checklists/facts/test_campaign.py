"""A campaign holds on its days, at its places, for its teams; what it looks for is met by any number of a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklists.facts.campaign import Campaign, Target, read, read_all, road_in
from checklists.wire import to_plain

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 10)
EVERYWHERE = Campaign("c-1", "夜查", "为什么", "示例县大队", FIRST, LAST)
AT_ROAD = replace(EVERYWHERE, roads=("G109",), sites=("园区东门",))
PLATE = Target("vehicle", "蒙K88001|yellow")
LOOKING = replace(EVERYWHERE, targets=(PLATE, Target("carrier", "91150624MA0EXAMPLE"), Target("un", "1203")))


@pytest.mark.parametrize(
    ("campaign", "day", "site", "road", "agencies", "holds"),
    [
        (EVERYWHERE, FIRST, "", "", {"T"}, True),
        (EVERYWHERE, LAST, "G18", "G18", {"T"}, True),
        (EVERYWHERE, date(2026, 11, 30), "", "", {"T"}, False),
        (EVERYWHERE, date(2026, 12, 11), "", "", {"T"}, False),
        (AT_ROAD, FIRST, "G109 卡口", "G109", {"T"}, True),
        (AT_ROAD, FIRST, " 园区东门 ", "", {"T"}, True),
        (AT_ROAD, FIRST, "S24 收费站", "S24", {"T"}, False),
        (AT_ROAD, FIRST, "", "", {"T"}, False),
        (replace(EVERYWHERE, agencies=("P",)), FIRST, "", "", {"T"}, False),
        (replace(EVERYWHERE, agencies=("P",)), FIRST, "", "", {"T", "P"}, True),
    ],
)
def test_it_holds_by_day_place_and_team(campaign, day, site, road, agencies, holds):
    assert campaign.holds(day, site, road, agencies) is holds


@pytest.mark.parametrize(
    ("numbers", "uns", "met"),
    [
        ({"vehicle": "蒙K88001|yellow"}, [], ["vehicle"]),
        ({"trailer": "蒙K88001|yellow"}, [], ["vehicle"]),
        ({"vehicle": "蒙K88001"}, [], ["vehicle"]),
        ({"vehicle": "蒙K88001|blue"}, [], []),
        ({"driver": "蒙K88001|yellow"}, [], []),
        ({"carrier": "91150624MA0EXAMPLE"}, ["1202", "1203"], ["carrier", "un"]),
        ({}, [], []),
    ],
)
def test_a_target_is_met_by_its_number_and_by_no_other_colour(numbers, uns, met):
    assert [one.on for one in LOOKING.met(numbers, uns)] == met


def test_it_looks_at_an_item_by_its_id_or_by_what_it_may_find():
    campaign = replace(EVERYWHERE, items=("EQP-14",), violations=("CN-LOD-02",))
    assert campaign.looks_at("EQP-14") and campaign.looks_at("LOD-02", ["CN-LOD-02"])
    assert not campaign.looks_at("LOD-02", ["CN-LOD-03"])


def test_it_is_read_as_it_was_told_and_what_cannot_be_read_is_left():
    told = to_plain(LOOKING)
    assert read(told) == LOOKING and read({**told, "of_later": 1}) == LOOKING
    assert read({**told, "until": "soon"}) is None and read({"id": "c-2"}) is None
    assert read_all([told, told, {"id": "c-2"}]) == (LOOKING,)


@pytest.mark.parametrize(("site", "road"), [("G109 卡口", "G109"), ("S24", "S24"), ("园区", ""), ("G12345", "")])
def test_a_road_stands_at_the_head_of_a_name(site, road):
    assert road_in(site) == road
