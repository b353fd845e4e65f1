"""The shift by touches on the real screens: begun in one touch, closed by two PINs, compared with the office."""

import pytest

from mobile.app import LujianApp
from mobile.inspecting.inspection import Officer
from mobile.refusals import Refusal
from mobile.sealing import shifts
from mobile.store import store
from tests.mobile import story, tablet
from tests.mobile.fake_office import FakeOffice, serving
from tests.mobile.field import built
from tests.mobile.sealing.test_shifts import told

SECOND_PIN = "794638"


@pytest.fixture
def start(driver):
    """Return a function that starts the tablet on a folder with no shift open; its link is not tried unless asked."""
    apps = []

    def begin(folder, url="http://127.0.0.1:9", *, link=False):
        tablet.made(folder, url)
        app = LujianApp(folder)
        if not link:
            app.desk.start_sync = lambda: None
        driver.start(app)
        apps.append(app)
        unlock(driver)
        store.keep_setting(app.desk.open_store, "shift", None)
        app.desk.lock()
        driver.step(3)
        unlock(driver)
        return app

    yield begin
    for app in apps:
        app.on_stop()


def unlock(driver) -> None:
    enter(driver, tablet.PIN)


def enter(driver, pin) -> None:
    for digit in pin:
        driver.tap_text(digit)
    driver.tap_id("key:tick")


def write(driver, field, text) -> None:
    driver.tap(driver.find_id(field).ids.input)
    driver.type_text(text)


def seal(app, **more) -> str:
    held = app.desk.open_store
    at = app.desk.at
    inspection = f"i-{store.chain_head(held)[0]}"
    store.open_inspection(held, inspection, "officer-1", at)
    part = built(inspection, sealed_at=at, outcome={"decided": "release"}, **more)
    return store.seal_inspection(held, inspection, part, app.desk.access.enrolment.key).digest


