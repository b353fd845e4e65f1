"""A picture of the plate: read apart from the screen, its plates to be touched, none ever taken by itself."""

import os
import threading
import time

import pytest
from PIL import Image

from demo import find, looks
from demo.driver import NotTouchable
from demo.gallery import DEVICES
from mobile.app import LujianApp
from mobile.device.plate_lines import ReadPlate
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.identify.plates.state import plates_state
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.screens.test_camera import Lens, jpeg

PLATE, TRAILER = "蒙K12345", "蒙K1234挂"


class Reader:
    """Reads what it was told to, once it may."""

    def __init__(self):
        self.plates = (ReadPlate(PLATE), ReadPlate(TRAILER, "蒙K1234桂"))
        self.refuses, self.pictures, self.forgotten = None, [], 0
        self.may, self.done = threading.Event(), threading.Event()
        self.may.set()

    def read(self, picture):
        self.pictures.append(picture)
        assert self.may.wait(10) and threading.current_thread() is not threading.main_thread()
        self.done.set()
        if self.refuses:
            raise self.refuses
        return self.plates

    def forget(self):
        self.forgotten += 1


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def lens():
    return Lens()


@pytest.fixture
def app(driver, tmp_path, lens, reader):
    app = LujianApp(tablet.made(tmp_path / "tablet"), camera=tmp_path / "camera", lock_after_s=3600)
    app.desk.lens, app.desk.plate_reader, app.desk.start_sync = lens, reader, lambda: None
    driver.start(app)
    app.desk.unlock("officer-1", tablet.PIN)
    app.desk.begin()
    driver.step(3)
    yield app
    reader.may.set()
    app.on_stop()


def comes(app, name="IMG_1.jpg", colour="navy"):
    """Another camera puts a picture into the folder now."""
    app.desk.camera.mkdir(exist_ok=True)
    path = app.desk.camera / name
    path.write_bytes(jpeg(Image.new("RGB", (64, 48), colour)))
    os.utime(path, (time.time() + 1, time.time() + 1))
    return path


def photographed(driver):
    driver.tap_id("photo_plate")
    driver.step(5)
    driver.tap_id("shutter")


def read(driver):
    driver.step_until(lambda: find.by_id(f"read:{PLATE}"), seconds=10)
    driver.step(3)


def said(driver):
    return driver.find_id("plates_said").text


def nothing_taken(app):
    return not app.desk.held.all_of("fact") and app.desk.plate == ""


def test_plates_in_a_picture_are_shown_and_none_is_taken_by_itself(driver, app, lens, reader):
    photographed(driver)
    read(driver)
    assert (app.desk.screen, app.desk.where["mode"]) == ("identify", "read")
    assert reader.pictures == [lens.seen] and lens.opened == [False]
    assert "逐字核对" in said(driver) and driver.find_text("照片识别，原读作 蒙K1234桂")
    assert {driver.find_id(f"read:{one}").ids.shown.colour for one in (PLATE, TRAILER)} == {""}
    driver.step(60)
    assert nothing_taken(app) and app.desk.where["mode"] == "read"


def test_one_touch_puts_a_plate_on_the_keyboard_and_done_takes_it_as_if_it_were_typed(driver, app):
    photographed(driver)
    read(driver)
    driver.tap_id(f"read:{PLATE}")
    driver.step(3)
    keyboard = driver.find_id("plate_keyboard")
    assert (keyboard.text, keyboard.colour) == (PLATE, "yellow") and nothing_taken(app)
    driver.tap_id("done")
    driver.step(3)
    facts = {one.item: one.value for one in app.desk.held.all_of("fact") if one.value["source"] != "registry"}
    assert facts == {
        "vehicle.plate": {"data": PLATE, "source": "officer"},
        "vehicle.colour": {"data": "yellow", "source": "officer"},
    }


def test_a_trailers_plate_asks_which_vehicle_draws_it_as_a_typed_one_does(driver, app):
    photographed(driver)
    read(driver)
    driver.tap_id(f"read:{TRAILER}")
    driver.step(3)
    driver.tap_id("done")
    driver.step(3)
    assert (app.desk.where["mode"], app.desk.where["asked"]) == ("matches", TRAILER) and nothing_taken(app)


def test_a_wrong_sign_is_corrected_on_the_keyboard_before_anything_is_taken(driver, app):
    photographed(driver)
    read(driver)
    driver.tap_id(f"read:{PLATE}")
    driver.step(3)
    driver.tap_id("delete")
    driver.tap_text("6")
    driver.tap_id("blue")
    driver.step(2)
    assert (driver.find_id("plate_keyboard").text, driver.find_id("plate_keyboard").colour) == ("蒙K12346", "blue")
    assert nothing_taken(app)


def test_the_cameras_own_picture_of_a_plate_is_no_photo_of_anything_else(driver, app, lens):
    photographed(driver)
    read(driver)
    assert list(app.desk.camera.iterdir()) == []
    app.desk.put(acts.identify(PLATE, "yellow"))
    with pytest.raises(Refusal, match="no_new_picture"):
        app.desk.shutter().fresh()


