"""Row 50: white space, returns, tabs and byte order marks in names and statements; unseen signs are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.people import compare_names
from checklists.facts.texts import is_garbled, tidied, tidy
from checklists.facts.waybill import read


def test_row_50_white_space_is_plain_and_unseen_signs_are_left_out():
    assert tidy("\ufeff张\u200b建国\r\n") == "张建国"
    assert tidy("张\t建国\u3000 甲") == "张 建国 甲"
    assert tidy("买买提\u00a0·\u200e艾合\x00买提江") == "买买提 ·艾合买提江"


def test_row_50_a_statement_keeps_its_lines():
    assert tidy(" 第一行\r\n\r第二行\t完 \n", lines=True) == "第一行\n\n第二行 完"
    assert tidied({"text": "a\r\nb\x00", "strokes": [[1, 2]]}) == {"text": "a\nb", "strokes": [[1, 2]]}


@pytest.mark.parametrize("sign", "\ufe0f\U000e0100\u3164\uffa0\u115f\u2800\ufffc\u034f\u2060\u00ad")
def test_row_50_a_sign_without_a_shape_makes_no_other_name(sign):
    assert tidy(f"葛{sign}城") == "葛城"
    assert compare_names(f"葛{sign}城", "葛城") == "same"


def test_row_50_rare_characters_of_names_stay():
    assert tidy("㛃䶮𬭎Ө") == "㛃䶮𬭎Ө"


def test_row_50_names_on_a_waybill_are_tidy():
    assert read("驾驶员：\ufeff张\t建国\u200b；运单号:YD1").data["driver"] == {"name": "张 建国"}


@given(st.text(), st.booleans())
def test_tidy_text_stays_as_it_is(text, lines):
    once = tidy(text, lines=lines)
    assert tidy(once, lines=lines) == once
    once.encode()


def test_bytes_in_the_wrong_code_are_seen():
    assert is_garbled("ÃÉK12345")
    assert is_garbled("张\ufffd国")
    assert not is_garbled("Müller 张建国 m³ 51％")
