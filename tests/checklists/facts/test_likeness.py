"""Nobody is accused by a spelling: rows 36 to 42 of the fault list. Only what is certainly different conflicts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.identifiers import checks as ids
from checklists.facts.identifiers.id_papers import check_sign
from checklists.facts.identifiers.keys import FOLDS, fold, number_key, person_key
from checklists.facts.identifiers.likeness import compare, compare_ids
from checklists.facts.people import compare_names, compare_people, same_number
from checklists.facts.transport import Person

DRIVER = Person("张建国", "15062419800101001X")

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLATES = st.from_regex(r"[蒙京粤][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", fullmatch=True)
TRAILERS = st.from_regex(r"[蒙京粤][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}挂", fullmatch=True)
TANKS = st.from_regex(r"[A-Z]{1,2}[0-9]{4}-[0-9]{4}", fullmatch=True)
WIDE = {one: chr(ord(one) + 0xFEE0) for one in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
CYRILLIC = dict(zip("ABEKMHOPCTYX", "АВЕКМНОРСТУХ", strict=True))


@st.composite
def people(draw: st.DrawFn) -> str:
    """A resident's whole number."""
    born = draw(st.dates(min_value=date(1950, 1, 1), max_value=date(1999, 12, 31)))
    body = f"150624{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + check_sign(body)


WAYS = st.sampled_from(
    [
        str.lower,
        lambda text: f"  {text}\t",
        lambda text: "".join(WIDE.get(one, one) for one in text),
        lambda text: "".join(CYRILLIC.get(one, one) for one in text),
        lambda text: f"{text[:2]}·{text[2:]}",
        lambda text: f"{text[:3]} {text[3:]}",
        lambda text: f"{text[:4]}-{text[4:]}",
        lambda text: f"\ufeff{text}\u200b\r\n",
    ]
)


@given(PLATES | TRAILERS, WAYS, WAYS)
def test_a_plate_written_in_any_of_the_known_ways_is_itself(plate, one, other):
    assert compare("plate", one(plate), other(plate)) == "same"
    assert number_key(one(plate)) == number_key(plate) == plate


@given(people(), WAYS, WAYS)
def test_a_number_of_a_person_written_in_any_way_is_itself(number, one, other):
    assert compare("person", one(number), other(number)) == "same"
    assert person_key(one(number)) == number


@given(TANKS, WAYS, WAYS)
def test_a_tank_written_in_any_way_is_itself(tank, one, other):
    assert compare("tank", one(tank), other(tank)) == "same"


@given(people(), st.integers(0, 17), st.integers(1, 17), st.sampled_from("*＊×●"), st.booleans())
def test_masking_never_makes_a_person_different(number, start, length, mask, shorter):
    hidden = number[start : start + length]
    masked = number[:start] + mask * (3 if shorter else len(hidden)) + number[start + length :]
    assert compare_ids(masked, number) in ("same", "may_be", None)
    assert compare_people(Person("张建国", masked), Person("张建国", number)) != "different"
    assert compare_people(Person("张建国", number), Person("张*国", masked)) != "different"


@given(st.sampled_from(sorted(FOLDS)), st.text(max_size=24))
def test_any_text_folds_and_folds_to_itself_again(kind, text):
    once = fold(kind, text)
    assert fold(kind, once) == once
    assert compare(kind, text, text) != "different"


# -- row 37


@pytest.mark.parametrize(
    ("name", "number", "answer"),
    [
        ("张建国", "150624********001X", "same"),
        ("张建国", "1506241980****001X", "same"),
        ("张建国", "150624****001x", "same"),
        ("张**", "150624********001X", "same"),
        ("张**", None, "may_be"),
        ("张某某", None, "may_be"),
        ("张建国", "150624800101001", "same"),
        ("张三", "150624800101001", "same"),
        ("张建国", "15062419800101001", "may_be"),
        ("张建国", "150624198001010011", "may_be"),
        ("王五", "150624198001010011", "different"),
        ("王五/张建国", "150624198203030038", "may_be"),
        ("王五/李四", "150624198203030038", "different"),
        ("张建国", "150624198203030038", "different"),
        ("张建国", "320102********1234", "different"),
        ("王**", None, "different"),
        ("张建国", "E12345678", "may_be"),
        ("張建國", None, "may_be"),
        ("ZHANG JIANGUO", None, "may_be"),
        (None, None, "may_be"),
    ],
)
def test_row_37_a_fitting_mask_and_a_number_of_fifteen_are_the_same_person(name, number, answer):
    assert compare_people(DRIVER, Person(name, number)) == answer
    assert compare_people(Person(name, number), DRIVER) == answer


