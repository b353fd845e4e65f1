"""The app as an officer uses it: real touches on the real screens, in a window that paints nothing."""

import gc
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import segno

from mobile.app import LujianApp
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.sealing import seal
from tests.mobile import story, tablet
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.fake_office import FakeOffice, serving

KERNEL = ("facts.situation", "facts.waybill", "goods.listing", "definitions", "findings", "rules", "law")
HEAVY = ("cryptography", "fpdf", "requests", "PIL", "peewee", "yaml", "kivy.core.clipboard", "mobile.widgets.codepad")


@pytest.fixture
def start(driver):
    """Return a function that starts the tablet on a folder; its link is not tried unless asked for."""
    apps = []

    def begin(folder, *, link=False, **more):
        app = LujianApp(folder, **more)
        if not link:
            app.desk.start_sync = lambda: None
        driver.start(app)
        apps.append(app)
        return app

    yield begin
    for app in apps:
        app.on_stop()


def unlock(driver) -> None:
    for digit in tablet.PIN:
        driver.tap_text(digit)
    driver.tap_id("key:tick")


def test_the_first_frame_comes_without_what_only_unlocking_needs(tmp_path) -> None:
    heavy = (*HEAVY, *(f"checklists.{one}" for one in KERNEL))
    code = (
        "import sys, mobile.main; from demo.driver import Driver; from pathlib import Path\n"
        "driver = Driver('mock'); from mobile.app import LujianApp\n"
        "app = LujianApp(Path(sys.argv[1])); app.on_start = lambda: None; driver.start(app)\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
        "print(driver.find_id('prompt') is not None)"
    )
    folder = tablet.made(tmp_path)
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["[]", "True"]


