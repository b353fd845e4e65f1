"""The touch budget (DESIGN §4), on the real screens: a PIN and a signature count one each, as does a drawn finger.

Identifying costs no touch: the camera reads the waybill by itself. Its outcome is put down as it would be.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PIL import Image

from mobile import acts, control, quick
from mobile.app import LujianApp
from tests.mobile import story, tablet

NOW = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
SECOND = "246802"


class Officer:
    """An officer at his tablet; `spent` are the touches of the budget."""

    def __init__(self, driver, folder):
        tablet.made(folder)
        self.driver, self.camera = driver, folder / "camera"
        self.camera.mkdir()
        self.app = LujianApp(folder, now=lambda: NOW, camera=self.camera)
        self.app.desk.start_sync = lambda: None
        driver.start(self.app)
        for digit in tablet.PIN:
            driver.tap_text(digit)
        self.desk = self.app.desk
        self.desk.add_officer("officer-2", SECOND)
        driver.touches = 0

    @property
    def spent(self):
        return self.driver.touches

    def tap(self, *names):
        for name in names:
            self.driver.tap_id(name)

    def pin(self, digits):
        before = self.driver.touches
        for digit in digits:
            self.driver.tap_text(digit)
        self.driver.touches = before + 1

    def picture(self, colour):
        """Nobody touches the tablet to take a picture: the camera has its own button."""
        Image.new("RGB", (64, 48), colour).save(self.camera / f"{colour}.png")

    def begin(self, depth="cn-joint", **waybill):
        """New check; the camera identifies the vehicle, whose trailer was permitted again yesterday."""
        self.tap("new_check")
        self.desk.put(acts.identify("蒙K12345", "yellow"))
        self.desk.put(acts.waybill({**story.situation()["waybill"], **waybill}))
        self.desk.put(acts.look_up(self.desk.held, story.SITE))
        self.desk.put((acts.fact("trailer.permit.valid_until", "2027-10-31", "papers"),))
        self.desk.put(acts.choose_depth(depth, depth))
        self.desk.go("snapshot")
        self.driver.step(2)
        self.tap("start_walk")

    def answer(self, item, answer):
        row = self.driver.find_id(f"answer:{item}")
        self.driver.tap(next(one for one in row.walk(restrict=True) if getattr(one, "answer", "") == answer))

    def walk(self):
        """Clear what is still open, section by section, taking the control photos that are asked."""
        for number, one in enumerate(control.pending(self.desk.held)):
            self.picture(("red", "blue", "green")[number])
            self.tap(f"clear:{one.section}")
        for section in ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU"):
            wanted = [one.item.id for one in self.desk.held.assessment.items if one.section == section]
            if not self.driver.find_id(f"clear:{section}").disabled:
                self.tap(f"clear:{section}")
            elif any(one.item.id in wanted for one in self.desk.held.assessment.open):
                self._open(section)

    def _open(self, section):
        """What a comparison cannot tell without a weighbridge is answered by the officer's word."""
        self.tap(f"open:{section}")
        for one in self.desk.held.assessment.open:
            if one.section == section and one.must_answer:
                self.answer(one.item.id, "conforms")
        if self.desk.screen == "section":
            self.tap("clear")
        if self.desk.screen == "section":
            self.tap("clear")

    def close(self):
        """From the walk to the papers: outcome, driver, two officers."""
        self.tap("outcome", "to_signing")
        self.driver.drag(self.driver.find_id("area"), [(0.2, 0.5), (0.5, 0.8), (0.9, 0.3)])
        self.tap("hand_back")
        self.pin(tablet.PIN)
        self.pin(SECOND)

    def deviation(self, section, item, place):
        """One deviation with its place and its photo."""
        self.tap(f"open:{section}")
        self.answer(item, "does_not_conform")
        self.picture("orange")
        self.tap(f"location:{place}", "photo", "record")
        self.tap("back_to_walk")


@pytest.fixture
def officer(driver, tmp_path):
    made = Officer(driver, tmp_path)
    yield made
    made.app.on_stop()


def test_a_clean_quick_check_takes_three_touches(officer):
    named(officer.desk)
    officer.begin("fast-lane")
    assert officer.desk.screen == "quick"
    officer.pin(tablet.PIN)
    assert (officer.desk.screen, officer.spent) == ("papers", 3)


def named(desk):
    """The second officer was named when the shift began."""
    from mobile import store

    store.keep_setting(desk.open_store, "shift", {"officers": ["officer-1", "officer-2"]})


def test_the_first_quick_check_without_a_shift_asks_once_who_is_there_as_well(officer):
    officer.begin("fast-lane")
    officer.tap("second:officer-2")
    officer.pin(tablet.PIN)
    assert (officer.desk.screen, officer.spent) == ("papers", 4)
    assert quick.second_named(officer.desk.held).value["source"] == "officer"


def test_a_wrong_pin_puts_nothing_down(officer):
    named(officer.desk)
    officer.begin("fast-lane")
    before = officer.desk.held.entries
    officer.pin("000000")
    assert officer.desk.screen == "quick" and officer.desk.held.entries == before
    officer.driver.find_text("PIN 错误，还可尝试 9 次。")


def test_a_clean_standard_check_takes_at_most_twenty_touches(officer):
    officer.begin()
    officer.walk()
    officer.close()
    assert officer.desk.screen == "papers"
    assert officer.spent <= 20


def test_two_deviations_with_notice_take_at_most_thirty_six_touches(officer):
    officer.begin()
    before = officer.spent
    officer.deviation("TNK", "TNK-05", "valve")
    assert officer.spent - before <= 6
    officer.deviation("PLA", "PLA-05", "rear")
    assert officer.spent - before <= 12
    officer.walk()
    officer.close()
    assert officer.desk.screen == "papers"
    assert officer.spent <= 36
