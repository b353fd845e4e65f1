"""T9: what is sealed is shown as it will be printed; the office's receipt is shown when it is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import segno

from checklists.papers.paper import Block
from checklists.records.record import receipt
from mobile.device import volumes
from mobile.refusals import Refusal
from mobile.screens.papers.state import Owed, papers_state
from mobile.sealing import seal, signatures
from mobile.store import store
from mobile.words import words
from tests.mobile.closing import DEVICE, NOW, Ending, decided, enrolment, kept, signed
from tests.mobile.field import AT, OFFICE, entry, opened
from tests.mobile.screens.test_sign import enter_pin_both


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


@pytest.fixture
def sealed(tmp_path):
    held = opened(tmp_path)
    seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    return held


def state(held, **more):
    digest, papers = seal.papers(held, "inspection-1")
    delivery = next(one for one in store.deliveries(held) if one.digest == digest)
    return papers_state(papers, delivery, **more)


def test_the_record_comes_first_and_each_order_has_its_tab(sealed) -> None:
    assert [(one.title, one.chosen) for one in state(sealed).tabs] == [
        ("检查记录", True),
        ("责令改正 1/2", False),
        ("责令改正 2/2", False),
        ("移送函", False),
    ]


def test_another_paper_is_looked_at(sealed) -> None:
    shown = state(sealed, chosen="D01-O000002")
    assert (shown.title, shown.office) == ("责令改正违法行为通知书", "公安机关交通管理部门")


def test_the_words_of_a_paper_stay_chinese_on_an_english_screen(sealed) -> None:
    words.lang = "en"
    shown = state(sealed)
    assert shown.title == "现场检查记录"
    assert shown.delivery == "Waits for the office"


def test_what_cannot_be_printed_is_named_with_the_words_around_it(sealed) -> None:
    _digest, papers = seal.papers(sealed, "inspection-1")
    first = papers[0]
    named = replace(first.notice, blocks=(Block("table", rows=(("驾驶人", "张𠀋㛃"), ("承运人", "某公司"))),))
    assert state(sealed).by_hand == ""
    assert papers_state([replace(first, notice=named)], None).by_hand == (
        "以下字无法打印，请在 〓 处手写：驾驶人：张〓㛃 (U+2000B)"
    )


def test_a_receipt_is_shown_with_its_time_and_nothing_else_is_called_delivered(sealed) -> None:
    assert state(sealed).delivery == "等待上传"
    (waiting,) = store.waiting_records(sealed)
    given = receipt(OFFICE, digest_=waiting.digest, device_seq=1, received_at=AT)
    store.mark_delivered(sealed, waiting.digest, given)
    shown = state(sealed)
    assert shown.delivered
    assert shown.delivery == words.say("Delivered")
    assert "09:30:00" in shown.detail


def test_what_was_made_in_practice_is_not_said_to_wait_for_the_office(sealed) -> None:
    shown = state(sealed, practising=True)
    assert (shown.delivery, shown.sends, shown.delivered) == ("练习，不上传", False, False)
    assert state(sealed).sends


def test_a_refused_record_says_why(sealed) -> None:
    (waiting,) = store.waiting_records(sealed)
    store.mark_rejected(sealed, waiting.digest, "signature_invalid", "")
    assert state(sealed).delivery_tone == "danger"
    assert state(sealed).detail


def test_the_screen_shows_the_sealed_paper_and_makes_its_pdf(driver, tmp_path, monkeypatch) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    printed = []
    monkeypatch.setattr("mobile.device.printer.print_pdf", lambda path: printed.append(path.read_bytes()[:5]))
    driver.find_text("现场检查记录")
    ending.desk.go("papers")
    driver.tap_id("print")
    driver.step_until(lambda: printed)
    assert printed == [b"%PDF-"]


def test_a_missing_printer_is_said_and_the_record_stays(driver, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    driver.tap_id("print")
    driver.step_until(lambda: driver.find_id("notice").text)
    assert ending.desk.screen == "papers"
    assert store.waiting_records(ending.desk.open_store)


def test_after_a_kill_the_papers_are_there_again(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    assert ending.reopened() == "papers"
    driver.find_text("现场检查记录")


def test_a_kill_between_the_last_pin_and_the_seal_seals_on_return(driver, tmp_path, monkeypatch) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    monkeypatch.setattr("mobile.sealing.seal.seal", _killed)
    with pytest.raises(KeyboardInterrupt):
        enter_pin_both(driver)
    monkeypatch.undo()
    assert store.inspection_state(ending.desk.open_store, "inspection-1") == "in_progress"
    assert ending.reopened() == "papers"
    assert store.inspection_state(ending.desk.open_store, "inspection-1") == "sealed"


def test_what_a_colleague_wrote_before_the_seal_is_shown_and_signed_first(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    desk = ending.desk
    sealing = desk.go

    def go(screen, **where):
        if screen == "papers" and not where:
            desk.go = sealing
            theirs = entry("inspection-1", 400, device="dev-2", officer="officer-2", item="VEH-01")
            store.take_in(desk.open_store, theirs)
        sealing(screen, **where)

    desk.go = go
    enter_pin_both(driver)
    assert desk.screen == "sign" and desk.held.entries == store.entries(desk.open_store, "inspection-1")
    assert "driver" in signatures.missing(desk.held, desk.device_facts)
    assert store.deliveries(desk.open_store) == ()


def test_the_next_vehicle_leaves_no_pdf_in_the_open_folder(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    inspection, number = ending.held.inspection, seal.papers(ending.desk.open_store, "inspection-1")[1][0].number
    seal.make_pdf(ending.desk.open_store, inspection, number, tmp_path / "papers")
    driver.tap_id("next_vehicle")
    assert ending.desk.screen == "queue"
    assert list((tmp_path / "papers").iterdir()) == []


def test_a_pdf_that_a_viewer_holds_does_not_end_the_app_and_goes_at_the_next_start(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    number = seal.papers(ending.desk.open_store, "inspection-1")[1][0].number
    seal.make_pdf(ending.desk.open_store, "inspection-1", number, tmp_path / "papers")

    def held(_path, missing_ok=False):
        raise PermissionError(13, "held by a viewer, as on Windows")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        driver.tap_id("next_vehicle")
    assert ending.desk.screen == "queue" and (tmp_path / "papers" / f"{number}.pdf").exists()
    ending.reopened()
    assert list((tmp_path / "papers").iterdir()) == []


def test_what_became_of_printing_one_vehicles_papers_is_not_shown_over_anothers(driver, tmp_path, monkeypatch) -> None:
    heard, shown, said = [], [], []
    monkeypatch.setattr("mobile.screens.papers.flow.apart", lambda job, done, later: heard.append(done))
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    driver.tap_id("print")
    ending.desk.go("queue")
    ending.desk.show_papers("inspection-1")  # whichever it is, it is shown anew
    ending.desk.tell = lambda refusal: said.append(refusal.code)
    monkeypatch.setattr("mobile.screens.papers.flow.papers_state", lambda *_args, **more: shown.append(more))
    heard[0](Refusal("printer_missing"))
    assert (shown, said) == ([], ["printer_missing"])


def test_removable_volumes_are_the_folders_below_the_roots(tmp_path) -> None:
    (tmp_path / "STICK").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "file").touch()
    assert volumes.removable([tmp_path, tmp_path / "absent"]) == (tmp_path / "STICK",)


def _killed(*_):
    raise KeyboardInterrupt


def test_a_paper_in_the_hand_is_checked_from_the_reference_by_its_picture(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    desk = ending.desk
    _digest, papers = seal.papers(desk.open_store, desk.held.inspection)
    desk.camera.mkdir(exist_ok=True)
    desk.go("reference")
    driver.step(3)
    driver.tap_id("verify_paper")
    assert desk.screen == "genuine"
    driver.tap_id("scan_paper")
    assert "没有新照片" in driver.find_id("verdict").parent.children[1].text
    segno.make("运单").save(str(desk.camera / "0.png"), scale=4)
    driver.step_until(lambda: "不是本系统文书" in driver.find_id("verdict").parent.children[1].text)
    segno.make(papers[0].proof, error="m").save(str(desk.camera / "1.png"), scale=4)
    driver.step_until(lambda: driver.find_id("verdict").text == "文书真实，车辆未比对")
    assert desk.where["back"] == "reference"


def test_a_number_that_is_void_is_looked_at_and_says_so(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    desk = ending.desk
    _digest, papers = seal.papers(desk.open_store, desk.held.inspection)
    driver.tap_id("voiding")
    driver.step(3)
    driver.find_id("void_reason").text = "纸张打湿"
    driver.tap_id("void_own")
    driver.step(3)
    driver.tap_id(f"paper:{papers[0].number}")
    driver.step(3)
    driver.find_text("已作废：纸张打湿")


def test_what_is_owed_within_hours_is_in_sight_on_a_low_tablet(driver, sealed) -> None:
    from demo import find
    from mobile.screens.papers.view import PapersScreen

    driver.set_device(1024, 600, 7.0)
    screen = driver.show(PapersScreen())
    screen.show(replace(state(sealed), owed=(Owed("report", "24 小时内向负责人报告"),)))
    driver.step(3)
    row = screen.ids.owed.children[0]
    _left, bottom, _right, _top = find.box(row)
    assert all(find.box(one)[1] <= bottom for one in find.viewports(row))