def test_six_touches_open_the_queue(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    driver.touches = 0
    unlock(driver)
    assert (app.desk.screen, driver.touches) == ("queue", 7)


def test_a_wrong_pin_is_told_in_words(driver, start, tmp_path) -> None:
    start(tablet.made(tmp_path))
    for digit in "000000":
        driver.tap_text(digit)
    driver.tap_id("key:tick")
    driver.find_text("PIN 错误，还可尝试 9 次。")


def test_after_the_process_is_gone_a_pin_leads_back_to_the_same_screen(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go("snapshot")
    # Nothing is closed: what is on disk must do.
    for widget in list(driver.window.children):
        driver.window.remove_widget(widget)
    again = start(tmp_path)
    unlock(driver)
    assert (again.desk.screen, again.desk.plate) == ("snapshot", "蒙K12345")
    driver.find_id("start_walk")


def test_a_screen_visited_twice_hears_each_touch_once(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    app.desk.begin()
    app.desk.put_down()
    app.desk.begin()
    heard = []
    app.desk.camera.mkdir()
    app.desk.tell = heard.append
    driver.step(2)
    segno.make(json.dumps(story.situation()["waybill"])).save(str(app.desk.camera / "a.png"), scale=4)
    driver.tap_id("scan")
    facts = [one for one in app.desk.held.entries if one.item == "waybill"]
    assert (len(facts), heard) == (1, [])


def test_the_waybills_code_fills_in_the_vehicle_and_next_leads_to_the_snapshot(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    app.desk.camera.mkdir()
    segno.make(json.dumps(story.situation()["waybill"])).save(str(app.desk.camera / "a.png"), scale=4)
    driver.tap_id("scan")
    driver.tap_id("next")
    assert app.desk.screen == "snapshot"
    assert app.desk.held.assessment.situation.trailer.plate == "蒙K1234挂"


def test_a_picture_that_arrives_leads_to_the_snapshot_without_a_touch(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    app.desk.camera.mkdir()
    told = story.situation()["waybill"]
    text = ";".join(f"{key}={told[key]}" for key in ("number", "plate", "trailer_plate", "tank"))
    # segno would write Shift JIS, which no waybill is in.
    code = segno.make(text + ";1，UN1830，硫酸，8，II，28.0 t", encoding="utf-8")
    code.save(str(app.desk.camera / "of-the-vehicle-before.png"), scale=4)
    unlock(driver)
    driver.tap_id("new_check")
    driver.touches = 0
    driver.step_until(lambda: driver.find_id("scan") is not None)
    driver.step(90)
    assert app.desk.held.fact("waybill") is None, "a picture of the vehicle before was read"
    code.save(str(app.desk.camera / "new.png"), scale=4)
    driver.step_until(lambda: app.desk.screen == "snapshot")
    assert (driver.touches, app.desk.plate) == (0, "蒙K12345")
    # That it is this vehicle is said by the touch that begins the walk.
    assert app.desk.held.assessment.situation.source("vehicle.plate").kind == "waybill"
    driver.step(3)
    driver.tap_id("start_walk")
    assert app.desk.screen == "walk"
    assert app.desk.held.assessment.situation.source("vehicle.plate").kind == "officer"


def test_a_plate_in_part_shows_what_it_may_be_and_a_touch_takes_it(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    driver.tap_id("enter_plate_big")
    for sign in "蒙K1234":
        driver.tap_text(sign)
    driver.tap_id("done")
    assert app.desk.where == {"mode": "matches", "asked": "蒙K1234", "colour": "yellow"}
    driver.tap_id("match:蒙K12345:yellow")
    assert (app.desk.plate, app.desk.held.fact("vehicle")["kind"]) == ("蒙K12345", "tractor")


def test_an_unreadable_picture_says_so_and_can_be_kept_as_a_photo(driver, start, tmp_path) -> None:
    from PIL import Image

    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    app.desk.camera.mkdir()
    Image.new("RGB", (640, 480), "grey").save(app.desk.camera / "blank.png")
    driver.tap_id("scan")
    driver.find_text("图片中读不出二维码。请靠近、避开反光后重拍。")
    driver.tap_id("keep_picture")
    photo = app.desk.held.all_of("photo")[0]
    assert (photo.item, photo.value["type"]) == ("LOD-02", "image/png")


def test_the_plate_keyboard_takes_a_plate_and_the_bar_leads_back_to_the_waybill(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    driver.tap_id("enter_plate_big")
    driver.tap_id("back")
    driver.tap_id("enter_plate_big")
    gc.collect()  # the vehicle's card is out of sight and must still be there
    for sign in "蒙K12345":
        driver.tap_text(sign)
    driver.tap_id("done")
    assert (app.desk.plate, app.desk.where) == ("蒙K12345", {})
    assert app.desk.held.fact("vehicle")["kind"] == "tractor"


def test_locking_takes_every_screen_away(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.tap_id("new_check")
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    driver.tap_id("back")
    driver.tap_id("lock")
    assert list(app._screens) == ["unlock"]
    assert not [one for one in driver.window.children[0].walk() if getattr(one, "text", "") == "蒙K12345"]


def test_an_untouched_tablet_locks_itself(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path), lock_after_s=0)
    unlock(driver)
    driver.step(2)
    app._tick(1)
    assert app.desk.store is None


def test_a_switch_of_language_changes_the_words_at_once(driver, start, tmp_path) -> None:
    start(tablet.made(tmp_path))
    unlock(driver)
    driver.find_text("新检查")
    driver.tap_id("language")
    driver.find_text("New check")
    driver.find_text("No check on this tablet today")


def test_a_refusal_is_told_on_a_strip_until_the_next_screen(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    app.tell(Refusal("disk_full"))
    driver.step()
    driver.find_text("平板空间已满。已保存的内容不会丢失。请腾出空间后重做上一步。")
    driver.tap_id("new_check")
    assert app.frame.notice == ""


def test_a_new_tablet_enrols_by_touch_and_fetches_its_packages(driver, start, tmp_path) -> None:
    office = FakeOffice()
    office.packages = dict(tablet.packages())
    with serving(office):
        app = start(tmp_path, link=True, office=office.url)
        for field, text in (("enrol_code", "12345678"), ("enrol_name", "东站 1 号")):
            driver.tap(driver.find_id(field).ids.input)
            driver.type_text(text)
        driver.tap_id("enrol")
        driver.step_until(lambda: app.frame.ids.holder.children[0].ids.steps.current == 1)
        driver.tap_id("officer:a")
        unlock(driver)
        unlock(driver)
        driver.step_until(lambda: app.desk.backlog.ready and not app.desk.courier.state.running)
    driver.tap_id("enrolled")
    assert (app.desk.screen, app.desk.access.officers()) == ("shift", {"a": "鲍警官"})


def test_a_wrong_code_is_told_and_can_be_entered_again(driver, start, tmp_path) -> None:
    with serving(FakeOffice()) as office:
        app = start(tmp_path, link=True, office=office.url)
        for field, text in (("enrol_code", "0000"), ("enrol_name", "东站 1 号")):
            driver.tap(driver.find_id(field).ids.input)
            driver.type_text(text)
        driver.tap_id("enrol")
        driver.step_until(lambda: app.frame.ids.holder.children[0].trouble)
        driver.find_text("登记码不存在。")
        driver.tap_id("enrol")
        driver.step_until(lambda: len(office.requests) == 2)


def test_send_now_in_the_sync_centre_delivers_and_shows_the_receipt(driver, start, tmp_path) -> None:
    office = FakeOffice()
    office.packages = dict(tablet.packages())
    with serving(office):
        app = start(tablet.made(tmp_path, office.url))
        unlock(driver)
        seal.seal(app.desk.open_store, kept(app.desk.open_store, signed()), DEVICE, enrolment(), NOW)
        app.desk.put_down()
        app.desk.tick = lambda: None  # only the touch sends
        del app.desk.start_sync
        driver.tap_id("sync")
        driver.find_text("待上传")
        driver.tap_id("send_now")
        driver.step_until(lambda: app.desk.courier.state.finished_at)
        driver.step(2)
    driver.find_text("已送达")
    driver.find_text("办公端已全部收到。")


def test_the_walk_of_the_next_vehicle_begins_at_its_top(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    unlock(driver)
    driver.set_device(1024, 600, 7.0)
    for _ in range(2):
        app.desk.begin()
        app.desk.put(acts.identify("蒙K12345", "yellow"))
        app.desk.go("walk")
        driver.step(3)
        scroll = app.frame.ids.holder.children[0].ids.scroll
        assert scroll.scroll_y == 1
        scroll.scroll_y = 0
        app.desk.go("section", section="LIC")
        app.desk.go("walk")
        driver.step(3)
        assert scroll.scroll_y == 0, "back at the same vehicle the tiles stay"
        app.desk.put_down()


def test_a_tablet_that_lay_aside_longer_than_it_may_stay_open_is_locked_when_it_comes_back(driver, start, tmp_path):
    clock = [datetime(2026, 11, 21, 1, 30, tzinfo=UTC)]
    app = start(tablet.made(tmp_path), now=lambda: clock[0], lock_after_s=300)
    unlock(driver)
    for away_s, locked in ((299, False), (301, True)):
        assert app.on_pause() and app.desk.store is not None
        clock[0] += timedelta(seconds=away_s)
        app.on_resume()
        assert (app.desk.store is None, app.desk.screen == "unlock") == (locked, locked)


def test_the_system_hears_that_records_go_to_the_office_as_long_as_a_run_carries_them(driver, start, tmp_path):
    app = start(tablet.made(tmp_path))
    said = []
    app.desk.carrying = said.append
    unlock(driver)
    app.desk.courier.state = replace(app.desk.courier.state, running=True)
    app.desk.office_news.heard(None)
    app.desk.backlog = replace(app.desk.backlog, unsent=(1, 0))
    app.desk.office_news.heard(None)
    app.desk.courier.state = replace(app.desk.courier.state, running=False)
    app.desk.office_news.heard(None)
    assert said == [False, True, False]
