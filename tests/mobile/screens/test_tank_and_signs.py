"""What hangs beside each compartment, how each closing device was found, gauges and packages: one by one."""

import pytest

from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.section.observed.state import mass_state
from mobile.screens.section.signs.state import signs_state
from mobile.screens.section.tank.state import tank_state
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.words import words
from tests.mobile.story import StoryDesk, after, arrived, nothing

FUELS = (
    {"un": "1203", "name": "车用汽油", "class": "3", "packing_group": "II", "net_mass_kg": 9000, "compartment": "1"},
    {"un": "1202", "name": "柴油", "class": "3", "packing_group": "III", "net_mass_kg": 9000, "compartment": "2"},
)
BOXES = ({"un": "1263", "name": "油漆", "class": "3", "packing_group": "II", "net_mass_kg": 900, "packages": 40},)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def two_compartments():
    bill = {"number": "YD1", "tank": "T-1", "lines": list(FUELS)}
    return after(nothing(), acts.identify("豫A77777", "yellow"), acts.waybill(bill))


def boxes():
    bill = {"number": "YD1", "lines": list(BOXES)}
    return after(nothing(), acts.identify("豫A77777", "yellow"), acts.waybill(bill))


def panel(held, side):
    return next(one for one in signs_state(held).panels if one.side == side)


def test_a_tank_of_two_goods_is_looked_at_at_its_ends_and_beside_each_compartment():
    sides = [one.side for one in signs_state(two_compartments()).panels]
    assert sides == ["front", "rear", "left.1", "right.1", "left.2", "right.2"]
    assert panel(two_compartments(), "left.2").name == "left side 2"


def test_beside_a_compartment_its_own_goods_are_expected_and_at_the_ends_of_several_none():
    held = two_compartments()
    assert panel(held, "left.1").expected == ("33", "1203") and panel(held, "right.2").expected == ("30", "1202")
    assert panel(held, "front").expected is None


def test_a_blank_plate_is_one_that_is_there_without_figures():
    held = after(two_compartments(), acts.see_blank("front"))
    assert held.context.situation.seen.panels["front"].blank
    assert panel(held, "front").seen == "blank" and panel(held, "rear").other is None


def test_what_hangs_on_one_side_is_offered_for_the_other():
    held = after(two_compartments(), acts.see_panel("left.1", "33", "1203"))
    assert panel(held, "right.1").other == ("33", "1203") and panel(held, "right.1").other_name == "other"


def test_a_clearing_of_a_tank_of_two_goods_says_what_it_states_of_each_compartment():
    from checklists.inspection.confirmation import to_confirm

    held = two_compartments()
    said = confirm_words(held, to_confirm(held.context, "PLA"))
    assert "blank plate front and rear" in said and "33/1203 beside compartment 1" in said


def test_a_device_is_asked_with_the_ways_in_which_it_may_be_found():
    held = after(arrived(), (acts.fact("seen.closures.cap", "missing"),))
    by_path = {one.path: one for one in tank_state(held).devices}
    assert [one.key for one in by_path["seen.closures.cap"].ways if one.chosen] == ["missing"]
    assert [one.key for one in by_path["seen.emergency_valve"].ways] == ["closed", "open", "broken", "missing"]
    assert not any(one.chosen for one in by_path["seen.closures.valve"].ways)


def test_each_compartment_has_its_gauge_and_a_tank_of_one_has_one():
    assert [one.compartment for one in tank_state(two_compartments()).levels] == ["1", "2"]
    held = after(arrived(), acts.see_level("", 87))
    (only,) = tank_state(held).levels
    assert (only.compartment, only.percent) == ("", 87)


def test_packages_are_counted_where_there_may_be_any():
    held = after(boxes(), acts.see_packages(38))
    assert (mass_state(held).packages, mass_state(held).declared, mass_state(held).counts) == (38, 40, True)
    found = next(one for one in held.assessment.results if one.case == "packages_differ")
    assert found.verdict == "conflict"
    assert not mass_state(arrived()).counts


# -- on glass


def on_glass(driver, held, section):
    from mobile.screens.section import flow
    from mobile.screens.section.view import SectionScreen

    words.lang = "en"
    desk, screen = StoryDesk(held), driver.show(SectionScreen())
    flow.enter(desk, screen, section=section)
    driver.step(3)
    return desk


def test_blank_plates_and_those_of_one_compartment_more_are_one_touch_each(driver):
    desk = on_glass(driver, arrived(), "PLA")
    driver.tap_id("blank:front")
    assert desk.held.fact("seen.panels.front") == {"blank": True}
    driver.tap_id("compartment")
    driver.tap_id("expected:left.1")
    assert desk.held.fact("seen.panels.left.1") == {"hazard_id": "80", "un": "1830"}
    driver.find_id("no_panel:right.1")