def test_row_37_a_mask_on_the_waybill_is_consistent_and_another_person_is_not(verdicts):
    masked = {"waybill__driver__id_number": "150624********001X"}
    assert ("driver_mismatch", "consistent") in verdicts("R3", **masked)
    other = {"waybill__driver__id_number": "320102********1234", "waybill__driver__name": "李**"}
    assert ("driver_mismatch", "conflict") in verdicts("R3", **other)
    unsure = {"waybill__driver__id_number": None, "waybill__driver__name": "张**"}
    assert ("driver_mismatch", "cannot_tell") in verdicts("R3", **unsure)


def test_row_36_one_name_for_driver_and_escort_is_no_proof_that_they_are_one(verdicts):
    both = [{"role": "driver", "name": "张伟"}, {"role": "escort", "name": "张伟"}]
    named = {"waybill__driver__name": "张伟", "waybill__escort__name": "张伟"}
    found = dict(verdicts("R4", seen__aboard=both, **named))
    assert "escort_is_driver" not in found
    assert found["escort_not_on_waybill"] == "cannot_tell"
    assert not same_number(Person("张伟"), Person("张伟"))


# -- row 38


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", "．", "∙", ".", " ", "", "˙", "ꞏ", "_", "、"])
def test_row_38_all_dots_of_a_name_are_one(dot):
    assert compare_names("买买提·艾合买提江", f"买买提{dot}艾合买提江") == "same"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("张建国 13800000000", "same"),
        ("张建国13800000000", "same"),
        ("张建国 电话:138****0000", "same"),
        ("张建国 15062419800101001X", "same"),
        ("张建国(驾驶员)", "same"),
        ("张建国（主驾）", "same"),
        ("驾驶员：张建国", "same"),
        ("司机张建国", "same"),
        ("张建国1", "same"),
        ("张建国先生", "same"),
        ("张建国 男", "same"),
        ("张建国/王刚", "same"),
        ("王刚、张建国", "same"),
        ("王刚,张建国", "same"),
        ("王刚 张建国", "same"),
        ("张师傅", "may_be"),
        ("老张", "may_be"),
        ("张", "may_be"),
        ("张*国/王*", "may_be"),
        ("驾驶员", "may_be"),
        ("不详", "may_be"),
        ("王师傅", "different"),
        ("王刚(驾驶员)", "different"),
        ("王刚 13800000000", "different"),
        ("王刚/李四", "different"),
    ],
)
def test_row_38_what_is_written_beside_a_name_is_no_part_of_it(written, answer):
    assert compare_names(written, "张建国") == compare_names("张建国", written) == answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("ZHANG WEI", "Wei Zhang", "may_be"),
        ("SCHMIDT, Anna Maria", "Anna Maria Schmidt", "may_be"),
        ("ZHANG WEI", "ZHANG WU", "different"),
        ("ᠪᠠᠲᠤ", "巴图", "may_be"),
        ("Иванов Иван", "伊万诺夫", "may_be"),
        ("ئابدۇللا", "阿卜杜拉", "may_be"),
        ("包·巴特尔", "巴特尔", "may_be"),
        ("包·巴特尔", "白·巴特尔", "different"),
        ("包·巴特尔", "苏和", "different"),
        ("额尔敦毕力格", "额尔登毕力格", "may_be"),
        ("阿依古丽·麦麦提", "阿依古丽·买买提", "may_be"),
        ("额尔敦毕力格", "乌力吉巴雅尔", "different"),
        ("张建国", "张建军", "different"),
        ("欧阳娜娜", "欧阳菲菲", "different"),
    ],
)
def test_a_name_of_another_language_may_be_written_by_ear_in_its_own_script_or_in_another_order(one, other, answer):
    assert compare_names(one, other) == compare_names(other, one) == answer


