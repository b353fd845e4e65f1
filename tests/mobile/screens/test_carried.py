"""Papers in the crew's hand: read field by field, never mixed up with the registry, and enough for the rules."""

from datetime import date

import pytest

from checklists.rules.rulebook import compare
from mobile.inspecting import acts
from mobile.inspecting.carried_papers import Papers
from mobile.screens.carried.state import Entering, carried_state
from mobile.screens.shared.days import PAST, day_keys, is_day
from mobile.words import words
from tests.mobile.story import StoryDesk, after, arrived, nothing, situation

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def unknown():
    """A vehicle that no registry knows, with its waybill."""
    bill = {key: one for key, one in situation()["waybill"].items() if key != "carrier_uscc"}
    bill |= {"plate": "豫A77777", "trailer_plate": "豫A777挂", "tank": "T-2020-777"}
    bill["driver"] = {"name": "赵立军", "id_number": "41010119800101001X"}
    bill["escort"] = {"name": "孙海", "id_number": "410101198203030035"}
    held = after(nothing(), acts.identify("豫A77777", "yellow"), acts.waybill(bill))
    return after(held, acts.look_up(held))


READ = {
    "driver.qualification.category": "driver",
    "escort.qualification.category": "escort",
    "vehicle.permit.scope": "8",
    "vehicle.trailer": "豫A777挂",
    "trailer.permit.scope": "8",
    "trailer.tank": "T-2020-777",
    "carrier.licence.scope": "8",
    "vehicle.kind": "tractor",
    "vehicle.kerb_mass_kg": "8800",
    "vehicle.gross_limit_kg": "49000",
    "vehicle.traction_mass_kg": "40000",
    "trailer.kerb_mass_kg": "7000",
    "trailer.approved_mass_kg": "33000",
    "tank.number": "T-2020-777",
    "tank.media": "1830",
    "tank.outlet": "bottom",
    "tank.max_fill_mass_kg": "33000",
}


def said(held, path, text):
    mine = Papers(held)
    if mine.field(path).kind in ("text", "mass", "volume", "day"):
        return after(held, mine.read(path, text))
    return after(held, mine.pick(path, text))


def all_read(held):
    for paper in Papers(held).all:
        for one in paper.fields:
            if one.needed:
                held = said(held, one.path, READ.get(one.path, "2028-05-31"))
    return held


def verdicts(held):
    return {(one.rule, one.case, one.subject): one.verdict for one in compare(held.context)}


def test_with_all_papers_read_the_rules_run_as_if_a_registry_knew_the_vehicle():
    held = after(all_read(unknown()), acts.see_aboard(crew(unknown())))
    asked = {key: one for key, one in verdicts(held).items() if key[0] in ("R2", "R3", "R5", "R6", "R7", "R9", "R15")}
    assert len(asked) > 15 and set(asked.values()) == {"consistent"}, {k for k, v in asked.items() if v != "consistent"}
    assert verdicts(held)["R8", "over_fill_mass", "tank"] == "consistent"


def crew(held):
    bill = held.fact("waybill")
    return [{"role": role, **bill[role]} for role in ("driver", "escort")]


def test_without_them_none_of_these_can_be_told():
    asked = {one for key, one in verdicts(unknown()).items() if key[0] in ("R2", "R5", "R6", "R7", "R15")}
    assert asked == {"cannot_tell"}


def test_what_was_read_is_a_paper_that_was_shown_and_an_expired_one_is_found():
    held = said(unknown(), "vehicle.permit.valid_until", "2026-01-31")
    assert held.entries[-1].value == {"data": "2026-01-31", "source": "papers"}
    assert verdicts(held)["R5", "vehicle_permit_expired", "vehicle.permit"] == "conflict"


def test_nothing_is_filled_in_and_the_waybill_is_only_offered():
    state = carried_state(unknown(), "vehicle_permit")
    trailer = state.field("vehicle.trailer")
    assert (trailer.text, trailer.known) == ("", "豫A777挂")
    assert not any(choice.chosen for one in state.fields for choice in one.choices)
    assert state.field("vehicle.permit.scope").choices[0].key == "8"


def test_where_the_registry_says_otherwise_both_are_shown():
    held = said(arrived(), "trailer.permit.valid_until", "2028-05-31")
    one = carried_state(held, "trailer_permit").field("trailer.permit.valid_until")
    assert one.text == "2028-05-31" and one.trouble == "The registry says: 2026-10-31"


def test_a_scope_takes_several_classes_and_a_touch_takes_one_away():
    held = said(said(unknown(), "vehicle.permit.scope", "8"), "vehicle.permit.scope", "3")
    assert held.fact("vehicle.permit.scope") == ["3", "8"]
    held = said(held, "vehicle.permit.scope", "3")
    assert held.fact("vehicle.permit.scope") == ["8"]
    assert said(held, "vehicle.permit.scope", "8").fact("vehicle.permit.scope") is None


def test_of_a_tanks_list_only_what_was_read_is_said_and_the_rest_stays_open():
    held = said(unknown(), "tank.media", "1830")
    assert held.fact("tank.media") == ["1830", "等"]
    other = after(held, acts.waybill({**held.fact("waybill"), "lines": [{"un": "1203"}]}))
    assert verdicts(other)["R7", "goods_not_on_list", ""] == "cannot_tell"


def test_a_number_that_cannot_be_true_is_not_taken():
    assert Papers(unknown()).read("vehicle.kerb_mass_kg", "49") is None
    state = carried_state(unknown(), "vehicle_licence", Entering(refused="vehicle.kerb_mass_kg"))
    assert "100–200000 kg" in state.field("vehicle.kerb_mass_kg").trouble