def test_a_device_is_found_by_a_touch_and_the_same_touch_takes_it_back(driver):
    desk = on_glass(driver, arrived(), "TNK")
    driver.tap_id("found:seen.emergency_valve:broken")
    assert desk.held.context.situation.seen.emergency_valve == "broken"
    driver.tap_id("found:seen.emergency_valve:broken")
    assert desk.held.context.situation.seen.emergency_valve is None


def test_a_gauge_and_the_packages_are_entered_on_the_pad(driver):
    desk = on_glass(driver, arrived(), "TNK")
    driver.tap_id("level:")
    for digit in ("8", "7", "Done"):
        driver.tap_text(digit)
    assert desk.held.context.situation.seen.levels == {"": 87}
    desk = on_glass(driver, boxes(), "LOD")
    driver.tap_id("packages")
    for digit in ("3", "8", "Done"):
        driver.tap_text(digit)
    assert desk.held.fact("seen.packages") == 38


@pytest.mark.parametrize(
    ("held", "section", "button", "path"),
    [
        (after(arrived(), acts.see_level("", 87)), "TNK", "level:", "seen.levels."),
        (after(arrived(), acts.weigh(44920)), "LOD", "weigh", "seen.gross_mass_kg"),
        (
            after(arrived(), acts.see_equipment("wheel_chock", 1)),
            "EQP",
            "count:wheel_chock",
            "seen.equipment.wheel_chock",
        ),
    ],
)
def test_what_was_measured_or_counted_by_mistake_is_taken_back(driver, held, section, button, path):
    desk = on_glass(driver, held, section)
    driver.tap_id(button)
    driver.tap_id("likely:")
    assert desk.held.fact(path) is None
    driver.tap_id(button)
    with pytest.raises(AssertionError):
        driver.find_id("likely:")


@pytest.mark.parametrize("act", [lambda: acts.weigh(49), lambda: acts.weigh(449200), lambda: acts.see_level("1", 250)])
def test_a_mass_or_a_level_that_cannot_be_is_refused(act):
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == "measure_absurd"


def hazardous_to_water():
    line = {"un": "3082", "name": "对环境有害的液态物质", "class": "9", "packing_group": "III", "net_mass_kg": 9000}
    bill = {"number": "YD1", "tank": "T-1", "lines": [line]}
    return after(nothing(), acts.identify("豫A77777", "yellow"), acts.waybill(bill))


def test_a_mark_is_entered_beside_the_diamonds_and_stays_when_one_of_them_is_changed(driver):
    desk = on_glass(driver, arrived(), "PLA")
    driver.tap_id("side:rear")
    driver.tap_id("diamond:MARK_ENV")
    driver.tap_id("diamond:1.5")
    assert desk.held.fact("seen.placards.left") == ["1.5", "MARK_ENV"]
    assert driver.find_id("side:left").text.endswith("1.5、Environmentally hazardous mark")
    driver.tap_id("diamond:1.5")
    assert desk.held.fact("seen.placards.left") == ["MARK_ENV"]


def test_what_the_goods_ask_for_is_entered_with_its_marks(driver):
    desk = on_glass(driver, hazardous_to_water(), "PLA")
    driver.tap_id("expected_diamonds")
    assert desk.held.fact("seen.placards.rear") == ["9", "MARK_ENV"]
    found = [one for one in desk.held.assessment.results if one.subject == "MARK_ENV"]
    assert [one.verdict for one in found] == ["consistent"]


def test_what_hangs_there_can_be_set_back_to_nobody_looked(driver):
    held = after(arrived(), *(acts.see_placards(side, ["3"]) for side in ("left", "right", "rear")))
    desk = on_glass(driver, after(held, acts.see_panel("front", "33", "1203")), "PLA")
    driver.tap_id("side:rear")
    driver.tap_id("unsee_diamonds")
    assert dict(desk.held.context.situation.seen.placards) == {"rear": ("3",)}
    driver.tap_id("side:rear")
    driver.tap_id("unsee_diamonds")
    assert not desk.held.context.situation.seen.placards
    assert driver.find_id("unsee_diamonds").disabled
    driver.tap_id("other:front")
    driver.step(3)
    driver.tap_id("likely:")
    assert not desk.held.context.situation.seen.panels


def test_who_is_aboard_can_be_set_back_to_nobody_looked(driver):
    desk = on_glass(driver, arrived(), "LIC")
    driver.tap_id("crew:driver")
    assert len(desk.held.context.situation.seen.aboard) == 1
    driver.tap_id("crew:unseen")
    assert desk.held.context.situation.seen.aboard is None
