"""Where a photo is asked for without a picture, the device's camera opens by itself, and what it took says where."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from checklists.inspection.capture import Position, position_of
from checklists.wire import digest, instant
from demo.driver import NotTouchable
from mobile.app import LujianApp
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft
from mobile.refusals import Refusal
from mobile.store import replies, store
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.closing import SECOND_PIN, decided
from tests.mobile.field import hear, line
from tests.mobile.inspecting.test_camera_photo import Here
from tests.mobile.screens.test_camera import Lens, jpeg
from tests.mobile.screens.test_clearance import own
from tests.mobile.screens.test_sign import enter_pin_both
from tests.mobile.story import after, arrived, valid

HERE = Position("40.842000", "111.749000", "", "gpsd", 9)


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


@pytest.fixture
def lens():
    return Lens()


@pytest.fixture
def app(driver, tmp_path, lens):
    app = LujianApp(tablet.made(tmp_path / "tablet"), camera=tmp_path / "camera", lock_after_s=3600)
    desk = app.desk
    desk.lens, desk.start_sync = lens, lambda: None
    driver.start(app)
    desk.unlock("officer-1", tablet.PIN)
    desk.access.add_officer("officer-2", SECOND_PIN)
    at = Position(HERE.latitude, HERE.longitude, instant(desk.now()), HERE.source, HERE.accuracy_m)
    desk.receiver = Here(at)
    yield app
    app.on_stop()


def looked_through(driver, app, button):
    """The photo that one touch of the button and one of the shutter took; the screen of before is in front again."""
    before, begun = app.desk.screen, len(app.desk.held.entries)
    driver.tap_id(button)
    assert app.desk.screen == "camera"
    driver.step(10)
    driver.tap_id("shutter")
    driver.step(5)
    assert app.desk.screen == before
    return [one for one in app.desk.held.entries[begun:] if one.kind in ("photo", "control_photo")]


def says_nowhere(app):
    app.desk.receiver = Here("no_fix")


def carried(driver, app):
    app.desk.begin()
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go("carried", paper="vehicle_permit")
    driver.step(5)


def quick(driver, app):
    """The quick check of a clean vehicle, for which a photo was drawn."""
    held = after(valid(arrived()), acts.choose_depth("fast-lane", "fast-lane"))
    item = next(one for one in held.assessment.open if one.section == "TNK").item.id
    drawn = Draft("note", "control", {"tier": "low", "drawn": [{"section": "TNK", "item": item}]})
    entered(app, own(after(held, (drawn,))), "quick")
    driver.step(5)
    return item


def entered(app, held, screen):
    store.open_inspection(app.desk.open_store, held.inspection, held.officer.id, held.opened_at)
    for one in held.entries:
        store.append(app.desk.open_store, one)
    app.desk.resume(held.inspection)
    app.desk.go(screen)


def test_a_paper_in_hand_is_photographed_where_it_lies_and_stays_in_hand(driver, app, lens):
    carried(driver, app)
    (entry,) = looked_through(driver, app, "photo")
    assert (entry.kind, entry.value["sha256"]) == ("photo", digest(lens.seen))
    assert position_of(entry.value).accuracy_m == 9
    assert app.desk.where["paper"] == "vehicle_permit"
    assert driver.find_text("道路运输证")


def test_a_paper_photographed_where_no_satellite_is_says_so(driver, app, lens):
    says_nowhere(app)
    carried(driver, app)
    (entry,) = looked_through(driver, app, "photo")
    assert entry.value["no_position"] == "no_fix" and "position" not in entry.value


@pytest.mark.parametrize("found", [True, False])
def test_the_drawn_photo_of_a_quick_check_says_where_it_was_taken(driver, app, lens, found):
    if not found:
        says_nowhere(app)
    item = quick(driver, app)
    (entry,) = looked_through(driver, app, "control_photo")
    assert (entry.kind, entry.item, entry.value["sha256"]) == ("control_photo", item, digest(lens.seen))
    assert ("position" in entry.value, entry.value.get("no_position")) == (found, None if found else "no_fix")
    with pytest.raises(NotTouchable):
        driver.find_id("control_photo")


def held_truck(driver, app):
    """The story sealed on this tablet, its findings looked at again."""
    entered(app, own(decided()), "sign")
    driver.step(5)
    enter_pin_both(driver)
    driver.step(5)
    app.desk.go("clearance", inspection="inspection-1", back="papers")
    driver.step(5)
    return lambda: replies.begun(app.desk.open_store, "clearance:inspection-1")


@pytest.mark.parametrize("found", [True, False])
def test_what_was_put_right_is_photographed_with_its_place(driver, app, lens, found):
    if not found:
        says_nowhere(app)
    put_down = held_truck(driver, app)
    looked_through(driver, app, "mended")
    photo, said = put_down()
    assert (photo.kind, photo.value["sha256"], said.value["result"]) == ("photo", digest(lens.seen), "corrected")
    assert ("position" in photo.value, photo.value.get("no_position")) == (found, None if found else "no_fix")
    lens.seen = jpeg(Image.new("RGB", (640, 480), "green"))
    looked_through(driver, app, "mended")
    assert len({one.item for one in put_down() if one.kind == "photo"}) == 2


def test_a_picture_taken_before_the_seal_does_not_show_that_it_was_put_right(driver, app, lens):
    app.desk.begin()
    inspection = app.desk.held.inspection
    picture_of_before = app.desk.camera / "1.jpg"
    app.desk.camera.mkdir(exist_ok=True)
    picture_of_before.write_bytes(lens.seen)
    sealed_at = app.desk.now() + timedelta(minutes=5)
    again = replace(app.desk.held, opened_at=instant(sealed_at))
    with pytest.raises(Refusal, match="no_new_picture"):
        app.desk.shutter(again).fresh()
    assert app.desk.shutter().fresh() and inspection == again.inspection


def test_an_answer_to_the_office_is_photographed_and_is_no_place_of_the_check_in_hand(driver, app, lens):
    held_truck(driver, app)
    row = {"id": "case-1", "kind": "supplement", "tier": "medium", "title": {"zh": "补充"}, "case": "T-1",
           "text": "照片", "inspection": "inspection-1", "due": "",
           "pieces": [{"item": "EQP-14", "evidence": "item"}]}  # fmt: skip
    hear(app.desk.open_store, line("task", row["id"], row))
    app.desk.begin()
    mine = app.desk.held.inspection
    app.desk.go("reply", task="case-1")
    driver.step(5)
    driver.tap_id("reply_photo")
    driver.step(10)
    assert app.desk.screen == "camera" and app.desk.navigation.place(mine)[0] == "identify"
    driver.tap_id("shutter")
    driver.step(5)
    (photo,) = replies.begun(app.desk.open_store, "case-1")
    assert app.desk.screen == "reply" and position_of(photo.value).accuracy_m == 9


def test_a_kill_before_the_camera_leads_back_to_it_also_after_the_seal(driver, app, lens):
    held_truck(driver, app)
    driver.tap_id("mended")
    assert app.desk.navigation.goes_on(app.desk.open_store, "inspection-1")
    assert app.desk.navigation.place("inspection-1")[0] == "camera"
