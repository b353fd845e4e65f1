"""Whether a tank may carry goods by its code, from the published hierarchy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.goods import load_tables
from checklists.tanks import fits, is_listed, parse

TABLES = load_tables()
ROWS = TABLES.tank_codes

CODES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from("LS"),
        st.sampled_from(["G", "1.5", "2.65", "4", "10", "15", "21"]),
        st.sampled_from("ABCD"),
        st.sampled_from("VFNH"),
    ),
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("L4BN", ("L", "4", "B", "N")),
        ("lgbf", ("L", "G", "B", "F")),
        ("P22DH(M)", ("P", "22", "D", "H")),
        ("ＰｘＢＮ（Ｍ）", ("P", "x", "B", "N")),
        ("S2.65AN(+)", ("S", "2.65", "A", "N")),
        (" L 1.5 BN ", ("L", "1.5", "B", "N")),
    ],
)
def test_a_tank_code_has_four_parts(text, parts):
    code = parse(text)
    assert code is not None
    assert code.parts == parts


@pytest.mark.parametrize("text", ["", "L4B", "T14", "X4BN", "L4BN(Z)", "4BN", "L4BNN", "L٤BN"])
def test_what_is_not_a_tank_code_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("asked", "tank", "fit", "because"),
    [
        ("L4BN", "L10CN", True, "higher"),
        ("SGAN", "L4BN", True, "higher"),
        ("LGBF", "L4BN", True, "higher"),
        ("L4BH", "LGBF", False, "lower"),
        ("L4BN", "L4BN", True, "same"),
        ("L4BN", "SGAN", False, "other_kind"),
        ("L4BN", "P22DH", False, "other_kind"),
        ("P22DH(M)", "P25DH", True, "higher"),
        ("P22DH(M)", "P20DH", False, "lower"),
        ("PxBN(M)", "P22BN", None, "gas_pressure"),
        ("L4BN", "L6BN", None, "unknown_part"),
        ("", "L4BN", None, "no_tank_code"),
        ("L4BN", "T11", None, "not_a_tank_code"),
        ("L10BN(+)", "L15CH", None, "type_approval"),
        ("L10BN(+)", "L4BN", False, "lower"),
    ],
)
def test_the_hierarchy_decides_and_what_it_does_not_know_is_unknown(asked, tank, fit, because):
    found = fits(asked, tank, ROWS)
    assert (found.fits, found.because[0].code) == (fit, because)


def test_every_lower_part_is_named_with_both_values():
    params = [one.params for one in fits("L4BH", "LGBF", ROWS).because]
    assert params == [{"part": "2", "asked": "4", "tank": "G"}, {"part": "4", "asked": "H", "tank": "F"}]


def test_two_codes_ask_by_the_state_of_the_goods():
    asked = TABLES.goods.lookup("2811", "II")[0].tank_code
    assert fits(asked, "SGAH", ROWS, state="solid").fits is True
    assert fits(asked, "SGAH", ROWS, state="liquid").fits is False
    assert fits(asked, "SGAH", ROWS).because[0].code == "depends_on_state"
    assert fits(asked, "L4BH", ROWS).fits is True


def test_spent_acid_and_acid_ask_for_the_same_tank():
    codes = {TABLES.goods.lookup(un)[0].tank_code for un in ("1830", "1832")}
    assert codes == {"L4BN"}


@given(CODES, CODES, CODES)
def test_a_tank_that_stands_in_for_a_stand_in_fits_too(asked, middle, tank):
    if fits(asked, middle, ROWS).fits and fits(middle, tank, ROWS).fits:
        assert fits(asked, tank, ROWS).fits


@given(CODES, CODES)
def test_two_different_tanks_never_fit_both_ways(one, other):
    assert one == other or not (fits(one, other, ROWS).fits and fits(other, one, ROWS).fits)


@given(st.text(), st.text())
def test_any_text_gets_an_answer(asked, tank):
    assert fits(asked, tank, ROWS).because


@given(CODES)
def test_a_listed_code_is_written_as_it_was_read(text):
    code = parse(text)
    assert code is not None
    assert str(code) == text
    assert is_listed(code, ROWS)
