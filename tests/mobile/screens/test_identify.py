"""Identifying a vehicle: the waybill's code, the plate, and what the registry knows of them."""

import json
from datetime import UTC, datetime

import pytest

from checklists.facts.waybill_codes import Code
from mobile.inspecting import acts
from mobile.screens.identify.state import ask_registry, best_reading, confirm_plate, identify_state
from mobile.screens.shared.problems import problem_words
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def scanned(**changes):
    bill = {**story.situation()["waybill"], **changes}
    held = story.nothing()
    reading = best_reading([json.dumps(bill)], held)
    held = story.after(held, acts.waybill(reading.data), (acts.fact("vehicle.plate", bill["plate"], "waybill"),))
    return story.after(held, ask_registry(held))


def test_nothing_known_offers_no_next() -> None:
    state = identify_state(story.nothing(), NOW)
    assert (state.may_go_on, state.bill, state.known) == (False, None, ())


def test_a_scan_shows_the_waybill_its_raw_text_and_what_the_registry_knows() -> None:
    state = identify_state(scanned(), NOW)
    assert ("Goods", "UN 1830 · 硫酸 · class 8 · PG II · 28.000 t") in state.bill.rows
    assert '"number": "YD20261121000123"' in state.bill.raw
    assert ("trailer", "蒙K1234挂", "1 day old") in state.known
    assert (state.plate, state.colour, state.may_go_on) == ("蒙K12345", "yellow", True)


def test_an_impossible_mass_is_said_and_stays_unknown() -> None:
    line = {**story.situation()["waybill"]["lines"][0], "net_mass_kg": -5}
    state = identify_state(scanned(lines=[line]), NOW)
    assert any("“-5” is impossible" in one for one in state.bill.problems)
    assert ("Goods", "UN 1830 · 硫酸 · class 8 · PG II · mass not known") in state.bill.rows


def test_a_plate_that_cannot_be_warns_and_does_not_stop() -> None:
    held = story.after(story.nothing(), acts.identify("蒙K1234O", "yellow"))
    state = identify_state(held, NOW)
    assert state.plate_problems == ("I or O is not used there; 蒙K12340 is probably meant",)
    assert state.may_go_on


def test_a_waybill_of_another_vehicle_is_said() -> None:
    held = story.after(scanned(), acts.identify("蒙K99999", "yellow"))
    assert "The waybill names another vehicle: 蒙K12345" in identify_state(held, NOW).plate_problems


def test_correcting_the_plate_takes_back_what_the_registry_said_of_the_other() -> None:
    held = story.after(scanned(), acts.identify("蒙K99999", "yellow"))
    held = story.after(held, ask_registry(held))
    assert held.fact("vehicle") is None
    assert held.assessment.situation.vehicle.permit is None
    assert "does not know this plate" in identify_state(held, NOW).registry_hint


def test_going_back_to_the_first_plate_brings_its_entry_back() -> None:
    held = scanned()
    for plate in ("蒙K99999", "蒙K12345"):
        held = story.after(held, acts.identify(plate, "yellow"))
        held = story.after(held, ask_registry(held))
    assert held.fact("vehicle")["plate"] == "蒙K12345"


def test_going_on_makes_the_waybills_plate_the_officers_word_once() -> None:
    held = scanned()
    assert [one.value for one in confirm_plate(held)] == [{"data": "蒙K12345", "source": "officer"}]
    assert confirm_plate(story.after(held, confirm_plate(held))) == ()


def test_of_several_codes_the_one_that_is_a_waybill_is_taken() -> None:
    found = best_reading(
        ["https://example.com/", json.dumps({"number": "YD1", "plate": "蒙K12345"}), "x"], story.nothing()
    )
    assert found.data["number"] == "YD1"


def test_row_45_a_part_of_a_waybill_declares_nothing() -> None:
    part = Code("运单编号:YD1;车牌号:蒙K", b"", 1, 2, 9)
    reading = best_reading([part], story.nothing())
    assert set(reading.data) == {"raw"}
    assert [problem_words(one) for one in reading.problems] == ["QR code: part 1 of 2; scan the other codes too"]


def test_rows_37_and_39_how_the_waybill_writes_plate_and_number_is_no_problem() -> None:
    bill = {"plate": "蒙K·12345", "driver": {"name": "张建国", "id_number": "150624********001X"}}
    held = story.after(story.nothing(), acts.waybill(bill), acts.identify("蒙K12345", "yellow"))
    held = story.after(held, (acts.fact("driver.id_number", "15062419800101001X", "papers"),))
    assert identify_state(held, NOW).plate_problems == ()
