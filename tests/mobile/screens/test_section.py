from dataclasses import replace

import pytest

from mobile.inspecting import acts
from mobile.screens.section.observed.state import mass_words
from mobile.screens.section.signs.state import hazards_for
from mobile.screens.section.state import section_state
from mobile.words import words
from tests.mobile.story import LI, StoryDesk, after, arrived, cleared, nothing, seen, situation, valid


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def row(held, item):
    section = item.partition("-")[0].replace("VEH", "TNK")
    return next(one for one in section_state(held, section).rows if one.item == item)


def test_an_item_that_a_rule_checked_comes_marked_with_reason_values_and_sources():
    permit = row(seen(), "LIC-07")
    assert (permit.answer, permit.tone, permit.words) == (
        *("does_not_conform", "danger"),
        "does not conform · by comparison",
    )
    light = permit.lights[0]
    assert light.verdict == "conflict" and light.title == "Trailer permit has expired"
    assert ("trailer · operating permit · valid until", "2026-10-31", "registry") in light.rows


def test_an_item_that_cannot_be_told_is_amber_says_what_is_missing_and_must_be_answered():
    weight = row(arrived(), "LOD-05")
    assert (weight.tone, weight.must_answer, weight.answer) == ("unknown", True, "")
    assert "gross mass" in weight.lights[0].missing


@pytest.mark.parametrize("held", [nothing(), arrived(), seen(), cleared(nothing()), cleared(seen())])
def test_no_row_with_a_light_that_cannot_tell_is_ever_green(held):
    for section in ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU"):
        for one in section_state(held, section).rows:
            if any(light.verdict in ("cannot_tell", "stale") for light in one.lights):
                assert one.tone != "good", one.item


def test_an_officers_word_where_the_rule_cannot_tell_stands_but_stays_amber():
    answered = row(after(arrived(), acts.answer("LOD-05", "conforms")), "LOD-05")
    assert (answered.answer, answered.tone, answered.must_answer) == ("conforms", "unknown", False)


def test_two_officers_who_differ_show_both_answers_and_the_item_is_open():
    mine = after(arrived(), acts.answer("TNK-06", "conforms"))
    theirs = after(replace(mine, officer=LI, device="tablet-2"), acts.answer("TNK-06", "does_not_conform"))
    disputed = row(theirs, "TNK-06")
    assert disputed.answer == "" and disputed.words == "officers differ"
    assert disputed.dispute == "Transport officer-1 conforms；Police officer-2 does not conform"


def test_who_is_aboard_is_offered_as_the_waybill_names_them():
    crew = section_state(arrived(), "LIC").observed
    assert [one.text for one in crew.options] == ["driver 张建国 + escort 李卫东", "only the driver 张建国"]
    assert crew.options[0].people[1]["id_number"] == "150624198203030035"
    assert crew.aboard is None


def test_the_choice_that_was_made_is_marked():
    crew = section_state(seen(), "LIC").observed
    assert [one.chosen for one in crew.options] == [False, True, False]
    assert [one.plain for one in crew.aboard] == situation()["seen"]["aboard"]


def test_plates_as_seen_stand_beside_what_the_waybill_asks_for():
    signs = section_state(seen(), "PLA").observed
    assert [(one.side, one.hazard, one.un) for one in signs.panels] == [("front", "80", "1832"), ("rear", "80", "1832")]
    assert {one.expected for one in signs.panels} == {("80", "1830")} and signs.labels == ("8",)


def test_the_table_gives_the_hazard_numbers_of_a_un_number_that_was_read():
    assert hazards_for(arrived().context, "1203") == ("33",)
    assert hazards_for(arrived().context, "9999") == ()


def test_equipment_counts_short_of_what_is_asked_are_told():
    pieces = {one.key: one for one in section_state(seen(), "EQP").observed.pieces}
    assert pieces["drain_seal"].verdict == "conflict"
    assert pieces["wheel_chock"].verdict == "consistent"
    unseen = {one.key: one for one in section_state(arrived(), "EQP").observed.pieces}
    assert {one.verdict for one in unseen.values()} == {"cannot_tell"}


def test_unknown_goods_ask_for_no_equipment_and_say_that_they_are_not_known():
    assert not section_state(nothing(), "EQP").observed.known


def test_the_weighbridge_stands_in_kg_and_tonnes_beside_what_the_papers_say():
    mass = section_state(seen(), "LOD").observed
    assert (mass.gross_kg, mass.expected_kg, mass.words) == (44920, 43800, "44,920 kg = 44.92 t")
    assert mass_words(49000) == "49,000 kg = 49 t"


def test_clearing_a_section_leaves_only_what_must_be_answered_one_by_one():
    state = section_state(cleared(valid(arrived())), "LOD")
    assert state.open == 1
    assert [one.item for one in state.rows if not one.answer] == ["LOD-05"]


