"""Whether a tank may carry goods by its code, from the published hierarchy."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import words
from checklists.__main__ import main
from checklists.goods.listing import Tables, load_tables
from checklists.goods.tanks import About, any_of, fits, goods_fit, is_aluminium, is_listed, parse

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
    assert fits(asked, "SGAH", ROWS, about=About(state="solid")).fits is True
    assert fits(asked, "SGAH", ROWS, about=About(state="liquid")).fits is False
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


@pytest.mark.parametrize("text", ["L4.0BN", "L4,0BN", "L04BN", "l 4.00 bn", "Ｌ４．０ＢＮ"])
def test_a_figure_is_the_same_however_many_noughts_it_has(text):
    assert str(parse(text)) == "L4BN"


@pytest.mark.parametrize(
    ("text", "code"), [("L1.50BN", "L1.5BN"), ("L1、5BN", "L1.5BN"), ("L10BN", "L10BN"), ("PxBN", "PxBN")]
)
def test_a_figure_is_no_other_for_how_it_is_written(text, code):
    assert str(parse(text)) == code


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("aluminium", True), ("aluminum", True), ("铝合金", True), ("钢衬铝", True), ("steel", False),
        ("不锈钢", False), ("碳钢", False), ("stainless_steel", False), ("other", False), ("5083", None),
        ("合金", None), (None, None),
    ],
)  # fmt: skip
def test_only_a_known_word_says_that_a_shell_is_not_of_aluminium(shell, answer):
    assert is_aluminium(shell) is answer


@pytest.mark.parametrize(
    ("shell", "fits", "asked"),
    [("铝合金", None, True), ("aluminum", None, True), ("5083", True, True), ("碳钢", True, False)],
)
def test_goods_that_aluminium_may_not_hold_keep_the_question_of_the_shell_open(shell, fits, asked):
    found = any_of(TABLES.goods.lookup("1830"), "L4BN", ROWS, about=About(shell=shell))
    assert (found.fits, "ask_shell" in {one.code for one in found.because}) == (fits, asked)


SUFFIXED = st.builds("{}{}{}".format, CODES, st.sampled_from(["", "(M)"]), st.sampled_from(["", "(+)"]))
GAS_CODES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from("CPR"),
    st.sampled_from(["x", "10", "16", "22", "25", "100"]),
    st.sampled_from("BCD"),
    st.sampled_from("NH"),
    st.sampled_from(["", "(M)"]),
)
EVERY = st.one_of(SUFFIXED, GAS_CODES)


@given(EVERY)
def test_every_tank_fits_what_asks_for_its_own_code(code):
    assert fits(code, code, ROWS).fits is True


@given(GAS_CODES, GAS_CODES, GAS_CODES)
def test_gas_tanks_that_stand_in_for_a_stand_in_fit_too(asked, middle, tank):
    if fits(asked, middle, ROWS).fits and fits(middle, tank, ROWS).fits:
        assert fits(asked, tank, ROWS).fits


@given(EVERY, EVERY)
def test_a_tank_of_another_kind_never_fits_but_for_liquids_that_stand_in_for_solids(asked, tank):
    if fits(asked, tank, ROWS).fits:
        assert asked[0] == tank[0] or (asked[0], tank[0]) == ("S", "L")


@given(CODES, st.sampled_from(["3", "6", "8.5", "50", "100"]))
def test_a_pressure_that_the_table_does_not_have_is_never_a_fit(asked, pressure):
    tank = f"L{pressure}DH"
    assert fits(asked, tank, ROWS).fits is not True


@pytest.mark.parametrize(
    ("asked", "tank", "fit", "because"),
    [
        ("C10BN(M)", "C22BN", True, "higher"),
        ("CxBN(M)", "CxBN(M)", True, "same"),
        ("P22DH", "PxDH", None, "gas_pressure"),
        ("RxBN", "PxBN", False, "other_kind"),
        ("RxBN", "R22BN", None, "gas_pressure"),
        ("C10BN", "C22BN(M)", None, "battery"),
        ("SGAN", "S4AH", True, "higher"),
        ("S4AN", "SGAN", False, "lower"),
        ("S2.65AN(+)", "S4AN", None, "type_approval"),
        ("S2.65AN(+)", "S2.65AN", True, "same"),
    ],
)
def test_gases_solids_and_suffixes_have_their_own_order(asked, tank, fit, because):
    found = fits(asked, tank, ROWS)
    assert (found.fits, found.because[0].code) == (fit, because)


def entries(un, group=None):
    return TABLES.goods.lookup(un, group)


def test_the_goods_tank_provisions_are_said_with_the_fit():
    found = any_of(entries("1203", "II"), "LGBF", ROWS)
    assert found.fits is True
    assert found.because[-1].params == {"provisions": "TU9"}


def test_goods_without_a_code_may_not_be_carried_in_such_a_tank():
    assert any_of(entries("0004"), "L4BN", ROWS).because[0].code == "not_in_tanks"


def test_goods_of_which_no_edition_tells_the_tank_cannot_be_told():
    plain = {name: table for name, table in TABLES.to_plain().items() if not name.startswith("goods_")}
    assert any_of(Tables.from_plain(plain).goods.lookup("3556"), "L4BN", ROWS).fits is None
    assert any_of(entries("3556"), "L4BN", ROWS).because[0].code == "not_in_tanks"


def test_forbidden_goods_fit_no_tank():
    forbidden = next(row[0] for row in TABLES.goods.rows if "carriage_prohibited" in row)
    assert any_of(entries(forbidden), "L4BN", ROWS).fits is False


def test_a_portable_tank_fits_the_instruction_that_the_list_names_and_no_other_is_guessed():
    assert any_of(entries("1830"), "t8", ROWS).fits is True
    assert any_of(entries("1830"), "T11", ROWS).fits is None


def test_entries_that_ask_for_different_tanks_leave_it_open():
    found = any_of(entries("1202"), "LGBV", ROWS)
    assert (found.fits, found.because[0].code) == (None, "depends_on_entry")


def test_every_listed_goods_fits_the_tank_that_it_asks_for():
    for row in TABLES.goods.rows:
        for goods in TABLES.goods.lookup(row[0], variant=int(row[1])):
            codes = [code for code in goods.tank_code.split(";") if code]
            if len(codes) == 1 and goods.carriage_status == "allowed":
                assert goods_fit(goods, codes[0], ROWS).fits is True, goods.un


def test_every_reason_has_words():
    asked = [("L4BN", "L10CN"), ("L4BN", "LGBF"), ("", "L4BN"), ("C10BN", "C22BN(M)"), ("PxBN", "P22BN")]
    for one, tank in asked:
        for reason in fits(one, tank, ROWS).because:
            assert words.reason(reason.code, reason.params, words.say("en")) != reason.code


def tank_fits(capsys, *arguments):
    code = main(["tank-fits", *arguments])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


@pytest.mark.parametrize(
    ("un", "tank", "code", "fit"),
    [("1203", "LGBF", 0, True), ("1230", "LGBF", 1, False), ("1965", "P25BN", 1, None)],
)
def test_the_command_ends_with_one_unless_the_tank_fits(capsys, un, tank, code, fit):
    ended, said = tank_fits(capsys, "--un", un, "--tank", tank)
    assert (ended, said["fits"], bool(said["because"])) == (code, fit, True)


@pytest.mark.parametrize(("un", "tank"), [("9999", "LGBF"), ("1203", "ZZZ"), ("1203", "")])
def test_the_command_refuses_unknown_goods_and_what_is_no_tank_code(capsys, un, tank):
    assert tank_fits(capsys, "--un", un, "--tank", tank, "--json") == (2, None)
