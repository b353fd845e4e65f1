"""What only an officer can tell is asked where it decides, nothing is chosen for him, and unknown stays unknown."""

from dataclasses import replace

import pytest

from checklists.facts.situation import situation as read
from checklists.inspection.entries import facts_tree, standing
from demo import find
from mobile.inspecting import acts
from mobile.screens.deviation.sheet.state import sheet_for
from mobile.screens.deviation.state import deviation_state
from mobile.screens.outcome.rows.state import groups
from mobile.screens.section.state import section_state
from mobile.screens.shared import questions
from mobile.screens.shared.questions import CANNOT_TELL, GOODS, section_questions
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.field import hear, line
from tests.mobile.story import LI, StoryDesk, after, arrived, nothing


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def loaded_with(*lines, **facts):
    """A tanker with these goods on its waybill, and what the registry or an officer says besides."""
    held = after(nothing(), acts.identify("蒙K12345", "yellow"))
    held = after(held, acts.waybill({"number": "YD1", "tank": "T1", "lines": list(lines)}))
    return after(held, *((acts.fact(path, data),) for path, data in facts.items()))


PETROL = {"un": "1203", "name": "汽油", "packing_group": "II", "net_mass_kg": 20000}
SULPHURIC = {"un": "1830", "name": "硫酸", "packing_group": "II", "net_mass_kg": 20000}


def asked(held, section="TNK"):
    return {one.path: one for one in section_questions(held, section)}


def say(held, path, key):
    return after(held, questions.answer(held, path, key))


def chosen(held, path, section="TNK"):
    return [one.key for one in asked(held, section)[path].options if one.chosen]


def verdicts(held, rule, case):
    return {one.subject: one.verdict for one in held.assessment.results if (one.rule, one.case) == (rule, case)}


def test_nothing_is_chosen_beforehand_and_cannot_tell_is_the_last_answer_of_each():
    for held in (nothing(), arrived(), loaded_with(PETROL), loaded_with(SULPHURIC)):
        for section in ("LIC", "PLA", "TNK", "EQP", "LOD"):
            for one in section_questions(held, section):
                assert not any(option.chosen for option in one.options), one.path
                assert one.options[-1].key == CANNOT_TELL
                assert one.title and one.decides


def test_the_type_of_vehicle_is_asked_where_the_goods_ask_for_one_and_decides():
    held = loaded_with(PETROL)
    assert "FL" in asked(held)["vehicle.approval_type"].decides
    assert verdicts(held, "R7", "vehicle_type") == {"vehicle": "cannot_tell"}
    assert verdicts(say(held, "vehicle.approval_type", "FL"), "R7", "vehicle_type") == {"vehicle": "consistent"}
    assert verdicts(say(held, "vehicle.approval_type", "AT"), "R7", "vehicle_type") == {"vehicle": "conflict"}
    assert "vehicle.approval_type" not in asked(loaded_with(SULPHURIC))


def test_a_trailer_is_asked_for_its_own_type_and_only_where_there_is_one():
    assert "trailer.approval_type" not in asked(loaded_with(PETROL))
    held = loaded_with(PETROL, trailer={"plate": "蒙K1234挂"})
    assert {"vehicle.approval_type", "trailer.approval_type"} <= asked(held).keys()
    assert say(held, "trailer.approval_type", "FL").context.situation.trailer.plate == "蒙K1234挂"


def test_the_material_of_the_shell_is_asked_for_goods_that_forbid_aluminium():
    def warned(one):
        return [value.name for each in one.assessment.results for value in each.warnings if value.name == "tank.shell"]

    held = loaded_with(SULPHURIC, tank={"number": "T1", "code": "L4BN"})
    assert "tank.shell" in asked(held) and warned(held)
    steel, aluminium = (say(held, "tank.shell", key) for key in ("steel", "aluminium"))
    assert not warned(steel) and chosen(steel, "tank.shell") == ["steel"]
    assert verdicts(aluminium, "R7", "tank_code_unfit") == {"": "cannot_tell"}
    assert "tank.shell" not in asked(loaded_with(PETROL, tank={"number": "T1", "code": "LGBF"}))