def test_row_38_role_and_number_beside_a_name_accuse_neither_driver_nor_escort(verdicts):
    driver = {"waybill__driver__id_number": None, "waybill__driver__name": "张建国 13800000000"}
    assert ("driver_mismatch", "consistent") in verdicts("R3", **driver)
    other = {"waybill__driver__id_number": None, "waybill__driver__name": "王刚(驾驶员)"}
    assert ("driver_mismatch", "conflict") in verdicts("R3", **other)


# -- row 39


@pytest.mark.parametrize(
    "written",
    [
        "蒙K12345_2",
        "蒙K12345(黄)",
        "蒙K12345（黄色）",
        "蒙K12345黄色",
        "黄蒙K12345",
        "蒙K12345|yellow",
        "蒙K·12345 黄牌",
    ],
)
def test_row_39_a_colour_beside_the_plate_is_split_off_and_compared_as_a_colour(written, verdicts):
    check = ids.check_plate(written)
    assert (check.value, check.colour, check.ok) == ("蒙K12345", "yellow", True)
    assert ("other_vehicle", "consistent") in verdicts("R1", waybill__plate=written)
    assert ("other_vehicle", "conflict") in verdicts("R1", waybill__plate=written, vehicle__colour="blue")


@pytest.mark.parametrize("written", ["蒙K12345_1", "蒙K12345(1)"])
def test_row_39_a_figure_that_stands_for_two_colours_accuses_neither(written, verdicts):
    """1 is blue in transport's own code and yellow at toll gates."""
    for colour in ("yellow", "blue"):
        assert ("other_vehicle", "consistent") in verdicts("R1", waybill__plate=written, vehicle__colour=colour)
    assert ("other_vehicle", "conflict") in verdicts("R1", waybill__plate=written, vehicle__colour="white")


def test_row_39_a_trailer_without_its_mark_is_the_trailer(verdicts):
    assert ("other_trailer", "consistent") in verdicts("R1", waybill__trailer_plate="蒙K1234")
    assert ("trailer_not_permitted", "consistent") in verdicts("R15", vehicle__trailer="蒙k·1234")
    assert ("other_trailer", "conflict") in verdicts("R1", waybill__trailer_plate="蒙K4321")


@pytest.mark.parametrize(
    "written", ["鄂尔多斯字150624001234号", "150624001234", "鄂字 １５０６２４００１２３４", "001234"]
)
def test_row_39_permits_are_compared_by_their_figures(written, verdicts):
    found = dict(verdicts("R1", waybill__vehicle_permit=written))
    assert found["other_permit"] == ("cannot_tell" if written == "001234" else "consistent")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("蒙K1234掛", "蒙K1234挂"),
        ("蒙K1234挂车", "蒙K1234挂"),
        ("蒙Κ22345", "蒙K22345"),
        ("蒙K22345-2", "蒙K22345"),
        ("蒙K22345 93", "蒙K22345"),
        ("蒙K1234-5", "蒙K12345"),
        ("蒙AD1234-5", "蒙AD12345"),
        ("15062419800101001X(身份证)", "15062419800101001X"),
        ("居民身份证15062419800101001X", "15062419800101001X"),
        ("150624198001010O1X", "15062419800101001X"),
        ("91110000600037341L", "91110000600037341L"),
    ],
)
def test_row_39_what_was_written_along_or_for_a_sign_that_looks_alike_folds_away(text, key):
    assert number_key(text) == key


@pytest.mark.parametrize(
    ("kind", "one", "other", "answer"),
    [
        ("permit", "鄂尔多斯字150624O01234号", "150624001234", "same"),
        ("permit", "15062400l234", "150624001234", "same"),
        ("permit", "15062401234", "150624001234", "may_be"),
        ("permit", "150624001235", "150624001234", "different"),
        ("plate", "京民航1234", "民航1234", "may_be"),
        ("plate", "京民航1234", "民航1235", "different"),
        ("tank", "GT-2020-1", "GT-2020-01", "may_be"),
        ("tank", "GT-2020-1", "GT-2021-01", "different"),
        ("uscc", "150624000012345", "91110000600037341L", "may_be"),
        ("uscc", "91110000600037342L", "91110000600037341L", "different"),
    ],
)
def test_row_39_only_what_is_certainly_another_number_is_different(kind, one, other, answer):
    assert compare(kind, one, other) == compare(kind, other, one) == answer


