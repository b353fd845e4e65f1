"""T9 on a roll: drawn, printed and printed again, whatever the printer does; and the driver's codes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from checklists.records import paper_proof
from mobile.device import belt_printer
from mobile.refusals import Refusal
from mobile.screens.copy.state import copy_state, has_copy
from mobile.sealing import roll_printer, seal
from mobile.sealing.roll_printer import RollPrinter
from mobile.words import words
from tests.mobile.belt import PAPER_OUT, READY, Printer, printed
from tests.mobile.closing import DEVICE, NOW, Ending, decided, enrolment, kept, signed
from tests.mobile.field import OFFICE, opened
from tests.mobile.screens.test_sign import enter_pin_both


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    words.lang = "zh_CN"
    monkeypatch.setattr(belt_printer, "ANSWER_S", 0.1)


@pytest.fixture
def printer() -> Iterator[Callable[..., Printer]]:
    made: list[Printer] = []

    def make(*answers: int) -> Printer:
        made.append(Printer(*answers))
        return made[-1]

    yield make
    for one in made:
        one.end()


@pytest.fixture
def ending(driver, tmp_path) -> Ending:
    held = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    driver.tap_id("roll")
    drawn(driver)
    return held


def drawn(driver) -> None:
    driver.step_until(lambda: "厘米" in driver.find_id("length").text)
    driver.step(2)


def writes(driver, address: str) -> None:
    driver.tap_id("address")
    driver.type_text(address)


def told(driver) -> str:
    """What the screen says once printing is over."""
    driver.step_until(lambda: driver.find_id("notice").text and driver.find_id("print_roll").text == "打印小票")
    return str(driver.find_id("notice").text)


def test_it_is_seen_printed_and_the_printer_stays_for_the_next(driver, ending, printer) -> None:
    held = printer(READY, READY, READY, READY)
    assert len(driver.find_id("roll").children) > 1
    assert driver.find_id("print_roll").disabled
    writes(driver, held.address)
    driver.tap_id("print_roll")
    assert "1份" in told(driver)
    made = seal.make_strip(ending.desk.open_store, "inspection-1", "T1-R000001", 58)
    assert printed(held.got).tobytes() == made.tobytes()
    assert roll_printer.roll_printer(ending.desk.open_store) == RollPrinter(held.address, 58)


def test_another_width_is_drawn_anew_and_kept(driver, ending) -> None:
    before = driver.find_id("length").text
    driver.tap_id("width:80")
    drawn(driver)
    assert driver.find_id("length").text != before
    assert roll_printer.roll_printer(ending.desk.open_store).width_mm == 80


def test_without_paper_it_says_which_number_and_what_to_do_and_goes_on_after(driver, ending, printer) -> None:
    held = printer(READY, PAPER_OUT)
    writes(driver, held.address)
    driver.tap_id("print_roll")
    assert told(driver) == "T1-R000001：打印机缺纸。请装纸后重新打印，文号不变。"
    held.answers = [READY, READY, READY, READY]
    driver.tap_id("print_roll")
    driver.step_until(lambda: "已发送" in driver.find_id("notice").text)


def test_all_papers_go_out_one_after_the_other(driver, ending, printer) -> None:
    held = printer()
    writes(driver, held.address)
    driver.tap_id("print_all")
    assert "4份" in told(driver)
    assert held.got.count(b"\x1b@") == 4


def test_while_it_prints_the_screen_goes_on_and_a_failure_is_told_elsewhere(driver, ending, monkeypatch) -> None:
    hold, heard = threading.Event(), []

    def stuck(_address, _picture) -> None:
        hold.wait()
        raise Refusal("belt_printer_paper")

    monkeypatch.setattr(belt_printer, "send", stuck)
    ending.desk.tell = heard.append
    writes(driver, "127.0.0.1")
    driver.tap_id("print_roll")
    assert driver.find_id("print_roll").text == "正在打印"
    ending.desk.go("papers")
    driver.find_text("现场检查记录")
    hold.set()
    driver.step_until(lambda: heard)
    assert [one.code for one in heard] == ["belt_printer_paper"]


def test_an_address_that_cannot_be_one_is_not_kept_and_nothing_goes_to_the_one_before(driver, ending, printer) -> None:
    held = printer(READY, READY, READY, READY)
    roll_printer.keep(ending.desk.open_store, RollPrinter(held.address, 58))
    ending.desk.go("roll", number="T1-R000001")
    drawn(driver)
    writes(driver, "x")
    driver.tap_id("print_roll")
    driver.step(3)
    assert "地址不对" in driver.find_id("notice").text
    assert held.got == b"" and roll_printer.roll_printer(ending.desk.open_store).address == held.address


def test_the_paper_that_was_looked_at_is_there_again_after_the_roll(driver, ending) -> None:
    ending.desk.go("papers")
    driver.tap_id("paper:T1-O000002")
    driver.tap_id("roll")
    drawn(driver)
    assert ending.desk.where["number"] == "T1-O000002"
    ending.desk.go("papers")
    driver.find_text("公安机关交通管理部门")


def test_the_codes_are_turned_one_by_one_and_end_with_the_proof(driver, ending) -> None:
    ending.desk.go("papers")
    driver.tap_id("paper:T1-O000001")
    driver.tap_id("copy")
    codes = []
    while driver.find_id("place").text != "验真":
        codes.append(driver.find_id("code").text)
        driver.tap_id("next_code")
    assert [f"（{at}/{len(codes)}）" in one for at, one in enumerate(codes, start=1)] == [True] * len(codes)
    verdict = paper_proof.check(driver.find_id("code").text, OFFICE.public)
    assert verdict.stated is not None and verdict.stated.number == "T1-O000001"
    driver.tap_id("before")
    assert driver.find_id("code").text == codes[-1]
    driver.tap_id("next_code")
    driver.tap_id("next_code")
    assert ending.desk.screen == "papers"


def test_what_goes_between_authorities_and_what_is_void_has_no_copy(tmp_path) -> None:
    store = opened(tmp_path)
    seal.seal(store, kept(store, signed()), DEVICE, enrolment(), NOW)
    made = {one.kind: one for one in seal.papers(store, "inspection-1")[1]}
    assert has_copy(made["order"]) and has_copy(made["record"]) and not has_copy(made["handover"])
    assert copy_state(made["record"], 99).last and copy_state(made["record"], -1).first
    assert "摘要" in copy_state(made["record"], 0).told