def test_a_disputed_fact_is_shown_in_the_section_where_it_is_entered():
    held = after(arrived(), acts.see_aboard(situation()["seen"]["aboard"]))
    theirs = after(replace(held, officer=LI, device="tablet-2"), acts.see_aboard([]))
    assert "people aboard" in section_state(theirs, "LIC").disputes[0]
    assert section_state(theirs, "EQP").disputes == ()


def on_glass(driver, held, section):
    from mobile.screens.section import flow
    from mobile.screens.section.view import SectionScreen

    words.lang = "en"
    desk, screen = StoryDesk(held), driver.show(SectionScreen())
    flow.enter(desk, screen, section=section)
    driver.step(3)
    return desk


def test_who_is_aboard_takes_one_touch(driver):
    desk = on_glass(driver, arrived(), "LIC")
    driver.tap_id("crew:driver")
    assert desk.held.fact("seen.aboard") == situation()["seen"]["aboard"]
    assert "no_escort" in {one.case for one in desk.held.assessment.findings}


def test_someone_else_is_added_by_role_and_name_and_taken_away_again(driver):
    desk = on_glass(driver, seen(), "LIC")
    driver.tap_id("role:escort")
    driver.tap(driver.find_id("name").ids.input)
    driver.type_text("赵四")
    driver.tap_id("add_person")
    assert desk.held.fact("seen.aboard")[1] == {"role": "escort", "name": "赵四"}
    driver.tap_id("away:escort")
    assert desk.held.fact("seen.aboard") == situation()["seen"]["aboard"]


def test_the_plate_as_it_hangs_is_entered_by_numbers_and_repeated_for_the_rear(driver):
    desk = on_glass(driver, arrived(), "PLA")
    driver.tap_id("other:front")
    for digit in "1832":
        driver.tap_text(digit)
    driver.tap_text("Done")
    driver.tap_id("likely:80")
    driver.tap_id("same:rear")
    assert (
        desk.held.fact("seen.panels.front") == desk.held.fact("seen.panels.rear") == {"hazard_id": "80", "un": "1832"}
    )


def test_no_plate_is_a_fact_as_well(driver):
    desk = on_glass(driver, arrived(), "PLA")
    driver.tap_id("no_panel:rear")
    assert desk.held.fact("seen.panels.rear") == {"present": False}


def test_diamonds_are_picked_as_they_look_for_the_sides_that_are_chosen(driver):
    desk = on_glass(driver, arrived(), "PLA")
    driver.tap_id("side:rear")
    driver.tap_id("diamond:8")
    driver.tap_id("diamond:6.1")
    assert desk.held.fact("seen.placards.left") == desk.held.fact("seen.placards.right") == ["6.1", "8"]
    assert desk.held.fact("seen.placards.rear") is None


def test_a_missing_piece_takes_one_touch_and_is_a_finding_at_once(driver):
    desk = on_glass(driver, arrived(), "EQP")
    driver.tap_id("missing:drain_seal")
    assert desk.held.fact("seen.equipment.drain_seal") == 0
    assert [one.item for one in desk.held.assessment.findings if one.rule == "R12"] == ["EQP-12"]


def test_counts_go_up_from_what_is_asked_for(driver):
    desk = on_glass(driver, arrived(), "EQP")
    driver.tap_id("more:wheel_chock")
    assert desk.held.fact("seen.equipment.wheel_chock") == 2
    driver.tap_id("fewer:wheel_chock")
    assert desk.held.fact("seen.equipment.wheel_chock") == 1


def test_the_mass_is_entered_in_kg(driver):
    desk = on_glass(driver, arrived(), "LOD")
    driver.tap_id("weigh")
    for digit in "44920":
        driver.tap_text(digit)
    assert "44,920 kg = 44.92 t" in driver.find_id("pad:mass").also
    driver.tap_text("Done")
    assert desk.held.fact("seen.gross_mass_kg") == 44920


def test_a_deviation_opens_its_sheet_and_is_not_answered_yet(driver):
    desk = on_glass(driver, arrived(), "TNK")
    driver.tap(driver.find_id("answer:TNK-05").children[-2])
    assert desk.went == [("deviation", {"item": "TNK-05", "section": "TNK"})]
    assert row(desk.held, "TNK-05").answer == ""


def test_conforms_cannot_be_said_over_a_rule_only_by_setting_the_rule_aside(driver):
    desk = on_glass(driver, seen(), "LIC")
    driver.tap(driver.find_id("answer:LIC-07").children[-1])
    assert desk.went == [("deviation", {"item": "LIC-07", "section": "LIC"})]


