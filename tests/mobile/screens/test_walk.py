from dataclasses import replace

import pytest

from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft
from mobile.screens.walk.state import walk_state
from mobile.words import words
from tests.mobile.story import LI, StoryDesk, after, arrived, cleared, kit, nothing, seen, situation, valid

SECTIONS = ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU")


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def tile(held, section):
    return next(one for one in walk_state(held).tiles if one.section == section)


def weighed(held):
    return after(held, acts.weigh(43800))


def test_there_are_seven_sections_in_walking_order_with_their_owner():
    tiles = walk_state(arrived(), usual=True).tiles
    assert [one.section for one in tiles] == ["LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU"]
    assert [one.agency for one in tiles] == ["T", "P", "T", "T", "T", "P", "T"]
    assert tile(arrived(), "LIC").agency_name == "Transport"


def test_what_the_officers_agency_owns_comes_first_and_nothing_is_left_out():
    police = replace(arrived(), officer=LI)
    tiles, usual = walk_state(police).tiles, walk_state(police, usual=True)
    assert [one.section for one in tiles] == ["PLA", "OPR", "LIC", "TNK", "EQP", "LOD", "EDU"]
    assert [one.agency_name for one in tiles][:3] == ["Police", "Police", "Transport"]
    assert {one.section for one in tiles} == {one.section for one in usual.tiles}
    assert (walk_state(police).order, usual.order) == ("Usual order", "Ours first")


def test_a_section_of_another_agency_says_how_much_of_it_is_ours():
    police = replace(arrived(), officer=LI)
    ours = sum(1 for one in police.assessment.items if one.section == "LIC" and one.item.agency[0] == "P")
    assert (tile(police, "LIC").own, tile(police, "PLA").own) == (f"{ours} of Police", "")


def test_one_touch_brings_the_usual_order_and_another_ours_again(driver):
    desk = on_glass(driver, arrived())
    for usual in (True, False):
        driver.tap_id("order")
        assert desk.usual_order is usual


def test_a_tile_says_beforehand_what_no_deviation_will_put_down():
    assert tile(arrived(), "LIC").confirms == ("driver 张建国 + escort 李卫东 aboard", "trailer plate 蒙K1234挂")
    shut = "shut: emergency shut-off valve, valves, caps of the couplings, manhole lid"
    assert tile(arrived(), "TNK").confirms == ("number on the tank G2019-0815", shut)
    assert tile(arrived(), "LOD").confirms == (
        *("trailer plate 蒙K1234挂", "number on the tank G2019-0815", "waybill shown"),
    )
    assert "safety card shown" in tile(arrived(), "EQP").confirms
    assert tile(arrived(), "PLA").confirms == ("80/1830 front and rear", "diamonds 8, both sides and rear")
    kit_words = tile(arrived(), "EQP").confirms
    # It waits for the crew, and says already what it will state with it.
    assert tile(arrived(), "EQP").after
    assert "2×extinguishers, wheel chocks, warning signs, vests, lamps, gloves, eye protection" in kit_words
    assert any("extinguishers together ≥12 kg" in one for one in kit_words)


def test_what_the_tile_says_is_what_clearing_puts_down():
    held = arrived()
    drafts = acts.clear_section(held, "PLA", 900)
    assert {one.item for one in drafts if one.kind == "fact"} == {
        *("seen.panels.front", "seen.panels.rear"),
        *("seen.placards.left", "seen.placards.right", "seen.placards.rear"),
    }
    assert tile(after(held, drafts), "PLA").confirms == ()


def test_a_clean_vehicle_is_walked_tile_by_tile_to_its_outcome():
    done = walk_state(cleared(weighed(valid(arrived()))))
    assert done.may_conclude and done.points == ()
    assert {one.state for one in done.tiles} == {"clear"}


def test_equipment_for_each_of_the_crew_waits_until_it_is_known_who_is_aboard():
    assert tile(arrived(), "EQP").clear_words == "First: Licences"
    assert not tile(arrived(), "EQP").may_clear
    told = after(arrived(), acts.see_aboard(situation()["seen"]["aboard"]))
    assert tile(told, "EQP").may_clear


