import pytest
from kivy.uix.boxlayout import BoxLayout

from demo.driver import NotTouchable
from mobile.widgets.base import Text, Word
from mobile.widgets.buttons import SmallButton
from mobile.widgets.field import Field, renew, settle


def on_page(driver, *widgets):
    page = BoxLayout(orientation="vertical", padding=50)
    for widget in widgets:
        page.add_widget(widget)
    return driver.show(page)


def test_a_text_keeps_what_it_was_given_and_draws_a_mark_for_what_no_font_has(driver):
    shown = [kind(text="张𠀋") for kind in (Text, Word)]
    on_page(driver, *shown)
    assert [one.text for one in shown] == ["张𠀋"] * 2
    assert [one._label.text for one in shown] == ["张〓"] * 2
    for one in shown:
        one.text = "李㛃"
    driver.step()
    assert [one._label.text for one in shown] == ["李㛃"] * 2


def test_a_field_names_what_it_cannot_show_and_keeps_it(driver):
    field = Field(label="姓名")
    on_page(driver, field)
    low = field.height
    field.ids.input.text = "张𠀋伟"
    driver.step(2)
    assert field.text == "张𠀋伟"
    assert "U+2000B" in field.unseen
    assert field.height > low
    field.ids.input.text = "张㛃"
    driver.step(2)
    assert (field.unseen, field.height) == ("", low)


def test_what_was_typed_is_kept_once_by_a_touch_elsewhere_before_the_button_acts(driver, heard):
    field, button = Field(label="陈述", test_id="words"), SmallButton(text="下一位", test_id="go")
    on_page(driver, field, button)
    said = heard(field, "on_keep")
    button.fbind("on_release", lambda _button: said.append("released"))
    driver.tap(field.ids.input)
    driver.type_text("我不知道")
    driver.tap_id("go")
    driver.tap_id("go")
    assert said == [("我不知道",), "released", "released"]


def test_several_lines_have_a_key_that_ends_them_and_one_line_has_none(driver, heard):
    field, line = Field(label="陈述", lines=2, test_id="words"), Field(label="理由", test_id="why")
    on_page(driver, field, line)
    at_rest = field.height
    said, left = heard(field, "on_keep"), heard(field, "on_leave")
    driver.tap(field.ids.input)
    driver.step(2)
    driver.type_text("第一行\n第二行")
    assert field.ids.input.focus and said == [] and field.height == at_rest
    driver.tap_id("words:done")
    driver.step(2)
    assert (field.ids.input.focus, said, len(left)) == (False, [("第一行\n第二行",)], 1)
    with pytest.raises(NotTouchable):
        driver.find_id("words:done")
    driver.tap(line.ids.input)
    with pytest.raises(NotTouchable):
        driver.find_id("why:done")


def test_what_is_held_is_shown_unless_something_else_is_being_typed(driver):
    one = Field()
    on_page(driver, one)
    one.hold("甲")
    one.ids.input.text = "甲乙"
    one.hold("甲")
    assert one.text == "甲乙"
    one.keep()
    one.hold("")
    assert one.text == ""


def test_going_away_keeps_what_is_typed_and_empties_what_waits_for_a_button(driver, heard):
    kept, waiting = Field(), Field(waits=True)
    on_page(driver, kept, waiting)
    said, waited = heard(kept, "on_keep"), heard(waiting, "on_keep")
    kept.ids.input.text = waiting.ids.input.text = "字"
    settle()
    renew()
    assert (said, waited) == ([("字",)], [])
    assert (kept.text, waiting.text) == ("字", "")


def compose(field, signs):
    """Let an input method show these signs before a word is chosen, as SDL tells it."""
    from kivy.core.window import Window

    Window.dispatch("on_textedit", signs)


def test_what_an_input_method_has_not_finished_is_not_typed_and_goes_with_the_focus(driver, heard):
    field, button = Field(label="陈述"), SmallButton(text="下一位", test_id="go")
    on_page(driver, field, button)
    said = heard(field, "on_keep")
    driver.tap(field.ids.input)
    driver.type_text("我不知道")
    field.ids.input.cursor = (3, 0)
    for signs in ("d", "da", "dao"):
        compose(field, signs)
    assert (field.ids.input.text, field.text) == ("我不知dao道", "我不知道")
    driver.tap_id("go")
    assert (field.ids.input.text, field.text, said) == ("我不知道", "我不知道", [("我不知道",)])


def test_a_chosen_word_takes_the_place_of_its_signs(driver):
    field = Field(label="陈述")
    on_page(driver, field)
    driver.tap(field.ids.input)
    compose(field, "dao")
    compose(field, "")
    driver.type_text("道")
    assert (field.ids.input.text, field.text) == ("道", "道")


def test_signs_over_words_that_were_marked_leave_what_stands_around_them(driver):
    field = Field(label="陈述", text="我不知道")
    on_page(driver, field)
    driver.tap(field.ids.input)
    field.ids.input.select_text(1, 3)
    compose(field, "mei")
    assert (field.ids.input.text, field.text) == ("我mei道", "我道")