def test_clearing_the_rest_goes_back_to_the_walk(driver):
    desk = on_glass(driver, seen(), "EQP")
    driver.tap_id("clear")
    assert desk.went == [("walk", {})]
    assert {one.state for one in desk.held.assessment.items if one.section == "EQP"} == {"conforms", "does_not_conform"}


def test_clearing_stays_where_something_must_still_be_answered(driver):
    desk = on_glass(driver, seen(), "LIC")
    driver.tap_id("clear")
    assert desk.went == []
    driver.tap(driver.find_id("answer:LIC-10").children[-3])
    driver.tap_id("clear")
    assert desk.went == [("walk", {})]


def test_a_clearing_that_answers_nothing_more_says_so():
    held = cleared(arrived())
    left = [one.item.id for one in held.assessment.open if one.section == "LOD"]
    assert left, "the goods on board are not known: that has to be looked at"
    state = section_state(held, "LOD")
    assert state.one_by_one and state.open == len(left)
    assert not section_state(arrived(), "LOD").one_by_one


def test_what_could_not_be_verified_says_why_and_is_never_green():
    held = after(arrived(), acts.answer("TNK-06", "not_verified", why="not_reachable"))
    one = row(held, "TNK-06")
    assert (one.answer, one.tone, one.must_answer) == ("not_verified", "unknown", False)
    assert one.words == "could not be verified here: cannot be reached"


def test_one_act_says_of_all_that_must_be_answered_that_it_cannot_be_verified():
    state = section_state(nothing(), "LIC")
    assert state.doubtful and state.unverified_words == f"Rest in order; {len(state.doubtful)} not verified"
    answers = (acts.answer(item, "not_verified", why="not_shown") for item in state.doubtful)
    then = section_state(after(nothing(), *answers), "LIC")
    assert then.doubtful == () and then.unverified_words == ""


def test_what_a_clearing_states_is_no_doubt_that_nobody_could_settle():
    held = after(arrived(), (acts.fact("tank", {"number": situation()["tank"]["number"]}, "registry"),))
    must = {one.item for one in section_state(held, "TNK").rows if one.must_answer}
    doubtful = section_state(held, "TNK").doubtful
    assert "TNK-06" in must and "TNK-06" not in doubtful and "TNK-07" in doubtful


def test_the_stripe_is_of_the_agency_of_most_items_and_an_officers_own_items_come_first():
    assert section_state(arrived(), "LIC").agency == "T"
    police = section_state(replace(arrived(), officer=LI), "LIC")
    agencies = [one.agency for one in police.rows]
    assert agencies[0] == "P" and agencies == sorted(agencies, key=lambda one: one != "P")
    assert [(one.agency, one.heading) for one in police.rows if one.heading] == [("P", "Police"), ("T", "Transport")]


def test_the_usual_order_has_every_item_in_its_place_and_no_headings():
    police = replace(arrived(), officer=LI)
    ours, usual = section_state(police, "LIC"), section_state(police, "LIC", usual=True)
    assert [one.item for one in usual.rows] == [one.item.id for one in police.assessment.items if one.section == "LIC"]
    assert sorted(one.item for one in ours.rows) == sorted(one.item for one in usual.rows)
    assert not any(one.heading for one in usual.rows)
    assert (ours.order, section_state(police, "EDU").order) == ("Usual order", "")


def test_one_touch_in_a_section_brings_the_usual_order(driver):
    desk = on_glass(driver, replace(arrived(), officer=LI), "LIC")
    driver.tap_id("order")
    assert desk.usual_order


def test_where_nothing_is_left_only_one_button_leads_back():
    done = section_state(cleared(valid(arrived())), "EDU")
    assert done.is_done and done.clear_words == "Back to the walk"
    assert not section_state(arrived(), "EDU").is_done


def test_a_touch_on_the_fourth_answer_asks_why_and_puts_both_down(driver):
    desk = on_glass(driver, arrived(), "TNK")
    driver.tap(driver.find_id("answer:TNK-05").children[0])
    driver.tap_id("why:not_reachable")
    assert desk.last("answer").item == "TNK-05"
    said = desk.last("answer").value
    assert (said["result"], said["why"]) == ("not_verified", "not_reachable")


def test_one_touch_and_a_reason_say_it_of_all_that_must_be_answered(driver):
    desk = on_glass(driver, nothing(), "LIC")
    must = section_state(desk.held, "LIC").doubtful
    driver.tap_id("unverified")
    driver.tap_id("why:no_data")
    assert [one.item for one in desk.held.entries if one.kind == "answer"] == list(must)
    assert set(must).isdisjoint(desk.last("section_clear").value["items"])
    assert section_state(desk.held, "LIC").open == 0 and desk.went == [("walk", {})]
