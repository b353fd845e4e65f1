import gc

import pytest
from kivy.lang import Builder
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.buttons import Chip, ChoiceRow, PrimaryButton, SmallButton
from mobile.widgets.theme import mm, theme
from mobile.words import words


def on_page(driver, *widgets):
    page = BoxLayout(orientation="vertical", padding=50)
    for widget in widgets:
        page.add_widget(widget)
    return driver.show(page)


def test_a_button_is_fifteen_millimetres_high_and_a_small_one_ten(driver):
    big, small = PrimaryButton(text="新检查"), SmallButton(text="清除")
    on_page(driver, big, small)
    assert (round(big.height / mm(1)), round(small.height / mm(1))) == (15, 10)


def test_buttons_follow_the_device(driver):
    button = PrimaryButton(text="新检查")
    on_page(driver, button)
    driver.set_device(1024, 600, 7)
    driver.step()
    assert round(button.height) == round(15 * theme.mm) == 100


def test_a_button_has_the_colour_of_the_theme(driver):
    button = PrimaryButton(text="新检查")
    on_page(driver, button)
    theme.night = True
    driver.step()
    assert button.fill == theme.primary and button.color == theme.primary_ink


def test_a_chip_changes_over_and_says_so(driver, heard):
    chip = Chip(text="破损")
    on_page(driver, chip)
    said = heard(chip, "on_toggle")
    driver.tap_text("破损")
    driver.tap_text("破损")
    assert said == [(True,), (False,)]


def test_a_chosen_chip_carries_a_tick_besides_its_colour(driver):
    chip = Chip(text="破损", active=True)
    on_page(driver, chip)
    assert chip.sign == "tick"


def test_a_choice_gives_the_answer_up_and_waits_to_be_told(driver, heard):
    row = ChoiceRow()
    on_page(driver, row)
    said = heard(row, "on_answer")
    driver.tap_text("不符合")
    assert said == [("does_not_conform",)] and row.value == ""


def test_a_choice_is_in_the_language_of_the_moment(driver):
    row = ChoiceRow(value="conforms")
    on_page(driver, row)
    words.lang = "en"
    driver.step()
    said = [button.text for button in reversed(row.children)]
    assert said == ["Conforms", "Does not conform", "Does not apply", "Cannot be verified"]


# The rule collects while it runs, as any rule may, and then looks at its own widget.
COLLECTING = """
#:import gc gc
Label:
    color: gc.collect() and theme.ink or self.opacity and theme.ink
    text: str(gc.collect()) + _('Done') + str(self.opacity)
"""


@pytest.fixture
def dropped():
    """Make a label that nobody holds and that has not been collected yet."""
    gc.disable()
    label = Builder.load_string(COLLECTING)
    label.itself = label
    del label
    yield
    gc.enable()


def test_a_switch_of_theme_tells_nobody_who_is_gone(driver, dropped):
    theme.night = True


def test_a_switch_of_language_tells_nobody_who_is_gone(driver, dropped):
    words.lang = "en"