def test_insulation_is_asked_for_gases_whose_test_pressure_depends_on_it():
    propane = {"un": "1978", "name": "丙烷", "net_mass_kg": 10000}
    held = loaded_with(propane, tank={"number": "T1", "code": "P21BN", "kind": "pressure"})
    assert "tank.insulated" in asked(held)
    assert say(held, "tank.insulated", "yes").context.situation.tank.insulated is True
    assert say(held, "tank.insulated", "no").context.situation.tank.insulated is False


def test_surge_plates_are_asked_where_a_long_section_is_neither_full_nor_empty():
    half = {**PETROL, "net_mass_kg": 9000, "density_kg_m3": 750}
    held = loaded_with(half, tank={"number": "T1", "volume_l": 24000})
    held = after(held, (acts.fact("seen.net_mass_kg", 9000, "weighbridge"),))
    assert "tank.surge_plates" in asked(held)
    for key, verdict in (("no", "conflict"), ("yes", "consistent")):
        assert set(verdicts(say(held, "tank.surge_plates", key), "R8", "surge_fill").values()) == {verdict}


def test_an_uncleaned_tank_without_a_waybill_is_asked_for_what_it_carried_last():
    held = after(nothing(), acts.identify("蒙K12345", "yellow"))
    held = say(held, "seen.containment", "tank")
    assert "tank.last_goods" not in asked(held)
    held = say(held, "seen.loaded", "uncleaned")
    assert [one.key for one in asked(held)["tank.last_goods"].options] == [GOODS, CANNOT_TELL]
    told = say(held, "tank.last_goods", "1203")
    assert {one.un for one in told.context.on_board} == {"1203"}
    last = asked(told)["tank.last_goods"]
    assert (last.options[0].text, last.options[0].chosen, "GASOLINE" in last.title) == ("UN 1203", True, True)
    bare = after(told, acts.see_panel("rear", None, None, present=False))
    assert "panel_missing" in {one.case for one in bare.assessment.results if one.verdict == "conflict"}


def test_an_empty_clean_tank_has_no_dangerous_goods_items_left():
    held = loaded_with(PETROL)
    clean = say(held, "seen.loaded", "empty")
    assert clean.context.ordinary
    assert len(clean.assessment.items) < len(held.assessment.items)


def test_whether_it_is_a_listed_chemical_is_asked_where_a_law_hangs_on_it_until_it_is_known():
    held = loaded_with(PETROL)
    assert held.assessment.known["hazchem"] is None
    assert not any(one.cases for one in held.assessment.findings) and asked(held, "LOD") == {}
    held = after(held, acts.answer("TNK-05", "does_not_conform"))
    assert asked(held, "LOD").keys() == {"seen.facts.hazchem"}
    for key in ("yes", "no"):
        told = say(held, "seen.facts.hazchem", key)
        assert told.assessment.known["hazchem"] == {key}
        assert chosen(told, "seen.facts.hazchem", "LOD") == [key]
    fireworks = {"un": "0336", "name": "烟花", "net_mass_kg": 500}
    assert section_questions(loaded_with(fireworks), "LOD") == ()


@pytest.mark.parametrize("item", ["VEH-03", "VEH-01", "OPR-05"])
def test_a_finding_whose_law_depends_on_the_load_asks_for_it_and_is_settled(item):
    held = after(loaded_with(PETROL), acts.answer(item, "does_not_conform"))
    assert [row.asks_law for group in groups(held) for row in group.rows] == [True]
    while questions_left := [one for one in law(held, item) if not any(option.chosen for option in one.options)]:
        held = say(held, questions_left[0].path, questions_left[0].options[0].key)
    assert [one.cases for one in held.assessment.findings] == [()]
    assert [row.asks_law for group in groups(held) for row in group.rows] == [False]
    # What was said can be said otherwise.
    assert law(held, item)


def law(held, item):
    return deviation_state(held, sheet_for(held, item)).questions


def test_plates_of_before_2005_are_asked_where_adr_alone_is_in_force():
    seen = after(
        loaded_with(PETROL), acts.see_panel("front", "33", "1203"), acts.see_panel("rear", None, None, present=False)
    )
    assert asked(seen, "PLA") == {}
    abroad = replace(seen, kit=replace(story.kit(), checklist="eu-adr-2025"))
    assert asked(abroad, "PLA").keys() == {"seen.panels.front.pre_2005"}
    old = say(abroad, "seen.panels.front.pre_2005", "yes")
    assert old.context.situation.seen.panels["front"].un == "1203"
    assert verdicts(old, "R10", "panel_old") == {"front": "consistent"}


