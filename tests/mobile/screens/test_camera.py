"""The device's own camera: seen, taken, and kept by the one way of all pictures; without it the folder stays."""

import io

import pytest
import segno
from PIL import Image

from checklists.inspection.capture import Position, position_of, taken_of
from checklists.wire import digest, instant
from mobile.app import LujianApp
from mobile.device.live_camera import Frame
from mobile.refusals import Refusal
from tests.mobile import tablet
from tests.mobile.inspecting.test_camera_photo import Here

WAYBILL = "运单编号=YD1;车牌号=蒙K12345;UN编号=1830"


def jpeg(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


class Lens:
    """A camera that sees one picture; opened at each call."""

    def __init__(self):
        self.state, self.seen, self.code, self.opened, self.closed = (
            "open",
            jpeg(Image.new("RGB", (640, 480))),
            b"",
            [],
            0,
        )

    def __call__(self, *, codes):
        self.opened.append(codes)
        return self

    def frame(self, after=0):
        return Frame(1, 4, 2, bytes(range(24))) if self.state == "open" and after < 1 else None

    def coded(self):
        return self.code if self.opened[-1] else b""

    def picture(self):
        if self.state != "open":
            raise Refusal("camera_lost")
        return self.seen

    def close(self):
        self.closed += 1


@pytest.fixture
def lens():
    return Lens()


@pytest.fixture
def app(driver, tmp_path, lens):
    app = LujianApp(tablet.made(tmp_path / "tablet"), camera=tmp_path / "camera", lock_after_s=3600)
    app.desk.lens = lens
    app.desk.start_sync = lambda: None
    driver.start(app)
    app.desk.unlock("officer-1", tablet.PIN)
    app.desk.begin()
    driver.step(3)
    yield app
    app.on_stop()


def sheet(driver, app):
    from mobile.inspecting import acts

    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go("deviation", item="EQP-14", section="EQP")
    driver.step(5)


def test_a_photo_takes_two_touches_and_nothing_of_the_sheet_is_lost(driver, app, lens):
    desk = app.desk
    desk.receiver = Here(Position("40.842000", "111.749000", instant(desk.now()), "gpsd", 9))
    sheet(driver, app)
    driver.find_id("note").text = "工具箱内只有编织袋"
    driver.touches = 0
    driver.tap_id("photo")
    assert desk.screen == "camera" and lens.opened == [False]
    driver.step(10)
    screen = driver.find_id("shutter").parent.parent
    assert screen.texture is not None and tuple(screen.texture.size) == (4, 2)
    driver.tap_id("shutter")
    driver.step(5)
    assert driver.touches == 2
    (entry,) = desk.held.all_of("photo")
    assert (entry.item, entry.value["sha256"]) == ("EQP-14", digest(lens.seen))
    assert position_of(entry.value).accuracy_m == 9 and taken_of(entry.value).by == "file"
    assert desk.screen == "deviation" and driver.find_id("note").text == "工具箱内只有编织袋"
    assert lens.closed and screen.texture is None and list(desk.camera.iterdir()) == []


def test_a_picture_that_is_in_the_folder_already_needs_no_look(driver, app, lens):
    sheet(driver, app)
    app.desk.camera.mkdir(exist_ok=True)
    (app.desk.camera / "1.jpg").write_bytes(lens.seen)
    driver.tap_id("photo")
    assert app.desk.screen == "deviation" and len(app.desk.held.all_of("photo")) == 1 and lens.opened == []


def test_a_camera_that_cannot_be_opened_says_so_and_the_folder_is_read_as_before(driver, app, lens):
    lens.state = "failed"
    sheet(driver, app)
    driver.tap_id("photo")
    driver.step(10)
    assert driver.find_id("shutter").disabled and str(app.desk.camera) in driver.find_id("trouble").text
    lens.state = "opening"
    driver.tap_id("again")
    driver.step(10)
    assert driver.find_id("shutter").disabled and "正在打开" in driver.find_id("said").text
    app.back()
    driver.step(5)
    app.desk.camera.mkdir(exist_ok=True)
    (app.desk.camera / "1.jpg").write_bytes(lens.seen)
    driver.tap_id("photo")
    assert len(app.desk.held.all_of("photo")) == 1


def test_one_that_goes_away_between_is_said_and_nothing_is_kept(driver, app, lens):
    sheet(driver, app)
    driver.tap_id("photo")
    driver.step(10)
    lens.frame = lambda after=0: None
    lens.picture = lambda: (_ for _ in ()).throw(Refusal("camera_lost"))
    driver.tap_id("shutter")
    assert app.desk.screen == "camera" and "相机没有画面" in app.frame.notice
    assert not app.desk.held.all_of("photo")


def test_what_waited_for_a_picture_waits_no_longer_once_the_officer_has_left(driver, app, lens):
    sheet(driver, app)
    driver.tap_id("photo")
    driver.step(5)
    closed = lens.closed
    app.desk.lock()
    driver.step(3)
    assert lens.closed > closed and app.desk.waits_for_picture is None


def test_a_waybills_code_is_read_as_it_looks_and_the_check_goes_on_by_itself(driver, app, lens):
    buffer = io.BytesIO()
    segno.make(WAYBILL, error="m").save(buffer, kind="png", scale=8)
    driver.tap_id("scan")
    assert app.desk.screen == "camera" and lens.opened == [True]
    driver.step(5)
    lens.code = jpeg(Image.open(io.BytesIO(buffer.getvalue())).convert("RGB"))
    driver.step_until(lambda: app.desk.has_inspection and app.desk.held.fact("waybill") is not None)
    assert app.desk.plate == "蒙K12345"
    assert list(app.desk.camera.iterdir()) == []


def test_a_tablet_without_a_camera_never_shows_it(driver, app):
    app.desk.lens = None
    sheet(driver, app)
    before = app.desk.screen
    with pytest.raises(Refusal, match="camera_folder_missing"):
        driver.tap_id("photo")
    assert app.desk.screen == before
    app.desk.go("camera", back="deviation", back_where={"item": "EQP-14", "section": "EQP"})
    assert app.desk.screen == "deviation"