def test_with_nothing_known_what_must_be_answered_is_named_and_nothing_is_clear():
    state = walk_state(nothing())
    assert not state.may_conclude
    assert "clear" not in {one.state for one in state.tiles}
    weight = next(one for one in state.points if one.item == "LOD-05")
    assert weight.section == "LOD" and "gross mass" in weight.why


def test_clearing_everything_of_an_unknown_vehicle_leaves_it_unclear():
    state = walk_state(cleared(nothing()))
    assert not state.may_conclude
    assert {one.state for one in state.tiles if one.section in ("LIC", "PLA", "EQP", "LOD")} == {"must_answer"}


def test_unknown_goods_confirm_no_plate_and_no_equipment():
    line = {"un": "9999", "name": "?", "class": "8", "net_mass_kg": 1000}
    held = arrived(lines=[line])
    assert tile(held, "EQP").confirms == ()
    assert tile(held, "PLA").state == "must_answer"


def test_a_found_deviation_leaves_the_rest_to_be_cleared_in_one_touch():
    one = tile(seen(), "PLA")
    assert (one.state, one.deviations, one.clear_words, one.may_clear) == (
        *("deviations", 1, "No further deviation"),
        True,
    )


def test_two_officers_who_differ_block_the_outcome_and_are_named():
    held = cleared(weighed(valid(arrived())))
    mine = after(held, acts.answer("TNK-05", "conforms"))
    theirs = after(replace(mine, officer=LI, device="tablet-2"), acts.answer("TNK-05", "does_not_conform"))
    state = walk_state(theirs)
    assert not state.may_conclude
    point = next(one for one in state.points if one.item == "TNK-05")
    assert "Transport officer-1 conforms" in point.why and "Police officer-2 does not conform" in point.why
    assert tile(theirs, "TNK").state == "must_answer"


def test_officers_who_saw_different_people_block_the_outcome_too():
    held = cleared(weighed(valid(arrived())))
    theirs = after(replace(held, officer=LI, device="tablet-2"), acts.see_aboard([{"role": "driver"}]))
    state = walk_state(theirs)
    assert state.disputed == 1 and not state.may_conclude
    assert any(one.section == "LIC" and "people aboard" in one.text for one in state.points)


def test_words_follow_the_language():
    assert kit() is kit()
    words.lang = "zh_CN"
    assert tile(arrived(), "LIC").title == "证件"


def drawn_empty(held):
    """The draw of control photos is made, and nothing was drawn."""
    return after(held, (Draft("note", "control", {"tier": "low", "drawn": []}),))


def on_glass(driver, held):
    from mobile.screens.walk import flow as walk
    from mobile.screens.walk.view import WalkScreen

    words.lang = "en"
    desk, screen = StoryDesk(drawn_empty(held)), driver.show(WalkScreen())
    walk.enter(desk, screen)
    driver.step(3)
    return desk


def test_one_touch_clears_a_tile_and_the_time_spent_is_kept(driver):
    desk = on_glass(driver, arrived())
    driver.tap_id("clear:LIC")
    assert desk.last("section_clear").item == "LIC" and desk.last("section_clear").value["dwell_ms"] == 500
    assert desk.held.fact("seen.aboard")[1]["name"] == "李卫东"
    assert driver.find_id("clear:LIC").disabled


def test_no_tile_moves_away_under_a_finger_when_another_was_cleared(driver):
    on_glass(driver, weighed(valid(arrived())))
    driver.set_device(800, 1280, 10.1)
    driver.step(3)
    stood = places(driver)
    for section in ("LIC", "PLA", "TNK", "EQP"):
        driver.find_id(f"clear:{section}").dispatch("on_release")
        driver.step(3)
        assert places(driver) == stood, section


def test_another_vehicles_tiles_are_as_high_as_its_own_words(driver):
    from mobile.screens.walk.view import WalkScreen

    driver.set_device(800, 1280, 10.1)
    screen = driver.show(WalkScreen())
    heights = []
    for inspection, held in (("one", arrived()), ("one", cleared(arrived())), ("another", cleared(arrived()))):
        screen.begin(inspection)
        screen.show(walk_state(held))
        driver.step(3)
        heights.append(driver.find_id("tile:EQP").needs < driver.find_id("tile:EQP").size_hint_min_y)
    assert heights == [False, True, False]


