import pytest

from mobile.inspecting import acts
from mobile.screens.compare.state import COLUMNS, ROWS, compare_state
from mobile.words import words
from tests.mobile.story import StoryDesk, after, arrived, cleared, nothing, seen, valid


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def cell(held, row, column):
    return compare_state(held).cells[row, column]


def test_sign_and_waybill_that_differ_are_both_red_and_what_is_loaded_is_asked():
    held = seen()
    assert cell(held, "goods", "waybill").verdict == cell(held, "goods", "signs").verdict == "conflict"
    loaded = cell(held, "goods", "load")
    assert (loaded.verdict, loaded.value, loaded.screen) == ("cannot_tell", "not known", "goods")
    assert [one.un for one in compare_state(held).question] == ["1830", "1832", None]


def test_a_red_cell_opens_the_place_to_act():
    held = seen()
    assert (cell(held, "vehicle", "permits").screen, cell(held, "vehicle", "permits").where) == ("deviation", "LIC-07")
    assert (cell(held, "escort", "load").value, cell(held, "escort", "load").where) == ("not aboard", "LIC-11")
    assert cell(held, "mass", "load").where == "LOD-05"


def test_a_red_cell_says_conflict_in_words_and_why():
    red = cell(seen(), "mass", "waybill")
    assert red.sign == "conflict" and red.why == "Weight differs from the waybill"


def test_every_value_has_its_source():
    state = compare_state(seen())
    assert all(one.source for one in state.cells.values() if one.value and one.value != "not known")
    assert state.cells["mass", "load"].source == "weighbridge"
    assert state.cells["tank", "vehicle"].source.startswith("registry 2026-11-20")


def test_what_is_really_loaded_decides_which_of_the_two_is_wrong():
    waste = after(seen(), acts.see_goods("1832"))
    assert cell(waste, "goods", "load").value.startswith("UN 1832")
    assert cell(waste, "goods", "waybill").where == "LOD-04"
    acid = after(seen(), acts.see_goods("1830"))
    assert cell(acid, "goods", "signs").where == "PLA-02"


def test_not_known_yet_can_be_said_again():
    held = after(seen(), acts.see_goods("1832"), acts.see_goods(None))
    assert [one.chosen for one in compare_state(held).question] == [False, False, True]


def test_where_sign_and_waybill_agree_the_question_says_so_and_may_still_be_answered():
    state = compare_state(cleared(valid(arrived())))
    assert not state.differs and state.conflicts == 0
    assert compare_state(seen()).differs
    assert [one.un for one in compare_state(nothing()).question] == [None]


def test_with_nothing_known_no_cell_passes():
    state = compare_state(nothing())
    assert state.unsure > 0
    assert "consistent" not in {one.verdict for one in state.cells.values()}
    assert all(one.sign for one in state.cells.values() if one.verdict == "cannot_tell")


def test_a_value_read_by_a_rule_that_cannot_tell_is_not_shown_as_fitting():
    declared = cell(valid(arrived()), "mass", "waybill")
    assert declared.value == "net 28,000 kg = 28 t"
    assert declared.verdict == ""


def test_an_unweighed_load_is_weighed_from_here():
    assert cell(arrived(), "mass", "load").screen == "mass"


def test_a_conflict_that_was_set_aside_is_red_no_more():
    held = seen()
    result = next(one for one in held.assessment.results if one.case == "trailer_permit_expired")
    assert cell(after(held, acts.override(result, "已换发")), "vehicle", "permits").verdict != "conflict"


def test_the_table_is_whole():
    assert set(compare_state(nothing()).cells) == {(row, column) for row in ROWS for column in COLUMNS}


def on_glass(driver, held):
    from mobile.screens.compare import flow as compare
    from mobile.screens.compare.view import CompareScreen

    words.lang = "en"
    desk, screen = StoryDesk(held), driver.show(CompareScreen())
    compare.enter(desk, screen)
    driver.step(3)
    return desk


def test_touching_a_red_cell_leads_to_the_deviation(driver):
    desk = on_glass(driver, seen())
    driver.tap_id("cell:vehicle:permits")
    assert desk.went == [("deviation", {"item": "LIC-07", "back": "compare"})]


def test_what_is_really_loaded_is_answered_in_two_touches(driver):
    desk = on_glass(driver, seen())
    driver.tap_id("cell:goods:load")
    driver.tap_text("UN 1832 SULPHURIC ACID, SPENT（as on the sign）")
    assert driver.touches == 2 and desk.held.fact("seen.goods") == "1832"
    assert "goods_differ" in {one.case for one in desk.held.assessment.findings}


def test_an_unweighed_load_is_weighed_on_the_table(driver):
    desk = on_glass(driver, valid(arrived()))
    driver.tap_id("cell:mass:load")
    for digit in "43800":
        driver.tap_text(digit)
    driver.tap_text("Done")
    assert desk.held.fact("seen.gross_mass_kg") == 43800


def test_a_cell_without_a_question_does_nothing(driver):
    held = seen()
    desk = on_glass(driver, held)
    driver.tap_id("cell:vehicle:signs")
    assert desk.went == [] and desk.held is held
