from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.base import Text, Word
from mobile.widgets.field import Field


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
