"""What was put down wrongly is taken back with a reason and stays in the record; a check begun by mistake too."""

import io

import pytest
from PIL import Image

from checklists.findings.fault import fault
from checklists.findings.outcome import ABANDONED
from checklists.inspection.recheck import looked_again
from checklists.inspection.shift import counts
from mobile.inspecting import acts, conclusion, withdrawal
from mobile.inspecting.manifest import manifest
from mobile.refusals import Refusal
from mobile.sealing import abandonment
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.inspecting.test_camera_photo import Clock


@pytest.fixture
def desk(tmp_path):
    held, _screens = tablet.shown(tablet.made(tmp_path / "tablet"))
    held.now = Clock()
    held.camera = tmp_path / "camera"
    held.camera.mkdir()
    held.unlock("officer-1", tablet.PIN)
    held.begin()
    held.put(acts.identify("蒙K12345", "yellow"))
    yield held
    held.close()


def photo(desk, name="1.jpg", colour="red", item="LIC-11"):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    (desk.camera / name).write_bytes(buffer.getvalue())
    desk.put(acts.photo(desk.shutter().newest("LOD-02"), item))
    return desk.held.all_of("photo")[-1]


def entered(driver, desk, **where):
    from mobile.screens.withdraw import flow
    from mobile.screens.withdraw.view import WithdrawScreen

    screen = driver.show(WithdrawScreen())
    flow.enter(desk, screen, **where)
    driver.step(3)
    return screen


def test_a_photo_is_taken_back_in_two_touches_and_stays_in_the_record_with_its_files(driver, desk):
    first, second = photo(desk), photo(desk, "2.jpg", "blue")
    entered(driver, desk, entry=second.id, back_where={"item": "LIC-11"})
    driver.tap_id("reason:拍成了别的车辆或物品")
    driver.tap_id("withdraw")
    assert driver.touches == 2
    assert desk.held.all_of("photo") == (first,)
    last = desk.held.entries[-1]
    assert (last.kind, last.item, last.withdraws, last.officer) == ("withdrawn", "LIC-11", second.id, "officer-1")
    assert last.value == {"reason": "拍成了别的车辆或物品"}
    assert [one["entry"] for one in manifest(desk.held.entries)] == [first.id, second.id]
    assert (desk.screen, desk.where) == ("deviation", {"item": "LIC-11"})


def test_what_was_taken_back_is_never_taken_again(driver, desk):
    entry = photo(desk)
    desk.put(withdrawal.withdraw(desk.held, entry, "看不清"))
    (desk.camera / "again.jpg").write_bytes(b"x")
    from mobile.store import photo_files

    (desk.camera / "again.jpg").write_bytes(photo_files.read(desk.open_store, entry.value["sha256"]))
    with pytest.raises(Refusal, match="no_new_picture"):
        desk.shutter().newest("LOD-02")


def test_without_a_reason_nothing_is_taken_back(driver, desk):
    entry = photo(desk)
    screen = entered(driver, desk, entry=entry.id)
    assert driver.find_id("withdraw").disabled
    driver.tap_id("reason:看不清")
    driver.tap_id("reason:看不清")
    assert driver.find_id("withdraw").disabled
    with pytest.raises(ValueError, match="reason"):
        withdrawal.withdraw(desk.held, entry, " ")
    screen.dispatch("on_leave")
    assert desk.held.all_of("photo") == (entry,) and desk.screen == "walk"


def test_a_reason_in_own_words_is_kept_as_it_is_typed_and_gone_with_the_next_visit(driver, desk):
    one, other = photo(desk), photo(desk, "2.jpg", "blue")
    screen = entered(driver, desk, entry=one.id)
    screen.ids.own.text = "雨水遮挡"
    assert not driver.find_id("withdraw").disabled
    driver.tap_id("reason:看不清")
    assert (screen.ids.own.text, driver.find_id("withdraw").disabled) == ("", False)
    screen.ids.own.text = "雨水遮挡"
    from mobile.screens.withdraw import flow

    flow.enter(desk, screen, entry=other.id)
    assert screen.ids.own.text == "" and driver.find_id("withdraw").disabled


