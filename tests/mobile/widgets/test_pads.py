import pytest

from mobile.widgets.pads import NumberPad, PinPad
from mobile.widgets.platekeys import KeyGrid, PlateKeyboard
from mobile.widgets.signature import SignaturePad
from mobile.widgets.theme import mm


def test_a_trailer_plate_takes_eight_touches(driver, heard):
    keyboard = driver.show(PlateKeyboard())
    said = heard(keyboard, "on_done")
    for sign in "鲁B7A31挂":
        driver.tap_text(sign)
    driver.tap_text("完成")
    assert said == [("鲁B7A31挂", "yellow")] and driver.touches == 8


def test_an_impossible_key_cannot_be_pressed(driver):
    driver.show(PlateKeyboard(text="鲁"))
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_text("7")


def test_done_waits_for_the_last_sign(driver):
    driver.show(PlateKeyboard(text="鲁B7A3"))
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_text("完成")


def test_a_new_energy_plate_loses_its_last_sign_with_its_colour(driver):
    keyboard = driver.show(PlateKeyboard(text="浙AF06612", colour="green"))
    driver.tap_text("蓝牌")
    assert (keyboard.text, keyboard.colour) == ("浙AF0661", "blue")


def test_delete_leads_back_to_the_provinces(driver):
    keyboard = driver.show(PlateKeyboard(text="鲁"))
    driver.tap_text("删除")
    driver.tap_text("京")
    assert keyboard.text == "京"


@pytest.mark.parametrize("device", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
@pytest.mark.parametrize("make", [PlateKeyboard, lambda: PlateKeyboard(text="鲁"), NumberPad, PinPad])
def test_keys_keep_ten_millimetres(driver, device, make):
    driver.set_device(*device)
    keyboard = driver.show(make())
    keys = next(one for one in keyboard.walk(restrict=True) if isinstance(one, KeyGrid)).children
    assert min(min(key.size) for key in keys) >= mm(10) - 0.5


def test_a_number_has_one_point_and_two_decimals(driver, heard):
    pad = driver.show(NumberPad(title="净重", unit="t"))
    said = heard(pad, "on_done")
    for key in ("2", "9", ".", ".", "1", "2", "3"):
        driver.tap_text(key)
    driver.tap_text("完成")
    assert said == [("29.12",)]


def test_a_pin_goes_up_whole_and_is_never_shown(driver, heard):
    pad = driver.show(PinPad(prompt="王警官"))
    said = heard(pad, "on_pin")
    for digit in "135790":
        driver.tap_text(digit)
    assert said == [] and pad.entered == 6
    driver.tap_id("key:tick")
    assert said == [("135790",)] and pad.entered == 0
    assert not hasattr(pad, "text")


def test_a_pin_has_six_to_twelve_digits(driver, heard):
    pad = driver.show(PinPad(prompt="王警官"))
    said = heard(pad, "on_pin")
    for digit in "13579":
        driver.tap_text(digit)
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_id("key:tick")
    for digit in "2468024":
        driver.tap_text(digit)
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_text("6")
    driver.tap_id("key:delete")
    driver.tap_text("8")
    driver.tap_id("key:tick")
    assert said == [("135792468028",)]


def test_a_signature_is_integers_from_the_lower_left(driver):
    pad = driver.show(SignaturePad(hint="驾驶员签名"))
    driver.drag(pad.ids.area, [(0, 0), (0.5, 0.5), (1, 0)])
    (stroke,) = pad.strokes
    assert stroke[:2] == [0, 0] and stroke[-2] == 10_000
    assert all(isinstance(value, int) for value in stroke)


def test_a_cleared_signature_is_empty(driver):
    pad = driver.show(SignaturePad(strokes=[[100, 100, 900, 900]]))
    assert not pad.empty
    driver.tap_text("清除")
    assert pad.empty and pad.ids.area.strokes == []


def test_a_signature_from_a_squarer_pad_still_fits(driver):
    pad = driver.show(SignaturePad(strokes=[[0, 0, 10_000, 10_000]]))
    area = pad.ids.area
    assert 10_000 * area._scale() <= area.height + 1e-6


def test_no_key_moves_under_the_finger_while_a_mass_is_typed(driver):
    from mobile.screens.section.observed.view import mass_sheet

    sheet = mass_sheet()
    sheet.open(animation=False)
    driver.step(3)
    key = next(one for one in sheet.walk(restrict=True) if getattr(one, "text", "") == "4")
    before = key.to_window(*key.center)
    driver.tap(key)
    assert sheet.also and key.to_window(*key.center) == before
    sheet.dismiss(animation=False)
