import itertools

import pytest
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.modalview import ModalView
from kivy.uix.textinput import TextInput

from demo.frames import on_wall_time
from mobile.widgets.bars import ScrollList
from mobile.widgets.buttons import PrimaryButton
from mobile.widgets.theme import mm


def button(heard, **properties):
    made = PrimaryButton(**properties)
    return made, heard(made, "on_release")


def test_what_is_not_there_fails_with_what_is(driver, heard):
    driver.show(PrimaryButton(text="新检查"))
    with pytest.raises(AssertionError, match=r"'保存'.*in sight: 新检查"):
        driver.tap_text("保存")


def test_a_disabled_button_is_not_pressed(driver, heard):
    made, said = button(heard, text="完成", disabled=True)
    driver.show(made)
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_text("完成")
    assert said == [] and driver.touches == 0


def test_a_target_below_ten_millimetres_is_refused(driver, heard):
    made, _said = button(heard, text="小")
    driver.show(FloatLayout()).add_widget(made)
    made.height = mm(9)
    driver.step()
    with pytest.raises(AssertionError, match="below 10 mm"):
        driver.tap_text("小")


def test_what_a_dialogue_covers_is_not_pressed(driver, heard):
    made, said = button(heard, text="完成", pos_hint={"center_y": 0.5})
    driver.show(made)
    dialogue = ModalView(size_hint=(0.5, 0.5))
    dialogue.open(animation=False)
    driver.step(2)
    with pytest.raises(AssertionError, match="covered by ModalView"):
        driver.tap_text("完成")
    assert said == []


def test_what_another_widget_covers_is_not_pressed(driver, heard):
    page = FloatLayout()
    made, _said = button(heard, text="下", pos_hint={"center": (0.5, 0.5)})
    page.add_widget(made)
    page.add_widget(PrimaryButton(text="上", pos_hint={"center": (0.5, 0.5)}))
    driver.show(page)
    driver.tap_text("上")
    with pytest.raises(AssertionError, match="covered by PrimaryButton '上'"):
        driver.tap_text("下")


def test_what_is_transparent_counts_as_hidden(driver, heard):
    made, _said = button(heard, text="完成", opacity=0, test_id="done")
    driver.show(made)
    with pytest.raises(AssertionError, match="is not shown"):
        driver.tap_id("done")


def test_a_row_far_down_a_list_is_scrolled_to_and_pressed_once(driver, heard):
    rows = ScrollList()
    made = [button(heard, text=f"第{n}项") for n in range(40)]
    for row, _said in made:
        rows.add_widget(row)
    driver.show(rows)
    driver.tap_text("第37项")
    assert [n for n, (_row, said) in enumerate(made) if said] == [37]
    assert len(made[37][1]) == 1 and driver.touches == 1 and driver.scrolls > 0


def test_chinese_is_typed_into_the_field_that_was_touched(driver):
    field = TextInput(hint_text="车牌")
    driver.show(field)
    driver.tap_text("车牌")
    driver.type_text("鲁B7")
    driver.press_key("backspace")
    assert field.text == "鲁B"


def test_exact_words_go_before_words_that_contain_them(driver, heard):
    page = BoxLayout()
    (longer, _), (exact, said) = button(heard, text="符合要求"), button(heard, text="符合")
    page.add_widget(longer)
    page.add_widget(exact)
    driver.show(page)
    driver.tap_text("符合")
    assert len(said) == 1


def test_a_mock_window_takes_no_pictures(driver, tmp_path):
    with pytest.raises(RuntimeError, match="mock"):
        driver.screenshot(tmp_path / "a.png")


def test_where_a_list_comes_to_rest_does_not_depend_on_how_fast_the_machine_is(driver, monkeypatch):
    def rests_at(pause_s):
        rows = ScrollList()
        for n in range(80):
            rows.add_widget(PrimaryButton(text=f"第{n}项"))
        driver.show(rows)
        monkeypatch.setattr("kivy.effects.kinetic.time", itertools.count(1, pause_s).__next__)
        before = driver.scrolls
        driver.tap_text("第60项")
        return rows.scroll_y, driver.scrolls - before

    assert rests_at(0.0001) == rests_at(0.01) == rests_at(1)


def test_time_of_touches_passes_by_frames_as_all_time_does(driver):
    assert on_wall_time() == []
    from kivy.effects import kinetic
    from kivy.input import motionevent

    before = kinetic.time()
    assert motionevent.time() == before
    driver.step(6)
    assert motionevent.time() == kinetic.time() == pytest.approx(before + 0.1)