def test_a_colleagues_photo_is_his_to_take_back(driver, desk):
    entry = photo(desk)
    desk.hand.held = desk.held.adding([])
    assert withdrawal.may_withdraw(desk.held, entry)
    desk.hand.device = "another"
    desk.hand.take(desk.held.inspection)
    assert not withdrawal.may_withdraw(desk.held, entry)
    entered(driver, desk, entry=entry.id)
    assert desk.screen == "walk"


def test_with_the_photo_of_a_correction_the_correction_falls(desk):
    desk.put(acts.answer("EQP-14", "does_not_conform"))
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG")
    (desk.camera / "now.jpg").write_bytes(buffer.getvalue())
    name = next(fault(one) for one in desk.held.assessment.findings if one.item == "EQP-14")
    desk.put(conclusion.mended(name, desk.shutter().fresh()))
    assert looked_again(desk.held.entries).corrected(name)
    desk.put(withdrawal.withdraw(desk.held, desk.held.all_of("photo")[-1], "重复拍摄"))
    assert looked_again(desk.held.entries).corrected(name) is None


def test_a_check_is_abandoned_in_two_touches_sealed_sent_and_counted(driver, desk):
    taken = photo(desk)
    desk.put(acts.answer("EQP-14", "does_not_conform"))
    inspection, found = desk.held.inspection, len(desk.held.assessment.findings)
    entered(driver, desk, back="identify")
    assert f"其中有{found}项问题、1张照片" in driver.find_id("becomes").text
    driver.tap_id("reason:开错车辆")
    driver.tap_id("withdraw")
    assert driver.touches == 2 and desk.screen == "queue" and not desk.has_inspection
    assert store.inspection_state(desk.open_store, inspection) == "sealed"
    (sent,) = store.deliveries(desk.open_store)
    part = store.sealed(desk.open_store, sent.digest).part
    assert (part["outcome"]["decided"], part["outcome"]["reason"], part["papers"]) == (ABANDONED, "开错车辆", [])
    assert [one["entry"] for one in part["photos"]] == [taken.id]
    assert {one.state for one in store.photos(desk.open_store, inspection)} == {"wanted"}
    assert counts([part])["outcomes"] == {ABANDONED: 1} and store.unsent(desk.open_store) == (1, 3)


def test_an_abandoned_check_is_told_to_have_no_papers_where_it_is_touched_in_the_queue(desk):
    from mobile.screens.papers import flow

    inspection, told = desk.held.inspection, []
    abandonment.abandon(desk.open_store, desk.held, desk.device_facts, desk.access.enrolled, "开错车辆", desk.now())
    desk.put_down()
    desk.tell = lambda refusal: told.append(refusal.code)
    desk.show_papers(inspection)
    flow.enter(desk, None)
    assert (told, desk.screen, desk.has_inspection) == (["papers_none"], "queue", False)


def test_a_check_that_somebody_signed_or_another_tablet_leads_is_not_abandoned(driver, desk):
    desk.put(acts.sign("driver", "张建国", [[0, 0, 9, 9]]))
    entered(driver, desk, back="identify")
    driver.tap_id("reason:开错车辆")
    assert driver.find_id("withdraw").disabled and "签字" in driver.find_id("why_not").text
    with pytest.raises(ValueError, match="signed"):
        abandonment.abandon(desk.open_store, desk.held, desk.device_facts, desk.access.enrolled, "开错车辆", desk.now())
    desk.hand.device = "another"
    desk.hand.take(desk.held.inspection)
    assert withdrawal.why_not(desk.held) in ("lead", "signed")


def test_an_empty_check_goes_by_itself_and_offers_no_abandoning(desk):
    from mobile.screens.identify.state import identify_state

    assert identify_state(desk.held, desk.now()).may_abandon
    desk.begin()
    assert not identify_state(desk.held, desk.now()).may_abandon