def test_a_paper_that_was_not_shown_is_a_violation_where_it_must_be_carried():
    held = after(unknown(), Papers(unknown()).not_shown("vehicle_permit"))
    assert verdicts(held)["R5", "vehicle_permit_absent", "vehicle.permit"] == "conflict"
    assert Papers(held).is_absent(Papers(held).paper("vehicle_permit"))
    back = after(held, Papers(held).not_shown("vehicle_permit"))
    assert verdicts(back)["R5", "vehicle_permit_expired", "vehicle.permit"] == "cannot_tell"


def test_another_that_was_not_shown_could_not_be_verified():
    held = after(unknown(), Papers(unknown()).not_shown("liability_insurance"))
    assert [one.item.id for one in held.assessment.unverified] == ["LIC-13"]
    back = after(held, Papers(held).not_shown("liability_insurance"))
    assert back.assessment.unverified == () and Papers(back).done == 0


def test_the_next_paper_is_one_of_which_nothing_was_read():
    held = said(unknown(), "escort.qualification.category", "escort")
    assert Papers(held).after("driver_qualification") == "vehicle_permit"
    assert Papers(held).after("tank_report") == "driver_qualification"


def test_numbers_are_asked_for_once_the_touches_are_made():
    assert Papers(unknown()).next_number("vehicle_licence") == ""
    held = said(unknown(), "vehicle.kind", "tractor")
    assert Papers(held).next_number("vehicle_licence") == "vehicle.kerb_mass_kg"


def test_a_day_of_the_next_year_takes_two_touches_a_later_or_past_one_three():
    first = [one.key for one in day_keys(TODAY)]
    assert first[0] == "2026-11" and first[12] == "2027-11" and "2030" in first and first[-1] == PAST
    assert day_keys(TODAY, "2028-02")[-1].key == "2028-02-29"
    assert day_keys(TODAY, "2030")[0].key == "2030-01"
    assert [one.key for one in day_keys(TODAY, PAST)][:2] == ["2026", "2025"]
    assert is_day("2028-02-29") and not is_day("2028-02") and not is_day(PAST)


def test_where_documents_reach_the_party_is_its_own_word_and_no_paper():
    held = said(unknown(), "driver.address", "河南省示例市某路 1 号")
    assert held.entries[-1].value == {"data": "河南省示例市某路 1 号", "source": "party"}
    state = carried_state(held, "service")
    assert state.field("driver.address").label == "driver · address for service"
    assert not state.is_paper and state.progress == "0 of 10" and state.rows[-1].note == "stated"


# -- on glass


def on_glass(driver, held, paper="", **where):
    from mobile.screens.carried import flow
    from mobile.screens.carried.view import CarriedScreen

    words.lang = "en"
    desk, screen = StoryDesk(held), driver.show(CarriedScreen())
    flow.enter(desk, screen, paper=paper, **where)
    driver.step(3)
    return desk


def test_the_last_touch_of_a_paper_leads_to_the_next(driver):
    desk = on_glass(driver, unknown())
    for name in ("read:driver.qualification.category:driver", "day:2028", "day:2028-05", "day:2028-05-31"):
        driver.tap_id(name)
    assert desk.held.fact("driver.qualification.valid_until") == "2028-05-31"
    driver.find_id("read:escort.qualification.category:escort")
    assert driver.touches == 4


def test_a_day_that_was_read_is_picked_again(driver):
    desk = on_glass(driver, said(unknown(), "vehicle.permit.valid_until", "2026-12-01"), "vehicle_permit")
    for name in ("again:vehicle.permit.valid_until", "day:2027-03", "day:2027-03-09"):
        driver.tap_id(name)
    assert desk.held.fact("vehicle.permit.valid_until") == "2027-03-09"


def test_the_pad_asks_for_one_number_after_the_other(driver):
    desk = on_glass(driver, unknown(), "vehicle_licence")
    driver.tap_id("read:vehicle.kind:tractor")
    for pad, number in (("kerb_mass_kg", "8800"), ("gross_limit_kg", "49000")):
        driver.find_id(f"pad:vehicle.{pad}")
        for digit in number:
            driver.tap_text(digit)
        driver.tap_text("Done")
        assert desk.held.fact(f"vehicle.{pad}") == int(number)
    driver.find_id("pad:vehicle.traction_mass_kg")


def test_what_the_waybill_says_is_taken_in_one_touch_and_not_twice(driver):
    desk = on_glass(driver, unknown(), "vehicle_permit")
    driver.tap_id("copied:vehicle.trailer:known")
    assert desk.held.fact("vehicle.trailer") == "豫A777挂"
    before = len(desk.held.entries)
    driver.tap_id("paper:trailer_permit")
    assert len(desk.held.entries) == before


def test_a_paper_that_was_not_shown_says_so_in_the_list(driver):
    desk = on_glass(driver, unknown(), "carrier_licence")
    driver.tap_id("not_shown")
    assert desk.last("answer").value == {"result": "not_verified", "why": "not_shown"}
    driver.find_text("Was shown after all")
    driver.tap_id("papers_done")
    assert desk.went == [("walk", {})]


def test_a_paper_of_which_something_is_read_was_shown_after_all(driver):
    desk = on_glass(driver, unknown(), "vehicle_permit")
    for name in ("not_shown", "read:vehicle.permit.scope:8"):
        driver.tap_id(name)
    assert desk.held.fact("vehicle.permit.carried") is None
    assert desk.held.fact("vehicle.permit.scope") == ["8"]


def test_who_registers_goes_from_the_papers_to_hand_the_vehicle_over(driver):
    desk = on_glass(driver, unknown(), back="snapshot", then="pair")
    assert driver.find_id("papers_done").text == "Hand over"
    driver.tap_id("papers_done")
    assert desk.went == [("pair", {})]
