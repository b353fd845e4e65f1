"""Other plates and papers of foreigners, on the real screens: kind, country, signs; kept as the kernel folds them."""

import pytest

from checklists.inspection.entries import standing
from demo.gallery import DEVICES
from mobile.app import LujianApp
from mobile.inspecting import acts
from mobile.screens.identify.signs.state import KINDS, NAMES, PAPER_KINDS, plate_note, signs_state
from mobile.sign_input import COUNTRIES, PAPERS, PLATES, Signs
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.test_looks import looked_at


@pytest.fixture
def app(driver, tmp_path):
    tablet.made(tmp_path)
    made = LujianApp(tmp_path)
    made.desk.start_sync = lambda: None
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    made.desk.put_down()
    driver.step(3)
    driver.tap_id("new_check")
    driver.step(3)
    yield made
    made.on_stop()


def keys(driver, text) -> None:
    for sign in text:
        grid = driver.find_id("sign_keys")
        driver.tap(next(one for one in grid.children if getattr(one, "key", "") == sign))


def at_other_plate(driver) -> None:
    driver.tap_id("enter_plate_big")
    driver.step(3)
    driver.tap_id("other_plate")
    driver.step(3)


def test_a_mongolian_plate_is_entered_by_country_and_signs(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("kind:foreign")
    driver.tap_id("country:MN")
    keys(driver, "1234УБА")
    driver.tap_id("taken:driver")
    driver.step(3)
    held = app.desk.held
    assert (held.fact("vehicle.plate"), held.fact("vehicle.colour")) == ("1234УБА", None)
    assert plate_note(held) == "外国号牌 · 蒙古国"
    driver.find_text("执法人员录入 · 外国号牌 · 蒙古国")
    assert not any("颜色" in one.text for one in driver.find_id("next").parent.walk() if hasattr(one, "text"))
    driver.tap_id("next")
    assert app.desk.screen == "snapshot"


TYPED = {
    "foreign": ("plate", "kind:foreign country:MN", "1234УБА"),
    "longest": ("plate", "kind:armed_police", "13001234567890"),
    "passport": ("card", "kind:passport", "E12345678"),
}


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("typed", TYPED)
def test_signs_and_the_ways_to_others_can_be_read_and_touched_on_every_tablet(driver, app, typed, device) -> None:
    mode, picks, text = TYPED[typed]
    driver.set_device(*DEVICES[device])
    app.frame.ids.holder.clear_widgets()
    app._screens.clear()
    app.show("identify", {})
    app.desk.go("identify", mode=mode)
    driver.step(3)
    for one in ("other_plate" if mode == "plate" else "other_paper", *picks.split()):
        driver.tap_id(one)
        driver.step(3)
    if typed == "longest":
        driver.tap_id("page:latin")
    keys(driver, text)
    assert not list(looked_at(driver, typed))


def test_a_plate_that_hangs_nowhere_takes_one_touch(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("kind:none")
    driver.step(3)
    assert app.desk.held.fact("vehicle.plate") == "无号牌"
    driver.find_text("无号牌")


def test_letters_on_another_page_are_one_touch_away(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("kind:emergency")
    keys(driver, "冀S1234")
    driver.tap_id("page:chinese")
    keys(driver, "应急")
    driver.tap_id("taken:driver")
    driver.step(3)
    assert app.desk.held.fact("vehicle.plate") == "冀S1234应急"


def test_an_everyday_plate_goes_the_usual_way(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("kind:other")
    keys(driver, "蒙K12345")
    driver.tap_id("taken:driver")
    driver.step(3)
    assert (app.desk.screen, app.desk.where["mode"], app.desk.where["asked"]) == ("identify", "matches", "蒙K12345")
    assert app.desk.held.fact("vehicle.plate") is None


def test_another_plate_afterwards_takes_the_kind_back(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("kind:none")
    driver.step(3)
    app.desk.go("identify", mode="plate")
    driver.step(3)
    keyboard = driver.find_id("plate_keyboard")
    keyboard.text = "蒙K99999"
    driver.tap_id("done")
    driver.step(3)
    if app.desk.where.get("mode") == "matches":
        driver.tap_id("keep_plate")
    driver.step(3)
    assert app.desk.held.fact("vehicle.plate") == "蒙K99999"
    assert plate_note(app.desk.held) == ""


def test_a_passport_is_kept_by_number_and_kind_and_by_whose_it_is(driver, app) -> None:
    app.desk.go("identify", mode="card")
    driver.step(3)
    driver.tap_id("other_paper")
    driver.step(3)
    driver.tap_id("kind:passport")
    keys(driver, "E12345678")
    driver.find_text("证件")
    driver.tap_id("taken:escort")
    driver.step(3)
    held = app.desk.held
    assert held.fact("escort.id_number") == "E12345678"
    assert standing(held.entries, "note")["paper_kind:escort"][-1].value["text"] == "护照"
    assert held.assessment.situation.escort.id_number == "E12345678"


def test_the_way_back_is_the_usual_keyboard(driver, app) -> None:
    at_other_plate(driver)
    driver.tap_id("usual_keys")
    assert app.desk.where["mode"] == "plate"
    app.desk.go("identify", mode="paper")
    driver.step(3)
    driver.tap_id("usual_keys")
    assert app.desk.where["mode"] == "card"


@pytest.mark.parametrize("device", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
def test_keys_keep_ten_millimetres(driver, app, device) -> None:
    from mobile.widgets.theme import mm

    driver.set_device(*device)
    driver.step(3)
    app.desk.go("identify", mode="other")
    driver.step(3)
    driver.tap_id("kind:foreign")
    driver.tap_id("country:RU")
    driver.step(3)
    grid = [one for one in driver.find_id("sign_keys").children if getattr(one, "key", "")]
    assert len(grid) == 40
    assert min(min(one.size) for one in grid) >= mm(10) - 0.5


def test_what_cannot_be_checked_says_so_and_may_be_taken() -> None:
    for signs in (
        Signs("plate", "temporary", page="latin", text="蒙A12临99"),
        Signs("paper", "other", text="ABC12345678901"),
    ):
        state = signs_state(story.nothing(), signs)
        assert state.may_take and state.problems


def test_what_is_typed_is_no_vehicle_of_the_waybill_unless_it_is() -> None:
    held = story.after(story.nothing(), (acts.fact("vehicle.plate", "1234УБА"),))
    assert held.assessment.situation.vehicle.plate == "1234УБА"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_kind_and_country_has_words(lang) -> None:
    words.lang = lang
    assert {*PLATES, "none"} == {*KINDS} and {*COUNTRIES} == {*NAMES} and {*PAPERS} == {*PAPER_KINDS}
    for what in ("plate", "paper"):
        assert all(one.text for one in signs_state(story.nothing(), Signs(what)).kinds)
    words.lang = "zh_CN"
