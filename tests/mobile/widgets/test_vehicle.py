import pytest

from checklists.goods.listing import load_tables
from mobile.widgets.palette import contrast
from mobile.widgets.placard_shapes import SYMBOLS
from mobile.widgets.placards import LABELS, Diamond, OrangePanel
from mobile.widgets.plate import COLOURS, Plate


def test_every_label_of_the_goods_list_can_be_drawn():
    columns, rows = load_tables().goods.columns, load_tables().goods.rows
    at = columns.index("labels")
    labels = {label for row in rows for label in row[at].split("+") if label}
    assert {label for label in labels if label not in LABELS} == set()


def test_labels_without_a_symbol_say_what_the_model_label_says():
    in_words = {symbol for _upper, _lower, symbol, *_rest in LABELS.values() if symbol and symbol not in SYMBOLS}
    assert in_words == {"1.4", "1.5", "1.6", "FISSILE"}


@pytest.mark.parametrize("label", ["1.1", "2.1", "2.3", "3", "4.1", "5.1", "6.1", "6.2", "7", "8", "9"])
def test_no_two_classes_look_alike(label):
    alike = {other[0] for other, look in LABELS.items() if look == LABELS[label]}
    assert alike == {label[0]}


def test_the_ink_of_a_plate_can_be_read():
    assert min(contrast(bottom, ink) for _top, bottom, ink in COLOURS.values()) >= 7


def test_a_new_energy_plate_is_longer(driver):
    short, long = driver.show(Plate(text="鲁B7A318")), driver.show(Plate(text="浙AF06612", colour="green"))
    assert long.width > short.width


def test_a_plate_draws_every_sign_and_the_dot(driver):
    from kivy.graphics import Rectangle, SmoothEllipse

    plate = driver.show(Plate(text="鲁B7A31挂"))
    kinds = [type(one) for one in plate.canvas.children]
    assert (kinds.count(Rectangle), kinds.count(SmoothEllipse)) == (7, 1)


def test_plates_and_placards_are_found_by_what_they_say(driver):
    driver.show(OrangePanel(hazard="80", un="1830"))
    assert driver.find_text("80/1830")
    driver.show(Diamond(label="8"))
    assert driver.find_text("8")


def test_drawing_again_leaves_nothing_of_the_old_placard(driver):
    diamond = driver.show(Diamond(label="8"))
    drawn = len(diamond.canvas.children)
    for diamond.label in ("3", "8"):
        driver.step()
    assert len(diamond.canvas.children) == drawn
