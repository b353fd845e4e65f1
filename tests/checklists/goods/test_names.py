"""Names as people write them: which are the same, and how a search finds them."""

import pytest

from checklists.goods.listing import load_tables
from checklists.goods.name_index import NameIndex
from checklists.goods.names import same_name

GOODS = load_tables().goods
LETTERS = {"硫": "l", "酸": "s", "铅": "q", "废": "f", "液": "y", "重": "zc", "钠": "n", "氯": "l"}


def found(text: str, *own: str, everyday: tuple[str, ...] = (), limit: int = 50) -> list[str]:
    names = (*own, *everyday)
    places = list(zip(names, range(len(names)), strict=True))
    index = NameIndex(places[: len(own)], places[len(own) :], LETTERS)
    return [names[place] for place in index.find(text, limit)]


def numbers(text: str, limit: int = 10) -> list[str]:
    return list(dict.fromkeys(goods.un for goods in GOODS.search(text, limit)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("有毒固体，有机的，未另作规定的", "有机毒性固体,未另作规定的"),
        ("硫酸，含酸高于51%", "硫酸, 含酸高于５１％"),
        ("SULPHURIC ACID, SPENT", "spent sulphuric acid"),
        ("氨基吡啶(邻、间、对)", "氨基吡啶（邻，间，对）"),
    ],
)
def test_names_are_the_same_despite_order_width_commas_and_brackets(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("硫酸", "硫酸废液"),
        ("乙酸丁酯", "丁酸乙酯"),
        ("腈类，易燃，毒性，未另作规定的", "腈类，毒性，易燃，未另作规定的"),
        ("腐蚀性液体，易燃，未另作规定的", "易燃液体，腐蚀性，未另作规定的"),
        ("1-氯-2-丙醇", "2-氯-1-丙醇"),
        ("", ""),
    ],
)
def test_names_of_different_goods_stay_different(one, other):
    assert not same_name(one, other)


def test_the_whole_name_comes_before_its_beginning_and_that_before_a_part():
    assert found("硫酸", "废硫酸液", "硫酸铅", "硫酸") == ["硫酸", "硫酸铅", "废硫酸液"]


def test_a_description_behind_the_name_does_not_hide_it():
    assert found("硫酸", "硫酸铅", "硫酸，含酸高于51%") == ["硫酸，含酸高于51%", "硫酸铅"]
    assert found("lead", "LEADED", "LEAD, with water") == ["LEAD, with water", "LEADED"]


def test_capitals_behind_a_comma_belong_to_the_english_name():
    assert found("sulphuric acid", "SULPHURIC ACID, SPENT", "SULPHURIC ACID with more") == [
        "SULPHURIC ACID with more",
        "SULPHURIC ACID, SPENT",
    ]


def test_an_everyday_name_comes_behind_an_own_name_that_fits_as_well():
    assert found("硫酸", "硫酸铅", everyday=("硫酸",)) == ["硫酸", "硫酸铅"]
    assert found("硫", "硫酸铅", everyday=("硫酸",)) == ["硫酸铅", "硫酸"]
    assert found("硫酸", "硫酸", everyday=("硫酸",)) == ["硫酸", "硫酸"]


def test_initials_of_a_whole_name_come_before_a_beginning_and_that_before_a_part():
    assert found("ls", "废硫酸", "硫酸铅", "硫酸") == ["硫酸", "硫酸铅", "废硫酸"]


def test_of_initials_an_everyday_name_is_meant_first():
    assert found("ls", "氯酸", everyday=("硫酸",)) == ["硫酸", "氯酸"]


def test_a_name_written_in_the_letters_themselves_comes_before_initials():
    assert found("ls", "硫酸", "LS") == ["LS", "硫酸"]


def test_a_character_with_two_readings_is_found_by_both():
    assert found("zls", "重硫酸") == found("cls", "重硫酸") == ["重硫酸"]


def test_figures_and_latin_letters_are_left_out_of_initials():
    assert found("ls", "1,2-氯-N-酸") == ["1,2-氯-N-酸"]


def test_one_letter_must_begin_a_name():
    assert found("l", "废硫", "硫酸", "ACETAL") == ["硫酸"]


@pytest.mark.parametrize("text", ["废硫酸", "硫废酸", "酸 硫"])
def test_characters_are_found_in_another_order(text):
    assert found(text, "硫酸废液", "铅") == ["硫酸废液"]


@pytest.mark.parametrize(("text", "name"), [("废油漆", "油漆"), ("烧碱溶液", "烧碱"), ("次氯酸钠水溶液", "次氯酸钠")])
def test_a_waste_and_a_solution_are_found_by_what_is_in_them(text, name):
    assert found(text, name, "铅") == [name]
    assert found(text, name, text) == [text]


def test_two_characters_apart_are_chance():
    assert found("碳四", "四氯化碳") == []


def test_every_name_between_or_is_a_name_and_so_is_the_one_in_brackets():
    assert found("柴油", "柴油机", "瓦斯油，或柴油，或轻质燃料油")[0].startswith("瓦斯油")
    assert found("petrol", "PETROLEUM", "MOTOR SPIRIT or PETROL")[0] == "MOTOR SPIRIT or PETROL"
    assert found("干冰", "干冰箱", "固态二氧化碳(干冰)")[0] == "固态二氧化碳(干冰)"


def test_the_order_of_the_table_decides_between_equals_and_the_limit_cuts_last():
    assert found("硫酸", "硫酸铅", "硫酸钠", limit=1) == ["硫酸铅"]


@pytest.mark.parametrize("text", ["", "  ", "，", "硫酸铅钠", "xyz"])
def test_what_is_in_no_name_is_not_found(text):
    assert found(text, "硫酸", "硫酸铅") == []


@pytest.mark.parametrize("text", ["ls", "LS", "ｌｓ", "硫酸", "sulphuric acid", "UN 1830", "ＵＮ1830", "un-1830"])
def test_sulphuric_acid_is_the_first_answer(text):
    assert numbers(text)[0] == "1830"


@pytest.mark.parametrize(
    ("text", "un"),
    [
        ("fls", "1832"), ("cy", "1202"), ("qy", "1203"), ("jc", "1230"), ("yl", "1017"), ("ya", "1005"), ("ys", "1789"),
        ("zgs", "1439"), ("cgs", "1439"), ("柴油", "1202"), ("汽油", "1203"), ("双氧水", "2014"), ("电石", "1402"),
        ("diesel fuel", "1202"), ("petrol", "1203"), ("dry ice", "1845"), ("干冰", "1845"),
    ],
)  # fmt: skip
def test_what_officers_type_is_the_first_answer(text, un):
    assert numbers(text, 3)[0] == un


def test_the_beginning_of_an_english_word_and_of_a_number_is_enough():
    assert {"1830", "2796"} <= set(numbers("sulph"))
    assert numbers("UN183", 50) == [f"183{digit}" for digit in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9) if f"183{digit}" in GOODS]


def test_every_chinese_character_of_the_list_has_its_initial():
    zh = GOODS.columns.index("name_zh")
    written = {
        *"".join(row[zh] for row in GOODS.rows),
        *"".join(name for all_ in GOODS.everyday.values() for name in all_),
    }
    chinese = {one for one in written if "\u3400" <= one <= "\u9fff"}
    assert chinese
    assert chinese <= GOODS.letters.keys(), "run python -m tools.build_initials"


def test_the_readings_of_chemists_are_kept():
    assert {one: GOODS.letters[one] for one in "炔咯铬酸重"} == {"炔": "q", "咯": "l", "铬": "g", "酸": "s", "重": "zc"}
