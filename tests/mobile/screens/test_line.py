"""The waiting line by touches on the real screens, and what it shows of the other tablets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from checklists.inspection.line import Step, line
from mobile.app import LujianApp
from mobile.pairing.session import Peer
from mobile.screens.line.state import Heard, line_state, next_words
from mobile.sealing import shifts
from mobile.store import line as lines
from mobile.store import store
from tests.mobile import tablet

NOW = datetime(2026, 11, 26, 2, 40, tzinfo=UTC)
AT = "2026-11-26T02:20:00.000Z"


def came(vehicle="v1", **value):
    return Step(f"s-{vehicle}", vehicle, "a", 1, "officer-1", "王强", AT, "came", value)


def shown(*steps, **more):
    return line_state(line(steps), "a", NOW, **more)


def test_a_wait_grows_loud_and_says_who_entered_it() -> None:
    (row,) = shown(came(sort="tank")).rows
    assert (row.number, row.sort, row.words, row.tone, row.by) == ("1", "罐车", "已等 20 分钟", "unknown", "王强")


def test_who_is_next_is_called_by_his_plate_or_by_what_he_looks_like() -> None:
    assert next_words(line([came(plate="蒙K12345")]), NOW) == ("v1", "接下一辆：蒙K12345 · 20 分钟")
    assert next_words(line([came(sort="tank")]), NOW)[1] == "接下一辆：罐车 · 20 分钟"
    assert next_words((), NOW) == ("", "")


def test_another_tablet_says_how_old_its_list_is_once_it_is_out_of_reach() -> None:
    hand = [{"inspection": "i1", "plate": "蒙K12345", "colour": "yellow", "since": AT}]
    peer = Peer("b", "", officer={"name": "李敏"}, facts={"hand": hand, "done": 4}, heard_at=AT)
    near = shown(heard=Heard((peer,), {"b": NOW - timedelta(seconds=3)}, {}, True)).others[0]
    assert (near.tone, near.hand, near.words) == ("good", "蒙K12345", "在查 1 · 已封存 4 · 已连接，3 秒前")
    away = shown(heard=Heard((peer,), {}, {"b": "pair_unreachable"}, True)).others[0]
    assert (away.tone, away.words) == ("unknown", "在查 1 · 已封存 4 · 未连接；对方清单：20 分钟前")


@pytest.mark.parametrize("facts", [{}, {"hand": "x", "done": "y"}, {"hand": [1, {"plate": None}], "done": None}])
def test_a_tablet_that_says_nothing_that_can_be_read_harms_nothing(facts) -> None:
    assert shown(heard=Heard((Peer("b", "", facts=facts),))).others[0].name == "一台平板"


@pytest.fixture
def app(driver, tmp_path):
    tablet.made(tmp_path)
    made = LujianApp(tmp_path, camera=tmp_path / "camera")
    made.desk.start_sync = lambda: None
    made.desk.camera.mkdir()
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    driver.step(3)
    yield made
    made.on_stop()


def standing(app):
    return [(one.plate, one.sort, one.state) for one in line(lines.steps(app.desk.open_store))]


def key(app, number=0):
    return line(lines.steps(app.desk.open_store))[number].id


def type_plate(driver, plate):
    for sign in plate:
        driver.tap_text(sign)
    driver.tap_id("plate_done")


def test_one_touch_adds_a_vehicle_and_one_in_the_queue_takes_it(driver, app) -> None:
    driver.tap_id("line")
    driver.touches = 0
    driver.tap_id("add:tank")
    assert (standing(app), driver.touches) == ([("", "tank", "waiting")], 1)
    driver.tap_id("back")
    driver.touches = 0
    driver.tap_id("take_next")
    assert (app.desk.screen, driver.touches) == ("identify", 1)
    assert standing(app) == [("", "tank", "taken")]


def test_a_vehicle_entered_by_its_plate_opens_its_check_with_the_plate(driver, app) -> None:
    app.desk.go("line", mode="plate")
    driver.step(3)
    app.desk.refresh()
    app._screens["line"][0].dispatch("on_plate", "蒙K12345", "yellow")
    driver.step(3)
    assert (app.desk.screen, dict(app.desk.where)) == ("line", {})
    driver.tap_id(f"take:{key(app)}")
    assert (app.desk.screen, app.desk.plate) == ("identify", "蒙K12345")
    assert app.desk.held.fact("vehicle") is not None


def test_the_plate_of_a_tanker_is_entered_later_by_a_touch_on_it(driver, app) -> None:
    app.desk.go("line")
    driver.step(3)
    driver.tap_id("add:tank")
    driver.tap_id(f"name:{key(app)}")
    driver.tap_text("蒙")
    assert app.desk.where == {"mode": "plate", "vehicle": key(app)}
    app._screens["line"][0].dispatch("on_plate", "蒙K12345", "yellow")
    assert standing(app) == [("蒙K12345", "tank", "waiting")]


def test_who_went_on_unchecked_is_said_with_a_reason_and_may_come_back(driver, app) -> None:
    app.desk.go("line")
    driver.step(3)
    driver.tap_id("add:box")
    driver.tap_id(f"pass:{key(app)}")
    driver.tap_id("reason:capacity")
    assert standing(app) == [("", "box", "passed")]
    driver.tap_id(f"back:{key(app)}")
    assert standing(app) == [("", "box", "waiting")]
    driver.tap_id("pass_unseen")
    driver.tap_id("reason:drove_on")
    shift = shifts.current(app.desk.open_store)
    assert shifts.tally(app.desk.open_store, shift).line == {"came": 2, "unchecked": {"drove_on": 1}, "waiting": 1}


def test_a_picture_of_now_puts_a_vehicle_in_line_and_an_older_one_does_not(driver, app) -> None:
    path = app.desk.camera / "old.jpg"
    Image.new("RGB", (800, 600), "red").save(path)
    app.desk.go("line")
    driver.step(3)
    driver.tap_id("add_photo")
    assert standing(app) == []
    Image.new("RGB", (800, 600), "blue").save(app.desk.camera / "new.jpg")
    driver.tap_id("add_photo")
    (one,) = line(lines.steps(app.desk.open_store))
    assert one.picture and len(one.picture) < 12_000
    assert [one.name for one in app.desk.camera.iterdir()] == ["old.jpg"]


def test_a_guides_tablet_opens_on_the_line_a_registers_on_the_next_vehicle(driver, app) -> None:
    shift = shifts.current(app.desk.open_store)
    for role, screen in (("guide", "line"), ("register", "identify"), ("check", "queue"), ("coordinate", "queue")):
        shifts.begin(app.desk.open_store, replace(shift, roles={"officer-1": role}))
        app.desk.put_down()
        app.desk.lock()
        app.desk.unlock("officer-1", tablet.PIN)
        driver.step(3)
        assert (app.desk.screen, app.desk.role) == (screen, role)
    assert store.in_progress(app.desk.open_store) == ()


def test_the_role_stands_in_the_bar(driver, app) -> None:
    shift = shifts.current(app.desk.open_store)
    app.desk.go("shift", mode="post")
    driver.step(3)
    driver.tap_id("role:officer-1:guide")
    driver.tap_id("begin_shift")
    assert (app.desk.screen, driver.find_id("who").text) == ("line", "王强 · 引导")
    who = driver.find_id("who")
    driver.set_device(1024, 600, 7)
    driver.step(2)
    assert who.text == "", "where there is no room for the name, the role alone says nothing"
    assert shifts.current(app.desk.open_store).roles == {"officer-1": "guide"}
    assert shift.roles == {}


@pytest.mark.parametrize(("width", "height", "inches"), [(1280, 800, 10.1), (1024, 600, 7), (800, 1280, 10.1)])
def test_every_touch_of_the_line_can_be_made_on_every_tablet(driver, app, width, height, inches) -> None:
    driver.set_device(width, height, inches)
    app.desk.go("line")
    driver.step(3)
    for what in ("add:tank", "add:box", "add:other"):
        driver.tap_id(what)
    driver.tap_id(f"pass:{key(app)}")
    driver.tap_id("reason:safety")
    driver.tap_id("pair_post")
    driver.find_id("post_code")
    driver.tap_id("unpair_post")
    driver.tap_id(f"take:{key(app, 1)}")
    assert [one[2] for one in standing(app)] == ["passed", "taken", "waiting"]