def places(driver):
    return {name: driver.find_id(f"tile:{name}").to_window(0, driver.find_id(f"tile:{name}").top) for name in SECTIONS}


def test_a_clean_vehicle_is_cleared_in_seven_touches_and_goes_on_to_the_outcome(driver):
    desk = on_glass(driver, weighed(valid(arrived())))
    for section in SECTIONS:
        driver.tap_id(f"clear:{section}")
    driver.tap_text("Outcome")
    assert driver.touches == 8 and desk.went == [("outcome", {})]


def test_with_something_open_there_is_no_way_to_the_outcome_but_one_to_what_is_open(driver):
    desk = on_glass(driver, cleared(valid(arrived())))
    assert driver.find_id("outcome").disabled
    driver.tap_id("point:LOD-05")
    assert desk.went == [("section", {"section": "LOD", "item": "LOD-05"})]


def test_the_rest_of_a_tile_opens_its_section(driver):
    desk = on_glass(driver, arrived())
    driver.tap_id("open:TNK")
    driver.tap_id("compare")
    assert desk.went == [("section", {"section": "TNK", "item": ""}), ("compare", {})]


@pytest.mark.parametrize(("width", "height", "inches"), [(1280, 800, 10.1), (1024, 600, 7), (800, 1280, 10.1)])
def test_every_tile_can_be_touched_on_every_tablet(driver, width, height, inches):
    driver.set_device(width, height, inches)
    desk = on_glass(driver, weighed(valid(arrived())))
    for section in SECTIONS:
        driver.tap_id(f"clear:{section}")
    assert desk.held.assessment.open == ()


def test_what_comes_up_after_a_section_was_done_is_not_answered_by_another_touch_on_its_tile():
    held = cleared(valid(arrived()))
    assert tile(held, "LIC").state == "clear"
    waste = after(held, acts.see_goods("1832"))
    new = [one for one in waste.assessment.open if one.section == "LIC"]
    assert new, "hazardous waste asks for its own transfer form"
    assert (tile(waste, "LIC").state, tile(waste, "LIC").must_answer, tile(waste, "LIC").may_clear) == (
        "must_answer", len(new), False)  # fmt: skip
    points = [one for one in walk_state(waste).points if one.item == new[0].item.id]
    assert [one.why for one in points] == ["asked since something else was found, after this section was done"]
    answered = after(waste, *(acts.answer(one.item.id, "conforms") for one in new))
    assert tile(answered, "LIC").must_answer == 0


def test_a_section_around_something_unverified_is_cleared_and_not_clear():
    held = after(arrived(), acts.answer("TNK-06", "not_verified", why="not_reachable"))
    held = after(held, acts.clear_section(held, "TNK", 1000))
    one = tile(held, "TNK")
    assert (one.open, one.unverified, one.state) == (0, 1, "unverified") and "not verified: 1" in one.state_words
    assert walk_state(held).unverified == 1


@pytest.mark.parametrize("device", ["10", "7", "portrait"])
def test_whatever_is_drawn_its_name_has_its_room_on_the_tile(driver, device):
    from demo import looks
    from demo.gallery import DEVICES

    driver.set_device(*DEVICES[device])
    on_glass(driver, arrived())
    tiles = {section: driver.find_id(f"tile:{section}") for section in SECTIONS}
    sections = kit().definitions.checklists["cn-joint"].sections
    asked = {one.id: [item.text for item in one.items if item.photo != "never"] for one in sections}
    found = set()
    for lang in ("en", "zh_CN"):
        words.lang = lang
        for number in range(max(map(len, asked.values()))):
            for section, tile in tiles.items():
                if number < len(asked[section]):
                    tile.drawn = words.pick(asked[section][number])
                    tile.clear_words = words.say("Control photo: {item}").format(item=tile.drawn)
            driver.step(2)
            found |= {str(one) for one in looks.faults() if one.rule == "cut"}
    assert not found
