"""The touch budget (DESIGN §4), on the real screens; how touches are counted says `demo.officer`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from checklists.findings import control_photos as draws
from checklists.papers.paper import text_of
from demo.driver import NotTouchable
from demo.officer import Officer, in_order
from mobile.app import LujianApp
from mobile.inspecting import acts, quick_check
from mobile.sealing import seal
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
    tablet.made(tmp_path, heard=NOW - timedelta(hours=1))
    app = LujianApp(tmp_path, now=lambda: NOW, camera=tmp_path / "camera")
    app.desk.start_sync = lambda: None
    driver.start(app)
    app.desk.unlock("officer-1", tablet.PIN)
    app.desk.access.add_officer("officer-2", SECOND)
    app.desk.put_down()
    driver.step(3)
    yield Officer(driver, app, tmp_path / "camera", tablet.PIN, SECOND)
    app.on_stop()


@pytest.fixture
def undrawn(monkeypatch):
    """Of this quick check no photo is drawn."""
    monkeypatch.setattr(draws, "QUICK_RATES", dict.fromkeys(draws.QUICK_RATES, 0))


@pytest.mark.parametrize("size", [(1280, 800, 10.1), (1024, 600, 7.0)])
def test_a_clean_quick_check_is_seen_to_its_end_and_takes_at_most_five_touches(officer, undrawn, size):
    officer.driver.set_device(*size)
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    assert officer.desk.screen == "quick"
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.screen == "papers"
    assert officer.spent <= 5


def test_no_pin_is_taken_before_the_end_of_the_list_was_seen(officer, undrawn):
    officer.driver.set_device(1024, 600, 7.0)
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    with pytest.raises(NotTouchable):
        officer.pin(tablet.PIN)
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.held.all_of("signature")[-1].value["seen_to_end"] is True


def test_a_drawn_photo_costs_a_quick_check_one_touch(officer, monkeypatch):
    monkeypatch.setattr(draws, "QUICK_RATES", dict.fromkeys(draws.QUICK_RATES, 100))
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    officer.picture()
    officer.tap("control_photo")
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.screen == "papers" and officer.spent <= 6
    assert officer.desk.held.all_of("control_photo")


def test_the_second_officer_confirms_once_a_shift_by_his_own_pin(officer, undrawn):
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    officer.tap("second_present")
    officer.pin(SECOND)
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.screen == "papers"
    second = quick_check.second_named(officer.desk.held).value
    assert (second["confirmed_at"], second["identity"]) == ("2026-11-21T01:40:00.000Z", "unverified")
    _, papers = seal.papers(officer.desk.open_store, officer.desk.held.inspection)
    assert "李敏（公安交警，P-0002；2026-11-21 09:40 以本人 PIN 确认在岗；身份未核实）" in text_of(papers[0].notice)


def named(desk):
    """The second officer was named when the shift began."""
    from mobile.sealing.shift import Shift
    from mobile.sealing.shifts import begin

    begin(desk.open_store, Shift("shift-1", desk.at, story.SITE, officers=("officer-1", "officer-2")))


def test_the_first_quick_check_without_a_shift_asks_once_who_is_there_as_well(officer, undrawn):
    officer.begin(identify, "fast-lane")
    officer.tap("second:officer-2")
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.screen == "papers" and officer.spent <= 6
    assert quick_check.second_named(officer.desk.held).value["source"] == "officer"


def test_a_wrong_pin_puts_nothing_down(officer, undrawn):
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    officer.see("list")
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


def test_who_gives_the_tablet_back_without_a_word_confirmed_nothing(officer, undrawn):
    named(officer.desk)
    officer.begin(identify, "fast-lane")
    officer.tap("second_present", "own_pin")
    officer.see("list")
    officer.pin(tablet.PIN)
    assert officer.desk.screen == "papers"
    assert "confirmed_at" not in quick_check.second_named(officer.desk.held).value


def unknown(desk):
    """A tanker of another province: the camera reads its plate and its waybill, no registry knows any of it."""
    bill = {key: one for key, one in story.situation()["waybill"].items() if key != "carrier_uscc"}
    bill |= {"plate": "豫A77777", "trailer_plate": "豫A777挂", "tank": "T-2020-777"}
    bill["driver"] = {"name": "赵立军", "id_number": "41010119800101001X"}
    bill["escort"] = {"name": "孙海", "id_number": "410101198203030035"}
    desk.put(acts.identify("豫A77777", "yellow"))
    desk.put(acts.waybill(bill))
    desk.put(acts.look_up(desk.held, story.SITE))


PAPERS = (
    *("read:driver.qualification.category:driver", "day:2028", "day:2028-05", "day:2028-05-31"),
    *("read:escort.qualification.category:escort", "day:2029", "day:2029-01", "day:2029-01-15"),
    *(
        "read:vehicle.permit.scope:8",
        "copied:vehicle.trailer:known",
        "copied:vehicle.carrier:known",
        "day:2027-10",
        "day:2027-10-31",
    ),
    *("read:trailer.permit.scope:8", "copied:trailer.tank:known", "day:2027-10-31"),
    *("read:carrier.licence.scope:8", "day:2028", "day:2028-06", "day:2028-06-30"),
    *("read:vehicle.kind:tractor", ("pad:vehicle.kerb_mass_kg", "8800"), ("pad:vehicle.gross_limit_kg", "49000")),
    *(("pad:vehicle.traction_mass_kg", "40000"), "day:2027-03", "day:2027-03-31"),
    *(("pad:trailer.kerb_mass_kg", "7000"), ("pad:trailer.approved_mass_kg", "33000")),
    *("day:2027-04", "day:2027-04-30"),
    *("day:2027-05", "day:2027-05-20"),
    "day:2027-05-20",
    *(
        "copied:tank.number:known",
        "read:tank.media:1830",
        "read:tank.outlet:bottom",
        ("pad:tank.max_fill_mass_kg", "33000"),
    ),
    *("day:2027-08", "day:2027-08-15"),
)
"""What is touched of ten papers, a date or a choice a touch, one paper leading to the next."""


def test_an_unknown_vehicle_with_its_papers_in_the_hand_takes_at_most_sixty_touches(officer):
    officer.begin(unknown, "cn-joint")
    officer.tap("load:loaded")
    officer.papers(PAPERS)
    officer.walk_unverified("no_data")
    now = officer.desk.held.assessment
    assert {one.rule for one in now.results if one.verdict in ("cannot_tell", "stale")} == {"R17", "R18"}
    assert [one.item.id for one in now.items if one.because == "officer"] == ["LOD-05"]
    assert [one.item.id for one in now.unverified] == ["LOD-05"], "without a weighbridge nobody knows what it weighs"
    officer.close()
    assert officer.desk.screen == "papers"
    assert officer.spent <= 60
    assert officer.spent - officer.entered + officer.keys <= 100, "counted key by key"