def test_cannot_tell_takes_ones_own_word_back_and_leaves_it_unknown():
    held = say(loaded_with(PETROL), "vehicle.approval_type", "AT")
    held = say(held, "vehicle.approval_type", CANNOT_TELL)
    assert held.context.situation.vehicle.approval_type is None
    assert verdicts(held, "R7", "vehicle_type") == {"vehicle": "cannot_tell"}
    assert chosen(held, "vehicle.approval_type") == [CANNOT_TELL]
    assert "approved as" in standing(held.entries, "note")["cannot_tell:vehicle.approval_type"][-1].value["text"]
    again = say(held, "vehicle.approval_type", "FL")
    assert chosen(again, "vehicle.approval_type") == ["FL"]


def test_cannot_tell_hides_neither_the_registry_nor_what_a_colleague_saw():
    held = say(loaded_with(PETROL), "vehicle.approval_type", CANNOT_TELL)
    row = {"plate": "蒙K12345", "approval_type": "FL"}
    assert after(held, (acts.fact("vehicle", row, "registry"),)).context.situation.vehicle.approval_type == "FL"
    theirs = replace(loaded_with(PETROL), officer=LI, device="tablet-2")
    seen = say(theirs, "vehicle.approval_type", "AT")
    mine = replace(seen, officer=story.WANG, device="tablet-officer-1")
    assert say(mine, "vehicle.approval_type", CANNOT_TELL).context.situation.vehicle.approval_type == "AT"


def test_what_is_put_down_is_what_the_kernel_reads():
    held = loaded_with(PETROL, tank={"number": "T1"})
    paths = {
        "seen.facts.hazchem": "no", "vehicle.approval_type": "EX/II", "tank.shell": "other", "tank.insulated": "no",
        "tank.surge_plates": "yes", "tank.last_goods": "1203", "seen.loaded": "uncleaned", "seen.containment": "bulk",
    }  # fmt: skip
    for path, key in paths.items():
        held = say(held, path, key)
    assert read({**facts_tree(held.entries), "at": story.AT}).tank.surge_plates is True


def test_two_officers_who_differ_are_shown_where_it_is_entered():
    held = say(loaded_with(PETROL), "vehicle.approval_type", "FL")
    theirs = replace(held, officer=LI, device="tablet-2")
    assert "approved as" in section_state(say(theirs, "vehicle.approval_type", "AT"), "TNK").disputes[0]


def on_glass(driver, held, section):
    from mobile.screens.section import flow
    from mobile.screens.section.view import SectionScreen

    words.lang = "en"
    desk, screen = StoryDesk(held), driver.show(SectionScreen())
    flow.enter(desk, screen, section=section)
    driver.step(3)
    return desk


