"""Numbers of vehicles, people and companies: read, checked, and what is wrong with them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.facts.identifiers import checks as ids
from checklists.goods.listing import load_tables

GOODS = load_tables().goods
CHECKS = [
    ids.check_plate, ids.check_id, ids.check_uscc, ids.check_vin, ids.check_un, ids.check_hazard_id, ids.check_permit,
    ids.check_licence, ids.check_qualification, ids.check_phone, ids.check_panel,
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
        ("粤Z1234港", "粤Z1234港", "cross_border", "black"),
        ("蒙A·1234警", "蒙A1234警", "police", "white"),
        ("蒙K1234学", "蒙K1234学", "learner", "yellow"),
        ("沪A0023领", "沪A0023领", "consulate", "black"),
        ("使 014·578", "使014578", "embassy", "black"),
    ],
)
def test_each_form_of_plate_has_its_colour(text, value, form, colour):
    check = ids.check_plate(text, colour)
    assert (check.value, check.form, check.problems) == (value, form, ())


def test_an_o_or_i_on_a_plate_suggests_a_figure_and_keeps_what_was_typed():
    check = ids.check_plate("蒙KO23I5")
    assert (check.value, codes(check)) == ("蒙KO23I5", ["confusable"])
    assert check.problems[0].params == {"suggestion": "蒙K02315"}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("蒙812345", "蒙B12345"),
        ("京A1234SF", "京A12345F"),
        ("京AD1Z345", "京AD12345"),
        ("蒙KI234挂", "蒙K1234挂"),
        ("使O14578", "使014578"),
    ],
)
def test_look_alikes_on_a_plate_suggest_what_was_meant(text, suggestion):
    (problem,) = ids.check_plate(text).problems
    assert problem.code == "confusable"
    assert problem.params["suggestion"].startswith(suggestion)


@pytest.mark.parametrize("text", ["", "K12345", "蒙K1234", "蒙K1234567", "XK12345", "蒙K123挂", "蒙Z1234港"])
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
        ("110105491331002", "format"),
        ("110105491231002", "id_old"),
        ("110105189912310021", "id_birth"),
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


@pytest.mark.parametrize(
    ("check", "text", "meant"),
    [
        (ids.check_id, "1101OS19491231002X", "11010519491231002X"),
        (ids.check_uscc, "9111000060003734IL", "91110000600037341L"),
        (ids.check_vin, "1MBGDM9AXKP042788", "1M8GDM9AXKP042788"),
        (ids.check_un, "UN l83O", "1830"),
        (ids.check_hazard_id, "8O", "80"),
        (ids.check_hazard_id, "X4Z3", "X423"),
    ],
)
def test_a_sign_that_looks_like_another_suggests_the_number_that_holds(check, text, meant):
    said = [one.params.get("suggestion") for one in check(text).problems]
    assert said[-1] == meant


def test_full_width_signs_dots_spaces_and_unseen_signs_are_no_part_of_a_number():
    assert ids.check_uscc("９１１１００００ 6000 3734-1l").value == "91110000600037341L"
    assert ids.check_id("110105 19491231\u200b 002×").ok
    assert ids.check_vin("1M8·GDM9AXKP·042788").ok
    assert ids.check_plate("\ufeff蒙Ｋ•１２３４５\n").ok


def test_nobody_is_born_tomorrow():
    assert codes(ids.check_id("11010519491231002X", date(1949, 12, 30))) == ["id_birth"]
    assert ids.check_id("11010519491231002X", date(1949, 12, 31)).ok


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("33/1203", "33/1203", []),
        ("x423 ／ UN1428", "X423/1428", []),
        ("80\n1832", "80/1832", []),
        ("30/1203", "30/1203", ["hazard_other_goods"]),
        ("33/9999", "33/9999", ["un_unknown"]),
        ("3Z/1203", "3Z/1203", ["confusable"]),
        ("1203", "1203", ["format"]),
    ],
)
def test_an_orange_plate_is_two_numbers_that_belong_together(text, value, found):
    check = ids.check_panel(text, GOODS)
    assert (check.value, codes(check)) == (value, found)


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
        ("蒙交运管鄂字150624001234号", "permit"),
        ("150624001234", "permit"),
        ("33/1203", "panel"),
        ("1101OS19491231002X", "id"),
        ("91110000600037341", "uscc"),
        ("使014578", "plate"),
        ("1506240000012345678", "qualification"),
    ],
)
def test_a_number_is_told_by_its_shape(text, kind):
    check = ids.identify(text)
    assert check is not None
    assert check.kind == kind


def test_eighteen_digits_name_every_kind_that_they_may_be_best_first():
    assert [one.kind for one in ids.readings("11010519491231002X")] == ["id", "qualification", "uscc"]
    assert [one.kind for one in ids.readings("150624001234")] == ["permit", "licence"]
    assert ids.readings("110105194913310024")[0].kind == "uscc"


@pytest.mark.parametrize("text", ["", "硫酸", "hello", "😀" * 9, "1" * 10_000, "蒙" * 10_000, "\ud800", "\x00"])
def test_what_has_no_known_shape_is_none(text):
    assert ids.identify(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "valid"),
    [
        ("蒙K12345", "plate", True),
        ("91110000600037341L", "uscc", True),
        ("91110000600037341M", "uscc", False),
        ("9999", "un", False),
        ("30/1203", "panel", False),
        ("硫酸", None, False),
        ("", None, False),
        ("1" * 10_000, None, False),
        ("😀", None, False),
    ],
)
def test_the_command_says_what_it_is_whether_it_holds_and_why(capsys, text, kind, valid):
    code = main(["identify", text, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (code, found["kind"], found["valid"]) == (0 if valid else 1, kind, valid)
    assert valid == (found["problems"] == [])
    for one in found["problems"]:
        assert one["severity"] in ("error", "warn")
        assert one["message"]["zh"] != one["message"]["en"] != one["code"]


def test_the_command_reads_the_same_in_words(capsys):
    assert main(["identify", "150624001234"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "道路运输证号 150624001234  有效",
        "  也可能是：经营许可证号 150624001234  有效",
    ]


SHAPED = st.text(alphabet="0123456789ABIOXZ蒙挂UN.·- 港/使", max_size=22)


@given(st.text())
def test_any_text_is_read_and_only_an_empty_one_is_empty(text):
    ids.identify(text, GOODS)
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
