"""The touch budget (DESIGN §4), on the real screens; how touches are counted says `demo.officer`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from demo.officer import Officer, in_order
from mobile.app import LujianApp
from mobile.inspecting import acts, quick_check
from tests.mobile import story, tablet

NOW = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
SECOND = "794638"


def identify(desk):
    """What the camera and the registry say; the trailer was permitted again yesterday."""
    desk.put(acts.identify("蒙K12345", "yellow"))
    desk.put(acts.waybill(story.situation()["waybill"]))
    desk.put(acts.look_up(desk.held, story.SITE))
    in_order(desk, [("trailer.permit.valid_until", "2027-10-31")])


@pytest.fixture
def officer(driver, tmp_path):
    tablet.made(tmp_path)
    app = LujianApp(tmp_path, now=lambda: NOW, camera=tmp_path / "camera")
    app.desk.start_sync = lambda: None
    driver.start(app)
    app.desk.unlock("officer-1", tablet.PIN)
    app.desk.access.add_officer("officer-2", SECOND)
    app.desk.put_down()
    driver.step(3)
    yield Officer(driver, app, tmp_path / "camera", tablet.PIN, SECOND)
    app.on_stop()


def test_a_clean_quick_check_takes_three_touches(officer):
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    assert officer.desk.screen == "quick"
    officer.pin(tablet.PIN)
    assert (officer.desk.screen, officer.spent) == ("papers", 3)


def named(desk):
    """The second officer was named when the shift began."""
    from mobile.sealing.shift import Shift
    from mobile.sealing.shifts import begin

    begin(desk.open_store, Shift("shift-1", desk.at, story.SITE, officers=("officer-1", "officer-2")))


def test_the_first_quick_check_without_a_shift_asks_once_who_is_there_as_well(officer):
    officer.begin(identify, "fast-lane")
    officer.tap("second:officer-2")
    officer.pin(tablet.PIN)
    assert (officer.desk.screen, officer.spent) == ("papers", 4)
    assert quick_check.second_named(officer.desk.held).value["source"] == "officer"


def test_a_wrong_pin_puts_nothing_down(officer):
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    before = officer.desk.held.entries
    officer.pin("000000")
    assert officer.desk.screen == "quick" and officer.desk.held.entries == before
    officer.driver.find_text("PIN 错误，还可尝试 9 次。")


def test_a_clean_standard_check_takes_at_most_twenty_touches(officer):
    officer.begin(identify, "cn-joint")
    officer.walk()
    officer.close()
    assert officer.desk.screen == "papers"
    assert officer.spent <= 20


def test_two_deviations_with_notice_take_at_most_thirty_six_touches(officer):
    officer.begin(identify, "cn-joint")
    before = officer.spent
    officer.deviation("TNK", "TNK-05", "valve")
    assert officer.spent - before <= 6
    officer.deviation("PLA", "PLA-05", "rear")
    assert officer.spent - before <= 12
    officer.walk()
    officer.close()
    assert officer.desk.screen == "papers"
    assert officer.spent <= 36