@pytest.mark.parametrize("device", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
def test_one_touch_answers_and_another_takes_it_back(driver, device):
    driver.set_device(*device)
    desk = on_glass(driver, loaded_with(PETROL), "TNK")
    driver.tap_id("ask:vehicle.approval_type:FL")
    assert desk.held.fact("vehicle.approval_type") == "FL"
    driver.tap_id(f"ask:vehicle.approval_type:{CANNOT_TELL}")
    assert desk.held.fact("vehicle.approval_type") is None


def test_the_last_load_is_found_in_the_list(driver):
    held = after(nothing(), acts.identify("蒙K12345", "yellow"))
    desk = on_glass(driver, say(say(held, "seen.containment", "tank"), "seen.loaded", "uncleaned"), "TNK")
    driver.tap_id("ask:tank.last_goods:goods")
    driver.step(3)
    driver.tap(driver.find_id("search").ids.input)
    driver.type_text("1203")
    driver.step_until(lambda: find.by_id("row:1203|1|II"))
    driver.tap_id("row:1203|1|II")
    assert desk.held.fact("tank.last_goods") == "1203"


def test_in_a_section_with_something_to_enter_the_questions_stand_below_it(driver):
    desk = on_glass(driver, after(arrived(), acts.answer("TNK-05", "does_not_conform")), "LOD")
    driver.find_id("weigh")
    driver.tap_id("ask:seen.facts.hazchem:yes")
    assert desk.held.fact("seen.facts.hazchem") == "yes"


def test_a_trailer_whose_plate_nobody_could_read_is_not_stated_by_clearing():
    held = arrived()
    assert ("seen.trailer_plate", "蒙K1234挂") in held.confirms["LIC"]
    untold = say(held, "seen.trailer_plate", CANNOT_TELL)
    assert not any(path == "seen.trailer_plate" for facts in untold.confirms.values() for path, _data in facts)
    assert untold.confirms["TNK"] == held.confirms["TNK"]


@pytest.mark.parametrize("device", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
def test_the_trailer_that_really_hangs_there_is_said_by_one_touch_or_by_the_keys(driver, device):
    driver.set_device(*device)
    desk = on_glass(driver, arrived(), "LIC")
    driver.tap_id("ask:seen.trailer_plate:蒙K1234挂")
    assert desk.held.fact("seen.trailer_plate") == "蒙K1234挂"
    driver.tap_id("ask:seen.trailer_plate:plate")
    driver.step(3)
    for sign in "蒙B9999挂":
        driver.tap_text(sign)
    driver.tap_id("done")
    assert desk.held.fact("seen.trailer_plate") == "蒙B9999挂"
    assert chosen(desk.held, "seen.trailer_plate", "LIC") == ["蒙B9999挂"]
    assert "conflict" in verdicts(desk.held, "R1", "other_trailer").values()


@pytest.mark.parametrize("device", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
def test_the_number_on_the_tank_is_said_by_one_touch_or_by_the_keys(driver, device):
    driver.set_device(*device)
    desk = on_glass(driver, arrived(), "TNK")
    assert not verdicts(desk.held, "R15", "tank_papers_differ")
    driver.tap_id("ask:seen.tank_number:G2019-0815")
    assert verdicts(desk.held, "R1", "other_tank") == {"tank": "consistent"}
    driver.tap_id("ask:seen.tank_number:number")
    driver.step(3)
    driver.tap_id("page:chinese")
    for sign in "鲁G2021-9":
        driver.tap_text(sign)
    driver.tap_id("sign_done")
    assert chosen(desk.held, "seen.tank_number") == ["鲁G2021-9"]
    assert verdicts(desk.held, "R1", "other_tank") == {"tank": "conflict"}
    driver.tap_id(f"ask:seen.tank_number:{CANNOT_TELL}")
    assert desk.held.fact("seen.tank_number") is None


def test_the_tank_that_stands_there_is_looked_up_by_its_own_number(tmp_path):
    desk, _shown = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    hear(desk.open_store, line("tank", "G2021-9", {"number": "G2021-9", "code": "L4BH"}, tablet.HEARD))
    desk.begin()
    desk.put((*acts.identify("蒙K12345", "yellow"), *acts.waybill({"number": "YD1", "tank": "G2019-0815"})))
    desk.put(questions.answer(desk.held, "seen.tank_number", "ｇ2021 9"))
    assert desk.held.context.situation.tank.code == "L4BH"
    desk.put(questions.answer(desk.held, "seen.tank_number", CANNOT_TELL))
    tank = desk.held.context.situation.tank
    assert tank is None or tank.number == "G2019-0815"
    desk.close()


def test_a_number_is_offered_once_however_it_is_written():
    held = after(arrived(), (acts.fact("vehicle.tank", "g2019 0815"), acts.fact("seen.tank_number", "Ｇ2019-0815")))
    options = [one.key for one in asked(held)["seen.tank_number"].options]
    assert options == ["Ｇ2019-0815", questions.NUMBER, CANNOT_TELL]
    assert chosen(held, "seen.tank_number") == ["Ｇ2019-0815"]


def test_a_vehicle_without_a_tank_is_not_asked_for_its_number():
    held = after(nothing(), acts.identify("蒙K12345", "yellow"))
    assert "seen.tank_number" not in asked(say(held, "seen.containment", "packages"))
    assert "seen.tank_number" in asked(say(held, "seen.containment", "tank"))
