"""The card for the first response: distances, guide, and what nobody knows."""

import json
from itertools import permutations

import pytest

from checklists import words
from checklists.__main__ import main
from checklists.goods.listing import load_tables
from checklists.goods.response import CONTAINERS, DISTANCES, Most, card
from checklists.wire import to_plain

TABLES = load_tables()


def of(*numbers: str, unknown: tuple[str, ...] = (), **when: bool):
    goods = [entry for un in numbers for entry in TABLES.goods.lookup(un)]
    return card(goods, TABLES, unknown=unknown, **when)


def advice(un: str):
    (found,) = of(un).advices
    return found


def test_petrol_has_the_distances_of_its_guide_and_no_protective_action():
    petrol = advice("1203")
    assert (petrol.guide.number, petrol.toxic_by_inhalation) == ("128", False)
    assert petrol.distances == dict.fromkeys(DISTANCES) | {
        "small_isolation_m": 50,
        "large_isolation_m": 50,
        "large_evacuation_m": 300,
        "fire_isolation_m": 800,
    }


def test_a_gas_toxic_by_inhalation_has_table_1():
    hydrogen_sulphide = advice("1053")
    assert hydrogen_sulphide.toxic_by_inhalation
    assert hydrogen_sulphide.distances["large_evacuation_m"] is None
    assert None not in [hydrogen_sulphide.distances[name] for name in DISTANCES if name != "large_evacuation_m"]


def test_a_large_spill_of_chlorine_is_in_table_3_by_container_and_wind():
    chlorine = advice("1017")
    tank = next(one for one in chlorine.large_spills if one.container["zh"] == "公路罐车或挂车" and one.time == "night")
    assert (tank.isolation_m, tank.low_wind_m, tank.moderate_wind_m, tank.high_wind_m) == (600, 6400, 4700, 3800)


def test_a_rail_tank_is_listed_but_decides_nothing_on_a_road():
    chlorine = advice("1017")
    assert max(one.isolation_m for one in chlorine.large_spills) == 1000
    assert (chlorine.distances["large_isolation_m"], chlorine.distances["large_night_m"]) == (600, 6400)


@pytest.mark.parametrize(
    ("when", "isolation", "protection"),
    [
        ({"large": False, "night": False}, 60, 300),
        ({"large": False, "night": True}, 60, 1400),
        ({"large": True, "night": False}, 600, 5600),
        ({"large": True}, 600, 6400),
        ({"night": False}, 600, 5600),
        ({}, 600, 6400),
    ],
)
def test_what_is_not_said_of_size_and_time_takes_the_longer(when, isolation, protection):
    chlorine = of("1017", **when)
    assert (chlorine.isolation_m, chlorine.protection_m) == (Most(isolation, ("1017",)), Most(protection, ("1017",)))


def test_several_goods_give_the_longest_of_each_and_where_it_comes_from():
    both = of("1203", "1005")
    assert both.isolation_m == Most(150, ("1005",))
    assert both.evacuation_m == Most(300, ("1203",))
    assert both.fire_isolation_m == Most(1600, ("1005",))


def test_goods_that_ask_for_the_same_distance_are_all_named():
    assert of("1830", "1203", large=False).isolation_m == Most(50, ("1203", "1830"))


def test_the_order_and_the_groups_of_goods_change_nothing():
    cards = [of(*numbers) for numbers in permutations(("1005", "1203", "2811"))]
    assert cards.count(cards[0]) == 6
    assert [one.un for one in cards[0].advices] == ["1005", "1203", "2811"]


def test_entries_of_one_number_are_one_material_in_any_order():
    entries = TABLES.goods.lookup("1202")
    assert len({one.name_en for one in entries}) > 1
    assert card(entries, TABLES) == card(entries[::-1], TABLES)


def test_a_number_with_several_materials_shows_each_and_takes_the_longest():
    found = of("1741", large=True, night=True)
    assert [one.material for one in found.advices] == [
        "Boron trichloride (when spilled in water)",
        "Boron trichloride (when spilled on land)",
    ]
    assert found.protection_m == Most(2800, ("1741",))


def test_what_may_polymerize_is_marked():
    assert {one.un for one in of("1040", "1203").advices if one.polymerizes} == {"1040"}


@pytest.mark.parametrize(("un", "guide"), [("0081", "112"), ("0336", "114"), ("0511", "112")])
def test_explosives_have_the_guide_of_their_division(un, guide):
    found = advice(un)
    assert (found.guide.number, found.listed) == (guide, True)
    assert found.distances["fire_isolation_m"] is not None


def test_an_unidentified_load_has_guide_111_with_its_distances_and_nothing_downwind():
    (found,) = of().advices
    assert (found.un, found.guide.number, found.guide.title["zh"]) == ("", "111", "混装或未识别货物")
    assert of().isolation_m == Most(100, ("",)) and of().fire_isolation_m == Most(800, ("",))
    assert of().protection_m is None and of().evacuation_m is None


def test_a_number_in_no_list_stays_visible_beside_those_that_are_known():
    found = of("1203", unknown=("9999",))
    assert found.unlisted == ("9999",)
    assert [one.guide.number for one in found.advices] == ["128", "111"]
    assert found.isolation_m == Most(100, ("9999",)), "what nobody knows is not nearer than what nobody has identified"


def test_a_number_younger_than_the_guidebook_is_not_listed_in_it():
    found = of("3556")
    assert (found.unlisted, found.advices[0].name["zh"]) == (("3556",), "以锂离子电池为动力的车辆")


def test_a_small_spill_asks_for_no_evacuation():
    assert of("1203", large=False).evacuation_m is None


def test_a_distance_that_may_be_longer_says_so():
    assert of("1079").protection_m.shown == "11000+ m"
    assert Most(150, ()).shown == "150 m"


def test_every_entry_of_the_list_has_a_card_with_words():
    for un in {row[0] for row in TABLES.goods.rows}:
        for one in of(un).advices:
            assert one.guide.title["zh"]
            assert one.guide.action["en"]
            assert set(one.distances) == set(DISTANCES)


def test_every_name_on_the_card_has_its_label_and_every_container_its_chinese():
    assert set(DISTANCES) <= words.RESPONSE.keys()
    assert {row["container"] for row in TABLES.emergency_table3} == CONTAINERS.keys()


def test_what_is_not_known_stays_in_the_plain_card():
    plain = to_plain(of("1203"))
    assert plain["protection_m"] is None
    assert plain["advices"][0]["distances"]["small_day_m"] is None
    assert plain["edition"]["en"] == "Emergency Response Guidebook 2020"


def test_the_command_prints_the_card_of_everything_on_board(capsys):
    assert main(["response", "UN1005", "--un", "1203", "--large", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["isolation_m"] == {"metres": 150, "un": ["1005"]}
    assert [one["un"] for one in found["advices"]] == ["1005", "1203"]


def test_the_printed_card_says_what_is_not_given(capsys):
    assert main(["response", "1203"]) == 0
    printed = capsys.readouterr().out
    assert "指南: 128" in printed
    assert "未给出" in printed


def test_a_number_nobody_knows_ends_with_one_and_no_number_with_two(capsys):
    assert main(["response", "9999"]) == 1
    assert "111" in capsys.readouterr().out
    assert main(["response", "硫酸"]) == 2