def test_another_picture_is_taken_where_the_first_shows_nothing_and_typing_goes_on(driver, app, lens, reader):
    right, reader.plates = reader.plates, ()
    photographed(driver)
    driver.step_until(lambda: "没有识别出" in said(driver), seconds=10)
    reader.plates = right
    driver.tap_id("photo_plate_again")
    driver.step(5)
    driver.tap_id("shutter")
    read(driver)
    assert len(reader.pictures) == 2
    driver.tap_id("enter_plate_again")
    driver.step(3)
    assert driver.find_id("plate_keyboard").text == "" and nothing_taken(app)


def test_what_cannot_be_read_is_said_in_words(driver, app, reader):
    reader.refuses = Refusal("plate_reader_missing")
    photographed(driver)
    driver.step_until(lambda: "本机无法从照片识别车牌" in said(driver), seconds=10)
    assert nothing_taken(app)


@pytest.mark.parametrize("leave", ["lock", "put_down", "keys"])
def test_what_was_left_while_it_was_read_shows_nothing_and_takes_nothing(driver, app, reader, leave):
    reader.may.clear()
    photographed(driver)
    driver.step(5)
    assert "正在识别" in said(driver)
    with pytest.raises(NotTouchable):
        driver.tap_id("photo_plate_again")
    forgotten = reader.forgotten
    {"lock": app.desk.lock, "put_down": app.desk.put_down, "keys": lambda: driver.tap_id("enter_plate_again")}[leave]()
    driver.step(3)
    before = app.desk.screen
    reader.may.set()
    assert reader.done.wait(10)
    driver.step(20)
    assert app.desk.screen == before
    with pytest.raises(NotTouchable):
        driver.find_id(f"read:{PLATE}")
    assert reader.forgotten == forgotten + (leave != "keys")


def test_the_models_are_let_go_when_the_screen_is_left_and_not_before(driver, app, reader):
    photographed(driver)
    read(driver)
    forgotten = reader.forgotten
    driver.tap_id(f"read:{TRAILER}")
    driver.step(3)
    assert reader.forgotten == forgotten
    driver.tap_id("done")
    driver.step(3)
    app.desk.go("snapshot")
    driver.step(3)
    assert reader.forgotten == forgotten + 1


def test_unlocked_again_the_picture_is_gone_and_that_is_said(driver, app, reader):
    photographed(driver)
    read(driver)
    app.desk.lock()
    driver.step(3)
    app.desk.unlock("officer-1", tablet.PIN)
    driver.step(5)
    assert app.desk.screen == "identify" and nothing_taken(app)
    assert "照片已不在" in said(driver) and len(reader.pictures) == 1


def test_without_a_camera_a_picture_of_this_check_is_read_and_stays_for_its_record(driver, app, reader):
    app.desk.lens = None
    app.desk.refresh()
    with pytest.raises(NotTouchable):
        driver.tap_id("photo_plate")
    path = comes(app)
    app.desk.refresh()
    driver.step(2)
    driver.tap_id("photo_plate")
    read(driver)
    driver.tap_id("photo_plate_again")
    assert "没有本次检查的新照片" in app.frame.notice and reader.pictures == [path.read_bytes()]
    assert app.desk.shutter().fresh()


def test_without_a_camera_a_picture_in_which_no_code_was_found_is_read_too(driver, app, reader):
    app.desk.lens = None
    comes(app)
    driver.step_until(lambda: "二维码" in driver.find_id("trouble").text, seconds=10)
    driver.tap_id("photo_plate")
    read(driver)
    assert nothing_taken(app)


def test_a_picture_of_the_vehicle_before_is_none_of_this_check(driver, app):
    app.desk.lens = None
    comes(app)
    app.desk.put(acts.identify(PLATE, "yellow"))
    app.desk.begin()
    driver.step(3)
    with pytest.raises(NotTouchable):
        driver.tap_id("photo_plate")


def test_where_plates_are_not_read_there_is_no_button_and_no_way_there(driver, app):
    app.desk.plate_reader = None
    comes(app)
    app.desk.go("identify")
    driver.step(3)
    with pytest.raises(NotTouchable):
        driver.tap_id("photo_plate")
    with pytest.raises(NotTouchable):
        driver.find_text("拍车牌")
    app.desk.go("identify", mode="read", picture="gone.jpg")
    driver.step(3)
    assert driver.find_id("scan")


@pytest.mark.parametrize("device", DEVICES)
def test_button_and_plates_can_be_read_and_touched_on_every_tablet(driver, app, device):
    driver.set_device(*DEVICES[device])
    app.frame.ids.holder.clear_widgets()
    app._screens.clear()
    app.show("identify", {})
    driver.step(3)
    assert not seen(driver)
    app.desk.go("identify")
    photographed(driver)
    read(driver)
    assert not seen(driver)


def seen(driver):
    found = []
    for lang in ("zh_CN", "en"):
        words.lang = lang
        driver.step(3)
        found += looks.told(lang, looks.faults())
    words.lang = "zh_CN"
    driver.step(3)
    return found


def test_a_picture_in_which_nothing_stands_says_what_to_do_then():
    assert plates_state(None).reading and not plates_state(None).found
    assert "按键输入" in plates_state(()).said and plates_state((), "坏了").said == "坏了"
