"""Numbers of vehicles, people and companies: read, checked, and what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import identifiers as ids
from checklists.goods import load_tables

GOODS = load_tables().goods
CHECKS = [
    ids.check_plate, ids.check_id, ids.check_uscc, ids.check_vin, ids.check_un, ids.check_hazard_id, ids.check_permit,
    ids.check_licence, ids.check_qualification, ids.check_phone,
]  # fmt: skip


def codes(check: ids.Check) -> list[str]:
    return [problem.code for problem in check.problems]


@pytest.mark.parametrize(
    ("text", "value", "form", "colour"),
    [
        ("蒙K12345", "蒙K12345", "ordinary", "yellow"),
        ("蒙k·1234 挂", "蒙K1234挂", "trailer", "yellow"),
        ("京A12345D", "京A12345D", "nev_large", "yellow_green"),
        ("粤BD12345", "粤BD12345", "nev_small", "green"),
        ("粤ＢＦＡ１２３４", "粤BFA1234", "nev_small", "green"),
        ("粤Z1234港", "粤Z1234港", "special", "black"),
    ],
)
def test_each_form_of_plate_has_its_colour(text, value, form, colour):
    check = ids.check_plate(text, colour)
    assert (check.value, check.form, check.problems) == (value, form, ())


def test_an_o_or_i_on_a_plate_suggests_a_figure_and_keeps_what_was_typed():
    check = ids.check_plate("蒙KO23I5")
    assert (check.value, codes(check)) == ("蒙KO23I5", ["confusable"])
    assert check.problems[0].params == {"suggestion": "蒙K02315"}


@pytest.mark.parametrize("text", ["", "K12345", "蒙I12345", "蒙K1234", "蒙K1234567", "XK12345", "蒙K123挂"])
def test_what_is_no_plate_is_a_warning(text):
    (problem,) = ids.check_plate(text).problems
    assert (problem.code, problem.severity) == ("format" if text else "empty", "warn")


def test_a_blue_trailer_is_a_warning_and_a_plate_without_colour_an_error():
    assert ids.check_plate("蒙K1234挂", "blue").problems[0].params == {"colour": "blue", "expected": "yellow"}
    assert ids.check_plate("蒙K1234挂", "").problems[0].severity == "error"


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (ids.check_id, "11010519491231002X"),
        (ids.check_uscc, "91110000600037341L"),
        (ids.check_uscc, "91110108551385082Q"),
        (ids.check_vin, "1M8GDM9AXKP042788"),
    ],
)
def test_any_other_figure_breaks_the_check_sign(check, good):
    assert check(good.lower()) == ids.Check(check(good).kind, good)
    for place, sign in enumerate(good):
        if sign.isdigit():
            assert check(good[:place] + str((int(sign) + 1) % 10) + good[place + 1 :]).problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194902310021", "id_birth"),
        ("99010519491231002X", "id_area"),
        ("110105491231002", "format"),
        ("", "empty"),
    ],
)
def test_an_impossible_identity_number_is_an_error(text, code):
    problems = ids.check_id(text).problems
    assert code in [one.code for one in problems]
    assert {one.severity for one in problems} == {"error"}


def test_an_old_company_code_is_an_error_that_a_reason_may_keep():
    (problem,) = ids.check_uscc("150624000001234").problems
    assert (problem.code, problem.severity, problem.overridden) == ("uscc_old", "error", True)
    assert ids.check_uscc("9111OOOO600037341L").problems[0].params == {"suggestion": "91110000600037341L"}


def test_a_vin_with_an_o_suggests_a_nought():
    assert ids.check_vin("1M8GDM9AXKPO42788").problems[0].params == {"suggestion": "1M8GDM9AXKP042788"}


@pytest.mark.parametrize("text", ["1830", "UN1830", "un 1830", "ＵＮ１８３０"])
def test_a_un_number_is_its_four_digits(text):
    assert ids.check_un(text, GOODS) == ids.Check("un", "1830")


def test_a_un_number_that_the_list_lacks_is_a_warning():
    assert codes(ids.check_un("9999", GOODS)) == ["un_unknown"]
    assert codes(ids.check_un("183", GOODS)) == ["format"]


def test_chlorine_shows_265_and_not_268():
    own = {goods.hazard_id for goods in GOODS.lookup("1017")}
    assert ids.check_hazard_id("265", GOODS.hazard_ids, own).ok
    assert ids.check_hazard_id("268", GOODS.hazard_ids, own).problems[0].params == {"expected": "265"}
    assert codes(ids.check_hazard_id("11", GOODS.hazard_ids)) == ["hazard_unknown"]


def test_a_qualification_is_an_identity_number_or_nineteen_digits():
    assert ids.check_qualification("11010519491231002X").ok
    assert ids.check_qualification("1506240000012345678").form == "old"
    assert ids.check_qualification("110105194912310021").problems[0].severity == "warn"


def test_permits_licences_and_phones_are_read_as_they_are_written():
    assert ids.check_permit("蒙交运管鄂字 150624001234").value == "蒙交运管鄂字150624001234"
    assert codes(ids.check_permit("12345")) == ["format"]
    assert ids.check_licence("蒙交运管许可鄂字150624001234号").ok
    assert codes(ids.check_licence("15062400123")) == ["format"]
    assert ids.check_phone("+86 138-0013-8000") == ids.Check("phone", "13800138000")
    assert codes(ids.check_phone("12800138000")) == ["format"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("蒙K12345", "plate"),
        ("蒙KO2345", "plate"),
        ("蒙K1234挂", "plate"),
        ("UN 1830", "un"),
        ("80", "hazard_id"),
        ("X423", "hazard_id"),
        ("13800138000", "phone"),
        ("11010519491231002X", "id"),
        ("91110000600037341L", "uscc"),
        ("1M8GDM9AXKP042788", "vin"),
        ("蒙交运管许可鄂字150624001234号", "licence"),
        ("1506240000012345678", "qualification"),
    ],
)
def test_a_number_is_told_by_its_shape(text, kind):
    check = ids.identify(text)
    assert check is not None
    assert check.kind == kind


@pytest.mark.parametrize("text", ["", "硫酸", "hello"])
def test_what_has_no_known_shape_is_none(text):
    assert ids.identify(text) is None


SHAPED = st.text(alphabet="0123456789ABIOXZ蒙挂UN.·- 港", max_size=22)


@given(st.text())
def test_any_text_is_read_and_only_an_empty_one_is_empty(text):
    ids.identify(text)
    for check in CHECKS:
        once = check(text)
        assert ("empty" in codes(once)) == (once.value == "")


@given(SHAPED)
def test_reading_a_value_again_changes_nothing(text):
    for check in CHECKS:
        once = check(text)
        assert check(once.value) == once


@given(st.integers(0, 10**17 - 1))
def test_exactly_one_check_sign_fits_seventeen_digits(number):
    signs = [sign for sign in "0123456789X" if "check_sign" not in codes(ids.check_id(f"{number:017}{sign}"))]
    assert len(signs) == 1