def test_unlocking_without_a_shift_begins_one_and_one_touch_is_enough(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    assert app.desk.screen == "shift"
    driver.touches = 0
    driver.tap_id("begin_shift")
    assert (app.desk.screen, driver.touches) == ("queue", 1)
    assert shifts.current(app.desk.open_store).officers == ("officer-1",)


def test_a_shift_that_was_closed_is_said_to_be_so_where_the_post_cannot_be_left(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("begin_shift")

    def full() -> None:
        raise Refusal("disk_full")

    app.desk.pairings.leave_post = full
    driver.tap_id("shift")
    enter(driver, tablet.PIN)
    assert shifts.current(app.desk.open_store) is None
    assert (app.desk.screen, app.desk.where) == ("shift", {"mode": "closed"})


def test_an_open_shift_leads_to_the_queue_and_a_check_in_hand_to_itself(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("to_queue")
    driver.tap_id("new_check")
    app.desk.lock()
    driver.step(3)
    unlock(driver)
    assert app.desk.screen == "identify"
    driver.tap_id("back")
    driver.tap_id("shift")
    driver.tap_id("begin_shift")
    app.desk.lock()
    driver.step(3)
    unlock(driver)
    assert app.desk.screen == "queue"


@pytest.mark.parametrize("then", ["enter", "begin_shift", "second:officer-2"])
def test_place_and_campaign_are_kept_whatever_is_touched_next(driver, start, tmp_path, then) -> None:
    app = start(tmp_path)
    write(driver, "campaign", "逐车过检")
    write(driver, "site", "G18 云岭东检查站")
    if then == "enter":
        driver.press_key("enter")
    else:
        driver.tap_id(then)
    if app.desk.screen == "shift":
        driver.tap_id("begin_shift")
    shift = shifts.current(app.desk.open_store)
    assert (shift.site, shift.campaign) == ("G18 云岭东检查站", "逐车过检")
    assert app.desk.device_facts.site == "G18 云岭东检查站"
    driver.find_text("G18 云岭东检查站")


def test_what_is_being_written_outlives_a_run_with_the_office(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    write(driver, "site", "G18")
    app.desk.refresh()
    driver.type_text(" 东")
    assert driver.find_id("site").text == "G18 东"


def test_what_is_asked_of_the_post_follows_light_and_road(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    for chip, on in (("dark", True), ("expressway", True)):
        if driver.find_id(chip).active != on:
            driver.tap_id(chip)
    for tick in ("officers_3", "signs_2_km"):
        driver.tap_id(f"tick:{tick}")
    driver.tap_id("begin_shift")
    shift = shifts.current(app.desk.open_store)
    assert (shift.dark, shift.expressway, shift.ticked) == (True, True, ("officers_3", "signs_2_km"))


def test_the_second_officer_of_the_shift_is_proposed_at_signing(driver, start, tmp_path) -> None:

    app = start(tmp_path)
    driver.tap_id("second:officer-2")
    driver.tap_id("second:officer-2")
    driver.tap_id("second:officer-2")
    driver.tap_id("begin_shift")
    assert shifts.colleague(app.desk.open_store, app.desk.access.me.id) == "officer-2"


def test_the_post_changes_in_the_middle_of_a_shift(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("begin_shift")
    began = shifts.current(app.desk.open_store)
    driver.tap_id("shift")
    driver.tap_id("change_post")
    write(driver, "site", "G109")
    driver.tap_id("begin_shift")
    now = shifts.current(app.desk.open_store)
    assert (now.id, now.began_at, now.site, app.desk.screen) == (began.id, began.began_at, "G109", "queue")


def test_both_pins_close_the_shift_and_the_office_counts_the_same(driver, start, tmp_path) -> None:
    office = FakeOffice()
    office.packages = dict(tablet.packages())
    with serving(office):
        app = start(tmp_path, office.url)
        app.desk.access.add_officer("officer-2", SECOND_PIN)
        driver.tap_id("second:officer-2")
        driver.tap_id("begin_shift")
        seal(app, findings=[{"severity": "II"}])
        driver.tap_id("shift")
        enter(driver, "000000")
        driver.find_text("PIN 错误，还可尝试 9 次。")
        enter(driver, tablet.PIN)
        enter(driver, SECOND_PIN)
        end = shifts.closed(app.desk.open_store)
        part = store.sealed(app.desk.open_store, end.digest).part
        assert [one["officer"] for one in part["signatures"]] == ["officer-1", "officer-2"]
        office.told[end.digest] = {"shift": told(equal=True, named=1, held=1)}
        del app.desk.start_sync
        app.desk.start_sync()
        driver.step_until(lambda: shifts.closed(app.desk.open_store).told)
    driver.step(3)
    driver.find_text("与办公端统计一致：1 条记录。")


def test_an_absent_colleague_does_not_keep_the_shift_open(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    app.desk.access.add_officer("officer-2", SECOND_PIN)
    driver.tap_id("second:officer-2")
    driver.tap_id("begin_shift")
    driver.tap_id("shift")
    enter(driver, tablet.PIN)
    driver.tap_id("without")
    end = shifts.closed(app.desk.open_store)
    part = store.sealed(app.desk.open_store, end.digest).part
    assert ([one["id"] for one in part["officers"]], len(part["signatures"])) == (["officer-1", "officer-2"], 1)
    assert app.desk.where == {"mode": "closed"}


def test_who_never_set_a_pin_here_is_not_waited_for(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("second:officer-2")
    driver.tap_id("begin_shift")
    driver.tap_id("shift")
    driver.find_text("未在本机设置 PIN")
    enter(driver, tablet.PIN)
    assert shifts.closed(app.desk.open_store) is not None


def test_what_is_sealed_between_two_pins_asks_for_the_first_again(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    app.desk.access.add_officer("officer-2", SECOND_PIN)
    driver.tap_id("second:officer-2")
    driver.tap_id("begin_shift")
    driver.tap_id("shift")
    enter(driver, tablet.PIN)
    seal(app)
    app.desk.refresh()
    driver.step(2)
    driver.find_text("王强 的 PIN")
    assert shifts.current(app.desk.open_store) is not None


def test_off_line_the_office_is_said_not_to_have_counted_yet_and_the_next_shift_begins(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("begin_shift")
    driver.tap_id("shift")
    enter(driver, tablet.PIN)
    driver.find_text("办公端尚未核对本班次。")
    driver.tap_id("next_shift")
    driver.tap_id("begin_shift")
    assert app.desk.screen == "queue"


def test_the_queue_says_who_holds_a_check_and_how_bad_it_looks(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("begin_shift")
    app.desk.begin()
    inspection = app.desk.held.inspection
    app.desk.put(story_drafts(), Officer("officer-2", "李敏", "P-0002", "P"))
    app.desk.put_down()
    driver.step(3)
    row = driver.find_id(f"resume:{inspection}")
    assert row.detail.startswith("李敏")
    assert row.tier in ("high", "medium")
    assert row.parent.parent.parent.title == "待继续"


def story_drafts():
    """The story's vehicle with the plate of another load on it."""
    from mobile.inspecting import acts

    waybill = story.situation()["waybill"]
    return (*acts.identify("蒙K12345", "yellow"), *acts.waybill(waybill), *acts.see_panel("front", "80", "1832"))
