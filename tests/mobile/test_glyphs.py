"""What the fonts hold is drawn, what they lack is 〓 and named, and no text changes by being drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile import glyphs

RARE = "喆堃犇㛃䶮𬘭𬭎昇玥璟淼祎頔翀鋆嫚夔燚羴猋骉龘"
SURNAMES = "仉亓厍郤逄亶妫阚昝缪撖璩佘爨笪亓郄蒯翟谌郗昃莘𣲗"


@pytest.mark.parametrize("sign", RARE + SURNAMES)
def test_rare_characters_of_names_are_drawn_as_they_are(sign):
    assert glyphs.has(sign)
    assert glyphs.drawn(f"张{sign}") == f"张{sign}"


@pytest.mark.parametrize("name", ["Өнөрбаяр Үүрийн", "Nguyễn Văn Đức", "Łukasz Ćwikła", "Қанат Әбіш", "Щёкин"])
def test_names_of_drivers_from_abroad_are_drawn_as_they_are(name):
    assert glyphs.drawn(name) == name
    assert glyphs.lacking(name) == ()


def test_what_no_font_here_has_stands_as_the_printers_mark_and_is_named():
    assert glyphs.drawn("张𠀋") == "张〓"
    assert glyphs.lacking("张𠀋，王𠀋", "𠮷") == ("𠀋", "𠮷")
    assert [glyphs.code(one) for one in "𠀋㛃"] == ["U+2000B", "U+36C3"]


def test_the_words_around_tell_whose_name_it_is():
    found = glyphs.where("现场检查记录\n驾驶员：张𠀋，身份证号 150624\n押运员：李𠮷田")
    assert found == {"𠀋": "驾驶员：张〓，身份证号 1", "𠮷": "押运员：李〓田"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\ufeff张\u200b伟\u202e", "张伟"),
        ("张\t伟\u3000", "张 伟\u3000"),
        ("葛\U000e0100飾", "葛飾"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("两行\n字", "两行\n字"),
        ("⽕车", "火车"),
        ("阿不都・热合曼･买买提", "阿不都·热合曼·买买提"),
    ],
)
def test_what_nobody_sees_is_left_out_and_never_a_mark(text, shown):
    assert glyphs.drawn(text) == shown
    assert glyphs.lacking(text) == ()


@given(st.text())
def test_every_sign_that_is_drawn_is_in_the_fonts(text):
    assert all(glyphs.has(one) or one == "\n" for one in glyphs.drawn(text))
    assert (glyphs.MISSING in glyphs.drawn(text)) == bool(glyphs.lacking(text)) or glyphs.MISSING in text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_in_a_field_every_sign_keeps_its_place(text):
    assert len(glyphs.in_place(text)) == len(text)