@pytest.mark.parametrize("plate", ["蒙K1234?", "蒙K1?345", "蒙KO2345", "蒙K123", "12345"])
def test_row_39_what_cannot_be_read_cannot_conflict(plate, verdicts):
    assert ("other_vehicle", "cannot_tell") in verdicts("R1", waybill__plate=plate)


# -- row 41


@pytest.mark.parametrize(
    ("number", "form", "problems"),
    [
        ("91112419851008002X", "permanent_residence", []),
        ("CHN110185040100", "permanent_residence_old", ["id_unchecked"]),
        ("E12345678", "passport", ["id_unchecked"]),
        ("EA1234567", "passport", ["id_unchecked"]),
        ("H12345678", "hk_macau_permit", ["id_unchecked"]),
        ("M1234567801", "hk_macau_permit", ["id_unchecked"]),
        ("12345678", "taiwan_permit", ["id_unchecked"]),
        ("830000198001010013", "", []),
        ("150624800101001", "resident_old", ["id_old"]),
        ("91112419851008003X", "permanent_residence", ["check_sign"]),
    ],
)
def test_row_41_papers_beside_the_resident_card_are_known(number, form, problems):
    body = number[:17]
    number = body + check_sign(body) if number.startswith("83") else number
    check = ids.check_id(number)
    assert (check.value, check.form, [one.code for one in check.problems]) == (number, form, problems)
    assert ids.check_id(f" {number.lower()} ") == check


def test_row_41_both_readings_are_offered_where_both_hold():
    assert [one.kind for one in ids.readings("91112419851008002X")] == ["id", "qualification", "uscc"]
    assert ids.readings("91110000600037341L")[0].kind == "uscc"
    assert ids.identify("CHN110185040100").form == "permanent_residence_old"


def test_row_41_the_number_of_another_paper_says_nothing_against_the_same_name(verdicts):
    aboard = [
        {"role": "driver", "name": "张建国", "id_number": "H12345678"},
        {"role": "escort", "name": "李卫东", "id_number": "150624198203030035"},
    ]
    assert ("driver_mismatch", "cannot_tell") in verdicts("R3", seen__aboard=aboard)


# -- row 42


@pytest.mark.parametrize(
    ("text", "value", "form", "problems"),
    [
        ("WJ13-30001", "WJ1330001", "armed_police", []),
        ("WJ京1234X", "WJ京1234X", "armed_police", []),
        ("冀S1234应急", "冀S1234应急", "emergency", []),
        ("京民航1234", "京民航1234", "civil_aviation", []),
        ("使123456", "使123456", "embassy", []),
        ("VA12345", "VA12345", "army", []),
        ("1234 УБА", "1234УБА", "foreign", ["other_plate"]),
        ("1234УБА", "1234УБА", "foreign", ["other_plate"]),
        ("1234YБA", "1234УБА", "foreign", ["other_plate"]),
        ("无牌", "无号牌", "none", ["no_plate"]),
        ("MGL 99-ZZ-1", "MGL99ZZ1", "", ["format"]),
    ],
)
def test_row_42_other_plates_have_a_way_in(text, value, form, problems):
    check = ids.check_plate(text)
    assert (check.value, check.form, [one.code for one in check.problems]) == (value, form, problems)
    assert all(one.severity == "warn" for one in check.problems)
    assert compare("plate", text, text.lower()) != "different"


def test_row_42_signs_are_exchanged_only_where_that_gives_a_form_that_exists():
    assert ids.check_plate("蒙К12345").value == "蒙K12345"
    assert ids.check_plate("ПРИВЕТ").value == "ПРИВЕТ"
    assert compare("plate", "1234 УБА", "1235 УБА") == "different"
